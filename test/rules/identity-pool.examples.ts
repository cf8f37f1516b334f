// Examples of the rules about identity pools, their roles and their principal tags.
import type { JsonObject, Term } from '../../src/model.ts'
import type { Example } from './example.ts'

const provider = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123xyz'
const role = 'arn:aws:iam::111122223333:role/member'
const saml = 'arn:aws:iam::111122223333:saml-provider/corp'
const client = (address: string) => ({ client: { $ref: address, attr: '' } })
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ providerName: provider, clientId: `c${index}` }))

export const identityPoolExamples: Example[] = [
  {
    code: 'COG2401',
    field: 'cognitoIdentityProviders',
    bad: { cognitoIdentityProviders: [{ providerName: 'eu-west-1_AbC123xyz', clientId: 'a' }] },
    good: { cognitoIdentityProviders: [{ providerName: provider, clientId: 'a' }] },
  },
  {
    code: 'COG2402',
    field: 'cognitoIdentityProviders',
    bad: {
      cognitoIdentityProviders: [
        { ...client('userPools.a.clients.web'), serverSideTokenCheck: true },
        client('userPools.a.clients.web'),
      ],
    },
    good: {
      cognitoIdentityProviders: [client('userPools.a.clients.web'), client('userPools.a.clients.ios')],
    },
  },
  {
    code: 'COG2403',
    field: 'cognitoIdentityProviders',
    severity: 'warning',
    bad: { cognitoIdentityProviders: many(51) },
    good: { cognitoIdentityProviders: many(50) },
  },
  {
    code: 'COG2404',
    field: 'openIdConnectProviderArns',
    bad: { openIdConnectProviderArns: [saml], samlProviderArns: [saml] },
    good: { openIdConnectProviderArns: ['arn:aws:iam::111122223333:oidc-provider/id.shop.example'] },
  },
  {
    code: 'COG2405',
    field: 'samlProviderArns',
    bad: { samlProviderArns: [saml.replace('111122223333', '444455556666')] },
    good: {
      samlProviderArns: [saml],
      openIdConnectProviderArns: ['arn:aws:iam::444455556666:oidc-provider/id.shop.example'],
    },
  },
]

const token: JsonObject = { type: 'Token', ambiguousRoleResolution: 'Deny' }
const oneRule = { claim: 'a', matchType: 'Equals', value: 'b', roleArn: role }
const byRules = (count: number): JsonObject => ({
  type: 'Rules',
  ambiguousRoleResolution: 'Deny',
  rules: Array.from({ length: count }, () => oneRule),
})
const mapped = (mapping: JsonObject) => ({ roleMappings: { 'accounts.google.com': mapping } })
const keyOf = (address: string): Term => ({
  $join: [{ $ref: address, attr: 'provider' }, ':', { $ref: address, attr: 'id' }],
})
const entries = (...keys: Term[]) => ({ roleMappings: { $entries: keys.map(key => [key, token]) } })
const memberOf = (amr: string) => ({
  siblings: {
    role: [
      { key: 'member', values: { trust: { identityPool: { $ref: 'identityPools.app', attr: '' }, amr } } },
    ],
  },
})
const pool = {
  cognitoIdentityProviders: [client('userPools.a.clients.web')],
  supportedLoginProviders: {},
  openIdConnectProviderArns: [],
  samlProviderArns: [saml],
  developerProviderName: null,
}

export const identityPoolRolesExamples: Example[] = [
  {
    code: 'COG2421',
    field: 'roles.authenticated',
    bad: { 'roles.authenticated': 'arn:aws:iam::111122223333:user/ann' },
    good: { 'roles.authenticated': role },
  },
  {
    code: 'COG2422',
    field: 'roleMappings',
    bad: mapped({
      ...byRules(1),
      rules: [{ ...oneRule, roleArn: role.replace('111122223333', '444455556666') }],
    }),
    good: mapped(byRules(1)),
  },
  {
    code: 'COG2423',
    field: 'roleMappings',
    bad: mapped({ ...byRules(1), type: 'Token' }),
    good: mapped(token),
  },
  {
    code: 'COG2424',
    field: 'roleMappings',
    bad: mapped({ ...token, type: 'Rules' }),
    good: mapped(byRules(1)),
  },
  { code: 'COG2425', field: 'roleMappings', bad: mapped(byRules(26)), good: mapped(byRules(25)) },
  { code: 'COG2426', field: 'roleMappings', bad: mapped({ type: 'Token' }), good: mapped(token) },
  {
    code: 'COG2427',
    field: 'roleMappings',
    bad: entries(keyOf('userPools.a.clients.ios')),
    good: entries(keyOf('userPools.a.clients.web')),
    in: { parent: pool },
  },
  {
    code: 'COG2427',
    field: 'roleMappings',
    bad: { roleMappings: { [`${provider}:b`]: token } },
    good: { roleMappings: { [`${provider}:a`]: token } },
    in: { parent: { ...pool, cognitoIdentityProviders: [{ providerName: provider, clientId: 'a' }] } },
  },
  {
    code: 'COG2427',
    field: 'roleMappings',
    bad: { roleMappings: { 'accounts.google.com': token } },
    good: { roleMappings: { [saml]: token, corp: token, [`${provider}:a`]: token } },
    in: { parent: pool },
  },
  {
    code: 'COG2428',
    field: 'roleMappings',
    bad: entries(keyOf('userPools.a.clients.web'), keyOf('userPools.a.clients.web')),
    good: entries(keyOf('userPools.a.clients.web'), 'accounts.google.com'),
  },
  {
    code: 'COG2429',
    field: 'roleMappings',
    bad: entries(...Array.from({ length: 11 }, (_, index) => keyOf(`userPools.a.clients.c${index}`))),
    good: entries(...Array.from({ length: 10 }, (_, index) => keyOf(`userPools.a.clients.c${index}`))),
  },
  {
    code: 'COG2430',
    field: 'roles.unauthenticated',
    severity: 'warning',
    bad: { 'roles.unauthenticated': role },
    good: { 'roles.unauthenticated': null },
    in: { parent: { allowUnauthenticatedIdentities: false } },
  },
  {
    code: 'COG2431',
    field: 'roles.unauthenticated',
    severity: 'warning',
    bad: { 'roles.unauthenticated': null },
    good: { 'roles.unauthenticated': { $ref: 'roles.guest', attr: 'arn' } },
    in: { parent: { allowUnauthenticatedIdentities: true } },
  },
  {
    code: 'COG2432',
    field: 'roles.authenticated',
    bad: { 'roles.authenticated': { $ref: 'roles.member', attr: 'arn' } },
    good: { 'roles.authenticated': { $ref: 'roles.member', attr: 'arn' } },
    in: memberOf('unauthenticated'),
    goodIn: memberOf('authenticated'),
  },
]

export const principalTagsExamples: Example[] = [
  {
    code: 'COG2441',
    field: 'provider',
    bad: { provider: { $ref: 'userPools.b', attr: 'provider' } },
    good: { provider: { $ref: 'userPools.a', attr: 'provider' } },
    in: { parent: pool },
  },
  {
    code: 'COG2441',
    field: 'provider',
    bad: { provider },
    good: { provider: 'login.shop' },
    in: { parent: { ...pool, cognitoIdentityProviders: [], developerProviderName: 'login.shop' } },
  },
  {
    code: 'COG2442',
    field: 'tags',
    severity: 'warning',
    bad: { useDefaults: true, tags: { tenant: 'custom:tenant' } },
    good: { useDefaults: false, tags: { tenant: 'custom:tenant' } },
  },
]
