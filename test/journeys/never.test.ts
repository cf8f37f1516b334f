// What cogsync never does: for each promise, tests that try to make it happen.
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { makePlan, readSpec, savePlan } from '../../src/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Fault } from '../../src/sandbox/index.ts'
import { command } from './command.ts'
import { type Bench, changeOf, leftIn, onBench, refusal, writesOf } from './run.ts'
import { secretsIn } from './vaults.ts'

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'

const protectedPool = 'userPoolTier: PLUS\n    addOns: { advancedSecurityMode: ENFORCED }'

/** A block of the pool for every kind that has one there; where it is none, the file has the kind anyway. */
const subjects: { [kind: string]: string } = {
  userPool: '',
  userPoolClient: '',
  userPoolDomain: 'domain: { prefix: shop-login-4e17 }',
  resourceServer: 'resourceServers: { orders: { identifier: orders } }',
  identityProvider:
    'identityProviders: { Corp: { type: SAML, details: { MetadataURL: "https://id.corp.example/saml" } } }',
  group: 'groups: { admins: {} }',
  identityPool: '',
  identityPoolRoles: '',
  principalTags: '',
  role: '',
  poolSessions: 'sessions: { userSessionTracking: ENABLED }',
  clientSessions: 'sessions: { userSessionTracking: ENABLED }',
  poolRisk: `${protectedPool}
    risk: { riskExceptionConfiguration: { blockedIpRangeList: ["192.0.2.0/24"] } }`,
  clientRisk: protectedPool,
  terms: '',
  logDelivery:
    'logDelivery: { userNotification: { logLevel: ERROR, cloudWatchLogsConfiguration: { logGroupArn: "arn:aws:logs:eu-west-1:111122223333:log-group:x" } } }',
  webAcl:
    'webAcl: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/shop/0a1b2c3d-0000-4000-8000-000000000000"',
  managedLoginBranding: `userPoolTier: ESSENTIALS
    domain: { prefix: shop-login-4e17, managedLoginVersion: 2 }`,
  poolUiCustomization: `domain: { prefix: shop-login-4e17 }
    uiCustomization: { css: ".banner-customizable { background-color: #123456; }" }`,
  clientUiCustomization: 'domain: { prefix: shop-login-4e17 }',
  replica: `key: { keyType: CUSTOMER_MANAGED_KEY, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-1" }
    replicas: { us-west-2: { status: ACTIVE } }`,
  invokePermission: `invokePermission: manage
    triggers: { preSignUp: "arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up" }`,
}
/** What stands in the client's block, for kinds that have theirs there. */
const ofClient: { [kind: string]: string } = {
  managedLoginBranding: 'branding: { settings: { components: { form: { borderRadius: 4 } } } }',
  clientUiCustomization: 'uiCustomization: { css: ".banner-customizable { background-color: #123456; }" }',
  clientSessions: 'sessions: { ssoSession: { maxValidity: 8h } }',
  clientRisk: 'risk: { riskExceptionConfiguration: { blockedIpRangeList: ["192.0.2.0/24"] } }',
  terms: 'terms: { terms-of-use: { links: { "cognito:default": "https://shop.example/terms" } } }',
}
/** A file that has the kind: beside the others only where it is the subject, since a domain takes its time. */
const fileFor = (kind: string): string => `${head}userPools:
  customers:
    ${subjects[kind] ?? ''}
    clients: { web: { ${ofClient[kind] ?? ''} } }
identityPools:
  app:
    cognitoIdentityProviders: [{ client: customers.web }]
    roles: { authenticated: "\${roles.member.arn}" }
    principalTags: { customers: { tags: { tenant: email } } }
roles:
  member: { trust: { identityPool: app, tagSession: true }, policies: { look: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: "*" }] } } }
`

test('every kind has a block to be tried with', () => {
  expect(Object.keys(subjects).sort()).toEqual(kinds.map(({ name }) => name).sort())
})

const strike = (
  bench: Bench,
  operation: string,
  action: Fault['then'],
  service = 'cognito-idp',
): (() => void) =>
  // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
  bench.sandbox.inject({ when: { service, operation }, then: action, times: 1 })

