// What IAM wants allowed for each request: its own action on its resource, and the actions that go with it.
// Which operations know no resources, and which actions depend on which, is in the service authorization reference
// [SAR: cognito-idp, cognito-identity, iam, lambda, wafv2, ssm, secretsmanager].
import { callerIdentity, openAccount, partitionOf } from '../iam/account.ts'
import { openPools } from '../identity-pools/store.ts'
import { formatArn, type LambdaFunction, openFunctions, readName } from '../lambda/store.ts'
import type { Call, Json, Members, State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'
import { openRegion } from '../user-pools/store.ts'
import { openPlace } from '../waf/store.ts'
import type { Need } from './policy.ts'

/** Everything that must be allowed for a request. STS tells everybody who they are. */
export function needsOf(state: State, call: Call): Need[] {
  const needs = services[call.service]
  return needs === undefined ? [] : needs(state, call)
}

const services: Record<string, (state: State, call: Call) => Need[]> = makeTable({
  'cognito-idp': needsOfUserPools,
  'cognito-identity': needsOfIdentityPools,
  iam: needsOfIam,
  lambda: needsOfLambda,
  wafv2: needsOfWaf,
  ssm: (_state, call) => [own(call, parameterArn(call))],
  secretsmanager: (_state, call) => [own(call, secretArn(call))],
})

const poolless = [
  'ListUserPools',
  'CreateUserPool',
  'DescribeUserPoolDomain',
  'GetProvisionedLimit',
  'UpdateProvisionedLimit',
]

function needsOfUserPools(state: State, call: Call): Need[] {
  const { operation, input } = call
  const arn = poolArn(state, call)
  const pool = (openRegion(state, call.account, call.region).pools[arn.split('/')[1] ?? '']?.settings ??
    {}) as Members
  const tags = (input.UserPoolTags ?? input.Tags) as Members | undefined
  const context = { ...tagged('aws:ResourceTag', pool.UserPoolTags), ...tagged('aws:RequestTag', tags) }
  const needs = [{ ...own(call, poolless.includes(operation) ? '*' : arn), context }]
  if (operation === 'CreateUserPool' && tags !== undefined)
    needs.push({ action: 'cognito-idp:TagResource', resource: arn, context })
  if (operation === 'UpdateUserPool' && tags !== undefined)
    for (const action of ['cognito-idp:TagResource', 'cognito-idp:UntagResource'])
      needs.push({ action, resource: arn, context })
  return [...needs, ...passing(call, 'cognito-idp.amazonaws.com'), ...beyondUserPools(call)]
}

/** Actions of other services that settings bring with them. */
function beyondUserPools(call: Call): Need[] {
  const { operation, input, account, region } = call
  const anywhere = (action: string): Need => ({ action, resource: '*', context: {} })
  if (/^(Create|Update)UserPoolDomain$/.test(operation) && input.CustomDomainConfig !== undefined)
    return [anywhere('cloudfront:UpdateDistribution')]
  if (operation === 'SetLogDeliveryConfiguration') {
    const text = JSON.stringify(input.LogConfigurations ?? [])
    return [
      ...(text === '[]' ? [] : deliveries.map(action => anywhere(`logs:${action}`))),
      ...arnsIn(input, 's3').flatMap(resource =>
        ['s3:GetBucketPolicy', 's3:PutBucketPolicy'].map(action => ({ action, resource, context: {} })),
      ),
      ...arnsIn(input, 'firehose').map(resource => ({
        action: 'firehose:TagDeliveryStream',
        resource,
        context: {},
      })),
    ]
  }
  if (!/^(Create|Update)UserPool$/.test(operation)) return []
  const email = (input.EmailConfiguration ?? {}) as Members
  const linked = `arn:${partitionOf(region)}:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdpEmailService`
  return [
    ...(email.EmailSendingAccount === 'DEVELOPER'
      ? [{ action: 'iam:CreateServiceLinkedRole', resource: linked, context: {} }]
      : []),
    ...arnsIn(input, 'kms').flatMap(resource =>
      ['kms:CreateGrant', 'kms:DescribeKey'].map(action => ({ action, resource, context: {} })),
    ),
  ]
}

const deliveries = [
  'CreateLogDelivery',
  'GetLogDelivery',
  'UpdateLogDelivery',
  'DeleteLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'DescribeResourcePolicies',
  'DescribeLogGroups',
]

/** Operations that hand a role over [SAR: dependent actions]. */
const handing = [
  'CreateUserPool',
  'UpdateUserPool',
  'SetUserPoolMfaConfig',
  'CreateUserPoolClient',
  'UpdateUserPoolClient',
  'CreateGroup',
  'UpdateGroup',
  'SetIdentityPoolRoles',
]

function passing({ operation, input }: Call, service: string): Need[] {
  if (!handing.includes(operation)) return []
  return arnsIn(input, 'iam')
    .filter(arn => arn.includes(':role/'))
    .map(resource => ({ action: 'iam:PassRole', resource, context: { 'iam:PassedToService': service } }))
}

function poolArn(state: State, { account, region, input }: Call): string {
  if (typeof input.ResourceArn === 'string') return input.ResourceArn
  const id = typeof input.UserPoolId === 'string' ? input.UserPoolId : '*'
  const home = lookUp(openRegion(state, account, region).pools, id)?.region ?? region
  return `arn:${partitionOf(region)}:cognito-idp:${home}:${account}:userpool/${id === '*' ? `${region}_new` : id}`
}

const identityPoolless = [
  'ListIdentityPools',
  'CreateIdentityPool',
  'SetIdentityPoolRoles',
  'SetPrincipalTagAttributeMap',
]

function needsOfIdentityPools(state: State, call: Call): Need[] {
  const { account, region, operation, input } = call
  const id = typeof input.IdentityPoolId === 'string' ? input.IdentityPoolId : `${region}:new`
  const arn =
    typeof input.ResourceArn === 'string'
      ? input.ResourceArn
      : `arn:${partitionOf(region)}:cognito-identity:${region}:${account}:identitypool/${id}`
  const pool = openPools(state, call)[arn.split('/')[1] ?? '']
  const tags = (input.IdentityPoolTags ?? input.Tags) as Members | undefined
  const context = { ...tagged('aws:ResourceTag', pool?.tags), ...tagged('aws:RequestTag', tags) }
  const needs = [{ ...own(call, identityPoolless.includes(operation) ? '*' : arn), context }]
  if (operation === 'CreateIdentityPool' && tags !== undefined)
    needs.push({ action: 'cognito-identity:TagResource', resource: arn, context })
  if (operation === 'UpdateIdentityPool' && tags !== undefined)
    for (const action of ['cognito-identity:TagResource', 'cognito-identity:UntagResource'])
      needs.push({ action, resource: arn, context })
  return [...needs, ...passing(call, 'cognito-identity.amazonaws.com')]
}

function needsOfIam(state: State, call: Call): Need[] {
  const { account, region, operation, input } = call
  const role = lookUp(openAccount(state, account).roles, String(input.RoleName).toLowerCase())
  const path = role?.path ?? (typeof input.Path === 'string' ? input.Path : '/')
  const arn = `arn:${partitionOf(region)}:iam::${account}:role${path}${input.RoleName ?? '*'}`
  const needs = [own(call, arn)]
  if (operation === 'CreateRole' && Array.isArray(input.Tags) && input.Tags.length > 0)
    needs.push({ action: 'iam:TagRole', resource: arn, context: {} })
  return needs
}

/** Both operations that write a function's policy tell for whom the permission is [SAR: lambda:Principal]. */
function needsOfLambda(state: State, call: Call): Need[] {
  const { operation, input, account, region } = call
  const { name, qualifier } = readName(input, call)
  const need = own(
    call,
    `${formatArn(region, account, name)}${qualifier === undefined ? '' : `:${qualifier}`}`,
  )
  const principal =
    operation === 'RemovePermission'
      ? principalOf(lookUp(openFunctions(state, account, region), name), qualifier, input.StatementId)
      : input.Principal
  return [typeof principal === 'string' ? { ...need, context: { 'lambda:Principal': principal } } : need]
}

function principalOf(
  found: LambdaFunction | undefined,
  qualifier: string | undefined,
  id: Json | undefined,
): Json | undefined {
  const target =
    found === undefined || qualifier === undefined
      ? found
      : (lookUp(found.aliases, qualifier) ?? lookUp(found.versions, qualifier))
  const statement = target?.statements.find(({ Sid }) => Sid === id)
  return (statement?.Principal as Members | undefined)?.Service
}

function needsOfWaf(state: State, call: Call): Need[] {
  const pool = String(call.input.ResourceArn)
  const beside = (action: string): Need => ({
    action: `cognito-idp:${action}`,
    resource: pool,
    context: poolTags(state, call, pool),
  })
  if (call.operation === 'AssociateWebACL')
    return [own(call, pool), own(call, String(call.input.WebACLArn)), beside('AssociateWebACL')]
  if (call.operation === 'DisassociateWebACL') return [own(call, pool), beside('DisassociateWebACL')]
  if (call.operation !== 'GetWebACLForResource') return [own(call, '*')]
  const there = openPlace(state, call).associations[pool]
  return [
    own(call, pool),
    beside('GetWebACLForResource'),
    ...(there === undefined ? [] : [{ action: 'wafv2:GetWebACL', resource: there, context: {} }]),
  ]
}

function poolTags(state: State, { account, region }: Call, arn: string): Need['context'] {
  const pool = openRegion(state, account, region).pools[arn.split('/')[1] ?? '']
  return tagged('aws:ResourceTag', pool?.settings.UserPoolTags)
}

function parameterArn({ account, region, input }: Call): string {
  const name = String(input.Name ?? input.ResourceId ?? '*')
  if (name.startsWith('arn:')) return name
  return `arn:${partitionOf(region)}:ssm:${region}:${account}:parameter/${name.replace(/^\//, '').split(':')[0]}`
}

function secretArn({ account, region, input }: Call): string {
  const name = String(input.SecretId ?? input.Name)
  if (name.startsWith('arn:')) return name
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`
}

function own({ service, operation }: Call, resource: string): Need {
  return { action: `${service}:${operation}`, resource, context: {} }
}

function tagged(key: string, tags: Json | { [key: string]: string } | undefined): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries((tags ?? {}) as Members).map(([tag, value]) => [`${key}/${tag}`, String(value)]),
  )
}

/** The ARNs of a service anywhere in a value. */
function arnsIn(value: Json | undefined, service: string): string[] {
  if (typeof value === 'string') return new RegExp(`^arn:[^:]+:${service}:`).test(value) ? [value] : []
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(each => arnsIn(each, service))
}

/** In IAM's words for what no identity policy allows. */
export function refusalOf({ action, resource }: Need, call: Call): string {
  const { arn } = callerIdentity(call.account, call.region)
  return `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`
}
