// cogsync apply: makes AWS what the file, or a saved plan, says.
import { resolve } from 'node:path'
import type { Outcome, Plan, Report } from '../../model.ts'
import { runError } from '../../problem.ts'
import { effectOf } from '../../render/effect.ts'
import { errorsOf } from '../../render/groups.ts'
import { safe } from '../../render/printable.ts'
import { renderPlan } from '../../render/text/plan.ts'
import { renderOutcome, renderReport } from '../../render/text/report.ts'
import { count } from '../../render/text/wrap.ts'
import { planText } from '../../workflows/plan-place.ts'
import { type Exit, exits, usageError } from '../exit.ts'
import type { ApplyOptions, Pipeline } from '../parts.ts'
import { blockedCount, document, gate, planNow, sayGate, sayRemarks, unasked } from '../planning.ts'
import { watch } from '../progress.ts'
import { forSaved, refuseOther, type SavedOptions } from '../saved.ts'
import type { Run, Session } from '../session.ts'

export interface ApplyCommandOptions extends SavedOptions {
  yes?: boolean
  /** commander's name for what --no-input denies */
  input?: boolean
  skipBlocked?: boolean
}

export const readPlanFile = async (session: Session, file: string): Promise<string> => {
  try {
    return planText(resolve(session.io.cwd, file))
  } catch (error) {
    throw runError(
      {
        exit: 1,
        code: 'no-plan-file',
        message: `the plan file ${safe(file)} cannot be read: ${(error as Error).message}`,
        hint: 'make one with `cogsync plan --out plan.json`',
      },
      error,
    )
  }
}

/** Why the plan is not applied, if so; nothing has been changed then. */
export const refusal = (
  session: Session,
  plan: Plan,
  options: ApplyCommandOptions,
  orElse = ', or pass --skip-blocked to apply the rest',
): Exit | undefined => {
  if (plan.unread.length > 0) {
    session.warn(
      `${session.err.red('refused:')} not everything could be read, so the plan may miss something. Nothing was changed.\n`,
    )
    return exits.denied
  }
  const errors = errorsOf(plan)
  if (errors > 0) {
    session.warn(
      `${session.err.red('refused:')} the plan has ${count(errors, 'error')}. Nothing was changed.\n`,
    )
    return exits.refused
  }
  const blocked = blockedCount(plan)
  if (blocked > 0 && !options.skipBlocked) {
    session.warn(
      `${session.err.red('refused:')} ${count(blocked, 'change is', 'changes are')} blocked. Nothing was changed.\n  Do what each says under "instead"${orElse}.\n`,
    )
    return exits.refused
  }
  const caught = gate(plan, options)
  sayGate(session, caught)
  return caught.length > 0 ? exits.refused : refuseUnasked(session, plan, options)
}

/** What takes a person's yes to the plan as it is shown, where nobody is there to say it. */
const refuseUnasked = (session: Session, plan: Plan, options: ApplyCommandOptions): Exit | undefined => {
  if (!options.yes && options.input !== false && session.io.interactive) return undefined
  const found = unasked(plan, options)
  for (const { word, findings } of found)
    for (const { message, hint } of findings)
      session.warn(
        `${session.err.red('refused:')} ${safe(message)}. Nothing was changed.\n  Nobody was asked: ${safe(hint ?? `pass --allow ${word} if it is meant`)}.\n`,
      )
  return found.length > 0 ? exits.refused : undefined
}

/** Whether somebody says yes, by --yes or on the terminal. */
export const approved = async (
  session: Session,
  options: { yes?: boolean; input?: boolean },
  question = 'Apply these changes?',
  what = 'this plan',
): Promise<boolean> => {
  if (options.yes) return true
  if (options.input === false || !session.io.interactive) {
    session.warn(
      `${session.err.red('refused:')} nobody approved ${what}. Nothing was changed.\n  There is no terminal to ask on${options.input === false ? ' (--no-input)' : ''}; pass --yes to approve without being asked.\n`,
    )
    return false
  }
  const answer = await session.io.ask(`\n${session.err.bold(question)} Only "yes" is taken for yes: `)
  if (answer?.trim().toLowerCase() === 'yes') return true
  session.warn('Nothing was changed.\n')
  return false
}

/** The error of a resource that was not as the plan saw it. */
const movedSince = 'Moved'

const denied =
  /^(AccessDenied|UnrecognizedClient|ExpiredToken|InvalidClientTokenId|SignatureDoesNotMatch|Unauthorized|NotAuthorized|AuthFailure)/

/** Several calls may have gone out before the one that failed; and what is there twice was made. */
const changedSomething = ({ status, calls, error }: Outcome) =>
  status === 'done' || (status === 'failed' && (calls > 1 || error?.name === 'Ambiguous'))