describe('a secret is never logged, printed, saved or put into a comment', () => {
  const secret = 'OnlyCognitoMayKnowThis+123456789'
  const withSecret = `${head}secrets: { own: { env: JOURNEY_SECRET } }
userPools:
  customers:
    clients:
      server: { clientSecret: "\${secret.own}", explicitAuthFlows: [ALLOW_USER_SRP_AUTH] }
`
  /** With the secret in its variable. */
  const withVariable = (work: (bench: Bench) => Promise<void>) =>
    onBench(async bench => {
      process.env['JOURNEY_SECRET'] = secret
      try {
        await work(bench)
      } finally {
        delete process.env['JOURNEY_SECRET']
      }
    })
  /** Neither as it is nor in the ways that machines write it. */
  const isNowhereIn = (text: string, value = secret) => {
    for (const form of [
      value,
      encodeURIComponent(value),
      Buffer.from(value).toString('base64'),
      value.slice(0, 12),
    ])
      expect(text).not.toContain(form)
  }

  test('a declared secret is in no plan, saved plan, report or output of a command', () =>
    withVariable(async bench => {
      const config = await bench.file(withSecret)
      const plan = await bench.plan(config)
      isNowhereIn(savePlan(plan))
      expect(changeOf(plan, 'userPools.customers.clients.server').fields).toContainEqual(
        expect.objectContaining({ path: 'clientSecret', secret: 'unchecked' }),
      )
      for (const argv of [
        ['validate', '--json'],
        ['plan', '--out', 'plan.json'],
        ['plan', '--json'],
        ['plan', '--markdown'],
        ['show', 'plan.json'],
        ['apply', 'plan.json', '--yes'],
        ['apply', '--yes', '--json'],
        ['drift', '--json'],
      ])
        isNowhereIn((await command(bench, ...argv)).said)
      isNowhereIn(JSON.stringify(bench.sandbox.requests))
    }))

  test('a declared secret does reach Cognito', () =>
    withVariable(async bench => {
      await bench.make(await bench.file(withSecret))
      expect(await secretsIn(bench)).toEqual([secret])
    }))

  test('a secret that AWS generated is in nothing that was read, planned, saved or printed', () =>
    onBench(async bench => {
      const config = await bench.file(
        `${head}userPools: { customers: { clients: { server: { generateSecret: true } } } }\n`,
      )
      const first = await bench.plan(config)
      const report = await bench.apply(first)
      const [generated = ''] = await secretsIn(bench)
      expect(generated.length).toBeGreaterThan(20)
      isNowhereIn(JSON.stringify(report), generated)
      await bench.file(
        `${head}userPools: { customers: { clients: { server: { generateSecret: true, authSessionValidity: 5m } } } }\n`,
      )
      const options = { config, cwd: bench.folder, endpoint: bench.sandbox.url }
      const parsed = await readSpec(options)
      const made = await makePlan({ ...parsed, spec: parsed.spec! }, options)
      isNowhereIn(JSON.stringify(made), generated)
      isNowhereIn(savePlan(made.plan), generated)
      for (const argv of [
        ['plan'],
        ['plan', '--json'],
        ['plan', '--markdown'],
        ['drift'],
        ['apply', '--yes', '--json'],
      ])
        isNowhereIn((await command(bench, ...argv)).said, generated)
      expect(await secretsIn(bench)).toEqual([generated])
    }))

  test('an error of AWS that repeats the secret is printed without it', () =>
    withVariable(async bench => {
      const config = await bench.file(withSecret)
      const message = `1 validation error detected: Value '${secret}' at 'clientSecret' failed to satisfy constraint`
      const plan = await bench.plan(config)
      strike(bench, 'CreateUserPoolClient', { error: { code: 'InvalidParameterException', message } })
      const report = await bench.apply(plan)
      expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'failed'])
      isNowhereIn(JSON.stringify(report))
      strike(bench, 'CreateUserPoolClient', { error: { code: 'InvalidParameterException', message } })
      const ran = await command(bench, 'apply', '--yes')
      // nothing was done, so this is a failure and not a partial one
      expect(ran.code).toBe(1)
      isNowhereIn(ran.said)
    }))

  test('a secret in a setting that is shown is refused before anything is read', () =>
    withVariable(async bench => {
      await bench.file(
        `${head}secrets: { own: { env: JOURNEY_SECRET } }\nuserPools: { customers: { name: "\${secret.own}" } }\n`,
      )
      const ran = await command(bench, 'plan')
      expect(ran.code).toBe(3)
      isNowhereIn(ran.said)
      expect(bench.sandbox.requests).toEqual([])
    }))

  test('a secret that has no value stops the run before the first write', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(withSecret))
      expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 1, code: 'no-secret' })
      expect(writesOf(bench.sandbox)).toEqual([])
    }))
})

