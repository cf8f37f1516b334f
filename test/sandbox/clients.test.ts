// App clients of the sandbox: defaults, orders, omission, OAuth rules, secrets.
import {
  AddUserPoolClientSecretCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  DeleteUserPoolClientCommand,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
  ListUserPoolClientsCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolClientCommand,
  type UpdateUserPoolClientCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

type ClientInput = Partial<CreateUserPoolClientCommandInput>

async function create({ cognito }: World, UserPoolId: string, input: ClientInput = {}) {
  const answer = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', ...input }),
  )
  if (answer.UserPoolClient === undefined) throw new Error('no client')
  return answer.UserPoolClient
}

async function describe({ cognito }: World, UserPoolId: string, ClientId: string | undefined) {
  const answer = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))
  return answer.UserPoolClient
}

async function update(
  { cognito }: World,
  UserPoolId: string,
  ClientId: string | undefined,
  input: Partial<UpdateUserPoolClientCommandInput> = {},
) {
  return (await cognito.send(new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ...input })))
    .UserPoolClient
}

const oauth: ClientInput = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code', 'implicit'],
  AllowedOAuthScopes: ['email', 'openid', 'profile'],
  CallbackURLs: ['https://example.com/b', 'https://example.com/a'],
}

test('a client of nothing but a name reads back without any list', () =>
  withSandbox(async world => {
    const pool = await world.pool()
    const { ClientId } = await create(world, pool)
    const made = new Date('2026-11-21T08:00:00.981Z')
    expect(await describe(world, pool, ClientId)).toEqual({
      UserPoolId: pool,
      ClientId,
      ClientName: 'web',
      ClientType: 'REGULAR',
      CreationDate: made,
      LastModifiedDate: made,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    })
  }))

test('lists come in hash order from writes and in ascending order from Describe', () =>
  withSandbox(async world => {
    const pool = await world.pool()
    const input: ClientInput = {
      ...oauth,
      ExplicitAuthFlows: [
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        'ALLOW_CUSTOM_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
      ],
    }
    const made = await create(world, pool, input)
    const updated = await update(world, pool, made.ClientId, input)
    for (const answer of [made, updated]) {
      expect(answer?.AllowedOAuthScopes).toEqual(['openid', 'profile', 'email'])
      expect(answer?.AllowedOAuthFlows).toEqual(['implicit', 'code'])
      expect(answer?.ExplicitAuthFlows).toEqual([
        'ALLOW_CUSTOM_AUTH',
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
      ])
    }
    const read = await describe(world, pool, made.ClientId)
    expect(read?.AllowedOAuthScopes).toEqual(['email', 'openid', 'profile'])
    expect(read?.CallbackURLs).toEqual(['https://example.com/a', 'https://example.com/b'])
    expect(read?.ExplicitAuthFlows).toEqual(input.ExplicitAuthFlows)
  }))

test('an update resets what it leaves out, except what AWS was seen to keep', () =>
  withSandbox(async world => {
    const pool = await world.pool()
    const { ClientId } = await create(world, pool, {
      ...oauth,
      LogoutURLs: ['myapp://out'],
      DefaultRedirectURI: 'https://example.com/a',
      SupportedIdentityProviders: ['COGNITO'],
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      ReadAttributes: ['email'],
      WriteAttributes: ['email'],
      PreventUserExistenceErrors: 'ENABLED',
      AccessTokenValidity: 30,
      IdTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' },
      RefreshTokenValidity: 7,
      EnableTokenRevocation: false,
      AuthSessionValidity: 5,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    })
    const before = await describe(world, pool, ClientId)
    world.pass(1000)
    await update(world, pool, ClientId)
    expect(await describe(world, pool, ClientId)).toEqual({
      UserPoolId: pool,
      ClientId,
      ClientName: 'web',
      ClientType: 'REGULAR',
      CreationDate: before?.CreationDate,
      LastModifiedDate: new Date('2026-11-21T08:00:01.981Z'),
      RefreshTokenValidity: 7,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: false,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 5,
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
    })
  }))

