// External identity providers of the sandbox's user pools.
import {
  CreateIdentityProviderCommand,
  type CreateIdentityProviderCommandInput,
  CreateUserPoolClientCommand,
  DeleteIdentityProviderCommand,
  DescribeIdentityProviderCommand,
  DescribeUserPoolClientCommand,
  GetIdentityProviderByIdentifierCommand,
  ListGroupsCommand,
  ListIdentityProvidersCommand,
  UpdateIdentityProviderCommand,
  type UpdateIdentityProviderCommandInput,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

const invalid = 'InvalidParameterException'
const social = { client_id: 'app', client_secret: 'hush', authorize_scopes: 'email' }
const oidc = {
  client_id: 'app',
  client_secret: 'hush',
  authorize_scopes: 'openid',
  oidc_issuer: 'https://issuer.example.com',
  attributes_request_method: 'GET',
}
const metadata = `<EntityDescriptor entityID="x"><IDPSSODescriptor>
  <SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp/slo?a=1&amp;b=2"/>
  <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp/post"/>
  <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp/sso"/>
</IDPSSODescriptor></EntityDescriptor>`

async function create(
  { cognito }: World,
  UserPoolId: string,
  input: Partial<CreateIdentityProviderCommandInput>,
) {
  const { IdentityProvider } = await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: 'Staff',
      ProviderType: 'OIDC',
      ProviderDetails: oidc,
      ...input,
    }),
  )
  return IdentityProvider
}

async function read({ cognito }: World, UserPoolId: string, ProviderName = 'Staff') {
  const { IdentityProvider } = await cognito.send(
    new DescribeIdentityProviderCommand({ UserPoolId, ProviderName }),
  )
  return IdentityProvider
}

function update(
  { cognito }: World,
  UserPoolId: string,
  input: Partial<UpdateIdentityProviderCommandInput> = {},
) {
  return cognito.send(new UpdateIdentityProviderCommand({ UserPoolId, ProviderName: 'Staff', ...input }))
}

test('an OIDC provider reads back with what was sent, one key more, and its username mapped', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const made = await create(world, UserPoolId, {})
    expect(made).not.toHaveProperty('IdpIdentifiers')
    expect(await read(world, UserPoolId)).toEqual({
      UserPoolId,
      ProviderName: 'Staff',
      ProviderType: 'OIDC',
      ProviderDetails: { ...oidc, attributes_url_add_attributes: 'false' },
      AttributeMapping: { username: 'sub' },
      IdpIdentifiers: [],
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    })
  }))

test.each([
  ['Google', 'sub', 'authorize_url', 'https://accounts.google.com/o/oauth2/v2/auth'],
  ['Facebook', 'id', 'authorize_url', 'https://www.facebook.com/v17.0/dialog/oauth'],
  ['LoginWithAmazon', 'user_id', 'token_url', 'https://api.amazon.com/auth/o2/token'],
] as const)('%s brings its own addresses and maps username to %s', (type, claim, key, address) =>
  withSandbox(async world => {
    const id = await world.pool()
    const made = await create(world, id, { ProviderName: type, ProviderType: type, ProviderDetails: social })
    expect(made?.AttributeMapping).toEqual({ username: claim })
    expect(made?.ProviderDetails).toMatchObject({ ...social, [key]: address })
  }),
)

test('Facebook keeps the version of its API in its addresses', () =>
  withSandbox(async world => {
    const id = await world.pool()
    const details = { ...social, api_version: 'v19.0' }
    const input = { ProviderName: 'Facebook', ProviderType: 'Facebook', ProviderDetails: details } as const
    expect((await create(world, id, input))?.ProviderDetails).toMatchObject({
      api_version: 'v19.0',
      token_url: 'https://graph.facebook.com/v19.0/oauth/access_token',
    })
  }))

test("Apple's private key never comes back, and is needed each time the details are sent", () =>
  withSandbox(async world => {
    const id = await world.pool()
    const apple = { client_id: 'app', team_id: 't', key_id: 'k', authorize_scopes: 'email' }
    const named = { ProviderName: 'SignInWithApple', ProviderType: 'SignInWithApple' } as const
    const made = await create(world, id, {
      ...named,
      ProviderDetails: { ...apple, private_key: 'hush' },
    })
    expect(made?.ProviderDetails).not.toHaveProperty('private_key')
    expect((await read(world, id, 'SignInWithApple'))?.ProviderDetails).toMatchObject({
      ...apple,
      oidc_issuer: 'https://appleid.apple.com',
    })
    await expectRefusal(
      update(world, id, { ProviderName: 'SignInWithApple', ProviderDetails: apple }),
      invalid,
      'clientId, privateKey, teamId, and keyId are all required idp details.',
    )
    await update(world, id, { ProviderName: 'SignInWithApple', AttributeMapping: { email: 'email' } })
  }))

