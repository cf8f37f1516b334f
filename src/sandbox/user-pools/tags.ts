// Tags of user pools.
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { readMembers, readText, readTexts } from './members.ts'
import { storeTags } from './replica-rules.ts'
import { formatPoolArn, invalid, listReplicas, missing, openRegion, type Pool } from './store.ts'

const maxTags = 50
/** [Cognito developer guide, 2023] */
const tagText = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u

/** Throws what CreateUserPool and UpdateUserPool throw; the texts are not recorded. */
export function checkPoolTags(tags: Json | undefined): void {
  const fault = findFault(readMembers(tags))
  if (fault !== undefined) throw new ServiceError('UserPoolTaggingException', fault)
}

function findFault(tags: Members): string | undefined {
  if (Object.keys(tags).length > maxTags) return `A user pool can have at most ${maxTags} tags.`
  for (const [key, value] of Object.entries(tags)) {
    if (key.toLowerCase().startsWith('aws:'))
      return 'System tags cannot be added, updated or removed by requester.'
    if (!tagText.test(key) || !tagText.test(readText(value) ?? ''))
      return `Tag ${key} contains invalid characters.`
  }
  return undefined
}

export function tagPool(state: State, input: Members, call: Call): Members {
  const pool = requireTagged(state, call, input.ResourceArn)
  const added = readMembers(input.Tags)
  const tags = { ...readMembers(pool.settings.UserPoolTags), ...added }
  const fault = findFault(added) ?? findFault(withoutSystemTags(tags))
  if (fault !== undefined) throw invalid(fault)
  storeTags(pool, tags)
  return {}
}

export function untagPool(state: State, input: Members, call: Call): Members {
  const pool = requireTagged(state, call, input.ResourceArn)
  const removed = readTexts(input.TagKeys)
  const kept = Object.entries(readMembers(pool.settings.UserPoolTags)).filter(
    ([key]) => !removed.includes(key),
  )
  storeTags(pool, Object.fromEntries(kept))
  return {}
}

export function listTags(state: State, input: Members, call: Call): Members {
  return { Tags: readMembers(requireTagged(state, call, input.ResourceArn).settings.UserPoolTags) }
}

function withoutSystemTags(tags: Members): Members {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')))
}

function requireTagged(state: State, call: Call, arn: Json | undefined): Pool {
  const pools = [
    ...Object.values(openRegion(state, call.account, call.region).pools),
    ...listReplicas(state, call),
  ]
  const pool = pools.find(each => formatPoolArn(each) === arn)
  if (pool === undefined) throw missing('Resource not found.')
  return pool
}
