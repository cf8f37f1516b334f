// Exit codes, and the error that a wrong command line is.

export const exits = {
  ok: 0,
  failure: 1,
  differences: 2,
  invalid: 3,
  denied: 4,
  refused: 5,
  partial: 6,
  usage: 64,
  interrupted: 130,
} as const

export type Exit = (typeof exits)[keyof typeof exits]

/** The code of the error that a file with errors is. */
export const invalidFile = 'invalid-file'

export type UsageError = Error & { hint?: string }

const usageErrorName = 'UsageError'

export const usageError = (message: string, hint?: string): UsageError =>
  Object.assign(new Error(message), { name: usageErrorName, ...(hint === undefined ? {} : { hint }) })

export const isUsageError = (error: unknown): error is UsageError =>
  error instanceof Error && error.name === usageErrorName
