// Plans to render: small values of the vocabulary, one for each thing a reader may meet.
import type { Change, FieldChange, Plan } from '../../src/model.ts'

export const change = (fields: Partial<Change> & Pick<Change, 'address' | 'kind' | 'action'>): Change => ({
  name: fields.address.split('.').at(-1) ?? '',
  path: fields.address.split('.'),
  ids: {},
  fields: [],
  blocked: [],
  preserved: [],
  impact: [...new Set(fields.fields?.flatMap(field => field.impact) ?? [])],
  after: [],
  calls: [],
  ...fields,
})

export const set = (
  path: string,
  before: FieldChange['before'],
  after: FieldChange['after'],
  more: Partial<FieldChange> = {},
): FieldChange => ({
  path,
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
  impact: ['in-place'],
  ...more,
})

export const plan = (fields: Partial<Plan> = {}): Plan => ({
  format: 2,
  tool: 'cogsync/0.1.0',
  target: {
    stack: 'shop',
    environment: 'prod',
    account: '111122223333',
    region: 'eu-west-1',
    partition: 'aws',
  },
  changes: [],
  unlisted: [],
  unclaimed: [],
  unread: [],
  diagnostics: [],
  fingerprints: {},
  known: {},
  secrets: {},
  digests: {},
  desired: '0',
  hash: 'sha256:0',
  ...fields,
})

const policy = (
  actions: string[],
  resource = 'arn:aws:s3:::shop-uploads/${cognito-identity.amazonaws.com:sub}/*',
) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: actions, Resource: resource },
    { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
  ],
})

export const nothing = plan()

export const firstApply = plan({
  changes: [
    change({
      address: 'userPools.customers',
      kind: 'userPool',
      name: 'shop-customers',
      action: 'create',
      fields: [
        set('name', undefined, 'shop-customers'),
        set('userPoolTier', undefined, 'ESSENTIALS'),
        set('usernameAttributes', undefined, ['email']),
        set('autoVerifiedAttributes', undefined, ['email']),
        set('attributes', undefined, {
          email: { required: true, mutable: true },
          'custom:tenant': { type: 'String', maxLength: 64 },
        }),
        set('passwordPolicy.minimumLength', undefined, 12),
        set('passwordPolicy.requireSymbols', undefined, false),
        set('passwordPolicy.temporaryPasswordValidity', undefined, '7d'),
        set('adminCreateUser.unusedAccountValidityDays', undefined, 7),
        set('verificationTemplate.emailMessage', undefined, 'Hello,\n\nyour code is {####}.\nThe shop'),
        set('tags', undefined, { team: 'identity' }),
      ],
    }),
    change({
      address: 'userPools.customers.clients.web',
      kind: 'userPoolClient',
      action: 'create',
      after: ['userPools.customers'],
      fields: [
        set('allowedOAuthFlows', undefined, ['code']),
        set('allowedOAuthScopes', undefined, [
          'openid',
          'email',
          { $join: [{ $ref: 'userPools.customers.resourceServers.orders', attr: 'identifier' }, '/read'] },
        ]),
        set('callbackUrls', undefined, [
          'https://shop.example/callback',
          'https://staging.shop.example/callback',
          'http://localhost:3000/callback',
        ]),
        set('accessTokenValidity', undefined, '1h'),
      ],
    }),
    change({
      address: 'userPools.customers.identityProviders.Google',
      kind: 'identityProvider',
      action: 'create',
      fields: [
        set('details.client_id', undefined, '123.apps.googleusercontent.com'),
        set('details.client_secret', undefined, { $secret: 'google' }, { secret: 'changed' }),
      ],
      impact: ['security-loosening'],
    }),
    change({
      address: 'identityPools.app',
      kind: 'identityPool',
      action: 'create',
      fields: [set('allowUnauthenticatedIdentities', undefined, false)],
    }),
    change({
      address: 'identityPools.app.roles',
      kind: 'identityPoolRoles',
      name: '',
      action: 'create',
      fields: [set('roles.authenticated', undefined, { $ref: 'roles.member', attr: 'arn' })],
    }),
    change({
      address: 'roles.member',
      kind: 'role',
      name: 'shop-member',
      action: 'create',
      fields: [
        set('trust', undefined, {
          $json: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Federated: 'cognito-identity.amazonaws.com' },
                Action: 'sts:AssumeRoleWithWebIdentity',
                Condition: {
                  StringEquals: {
                    'cognito-identity.amazonaws.com:aud': { $ref: 'identityPools.app', attr: 'id' },
                  },
                },
              },
            ],
          },
        }),
        set('policies', undefined, { uploads: policy(['s3:PutObject']) }),
      ],
    }),
  ],
})

