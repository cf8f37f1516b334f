// The action from inputs to outputs. Never throws, and answers with what the process ends with: 0 or 1.
import { dirname, resolve } from 'node:path'
import PQueue from 'p-queue'
import { systemClock } from '../aws/retry.ts'
import { exits } from '../cli/exit.ts'
import { tool } from '../workflows/version.ts'
import { applyResult } from './apply.ts'
import { readContext } from './context.ts'
import { annotate, comment, fileIssues, summarise, writeLog } from './deliver.ts'
import { type Failure, failureOf } from './failure.ts'
import { gitHubTrouble, openGitHub } from './github.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { type Job, type Result, workingDirectory } from './job.ts'
import { hashOf, writeOutputs } from './outputs.ts'
import { planChanged, planTarget } from './planned.ts'
import { openRedactor } from './redact.ts'
import { driftResult, planResult, validateResult } from './results.ts'
import { type Host, openRunner } from './runner.ts'
import { findTargets, type Target } from './target.ts'
import { checkedOutIn, type Trust, trustOf } from './trust.ts'

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

/** The pull request of an input, or of an event that says only its number. */
const withPull = async (job: Job): Promise<Job> => {
  const { context, inputs, github } = job
  const number = inputs.pullRequest ?? context.pull?.number
  const isTold = number === context.pull?.number && context.pull?.head !== ''
  if (number === undefined || isTold || github === undefined) return job
  try {
    return { ...job, context: { ...context, pull: await github.pull(number) } }
  } catch (error) {
    const trouble = gitHubTrouble(error)
    if (trouble === undefined) throw error
    job.warn(`pull request ${number} could not be read: ${trouble.message}`)
    return job
  }
}

const misuse = (message: string, hint: string): Failure => ({
  reason: 'invalid-input',
  exit: exits.usage,
  message,
  hint,
})

/** Why the command does not run for this event; a file that is only validated needs no trust. */
const mistrusted = (command: Inputs['command'], trust: Trust): Failure | undefined => {
  if (trust.whose === 'unknown') return misuse(trust.because, trust.hint)
  return trust.whose === 'fork' && (command === 'apply' || command === 'drift')
    ? misuse(`${command} does not run for a fork (${trust.because})`, 'run it on the main branch')
    : undefined
}

/** A fork's author writes the file, and must not have it planned with credentials. */
const commandFor = ({ inputs, context, warn }: Job, trust: Trust): Inputs['command'] => {
  if (trust.whose !== 'fork' || inputs.command !== 'plan') return inputs.command
  const what = context.pull ? 'this pull request is from a fork' : `this event is a fork's (${trust.because})`
  warn(`${what}, so the file is only validated: a plan needs credentials`)
  return 'validate'
}

const misused = ({ inputs }: Job, targets: readonly Target[]): Failure | undefined => {
  const { config, planFile } = inputs
  if (targets.length === 0)
    return misuse(`config is "${config}", and there is no such file`, 'correct the input config')
  if (targets.length > 1 && planFile !== undefined)
    return misuse(
      'plan-file is for one file, and config names several',
      'use plan-hash, or a job for each file',
    )
  return undefined
}

/**
 * The hash over several plans is checked before the first of them is applied, and then each must be that very plan.
 * Answers with what to expect of each target.
 */
const expectedOfEach = async (
  job: Job,
  targets: readonly Target[],
): Promise<Failure | { [key: string]: string }> => {
  const { expectedPlanHash, command } = job.inputs
  if (command !== 'apply' || expectedPlanHash === undefined) return {}
  if (targets.length === 1) return { [targets[0]!.key]: expectedPlanHash }
  const plans = await Promise.all(
    targets.map(async target => ({ target, plan: (await planTarget(job, target, 'apply')).plan })),
  )
  return hashOf(plans) === expectedPlanHash
    ? Object.fromEntries(plans.map(({ target, plan }) => [target.key, plan.hash]))
    : planChanged
}

const isFailure = (one: Failure | { [key: string]: string }): one is Failure => 'reason' in one

/** Says why the run failed, once for each file. */
const report = ({ runner }: Pick<Job, 'runner'>, failures: readonly Failure[]): void => {
  for (const { reason, message, hint } of failures)
    runner.annotate({
      level: 'error',
      title: `cogsync: ${reason}`,
      message: hint === undefined ? message : `${message}\n${hint}`,
    })
}

interface Done {
  results: Result[]
  failures: Failure[]
  comments: number[]
  issues: number[]
}

/** No file was looked at. */
const only = (job: Pick<Job, 'runner'>, failure: Failure): Done => {
  report(job, [failure])
  return { results: [], failures: [failure], comments: [], issues: [] }
}

const foldersOf = (job: Job, targets: readonly Target[]): string[] => [
  workingDirectory(job),
  ...targets.map(({ path }) => dirname(resolve(job.context.workspace, path))),
]

/** Whose the event is; to validate a file it need not be known. */
const trustIn = (job: Job, targets: readonly Target[]): Promise<Trust> | Trust =>
  job.inputs.command === 'validate'
    ? { whose: 'ours' }
    : trustOf(job.context, job.github, {
        named: job.inputs.pullRequest,
        heads: () => checkedOutIn(foldersOf(job, targets), job.context.workspace),
      })

const runJob = async (given: Job): Promise<Done> => {
  const targets = await findTargets(given.inputs, given.context.workspace)
  const trust = await trustIn(given, targets)
  const wrong = mistrusted(given.inputs.command, trust) ?? misused(given, targets)
  if (wrong) return only(given, wrong)
  const command = commandFor(given, trust)
  const job = command === 'validate' ? given : await withPull(given)
  const expected = await expectedOfEach(job, targets)
  if (isFailure(expected)) return only(job, expected)
  const queue = new PQueue({ concurrency: together })
  const results = await Promise.all(
    targets.map(target =>
      queue.add(() => parts[command]({ ...job, several: targets.length > 1 }, target, expected[target.key])),
    ),
  )
  const failures = results.flatMap(({ failure }) => failure ?? [])
  writeLog(job, results)
  report(job, failures)
  annotate(job, results)
  summarise(job, results)
  const comments = command === 'plan' || command === 'apply' ? await comment(job, command, results) : []
  const issues = command === 'drift' ? await fileIssues(job, results) : []
  return { results, failures, comments, issues }
}

/** Runs the action once. */
export const runAction = async (host: Host): Promise<0 | 1> => {
  const { job, read } = openJob(host)
  if ('wrong' in read) {
    const failures = read.wrong.map(
      (message): Failure => ({ reason: 'invalid-input', exit: exits.usage, message }),
    )
    report(job, failures)
    job.runner.end()
    job.runner.output('failure-reason', 'invalid-input')
    job.runner.output('exit-code', String(exits.usage))
    return 1
  }
  const whole: Job = { ...job, inputs: read.inputs }
  const { results, failures, comments, issues } = await runJob(whole).catch((error: unknown) =>
    only(whole, failureOf(error)),
  )
  const [first] = failures
  const exit = first?.exit ?? Math.max(0, ...results.map(result => result.exit))
  await writeOutputs(whole, results, { comments, issues, exit, reason: first?.reason ?? '' })
  whole.runner.end()
  return failures.length > 0 ? 1 : 0
}
