// User pools, their MFA included: one kind with two writers, since AWS keeps one object behind two operations.

import { pages } from '../../aws/pages.ts'
import type { Json, JsonObject } from '../../model.ts'
import type { Kind } from '../../table/kind.ts'
import { toWireAttribute } from './attributes.ts'
import { extras } from './extras.ts'
import { factors } from './factors.ts'
import { functions } from './functions.ts'
import { messages } from './messages.ts'
import { userPoolAmplify, userPoolOutputs } from './outputs.ts'
import { checkUserPool, statedTogether } from './rules/index.ts'
import { signIn } from './sign-in.ts'

/** Errors while a role that Cognito is to assume has not spread yet [TF]. */
const roleNotThereYet = [
  'InvalidSmsRoleTrustRelationshipException',
  'InvalidSmsRoleAccessPolicyException',
] as const

export const userPool: Kind = {
  name: 'userPool',
  title: 'user pool',
  doc: 'A directory of users, and everything about how they sign in.',
  place: { form: 'map', block: 'userPools' },
  presence: 'resource',
  quota: '1,000 user pools in a Region, up to 10,000 on request',
  stateful: true,
  ids: ['UserPoolId'],
  // every Region that has a copy of the pool knows it under one id [G26]
  home: { id: 'UserPoolId', endsAt: '_' },
  nameField: 'name',
  renamable: true,
  tags: 'tags',
  untag: { operation: 'cognito-idp:UntagResource', on: { ResourceArn: 'arn' } },
  create: {
    operation: 'cognito-idp:CreateUserPool',
    yields: { UserPoolId: 'UserPool.Id', Arn: 'UserPool.Arn' },
    // at creation AWS takes MFA only with SMS, so MFA is always the second call's [D]
    without: ['MfaConfiguration'],
    retryOn: roleNotThereYet,
  },
  writers: [
    {
      mode: 'replace',
      operation: 'cognito-idp:UpdateUserPool',
      // ON is refused here on a pool without a factor, so it only ever repeats what is [LIVE-cdkd]
      echo: ['MfaConfiguration'],
      // a LITE pool has no levels of authentication, not even under their own names [JS]
      omit: [{ when: { UserPoolTier: ['LITE'] }, members: ['AcrConfiguration'] }],
      retryOn: roleNotThereYet,
    },
    {
      mode: 'replace',
      operation: 'cognito-idp:SetUserPoolMfaConfig',
      // off with any factor block, even a disabled one, is refused [LIVE-cdkd]
      omit: [
        {
          when: { MfaConfiguration: ['OFF'] },
          members: ['SmsMfaConfiguration', 'SoftwareTokenMfaConfiguration', 'EmailMfaConfiguration'],
        },
      ],
      // the same data behind two operations: repeat it identically
      repeat: {
        'SmsMfaConfiguration.SmsConfiguration': 'SmsConfiguration',
        'SmsMfaConfiguration.SmsAuthenticationMessage': 'SmsAuthenticationMessage',
      },
      retryOn: roleNotThereYet,
    },
    {
      mode: 'append',
      field: 'attributes',
      put: { operation: 'cognito-idp:AddCustomAttributes', input: { CustomAttributes: ['$value'] } },
      batch: 25,
      entry: toWireAttribute,
    },
  ],
  people: { wire: 'EstimatedNumberOfUsers' },
  remove: {
    operation: 'cognito-idp:DeleteUserPool',
    unlock: { field: 'deletionProtection', value: 'INACTIVE' },
  },
  fields: [...signIn, ...factors, ...messages, ...functions, ...extras],
  read: {
    operations: [
      'cognito-idp:ListUserPools',
      'cognito-idp:DescribeUserPool',
      'cognito-idp:GetUserPoolMfaConfig',
    ],
    list: async aws =>
      (await pages(aws, 'cognito-idp:ListUserPools', { MaxResults: 60 }, 'UserPools')).map(pool => ({
        ids: { UserPoolId: String(pool['Id']) },
        name: String(pool['Name']),
      })),
    tagged: {
      operations: ['cognito-idp:ListUserPools', 'cognito-idp:DescribeUserPool'],
      of: async (aws, ids) => {
        const { UserPool } = await aws.send('cognito-idp:DescribeUserPool', {
          UserPoolId: ids['UserPoolId'] as string,
        })
        return tagsOf((UserPool as JsonObject)['UserPoolTags'])
      },
    },
    get: async (aws, ids) => {
      const [described, mfa] = await Promise.all([
        aws.send('cognito-idp:DescribeUserPool', { UserPoolId: ids['UserPoolId'] as string }),
        aws.send('cognito-idp:GetUserPoolMfaConfig', { UserPoolId: ids['UserPoolId'] as string }),
      ])
      const pool = described['UserPool'] as JsonObject
      return {
        ids: { ...ids, Arn: String(pool['Arn']) },
        name: String(pool['Name']),
        wire: sendable(pool, mfa),
        tags: tagsOf(pool['UserPoolTags']),
      }
    },
  },
  together: statedTogether,
  check: checkUserPool,
  attributes: {
    id: { id: 'UserPoolId' },
    arn: { id: 'Arn' },
    name: { value: values => values['name'] },
    domain: { child: { block: 'domain', keys: ['custom', 'prefix'], attribute: 'host' } },
    provider: {
      made: (ids, { region, partition }) =>
        `cognito-idp.${region}.${dnsSuffix(partition)}/${ids['UserPoolId']}`,
    },
    issuer: {
      value: (values, _rest, { region, partition }, self) => {
        // an updated issuer has a host of its own [D: API_IssuerConfigurationType]
        const host = `${values['issuer.type'] === 'UPDATED' ? 'issuer-' : ''}cognito-idp.${region}.${dnsSuffix(partition)}`
        return { $join: [`https://${host}/`, self('id')] }
      },
    },
  },
  outputs: userPoolOutputs,
  amplify: userPoolAmplify,
  ignored: {
    'AdminCreateUserConfig.UnusedAccountValidityDays':
      'the deprecated twin of `passwordPolicy.temporaryPasswordValidity`; AWS refuses it once the new one is set',
  },
  iam: {
    arn: (id, { partition, region, account }) =>
      `arn:${partition}:cognito-idp:${region}:${account}:userpool/${id === '*' ? `${region}_*` : id}`,
    anywhere: ['cognito-idp:ListUserPools', 'cognito-idp:CreateUserPool'],
    beside: [
      { action: 'cognito-idp:TagResource' },
      { action: 'cognito-idp:UntagResource' },
      {
        action: 'iam:PassRole',
        rows: ['sms.snsCallerArn', 'sms.eumsSms.callerArn'],
        to: 'cognito-idp.amazonaws.com',
      },
      {
        action: 'iam:CreateServiceLinkedRole',
        rows: ['email.emailSendingAccount'],
        when: 'DEVELOPER',
        on: ({ partition, account }) =>
          `arn:${partition}:iam::${account}:role/aws-service-role/email.cognito-idp.amazonaws.com/*`,
      },
      { action: 'kms:CreateGrant', rows: ['triggers.kmsKeyId', 'key'] },
      { action: 'kms:DescribeKey', rows: ['triggers.kmsKeyId', 'key'] },
    ],
  },
}