export const everything = plan({
  changes: [
    change({
      address: 'userPools.customers',
      kind: 'userPool',
      name: 'shop-customers',
      action: 'update',
      fields: [
        set('passwordPolicy.minimumLength', 12, 8, { impact: ['security-loosening'] }),
        set('mfa.configuration', 'OPTIONAL', 'ON', { impact: ['security-tightening'] }),
        set('userPoolTier', 'ESSENTIALS', 'PLUS', { impact: ['cost'] }),
        set(
          'attributes',
          { email: { required: true, mutable: true } },
          { email: { required: true, mutable: true }, 'custom:tenant': { type: 'String', maxLength: 64 } },
          { impact: ['irreversible'] },
        ),
        set(
          'accountRecovery',
          ['verified_email', 'verified_phone_number'],
          ['verified_phone_number', 'verified_email'],
        ),
        set(
          'verificationTemplate.emailMessage',
          'Hello,\n\nyour code is {####}.\nIt is good for a day.\n\nThe shop\nMain street 1\nTown',
          'Hello,\n\nyour code is {####}.\nIt is good for one hour.\n\nThe shop\nMain street 1\nTown',
        ),
        set('verificationTemplate.emailSubject', 'Your code', null),
        set('tags', { team: 'identity', cost: '12' }, { team: 'platform', owner: 'ann' }),
        set('device.challengeRequiredOnNewDevice', true, null, { restored: true }),
        set('adminCreateUser.allowAdminCreateUserOnly', true, false, {
          restored: true,
          impact: ['security-loosening'],
        }),
      ],
      blocked: [
        {
          path: 'usernameAttributes',
          before: ['email'],
          after: ['phone_number'],
          code: 'COG4101',
          reason:
            'what users sign in with is fixed when the pool is created, and a new pool would start without its users',
          remedy:
            'put back [email], or make a second pool beside this one and move users over with a migration trigger',
        },
      ],
    }),
    change({
      address: 'userPools.customers.clients.web',
      kind: 'userPoolClient',
      action: 'update',
      fields: [
        set(
          'callbackUrls',
          ['https://shop.example/callback', 'https://old.shop.example/callback'],
          ['https://shop.example/callback', 'https://new.shop.example/callback'],
          { impact: ['login-breaking'] },
        ),
        set('accessTokenValidity', '1h', '30m', { impact: ['security-tightening'] }),
      ],
    }),
    change({
      address: 'userPools.customers.clients.legacy-web',
      kind: 'userPoolClient',
      action: 'delete',
      ids: { UserPoolId: 'eu-west-1_AbC123xyz', ClientId: '1h57kf5cpq17m0eml12EXAMPLE' },
      impact: ['login-breaking'],
    }),
    change({
      address: 'userPools.customers.domain.prefix',
      kind: 'userPoolDomain',
      name: 'shop-login',
      action: 'replace',
      ids: { Domain: 'shop-old' },
      fields: [set('prefix', 'shop-old', 'shop-login', { impact: ['login-breaking'] })],
    }),
    change({
      address: 'userPools.customers.identityProviders.Apple',
      kind: 'identityProvider',
      action: 'update',
      fields: [
        set('details.key_id', 'ABC', 'DEF'),
        set('details.private_key', { $secret: 'apple' }, { $secret: 'apple' }, { secret: 'unchecked' }),
      ],
    }),
    change({
      address: 'userPools.customers.resourceServers.orders',
      kind: 'resourceServer',
      action: 'update',
      fields: [set('scopes', { read: 'Read orders' }, { read: 'Read all orders', write: 'Change orders' })],
      preserved: ['scopes.legacy'],
    }),
    change({
      address: 'identityPools.app',
      kind: 'identityPool',
      name: 'app',
      action: 'adopt',
      ids: { IdentityPoolId: 'eu-west-1:0a1b2c3d-0000-4000-8000-000000000000' },
    }),
    change({
      address: 'roles.member',
      kind: 'role',
      name: 'shop-member',
      action: 'update',
      fields: [
        set(
          'policies',
          { uploads: policy(['s3:PutObject']) },
          { uploads: policy(['s3:PutObject', 's3:GetObject']) },
          { impact: ['security-loosening'] },
        ),
        set('maxSessionDuration', '1h', '2h'),
      ],
    }),
    change({
      address: 'roles.admin',
      kind: 'role',
      name: 'shop-admin',
      action: 'blocked',
      blocked: [
        {
          path: 'name',
          before: 'shop-admin',
          after: 'shop-root',
          code: 'COG4102',
          reason: 'IAM cannot rename a role',
          remedy:
            'add a role with the new name beside this one, point to it, then list the old one under `removed`',
        },
      ],
    }),
  ],
  unlisted: [
    {
      kind: 'userPoolClient',
      address: 'userPools.customers.clients.probe',
      name: 'probe',
      id: '4t7example',
      drift: false,
    },
    {
      kind: 'identityProvider',
      address: 'userPools.customers.identityProviders.Facebook',
      name: 'Facebook',
      drift: true,
    },
  ],
  unread: [
    {
      address: 'roles.auditor',
      operation: 'iam:GetRole',
      reason:
        'AccessDenied: User: arn:aws:iam::111122223333:user/ci is not authorized to perform: iam:GetRole',
    },
  ],
  diagnostics: [
    {
      code: 'COG4201',
      severity: 'warning',
      path: ['userPools', 'customers', 'ignore', 0],
      message: '`ignore` of lambdaConfig ended on 2026-10-01',
      hint: 'take it out, or give it a later date',
      at: { file: 'cognito.yaml', line: 14, column: 9, endLine: 14, endColumn: 24 },
    },
  ],
})

