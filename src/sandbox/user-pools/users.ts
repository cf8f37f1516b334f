// Users of a user pool, and the groups they are in: as much as it takes to see memberships.
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { requireGroup } from './groups.ts'
import { readList } from './members.ts'
import { cutPage } from './pages.ts'
import { invalid, lookUp, type Pool, readSeconds, requirePool, type User } from './store.ts'

export function createUser(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const name = String(input.Username)
  if (lookUp(pool.users, name) !== undefined) {
    throw new ServiceError('UsernameExistsException', 'User account already exists')
  }
  const now = readSeconds(call)
  const user = {
    Username: name,
    Attributes: readList(input.UserAttributes),
    UserCreateDate: now,
    UserLastModifiedDate: now,
    Enabled: true,
    UserStatus: 'FORCE_CHANGE_PASSWORD',
  }
  pool.users[name] = { user, groups: [] }
  return { User: user }
}

export function deleteUser(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  delete pool.users[String(requireUser(pool, input.Username).user.Username)]
  return undefined
}

export function listUsers(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  if (input.Filter !== undefined || input.AttributesToGet !== undefined) {
    throw invalid(
      'The sandbox lists all users with all their attributes; leave Filter and AttributesToGet out.',
    )
  }
  const page = pageUsers(Object.values(pool.users), input, input.PaginationToken)
  return page.token === undefined
    ? { Users: page.items.map(each => each.user) }
    : { Users: page.items.map(each => each.user), PaginationToken: page.token }
}

export function listUsersInGroup(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const name = String(requireGroup(pool, input.GroupName).GroupName)
  const members = Object.values(pool.users).filter(each => each.groups.includes(name))
  const page = pageUsers(members, input, input.NextToken)
  return page.token === undefined
    ? { Users: page.items.map(each => each.user) }
    : { Users: page.items.map(each => each.user), NextToken: page.token }
}

export function addUserToGroup(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  const user = requireUser(pool, input.Username)
  const name = String(requireGroup(pool, input.GroupName).GroupName)
  if (!user.groups.includes(name)) user.groups.push(name)
  return undefined
}

export function removeUserFromGroup(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  const user = requireUser(pool, input.Username)
  const name = String(requireGroup(pool, input.GroupName).GroupName)
  user.groups = user.groups.filter(each => each !== name)
  return undefined
}

function pageUsers(users: readonly User[], input: Members, token: Json | undefined) {
  return cutPage(users, each => String(each.user.Username), { size: input.Limit, fallback: 60, token })
}

function requireUser(pool: Pool, name: Json | undefined): User {
  const user = lookUp(pool.users, name)
  if (user === undefined) throw new ServiceError('UserNotFoundException', 'User does not exist.')
  return user
}
