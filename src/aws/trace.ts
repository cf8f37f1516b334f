// The debug log: which requests were sent and what became of them, and nothing of what they carried.
import type { JsonObject } from '../model.ts'
import type { Clock } from './retry.ts'

/** Takes one line of the debug log. */
export type Trace = (line: string) => void

/** Ids that tell requests apart and open nothing. */
const telling = ['UserPoolId', 'ClientId', 'IdentityPoolId', 'RoleName', 'ResourceArn'] as const

/** A request's outcome as far as it is known here. */
interface Metadata {
  httpStatusCode?: number
  requestId?: string
}

const metadataOf = (value: unknown): Metadata =>
  ((value as { $metadata?: Metadata } | null | undefined)?.$metadata ?? {}) as Metadata

/**
 * Sends a request and tells `trace` its operation, the ids of what it was for, its status or the name of its error,
 * and how long it took. Values and messages stay out, since either may quote a secret; account ids are masked.
 */
export const traced = async <T>(
  trace: Trace | undefined,
  clock: Clock,
  operation: string,
  input: JsonObject,
  request: () => Promise<T>,
): Promise<T> => {
  if (trace === undefined) return request()
  const start = clock.now()
  const tell = (outcome: string, { httpStatusCode, requestId }: Metadata) => {
    const ids = telling.flatMap(id => {
      const value = input[id]
      return typeof value === 'string' ? [`${id}=${masked(value)}`] : []
    })
    const status = [httpStatusCode, outcome].filter(part => part !== undefined && part !== '').join(' ')
    const known = requestId === undefined ? '' : ` (request ${requestId})`
    trace([operation, ...ids, '→', status, 'in', `${clock.now() - start} ms${known}`].join(' '))
  }
  try {
    const answer = await request()
    tell('', metadataOf(answer))
    return answer
  } catch (error) {
    const { name = 'error', code } = error as { name?: string; code?: string }
    tell(code ?? name, metadataOf(error))
    throw error
  }
}

/** An id without the account in it. */
const masked = (id: string): string => id.replace(/\b\d{12}\b/g, '(account)')
