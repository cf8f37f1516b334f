// A plan in the action: made, checked against what the workflow expects, and its differences told apart.

import { exits } from '../cli/exit.ts'
import { blockedCount, gate, planNow, unasked } from '../cli/planning.ts'
import { planAgain, requireSaid } from '../cli/saved.ts'
import type { Origins, Plan } from '../model.ts'
import { runError } from '../problem.ts'
import { removesOf } from '../render/effect.ts'
import { count } from '../render/text/wrap.ts'
import { originsSince, readEarlier } from '../workflows/baseline.ts'
import { checkedOut } from '../workflows/git.ts'
import type { Failure } from './failure.ts'
import { gitHubTrouble } from './github.ts'
import { fromTop, type Job, planningOptions, sessionFor } from './job.ts'
import type { Target } from './target.ts'

/** Secrets that the file takes from the environment must not leave the run, wherever else they turn up. */
const hideSecrets = ({ runner, redactor }: Job, sources: Plan['secrets']): void => {
  for (const source of Object.values(sources)) {
    const value = 'env' in source ? runner.env[source.env] : undefined
    if (!value) continue
    redactor.hide(value)
    for (const line of value.split('\n')) if (line.length >= 6) runner.mask(line)
  }
}

/** Stops before anything is shown or done in an account or Region that the workflow does not mean. */
export const guard = ({ inputs }: Job, { target }: Plan): void => {
  const { account, region } = inputs
  if (account !== undefined && account !== target.account)
    throw runError({
      exit: 4,
      code: 'wrong-account',
      message: `these credentials are for account ${target.account}, and expected-account-id is ${account}`,
      hint: 'assume a role of that account, or correct the input',
    })
  if (region !== undefined && region !== target.region)
    throw runError({
      exit: 3,
      code: 'wrong-region',
      message: `the file is for ${target.region}, and aws-region is ${region}`,
      hint: 'correct one of the two',
    })
}

/** A plan of a target, now. */
export const planTarget = async (job: Job, target: Target, command: string) => {
  const session = sessionFor(job, command)
  return shownBy(job, { ...(await planNow(session, planningOptions(job, target))), session })
}

/**
 * The same for a saved plan: the plan that is made now in its way, and why that is another, if it is. Which
 * environment it is for, the workflow says, not the plan.
 */
export const planSaved = async (job: Job, target: Target, text: string, expected: string | undefined) => {
  const session = sessionFor(job, 'apply')
  const saved = (await session.parts.pipeline()).loadPlan(text)
  guard(job, saved)
  const options = planningOptions(job, target)
  requireSaid(saved, { ...options, env: options.env ?? '' }, expected === saved.hash)
  return shownBy(job, { ...(await planAgain(session, options, saved)), session })
}

/** A plan that may be shown: without secrets, and of an account and Region that the workflow means. */
const shownBy = <T extends Pick<Awaited<ReturnType<typeof planNow>>, 'plan' | 'spec'>>(job: Job, made: T) => {
  hideSecrets(job, made.spec.secrets)
  guard(job, made.plan)
  return { ...made, shown: job.redactor.deep(made.plan) }
}

export type Planned = Awaited<ReturnType<typeof planTarget>>

/** The commit that the pull request, or the merge queue, starts from; `undefined` outside of both. */
const baseOf = async ({ context, github }: Job): Promise<string | undefined> => {
  if (context.queueBase !== undefined) return context.queueBase
  if (context.pull === undefined || github === undefined) return undefined
  // by default a merge of both branches is checked out, whose base is where the target branch was then
  const usual = context.event.startsWith('pull_request') ? context.sha : context.pull.head
  const head = (await checkedOut(context.workspace)) ?? usual
  return github.mergeBase(context.pull.base, head)
}

/** What the pull request brings and what had drifted before; nothing outside of a pull request. */
export const originsFor = async (
  job: Job,
  target: Target,
  planned: Pick<Planned, 'plan' | 'spec' | 'observation'>,
): Promise<Origins | undefined> => {
  const { github, inputs } = job
  if (github === undefined) return undefined
  try {
    const commit = await baseOf(job)
    if (commit === undefined) return undefined
    const earlier = await readEarlier(
      { commit, read: path => github.file(path, commit) },
      {
        path: target.path,
        ...(inputs.environment !== undefined && { environment: inputs.environment }),
      },
    )
    if ('unknown' in earlier) return { commit, changes: {}, accepted: [], unknown: [earlier.unknown] }
    return await originsSince(planned, earlier, { allow: inputs.allow })
  } catch (error) {
    const trouble = gitHubTrouble(error)
    if (trouble === undefined) throw error
    job.warn(`what had drifted before is not known: ${trouble.message}`)
    return undefined
  }
}

