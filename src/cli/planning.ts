// From the command line to a plan: what plan, apply and drift do alike.
import type { Diagnostic, Impact, Plan, Spec } from '../model.ts'
import { isRunError, runError } from '../problem.ts'
import { impactsOf } from '../render/effect.ts'
import { changesOf, countsOf, errorsOf, impacts } from '../render/groups.ts'
import { renderJson } from '../render/json.ts'
import { safe } from '../render/printable.ts'
import { type LineAt, renderDiagnostics } from '../render/text/diagnostics.ts'
import type { PlaceOf } from '../render/text/plan.ts'
import { count } from '../render/text/wrap.ts'
import { tool } from '../workflows/version.ts'
import { type Exit, exits, invalidFile } from './exit.ts'
import type { ParsedFile, Pipeline, RunOptions } from './parts.ts'
import { watch } from './progress.ts'
import type { CommonOptions, PlanningOptions, Session } from './session.ts'

export const configOf = ({ io }: Session, options: CommonOptions): string =>
  options.config ?? (io.env['COGSYNC_CONFIG'] || 'cognito.yaml')

export const runOptionsOf = (session: Session, options: PlanningOptions): RunOptions => {
  const addresses = options.adopt?.filter(each => each !== true)
  return {
    config: configOf(session, options),
    cwd: session.io.cwd,
    ...(options.env === undefined ? {} : { environment: options.env }),
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.endpointUrl === undefined ? {} : { endpoint: options.endpointUrl }),
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    ...traceTo(session, options),
    ...(session.onSecret && { onSecret: session.onSecret }),
    ...(options.target === undefined ? {} : { targets: options.target }),
    ...(options.full ? { full: true } : {}),
    ...(options.allow === undefined ? {} : { allow: options.allow }),
    ...(addresses === undefined ? {} : { adopt: options.adopt!.includes(true) ? true : addresses }),
  }
}

/** Where the lines of the debug log go, if it is wanted. */
export const traceTo = (session: Session, { debug }: CommonOptions): Pick<RunOptions, 'trace'> =>
  debug ? { trace: line => session.warn(`debug: ${safe(line)}\n`) } : {}

export const isValid = (parsed: ParsedFile): parsed is ParsedFile & { spec: Spec } =>
  parsed.spec !== undefined && !parsed.diagnostics.some(({ severity }) => severity === 'error')

/** How a file's positions reach what is printed. */
export interface Places {
  lineAt: LineAt
  placeOf: PlaceOf
}

export const placesOf = (parsed: ParsedFile): Places => ({
  lineAt: at => parsed.lineAt(at.line),
  placeOf: path => {
    const at = parsed.locate(path, true)
    return at && `${at.file}:${at.line}`
  },
})

export const noPlaces: Places = { lineAt: () => undefined, placeOf: () => undefined }

/** The positions of diagnostics that the engine made from paths. */
export const located = (diagnostics: readonly Diagnostic[], parsed: ParsedFile): Diagnostic[] =>
  diagnostics.map(each => {
    const at = each.at ?? (each.path.length > 0 ? parsed.locate(each.path, each.onKey) : undefined)
    return at ? { ...each, at } : each
  })

/** The file, or the reasons why it is none. */
export const readFileOrFail = async (pipeline: Pipeline, options: RunOptions) => {
  const parsed = await pipeline.readSpec(options)
  if (isValid(parsed)) return parsed
  const errors = parsed.diagnostics.filter(({ severity }) => severity === 'error').length
  const { lineAt } = placesOf(parsed)
  throw runError({
    exit: 3,
    code: invalidFile,
    message: `${options.config} has ${count(errors, 'error')}`,
    diagnostics: parsed.diagnostics,
    lineAt,
  })
}

const identity = ({ code, message, path }: Diagnostic) => JSON.stringify([code, message, path])