test('SAML shows the certificate of the pool and the redirect addresses of the metadata, and maps nothing', () =>
  withSandbox(async world => {
    const id = await world.pool()
    const details = { MetadataFile: metadata, IDPSignout: 'true' }
    const made = await create(world, id, { ProviderType: 'SAML', ProviderDetails: details })
    expect(made?.AttributeMapping).toEqual({})
    expect(made?.ProviderDetails).toEqual({
      ...details,
      ActiveEncryptionCertificate: expect.stringMatching(/^MII/),
      SSORedirectBindingURI: 'https://idp/sso',
      SLORedirectBindingURI: 'https://idp/slo?a=1&b=2',
    })
    const other = await create(world, id, {
      ProviderName: 'Other',
      ProviderType: 'SAML',
      ProviderDetails: { MetadataURL: 'https://idp.example.com/metadata' },
    })
    expect(other?.ProviderDetails).toMatchObject({
      ActiveEncryptionCertificate: made?.ProviderDetails?.ActiveEncryptionCertificate,
      SSORedirectBindingURI: 'https://idp.example.com/sso/saml',
    })
    await update(world, id, { ProviderDetails: { MetadataFile: metadata } })
    expect((await read(world, id))?.ProviderDetails).not.toHaveProperty('IDPSignout')
  }))

test.each([
  ['Google', {}, 'client_id, client_secret and authorize_scopes are all required idp details'],
  [
    'OIDC',
    { client_id: 'x' },
    'clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.',
  ],
  ['OIDC', { ...oidc, oidc_issuer: 'http://x.example' }, 'OIDC endpoint must start with https://'],
  ['OIDC', { ...oidc, oidc_issuer: 'https://x.invalid' }, 'Unable to contact well-known endpoint'],
  ['OIDC', { ...oidc, attributes_request_method: 'PUT' }, /enum value set: \[POST, GET\]/],
  ['SAML', {}, 'At least one of the MetadataURL or MetadataFile should be provided.'],
  [
    'SAML',
    { MetadataFile: metadata, MetadataURL: 'https://x' },
    'Only one of the MetadataURL or MetadataFile should be provided.',
  ],
  ['SAML', { MetadataFile: '<html/>' }, /MetadataFile/],
  ['SAML', { MetadataFile: metadata, IDPInit: 'yes' }, /IDPInit/],
] as const)('%s is refused with incomplete or wrong details', (ProviderType, ProviderDetails, message) =>
  withSandbox(async world => {
    const id = await world.pool()
    const ProviderName = ProviderType === 'Google' ? 'Google' : 'Staff'
    await expectRefusal(create(world, id, { ProviderName, ProviderType, ProviderDetails }), invalid, message)
  }),
)

test('names: social ones are fixed, each is unique, and the type is one of six', () =>
  withSandbox(async world => {
    const id = await world.pool()
    const google = { ProviderType: 'Google', ProviderDetails: social } as const
    await expectRefusal(create(world, id, google), invalid, 'Provider Staff cannot be of type Google.')
    await expectRefusal(
      create(world, id, { ProviderName: 'Google' }),
      invalid,
      'Provider Google cannot be of type OIDC.',
    )
    await create(world, id, {})
    await expectRefusal(
      create(world, id, {}),
      'DuplicateProviderException',
      `Staff already exists for tenant ${id}.`,
    )
    await expectRefusal(
      create(world, id, { ProviderType: 'GitHub' as never }),
      invalid,
      /^1 validation error detected: Value 'GitHub' at 'providerType' failed to satisfy constraint/,
    )
  }))

test('a mapping names attributes that exist and can change', () =>
  withSandbox(async world => {
    const id = await world.pool({
      Schema: [{ Name: 'fixed', AttributeDataType: 'String', Mutable: false }],
    })
    const refuse = (AttributeMapping: Record<string, string>, message: string) =>
      expectRefusal(create(world, id, { AttributeMapping }), invalid, message)
    await refuse(
      { email: 'email', 'custom:x': 'x', 'custom:y': 'y' },
      'AttributeMapping contains invalid mapping: [custom:x, custom:y]',
    )
    await refuse({ 'custom:fixed': 'x' }, 'AttributeMapping contains invalid mapping: [custom:fixed]')
    await create(world, id, { AttributeMapping: { username: 'oid', email_verified: 'email_verified' } })
    expect((await read(world, id))?.AttributeMapping).toEqual({
      username: 'oid',
      email_verified: 'email_verified',
    })
  }))

