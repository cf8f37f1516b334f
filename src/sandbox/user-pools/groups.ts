// Groups of a user pool.
import type { Call, Json, Members, State } from '../service.ts'
import { ServiceError } from '../service.ts'
import { compact, pick, readText } from './members.ts'
import { mergeUpdate } from './omission.ts'
import { addToken, cutPage } from './pages.ts'
import { lookUp, missing, overLimit, type Pool, readSeconds, requirePool } from './store.ts'

const settable = ['Description', 'RoleArn', 'Precedence']
const maxGroups = 10_000

/** Names are unique ignoring case [REC: amplify-backend 1781, 2024-07]. */
export function createGroup(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const name = readText(input.GroupName) ?? ''
  if (Object.keys(pool.groups).some(each => each.toLowerCase() === name.toLowerCase())) {
    throw new ServiceError('GroupExistsException', 'A group with the name already exists.')
  }
  if (Object.keys(pool.groups).length >= maxGroups) throw overLimit('Exceeded the number of groups.')
  const now = readSeconds(call)
  const group = compact({
    GroupName: name,
    UserPoolId: pool.id,
    ...pick(input, settable),
    LastModifiedDate: now,
    CreationDate: now,
  })
  pool.groups[name] = group
  return { Group: group }
}

export function getGroup(state: State, input: Members, call: Call): Members {
  return { Group: requireGroup(requirePool(state, call, input.UserPoolId), input.GroupName) }
}

export function updateGroup(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const group = requireGroup(pool, input.GroupName)
  const next = { ...group, ...mergeUpdate('UpdateGroup', group, input), LastModifiedDate: readSeconds(call) }
  pool.groups[String(group.GroupName)] = next
  return { Group: next }
}

export function deleteGroup(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  delete pool.groups[String(requireGroup(pool, input.GroupName).GroupName)]
  return undefined
}

export function listGroups(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const page = cutPage(Object.values(pool.groups), group => String(group.GroupName), {
    size: input.Limit,
    fallback: 60,
    token: input.NextToken,
  })
  return addToken({ Groups: page.items }, page)
}

function requireGroup(pool: Pool, name: Json | undefined): Members {
  const group = lookUp(pool.groups, name)
  if (group === undefined) throw missing('Group not found.')
  return group
}