export const exitOf = ({ outcomes }: Report, interrupted: boolean): Exit => {
  if (interrupted) return exits.interrupted
  if (outcomes.every(({ status }) => status === 'done')) return exits.ok
  if (outcomes.some(changedSomething)) return exits.partial
  if (outcomes.some(({ error }) => error?.name === movedSince)) return exits.refused
  return outcomes.some(({ error }) => error && denied.test(error.name)) ? exits.denied : exits.failure
}

/** The first Ctrl-C lets the request in flight end; the second ends the process. */
const interruptible = (session: Session) => {
  const controller = new AbortController()
  const undo = session.io.onInterrupt(() => {
    if (controller.signal.aborted) return session.io.exit(exits.interrupted)
    session.warn(
      '\nStopping after the request in flight. Ctrl-C again stops at once, and what it did stays unknown.\n',
    )
    controller.abort()
  })
  return { signal: controller.signal, undo }
}

/** Applies a plan that was approved, and says how it went. `more`: for the document of --json. */
export const carryOut = async (
  session: Session,
  pipeline: Pipeline,
  plan: Plan,
  options: ApplyOptions,
  more: { [key: string]: unknown } = {},
): Promise<Exit> => {
  const started = session.io.now()
  const seen = watch(session, 'Applying')
  const stop = interruptible(session)
  let last = started
  const onOutcome = (outcome: Outcome) => {
    const now = session.io.now()
    const slow = now - last >= 1000 ? { milliseconds: now - last } : {}
    last = now
    if (outcome.status !== 'not tried') seen.line(renderOutcome(outcome, { style: session.err, ...slow }))
  }
  try {
    const report = await pipeline.applyPlan(plan, {
      ...options,
      progress: seen.progress,
      contact: seen.contact,
      onOutcome,
      signal: stop.signal,
    })
    seen.stop()
    const exit = exitOf(report, stop.signal.aborted)
    const milliseconds = session.io.now() - started
    if (session.json) session.print(document(session, exit, { ...more, plan, report }))
    else
      session.print(
        `\n${renderReport(report, { style: session.out, milliseconds, interrupted: stop.signal.aborted, withoutFile: more['withoutFile'] === true })}`,
      )
    if (options.skipBlocked && blockedCount(plan) > 0)
      session.say(`${count(blockedCount(plan), 'blocked change was', 'blocked changes were')} skipped.\n`)
    return exit
  } finally {
    seen.stop()
    stop.undo()
  }
}

/** What makes no sense together. Without its file, nothing but a hash says that a plan is the reviewed one. */
const requireSense = (
  { file, expectHash, target }: ApplyCommandOptions,
  planFile: string | undefined,
): void => {
  if (target !== undefined && planFile !== undefined)
    throw usageError(
      '--target cannot be combined with a saved plan',
      'a saved plan has been decided: make a new one to change it',
    )
  if (file !== false) return
  if (planFile === undefined)
    throw usageError('--no-file needs a saved plan', 'name it: cogsync apply plan.json --no-file')
  if (expectHash === undefined)
    throw usageError(
      '--no-file needs --expect-hash',
      'pass the hash that was reviewed: without the file, nothing else tells what the plan should be',
    )
}

/** What apply goes by: the plan of now, or what a plan file stands for. */
const toApply = async (session: Session, options: ApplyCommandOptions, planFile: string | undefined) =>
  planFile === undefined
    ? { withoutFile: false, different: undefined, ...(await planNow(session, options)) }
    : forSaved(session, options, await readPlanFile(session, planFile))

export const run: Run<ApplyCommandOptions> = async (session, options, planFile?: string) => {
  requireSense(options, planFile)
  const made = await toApply(session, options, planFile)
  const { pipeline, settings, plan, remarks, lineAt, placeOf, title, different, withoutFile } = made
  sayRemarks(session, remarks, lineAt)
  if (!session.json) session.print(renderPlan(plan, { style: session.out, title, lineAt, placeOf }))
  if (different !== undefined) return refuseOther(session, plan, different)
  if (options.expectHash !== undefined) pipeline.requireHash(plan, options.expectHash)
  if (withoutFile)
    session.warn(
      'This plan is carried out without its file (--no-file): only its hash says that it is right.\n',
    )

  const nothing = plan.changes.every(change => ['none', 'blocked'].includes(effectOf(change)))
  const more = { diagnostics: remarks, ...(withoutFile ? { withoutFile } : {}) }
  const exit =
    refusal(session, plan, options) ??
    (nothing || (await approved(session, options)) ? exits.ok : exits.refused)
  if (nothing || exit !== exits.ok) {
    if (session.json)
      session.print(document(session, exit, { ...more, plan, report: { outcomes: [], known: plan.known } }))
    return exit
  }
  return carryOut(
    session,
    pipeline,
    plan,
    { ...settings, ...(options.skipBlocked ? { skipBlocked: true } : {}) },
    more,
  )
}
