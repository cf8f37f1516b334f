// All pages of a list operation.

import type { Operation } from '../kinds/kind.ts'
import type { Aws, JsonObject } from '../model.ts'

/**
 * Every item of a list operation, in AWS's order. Never stops on an empty page: with a filter, a page may be
 * short or empty and still carry a token (ListUserPoolClients). `token` names the member that carries it.
 */
export const pages = async (
  aws: Aws,
  operation: Operation,
  input: JsonObject,
  items: string,
  token: 'NextToken' | 'Marker' = 'NextToken',
): Promise<JsonObject[]> => {
  const all: JsonObject[] = []
  let next: string | undefined
  do {
    const page = await aws.send(operation, next === undefined ? input : { ...input, [token]: next })
    all.push(...((page[items] ?? []) as JsonObject[]))
    next = page[token] as string | undefined
  } while (next !== undefined)
  return all
}