/** Every string in it is an attack. */
export const hostile = (text: string): Plan =>
  plan({
    target: { stack: text, environment: text, account: text, region: text, partition: 'aws' },
    changes: [
      change({
        address: `userPools.${text}`,
        kind: 'userPool',
        name: text,
        action: 'adopt',
        ids: { UserPoolId: text },
        fields: [
          set(text, text, `${text}2`),
          set('list', [text], ['b']),
          set('map', { [text]: text, a: 1 }, { a: { [text]: [text] } }),
          set('long', `${text}\nmore ${'x'.repeat(90)}`, `${text}${text}\nless`),
          set('secret', undefined, { $secret: text }, { secret: 'changed' }),
          set('term', undefined, { $join: [text, { $ref: text, attr: text }] }),
          set('document', undefined, { $json: { [text]: text } }, { restored: true }),
        ],
        blocked: [{ path: text, before: [text], after: text, code: text, reason: text, remedy: text }],
        preserved: [text],
      }),
    ],
    unlisted: [{ kind: 'userPoolClient', address: text, name: text, id: `${text}3`, drift: true }],
    unread: [{ address: text, operation: text, reason: text }],
    diagnostics: [
      { code: text, severity: 'error', path: [text], message: text, hint: text },
      {
        code: text,
        severity: 'error',
        path: [text],
        message: text,
        hint: text,
        at: { file: text, line: 1, column: 1 },
      },
    ],
  })
