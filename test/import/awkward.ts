// What no spec makes: live states as people, other tools and old consoles left them.
import type { JsonObject } from '../../src/model.ts'
import { type World, where } from '../laws/world.ts'

interface Place {
  send: World['aws']['send']
  sandbox: World['sandbox']
  UserPoolId: string
}

const arn = (service: string, rest: string) => `arn:aws:${service}:${where.region}:${where.account}:${rest}`
const statement = (more: JsonObject) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...more } })
const trust = JSON.stringify(statement({ Principal: { AWS: where.account }, Action: 'sts:AssumeRole' }))

const makeClient = async (place: Place, ClientName: string, more: JsonObject = {}): Promise<string> => {
  const { send, UserPoolId } = place
  const { UserPoolClient } = await send('cognito-idp:CreateUserPoolClient', {
    UserPoolId,
    ClientName,
    ...more,
  })
  return String((UserPoolClient as JsonObject)['ClientId'])
}

const makeGroup = ({ send, UserPoolId }: Place, GroupName: string, more: JsonObject = {}) =>
  send('cognito-idp:CreateGroup', { UserPoolId, GroupName, ...more })

const makePool = async ({ send }: Place, PoolName: string, more: JsonObject = {}): Promise<string> => {
  const { UserPool } = await send('cognito-idp:CreateUserPool', { PoolName, ...more })
  return String((UserPool as JsonObject)['Id'])
}

const makeRole = async ({ send }: Place, RoleName: string, Path = '/'): Promise<string> => {
  const { Role } = await send('iam:CreateRole', { RoleName, Path, AssumeRolePolicyDocument: trust })
  return String((Role as JsonObject)['Arn'])
}

const makeDomain = ({ send, UserPoolId }: Place, Domain: string, more: JsonObject = {}) =>
  send('cognito-idp:CreateUserPoolDomain', { UserPoolId, Domain, ...more })

/** Something that begins like a PNG, as base64. */
const png = (text: string): string => Buffer.from(`\x89PNG\r\n\x1a\n${text}`, 'latin1').toString('base64')

const addAttributes = ({ send, UserPoolId }: Place, CustomAttributes: JsonObject[]) =>
  send('cognito-idp:AddCustomAttributes', { UserPoolId, CustomAttributes })

