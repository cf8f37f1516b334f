// What every part of a run has at hand, and what becomes of one file.
import { posix, relative, resolve, sep } from 'node:path'
import { realParts } from '../cli/real-parts.ts'
import type { PlanningOptions, Session } from '../cli/session.ts'
import type { Plan } from '../model.ts'
import type { Budget } from '../render/markdown/budget.ts'
import { plain } from '../render/text/style.ts'
import type { Context } from './context.ts'
import type { Failure } from './failure.ts'
import type { GitHub } from './github.ts'
import type { Inputs } from './inputs.ts'
import type { Redactor } from './redact.ts'
import type { Annotation, Runner } from './runner.ts'
import type { Target } from './target.ts'

export interface Job {
  runner: Runner
  context: Context
  inputs: Inputs
  redactor: Redactor
  /** without a token there is none */
  github: GitHub | undefined
  /** several files run side by side, so that their lines mix */
  several?: boolean
  /** a yellow line on the run's page; the run goes on */
  warn(message: string): void
}

/** What became of one file. */
export interface Result {
  target: Target
  /** what the command line would have ended with */
  exit: number
  failure?: Failure
  /** clean of secrets */
  plan?: Plan
  planFile?: string
  /** for the log, folded */
  text: string
  /** for the log, in sight: what it comes to; a failure is said anyway */
  verdict?: string
  annotations: Annotation[]
  /** for a comment, the summary or an issue */
  markdown(budget: Budget): string
  /** whether there is anything that a reader must know */
  notable: boolean
}

export const workingDirectory = ({ context, inputs }: Job): string =>
  resolve(context.workspace, inputs.workingDirectory)

/** A file of the working directory, from the top of the repository. */
export const fromTop = (job: Job, file: string): string => {
  const folder = relative(job.context.workspace, workingDirectory(job)).split(sep).join('/')
  return posix.join(folder, file)
}

/** Options of the command line that name a target: ` --config x --env prod`, quoted for a shell. */
export const selectionOf = ({ inputs }: Job, { config }: Target): string => {
  const word = (text: string) => (/^[\w./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
  return [
    ...(config === 'cognito.yaml' ? [] : [` --config ${word(config)}`]),
    ...(inputs.environment === undefined ? [] : [` --env ${word(inputs.environment)}`]),
  ].join('')
}

/** A session of the command line that says nothing itself. */
export const sessionFor = (job: Job, command: string): Session => {
  const sink = { write: () => undefined, isTTY: false }
  return {
    io: {
      stdout: sink,
      stderr: sink,
      env: job.runner.env,
      cwd: workingDirectory(job),
      interactive: false,
      ask: async () => undefined,
      onInterrupt: () => () => undefined,
      exit: () => undefined,
      now: () => performance.now(),
    },
    parts: realParts,
    command,
    json: false,
    quiet: true,
    out: plain,
    err: plain,
    print: () => undefined,
    say: () => undefined,
    warn: () => undefined,
    onSecret: job.redactor.hide,
  }
}

export const planningOptions = ({ inputs }: Job, { config }: Target): PlanningOptions => ({
  config,
  ...(inputs.environment !== undefined && { env: inputs.environment }),
  ...(inputs.allow.length > 0 && { allow: inputs.allow }),
  ...(inputs.failOn.length > 0 && { failOn: inputs.failOn.filter(word => word !== 'drift') }),
})