test('an update keeps the members it leaves out and replaces those it sends', () =>
  withSandbox(async world => {
    const id = await world.pool()
    await create(world, id, {
      AttributeMapping: { email: 'email' },
      IdpIdentifiers: ['example.com'],
      AcrMapping: { Level2: 'mfa' },
    })
    const answer = await update(world, id, { ProviderDetails: { ...oidc, client_id: 'new' } })
    expect(answer.IdentityProvider).not.toHaveProperty('IdpIdentifiers')
    expect(await read(world, id)).toMatchObject({
      ProviderDetails: { client_id: 'new' },
      AttributeMapping: { username: 'sub', email: 'email' },
      IdpIdentifiers: ['example.com'],
      AcrMapping: { Level2: 'mfa' },
    })
    const { client_secret: _, ...public_ } = oidc
    await update(world, id, { ProviderDetails: public_, AttributeMapping: {}, IdpIdentifiers: [] })
    const after = await read(world, id)
    expect([after?.AttributeMapping, after?.IdpIdentifiers]).toEqual([{}, []])
    expect(after?.ProviderDetails).not.toHaveProperty('client_secret')
  }))

test('identifiers are unique in the pool and find their provider', () =>
  withSandbox(async world => {
    const id = await world.pool()
    await create(world, id, { IdpIdentifiers: ['example.com'] })
    await expectRefusal(
      create(world, id, { ProviderName: 'Other', IdpIdentifiers: ['example.com'] }),
      'DuplicateProviderException',
      /example\.com/,
    )
    const find = (IdpIdentifier: string) =>
      world.cognito.send(new GetIdentityProviderByIdentifierCommand({ UserPoolId: id, IdpIdentifier }))
    expect((await find('example.com')).IdentityProvider?.ProviderName).toBe('Staff')
    await expectRefusal(find('example.org'), 'ResourceNotFoundException', /example\.org/)
  }))

test('ACR levels are for OIDC and have four names', () =>
  withSandbox(async world => {
    const id = await world.pool()
    const AcrMapping = { Level1: 'a' }
    await expectRefusal(
      create(world, id, {
        ProviderName: 'Google',
        ProviderType: 'Google',
        ProviderDetails: social,
        AcrMapping,
      }),
      invalid,
      /OIDC/,
    )
    await expectRefusal(create(world, id, { AcrMapping: { Level5: 'a' } }), invalid, /Level5/)
  }))

test('lists show names, types and dates page by page; what is missing is refused in two wordings', () =>
  withSandbox(async world => {
    const { cognito } = world
    const id = await world.pool()
    for (const ProviderName of ['Bee', 'Ant']) await create(world, id, { ProviderName })
    const first = await cognito.send(new ListIdentityProvidersCommand({ UserPoolId: id, MaxResults: 1 }))
    expect(first.Providers).toEqual([
      {
        ProviderName: 'Ant',
        ProviderType: 'OIDC',
        CreationDate: expect.any(Date),
        LastModifiedDate: expect.any(Date),
      },
    ])
    const { NextToken } = first
    const second = await cognito.send(new ListIdentityProvidersCommand({ UserPoolId: id, NextToken }))
    expect(second.Providers?.map(each => each.ProviderName)).toEqual(['Bee'])
    const gone = 'ResourceNotFoundException'
    await expectRefusal(read(world, id), gone, `Identity provider Staff for tenantId ${id} does not exist.`)
    await expectRefusal(update(world, id), gone, `Identity provider Staff in User Pool ${id} does not exist.`)
    await expectRefusal(
      update(world, id, { ProviderName: 'COGNITO' }),
      'UnsupportedIdentityProviderException',
      /COGNITO/,
    )
  }))

test('a provider brings a group, may be named by clients, and goes while a client still names it', () =>
  withSandbox(async world => {
    const { cognito } = world
    const UserPoolId = await world.pool()
    const names = { SupportedIdentityProviders: ['COGNITO', 'Staff'] }
    const createClient = () =>
      cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', ...names }))
    const unknown = `The provider Staff does not exist for User Pool ${UserPoolId}.`
    await expectRefusal(createClient(), invalid, unknown)
    await create(world, UserPoolId, {})
    const { Groups } = await cognito.send(new ListGroupsCommand({ UserPoolId }))
    expect(Groups).toEqual([
      {
        GroupName: `${UserPoolId}_Staff`,
        UserPoolId,
        Description: 'Autogenerated group for users who sign in using Staff',
        CreationDate: expect.any(Date),
        LastModifiedDate: expect.any(Date),
      },
    ])
    const { UserPoolClient } = await createClient()
    const client = { UserPoolId, ClientId: UserPoolClient?.ClientId }
    await cognito.send(new DeleteIdentityProviderCommand({ UserPoolId, ProviderName: 'Staff' }))
    const described = await cognito.send(new DescribeUserPoolClientCommand(client))
    expect(described.UserPoolClient?.SupportedIdentityProviders).toEqual(['COGNITO', 'Staff'])
    await expectRefusal(
      cognito.send(new UpdateUserPoolClientCommand({ ...client, ...names })),
      invalid,
      unknown,
    )
  }))

test('secrets stay out of the log of requests', () =>
  withSandbox(async world => {
    await create(world, await world.pool(), {})
    expect(JSON.stringify(world.sandbox.requests)).not.toContain('hush')
  }))