/** A plan made now, with everything needed to show it. `only`: the resources that are looked at. */
export const planNow = async (session: Session, options: PlanningOptions, only?: readonly string[]) => {
  const pipeline = await session.parts.pipeline()
  const asked = runOptionsOf(session, options)
  const [parsed, source] = await Promise.all([
    readFileOrFail(pipeline, asked),
    pipeline.sourceOf(asked, session.io.env),
  ])
  const settings: RunOptions = { ...asked, source }
  const places = placesOf(parsed)
  const { commit: since, ...changed } =
    options.since === undefined ? {} : await pipeline.scopeSince(parsed.spec, options.since, settings)
  const narrowed = only === undefined ? changed : { scope: new Set(only) }
  const seen = watch(session, 'Reading AWS')
  try {
    const made = await pipeline.makePlan(parsed, {
      ...settings,
      ...narrowed,
      progress: seen.progress,
      contact: seen.contact,
    })
    const plan: Plan = { ...made.plan, diagnostics: located(made.plan.diagnostics, parsed) }
    // what the file alone has to say is shown once, beside what the plan found
    const told = new Set(plan.diagnostics.map(identity))
    const remarks = parsed.diagnostics.filter(each => !told.has(identity(each)))
    return {
      pipeline,
      settings,
      plan,
      remarks,
      spec: parsed.spec,
      observation: made.observation,
      since,
      ...places,
      title: await session.parts.titles(),
    }
  } catch (error) {
    if (!isRunError(error) || !error.diagnostics) throw error
    throw Object.assign(error, { diagnostics: located(error.diagnostics, parsed), lineAt: places.lineAt })
  } finally {
    seen.stop()
  }
}

/** Remarks on the file, on stderr. */
export const sayRemarks = (session: Session, remarks: readonly Diagnostic[], lineAt: LineAt): void => {
  if (remarks.length > 0) session.say(`${renderDiagnostics(remarks, { style: session.err, lineAt })}\n`)
}

export const document = (session: Session, exitCode: Exit, found: Parameters<typeof renderJson>[1]): string =>
  renderJson({ tool, command: session.command, exitCode }, found)

/** What `--fail-on` catches and `--allow` does not let through. */
export const gate = (plan: Plan, options: PlanningOptions): { impact: Impact; addresses: string[] }[] =>
  impacts
    .filter(impact => options.failOn?.includes(impact) && !options.allow?.includes(impact))
    .map(impact => ({
      impact,
      addresses: changesOf(plan)
        .filter(change => impactsOf(change).includes(impact))
        .map(({ address }) => address),
    }))
    .filter(({ addresses }) => addresses.length > 0)

export const sayGate = (session: Session, caught: ReturnType<typeof gate>): void => {
  for (const { impact, addresses } of caught)
    session.warn(
      `${session.err.red('refused:')} ${impact}: ${addresses.map(safe).join(', ')}\n  Look at each, then pass --allow ${impact} if it is meant.\n`,
    )
}

/** What somebody must be asked about, when nobody can be: the word that allows it, and the findings. */
export const unasked = (
  { diagnostics }: Plan,
  { allow = [] }: Pick<PlanningOptions, 'allow'>,
): { word: string; findings: Diagnostic[] }[] =>
  Object.entries(askedWords)
    .filter(([, word]) => !allow.includes(word))
    .map(([code, word]) => ({
      word,
      findings: diagnostics.filter(one => one.code === code && one.severity === 'warning'),
    }))
    .filter(({ findings }) => findings.length > 0)

/** Findings that a person may pass by saying yes, and nobody else. */
const askedWords = { COG4009: 'rename' }

export const blockedCount = (plan: Plan): number => countsOf(plan).blocked

/** What the plan itself is: incomplete, faulty, or neither. */
export const stateOf = (plan: Plan): Exit =>
  plan.unread.length > 0 ? exits.denied : errorsOf(plan) > 0 ? exits.failure : exits.ok

/** Exit codes in order of what matters most: an incomplete answer, a fault, a refusal, a difference. */
export const worst = (...codes: Exit[]): Exit =>
  [exits.denied, exits.failure, exits.refused, exits.differences].find(code => codes.includes(code)) ??
  exits.ok
