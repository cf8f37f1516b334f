// A pool as the console leaves it, under a short file: nothing is blocked, and nothing surprises.
import {
  CreateManagedLoginBrandingCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { type Bench, changeOf, onBench, pathsOf, refusal, writesOf } from './run.ts'

/** What the console's walk-through makes: email sign-in, a web app, sign-in pages. */
async function clickThrough({ cognito }: Bench): Promise<{ poolId: string; clientId: string }> {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'User pool - hx2vqk',
      UserPoolTier: 'ESSENTIALS',
      DeletionProtection: 'ACTIVE',
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      Schema: [{ Name: 'email', AttributeDataType: 'String', Required: true, Mutable: true }],
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
    }),
  )
  const poolId = UserPool?.Id as string
  await cognito.send(
    new CreateUserPoolDomainCommand({
      UserPoolId: poolId,
      Domain: 'eu-west-1hx2vqk7qz',
      ManagedLoginVersion: 2,
    }),
  )
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'My web app',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['email', 'openid', 'phone'],
      CallbackURLs: ['https://d84l1y8p4kdic.cloudfront.net'],
      SupportedIdentityProviders: ['COGNITO'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      RefreshTokenValidity: 5,
      AccessTokenValidity: 60,
      IdTokenValidity: 60,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
      AuthSessionValidity: 3,
    }),
  )
  // a client that the console makes has Cognito's own style; one that the API makes has none [D: managed login branding]
  await cognito.send(
    new CreateManagedLoginBrandingCommand({
      UserPoolId: poolId,
      ClientId: UserPoolClient?.ClientId,
      UseCognitoProvidedValues: true,
    }),
  )
  return { poolId, clientId: UserPoolClient?.ClientId as string }
}

const file = (poolId: string, rest = '') => `version: 1
stack: shop
region: eu-west-1
${rest}
userPools:
  customers:
    id: ${poolId}
    name: "User pool - hx2vqk"
`

const pool = 'userPools.customers'
const restored = [
  'accountRecovery',
  'autoVerifiedAttributes',
  'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate',
]

test('a short file would reset three settings of the console, says which, and is not applied', () =>
  onBench(async bench => {
    const { poolId } = await clickThrough(bench)
    const plan = await bench.plan(await bench.file(file(poolId)))
    const change = changeOf(plan, pool)
    expect(change.action).toBe('adopt')
    expect(change.blocked).toEqual([])
    expect(pathsOf(plan, pool)).toEqual([...restored, 'tags'].sort())
    expect(
      change.fields
        .filter(field => field.restored)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(restored)
    expect(plan.diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['error COG3006'])
    expect(plan.unlisted.map(({ address, drift }) => [address, drift])).toEqual([
      [`${pool}.clients.My web app`, false],
      [`${pool}.domain.prefix`, true],
    ])
    bench.sandbox.resetLog()
    expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
    expect(writesOf(bench.sandbox)).toEqual([])
  }))

test('with --allow restore-defaults it is taken over, in one call, and nothing else of the pool changes', () =>
  onBench(async bench => {
    const { poolId } = await clickThrough(bench)
    const config = await bench.file(file(poolId))
    const read = async () =>
      (await bench.cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))).UserPool ?? {}
    const before = await read()
    bench.sandbox.resetLog()
    await bench.make(config, { allow: ['restore-defaults'] })
    expect(writesOf(bench.sandbox)).toEqual(['UpdateUserPool'])
    const after = await read()
    const { AutoVerifiedAttributes: _gone, LastModifiedDate: _date, ...kept } = before
    expect(after).toEqual({
      ...kept,
      LastModifiedDate: after.LastModifiedDate,
      UserPoolTags: { 'cogsync:stack': 'shop', 'cogsync:key': 'customers' },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Name: 'verified_email', Priority: 1 },
          { Name: 'verified_phone_number', Priority: 2 },
        ],
      },
    })
    // the prefix domain that the file does not list is drift; nothing is to be done
    const again = await bench.plan(config)
    expect(again.changes.filter(({ action }) => action !== 'none')).toEqual([])
  }))

test('with unspecified: keep only the ownership tags are written', () =>
  onBench(async bench => {
    const { poolId } = await clickThrough(bench)
    const config = await bench.file(file(poolId, 'unspecified: keep'))
    bench.sandbox.resetLog()
    const plan = await bench.make(config)
    expect(pathsOf(plan, pool)).toEqual(['tags'])
    expect(changeOf(plan, pool).fields.some(field => field.restored)).toBe(false)
    expect(writesOf(bench.sandbox)).toEqual(['UpdateUserPool'])
    const again = await bench.plan(config)
    expect(again.changes.filter(({ action }) => action !== 'none')).toEqual([])
  }))

test('a file that states what the console chose takes over the pool, its domain and its client, and changes nothing but tags', () =>
  onBench(async bench => {
    const { poolId } = await clickThrough(bench)
    const config = await bench.file(`${file(poolId)}
    autoVerifiedAttributes: [email]
    userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: [email] }
    accountRecovery: [verified_email]
    domain: { prefix: eu-west-1hx2vqk7qz, managedLoginVersion: 2 }
    clients:
      web:
        name: My web app
        generateSecret: true
        explicitAuthFlows: [ALLOW_USER_AUTH, ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
        allowedOAuthFlows: [code]
        allowedOAuthScopes: [openid, email, phone]
        callbackUrls: ["https://d84l1y8p4kdic.cloudfront.net"]
        preventUserExistenceErrors: ENABLED
        refreshTokenValidity: 5d
`)
    const plan = await bench.make(config)
    expect(
      plan.changes.flatMap(change => change.fields.map(({ path }) => `${change.address} ${path}`)),
    ).toEqual([`${pool} tags`])
    await bench.rest(config)
  }))

test('without id the pool is not ours, whatever its name', () =>
  onBench(async bench => {
    const { poolId } = await clickThrough(bench)
    const config = await bench.file(file(poolId).replace(/^ {4}id: .*\n/m, ''))
    const plan = await bench.plan(config)
    expect(plan.diagnostics.map(({ code }) => code)).toEqual(['COG4003'])
    expect(plan.diagnostics[0]?.message).toContain(poolId)
    expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
    // --adopt is the same consent as `id:`
    const adopted = await bench.plan(config, { adopt: [pool], allow: ['restore-defaults'] })
    expect(changeOf(adopted, pool).action).toBe('adopt')
  }))

test('the domain that the console made may be pinned under another prefix only with consent', () =>
  onBench(async bench => {
    const { poolId } = await clickThrough(bench)
    const config = await bench.file(
      `${file(poolId, 'unspecified: keep')}    domain: { prefix: shop-login-2f6a }\n`,
    )
    const plan = await bench.plan(config)
    expect(changeOf(plan, `${pool}.domain.prefix`).blocked.map(({ code }) => code)).toEqual(['COG3002'])
    expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
  }))
