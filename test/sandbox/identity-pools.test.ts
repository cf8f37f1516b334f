// Identity pools of the sandbox, through the real SDK over HTTP.
import {
  CognitoIdentityClient,
  CreateIdentityPoolCommand,
  type CreateIdentityPoolCommandInput,
  DeleteIdentityPoolCommand,
  DescribeIdentityPoolCommand,
  GetIdentityPoolRolesCommand,
  GetPrincipalTagAttributeMapCommand,
  ListIdentityPoolsCommand,
  ListTagsForResourceCommand,
  type RoleMapping,
  SetIdentityPoolRolesCommand,
  SetPrincipalTagAttributeMapCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateIdentityPoolCommand,
  type UpdateIdentityPoolCommandInput,
} from '@aws-sdk/client-cognito-identity'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'

const ACCOUNT = '123456789012'
const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'sandbox' }
const USER_POOL = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_aBcDeFgHi'
const UNKNOWN_POOL = 'eu-west-1:00000000-0000-4000-8000-000000000000'

let sandbox: Sandbox
let cognito: CognitoIdentityClient

beforeEach(async () => {
  sandbox = await startSandbox({ seed: 1 })
  cognito = connect('eu-west-1')
})

afterEach(async () => {
  cognito.destroy()
  await sandbox.close()
})

function connect(region: string): CognitoIdentityClient {
  return new CognitoIdentityClient({ region, endpoint: sandbox.url, credentials, maxAttempts: 1 })
}

async function createPool(more: Partial<CreateIdentityPoolCommandInput> = {}) {
  const input = { IdentityPoolName: 'pool', AllowUnauthenticatedIdentities: false, ...more }
  const { $metadata: _, ...pool } = await cognito.send(new CreateIdentityPoolCommand(input))
  return pool
}

async function updatePool(id: string, more: Partial<UpdateIdentityPoolCommandInput> = {}) {
  const input = {
    IdentityPoolId: id,
    IdentityPoolName: 'pool',
    AllowUnauthenticatedIdentities: false,
    ...more,
  }
  const { $metadata: _, ...pool } = await cognito.send(new UpdateIdentityPoolCommand(input))
  return pool
}

async function describePool(id: string) {
  const request = new DescribeIdentityPoolCommand({ IdentityPoolId: id })
  const { $metadata: _, ...pool } = await cognito.send(request)
  return pool
}

async function createRole(name: string): Promise<string> {
  const iam = new IAMClient({ region: 'us-east-1', endpoint: sandbox.url, credentials })
  const trust = {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': UNKNOWN_POOL } },
    },
  }
  const input = { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }
  return (await iam.send(new CreateRoleCommand(input))).Role!.Arn!
}

async function refusal(request: Promise<unknown>) {
  const error = await request.then(
    () => undefined,
    (thrown: Error & { $metadata: { httpStatusCode: number } }) => thrown,
  )
  if (!error) throw new Error('expected a refusal')
  return { code: error.name, status: error.$metadata.httpStatusCode, message: error.message }
}