test('a refresh token validity of 0 becomes 30 days', () =>
  withSandbox(async world => {
    expect((await create(world, await world.pool(), { RefreshTokenValidity: 0 })).RefreshTokenValidity).toBe(
      30,
    )
  }))

const invalid = 'InvalidParameterException'
const badFlow = 'InvalidOAuthFlowException'
const machine: ClientInput = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['client_credentials'],
  GenerateSecret: true,
}
const refusals: { when: string; input: ClientInput; name?: string; message: string | RegExp }[] = [
  {
    when: 'OAuth is on without flows and scopes',
    input: { AllowedOAuthFlowsUserPoolClient: true },
    message:
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
  },
  {
    when: 'OAuth settings come while OAuth is off',
    input: { CallbackURLs: ['https://example.com'] },
    message: /AllowedOAuthFlowsUserPoolClient/,
  },
  {
    when: 'the code flow has no callback',
    input: { ...oauth, CallbackURLs: [] },
    name: badFlow,
    message: 'CallbackUrls can not be empty when code flow or implicit flow is selected',
  },
  {
    when: 'the machine flow has no secret',
    input: { ...machine, GenerateSecret: false, AllowedOAuthScopes: ['api/read'] },
    name: badFlow,
    message: 'client_credentials flow can not be selected if client does not have a client secret.',
  },
  {
    when: 'the machine flow asks for a built-in scope',
    input: { ...machine, AllowedOAuthScopes: ['openid'] },
    name: badFlow,
    message: 'openid is not supported with client_credentials flow',
  },
  {
    when: 'the machine flow stands with another',
    input: {
      ...machine,
      AllowedOAuthFlows: ['client_credentials', 'code'],
      AllowedOAuthScopes: ['api/read'],
    },
    name: badFlow,
    message: /can not be selected along with/,
  },
  {
    when: 'a scope does not exist',
    input: { ...oauth, AllowedOAuthScopes: ['openid', 'api/missing'] },
    name: 'ScopeDoesNotExistException',
    message: 'Invalid scope requested: api/missing',
  },
  {
    when: 'a provider does not exist',
    input: { SupportedIdentityProviders: ['COGNITO', 'Google'] },
    message: /^The provider Google does not exist for User Pool eu-west-1_\w{9}/,
  },
  {
    when: 'an attribute to read does not exist',
    input: { ReadAttributes: ['custom:plan'] },
    message: 'Invalid read attributes specified while creating a client',
  },
  {
    when: 'an attribute to write cannot change',
    input: { WriteAttributes: ['email', 'sub'] },
    message: 'Invalid write attributes specified while creating a client',
  },
  {
    when: 'legacy and new auth flows are mixed',
    input: { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'ALLOW_USER_SRP_AUTH'] },
    message: /ALLOW_ prefix/,
  },
  {
    when: 'a rotating refresh token is also allowed as an auth flow',
    input: { RefreshTokenRotation: { Feature: 'ENABLED' }, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] },
    message: /ALLOW_REFRESH_TOKEN_AUTH/,
  },
  {
    when: 'a token lives too long in its unit',
    input: { AccessTokenValidity: 25 },
    message: 'Invalid range for token validity.',
  },
  {
    when: 'a callback is plain http off this machine',
    input: { ...oauth, CallbackURLs: ['http://example.com'] },
    message: /not a valid redirect URL/,
  },
  {
    when: 'the default redirect is not a callback',
    input: { ...oauth, DefaultRedirectURI: 'https://example.com/c' },
    message: /CallbackURLs/,
  },
  {
    when: 'context data is propagated without a secret',
    input: { EnablePropagateAdditionalUserContextData: true },
    message: /secret/,
  },
  {
    when: 'a secret is both sent and asked for',
    input: { GenerateSecret: true, ClientSecret: 'abcdefghijklmnopqrstuvwxyz' },
    message: /GenerateSecret/,
  },
]