describe('a placeholder is never written over a secret', () => {
  test('an update of a client says nothing about its secret, whether its own or generated', () =>
    onBench(async bench => {
      process.env['JOURNEY_SECRET'] = 'OnlyCognitoMayKnowThis+123456789'
      try {
        const file = (minutes: number) => `${head}secrets: { own: { env: JOURNEY_SECRET } }
userPools:
  customers:
    clients:
      own: { clientSecret: "\${secret.own}", authSessionValidity: ${minutes}m }
      generated: { generateSecret: true, authSessionValidity: ${minutes}m }
`
        await bench.make(await bench.file(file(5)))
        const before = await secretsIn(bench)
        bench.sandbox.resetLog()
        await bench.make(await bench.file(file(6)))
        const writes = bench.sandbox.requests.filter(({ write }) => write)
        expect(writes.map(({ operation }) => operation)).toEqual([
          'UpdateUserPoolClient',
          'UpdateUserPoolClient',
        ])
        for (const { input } of writes)
          expect(Object.keys(input).filter(key => /secret/i.test(key))).toEqual([])
        expect(await secretsIn(bench)).toEqual(before)
      } finally {
        delete process.env['JOURNEY_SECRET']
      }
    }))
})

describe('nothing that holds people or identities is deleted by omission', () => {
  const whole = `${head}userPools:
  customers:
    resourceServers: { orders: { identifier: orders, scopes: { read: Read } } }
    attributes: { "custom:tenant": { type: String } }
    clients: { web: {}, phone: {} }
  staff: {}
identityPools:
  app: { cognitoIdentityProviders: [{ client: customers.web }], roles: { authenticated: "\${roles.member.arn}" } }
roles:
  member: { trust: { identityPool: app }, policies: { look: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:GetObject", Resource: "*" }] } } }
`
  for (const [what, less] of [
    ['a client', whole.replace('phone: {}', '')],
    ['a pool', whole.replace('  staff: {}\n', '')],
    ['a resource server', whole.replace(/ {4}resourceServers: .*\n/, '')],
    ['a scope', whole.replace(', scopes: { read: Read }', '')],
    ['a custom attribute', whole.replace(/ {4}attributes: .*\n/, '')],
    ['an identity pool and its role', whole.replace(/^identityPools:[\s\S]*$/m, '')],
    ["a role's policy", whole.replace(/, policies: .*\}\n/, ' }\n')],
    ['everything', `${head}userPools: {}\n`],
  ] as const)
    test(`${what} that is no longer in the file stays`, () =>
      onBench(async bench => {
        await bench.make(await bench.file(whole))
        expect(less).not.toBe(whole)
        const config = await bench.file(less)
        const plan = await bench.plan(config)
        expect(plan.changes.map(({ action }) => action).filter(action => action !== 'none')).toEqual([])
        bench.sandbox.resetLog()
        await bench.apply(plan)
        expect(writesOf(bench.sandbox)).toEqual([])
      }))

  test('a domain that is no longer in the file stays, and is drift', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(`${head}userPools: { customers: { domain: { prefix: shop-login-4e17 } } }\n`),
      )
      const plan = await bench.plan(await bench.file(`${head}userPools: { customers: {} }\n`))
      expect(plan.changes.map(({ action }) => action)).toEqual(['none'])
      expect(leftIn(plan)).toEqual(['unlisted userPools.customers.domain.prefix'])
    }))

  test('prune does not reach clients and domains', () =>
    onBench(async bench => {
      await bench.make(await bench.file(whole))
      for (const collection of ['clients', 'domain']) {
        await bench.file(`${head}userPools: { customers: { prune: [${collection}] } }\n`)
        const ran = await command(bench, 'plan')
        expect(ran.code).toBe(3)
      }
    }))

  test('a user pool cannot be removed even by name', () =>
    onBench(async bench => {
      await bench.file(`${head}removed: { userPools: [customers] }\nuserPools: {}\n`)
      expect((await command(bench, 'plan')).code).toBe(3)
      expect(bench.sandbox.requests).toEqual([])
    }))

  test('a role of another stack is not removed, though the file names it', () =>
    onBench(async bench => {
      await bench.make(await bench.file(whole.replace('stack: shop', 'stack: other')))
      const plan = await bench.plan(await bench.file(`${head}removed: { roles: [member] }\n`))
      expect(plan.diagnostics.map(({ code }) => code)).toEqual(['COG4003'])
      expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
    }))
})

