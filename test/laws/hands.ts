// Changing live things behind cogsync's back: what is read, with one setting changed, sent back through the SDK.
// Only what may stand in a setting is taken from its row; which requests carry it is written here once more.

import type { Aws, Json, JsonObject, Live, Term } from '../../src/model.ts'
import type { Field, Kind } from '../../src/table/kind.ts'
import { close } from '../../src/term.ts'
import { where, withSecrets } from './world.ts'

/** One setting with another value. */
export interface Edit {
  live: Live
  field: Field
  value: Term
}
type Hand = (aws: Aws, edit: Edit) => Promise<void>

/** What a setting's members should be, by dotted path; `undefined`: gone. */
const membersOf = ({ field, value }: Edit): [string, Json | undefined][] => {
  const wires = field.codec ? field.codec.toWire(value, where) : { [field.wire as string]: value }
  const closed = (term: Term) =>
    close(
      withSecrets(term),
      () => undefined,
      () => 'another-secret-of-24-characters',
      ({ $file }) => Buffer.from(`\x89PNG\r\n\x1a\nby hand ${$file}`, 'latin1').toString('base64'),
    )
  return Object.entries(wires).map(([path, term]) => [path, term === undefined ? term : closed(term)])
}

const assign = (object: JsonObject, [first = '', ...rest]: string[], value: Json | undefined): void => {
  const inner = object[first]
  if (rest.length > 0) {
    object[first] = { ...(inner as JsonObject | undefined) }
    assign(object[first], rest, value)
  } else if (value === undefined) delete object[first]
  // nobody takes the tags off that say whose it is
  else object[first] = /Tags$/.test(first) ? { ...(inner as JsonObject), ...(value as JsonObject) } : value
}

const edited = (body: JsonObject, edit: Edit): JsonObject => {
  const copy = structuredClone(body)
  for (const [path, value] of membersOf(edit)) assign(copy, path.split('.'), value)
  return copy
}

/** Reads the whole (under a member of the answer), changes it and writes it; in a replica's own Region, if that has one. */
const sendBack =
  (
    read: string,
    member: string,
    write: string,
    mend: (body: JsonObject) => JsonObject = body => body,
  ): Hand =>
  async (aws, edit) => {
    const { ids } = edit.live
    const region = ids['RegionName']
    const answer = await aws.send(read, ids, region)
    const body = mend((member === '' ? answer : answer[member]) as JsonObject)
    await aws.send(write, { ...edited(body, edit), ...ids }, region)
  }

/** Writes the one setting alone; `as`: what the request calls it. */
const sendAlone =
  (write: string, as?: string): Hand =>
  async (aws, edit) => {
    const { ids } = edit.live
    const body = edited({}, edit)
    const [only] = Object.values(body)
    await aws.send(
      write,
      { ...(as === undefined ? body : { [as]: only as Json }), ...ids },
      ids['RegionName'],
    )
  }

/** Writes the entries of a map or list one by one, and takes away those that are no more. */
const sendEach =
  (
    write: string,
    remove: string,
    entry: (key: string, value: Json) => JsonObject,
    name: (key: string) => JsonObject,
  ): Hand =>
  async (aws, { live, field, value }) => {
    const entries = (term: Term | undefined): [string, Json][] =>
      Array.isArray(term) ? term.map(item => [String(item), item]) : Object.entries(term as JsonObject)
    const member = String(field.wire)
    const had = live.wire[member]
    const keys = Array.isArray(had)
      ? had.map(item => (typeof item === 'string' ? item : (item as JsonObject)['Key']))
      : Object.keys((had ?? {}) as JsonObject)
    for (const [key, item] of entries(value)) await aws.send(write, { ...live.ids, ...entry(key, item) })
    for (const key of keys.map(String))
      if (!key.startsWith('cogsync:') && !entries(value).some(([other]) => other === key))
        await aws.send(remove, { ...live.ids, ...name(key) })
  }

/** What a description of a pool has and an update takes under another name, or not beside the setting that replaced it. */
const poolBody = ({
  Name,
  AdminCreateUserConfig,
  SmsVerificationMessage: _sms,
  EmailVerificationMessage: _message,
  EmailVerificationSubject: _subject,
  ...body
}: JsonObject): JsonObject => {
  const { UnusedAccountValidityDays: _days, ...admin } = AdminCreateUserConfig as JsonObject
  return { ...body, PoolName: Name as Json, AdminCreateUserConfig: admin }
}

const pool = sendBack('cognito-idp:DescribeUserPool', 'UserPool', 'cognito-idp:UpdateUserPool', poolBody)
const logs = sendBack(
  'cognito-idp:GetLogDeliveryConfiguration',
  'LogDeliveryConfiguration',
  'cognito-idp:SetLogDeliveryConfiguration',
)
const acl = sendAlone('wafv2:AssociateWebACL')
const risk = sendBack(
  'cognito-idp:DescribeRiskConfiguration',
  'RiskConfiguration',
  'cognito-idp:SetRiskConfiguration',
)
const look = sendAlone('cognito-idp:SetUICustomization')

/** By kind and, where settings go different ways, by the beginning of their path. */
const hands: { [kind: string]: { [path: string]: Hand } } = {
  userPool: {
    'mfa.sms.smsAuthenticationMessage': pool,
    'mfa.': sendBack('cognito-idp:GetUserPoolMfaConfig', '', 'cognito-idp:SetUserPoolMfaConfig'),
    '': pool,
  },
  userPoolDomain: {
    '': sendBack(
      'cognito-idp:DescribeUserPoolDomain',
      'DomainDescription',
      'cognito-idp:UpdateUserPoolDomain',
    ),
  },
  resourceServer: {
    '': sendBack('cognito-idp:DescribeResourceServer', 'ResourceServer', 'cognito-idp:UpdateResourceServer'),
  },
  identityProvider: {
    '': sendBack(
      'cognito-idp:DescribeIdentityProvider',
      'IdentityProvider',
      'cognito-idp:UpdateIdentityProvider',
    ),
  },
  userPoolClient: {
    '': sendBack('cognito-idp:DescribeUserPoolClient', 'UserPoolClient', 'cognito-idp:UpdateUserPoolClient'),
  },
  group: { '': sendBack('cognito-idp:GetGroup', 'Group', 'cognito-idp:UpdateGroup') },
  poolSessions: {
    '': sendBack(
      'cognito-idp:GetUserPoolSessionConfiguration',
      '',
      'cognito-idp:SetUserPoolSessionConfiguration',
    ),
  },
  clientSessions: {
    '': sendBack(
      'cognito-idp:GetUserPoolClientSessionConfiguration',
      '',
      'cognito-idp:SetUserPoolClientSessionConfiguration',
    ),
  },
  poolRisk: { '': risk },
  clientRisk: { '': risk },
  terms: { '': sendBack('cognito-idp:DescribeTerms', 'Terms', 'cognito-idp:UpdateTerms') },
  managedLoginBranding: { '': sendAlone('cognito-idp:UpdateManagedLoginBranding') },
  poolUiCustomization: { '': look },
  clientUiCustomization: { '': look },
  logDelivery: { '': logs },
  webAcl: { '': acl },
  replica: {
    status: sendAlone('cognito-idp:UpdateUserPoolReplica'),
    logDelivery: logs,
    webAcl: acl,
    '': pool,
  },
  identityPool: {
    '': sendBack('cognito-identity:DescribeIdentityPool', '', 'cognito-identity:UpdateIdentityPool'),
  },
  identityPoolRoles: {
    '': sendBack('cognito-identity:GetIdentityPoolRoles', '', 'cognito-identity:SetIdentityPoolRoles'),
  },
  principalTags: {
    '': sendBack(
      'cognito-identity:GetPrincipalTagAttributeMap',
      '',
      'cognito-identity:SetPrincipalTagAttributeMap',
    ),
  },
  role: {
    trust: sendAlone('iam:UpdateAssumeRolePolicy', 'PolicyDocument'),
    permissionsBoundary: sendAlone('iam:PutRolePermissionsBoundary'),
    policies: sendEach(
      'iam:PutRolePolicy',
      'iam:DeleteRolePolicy',
      (PolicyName, document) => ({ PolicyName, PolicyDocument: JSON.stringify(document) }),
      PolicyName => ({ PolicyName }),
    ),
    managedPolicies: sendEach(
      'iam:AttachRolePolicy',
      'iam:DetachRolePolicy',
      PolicyArn => ({ PolicyArn }),
      PolicyArn => ({ PolicyArn }),
    ),
    tags: sendEach(
      'iam:TagRole',
      'iam:UntagRole',
      (Key, Value) => ({ Tags: [{ Key, Value }] }),
      key => ({ TagKeys: [key] }),
    ),
    '': sendBack('iam:GetRole', 'Role', 'iam:UpdateRole'),
  },
}

/** How a setting is changed by hand; nothing where nobody wrote it down. */
export const handOf = (kind: Kind, field: Field): Hand | undefined =>
  Object.entries(hands[kind.name] ?? {}).find(([path]) => field.path.startsWith(path))?.[1]
