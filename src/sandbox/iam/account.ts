// What IAM remembers of one account, and how its names, ids and ARNs look. IAM is global: no Region in any key.
import { type Call, type Json, ServiceError, type State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'
import type { Former } from './spreading.ts'

export { lookUp }

export interface Tag {
  key: string
  value: string
}

export interface Role {
  name: string
  path: string
  id: string
  arn: string
  created: string
  /** the trust policy as it was put, except that bare account ids have become root ARNs */
  trust: string
  /** the principals of the trust policy that IAM bound to unique ids when the policy was put: ARN to id */
  bound: { [arn: string]: string }
  description?: string
  maxSessionDuration?: number
  boundary?: string
  tags: Tag[]
  /** policy name to document, verbatim */
  inline: { [policyName: string]: string }
  attached: string[]
}

export interface ManagedPolicy {
  name: string
  path: string
  id: string
  arn: string
  created: string
  document: string
  description?: string
  tags: Tag[]
}

export interface Account {
  /** by name in lower case: role names are unique ignoring case [D] */
  roles: { [lowerCaseName: string]: Role }
  /** customer-managed policies by ARN */
  policies: { [arn: string]: ManagedPolicy }
  /** milliseconds until other services know of what has changed; none while nobody asked for it */
  slowness?: number
  /** what they still see meanwhile, by name in lower case */
  former?: { [lowerCaseName: string]: Former }
  alias?: string
}

/** The IAM state of one account, made empty at first sight. */
export function openAccount(state: State, account: string): Account {
  const slice = state.slice<{ accounts: { [account: string]: Account } }>('iam', () => ({
    accounts: makeTable(),
  }))
  slice.accounts[account] ??= { roles: makeTable(), policies: makeTable() }
  return slice.accounts[account]
}

/**
 * The role of that exact name. Names are unique ignoring case; whether a look-up ignores case too is not
 * documented, so it does not: a name in the wrong case is neither found nor free.
 */
export function openRole(account: Account, name: string): Role {
  const role = lookUp(account.roles, name.toLowerCase())
  if (role?.name !== name) {
    // [REC: rehearsal log, 2026-09]
    throw new ServiceError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404)
  }
  return role
}

/** The role, if customers may change it: those under /aws-service-role/ belong to their service [D]. */
export function openOwnRole(account: Account, name: string): Role {
  const role = openRole(account, name)
  if (role.path.startsWith('/aws-service-role/')) {
    throw new ServiceError(
      'UnmodifiableEntity',
      `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
    )
  }
  return role
}

export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A unique id: AROA, ANPA or AIDA and 17 characters of base 32. */
export function makeId(prefix: string, call: Call): string {
  let id = prefix
  for (let index = 0; index < 17; index++) id += ID_ALPHABET[call.random(ID_ALPHABET.length)]
  return id
}

/** The one IAM user of each account: whoever calls the sandbox. */
export function callerIdentity(account: string, region: string): { arn: string; id: string } {
  const letters = [...account].map(digit => ID_ALPHABET[Number(digit)]).join('')
  return { arn: `arn:${partitionOf(region)}:iam::${account}:user/sandbox`, id: `AIDASANDB${letters}` }
}

/** IAM prints times in whole seconds. */
export function timestamp(call: Call): string {
  return call
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
}

export function renderTags(tags: Tag[]): Json {
  return tags.map(tag => ({ Key: tag.key, Value: tag.value }))
}
