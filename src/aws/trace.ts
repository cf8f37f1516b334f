// The debug log: which requests were sent and what became of them, and nothing of what they carried.
import type { JsonObject } from '../model.ts'
import type { Clock } from './retry.ts'
import { asAwsError, requestIdOf, type Telling } from './sdk-error.ts'

/** Takes one line of the debug log. */
export type Trace = (line: string) => void

/** Ids that tell requests apart and open nothing. */
const shown = ['UserPoolId', 'ClientId', 'IdentityPoolId', 'RoleName', 'ResourceArn'] as const

const statusOf = (value: unknown): number | undefined =>
  (value as { $metadata?: { httpStatusCode?: number } } | null | undefined)?.$metadata?.httpStatusCode

/**
 * Sends a request and tells `trace` its operation, the ids of what it was for, its status or the name of its error,
 * and how long it took. Values and messages stay out, since either may quote a secret; account ids are masked.
 */
export const traced = async <T>(
  trace: Trace | undefined,
  clock: Clock,
  operation: string,
  input: JsonObject,
  telling: Telling,
  request: () => Promise<T>,
): Promise<T> => {
  if (trace === undefined) return request()
  const start = clock.now()
  const tell = (outcome: string, from: unknown) => {
    const requestId = requestIdOf(from, telling)
    const ids = shown.flatMap(id => {
      const value = input[id]
      return typeof value === 'string' ? [`${id}=${masked(telling.redact(value))}`] : []
    })
    const status = [statusOf(from), outcome].filter(part => part !== undefined && part !== '').join(' ')
    const known = requestId === undefined ? '' : ` (request ${requestId})`
    trace([operation, ...ids, '→', status, 'in', `${clock.now() - start} ms${known}`].join(' '))
  }
  try {
    const answer = await request()
    tell('', answer)
    return answer
  } catch (error) {
    // any other error is a bug, whose name is ours or the platform's
    const named = error instanceof Error ? error.name : 'error'
    tell(asAwsError(operation, error, telling)?.code ?? telling.redact(named), error)
    throw error
  }
}

/** An id without the account in it. */
const masked = (id: string): string => id.replace(/\b\d{12}\b/g, '(account)')
