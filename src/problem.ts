// A run that cannot go on: why, what to do, and the exit code that says so. Everything else thrown is a bug.
import type { Diagnostic, Position } from './model.ts'

/** 1 failure · 3 invalid file · 4 credentials or permission · 5 stale, unapproved or blocked · 6 partly applied */
export type RunExit = 1 | 3 | 4 | 5 | 6

export interface RunFacts {
  exit: RunExit
  /** for machines: `no-credentials`, `stale-plan` */
  code: string
  message: string
  /** what to do about it, as a sentence without a full stop */
  hint?: string
  diagnostics?: Diagnostic[]
  /** the line of the file that a diagnostic is about, to quote it */
  lineAt?: (at: Position) => string | undefined
}

export type RunError = Error & RunFacts

const runErrorName = 'RunError'

export const runError = (facts: RunFacts, cause?: unknown): RunError =>
  Object.assign(new Error(facts.message, cause === undefined ? undefined : { cause }), {
    name: runErrorName,
    ...facts,
  })

export const isRunError = (error: unknown): error is RunError =>
  error instanceof Error && error.name === runErrorName && 'exit' in error