const bends = {
  'two clients of one name': async place => {
    await makeClient(place, 'twin')
    await makeClient(place, 'twin', { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] })
  },
  'opensearch client': place => makeClient(place, 'AmazonOpenSearchService-logs-eu-west-1-abc'),
  'self-registered client': async place => {
    const id = await makeClient(place, 'registered itself')
    const clients = rawPool(place, place.UserPoolId)['clients'] as { [id: string]: JsonObject }
    ;(clients[id] as JsonObject)['type'] = 'DCR'
  },
  'legacy auth flows': place =>
    makeClient(place, 'old', { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH'] }),
  'a hundred clients': async place => {
    for (let index = 0; index < 100; index++) await makeClient(place, `app ${index % 90}`)
  },
  'grandfathered threat protection': async place => {
    const id = await makePool(place, 'pool 2016', { UserPoolTier: 'LITE' })
    rawSettings(place, id)['UserPoolAddOns'] = { AdvancedSecurityMode: 'ENFORCED' }
    await makeClient({ ...place, UserPoolId: id }, 'app', { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] })
  },
  'alias attributes': place =>
    makePool(place, 'aliases', { AliasAttributes: ['phone_number', 'preferred_username'] }),
  'required standard attributes': place =>
    makePool(place, 'required', {
      Schema: [
        { Name: 'given_name', Required: true, Mutable: false },
        { Name: 'birthdate', Required: true },
        { Name: 'email', Required: true, Mutable: true },
      ],
    }),
  'custom attributes': place =>
    addAttributes(place, [
      { Name: 'plan', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '2048' } },
      {
        Name: 'points',
        AttributeDataType: 'Number',
        Mutable: false,
        NumberAttributeConstraints: { MinValue: '-5', MaxValue: '2147483647' },
      },
      { Name: 'since', AttributeDataType: 'DateTime' },
    ]),
  'developer attributes': place =>
    addAttributes(place, [{ Name: 'secret', AttributeDataType: 'String', DeveloperOnlyAttribute: true }]),
  'tags of CloudFormation': async place => {
    const settings = rawSettings(place, place.UserPoolId)
    settings['UserPoolTags'] = {
      ...(settings['UserPoolTags'] as JsonObject | undefined),
      'aws:cloudformation:stack-name': 'shop-stack',
      'aws:cloudformation:logical-id': 'Pool',
    }
  },
  'role under a path': async place => {
    const RoleArn = await makeRole(place, 'deep', '/teams/shop/')
    await makeGroup(place, 'deep', { RoleArn })
  },
  'policy of scalars': async place => {
    const RoleArn = await makeRole(place, 'scalars')
    await place.send('iam:PutRolePolicy', {
      RoleName: 'scalars',
      PolicyName: 'own',
      PolicyDocument: JSON.stringify(
        statement({
          Action: 's3:GetObject',
          Resource: [
            arn('cognito-idp', `userpool/${place.UserPoolId}`),
            'arn:aws:s3:::b/${aws:username}/*',
            'arn:aws:s3:::c/$${x}/*',
          ],
          Condition: {
            NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
            Bool: { 'aws:SecureTransport': true },
          },
        }),
      ),
    })
    await makeGroup(place, 'scalars', { RoleArn })
  },
  'role of two pools': async place => {
    const RoleArn = await makeRole(place, 'shared')
    const other = await makePool(place, 'shares the role')
    for (const UserPoolId of [place.UserPoolId, other])
      await makeGroup({ ...place, UserPoolId }, 'shared', { RoleArn })
  },
  'role that is gone': async place => {
    const RoleArn = await makeRole(place, 'gone')
    await makeGroup(place, 'orphans', { RoleArn })
    await place.send('iam:DeleteRole', { RoleName: 'gone' })
  },
  'group of a provider': place => makeGroup(place, `${place.UserPoolId}_Google`),
  'group of a provider, with a role': async place => {
    const RoleArn = await makeRole(place, 'federated')
    await makeGroup(place, `${place.UserPoolId}_Corp`, { RoleArn })
  },
  'odd text': async place => {
    const Description = ' ${account} $${x} # no: comment\n\ttabs\n\n"quotes" \\ \'single\'  '
    await makeGroup(place, 'odd', { Description })
    await makeGroup(place, 'lines', { Description: 'one\ntwo\n' })
  },
  'sign in with apple': ({ send, UserPoolId }) =>
    send('cognito-idp:CreateIdentityProvider', {
      UserPoolId,
      ProviderName: 'SignInWithApple',
      ProviderType: 'SignInWithApple',
      ProviderDetails: {
        client_id: 'a',
        team_id: 'b',
        key_id: 'c',
        private_key: 'x'.repeat(24),
        authorize_scopes: 'email name',
      },
      AttributeMapping: { email: 'email' },
    }),
  'saml by address': async place => {
    const { send, UserPoolId } = place
    const ProviderName = 'Corp.SAML'
    await send('cognito-idp:CreateIdentityProvider', {
      UserPoolId,
      ProviderName,
      ProviderType: 'SAML',
      ProviderDetails: { MetadataURL: 'https://idp.corp.example/metadata', IDPSignout: 'true' },
      AttributeMapping: { email: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress' },
      IdpIdentifiers: ['corp.example'],
    })
    await makeClient(place, 'corp', { SupportedIdentityProviders: ['COGNITO', ProviderName] })
  },
  'sms message without its twin': async place => {
    rawSettings(place, place.UserPoolId)['SmsAuthenticationMessage'] = 'Your code is {####}'
  },
  'two domains': place =>
    makeDomain(place, 'login.law.example', {
      CustomDomainConfig: {
        CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000',
        SecurityPolicy: 'TLS_V1_3_2025',
      },
      ManagedLoginVersion: 2,
    }),
  styles: async place => {
    const { send, UserPoolId } = place
    await makeDomain(place, 'law-styles-7f3a', { ManagedLoginVersion: 2 })
    const pages = {
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      AllowedOAuthFlowsUserPoolClient: true,
      CallbackURLs: ['https://law.example/'],
    }
    const Assets = ['LIGHT', 'DARK'].map(ColorMode => ({
      Category: 'FORM_LOGO',
      ColorMode,
      Extension: 'PNG',
      Bytes: png(ColorMode),
    }))
    const styles = [
      { Settings: { 'a ${b}': [1, { c: null }] }, Assets },
      { Settings: { a: ['${b}', { c: null }] } },
      { Settings: {} },
      { UseCognitoProvidedValues: true },
    ]
    for (const [index, style] of styles.entries()) {
      const ClientId = await makeClient(place, `styled ${index}`, pages)
      await send('cognito-idp:CreateManagedLoginBranding', { UserPoolId, ClientId, ...style })
    }
    // one with pages and no style beside them
    await makeClient(place, 'plain', pages)
  },
  'classic pages': async place => {
    const { send, UserPoolId } = place
    const Domain = 'law-pages-7f3a'
    await makeDomain(place, Domain)
    // it is ready once somebody has seen it being made
    await send('cognito-idp:DescribeUserPoolDomain', { Domain })
    const ClientId = await makeClient(place, 'classic')
    for (const [color, more] of Object.entries({ red: {}, blue: { ClientId } }))
      await send('cognito-idp:SetUICustomization', {
        UserPoolId,
        ...more,
        CSS: `.label-customizable { color: ${color}; }\n`,
        ImageFile: png(color),
      })
  },
  replica: async place => {
    const KmsKeyArn = arn('kms', 'key/mrk-1')
    const KeyConfiguration = { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn }
    const UserPoolId = await makePool(place, 'replicated', { KeyConfiguration })
    const replica = { UserPoolId, RegionName: 'us-west-2' }
    await place.send('cognito-idp:CreateUserPoolReplica', replica)
    await place.send('cognito-idp:ListUserPoolReplicas', { UserPoolId })
    await place.send('cognito-idp:UpdateUserPoolReplica', { ...replica, Status: 'ACTIVE' })
  },
  'developer provider with tags': async ({ send }) => {
    const { IdentityPoolId } = (await send('cognito-identity:CreateIdentityPool', {
      IdentityPoolName: 'developers',
      AllowUnauthenticatedIdentities: false,
      DeveloperProviderName: 'login.law',
    })) as { IdentityPoolId: string }
    await send('cognito-identity:SetPrincipalTagAttributeMap', {
      IdentityPoolId,
      IdentityProviderName: 'login.law',
      UseDefaults: false,
      PrincipalTags: { tenant: 'tenant' },
    })
  },
} satisfies { [what: string]: (place: Place) => Promise<unknown> }

export type Awkward = keyof typeof bends

export const awkwardness = Object.keys(bends) as Awkward[]

/** Does it to a pool; answers whether AWS let it. */
export const bend = async ({ aws, sandbox }: World, what: Awkward, UserPoolId: string): Promise<boolean> => {
  try {
    await bends[what]({ send: aws.send, sandbox, UserPoolId })
    return true
  } catch (error) {
    if (error instanceof Error && 'aws' in error) return false
    throw error
  }
}

/** The sandbox's own record of a pool, for what no request makes. */
const rawPool = ({ sandbox }: Place, id: string): JsonObject => {
  const slice = sandbox.state.slice('cognito-idp', () => ({})) as {
    [account: string]: { [region: string]: { pools: { [id: string]: JsonObject } } }
  }
  const found = slice[where.account]?.[where.region]?.pools[id]
  if (found === undefined) throw new Error(`no record of ${id}`)
  return found
}

const rawSettings = (place: Place, id: string): JsonObject => rawPool(place, id)['settings'] as JsonObject