/** What of a plan the workflow does not take: an incomplete answer, errors, impacts. */
export const refusedImpacts = (plan: Plan, job: Job, target: Target): Failure | undefined => {
  const caught = gate(plan, planningOptions(job, target))
  const [first] = caught
  return (
    first && {
      reason: 'impact-refused',
      exit: exits.refused,
      message: `the plan is ${caught.map(({ impact }) => impact).join(' and ')}: ${[...new Set(caught.flatMap(({ addresses }) => addresses))].slice(0, 10).join(', ')}`,
      hint: `look at each, and add ${first.impact} to the input allow if it is meant`,
    }
  )
}

/** What a person may pass by saying yes; a workflow must have said it before. */
export const refusedUnasked = (plan: Plan, job: Job, target: Target): Failure | undefined => {
  const [first] = unasked(plan, planningOptions(job, target))
  const [finding] = first?.findings ?? []
  return first && finding
    ? {
        reason: 'plan-blocked',
        exit: exits.refused,
        message: finding.message,
        hint: finding.hint ?? `add ${first.word} to the input allow if it is meant`,
      }
    : undefined
}

/** Whether anything would be deleted that the workflow does not allow to be. */
export const refusedDeletions = (plan: Plan, { inputs }: Job): Failure | undefined => {
  const n = plan.changes.reduce((sum, change) => sum + removesOf(change), 0)
  return n === 0 || inputs.allowDestroy
    ? undefined
    : {
        reason: 'destroy-refused',
        exit: exits.refused,
        message: `the plan deletes ${count(n, 'resource')}, and allow-destroy is not true`,
        hint: 'look at each, and set the input allow-destroy to true if it is meant',
      }
}

/** What is there now is not what somebody approved. */
export const planChanged: Failure = {
  reason: 'plan-changed',
  exit: exits.refused,
  message: 'this is not the plan that was reviewed: the file, AWS or cogsync has changed since',
  hint: 'look at the new plan, and approve that one',
}

/** Why the plan is incomplete, faulty or blocked. */
export const unfit = (plan: Plan): Failure | undefined => {
  const errors = plan.diagnostics.filter(({ severity }) => severity === 'error')
  if (plan.unread.length > 0)
    return {
      reason: 'incomplete-read',
      exit: exits.denied,
      message: `AWS refused ${count(plan.unread.length, 'read')}, so this is not the whole answer`,
      hint: plan.unread
        .map(({ operation }) => operation)
        .slice(0, 5)
        .join(', '),
    }
  if (errors.length > 0)
    return {
      reason: 'plan-blocked',
      exit: exits.failure,
      message: `the plan has ${count(errors.length, 'error')}`,
      diagnostics: errors,
    }
  return undefined
}

/** Whoever could not look for what is ours and in no file cannot say that nothing drifted. */
export const notLookedFor = ({ unseen = [] }: Plan): Failure | undefined =>
  unseen.some(({ why }) => why === 'denied')
    ? {
        reason: 'incomplete-read',
        exit: exits.denied,
        message: "AWS did not let it look for what carries this stack's tags and is not in the file",
        hint: 'allow what `cogsync iam --plan` prints',
      }
    : undefined

/** The same for blocked changes, which a plan may have and an apply may not. */
export const blocked = (plan: Plan): Failure | undefined => {
  const n = blockedCount(plan)
  return n === 0
    ? undefined
    : {
        reason: 'plan-blocked',
        exit: exits.refused,
        message: `${count(n, 'change is', 'changes are')} blocked, and nothing was changed`,
        hint: 'do what each says under "instead"',
      }
}

export const placeFromTop =
  (job: Job, placeOf: Planned['placeOf']): Planned['placeOf'] =>
  path => {
    const place = placeOf(path)
    return place === undefined ? undefined : fromTop(job, place)
  }
