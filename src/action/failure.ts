// Why a run failed, as a word for workflows to branch on.
import { exits } from '../cli/exit.ts'
import type { Diagnostic } from '../model.ts'
import { isRunError, type RunError } from '../problem.ts'

export const failureReasons = [
  'invalid-input',
  'invalid-spec',
  'auth',
  'incomplete-read',
  'plan-changed',
  'plan-stale',
  'plan-blocked',
  'destroy-refused',
  'impact-refused',
  'partial-apply',
  'drift',
  'aws-error',
  'internal',
] as const

export type FailureReason = (typeof failureReasons)[number]

export interface Failure {
  reason: FailureReason
  exit: number
  message: string
  hint?: string
  diagnostics?: Diagnostic[]
  lineAt?: RunError['lineAt']
}

const byCode: { [code: string]: FailureReason } = {
  'stale-plan': 'plan-stale',
  'edited-plan': 'plan-changed',
  'no-plan': 'plan-changed',
  'plan-is-blocked': 'plan-blocked',
  'plan-has-errors': 'plan-blocked',
  'wrong-account': 'auth',
}

/** A thrown error as a failure; what is no `RunError` is a bug of ours, and says so without a stack. */
export const failureOf = (error: unknown): Failure => {
  if (!isRunError(error))
    return {
      reason: 'internal',
      exit: exits.failure,
      message: `this is a bug in cogsync: ${error instanceof Error ? error.message : String(error)}`,
      hint: 'please report it',
    }
  const { exit, code, message, hint, diagnostics, lineAt } = error
  const reason =
    byCode[code] ??
    ({ 1: 'aws-error', 3: 'invalid-spec', 4: 'auth', 5: 'plan-changed', 6: 'partial-apply' } as const)[exit]
  return {
    reason,
    exit,
    message,
    ...(hint !== undefined && { hint }),
    ...(diagnostics !== undefined && { diagnostics }),
    ...(lineAt !== undefined && { lineAt }),
  }
}
