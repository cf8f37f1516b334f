// Roles themselves: create, read, change, delete, list. Their policies and tags are in neighbouring files.
import { type Call, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { makeTable } from '../table.ts'
import {
  type Account,
  lookUp,
  makeId,
  openAccount,
  openOwnRole,
  openRole,
  partitionOf,
  type Role,
  renderTags,
  timestamp,
} from './account.ts'
import { encodeDocument, parseDocument, sizeOf } from './documents.ts'
import { cutPage } from './pages.ts'
import { checkAttachable } from './policies.ts'
import { formerOf } from './spreading.ts'
import { parseTags } from './tags.ts'
import { acceptTrustPolicy, showTrustPolicy } from './trust-policy.ts'

const DEFAULT_SESSION = 3600

/** For other services of the sandbox: a role by ARN as they know it by now, with its documents parsed. */
export function findRole(
  state: State,
  call: Pick<Call, 'account' | 'now'>,
  arn: string,
): { trust: unknown; inline: Record<string, unknown>; attached: string[] } | undefined {
  const { roles, former } = openAccount(state, call.account)
  const known = Object.entries(roles).map(([name, role]) => {
    const before = formerOf(former, name, call)
    return before === undefined ? role : before.role
  })
  const role = known.find(role => role?.arn === arn)
  if (!role) return undefined
  const inline = Object.entries(role.inline).map(([name, text]) => [name, parseDocument(text)])
  return {
    trust: parseDocument(role.trust),
    inline: Object.fromEntries(inline),
    attached: [...role.attached],
  }
}

export function roleOperations(state: State): { [operation: string]: Operation } {
  const open = (call: Call) => openAccount(state, call.account)
  return {
    CreateRole: (input, call) => {
      const role = createRole(open(call), input, call)
      return { Role: describeRole(role, open(call), 'created') }
    },
    GetRole: (input, call) => {
      const role = openRole(open(call), input['RoleName'] as string)
      return { Role: describeRole(role, open(call), 'full') }
    },
    UpdateRole: (input, call) => {
      updateRole(openOwnRole(open(call), input['RoleName'] as string), input)
      return {}
    },
    UpdateRoleDescription: (input, call) => {
      const role = openOwnRole(open(call), input['RoleName'] as string)
      setDescription(role, input['Description'] as string)
      return { Role: describeRole(role, open(call), 'listed') }
    },
    UpdateAssumeRolePolicy: (input, call) => {
      const role = openOwnRole(open(call), input['RoleName'] as string)
      Object.assign(role, acceptTrust(input['PolicyDocument'] as string, open(call), call))
      return undefined
    },
    DeleteRole: (input, call) => {
      deleteRole(open(call), input['RoleName'] as string)
      return undefined
    },
    ListRoles: (input, call) => listRoles(open(call), input),
    ListInstanceProfilesForRole: (input, call) => {
      openRole(open(call), input['RoleName'] as string)
      return { InstanceProfiles: [], IsTruncated: false }
    },
  }
}

function createRole(account: Account, input: Members, call: Call): Role {
  const { RoleName: name, Path: path = '/' } = input as { RoleName: string; Path?: string }
  if (path.startsWith('/aws-service-role/')) {
    // [ISS: tilfin/aws-iam-policy-tool PR 9, 2019]
    throw new ServiceError(
      'InvalidInput',
      "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
    )
  }
  const accepted = acceptTrust(input['AssumeRolePolicyDocument'] as string, account, call)
  const tags = parseTags(input['Tags'])
  if (lookUp(account.roles, name.toLowerCase())) {
    throw new ServiceError('EntityAlreadyExists', `Role with name ${name} already exists.`, 409)
  }
  if (Object.keys(account.roles).length >= 1000) {
    throw new ServiceError('LimitExceeded', 'Cannot exceed quota for RolesPerAccount: 1000', 409)
  }
  const role: Role = {
    name,
    path,
    id: makeId('AROA', call),
    arn: `arn:${partitionOf(call.region)}:iam::${call.account}:role${path}${name}`,
    created: timestamp(call),
    ...accepted,
    tags,
    inline: makeTable(),
    attached: [],
  }
  const { Description: description, MaxSessionDuration: duration, PermissionsBoundary: boundary } = input
  if (typeof description === 'string') setDescription(role, description)
  if (typeof duration === 'number') role.maxSessionDuration = duration
  if (typeof boundary === 'string') role.boundary = checkAttachable(boundary, account, call, 'boundary')
  account.roles[name.toLowerCase()] = role
  return role
}

function acceptTrust(text: string, account: Account, call: Call): { trust: string; bound: Role['bound'] } {
  const accepted = acceptTrustPolicy(text, account, call)
  if (sizeOf(text) > 2048) {
    throw new ServiceError('LimitExceeded', 'Cannot exceed quota for ACLSizePerRole: 2048', 409)
  }
  return accepted
}

function updateRole(role: Role, input: Members): void {
  const { Description: description, MaxSessionDuration: duration } = input
  // an omitted Description is kept [LIVE-drift]
  if (typeof description === 'string') setDescription(role, description)
  // "If you do not specify a value for this setting, the default value of one hour is applied" [D]
  role.maxSessionDuration = typeof duration === 'number' ? duration : DEFAULT_SESSION
}

/** An empty description clears it [LIVE-drift]. */
function setDescription(role: Role, description: string): void {
  if (description === '') delete role.description
  else role.description = description
}

function deleteRole(account: Account, name: string): void {
  const role = openOwnRole(account, name)
  if (role.attached.length > 0) {
    throw new ServiceError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409)
  }
  if (Object.keys(role.inline).length > 0) {
    throw new ServiceError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409)
  }
  delete account.roles[name.toLowerCase()]
}

function listRoles(account: Account, input: Members): Members {
  const { PathPrefix: prefix = '/' } = input as { PathPrefix?: string }
  const roles = Object.values(account.roles)
    .filter(role => role.path.startsWith(prefix))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
  const { items, tail } = cutPage(roles, role => role.name, input)
  return { Roles: items.map(role => describeRole(role, account, 'listed')), ...tail }
}

/**
 * `created`: only what was set. `listed`: without tags, boundary and last use [D]. `full`: with defaults
 * [REC: localstack snapshots, 2025].
 */
export function describeRole(role: Role, account: Account, view: 'created' | 'listed' | 'full'): Members {
  const answer: Members = {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: role.created,
    AssumeRolePolicyDocument: encodeDocument(showTrustPolicy(role, account)),
  }
  if (role.description !== undefined) answer['Description'] = role.description
  const duration = role.maxSessionDuration ?? (view === 'created' ? undefined : DEFAULT_SESSION)
  if (duration !== undefined) answer['MaxSessionDuration'] = duration
  if (view === 'listed') return answer
  if (role.boundary !== undefined) {
    // the type can only be "Policy", whatever the enum of the model says [D]
    answer['PermissionsBoundary'] = {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: role.boundary,
    }
  }
  if (role.tags.length > 0) answer['Tags'] = renderTags(role.tags)
  if (view === 'full') answer['RoleLastUsed'] = {}
  return answer
}
