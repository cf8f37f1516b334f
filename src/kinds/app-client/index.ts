// App clients.
import type { CreateUserPoolClientRequest } from '@aws-sdk/client-cognito-identity-provider'
import { pages } from '../../aws/pages.ts'
import type { JsonObject } from '../../model.ts'
import { durationIn, tokenValidity } from '../../table/codecs.ts'
import { additionLoosens, ranked, removalBreaks, stricterWhenOn } from '../../table/impact.ts'
import type { Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { arn, duration, flag, listOf, oneOf, resourceName, text } from '../../table/schemas.ts'
import { dnsSuffix } from '../user-pool/index.ts'
import { userPoolClientAmplify, userPoolClientOutputs } from './outputs.ts'
import { checkUserPoolClient } from './rules.ts'

const row = rows<Leaf<CreateUserPoolClientRequest>>()

const url = () => text(1, 1024, String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`, 'a URL without spaces')
const attributeNames = () => listOf(text(1, 2048), 1)
const confidential = { generateSecret: true } as const
const withCode = {
  allowedOAuthFlows: ['code'],
  allowedOAuthScopes: ['openid'],
  callbackUrls: ['https://shop.example/callback'],
}

export const userPoolClient: Kind = {
  name: 'userPoolClient',
  title: 'app client',
  doc: 'An app that signs people in, or a machine that gets tokens for itself.',
  place: { form: 'map', block: 'clients' },
  presence: 'resource',
  quota: '1,000 app clients in a user pool, up to 10,000 on request',
  stateful: true,
  parent: 'userPool',
  ids: ['UserPoolId', 'ClientId'],
  nameField: 'name',
  renamable: true,
  create: {
    operation: 'cognito-idp:CreateUserPoolClient',
    yields: { ClientId: 'UserPoolClient.ClientId' },
  },
  writers: [{ mode: 'replace', operation: 'cognito-idp:UpdateUserPoolClient' }],
  remove: { operation: 'cognito-idp:DeleteUserPoolClient' },
  fields: [
    row({
      path: 'name',
      wire: 'ClientName',
      schema: resourceName,
      unset: 'keep',
      implied: (_spec, key) => key,
      examples: ['web', 'web app'],
      doc: "The client's name, by which cogsync finds it. Can be changed in place with `renamedFrom`.",
    }),
    row({
      path: 'generateSecret',
      wire: 'GenerateSecret',
      schema: flag,
      unset: false,
      examples: [true, false],
      remedy:
        'add a second client with the setting you want, move the app over, then remove this one: a client that is made again has another id',
      doc: 'A confidential client has a secret, a public one (browser, mobile) has none. Fixed at creation.',
    }),
    row({
      path: 'clientSecret',
      wire: 'ClientSecret',
      schema: () => text(24, 64, String.raw`[\w+]+`, '24 to 64 letters, digits, _ or +'),
      unset: 'keep',
      secret: true,
      examples: ['${secret.first}', '${secret.second}'],
      doc: 'A secret of your own instead of a generated one, as `${secret.name}`. Used at creation only, and never compared.',
    }),
    row({
      path: 'refreshTokenValidity',
      wire: ['RefreshTokenValidity', 'TokenValidityUnits.RefreshToken'],
      codec: tokenValidity('RefreshTokenValidity', 'TokenValidityUnits.RefreshToken', 'days'),
      schema: () => duration('60m', '3650d'),
      unset: '30d',
      examples: ['7d', '30d'],
      doc: 'How long a refresh token works: 60 minutes to 10 years.',
    }),
    row({
      path: 'accessTokenValidity',
      wire: ['AccessTokenValidity', 'TokenValidityUnits.AccessToken'],
      codec: tokenValidity('AccessTokenValidity', 'TokenValidityUnits.AccessToken', 'hours'),
      schema: () => duration('5m', '24h'),
      unset: '1h',
      examples: ['15m', '1h'],
      doc: 'How long an access token works: 5 minutes to 24 hours.',
    }),
    row({
      path: 'idTokenValidity',
      wire: ['IdTokenValidity', 'TokenValidityUnits.IdToken'],
      codec: tokenValidity('IdTokenValidity', 'TokenValidityUnits.IdToken', 'hours'),
      schema: () => duration('5m', '24h'),
      unset: '1h',
      examples: ['15m', '1h'],
      doc: 'How long an ID token works: 5 minutes to 24 hours.',
    }),
    row({
      path: 'readAttributes',
      wire: 'ReadAttributes',
      shape: 'set',
      schema: attributeNames,
      unset: null,
      clear: { wire: [] },
      empty: 'default',
      examples: [['email'], ['email', 'name']],
      impact: additionLoosens,
      doc: 'Attributes the client may read; by default all standard ones.',
    }),
    row({
      path: 'writeAttributes',
      wire: 'WriteAttributes',
      shape: 'set',
      schema: attributeNames,
      unset: null,
      clear: { wire: [] },
      empty: 'default',
      examples: [['email'], ['email', 'name']],
      impact: additionLoosens,
      doc: 'Attributes the client may write; by default all standard ones.',
    }),
    row({
      path: 'explicitAuthFlows',
      wire: 'ExplicitAuthFlows',
      shape: 'set',
      // ALLOW_CLIENT_TOKEN_AUTH is documented but in no model yet, so what looks like a flow passes
      schema: () => listOf(text(1, 64, '[A-Z_]+', 'an authentication flow such as ALLOW_USER_SRP_AUTH')),
      unset: [],
      empty: 'default',
      clear: { wire: [] },
      examples: [
        ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        ['ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      ],
      impact: additionLoosens,
      doc: 'The ways to sign in through the API. Without any, AWS allows SRP, custom and refresh.',
    }),
    row({
      path: 'supportedIdentityProviders',
      wire: 'SupportedIdentityProviders',
      shape: 'set',
      schema: () => listOf(text(1, 32, String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+`), 1),
      // leaving it out of an update goes back to this [ISS: cloudformation-coverage-roadmap 676]
      unset: ['COGNITO'],
      empty: 'default',
      examples: [['COGNITO'], ['COGNITO']],
      impact: additionLoosens,
      names: { kind: 'identityProvider', as: (name, item) => name === item },
      doc: "Who may sign people in on the hosted pages: `COGNITO` for the pool's own users, and names of identity providers.",
    }),
    row({
      path: 'callbackUrls',
      wire: 'CallbackURLs',
      shape: 'set',
      schema: () => listOf(url(), 0, 100),
      unset: [],
      clear: { wire: [] },
      examples: [
        ['https://shop.example/callback'],
        ['https://shop.example/callback', 'https://shop.example/other'],
      ],
      given: { allowedOAuthFlows: ['code'], allowedOAuthScopes: ['openid'] },
      impact: additionLoosens,
      doc: 'Where people may be sent after signing in.',
    }),
    row({
      path: 'logoutUrls',
      wire: 'LogoutURLs',
      shape: 'set',
      schema: () => listOf(url(), 0, 100),
      unset: [],
      clear: { wire: [] },
      examples: [['https://shop.example/'], []],
      given: withCode,
      impact: removalBreaks,
      doc: 'Where people may be sent after signing out.',
    }),
    row({
      path: 'defaultRedirectUri',
      wire: 'DefaultRedirectURI',
      schema: url,
      unset: 'keep',
      clear: 'unproven',
      examples: ['https://shop.example/callback', 'https://shop.example/other'],
      given: {
        ...withCode,
        callbackUrls: ['https://shop.example/callback', 'https://shop.example/other'],
      },
      doc: 'Where people are sent when a request names no address; one of `callbackUrls`.',
    }),
    row({
      path: 'allowedOAuthFlows',
      wire: 'AllowedOAuthFlows',
      shape: 'set',
      schema: () => listOf(oneOf('code', 'implicit', 'client_credentials'), 0, 3),
      unset: [],
      clear: { wire: [] },
      examples: [['code'], ['code', 'implicit']],
      given: { allowedOAuthScopes: ['openid'], callbackUrls: ['https://shop.example/callback'] },
      impact: additionLoosens,
      doc: 'OAuth grants. `client_credentials` stands alone and needs a secret.',
    }),
    row({
      path: 'allowedOAuthScopes',
      wire: 'AllowedOAuthScopes',
      shape: 'set',
      schema: () => listOf(text(1, 256, String.raw`[\x21\x23-\x5B\x5D-\x7E]+`, 'a scope'), 0, 50),
      unset: [],
      clear: { wire: [] },
      examples: [['openid'], ['openid', 'phone']],
      given: { allowedOAuthFlows: ['code'], callbackUrls: ['https://shop.example/callback'] },
      impact: additionLoosens,
      names: { kind: 'resourceServer', as: (identifier, scope) => scope.startsWith(`${identifier}/`) },
      doc: "Scopes the client may ask for: OpenID Connect's, `aws.cognito.signin.user.admin`, and `${resourceServers.x.scopes.y}`.",
    }),
    row({
      path: 'allowedOAuthFlowsUserPoolClient',
      wire: 'AllowedOAuthFlowsUserPoolClient',
      schema: flag,
      unset: false,
      implied: spec => {
        const flows = spec['allowedOAuthFlows']
        return Array.isArray(flows) && flows.length > 0 ? true : undefined
      },
      // false is refused while there are flows, and without flows there is nothing to say
      examples: [true, true],
      given: withCode,
      doc: 'Whether the client may use OAuth at all. Follows from `allowedOAuthFlows`: need not be said.',
    }),
    ...(
      [
        [
          'applicationId',
          'ApplicationId',
          () => text(1, 131_072, '[0-9a-fA-F]+', 'hexadecimal digits'),
          ['0a1b', '2c3d'],
        ],
        [
          'applicationArn',
          'ApplicationArn',
          () => arn('the ARN of a Pinpoint application'),
          [
            'arn:aws:mobiletargeting:eu-west-1:111122223333:apps/0a1b',
            'arn:aws:mobiletargeting:eu-west-1:111122223333:apps/2c3d',
          ],
        ],
        [
          'roleArn',
          'RoleArn',
          () => arn('the ARN of an IAM role'),
          ['arn:aws:iam::111122223333:role/analytics', 'arn:aws:iam::111122223333:role/analytics-2'],
        ],
        ['externalId', 'ExternalId', () => text(1, 131_072), ['shop', 'shop-2']],
        ['userDataShared', 'UserDataShared', flag, [true, false]],
      ] as const
    ).map(([name, member, schema, examples]) =>
      row({
        path: `analyticsConfiguration.${name}`,
        wire: `AnalyticsConfiguration.${member}`,
        schema,
        unset: 'keep',
        clear: 'unproven',
        examples,
        given: analyticsGiven(name),
        doc: 'Amazon Pinpoint analytics: `applicationArn` alone, or `applicationId` with `externalId` and `roleArn`.',
      }),
    ),
    row({
      path: 'preventUserExistenceErrors',
      wire: 'PreventUserExistenceErrors',
      schema: () => oneOf('LEGACY', 'ENABLED'),
      unset: 'LEGACY',
      examples: ['ENABLED', 'LEGACY'],
      impact: ranked('LEGACY', 'ENABLED'),
      doc: "ENABLED hides whether a user exists; AWS's default, LEGACY, tells.",
    }),
    row({
      path: 'enableTokenRevocation',
      wire: 'EnableTokenRevocation',
      schema: flag,
      unset: true,
      examples: [false, true],
      impact: stricterWhenOn,
      doc: 'Whether tokens can be revoked.',
    }),
    row({
      path: 'enablePropagateAdditionalUserContextData',
      wire: 'EnablePropagateAdditionalUserContextData',
      schema: flag,
      unset: false,
      examples: [true, false],
      given: confidential,
      doc: 'Whether a server may pass on the address of its user, for threat protection. Needs a secret.',
    }),
    row({
      path: 'authSessionValidity',
      wire: 'AuthSessionValidity',
      codec: durationIn('AuthSessionValidity', 'm'),
      schema: () => duration('3m', '15m', 'm'),
      unset: '3m',
      examples: ['5m', '3m'],
      doc: 'How long somebody may take between the steps of signing in: 3 to 15 minutes.',
    }),
    row({
      path: 'refreshTokenRotation.feature',
      wire: 'RefreshTokenRotation.Feature',
      schema: () => oneOf('ENABLED', 'DISABLED'),
      unset: 'DISABLED',
      examples: ['ENABLED', 'DISABLED'],
      given: { explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
      impact: ranked('DISABLED', 'ENABLED'),
      doc: 'Whether each refresh gives a new refresh token. Not together with ALLOW_REFRESH_TOKEN_AUTH.',
    }),
    row({
      path: 'refreshTokenRotation.retryGracePeriod',
      wire: 'RefreshTokenRotation.RetryGracePeriodSeconds',
      codec: durationIn('RefreshTokenRotation.RetryGracePeriodSeconds', 's'),
      schema: () => duration('0s', '60s'),
      unset: 'keep',
      clear: 'unproven',
      examples: ['10s', '30s'],
      given: { explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], 'refreshTokenRotation.feature': 'ENABLED' },
      doc: 'How long the former refresh token still works after a rotation: up to a minute.',
    }),
  ],
  read: {
    operations: ['cognito-idp:ListUserPoolClients', 'cognito-idp:DescribeUserPoolClient'],
    // clients that registered themselves are asked not to be in the answer [JS]
    list: async (aws, site) =>
      (
        await pages(
          aws,
          'cognito-idp:ListUserPoolClients',
          { ...site.parentIds, MaxResults: 60, ClientType: 'REGULAR' },
          'UserPoolClients',
        )
      ).map(client => ({
        ids: { ...site.parentIds, ClientId: String(client['ClientId']) },
        name: String(client['ClientName']),
        // OpenSearch makes these in pools it uses; its dashboards need them [TF: managed_user_pool_client.go]
        foreign: /^(AmazonOpenSearchService|AWSElasticsearch)-/.test(String(client['ClientName'])),
      })),
    get: async (aws, ids) => {
      const described = await aws.send('cognito-idp:DescribeUserPoolClient', ids)
      // the secret is in no wire, so it goes nowhere but where `clientSecretTo` says
      const { ClientSecret, ...client } = described['UserPoolClient'] as JsonObject
      return {
        ids,
        name: String(client['ClientName']),
        wire: {
          ...client,
          ...(client['AnalyticsConfiguration'] !== undefined && {
            AnalyticsConfiguration: ownAnalytics(client['AnalyticsConfiguration'] as JsonObject),
          }),
          GenerateSecret: ClientSecret !== undefined,
        },
        ...(typeof ClientSecret === 'string' && { secrets: { ClientSecret } }),
      }
    },
  },
  check: checkUserPoolClient,
  issued: {
    when: 'generateSecret',
    secret: 'ClientSecret',
    rotate: {
      list: {
        operation: 'cognito-idp:ListUserPoolClientSecrets',
        path: 'ClientSecrets',
        id: 'ClientSecretId',
      },
      add: {
        operation: 'cognito-idp:AddUserPoolClientSecret',
        id: 'ClientSecretDescriptor.ClientSecretId',
        value: 'ClientSecretDescriptor.ClientSecretValue',
      },
      remove: { operation: 'cognito-idp:DeleteUserPoolClientSecret', id: 'ClientSecretId' },
    },
  },
  attributes: {
    id: { id: 'ClientId' },
    name: { value: values => values['name'] },
    provider: {
      made: (ids, { region, partition }) =>
        `cognito-idp.${region}.${dnsSuffix(partition)}/${ids['UserPoolId']}`,
    },
  },
  outputs: userPoolClientOutputs,
  amplify: userPoolClientAmplify,
  ignored: {},
  iam: {
    beside: [
      { action: 'iam:PassRole', rows: ['analyticsConfiguration.roleArn'], to: 'cognito-idp.amazonaws.com' },
    ],
  },
}

/** With an application's ARN, AWS fills in its own role, which may not be sent back beside it [TF test]. */
const ownAnalytics = (analytics: JsonObject): JsonObject => {
  const { RoleArn, ...rest } = analytics
  const isAwsOwn = String(RoleArn).endsWith('/AWSServiceRoleForAmazonCognitoIdp')
  return RoleArn === undefined || isAwsOwn ? rest : analytics
}

function analyticsGiven(name: string) {
  if (name === 'applicationArn') return {}
  if (name === 'userDataShared')
    return {
      'analyticsConfiguration.applicationArn': 'arn:aws:mobiletargeting:eu-west-1:111122223333:apps/0a1b',
    }
  return {
    'analyticsConfiguration.applicationId': '0a1b',
    'analyticsConfiguration.roleArn': 'arn:aws:iam::111122223333:role/analytics',
    'analyticsConfiguration.externalId': 'shop',
  }
}