describe('a creation whose outcome is unknown is never repeated without looking', () => {
  const creations = kinds.flatMap(({ name, create }) =>
    create === undefined ? [] : [[name, ...create.operation.split(':')] as const],
  )

  for (const [kind, service = '', operation = ''] of creations)
    for (const [when, action, times] of [
      ['the reply is lost', { drop: 'after' }, 1],
      ['the request is lost', { drop: 'before' }, 2],
      ['the server fails', { error: { code: 'InternalErrorException', message: 'oops', status: 500 } }, 2],
    ] as const)
      test(`${operation}: when ${when}, there is one in the end`, () =>
        onBench(async bench => {
          const config = await bench.file(fileFor(kind))
          const plan = await bench.plan(config)
          strike(bench, operation, action, service)
          const report = await bench.apply(plan)
          expect(report.outcomes.filter(({ status }) => status !== 'done')).toEqual([])
          const sent = bench.sandbox.requests
          expect(sent.filter(request => request.operation === operation)).toHaveLength(times)
          // between two attempts there was a look
          const [first, second] = sent.flatMap((request, index) =>
            request.operation === operation ? [index] : [],
          )
          if (second !== undefined)
            expect(sent.slice((first ?? 0) + 1, second).some(({ write }) => !write)).toBe(true)
          await bench.rest(config)
        }))

  test('when somebody makes one of that name after the plan, the plan is stale and no second one is made', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const plan = await bench.plan(
        await bench.file(`${head}userPools: { customers: { clients: { web: {} } } }\n`),
      )
      await makeClients(bench, 'web')
      expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 5, code: 'stale-plan' })
      expect(await clientsIn(bench)).toHaveLength(1)
    }))
})

async function clientsIn({ cognito }: Bench): Promise<string[]> {
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  const { UserPoolClients } = await cognito.send(
    new ListUserPoolClientsCommand({ UserPoolId: UserPools?.[0]?.Id }),
  )
  return (UserPoolClients ?? []).map(({ ClientId }) => ClientId as string)
}

/** Clients of the only pool, made by hand. */
async function makeClients({ cognito }: Bench, ...names: string[]): Promise<string[]> {
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  const ids: string[] = []
  for (const ClientName of names) {
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPools?.[0]?.Id, ClientName }),
    )
    ids.push(UserPoolClient?.ClientId as string)
  }
  return ids
}

