// The action from inputs to outputs. Never throws, and answers with what the process ends with: 0 or 1.
import PQueue from 'p-queue'
import { systemClock } from '../aws/retry.ts'
import { exits } from '../cli/exit.ts'
import { tool } from '../version.ts'
import { readContext } from './context.ts'
import { annotate, comment, fileIssues, summarise, writeLog } from './deliver.ts'
import { type Failure, failureOf } from './failure.ts'
import { gitHubTrouble, openGitHub } from './github.ts'
import { type Inputs, readInputs } from './inputs.ts'
import type { Job, Result } from './job.ts'
import { hashOf, writeOutputs } from './outputs.ts'
import { openRedactor } from './redact.ts'
import { applyResult, driftResult, planResult, validateResult } from './results.ts'
import { type Host, openRunner } from './runner.ts'
import { findTargets, type Target } from './target.ts'

const parts = { plan: planResult, apply: applyResult, drift: driftResult, validate: validateResult }

/** Files at a time; requests to AWS wait for each other beyond that. */
const together = 4

const openJob = (host: Host): { job: Omit<Job, 'inputs'>; read: ReturnType<typeof readInputs> } => {
  const redactor = openRedactor()
  const runner = openRunner(host, redactor.text)
  const context = readContext(host)
  const read = readInputs(runner)
  const token = 'inputs' in read ? read.inputs.token : undefined
  for (const secret of [token, host.env['AWS_SECRET_ACCESS_KEY'], host.env['AWS_SESSION_TOKEN']])
    redactor.hide(secret)
  return {
    job: {
      runner,
      context,
      redactor,
      github:
        token === undefined ? undefined : openGitHub(token, context, { clock: systemClock, agent: tool }),
      warn: message => runner.annotate({ level: 'warning', title: 'cogsync', message }),
    },
    read,
  }
}

/** The event says which pull request it is; an input, or a comment's event, only its number. */
const withPull = async (job: Job): Promise<Job> => {
  const { context, inputs, github } = job
  const { pullRequest } = inputs
  if (pullRequest === undefined || pullRequest === context.pull?.number || github === undefined) return job
  try {
    const pull = { number: pullRequest, ...(await github.pull(pullRequest)) }
    return { ...job, context: { ...context, pull } }
  } catch (error) {
    const trouble = gitHubTrouble(error)
    if (trouble === undefined) throw error
    job.warn(`pull request ${pullRequest} could not be read: ${trouble.message}`)
    return job
  }
}

/** A fork's author writes the file, and must not have it planned with credentials. */
const commandFor = (job: Job): Inputs['command'] => {
  const { context, inputs } = job
  if (!context.pull?.fromFork || inputs.command === 'validate') return inputs.command
  if (inputs.command !== 'plan')
    throw Object.assign(new Error(), {
      failure: {
        reason: 'invalid-input',
        exit: exits.usage,
        message: `${inputs.command} does not run for a pull request from a fork`,
        hint: 'run it on the main branch',
      } satisfies Failure,
    })
  job.warn('this pull request is from a fork, so the file is only validated: a plan needs credentials')
  return 'validate'
}

const wrongCombination = ({ inputs }: Job, targets: readonly Target[]): Failure | undefined => {
  const one = (message: string, hint: string): Failure => ({
    reason: 'invalid-input',
    exit: exits.usage,
    message,
    hint,
  })
  if (targets.length === 0)
    return one(`config is "${inputs.config}", and there is no such file`, 'correct the input config')
  if (targets.length > 1 && inputs.planFile !== undefined)
    return one('plan-file is for one file, and config names several', 'use plan-hash, or a job for each file')
  return undefined
}

/** The hash of several plans is checked before the first of them is applied. */
const wrongTogether = async (job: Job, targets: readonly Target[]): Promise<Failure | undefined> => {
  const { expectedPlanHash, command } = job.inputs
  if (command !== 'apply' || expectedPlanHash === undefined || targets.length < 2) return undefined
  const { planTarget } = await import('./planned.ts')
  const plans = await Promise.all(targets.map(target => planTarget(job, target, 'apply')))
  const results = plans.map(({ plan }, index) => ({ target: targets[index]!, plan }))
  return hashOf(results as unknown as Result[]) === expectedPlanHash
    ? undefined
    : {
        reason: 'plan-changed',
        exit: exits.refused,
        message: 'these are not the plans that were reviewed: the files, AWS or cogsync has changed since',
        hint: 'look at the new plans, and approve those',
      }
}

/** Says why the run failed, once for each file. */
const report = ({ runner }: Pick<Job, 'runner'>, failures: readonly Failure[]): void => {
  for (const { reason, message, hint } of failures.slice(0, 9))
    runner.annotate({
      level: 'error',
      title: `cogsync: ${reason}`,
      message: hint === undefined ? message : `${message}\n${hint}`,
    })
}

const runJob = async (
  given: Job,
): Promise<{ results: Result[]; failures: Failure[]; comments: number[]; issues: number[] }> => {
  const job = await withPull(given)
  const command = commandFor(job)
  const targets = await findTargets(job.inputs, job.context.workspace)
  const wrong = wrongCombination(job, targets) ?? (await wrongTogether(job, targets))
  if (wrong) return { results: [], failures: [wrong], comments: [], issues: [] }
  const queue = new PQueue({ concurrency: together })
  const single = targets.length > 1 ? { ...job, inputs: { ...job.inputs } } : job
  if (targets.length > 1) delete single.inputs.expectedPlanHash
  const results = (await queue.addAll(
    targets.map(target => () => parts[command](single, target)),
  )) as Result[]
  writeLog(job, results)
  annotate(job, results)
  summarise(job, results)
  const comments = command === 'plan' || command === 'apply' ? await comment(job, command, results) : []
  const issues = command === 'drift' ? await fileIssues(job, results) : []
  return { results, failures: results.flatMap(({ failure }) => failure ?? []), comments, issues }
}

const isFailing = (error: unknown): error is { failure: Failure } =>
  typeof error === 'object' && error !== null && 'failure' in error

/** Runs the action once. */
export const runAction = async (host: Host): Promise<0 | 1> => {
  const { job, read } = openJob(host)
  if ('wrong' in read) {
    const failures = read.wrong.map(
      (message): Failure => ({ reason: 'invalid-input', exit: exits.usage, message }),
    )
    report(job, failures)
    job.runner.output('failure-reason', 'invalid-input')
    job.runner.output('exit-code', String(exits.usage))
    return 1
  }
  const whole: Job = { ...job, inputs: read.inputs }
  const done = await runJob(whole).catch((error: unknown) => ({
    results: [],
    failures: [isFailing(error) ? error.failure : failureOf(error)],
    comments: [],
    issues: [],
  }))
  const { results, failures, comments, issues } = done
  report(whole, failures)
  const [first] = failures
  const exit = first?.exit ?? Math.max(0, ...results.map(result => result.exit))
  await writeOutputs(whole, results, { comments, issues, exit, reason: first?.reason ?? '' })
  return failures.length > 0 ? 1 : 0
}
