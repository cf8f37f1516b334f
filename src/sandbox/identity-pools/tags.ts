// Tags on identity pools, by ARN.
import type { Call, Operation, State } from '../service.ts'
import { makeTable } from '../table.ts'
import { findPool, invalid, openPools, type Pool } from './store.ts'

const TAG_QUOTA = 50

export function tagOperations(state: State): { [operation: string]: Operation } {
  return {
    TagResource: (input, call) => {
      const pool = findByArn(state, call, input['ResourceArn'] as string)
      const tags = input['Tags'] as Pool['tags']
      const merged = { ...pool.tags, ...tags }
      checkTags(merged)
      pool.tags = merged
      return {}
    },
    UntagResource: (input, call) => {
      const pool = findByArn(state, call, input['ResourceArn'] as string)
      for (const key of input['TagKeys'] as string[]) delete pool.tags[key]
      return {}
    },
    ListTagsForResource: (input, call) => ({
      Tags: { ...findByArn(state, call, input['ResourceArn'] as string).tags },
    }),
  }
}

function findByArn(state: State, call: Call, arn: string): Pool {
  const match = /^arn:aws[a-z-]*:cognito-identity:([^:]+):(\d{12}):identitypool\/(.+)$/.exec(arn)
  if (!match) throw invalid(`Invalid ARN: ${arn}`)
  const [, region, account, id = ''] = match
  const here = region === call.region && account === call.account
  return findPool(here ? openPools(state, call) : makeTable<Pool>(), id)
}

/** Limits and characters are documented; the words of the refusals are not. */
export function checkTags(tags: Pool['tags']): void {
  for (const [key, value] of Object.entries(tags)) {
    if (key.toLowerCase().startsWith('aws:')) throw invalid(`Tag key ${key} has the reserved prefix aws:`)
    if (![key, value].every(text => /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(text))) {
      throw invalid(`Tag ${key} has characters that are not allowed`)
    }
  }
  if (Object.keys(tags).length > TAG_QUOTA)
    throw invalid(`A resource can have no more than ${TAG_QUOTA} tags`)
}