describe('a duplicate is never deleted, nor chosen, without being told which', () => {
  const withWeb = `${head}userPools: { customers: { clients: { web: {} } } }\n`

  test('two clients of the name that the file gives are an error with both ids', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const ids = await makeClients(bench, 'web', 'web')
      const plan = await bench.plan(await bench.file(withWeb))
      expect(plan.diagnostics.map(({ code }) => code)).toEqual(['COG4002'])
      for (const id of ids) expect(plan.diagnostics[0]?.message).toContain(id)
      bench.sandbox.resetLog()
      expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
      expect(writesOf(bench.sandbox)).toEqual([])
      expect((await clientsIn(bench)).sort()).toEqual(ids.sort())
    }))

  test('told which by id, the other one stays', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const ids = await makeClients(bench, 'web', 'web')
      const config = await bench.file(
        `${head}userPools: { customers: { clients: { web: { id: ${ids[1]}, authSessionValidity: 5m } } } }\n`,
      )
      await bench.make(config)
      expect((await clientsIn(bench)).sort()).toEqual(ids.sort())
    }))

  test('a tombstone whose name two clients bear deletes neither', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const ids = await makeClients(bench, 'legacy', 'legacy')
      const plan = await bench.plan(
        await bench.file(`${head}userPools: { customers: { removed: { clients: [legacy] } } }\n`),
      )
      expect(plan.diagnostics.map(({ code }) => code)).toEqual(['COG4002'])
      for (const id of ids) expect(plan.diagnostics[0]?.message).toContain(id)
      expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
      expect((await clientsIn(bench)).sort()).toEqual(ids.sort())
    }))

  test('a tombstone that gives an id deletes that one', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const [first, second] = await makeClients(bench, 'legacy', 'legacy')
      await bench.make(
        await bench.file(`${head}userPools: { customers: { removed: { clients: [${first}] } } }\n`),
      )
      expect(await clientsIn(bench)).toEqual([second])
    }))

  test('two pools with the same tags are an error with both ids', () =>
    onBench(async bench => {
      const ids: string[] = []
      for (const PoolName of ['customers', 'customers']) {
        const { UserPool } = await bench.cognito.send(
          new CreateUserPoolCommand({
            PoolName,
            UserPoolTags: { 'cogsync:stack': 'shop', 'cogsync:key': 'customers' },
          }),
        )
        ids.push(UserPool?.Id as string)
      }
      const plan = await bench.plan(await bench.file(`${head}userPools: { customers: {} }\n`))
      expect(plan.diagnostics.map(({ code }) => code)).toEqual(['COG4002'])
      for (const id of ids) expect(plan.diagnostics[0]?.message).toContain(id)
      expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
    }))
})

describe('"no drift" is never said when something could not be read', () => {
  // the lists of these give all that is to be known; one is read alone only before it is written
  const listed = ['cognito-idp:DescribeResourceServer', 'cognito-idp:GetGroup']
  const reads = kinds.flatMap(({ name, read }) =>
    read.operations
      .filter(operation => !listed.includes(operation))
      .map(operation => [name, operation] as const),
  )

  // Cognito has two names for it; one operation under the second is enough
  for (const [kind, operation] of reads)
    for (const code of ['AccessDeniedException', ...(kind === 'userPool' ? ['NotAuthorizedException'] : [])])
      test(`${operation} is refused with ${code}: the answer is incomplete, and nothing is written`, () =>
        onBench(async bench => {
          const config = await bench.file(fileFor(kind))
          await bench.make(config)
          const [service, name] = operation.split(':')
          bench.sandbox.inject({
            when: {
              ...(service !== undefined && { service }),
              ...(name !== undefined && { operation: name }),
            },
            // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
            then: {
              error: { code, message: 'User is not authorized', status: service === 'iam' ? 403 : 400 },
            },
          })
          bench.sandbox.resetLog()
          const ran = await command(bench, 'drift')
          expect(bench.sandbox.requests.some(({ operation }) => operation === name)).toBe(true)
          expect(ran.code).toBe(4)
          const planned = await bench.plan(config).catch((error: { exit?: number }) => error)
          if ('changes' in planned) {
            expect(planned.unread.map(one => one.operation)).toContain(operation)
            expect(leftIn(planned)).not.toEqual([])
            // what could not be read is not taken for missing
            expect(planned.changes.filter(({ action }) => action === 'create')).toEqual([])
          } else expect(planned.exit).toBe(4)
          expect(writesOf(bench.sandbox)).toEqual([])
        }))
})
