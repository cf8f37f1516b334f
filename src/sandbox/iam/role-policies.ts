// What is put on a role: inline policies, attached managed policies, and the permissions boundary.
import { type Call, type Operation, ServiceError, type State } from '../service.ts'
import { lookUp, openAccount, openOwnRole, openRole, type Role } from './account.ts'
import { encodeDocument, sizeOf } from './documents.ts'
import { cutPage } from './pages.ts'
import { checkPermissionsPolicy } from './permissions-policy.ts'
import { checkAttachable, checkPolicyArn, nameOfPolicy, pathOfPolicy } from './policies.ts'

const INLINE_QUOTA = 10_240
const ATTACHED_QUOTA = 10

export function rolePolicyOperations(state: State): { [operation: string]: Operation } {
  const open = (call: Call) => openAccount(state, call.account)
  return {
    PutRolePolicy: (input, call) => {
      const { RoleName, PolicyName, PolicyDocument } = input as {
        RoleName: string
        PolicyName: string
        PolicyDocument: string
      }
      putInline(openOwnRole(open(call), RoleName), PolicyName, PolicyDocument)
      return undefined
    },
    GetRolePolicy: (input, call) => {
      const { RoleName, PolicyName } = input as { RoleName: string; PolicyName: string }
      const document = findInline(openRole(open(call), RoleName), PolicyName)
      return { RoleName, PolicyName, PolicyDocument: encodeDocument(document) }
    },
    DeleteRolePolicy: (input, call) => {
      const { RoleName, PolicyName } = input as { RoleName: string; PolicyName: string }
      const role = openOwnRole(open(call), RoleName)
      findInline(role, PolicyName)
      delete role.inline[PolicyName]
      return undefined
    },
    ListRolePolicies: (input, call) => {
      const role = openRole(open(call), input['RoleName'] as string)
      const { items, tail } = cutPage(Object.keys(role.inline).sort(), name => name, input)
      return { PolicyNames: items, ...tail }
    },
    AttachRolePolicy: (input, call) => {
      const { RoleName, PolicyArn } = input as { RoleName: string; PolicyArn: string }
      const role = openOwnRole(open(call), RoleName)
      checkAttachable(PolicyArn, open(call), call, 'attachment')
      attach(role, PolicyArn)
      return undefined
    },
    DetachRolePolicy: (input, call) => {
      const { RoleName, PolicyArn } = input as { RoleName: string; PolicyArn: string }
      const role = openOwnRole(open(call), RoleName)
      checkPolicyArn(PolicyArn)
      if (!role.attached.includes(PolicyArn)) {
        throw new ServiceError('NoSuchEntity', `Policy ${PolicyArn} was not found.`, 404)
      }
      role.attached = role.attached.filter(arn => arn !== PolicyArn)
      return undefined
    },
    ListAttachedRolePolicies: (input, call) => {
      const { RoleName, PathPrefix = '/' } = input as { RoleName: string; PathPrefix?: string }
      const role = openRole(open(call), RoleName)
      const arns = role.attached.filter(arn => pathOfPolicy(arn).startsWith(PathPrefix)).sort()
      const { items, tail } = cutPage(arns, arn => arn, input)
      const policies = items.map(arn => ({ PolicyName: nameOfPolicy(arn), PolicyArn: arn }))
      return { AttachedPolicies: policies, ...tail }
    },
    PutRolePermissionsBoundary: (input, call) => {
      const { RoleName, PermissionsBoundary } = input as { RoleName: string; PermissionsBoundary: string }
      const role = openOwnRole(open(call), RoleName)
      role.boundary = checkAttachable(PermissionsBoundary, open(call), call, 'boundary')
      return undefined
    },
    DeleteRolePermissionsBoundary: (input, call) => {
      const role = openOwnRole(open(call), input['RoleName'] as string)
      delete role.boundary
      return undefined
    },
  }
}

function putInline(role: Role, name: string, document: string): void {
  checkPermissionsPolicy(document, 'inline')
  const all = { ...role.inline, [name]: document }
  const total = Object.values(all).reduce((sum, text) => sum + sizeOf(text), 0)
  // the quota is on all inline policies of the role together, though the message does not say so
  if (total > INLINE_QUOTA) {
    throw new ServiceError(
      'LimitExceeded',
      `Maximum policy size of ${INLINE_QUOTA} bytes exceeded for role ${role.name}`,
      409,
    )
  }
  role.inline = all
}

function findInline(role: Role, name: string): string {
  const document = lookUp(role.inline, name)
  if (document === undefined) {
    throw new ServiceError('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404)
  }
  return document
}

function attach(role: Role, arn: string): void {
  if (role.attached.includes(arn)) return
  if (role.attached.length >= ATTACHED_QUOTA) {
    throw new ServiceError('LimitExceeded', `Cannot exceed quota for PoliciesPerRole: ${ATTACHED_QUOTA}`, 409)
  }
  role.attached.push(arn)
}
