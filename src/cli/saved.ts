// A saved plan, made again from its file and AWS: it decides nothing by itself.
import type { Plan } from '../model.ts'
import { isRunError, type RunError, runError } from '../problem.ts'
import { safe } from '../render/printable.ts'
import { type Exit, exits } from './exit.ts'
import { configOf, document, noPlaces, planNow, runOptionsOf } from './planning.ts'
import type { PlanningOptions, Session } from './session.ts'

/** What decides whether and how a saved plan is carried out. */
export interface SavedOptions extends PlanningOptions {
  /** the hash of the plan that was reviewed */
  expectHash?: string
  /** commander's name for what --no-file denies */
  file?: boolean
}

/** The options with which a saved plan was made, in the place of those of this run. */
const optionsOf = (options: PlanningOptions, { target, scope, options: chosen }: Plan): PlanningOptions => {
  const { allow: _allow, adopt: _adopt, target: _target, since: _since, env: _env, ...rest } = options
  return {
    ...rest,
    ...(target.environment !== undefined && { env: target.environment }),
    ...(scope && { target: scope }),
    ...(chosen?.allow && { allow: chosen.allow }),
    ...(chosen?.adopt !== undefined && { adopt: chosen.adopt === true ? [true] : chosen.adopt }),
  }
}

/** The options that let something into the plan and that this run does not give. */
const unsaid = ({ options: chosen = {} }: Plan, { allow = [], adopt = [] }: PlanningOptions): string[] => {
  const wanted = chosen.adopt === true ? [true as const] : (chosen.adopt ?? [])
  return [
    ...wanted
      .filter(one => !adopt.includes(one) && !adopt.includes(true))
      .map(one => (one === true ? '--adopt' : `--adopt ${one}`)),
    ...(chosen.allow ?? []).filter(word => !allow.includes(word)).map(word => `--allow ${word}`),
  ]
}

/**
 * Refuses a saved plan that is for another environment than this run, or that was made with options which let more
 * into it than this run does. `expected`: its hash comes from whoever reviewed it, and covers those options.
 */
export const requireSaid = (saved: Plan, options: PlanningOptions, expected: boolean): void => {
  const { environment } = saved.target
  if (options.env !== undefined && options.env !== (environment ?? ''))
    throw runError({
      exit: 5,
      code: 'other-environment',
      message: `the plan is for ${environment === undefined ? 'no environment' : `environment ${environment}`}, and this run is for ${options.env || 'none'}`,
      hint: 'apply the plan of that environment, or plan again',
    })
  const missing = expected ? [] : unsaid(saved, options)
  if (missing.length > 0)
    throw runError({
      exit: 5,
      code: 'unsaid-options',
      message: `the plan was made with ${missing.join(' and ')}, which a plan file cannot decide by itself`,
      hint: 'give the same here, or the hash that was reviewed with --expect-hash',
    })
}

/** The plan that is made now in the way that a saved one was, and why it is another, if it is. */
export const planAgain = async (session: Session, options: PlanningOptions, saved: Plan) => {
  const config = configOf(session, options)
  try {
    const made = await planNow(session, optionsOf(options, saved), saved.options?.only)
    const { plan, observation } = made
    return { ...made, different: await made.pipeline.planDifference(saved, { plan, observation, config }) }
  } catch (error) {
    throw isRunError(error) && error.code === 'no-file' ? fileless(error) : error
  }
}

const fileless = (error: RunError): RunError =>
  runError(
    {
      exit: 5,
      code: 'no-file',
      message: `${error.message}, and a saved plan is carried out only beside the file that it was made from`,
      hint: 'name the file with --config; or, to go on without it, pass --no-file and the reviewed hash with --expect-hash',
    },
    error,
  )

/** The plan to carry out for a saved one: the one that is made now, or without its file the saved one itself. */
export const forSaved = async (session: Session, options: SavedOptions, text: string) => {
  const pipeline = await session.parts.pipeline()
  const saved = pipeline.loadPlan(text)
  requireSaid(saved, options, options.expectHash !== undefined)
  if (options.expectHash !== undefined) pipeline.requireHash(saved, options.expectHash)
  if (options.file !== false) return { withoutFile: false, ...(await planAgain(session, options, saved)) }
  await pipeline.requireShown(saved)
  return {
    withoutFile: true,
    pipeline,
    settings: runOptionsOf(session, options),
    plan: saved,
    remarks: [],
    ...noPlaces,
    title: await session.parts.titles(),
    different: undefined,
  }
}

/** A plan that is not the one to carry out: as it is now, and why it is refused. */
export const refuseOther = (session: Session, plan: Plan, why: RunError): Exit => {
  const { code, message, hint } = why
  if (session.json)
    session.print(
      document(session, exits.refused, {
        error: { code, message, ...(hint === undefined ? {} : { hint }) },
        diagnostics: [],
        plan,
        report: { outcomes: [], known: plan.known },
      }),
    )
  session.warn(
    [
      `${session.err.red('refused:')} ${safe(message)}`,
      ...(hint === undefined ? [] : [`  ${session.err.cyan('help:')} ${safe(hint)}`]),
      '',
    ].join('\n'),
  )
  return exits.refused
}
