// Examples of the rules about IAM roles and their documents.
import type { Json, JsonObject } from '../../src/model.ts'
import type { Example } from './example.ts'

const Version = '2012-10-17'
const read: JsonObject = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::shop/*' }
const service: JsonObject = {
  Effect: 'Allow',
  Principal: { Service: 'cognito-idp.amazonaws.com' },
  Action: 'sts:AssumeRole',
}
const inline = (statement: Json, rest: JsonObject = { Version }) => ({
  policies: { uploads: { ...rest, Statement: statement } },
})
const trust = (statement: Json, rest: JsonObject = { Version }) => ({
  trust: { ...rest, Statement: statement },
})
const without = (statement: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(statement).filter(([name]) => name !== key))

const policyRule = (code: string, bad: Json, good: Json = read): Example => ({
  code,
  field: 'policies',
  bad: inline(bad),
  good: inline(good),
})
const trustRule = (code: string, bad: Json, good: Json = service): Example => ({
  code,
  field: 'trust',
  bad: trust(bad),
  good: trust(good),
})

const cognito = 'cognito-identity.amazonaws.com'
const federated = (condition: JsonObject, principal = cognito): JsonObject => ({
  Effect: 'Allow',
  Principal: { Federated: principal },
  Action: ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'],
  Condition: condition,
})
const aud = { StringEquals: { [`${cognito}:aud`]: { $ref: 'identityPools.app', attr: 'id' } } }
const amr = { 'ForAnyValue:StringLike': { [`${cognito}:amr`]: 'authenticated' } }
const proper = federated({ ...aud, ...amr })
/** as the canonical form has it */
const canonical = federated({
  stringequals: { [`${cognito}:aud`]: ['eu-west-1:0a1b'] },
  'foranyvalue:stringlike': { [`${cognito}:amr`]: ['authenticated'] },
})
const china = 'cognito-identity.cn-north-1.amazonaws.com.cn'

const managed = (count: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:iam::111122223333:policy/p${index}`)
const long = (length: number) => ({
  ...service,
  Condition: { StringEquals: { 'aws:x': `${'a'.repeat(length)} ` } },
})

export const roleExamples: Example[] = [
  {
    code: 'COG2501',
    field: 'path',
    bad: { path: '/aws-service-role/cognito-idp.amazonaws.com/' },
    good: { path: '/service-role/' },
  },
  {
    code: 'COG2502',
    field: 'name',
    severity: 'warning',
    bad: { name: 'AWSServiceRoleForShop' },
    good: { name: 'shop' },
  },
  {
    code: 'COG2503',
    field: 'managedPolicies',
    severity: 'warning',
    bad: { managedPolicies: managed(11) },
    good: { managedPolicies: managed(10) },
  },
  {
    code: 'COG2504',
    field: 'permissionsBoundary',
    bad: { permissionsBoundary: 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess' },
    good: { permissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
  },
  {
    code: 'COG2510',
    field: 'policies',
    bad: inline(read, {}),
    good: inline(read),
  },
  {
    code: 'COG2511',
    field: 'trust',
    severity: 'warning',
    bad: trust(service, { Version: '2008-10-17' }),
    good: trust(service),
  },
  policyRule('COG2512', []),
  policyRule('COG2513', { ...read, Effect: 'allow' }),
  policyRule('COG2514', without(read, 'Action'), { ...without(read, 'Action'), NotAction: ['s3:*'] }),
  policyRule('COG2515', [read, without(read, 'Resource')], [read, { ...read, Resource: '*' }]),
  trustRule('COG2516', { ...service, Resource: '*' }),
  policyRule('COG2517', { ...read, Principal: '*' }),
  trustRule('COG2518', without(service, 'Principal'), { ...service, Principal: '*' }),
  policyRule(
    'COG2519',
    { ...read, Action: [{ s3: 'GetObject' }] },
    { ...read, Resource: [{ $join: ['arn:', 'x'] }] },
  ),
  policyRule('COG2520', { ...read, Action: 'GetObject' }, { ...read, Action: ['*', 's3:Get*'] }),
  trustRule('COG2521', { ...service, Action: 's3:GetObject' }),
  policyRule(
    'COG2522',
    { ...read, Resource: 'shop/*' },
    {
      ...read,
      Resource: `arn:aws:s3:::shop/\${${cognito}:sub}/*`,
    },
  ),
  policyRule(
    'COG2523',
    { ...read, Condition: { StringEqual: { 'aws:x': 'y' } } },
    {
      ...read,
      Condition: {
        'ForAllValues:StringEqualsIfExists': { 'aws:x': 'y' },
        bool: { 'aws:SecureTransport': [true] },
      },
    },
  ),
  policyRule(
    'COG2524',
    [
      { ...read, Sid: 'a' },
      { ...read, Sid: 'a' },
    ],
    [
      { ...read, Sid: 'a' },
      { ...read, Sid: '' },
      { ...read, Sid: '' },
    ],
  ),
  policyRule('COG2525', { ...read, Sid: 'read-all' }, { ...read, Sid: 'ReadAll' }),
  trustRule('COG2526', { ...service, Sid: 'Cognito’s' }, { ...service, Sid: 'Cognitós' }),
  { ...trustRule('COG2527', long(2048), long(1700)), severity: 'warning' },
  trustRule('COG2528', long(8192), long(7900)),
  policyRule(
    'COG2529',
    { ...read, Resource: `arn:aws:s3:::${'a'.repeat(10_240)}` },
    {
      ...read,
      Resource: `arn:aws:s3:::${'a'.repeat(9000)}${' '.repeat(2000)}`,
    },
  ),
  trustRule('COG2540', federated(amr), proper),
  trustRule(
    'COG2540',
    federated({ ...amr, StringNotEquals: { [`${cognito}:aud`]: 'eu-west-1:0a1b' } }),
    canonical,
  ),
  trustRule('COG2541', federated(aud), proper),
  trustRule(
    'COG2542',
    federated({ ...aud, 'ForAnyValue:StringLike': { [`${cognito}:amr`]: '*authenticated' } }),
    proper,
  ),
  {
    code: 'COG2542',
    field: 'trust',
    bad: { trust: { identityPool: { $ref: 'identityPools.app', attr: '' }, amr: '*' } },
    good: {
      trust: {
        identityPool: { $ref: 'identityPools.app', attr: '' },
        amr: ['authenticated', 'graph.facebook.com'],
      },
    },
  },
  trustRule('COG2543', federated({ ...amr, StringLike: { [`${cognito}:aud`]: 'eu-west-1:*' } }), proper),
  { ...trustRule('COG2544', proper, proper), in: { partition: 'aws-us-gov' }, goodIn: {} },
  { ...trustRule('COG2544', federated({ ...aud, ...amr }, china), federated({ ...aud, ...amr })) },
]
