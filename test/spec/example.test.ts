// The example of the documentation, with the real kinds.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { parseSpec } from '../../src/spec/index.ts'

const text = readFileSync(new URL('fixtures/example.yaml', import.meta.url))
const example = (environment: string) => parseSpec({ file: 'cognito.yaml', text }, { kinds, environment })
const find = (environment: string, address: string) =>
  example(environment).spec?.resources.find(resource => resource.address === address)

it('is right in each of its environments', () => {
  for (const environment of ['dev', 'prod']) expect(example(environment).diagnostics).toEqual([])
})

it('says which resources should exist', () => {
  expect(example('prod').spec?.resources.map(({ address }) => address)).toEqual([
    'userPools.customers',
    // what its triggers ask for
    'userPools.customers.invokePermission.pre-sign-up',
    'userPools.customers.invokePermission.tokens',
    'userPools.customers.domain.prefix',
    'userPools.customers.domain.custom',
    'userPools.customers.resourceServers.orders',
    'userPools.customers.clients.web',
    'userPools.customers.clients.worker',
    'identityPools.app',
    'identityPools.app.roles',
    'roles.member',
    'roles.admin',
  ])
  expect(example('dev').spec?.resources.map(({ address }) => address)).not.toContain(
    'userPools.customers.domain.custom',
  )
})

it('reads settings, short forms and references', () => {
  expect(find('prod', 'userPools.customers')?.spec).toMatchObject({
    'usernameConfiguration.caseSensitive': false,
    'mfa.softwareToken.enabled': true,
    'triggers.preTokenGeneration': { version: 'V2_0' },
    tags: { team: 'identity' },
  })
  expect(find('dev', 'userPools.customers.clients.web')?.spec).toMatchObject({
    name: 'web',
    callbackUrls: ['http://localhost:3000/callback'],
    allowedOAuthScopes: [
      'openid',
      'email',
      { $ref: 'userPools.customers.resourceServers.orders', attr: 'scopes.read' },
    ],
    allowedOAuthFlowsUserPoolClient: true,
  })
  expect(find('prod', 'identityPools.app')?.spec).toMatchObject({
    cognitoIdentityProviders: [{ client: { $ref: 'userPools.customers.clients.web', attr: '' } }],
  })
  expect(find('prod', 'identityPools.app.roles')?.spec).toMatchObject({
    'roles.authenticated': { $ref: 'roles.member', attr: 'arn' },
    roleMappings: { $entries: [[{ $ref: 'userPools.customers.clients.web', attr: '' }, { type: 'Token' }]] },
  })
  expect(JSON.stringify(find('prod', 'roles.member')?.spec['policies'])).toContain(
    '${cognito-identity.amazonaws.com:sub}',
  )
})

it('accepts the examples of every row', () => {
  for (const kind of kinds)
    for (const field of kind.fields)
      for (const example of field.examples) {
        const result = field.secret === true ? { success: true } : field.schema().safeParse(example)
        expect([kind.name, field.path, result.success]).toEqual([kind.name, field.path, true])
      }
})