test.each(refusals)('is refused when $when', ({ input, name = invalid, message }) =>
  withSandbox(async world => {
    const pool = await world.pool()
    await expectRefusal(create(world, pool, input), name, message)
    expect(
      (await world.cognito.send(new ListUserPoolClientsCommand({ UserPoolId: pool }))).UserPoolClients,
    ).toEqual([])
  }),
)

test('a machine client may ask for the scopes of a resource server, and keeps one that is removed later', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Read' }]
    const server = { UserPoolId, Identifier: 'api', Name: 'API' }
    await world.cognito.send(new CreateResourceServerCommand({ ...server, Scopes }))
    const input: ClientInput = { ...machine, AllowedOAuthScopes: ['api/read'] }
    const { ClientId, ClientSecret } = await create(world, UserPoolId, input)
    await world.cognito.send(new UpdateResourceServerCommand(server))
    const read = await describe(world, UserPoolId, ClientId)
    expect([read?.AllowedOAuthScopes, read?.ClientSecret]).toEqual([['api/read'], ClientSecret])
    const { GenerateSecret, ...again } = input
    await expectRefusal(
      update(world, UserPoolId, ClientId, again),
      'ScopeDoesNotExistException',
      'Invalid scope requested: api/read',
    )
  }))

test('choice-based sign-in needs Essentials', () =>
  withSandbox(async world => {
    const pool = await world.pool({ UserPoolTier: 'LITE' })
    await expectRefusal(
      create(world, pool, { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] }),
      'FeatureUnavailableInTierException',
      /LITE/,
    )
  }))

test('clients are listed in pages, and a filter can leave a page empty', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    for (let count = 0; count < 3; count++) await create(world, UserPoolId)
    const list = (input: { NextToken?: string | undefined; ClientType?: 'DCR' | 'REGULAR' }) =>
      world.cognito.send(new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 2, ...input }))
    const first = await list({})
    const last = await list({ NextToken: first.NextToken })
    expect([first.UserPoolClients?.length, last.UserPoolClients?.length, last.NextToken]).toEqual([
      2,
      1,
      undefined,
    ])
    expect(Object.keys(first.UserPoolClients?.[0] ?? {})).toEqual(['ClientId', 'UserPoolId', 'ClientName'])
    const filtered = await list({ ClientType: 'DCR' })
    expect(filtered.UserPoolClients).toEqual([])
    expect(filtered.NextToken).toBeDefined()
  }))

test('a client that is not there, or no longer, is not found', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const { ClientId } = await create(world, UserPoolId)
    await world.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }))
    for (const id of [ClientId, 'constructor']) {
      await expectRefusal(
        describe(world, UserPoolId, id),
        'ResourceNotFoundException',
        'User pool client ID does not exist.',
      )
    }
  }))

test('a confidential client holds one or two secrets and shows a new one once', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const { ClientId } = await create(world, UserPoolId, { GenerateSecret: true })
    const { cognito } = world
    const client = { UserPoolId, ClientId }
    world.pass(1)
    const { ClientSecretDescriptor } = await cognito.send(new AddUserPoolClientSecretCommand(client))
    expect(ClientSecretDescriptor?.ClientSecretValue).toMatch(/^[0-9a-v]{51,52}$/)
    await expectRefusal(
      cognito.send(new AddUserPoolClientSecretCommand(client)),
      'LimitExceededException',
      /secrets/,
    )
    const { ClientSecrets = [] } = await cognito.send(new ListUserPoolClientSecretsCommand(client))
    expect(ClientSecrets.map(each => Object.keys(each))).toEqual([
      ['ClientSecretId', 'ClientSecretCreateDate'],
      ['ClientSecretId', 'ClientSecretCreateDate'],
    ])
    const remove = (ClientSecretId: string | undefined) =>
      cognito.send(new DeleteUserPoolClientSecretCommand({ ...client, ClientSecretId }))
    await remove(ClientSecrets[0]?.ClientSecretId)
    await expectRefusal(remove(ClientSecrets[1]?.ClientSecretId), invalid, /last/)
  }))
