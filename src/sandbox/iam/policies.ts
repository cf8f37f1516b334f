// Customer-managed policies, as far as roles need them: made known, read, attachable or not, deleted.
import { type Call, type Members, type Operation, ServiceError, type State } from '../service.ts'
import {
  type Account,
  type ManagedPolicy,
  makeId,
  openAccount,
  partitionOf,
  renderTags,
  timestamp,
} from './account.ts'
import { encodeDocument, sizeOf } from './documents.ts'
import { checkPermissionsPolicy } from './permissions-policy.ts'
import { parseTags } from './tags.ts'

export function policyOperations(state: State): { [operation: string]: Operation } {
  const open = (call: Call) => openAccount(state, call.account)
  const find = (input: Members, call: Call) => findPolicy(open(call), input['PolicyArn'] as string)
  return {
    CreatePolicy: (input, call) => ({
      Policy: describePolicy(createPolicy(open(call), input, call), open(call)),
    }),
    GetPolicy: (input, call) => ({ Policy: describePolicy(find(input, call), open(call)) }),
    DeletePolicy: (input, call) => {
      const policy = find(input, call)
      const { attachments, boundaries } = countUses(policy, open(call))
      if (attachments + boundaries > 0) {
        throw new ServiceError('DeleteConflict', 'Cannot delete a policy attached to entities.', 409)
      }
      delete open(call).policies[policy.arn]
      return undefined
    },
    ListPolicyVersions: (input, call) => ({
      Versions: [{ VersionId: 'v1', IsDefaultVersion: true, CreateDate: find(input, call).created }],
      IsTruncated: false,
    }),
    GetPolicyVersion: (input, call) => {
      const policy = find(input, call)
      const version = input['VersionId'] as string
      if (version !== 'v1') {
        throw new ServiceError(
          'NoSuchEntity',
          `Policy ${policy.arn} version ${version} does not exist or is not attachable.`,
          404,
        )
      }
      const document = encodeDocument(policy.document)
      return {
        PolicyVersion: {
          Document: document,
          VersionId: 'v1',
          IsDefaultVersion: true,
          CreateDate: policy.created,
        },
      }
    },
  }
}

function createPolicy(account: Account, input: Members, call: Call): ManagedPolicy {
  const { PolicyName: name, PolicyDocument: document, Path: path = '/' } = input
  // this operation may be absent from the wire model, so the required members are checked here
  if (typeof name !== 'string' || typeof document !== 'string' || typeof path !== 'string') {
    throw new ServiceError('ValidationError', 'PolicyName and PolicyDocument are required')
  }
  checkPermissionsPolicy(document, 'managed')
  if (sizeOf(document) > 6144) {
    throw new ServiceError('LimitExceeded', 'Cannot exceed quota for PolicySize: 6144', 409)
  }
  const arn = `arn:${partitionOf(call.region)}:iam::${call.account}:policy${path}${name}`
  const taken = Object.values(account.policies).some(
    policy => policy.name.toLowerCase() === name.toLowerCase(),
  )
  if (taken) {
    throw new ServiceError(
      'EntityAlreadyExists',
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
      409,
    )
  }
  const policy: ManagedPolicy = {
    name,
    path,
    id: makeId('ANPA', call),
    arn,
    created: timestamp(call),
    document,
    tags: parseTags(input['Tags']),
  }
  if (typeof input['Description'] === 'string') policy.description = input['Description']
  account.policies[arn] = policy
  return policy
}

function findPolicy(account: Account, arn: string): ManagedPolicy {
  checkPolicyArn(arn)
  const policy = account.policies[arn]
  // AWS-managed policies can be attached here but not read: the sandbox has no copy of their documents
  if (!policy) throw new ServiceError('NoSuchEntity', `Policy ${arn} was not found.`, 404)
  return policy
}

function describePolicy(policy: ManagedPolicy, account: Account): Members {
  const { attachments, boundaries } = countUses(policy, account)
  const answer: Members = {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: 'v1',
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    CreateDate: policy.created,
    UpdateDate: policy.created,
  }
  if (policy.description !== undefined) answer['Description'] = policy.description
  if (policy.tags.length > 0) answer['Tags'] = renderTags(policy.tags)
  return answer
}

function countUses(policy: ManagedPolicy, account: Account): { attachments: number; boundaries: number } {
  const roles = Object.values(account.roles)
  return {
    attachments: roles.filter(role => role.attached.includes(policy.arn)).length,
    boundaries: roles.filter(role => role.boundary === policy.arn).length,
  }
}

const POLICY_ARN = /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy((?:\/[^/]+)*\/)([\w+=,.@-]+)$/

export function checkPolicyArn(arn: string): void {
  if (!/^arn:[^:]*:[^:]*:[^:]*:[^:]*:./.test(arn)) {
    // two spaces [REC: localstack snapshot, 2025]
    throw new ServiceError('ValidationError', 'Invalid ARN:  Could not be parsed!')
  }
  if (!POLICY_ARN.test(arn)) throw new ServiceError('InvalidInput', `ARN ${arn} is not valid.`)
}

export function nameOfPolicy(arn: string): string {
  return POLICY_ARN.exec(arn)?.[3] ?? arn
}

export function pathOfPolicy(arn: string): string {
  return POLICY_ARN.exec(arn)?.[2] ?? '/'
}

/** Answers the ARN of a policy that may go on a role; AWS-managed ones are all taken to exist. */
export function checkAttachable(
  arn: string,
  account: Account,
  call: Call,
  use: 'attachment' | 'boundary',
): string {
  checkPolicyArn(arn)
  if (arn.startsWith(`arn:${partitionOf(call.region)}:iam::aws:policy/`)) {
    if (pathOfPolicy(arn).startsWith('/aws-service-role/')) {
      throw new ServiceError('PolicyNotAttachable', 'Cannot attach a Service Role Policy to a Customer Role.')
    }
    return arn
  }
  if (!account.policies[arn]) {
    // the first is [REC: localstack snapshot, 2025], the second from public error pastes
    const message =
      use === 'attachment'
        ? 'Policy ARN does not exist or is not attachable.'
        : `Scope ARN: ${arn} does not exist or is not attachable.`
    throw new ServiceError('NoSuchEntity', message, 404)
  }
  return arn
}