describe('an identity pool', () => {
  it('answers only with what was set, and empty tags', async () => {
    const pool = await createPool()
    expect(pool).toEqual({
      IdentityPoolId: expect.stringMatching(
        /^eu-west-1:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      IdentityPoolName: 'pool',
      AllowUnauthenticatedIdentities: false,
      IdentityPoolTags: {},
    })
    expect(await describePool(pool.IdentityPoolId!)).toEqual(pool)
  })

  it('keeps the order of its provider lists and fills in the token check', async () => {
    const pool = await createPool({
      CognitoIdentityProviders: [
        { ProviderName: USER_POOL, ClientId: 'zz' },
        { ProviderName: USER_POOL, ClientId: 'aa', ServerSideTokenCheck: true },
      ],
      OpenIdConnectProviderARNs: [
        `arn:aws:iam::${ACCOUNT}:oidc-provider/z.example.com`,
        `arn:aws:iam::${ACCOUNT}:oidc-provider/a.example.com`,
      ],
    })
    expect(await describePool(pool.IdentityPoolId!)).toMatchObject({
      CognitoIdentityProviders: [
        { ProviderName: USER_POOL, ClientId: 'zz', ServerSideTokenCheck: false },
        { ProviderName: USER_POOL, ClientId: 'aa', ServerSideTokenCheck: true },
      ],
      OpenIdConnectProviderARNs: [
        `arn:aws:iam::${ACCOUNT}:oidc-provider/z.example.com`,
        `arn:aws:iam::${ACCOUNT}:oidc-provider/a.example.com`,
      ],
    })
  })

  it('may share its name with another', async () => {
    const first = await createPool()
    const second = await createPool()
    expect(second.IdentityPoolId).not.toBe(first.IdentityPoolId)
  })

  it('loses omitted providers and tags on update, and keeps the classic flow', async () => {
    const pool = await createPool({
      AllowClassicFlow: true,
      SupportedLoginProviders: { 'graph.facebook.com': '123' },
      CognitoIdentityProviders: [{ ProviderName: USER_POOL, ClientId: 'abc' }],
      SamlProviderARNs: [`arn:aws:iam::${ACCOUNT}:saml-provider/corp`],
      IdentityPoolTags: { team: 'a' },
    })
    const updated = await updatePool(pool.IdentityPoolId!, { IdentityPoolName: 'renamed' })
    expect(updated).toEqual({
      IdentityPoolId: pool.IdentityPoolId,
      IdentityPoolName: 'renamed',
      AllowUnauthenticatedIdentities: false,
      AllowClassicFlow: true,
      IdentityPoolTags: {},
    })
    expect(await describePool(pool.IdentityPoolId!)).toEqual(updated)
  })

  it('takes a developer provider name once', async () => {
    const pool = await createPool()
    const id = pool.IdentityPoolId!
    await updatePool(id, { DeveloperProviderName: 'login.example' })
    expect((await updatePool(id)).DeveloperProviderName).toBe('login.example')
    const other = updatePool(id, { DeveloperProviderName: 'login.other' })
    expect(await refusal(other)).toMatchObject({ code: 'InvalidParameterException', status: 400 })
  })

  it.each([
    [[{ ClientId: 'abc' }]],
    [[{ ProviderName: USER_POOL }]],
    [[{ ProviderName: 'eu-west-1_aBcDeFgHi', ClientId: 'abc' }]],
    [[{ ProviderName: `https://${USER_POOL}`, ClientId: 'abc' }]],
    [[{ ProviderName: 'cognito-idp.us-east-1.amazonaws.com/eu-west-1_aBcDeFgHi', ClientId: 'abc' }]],
  ])('refuses the user pool provider %j', async CognitoIdentityProviders => {
    expect(await refusal(createPool({ CognitoIdentityProviders }))).toEqual({
      code: 'InvalidParameterException',
      status: 400,
      message: 'Invalid Cognito Identity Provider',
    })
  })

  it('refuses a provider twice', async () => {
    const provider = { ProviderName: USER_POOL, ClientId: 'abc' }
    const oidc = `arn:aws:iam::${ACCOUNT}:oidc-provider/a.example.com`
    const twice = [
      { CognitoIdentityProviders: [provider, { ...provider, ServerSideTokenCheck: true }] },
      { OpenIdConnectProviderARNs: [oidc, oidc] },
    ]
    for (const providers of twice) {
      expect((await refusal(createPool(providers))).code).toBe('InvalidParameterException')
    }
  })

  it('refuses login providers AWS does not know', async () => {
    const request = createPool({ SupportedLoginProviders: { 'example.com': '123' } })
    expect((await refusal(request)).code).toBe('InvalidParameterException')
  })

  it('is in one Region only, and gone once deleted', async () => {
    const IdentityPoolId = (await createPool()).IdentityPoolId!
    const elsewhere = connect('us-east-1').send(new DescribeIdentityPoolCommand({ IdentityPoolId }))
    expect((await refusal(elsewhere)).code).toBe('ResourceNotFoundException')
    await cognito.send(new DeleteIdentityPoolCommand({ IdentityPoolId }))
    expect(await refusal(describePool(IdentityPoolId))).toEqual({
      code: 'ResourceNotFoundException',
      status: 400,
      message: `IdentityPool '${IdentityPoolId}' not found.`,
    })
  })
})

describe('the list of identity pools', () => {
  it('needs a page size of 1 to 60', async () => {
    for (const MaxResults of [undefined, 0, 61]) {
      const request = cognito.send(new ListIdentityPoolsCommand({ MaxResults }))
      expect((await refusal(request)).code).toBe('ValidationException')
    }
  })

  it('comes in pages of ids and names', async () => {
    const ids = []
    for (const name of ['a', 'b', 'c'])
      ids.push((await createPool({ IdentityPoolName: name })).IdentityPoolId!)
    const first = await cognito.send(new ListIdentityPoolsCommand({ MaxResults: 2 }))
    const next = { MaxResults: 2, NextToken: first.NextToken }
    const second = await cognito.send(new ListIdentityPoolsCommand(next))
    expect(second.NextToken).toBeUndefined()
    const listed = [...first.IdentityPools!, ...second.IdentityPools!]
    expect(listed.map(pool => pool.IdentityPoolId)).toEqual(ids.sort())
    expect(Object.keys(listed[0]!).sort()).toEqual(['IdentityPoolId', 'IdentityPoolName'])
  })
})

describe('the roles of an identity pool', () => {
  const key = `${USER_POOL}:abc`
  const rule = (RoleARN: string) => ({
    Claim: 'group',
    MatchType: 'Equals' as const,
    Value: 'admin',
    RoleARN,
  })

  async function createPoolWithProvider(): Promise<string> {
    const provider = { ProviderName: USER_POOL, ClientId: 'abc' }
    return (await createPool({ CognitoIdentityProviders: [provider] })).IdentityPoolId!
  }

  function setRoles(id: string, Roles: Record<string, string>, RoleMappings?: Record<string, RoleMapping>) {
    return cognito.send(new SetIdentityPoolRolesCommand({ IdentityPoolId: id, Roles, RoleMappings }))
  }

  async function readRoles(IdentityPoolId: string) {
    const { $metadata: _, ...roles } = await cognito.send(new GetIdentityPoolRolesCommand({ IdentityPoolId }))
    return roles
  }

  it('are absent until they are set', async () => {
    const id = await createPoolWithProvider()
    expect(await readRoles(id)).toEqual({ IdentityPoolId: id })
  })

  it('are put as a whole', async () => {
    const id = await createPoolWithProvider()
    const role = await createRole('Member')
    const mapping = {
      Type: 'Rules' as const,
      AmbiguousRoleResolution: 'Deny' as const,
      RulesConfiguration: { Rules: [rule(role), { ...rule(role), Value: 'a' }] },
    }
    await setRoles(id, { authenticated: role }, { [key]: mapping })
    expect(await readRoles(id)).toEqual({
      IdentityPoolId: id,
      Roles: { authenticated: role },
      RoleMappings: { [key]: mapping },
    })
    await setRoles(id, { unauthenticated: role })
    expect(await readRoles(id)).toEqual({ IdentityPoolId: id, Roles: { unauthenticated: role } })
    await setRoles(id, {})
    expect(await readRoles(id)).toEqual({ IdentityPoolId: id })
  })

  it('must be ARNs of roles that exist in the account', async () => {
    const id = await createPoolWithProvider()
    const role = await createRole('MemberOfTheWholePool')
    const bad = [
      'MemberOfTheWholePool',
      `arn:aws:iam::${ACCOUNT}:role/DoesNotExist`,
      role.replace(ACCOUNT, '210987654321'),
    ]
    for (const value of bad) {
      const forbidden = {
        code: 'NotAuthorizedException',
        status: 400,
        message: `Access to Role '${value}' is forbidden.`,
      }
      expect(await refusal(setRoles(id, { authenticated: value }))).toEqual(forbidden)
      const mapping = {
        Type: 'Rules' as const,
        AmbiguousRoleResolution: 'Deny' as const,
        RulesConfiguration: { Rules: [rule(value)] },
      }
      expect(await refusal(setRoles(id, {}, { [key]: mapping }))).toEqual(forbidden)
    }
    expect(await readRoles(id)).toEqual({ IdentityPoolId: id })
  })

  it('can be mapped only for configured providers', async () => {
    const id = await createPoolWithProvider()
    const mapping = { Type: 'Token' as const, AmbiguousRoleResolution: 'Deny' as const }
    for (const wrong of [`https://${key}`, USER_POOL, `${USER_POOL}:other`, 'graph.facebook.com']) {
      expect(await refusal(setRoles(id, {}, { [wrong]: mapping }))).toEqual({
        code: 'InvalidParameterException',
        status: 400,
        message: `(${wrong}) is not a valid RoleMapping ProviderName or is not a configured provider.`,
      })
    }
  })

  it.each<[string, RoleMapping]>([
    ['Token without AmbiguousRoleResolution', { Type: 'Token' }],
    ['Rules without RulesConfiguration', { Type: 'Rules', AmbiguousRoleResolution: 'Deny' }],
    [
      'Token with RulesConfiguration',
      {
        Type: 'Token',
        AmbiguousRoleResolution: 'Deny',
        RulesConfiguration: { Rules: [rule(`arn:aws:iam::${ACCOUNT}:role/Member`)] },
      },
    ],
    [
      'more than 25 rules',
      {
        Type: 'Rules',
        AmbiguousRoleResolution: 'Deny',
        RulesConfiguration: { Rules: Array(26).fill(rule(`arn:aws:iam::${ACCOUNT}:role/Member`)) },
      },
    ],
  ])('cannot be mapped by %s', async (_, mapping) => {
    const id = await createPoolWithProvider()
    await createRole('Member')
    expect((await refusal(setRoles(id, {}, { [key]: mapping }))).code).toBe('InvalidParameterException')
  })
})

describe('principal tags', () => {
  it('are put as a whole for each provider', async () => {
    const provider = { ProviderName: USER_POOL, ClientId: 'abc' }
    const { IdentityPoolId } = await createPool({ CognitoIdentityProviders: [provider] })
    const ids = { IdentityPoolId, IdentityProviderName: USER_POOL }
    const read = async () => {
      const { $metadata: _, ...map } = await cognito.send(new GetPrincipalTagAttributeMapCommand(ids))
      return map
    }
    expect(await read()).toEqual(ids)
    await cognito.send(
      new SetPrincipalTagAttributeMapCommand({ ...ids, PrincipalTags: { team: 'custom:team' } }),
    )
    expect(await read()).toEqual({ ...ids, UseDefaults: false, PrincipalTags: { team: 'custom:team' } })
    await cognito.send(new SetPrincipalTagAttributeMapCommand({ ...ids, UseDefaults: true }))
    expect(await read()).toEqual({ ...ids, UseDefaults: true, PrincipalTags: {} })
  })

  it('are refused for a provider the pool does not have', async () => {
    const { IdentityPoolId } = await createPool()
    const input = { IdentityPoolId, IdentityProviderName: 'graph.facebook.com', UseDefaults: true }
    const request = cognito.send(new SetPrincipalTagAttributeMapCommand(input))
    expect((await refusal(request)).code).toBe('InvalidParameterException')
  })
})

describe('the tags of an identity pool', () => {
  it('are added, removed and listed by ARN', async () => {
    const { IdentityPoolId } = await createPool({ IdentityPoolTags: { a: '1' } })
    const ResourceArn = `arn:aws:cognito-identity:eu-west-1:${ACCOUNT}:identitypool/${IdentityPoolId}`
    await cognito.send(new TagResourceCommand({ ResourceArn, Tags: { a: '2', b: '' } }))
    await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a', 'missing'] }))
    expect((await cognito.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual({ b: '' })
    expect((await describePool(IdentityPoolId!)).IdentityPoolTags).toEqual({ b: '' })
  })

  it('belong to a pool that exists', async () => {
    const ResourceArn = `arn:aws:cognito-identity:eu-west-1:${ACCOUNT}:identitypool/${UNKNOWN_POOL}`
    const request = cognito.send(new ListTagsForResourceCommand({ ResourceArn }))
    expect((await refusal(request)).code).toBe('ResourceNotFoundException')
  })

  it('are fifty at most and never begin with aws:', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, 'v']))
    for (const IdentityPoolTags of [many, { 'aws:x': 'v' }, { 'a#b': 'v' }]) {
      expect((await refusal(createPool({ IdentityPoolTags }))).code).toBe('InvalidParameterException')
    }
  })
})
