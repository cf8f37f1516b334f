// One file applied: the plan that was reviewed and no other, with its outcome in words.
import { exitOf, readPlanFile } from '../cli/commands/apply.ts'
import { exits } from '../cli/exit.ts'
import { runOptionsOf } from '../cli/planning.ts'
import type { Outcome, Plan, Report } from '../model.ts'
import type { Budget } from '../render/markdown/budget.ts'
import { renderMarkdown } from '../render/markdown/plan.ts'
import { renderReportMarkdown } from '../render/markdown/report.ts'
import { renderPlan } from '../render/text/plan.ts'
import { renderOutcome, renderReport } from '../render/text/report.ts'
import { type Failure, failureOf } from './failure.ts'
import { type Job, planningOptions, type Result, sessionFor } from './job.ts'
import {
  blocked,
  planChanged,
  planSaved,
  planTarget,
  refusedDeletions,
  refusedImpacts,
  refusedUnasked,
  unfit,
} from './planned.ts'
import { caught, failed, named } from './results.ts'
import type { Target } from './target.ts'

/** The plan to apply, made now; for a saved one in its way, and with what makes it another. */
const toApply = async (job: Job, target: Target, expected: string | undefined) => {
  const { planFile } = job.inputs
  if (planFile === undefined) return { ...(await planTarget(job, target, 'apply')), different: undefined }
  const text = await readPlanFile(sessionFor(job, 'apply'), planFile)
  return planSaved(job, target, text, expected)
}

/** Why a plan is not the one that was reviewed, or not one to apply. */
const refusal = (job: Job, target: Target, plan: Plan, expected: string | undefined): Failure | undefined => {
  if (expected !== undefined && expected !== plan.hash) return planChanged
  return (
    unfit(plan) ??
    blocked(plan) ??
    refusedDeletions(plan, job) ??
    refusedUnasked(plan, job, target) ??
    refusedImpacts(plan, job, target)
  )
}

/** Why nothing was done, and below it the plan as it is now: the one to look at. */
const refusedMarkdown = (why: string, plan: Plan, title: (kind: string) => string, budget: Budget): string =>
  `${why}\n${renderMarkdown(plan, { title, budget: { ...budget, most: budget.most - budget.size(why) - 1 } })}`

/** Progress as it comes: folded, unless several files run side by side and their lines mix. */
const applying = async (
  job: Job,
  target: Target,
  apply: (onOutcome: (outcome: Outcome) => void) => Promise<Report>,
): Promise<Report> => {
  const { runner, several } = job
  if (!several) runner.open(`Applying ${target.path}`)
  try {
    return await apply(outcome => runner.log(named(job, target, renderOutcome(outcome))))
  } finally {
    if (!several) runner.close()
  }
}

/** Carries out a plan, if it is the one that was reviewed; `expected` is that one's hash. */
export const applyResult = (job: Job, target: Target, expected?: string): Promise<Result> =>
  caught(job, target, 'apply', async () => {
    const { plan, shown, pipeline, session, title, different } = await toApply(job, target, expected)
    const text = renderPlan(shown, { title })
    const refused = different ? failureOf(different) : refusal(job, target, plan, expected)
    if (refused) {
      const result = failed(job, target, 'apply', refused)
      return {
        ...result,
        plan: shown,
        text: `${text}\n${result.text}`,
        markdown: budget => refusedMarkdown(result.markdown(budget), shown, title, budget),
      }
    }
    job.runner.group(`Plan for ${target.path}`, text)
    const report = await applying(job, target, onOutcome =>
      pipeline.applyPlan(plan, { ...runOptionsOf(session, planningOptions(job, target)), onOutcome }),
    )
    const exit = exitOf(report, false)
    const cleaned = job.redactor.deep(report)
    const told = renderReport(cleaned)
    const [verdict = ''] = told.split('\n')
    const failure: Failure | undefined =
      exit === exits.ok
        ? undefined
        : {
            reason: exit === exits.partial ? 'partial-apply' : exit === exits.denied ? 'auth' : 'aws-error',
            exit,
            message: verdict,
            hint: 'what was done stays done: apply again to finish the rest',
          }
    return {
      target,
      exit,
      ...(failure && { failure }),
      plan: shown,
      text: told,
      ...(failure ? {} : { verdict: named(job, target, verdict) }),
      annotations: [],
      markdown: budget => renderReportMarkdown(shown, cleaned, { runUrl: job.context.runUrl, budget }),
      notable: report.outcomes.length > 0,
    }
  })
