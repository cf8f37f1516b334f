// Examples of the rules about app clients, domains and resource servers.
import type { Values } from '../../src/table/kind.ts'
import type { Example } from './example.ts'

const code = {
  allowedOAuthFlowsUserPoolClient: true,
  allowedOAuthFlows: ['code'],
  allowedOAuthScopes: ['openid'],
  callbackUrls: ['https://shop.example/callback'],
  generateSecret: false,
}
const machine = {
  ...code,
  generateSecret: true,
  allowedOAuthFlows: ['client_credentials'],
  allowedOAuthScopes: ['orders/read'],
  callbackUrls: [],
}
const orders = { key: 'orders', values: { identifier: 'orders', scopes: { read: 'Read' } } }
const pool: Values = {
  attributes: {
    email: { required: true },
    birthdate: { required: true, mutable: false },
    'custom:tenant': {},
    'custom:number': { mutable: false },
  },
}
const app = 'arn:aws:mobiletargeting:eu-west-1:111122223333:apps/0a1b'
const analytics = (values: { [name: string]: Values[string] }): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`analyticsConfiguration.${name}`, value]))

export const clientExamples: Example[] = [
  {
    code: 'COG2101',
    field: 'callbackUrls',
    bad: { allowedOAuthFlowsUserPoolClient: false, callbackUrls: ['https://shop.example/'], logoutUrls: [] },
    good: code,
  },
  { code: 'COG2102', field: 'allowedOAuthScopes', bad: { ...code, allowedOAuthScopes: [] }, good: code },
  {
    code: 'COG2103',
    field: 'allowedOAuthFlows',
    bad: { ...machine, allowedOAuthFlows: ['client_credentials', 'code'] },
    good: machine,
  },
  { code: 'COG2104', field: 'allowedOAuthFlows', bad: { ...machine, generateSecret: false }, good: machine },
  {
    code: 'COG2104',
    field: 'allowedOAuthFlows',
    bad: { ...machine, generateSecret: false, clientSecret: null },
    good: { ...machine, generateSecret: false, clientSecret: { $secret: 'own' } },
  },
  {
    code: 'COG2105',
    field: 'allowedOAuthScopes',
    bad: { ...machine, allowedOAuthScopes: ['openid'] },
    good: machine,
  },
  { code: 'COG2106', field: 'callbackUrls', bad: { ...code, callbackUrls: [] }, good: code },
  {
    code: 'COG2107',
    field: 'callbackUrls',
    bad: { callbackUrls: ['shop.example/callback'] },
    good: {
      callbackUrls: [
        'https://shop.example/callback',
        'myapp://callback',
        { $join: ['x', { $ref: 'a', attr: 'b' }] },
      ],
    },
  },
  {
    code: 'COG2108',
    field: 'logoutUrls',
    bad: { logoutUrls: ['https://shop.example/#bye'] },
    good: { logoutUrls: ['https://shop.example/?bye'] },
  },
  {
    code: 'COG2109',
    field: 'callbackUrls',
    bad: { callbackUrls: ['http://shop.example/', 'http://localhost/'] },
    good: {
      callbackUrls: ['http://localhost:3000/cb', 'http://127.0.0.1/', 'http://[::1]:8080/', 'myapp://x'],
    },
  },
  {
    code: 'COG2110',
    field: 'defaultRedirectUri',
    bad: { ...code, defaultRedirectUri: 'https://shop.example/other' },
    good: { ...code, defaultRedirectUri: 'https://shop.example/callback' },
  },
  {
    code: 'COG2111',
    field: 'explicitAuthFlows',
    bad: { explicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    good: { explicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH'] },
  },
  {
    code: 'COG2112',
    field: 'explicitAuthFlows',
    bad: { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], 'refreshTokenRotation.feature': 'ENABLED' },
    good: { explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'], 'refreshTokenRotation.feature': 'DISABLED' },
  },
  {
    code: 'COG2113',
    field: 'explicitAuthFlows',
    bad: { explicitAuthFlows: ['ALLOW_USER_AUTH'] },
    good: { explicitAuthFlows: ['ALLOW_USER_AUTH'] },
    in: { parent: { userPoolTier: 'LITE' } },
    goodIn: { parent: { userPoolTier: 'ESSENTIALS' } },
  },
  {
    code: 'COG2114',
    field: 'allowedOAuthScopes',
    bad: { allowedOAuthScopes: ['orders/write', 'openid'] },
    good: {
      allowedOAuthScopes: ['orders/read', 'openid', { $join: ['x', '/y'] }, 'aws.cognito/dcr/register'],
    },
    in: { siblings: { resourceServer: [orders] } },
  },
  {
    code: 'COG2114',
    field: 'allowedOAuthScopes',
    bad: { allowedOAuthScopes: ['open_id'] },
    good: { allowedOAuthScopes: ['others/read'] },
    in: { complete: false },
  },
  {
    code: 'COG2115',
    field: 'supportedIdentityProviders',
    bad: { supportedIdentityProviders: ['COGNITO', 'google'] },
    good: { supportedIdentityProviders: ['COGNITO', 'Google'] },
    in: { siblings: { identityProvider: [{ key: 'Google', values: {} }] } },
  },
  {
    code: 'COG2115',
    field: 'supportedIdentityProviders',
    bad: { supportedIdentityProviders: ['google'] },
    good: { supportedIdentityProviders: ['google'] },
    in: { siblings: { identityProvider: [{ key: 'Google', values: {} }] } },
    goodIn: {},
  },
  {
    code: 'COG2115',
    field: 'supportedIdentityProviders',
    bad: { supportedIdentityProviders: ['corp-saml'] },
    good: { supportedIdentityProviders: ['Corp.SAML'] },
    in: { siblings: { identityProvider: [{ key: 'corp-saml', values: { name: 'Corp.SAML' } }] } },
  },
  {
    code: 'COG2116',
    field: 'readAttributes',
    bad: { readAttributes: ['email', 'custom:gone'] },
    good: { readAttributes: ['email', 'custom:tenant', 'identities'] },
    in: { parent: pool },
  },
  {
    code: 'COG2117',
    field: 'writeAttributes',
    bad: { writeAttributes: ['email', 'custom:number'] },
    good: { writeAttributes: ['email', 'custom:tenant'] },
    in: { parent: pool },
  },
  {
    code: 'COG2118',
    field: 'writeAttributes',
    bad: { writeAttributes: ['custom:tenant'] },
    good: { writeAttributes: [] },
    in: { parent: pool },
  },
  {
    code: 'COG2119',
    field: 'enablePropagateAdditionalUserContextData',
    bad: { generateSecret: false, enablePropagateAdditionalUserContextData: true },
    good: { generateSecret: true, enablePropagateAdditionalUserContextData: true },
  },
  {
    code: 'COG2120',
    field: 'clientSecret',
    bad: { generateSecret: true, clientSecret: { $secret: 'own' } },
    good: { generateSecret: false, clientSecret: { $secret: 'own' } },
  },
  {
    code: 'COG2121',
    field: 'analyticsConfiguration.applicationId',
    bad: analytics({ applicationArn: app, applicationId: '0a1b' }),
    good: analytics({
      applicationArn: app,
      applicationId: null,
      roleArn: 'arn:aws:iam::111122223333:role/x',
    }),
  },
  {
    code: 'COG2122',
    field: 'analyticsConfiguration.applicationId',
    bad: analytics({ applicationId: '0a1b', roleArn: 'arn:aws:iam::111122223333:role/x', externalId: null }),
    good: analytics({
      applicationId: '0a1b',
      roleArn: 'arn:aws:iam::111122223333:role/x',
      externalId: 'shop',
    }),
  },
  {
    code: 'COG2123',
    field: 'idTokenValidity',
    bad: { accessTokenValidity: '1h', idTokenValidity: '2h', refreshTokenValidity: '90m' },
    good: { accessTokenValidity: '1h', idTokenValidity: '2h', refreshTokenValidity: '120m' },
  },
]

const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b'
const prefix = { key: 'prefix' }
const custom = { key: 'custom' }

export const domainExamples: Example[] = [
  { code: 'COG2201', field: 'name', bad: { name: 'shop.login' }, good: { name: 'shop-login' }, in: prefix },
  { code: 'COG2202', field: 'name', bad: { name: 'shop-aws' }, good: { name: 'shop-login' }, in: prefix },
  {
    code: 'COG2203',
    field: 'name',
    severity: 'warning',
    bad: { name: 'shop-awsome' },
    good: { name: 'shop-awesome' },
    in: prefix,
  },
  {
    code: 'COG2204',
    field: 'name',
    bad: { name: 'shop-login' },
    good: { name: 'login.shop.example' },
    in: custom,
  },
  {
    code: 'COG2205',
    field: 'name',
    bad: { name: 'shop.example' },
    good: { name: 'login.shop.example' },
    in: custom,
  },
  {
    code: 'COG2206',
    field: 'certificateArn',
    bad: { certificateArn: certificate.replace('us-east-1', 'eu-west-1') },
    good: { certificateArn: certificate },
    in: custom,
  },
  {
    code: 'COG2207',
    field: 'certificateArn',
    bad: { name: 'login.shop.example', certificateArn: null },
    good: { name: 'login.shop.example', certificateArn: { $join: ['a', 'b'] } },
    in: custom,
  },
  {
    code: 'COG2208',
    field: 'securityPolicy',
    bad: { securityPolicy: 'TLS_V1_2_2021' },
    good: { securityPolicy: 'TLS_V1_2_2021' },
    in: prefix,
    goodIn: custom,
  },
  {
    code: 'COG2209',
    field: 'routing.failover.secondaryRegion',
    bad: { 'routing.failover.secondaryRegion': 'eu-central-1' },
    good: { 'routing.failover.secondaryRegion': 'eu-central-1' },
    in: prefix,
    goodIn: custom,
  },
  {
    code: 'COG2210',
    field: 'routing.failover.primaryRoute53HealthCheckId',
    bad: {
      'routing.failover.secondaryRegion': 'eu-central-1',
      'routing.failover.primaryRoute53HealthCheckId': null,
    },
    good: {
      'routing.failover.secondaryRegion': 'eu-central-1',
      'routing.failover.primaryRoute53HealthCheckId': '0a1b',
    },
    in: custom,
  },
  {
    code: 'COG2211',
    field: 'routing.failover.secondaryRegion',
    bad: { 'routing.failover.secondaryRegion': 'eu-west-1' },
    good: { 'routing.failover.secondaryRegion': 'eu-central-1' },
    in: custom,
  },
  {
    code: 'COG2212',
    field: 'managedLoginVersion',
    bad: { managedLoginVersion: 2 },
    good: { managedLoginVersion: 1 },
    in: { ...prefix, parent: { userPoolTier: 'LITE' } },
  },
  {
    code: 'COG2214',
    field: 'name',
    severity: 'warning',
    bad: { name: 'login.shop.example' },
    good: { name: 'id.shop.example' },
    in: { ...custom, parent: { 'mfa.webAuthn.relyingPartyId': 'id.shop.example' } },
  },
]

export const resourceServerExamples: Example[] = [
  {
    code: 'COG2301',
    field: 'identifier',
    bad: { identifier: 'orders' },
    good: { identifier: 'stock' },
    in: { key: 'stock', siblings: { resourceServer: [orders] } },
  },
  {
    code: 'COG2302',
    field: 'identifier',
    severity: 'warning',
    bad: { identifier: 'aws.cognito' },
    good: { identifier: 'https://api.shop.example' },
  },
]
