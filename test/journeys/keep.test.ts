// Under `unspecified: keep`, changing one setting of a pool or client whose every other setting was made elsewhere
// changes that one and nothing else.
import {
  AddCustomAttributesCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { userPoolClient } from '../../src/kinds/app-client/index.ts'
import { userPool } from '../../src/kinds/user-pool/index.ts'
import type { Json, JsonObject, Plan } from '../../src/model.ts'
import type { Field, Kind } from '../../src/table/kind.ts'
import { isFixed } from '../../src/values/merge.ts'
import { type Bench, changeOf, onBench } from './run.ts'

const lambda = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:made-elsewhere-${name}`
const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const ours = { 'cogsync:stack': 'shop', 'cogsync:key': 'customers' }

type Made = Partial<CreateUserPoolCommandInput> & { mfa: Partial<SetUserPoolMfaConfigCommandInput> }

/** Everything that a pool can have at once: text messages by SNS, codes, a key of one's own. */
const full: Made = {
  UserPoolTier: 'PLUS',
  DeletionProtection: 'ACTIVE',
  UsernameAttributes: ['email', 'phone_number'],
  UsernameConfiguration: { CaseSensitive: false },
  Schema: [{ Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true }],
  AutoVerifiedAttributes: ['email', 'phone_number'],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email', 'phone_number'] },
  Policies: {
    PasswordPolicy: {
      MinimumLength: 17,
      RequireLowercase: false,
      RequireUppercase: true,
      RequireNumbers: false,
      RequireSymbols: true,
      PasswordHistorySize: 7,
      TemporaryPasswordValidityDays: 11,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN', 'EMAIL_OTP'] },
  },
  LambdaConfig: {
    PreSignUp: lambda('pre-sign-up'),
    CustomMessage: lambda('message'),
    PostConfirmation: lambda('post-confirmation'),
    PreAuthentication: lambda('pre-authentication'),
    PostAuthentication: lambda('post-authentication'),
    DefineAuthChallenge: lambda('define'),
    CreateAuthChallenge: lambda('create'),
    VerifyAuthChallengeResponse: lambda('verify'),
    UserMigration: lambda('migration'),
    PreTokenGeneration: lambda('token'),
    PreTokenGenerationConfig: { LambdaVersion: 'V3_0', LambdaArn: lambda('token') },
    CustomSMSSender: { LambdaVersion: 'V1_0', LambdaArn: lambda('sms') },
    CustomEmailSender: { LambdaVersion: 'V1_0', LambdaArn: lambda('email') },
    InboundFederation: { LambdaVersion: 'V1_0', LambdaArn: lambda('federation') },
    KMSKeyID: 'arn:aws:kms:eu-west-1:111122223333:key/99999999-0000-4000-8000-000000000000',
  },
  AccountRecoverySetting: {
    RecoveryMechanisms: [
      { Name: 'verified_email', Priority: 2 },
      { Name: 'verified_phone_number', Priority: 1 },
    ],
  },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: {
      SMSMessage: 'Made elsewhere: {username} {####}',
      EmailMessage: 'Made elsewhere: {username} {####}',
      EmailSubject: 'Made elsewhere',
    },
  },
  VerificationMessageTemplate: {
    DefaultEmailOption: 'CONFIRM_WITH_CODE',
    SmsMessage: 'Made elsewhere: {####}',
    EmailMessage: 'Made elsewhere: {####}',
    EmailSubject: 'Made elsewhere',
    EmailSubjectByLink: 'Made elsewhere',
  },
  SmsAuthenticationMessage: 'Made elsewhere: {####}',
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:eu-west-1:111122223333:identity/elsewhere.example',
    From: 'elsewhere@elsewhere.example',
    ReplyToEmailAddress: 'reply@elsewhere.example',
    ConfigurationSet: 'elsewhere',
  },
  SmsConfiguration: { SnsCallerArn: role('cognito-sms'), ExternalId: 'elsewhere', SnsRegion: 'eu-central-1' },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: true },
  UserPoolAddOns: {
    AdvancedSecurityMode: 'ENFORCED',
    AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' },
  },
  KeyConfiguration: {
    KeyType: 'CUSTOMER_MANAGED_KEY',
    KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-elsewhere',
  },
  IssuerConfiguration: { Type: 'UPDATED' },
  DcrConfiguration: {
    EnableStatus: 'Enabled',
    OpenDcrEnabled: true,
    AuthenticatedGrantTypes: ['client_credentials'],
    OpenDcrGrantTypes: ['code', 'client_credentials'],
    AllowedScopes: ['made/elsewhere'],
  },
  AcrConfiguration: { Level3: { AcrValue: 'urn:elsewhere:3' } },
  UserPoolTags: { made: 'elsewhere', ...ours },
  mfa: {
    MfaConfiguration: 'OPTIONAL',
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: { Message: 'Made elsewhere: {####}', Subject: 'Made elsewhere' },
    SmsMfaConfiguration: {
      SmsAuthenticationMessage: 'Made elsewhere: {####}',
      SmsConfiguration: {
        SnsCallerArn: role('cognito-sms'),
        ExternalId: 'elsewhere',
        SnsRegion: 'eu-central-1',
      },
    },
    WebAuthnConfiguration: {
      RelyingPartyId: 'elsewhere.example',
      UserVerification: 'required',
      FactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    },
  },
}

const eums = {
  CallerArn: role('cognito-sms'),
  ExternalId: 'elsewhere',
  OriginationIdentity: 'ELSEWHERE',
  ConfigurationSetName: 'elsewhere',
  InEntityId: '1',
  InTemplateId: '2',
}

const {
  EmailMessage: _message,
  EmailSubject: _subject,
  ...linkTemplate
} = { ...full.VerificationMessageTemplate, EmailMessageByLink: 'Made {##elsewhere##}' }

/** What `full` cannot have beside the rest. */
const pools = {
  full,
  /** MFA can be required only without codes as a first factor */
  withoutCodes: {
    ...full,
    Policies: { ...full.Policies, SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
  },
  /** text messages by End User Messaging */
  endUserMessaging: {
    ...full,
    SmsConfiguration: { EumsSms: eums },
    mfa: {
      ...full.mfa,
      SmsMfaConfiguration: {
        SmsAuthenticationMessage: 'Made elsewhere: {####}',
        SmsConfiguration: { EumsSms: eums },
      },
    },
  },
  /** addresses confirmed by a link */
  links: {
    ...full,
    VerificationMessageTemplate: { ...linkTemplate, DefaultEmailOption: 'CONFIRM_WITH_LINK' },
  },
  /** threat protection keeps a pool on PLUS */
  essentials: { ...full, UserPoolTier: 'ESSENTIALS', UserPoolAddOns: undefined },
  /** what must be verified before an update stays verified */
  updatesUnverified: {
    ...full,
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  },
  /** Cognito's own sender, so without codes by email */
  defaultSender: {
    ...full,
    EmailConfiguration: { ...full.EmailConfiguration, EmailSendingAccount: 'COGNITO_DEFAULT' },
    mfa: { ...full.mfa, EmailMfaConfiguration: undefined },
  },
} satisfies { [name: string]: Made }

/** On which pool a setting is changed, where it is not the full one. */
const poolOf: { [path: string]: keyof typeof pools } = {
  'mfa.configuration': 'withoutCodes',
  'signInPolicy.allowedFirstAuthFactors': 'withoutCodes',
  'email.emailSendingAccount': 'defaultSender',
  // codes by email ask for two ways to recover an account
  accountRecovery: 'defaultSender',
  userPoolTier: 'essentials',
  autoVerifiedAttributes: 'updatesUnverified',
  'verificationMessageTemplate.emailMessageByLink': 'links',
  'verificationMessageTemplate.emailSubjectByLink': 'links',
}

/** Settings that AWS does not change alone, whatever the rest. */
const never: { [kind: string]: { [path: string]: string } } = {
  userPool: {
    'mfa.sms.enabled': 'on needs sms and a mode at the same time, and off is refused while the pool has sms',
  },
  userPoolClient: {
    allowedOAuthFlowsUserPoolClient: 'on needs flows and scopes, and off refuses them',
    supportedIdentityProviders: 'needs an identity provider, and COGNITO is the default',
  },
}

/** What must be stated beside a setting: what it is made of and the file's own rules ask for. */
const beside = (kind: Kind, path: string): { [path: string]: Json } => {
  if (kind === userPool && path.startsWith('passwordPolicy.'))
    return {
      'passwordPolicy.requireLowercase': false,
      'passwordPolicy.requireUppercase': true,
      'passwordPolicy.requireNumbers': false,
      'passwordPolicy.requireSymbols': true,
    }
  if (kind === userPool && path.startsWith('dynamicClientRegistration.'))
    return { 'dynamicClientRegistration.enableStatus': 'Enabled' }
  return {}
}

const updatable = (kind: Kind): Field[] =>
  kind.fields.filter(field => !isFixed(kind, field) && never[kind.name]?.[field.path] === undefined)

/** `{ 'a.b': 1 }` → `{ a: { b: 1 } }` */
const nested = (flat: { [path: string]: Json }): JsonObject => {
  const all: JsonObject = {}
  for (const [path, value] of Object.entries(flat)) {
    const parts = path.split('.')
    let at = all
    for (const part of parts.slice(0, -1)) {
      at[part] ??= {}
      at = at[part] as JsonObject
    }
    at[parts.at(-1) as string] = value
  }
  return all
}

/** Leaves by dotted path; lists are leaves. */
const leaves = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === '' ? key : `${path}.${key}`))
    : [[path, JSON.stringify(value)]]

const differing = (before: object, after: object): string[] => {
  const [old, next] = [new Map(leaves(before)), new Map(leaves(after))]
  return [...new Set([...old.keys(), ...next.keys()])].filter(path => old.get(path) !== next.get(path))
}

const isWithin = (path: string, wires: readonly string[]) =>
  wires.some(wire => path === wire || path.startsWith(`${wire}.`))

/** Both reads of a pool, as its writers name things; two members that mirror others are left out. */
async function readPool({ cognito }: Bench, UserPoolId: string): Promise<object> {
  const [{ UserPool }, { $metadata: _, ...mfa }] = await Promise.all([
    cognito.send(new DescribeUserPoolCommand({ UserPoolId })),
    cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId })),
  ])
  const { Name, SchemaAttributes, LastModifiedDate: _date, AdminCreateUserConfig, ...pool } = UserPool ?? {}
  const { UnusedAccountValidityDays: _mirror, ...invitations } = AdminCreateUserConfig ?? {}
  const { SmsMfaConfiguration, ...factors } = mfa
  // both reads show the same, once MFA is on
  if (mfa.MfaConfiguration !== 'OFF') {
    expect(SmsMfaConfiguration?.SmsConfiguration).toEqual(pool.SmsConfiguration)
    expect(SmsMfaConfiguration?.SmsAuthenticationMessage).toEqual(pool.SmsAuthenticationMessage)
  }
  expect(mfa.MfaConfiguration).toBe(pool.MfaConfiguration)
  return { ...pool, ...factors, PoolName: Name, Schema: SchemaAttributes, AdminCreateUserConfig: invitations }
}

async function makePool({ cognito, iam }: Bench, { mfa, ...settings }: Made): Promise<string> {
  for (const RoleName of ['cognito-sms', 'cognito-sms-2']) await makeTextRole(iam, RoleName)
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'customers', ...settings }))
  const UserPoolId = UserPool?.Id as string
  await cognito.send(
    new AddCustomAttributesCommand({
      UserPoolId,
      CustomAttributes: [{ Name: 'elsewhere', AttributeDataType: 'String' }],
    }),
  )
  await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...mfa }))
  return UserPoolId
}

async function makeTextRole(iam: Bench['iam'], RoleName: string): Promise<void> {
  const allow = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: allow({
        Principal: { Service: 'cognito-idp.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
  )
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'publish',
      PolicyDocument: allow({ Action: ['sns:Publish', 'sms-voice:SendTextMessage'], Resource: '*' }),
    }),
  )
}

/** Plans the first example that is not what is there already. */
async function changeOne(
  bench: Bench,
  kind: Kind,
  field: Field,
  address: string,
  wrap: (block: JsonObject) => object,
) {
  for (const example of field.examples) {
    const block = nested({ ...beside(kind, field.path), [field.path]: example })
    const config = await bench.file(
      JSON.stringify({
        version: 1,
        stack: 'shop',
        region: 'eu-west-1',
        unspecified: 'keep',
        userPools: { customers: wrap(block) },
      }),
    )
    const plan = await bench.plan(config)
    const { fields, blocked } = changeOf(plan, address)
    expect(blocked).toEqual([])
    if (fields.length === 0) continue
    expect(fields.map(({ path }) => path)).toEqual([field.path])
    expect(plan.changes.filter(({ action }) => action !== 'none').map(one => one.address)).toEqual([address])
    await bench.make(config)
    const again = await bench.plan(config)
    expect(again.changes.filter(({ action }) => action !== 'none')).toEqual([])
    return
  }
  expect.fail('both examples are what is there already')
}

for (const field of updatable(userPool)) {
  const base = poolOf[field.path] ?? (field.path.startsWith('sms.eumsSms.') ? 'endUserMessaging' : 'full')
  test(`of a pool, ${field.path} changes alone`, () =>
    onBench(async bench => {
      const id = await makePool(bench, pools[base])
      const before = await readPool(bench, id)
      await changeOne(bench, userPool, field, 'userPools.customers', block => block)
      const changed = differing(before, await readPool(bench, id))
      const own = [...(typeof field.wire === 'string' ? [field.wire] : field.wire), ...(field.mirrors ?? [])]
      expect(changed.filter(path => !isWithin(path, own))).toEqual([])
      expect(changed.filter(path => isWithin(path, own))).not.toEqual([])
    }))
}

const app = 'arn:aws:mobiletargeting:eu-west-1:111122223333:apps'

/** Everything that a client can have at once. */
const fullClient: Partial<CreateUserPoolClientCommandInput> = {
  GenerateSecret: true,
  RefreshTokenValidity: 777,
  AccessTokenValidity: 77,
  IdTokenValidity: 777,
  TokenValidityUnits: { RefreshToken: 'hours', AccessToken: 'minutes', IdToken: 'seconds' },
  ReadAttributes: ['email', 'name', 'nickname'],
  WriteAttributes: ['email', 'name', 'nickname'],
  ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'],
  SupportedIdentityProviders: ['COGNITO'],
  CallbackURLs: [
    'https://elsewhere.example/callback',
    'https://shop.example/callback',
    'https://shop.example/other',
  ],
  LogoutURLs: ['https://elsewhere.example/'],
  DefaultRedirectURI: 'https://elsewhere.example/callback',
  AllowedOAuthFlows: ['code', 'implicit'],
  AllowedOAuthScopes: ['openid', 'profile', 'elsewhere/read'],
  AllowedOAuthFlowsUserPoolClient: true,
  AnalyticsConfiguration: {
    ApplicationId: 'ffff',
    RoleArn: role('elsewhere'),
    ExternalId: 'elsewhere',
    UserDataShared: false,
  },
  PreventUserExistenceErrors: 'ENABLED',
  EnableTokenRevocation: false,
  EnablePropagateAdditionalUserContextData: true,
  AuthSessionValidity: 13,
  RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 33 },
}

const clients = {
  full: fullClient,
  /** the refresh flow and rotation refuse each other */
  withoutRotation: { ...fullClient, RefreshTokenRotation: { Feature: 'DISABLED' } },
  /** a default redirect keeps its URL */
  withoutRedirect: { ...fullClient, DefaultRedirectURI: undefined },
  /** analytics by ARN alone */
  analyticsByArn: {
    ...fullClient,
    AnalyticsConfiguration: { ApplicationArn: `${app}/ffff`, UserDataShared: false },
  },
} satisfies { [name: string]: Partial<CreateUserPoolClientCommandInput> }

const clientOf: { [path: string]: keyof typeof clients } = {
  explicitAuthFlows: 'withoutRotation',
  callbackUrls: 'withoutRedirect',
  'analyticsConfiguration.applicationArn': 'analyticsByArn',
}

async function readClient({ cognito }: Bench, UserPoolId: string, ClientId: string): Promise<object> {
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))
  const { LastModifiedDate: _date, ...client } = UserPoolClient ?? {}
  return client
}

for (const field of updatable(userPoolClient)) {
  test(`of a client, ${field.path} changes alone`, () =>
    onBench(async bench => {
      const { cognito } = bench
      const { UserPool } = await cognito.send(
        new CreateUserPoolCommand({ PoolName: 'customers', UserPoolTags: ours }),
      )
      const UserPoolId = UserPool?.Id as string
      const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Read' }]
      await cognito.send(
        new CreateResourceServerCommand({ UserPoolId, Identifier: 'elsewhere', Name: 'Elsewhere', Scopes }),
      )
      const made = clients[clientOf[field.path] ?? 'full']
      const { UserPoolClient } = await cognito.send(
        new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app', ...made }),
      )
      const id = UserPoolClient?.ClientId as string
      const before = await readClient(bench, UserPoolId, id)
      const name = field.path === 'name' ? {} : { name: 'app' }
      await changeOne(bench, userPoolClient, field, 'userPools.customers.clients.web', block => ({
        clients: { web: { id, ...name, ...block } },
      }))
      const changed = differing(before, await readClient(bench, UserPoolId, id))
      const own = typeof field.wire === 'string' ? [field.wire] : field.wire
      expect(changed.filter(path => !isWithin(path, own))).toEqual([])
      expect(changed.filter(path => isWithin(path, own))).not.toEqual([])
    }))
}

/** The members that the settings a plan lists stand for. */
const membersOf = (kind: Kind, plan: Plan, address: string): string[] =>
  changeOf(plan, address).fields.flatMap(({ path }) => {
    const field = kind.fields.find(one => one.path === path) as Field
    return [...(typeof field.wire === 'string' ? [field.wire] : field.wire), ...(field.mirrors ?? [])]
  })

test('in the default mode a silent file restores exactly what its plan lists of a pool', () =>
  onBench(async bench => {
    const id = await makePool(bench, pools.defaultSender)
    const before = await readPool(bench, id)
    // the custom attribute is stated, since one that is not listed is drift
    const config = await bench.file(
      JSON.stringify({
        version: 1,
        stack: 'shop',
        region: 'eu-west-1',
        userPools: { customers: { attributes: { 'custom:elsewhere': { type: 'String' } } } },
      }),
    )
    const plan = await bench.make(config)
    expect(changeOf(plan, 'userPools.customers').blocked).toEqual([])
    expect(changeOf(plan, 'userPools.customers').fields.every(field => field.restored)).toBe(true)
    const changed = differing(before, await readPool(bench, id))
    const listed = membersOf(userPool, plan, 'userPools.customers')
    expect(changed.filter(path => !isWithin(path, listed))).toEqual([])
    for (const member of [
      'Policies.PasswordPolicy.MinimumLength',
      'LambdaConfig.PreSignUp',
      'UserPoolTags.made',
    ])
      expect(changed).toContain(member)
    for (const member of [
      'DeletionProtection',
      'UserPoolTier',
      'IssuerConfiguration',
      'EmailConfiguration.From',
    ])
      expect(changed).not.toContain(member)
    await bench.rest(config)
  }))

test('what does not change alone is still a setting', () => {
  for (const kind of [userPool, userPoolClient]) {
    const known = kind.fields.filter(field => !isFixed(kind, field)).map(({ path }) => path)
    expect(Object.keys(never[kind.name] ?? {}).filter(path => !known.includes(path))).toEqual([])
  }
})