const tagsOf = (tags: Json | undefined) => (tags ?? {}) as { [key: string]: string }

/** The host name ending of a partition: `amazonaws.com`, or China's. */
export const dnsSuffix = (partition: string): string =>
  partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'

/**
 * What was read, named as the writers' inputs name it. With MFA off, the factors that AWS still shows are
 * nobody's: they can be neither set nor cleared until it is on. `UnusedAccountValidityDays` mirrors the password
 * policy and may not be sent with it [D][TF]. AWS's own tags may not be sent at all.
 */
const sendable = (pool: JsonObject, mfa: JsonObject): JsonObject => {
  const { Name, SchemaAttributes, AdminCreateUserConfig, UserPoolTags, ...rest } = pool
  const { UnusedAccountValidityDays: _mirror, ...invitations } = (AdminCreateUserConfig ?? {}) as JsonObject
  const { SmsMfaConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration, ...settings } = mfa
  const factors = { SmsMfaConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration }
  return defined({
    ...rest,
    PoolName: Name,
    Schema: SchemaAttributes,
    AdminCreateUserConfig: invitations,
    UserPoolTags: Object.fromEntries(
      Object.entries((UserPoolTags ?? {}) as JsonObject).filter(([key]) => !key.startsWith('aws:')),
    ),
    ...settings,
    ...(mfa['MfaConfiguration'] !== 'OFF' && factors),
  })
}

const defined = (members: { [member: string]: Json | undefined }): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject
