// All pages of a list operation.

import type { Aws, JsonObject } from '../model.ts'
import type { Operation } from '../table/kind.ts'
import { awsError, unreadableCode } from './errors.ts'
import { pagesOf } from './quotas.ts'

/** After so many pages, whoever else wants to run gets a turn: answers may come from memory. */
const turn = 50

/**
 * Every item of a list operation, in AWS's order. Never stops on an empty page: with a filter, a page may be
 * short or empty and still carry a token (ListUserPoolClients). `token` names the member that carries it. Throws an
 * `AwsError` for pages that no AWS gives: one that comes twice, and more than its quotas allow.
 */
export const pages = async (
  aws: Aws,
  operation: Operation,
  input: JsonObject,
  items: string,
  token: 'NextToken' | 'Marker' = 'NextToken',
): Promise<JsonObject[]> => {
  const all: JsonObject[] = []
  const seen = new Set<string>()
  const fail = (why: string) =>
    awsError({
      code: unreadableCode,
      message: `the pages are none that AWS gives: ${why}: is a proxy on the way?`,
      operation,
      unknownOutcome: true,
    })
  const most = pagesOf(operation)
  let next: string | undefined
  do {
    const page = await aws.send(operation, next === undefined ? input : { ...input, [token]: next })
    // one by one: a page may have more items than a call takes arguments
    for (const item of (page[items] ?? []) as JsonObject[]) all.push(item)
    next = (page[token] ?? undefined) as string | undefined
    if (next === undefined && page['IsTruncated'] === true)
      throw fail('one says that more follow, and not where')
    if (next === undefined) break
    if (seen.has(next) || next === '') throw fail('one leads back to itself')
    seen.add(next)
    if (seen.size >= most) throw fail(`there are more than ${most}`)
    if (seen.size % turn === 0) await new Promise(resolve => setImmediate(resolve))
  } while (next !== undefined)
  return all
}
