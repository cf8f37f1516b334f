// Saved plans: what binds them, what does not move their hash, and why one is refused.
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  CreateUserPoolClientCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { loadPlan, savePlan } from '../../src/cogsync.ts'
import { planHash, sealOf } from '../../src/engine/hash.ts'
import type { Change, Plan } from '../../src/model.ts'
import { savedPlan } from '../../src/plan-schema.ts'
import { tool } from '../../src/version.ts'
import { turned } from '../laws/everything.ts'
import { command } from './command.ts'
import { type Bench, onBench, refusal, useAccount, writesOf } from './run.ts'

type Answer = { [member: string]: unknown }
const within = (answer: Answer, member: string, change: (inner: Answer) => Answer): Answer => ({
  ...answer,
  [member]: change((answer[member] ?? {}) as Answer),
})

const trust =
  '{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: "sts:AssumeRole" }] }'
/** Before and after: every resource changes, so that all of it is in the plan. */
const file = (minutes: number, extra = '') => `version: 1
stack: shop
region: eu-west-1
userPools:
  customers:
    ${extra}
    autoVerifiedAttributes: [email]
    adminCreateUser: { allowAdminCreateUserOnly: ${minutes === 6} }
    identityProviders:
      Corp: { type: SAML, details: { MetadataURL: "https://id.corp.example/saml" }, idpIdentifiers: [corp.example${minutes === 6 ? ', corp.test' : ''}] }
    resourceServers:
      orders: { identifier: orders, scopes: { write: Change, read: Read } }
      accounts: { identifier: accounts, scopes: { read: Read } }
    groups: { staff: {}, admins: { precedence: 1 } }
    clients:
      web:
        authSessionValidity: ${minutes}m
        allowedOAuthFlows: [code, implicit]
        allowedOAuthScopes: [openid, email, profile]
        callbackUrls: ["https://a.example/", "https://b.example/"]
        explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
roles:
  member: { description: "${minutes}", trust: ${trust} }
  boss: { description: always, trust: ${trust} }
`
const shuffled = file(6)
  .replace('[openid, email, profile]', '[profile, openid, email]')
  .replace('"https://a.example/", "https://b.example/"', '"https://b.example/", "https://a.example/"')
  .replace('[code, implicit]', '[implicit, code]')

const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed).reverse()
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reversed(inner)]))
      : value

const mutating = (operation: string, mutate: (answer: Answer) => Answer) => (bench: Bench) => {
  // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
  bench.sandbox.inject({ when: { operation }, then: { mutate: mutate as never } })
}

const clientIn = async ({ cognito }: Bench) => {
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  const UserPoolId = UserPools?.[0]?.Id
  const { UserPoolClients } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId }))
  return { UserPoolId, ClientId: UserPoolClients?.[0]?.ClientId }
}

/** Everything that changes by itself, or means nothing: none of it moves the hash. */
const volatile: { [what: string]: (bench: Bench) => unknown } = {
  'the number of users': mutating('DescribeUserPool', answer =>
    within(answer, 'UserPool', pool => ({ ...pool, EstimatedNumberOfUsers: 4711 })),
  ),
  'dates of the pool': mutating('DescribeUserPool', answer =>
    within(answer, 'UserPool', pool => ({ ...pool, LastModifiedDate: 1_800_000_000 })),
  ),
  'dates of a client': mutating('DescribeUserPoolClient', answer =>
    within(answer, 'UserPoolClient', client => ({ ...client, LastModifiedDate: 1_800_000_000 })),
  ),
  'when a role was last used': mutating('GetRole', answer =>
    within(answer, 'Role', role => ({
      ...role,
      RoleLastUsed: { LastUsedDate: '2026-11-21T00:00:00Z', Region: 'eu-west-1' },
    })),
  ),
  'a certificate that Cognito generates again': mutating('DescribeIdentityProvider', answer =>
    within(answer, 'IdentityProvider', provider =>
      within(provider, 'ProviderDetails', details => ({
        ...details,
        ActiveEncryptionCertificate: 'another one',
      })),
    ),
  ),
  'sets that AWS answers in another order': mutating(
    'DescribeUserPoolClient',
    answer => reversed(answer) as Answer,
  ),
  'sets that the file has in another order': bench => bench.file(shuffled),
  'a comment in the file': bench => bench.file(`# hello\n${file(6).replace('clients:', 'clients: # apps')}`),
  'a client that registers itself': async bench => {
    const { UserPoolId } = await clientIn(bench)
    const { UserPoolClient } = await bench.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'registered itself' }),
    )
    const slice = bench.sandbox.state.slice<{ [key: string]: never }>('cognito-idp', () => ({}))
    const pool = slice['111122223333']?.['eu-west-1']?.['pools']?.[`${UserPoolId}`] as
      | { clients: { [id: string]: { type?: string } } }
      | undefined
    Object.assign(pool?.clients[`${UserPoolClient?.ClientId}`] ?? {}, { type: 'DCR' })
  },
  'an app client that the file does not list': async bench => {
    const { UserPoolId } = await clientIn(bench)
    await bench.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'unlisted' }))
  },
  'keys that the file has in another order, at every depth': bench => bench.file(turned(file(6))),
  'the order of blocks in the file': bench => {
    const [head = '', roles = ''] = file(6).split('roles:\n')
    return bench.file(head.replace('userPools:', `roles:\n${roles}userPools:`))
  },
}

/** What a plan is about: each of these moves the hash. */
const bound: { [what: string]: (bench: Bench) => unknown } = {
  'what the file says': bench =>
    bench.file(file(6).replace('authSessionValidity: 6m', 'authSessionValidity: 7m')),
  'what the file says of a setting that is so already': bench =>
    bench.file(
      file(
        6,
        'passwordPolicy: { minimumLength: 8, requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true }',
      ),
    ),
  'what AWS has of a resource that the plan touches': async bench => {
    const ids = await clientIn(bench)
    await bench.cognito.send(
      new UpdateUserPoolClientCommand({ ...ids, ClientName: 'web', AuthSessionValidity: 9 }),
    )
  },
}

describe('the hash of a plan', () => {
  test.each(Object.keys(volatile))('does not move with %s', what =>
    onBench(async bench => {
      await bench.make(await bench.file(file(5)))
      const config = await bench.file(file(6))
      const before = await bench.plan(config)
      expect(before.changes.filter(({ action }) => action === 'update')).toHaveLength(4)
      await volatile[what]?.(bench)
      const after = await bench.plan(config)
      expect(after.hash).toBe(before.hash)
      expect(after.changes.map(({ address }) => address)).toEqual(
        before.changes.map(({ address }) => address),
      )
      // nor does it make the saved plan stale
      await bench.apply(loadPlan(savePlan(before)))
      expect((await bench.plan(config)).changes.filter(({ action }) => action !== 'none')).toEqual([])
    }),
  )

  test('does not move when an ignore runs out', () =>
    onBench(async bench => {
      await bench.make(await bench.file(file(5)))
      const until = (date: string) =>
        file(6, `ignore: [{ path: tags.team, reason: "${date}", until: "${date}" }]`)
      const running = await bench.plan(await bench.file(until('2199-01-01')))
      const out = await bench.plan(await bench.file(until('2020-01-01')))
      expect(out.diagnostics.map(({ code }) => code)).toEqual(['COG3007'])
      expect(running.diagnostics).toEqual([])
      expect(out.hash).toBe(running.hash)
    }))

  test.each(Object.keys(bound))('moves with %s', what =>
    onBench(async bench => {
      await bench.make(await bench.file(file(5)))
      const config = await bench.file(file(6))
      const before = await bench.plan(config)
      await bound[what]?.(bench)
      expect((await bench.plan(config)).hash).not.toBe(before.hash)
    }),
  )

  test('moves with the order of rules, which is no set', () =>
    onBench(async bench => {
      const rule = (claim: string) =>
        `{ claim: ${claim}, matchType: Equals, value: x, roleArn: "arn:aws:iam::111122223333:role/${claim}" }`
      const text = (rules: string[]) => `version: 1
stack: shop
region: eu-west-1
userPools: { customers: { clients: { web: {} } } }
identityPools:
  app:
    cognitoIdentityProviders: [{ client: customers.web }]
    roles: { authenticated: "arn:aws:iam::111122223333:role/a" }
    roleMappings: { customers.web: { type: Rules, ambiguousRoleResolution: Deny, rules: [${rules.join(', ')}] } }
`
      const rules = [rule('one'), rule('two')]
      const one = await bench.plan(await bench.file(text(rules)))
      const two = await bench.plan(await bench.file(text(rules.toReversed())))
      expect(one.diagnostics).toEqual([])
      expect(two.hash).not.toBe(one.hash)
    }))

  test('moves with the scope, the stack, the account and the Region, and the major version', () =>
    onBench(async bench => {
      const config = await bench.file(file(6))
      const plan = await bench.plan(config)
      const others = [
        await bench.plan(config, { targets: ['userPools.customers', 'roles.member'] }),
        { ...plan, target: { ...plan.target, stack: 'other' } },
        { ...plan, target: { ...plan.target, account: '444455556666' } },
        { ...plan, target: { ...plan.target, region: 'eu-central-1' } },
        { ...plan, tool: 'cogsync/99.0.0' },
      ]
      const hashes = others.map(planHash)
      expect(new Set([plan.hash, ...hashes]).size).toBe(others.length + 1)
      expect(planHash({ ...plan, tool: tool.replace(/\.\d+$/, '.999') })).toBe(plan.hash)
    }))
})

describe('a saved plan', () => {
  test.each([
    ['of everything new', 'product.yaml', 'prod'],
    ['of what has changed, is blocked, unlisted or unread', undefined, undefined],
  ])('%s is as its schema says', (_what, path, environment) =>
    onBench(async bench => {
      if (path === undefined) await bench.make(await bench.file(file(5)))
      const config =
        path === undefined
          ? await bench.file(
              file(6).replace(
                'clients:',
                'usernameAttributes: [email]\n    removed: { clients: [old] }\n    clients:',
              ),
            )
          : fileURLToPath(new URL(path, import.meta.url))
      const plan = await bench.plan(config, environment === undefined ? {} : { environment })
      const saved: unknown = JSON.parse(savePlan(plan))
      expect(savedPlan.safeParse(saved).error?.issues ?? []).toEqual([])
    }),
  )

  test('has every member that its schema knows described in the documentation', () => {
    const text = readFileSync(new URL('../../docs/plan-format.md', import.meta.url), 'utf8')
    const members = Object.keys(savedPlan.shape)
    expect(members.filter(member => !text.includes(`\`${member}\``))).toEqual([])
  })
})

/** Saves a plan and refuses it, with nothing written. */
async function refuses(bench: Bench, text: string, ...argv: string[]): Promise<string> {
  await writeFile(join(bench.folder, 'plan.json'), text)
  bench.sandbox.resetLog()
  const { code, said } = await command(bench, 'apply', 'plan.json', '--yes', ...argv)
  expect({ code, writes: writesOf(bench.sandbox) }).toEqual({ code: 5, writes: [] })
  return said
}

describe('a saved plan is refused', () => {
  const edits: { [what: string]: (plan: Plan) => Plan } = {
    'a call': plan => ({ ...plan, changes: plan.changes.map(change => ({ ...change, calls: [] })) }),
    'an error taken out': plan => ({ ...plan, diagnostics: [] }),
    'what could not be read': plan => ({ ...plan, unread: [] }),
    'a value that is only shown': plan => ({
      ...plan,
      changes: plan.changes.map(change => ({
        ...change,
        fields: change.fields.map(field => ({ ...field, after: 'harmless' })),
      })),
    }),
    'the number of users': plan => ({ ...plan, people: {} }),
    'when it was made': plan => ({ ...plan, made: '2030-01-01T00:00:00.000Z' }),
  }
  test.each(Object.keys(edits))('when it was edited: %s', what =>
    onBench(async bench => {
      const plan: Plan = {
        ...(await bench.plan(await bench.file(file(5)))),
        diagnostics: [{ code: 'COG4003', severity: 'error', path: [], message: 'm' }],
        unread: [{ address: 'roles.member', operation: 'iam:GetRole', reason: 'no' }],
        people: { 'userPools.customers': 5 },
      }
      const saved = JSON.parse(savePlan(plan)) as { seal: string }
      const edited = JSON.stringify({ ...edits[what]?.(plan), seal: saved.seal })
      expect(await refuses(bench, edited)).toContain('was changed after it was saved')
    }),
  )

  test('when it was edited and sealed again, but not hashed', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      const other = { ...plan, target: { ...plan.target, stack: 'other' } }
      const text = JSON.stringify({ ...other, seal: sealOf(other) })
      expect(await refuses(bench, text)).toContain('was changed after it was saved')
    }))

  test('when another major version made it, in a sentence', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      const said = await refuses(bench, savePlan({ ...plan, tool: 'cogsync/99.1.0' }))
      expect(said).toContain(`made by cogsync/99.1.0, and this is ${tool}`)
    }))

  test.each(['', '{}', '[]', 'null', '{"format":2}', 'version: 1'])('when it is none: %s', text =>
    onBench(async bench => {
      expect(await refuses(bench, text)).toContain('no plan')
    }),
  )

  test('in another account', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      useAccount('444455556666')
      expect(await refuses(bench, savePlan(plan))).toContain('444455556666')
    }))

  test('when the file that --config names says something else by now', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      await bench.file(file(6))
      expect(await refuses(bench, savePlan(plan), '--config', 'cognito.yaml')).toContain('cognito.yaml')
      await bench.file(`# the same\n${file(5)}`)
      await writeFile(join(bench.folder, 'plan.json'), savePlan(plan))
      const { code } = await command(bench, 'apply', 'plan.json', '--yes', '--config', 'cognito.yaml')
      expect(code).toBe(0)
    }))

  test('when what it touches has changed, naming what, when, and how to go on', () =>
    onBench(async bench => {
      await bench.make(await bench.file(file(5)))
      const plan = await bench.plan(await bench.file(file(6)))
      const ids = await clientIn(bench)
      await bench.cognito.send(new UpdateUserPoolClientCommand({ ...ids, ClientName: 'web' }))
      const said = await refuses(bench, savePlan(plan))
      expect(said).toContain(`the plan of ${plan.made}`)
      expect(said).toMatch(/userPools\.customers\.clients\.web has changed \(last at 20\d\d-/)
      expect(said).toContain('plan again')
      expect((await refusal(bench.apply(plan)))['code']).toBe('stale-plan')
    }))
})

test('a plan file holds no character that could act on whoever prints it, and reads back to the same plan', () =>
  onBench(async bench => {
    const plan = await bench.plan(await bench.file(file(5)))
    const name = '\u001b[31m\u202e::add-mask::x\r\n##[command]\u2028\u{e0041}\u0085'
    const [first] = plan.changes
    const changed = { ...plan, changes: [{ ...first, name } as Change, ...plan.changes.slice(1)] }
    const hostile = { ...changed, hash: planHash(changed) }
    const text = savePlan(hostile)
    expect(text).not.toMatch(/[^\n\P{C}]|[\u2028\u2029]|##\[|^\s*::/mu)
    expect(loadPlan(text)).toEqual(hostile)
  }))

describe('--expect-hash', () => {
  test('applies the plan that was reviewed, made again', () =>
    onBench(async bench => {
      const { hash } = await bench.plan(await bench.file(file(5)))
      expect((await command(bench, 'apply', '--yes', '--expect-hash', hash)).code).toBe(0)
    }))

  test('refuses any other plan, and one with nothing to do', () =>
    onBench(async bench => {
      const { hash } = await bench.plan(await bench.file(file(5)))
      await bench.file(file(6))
      bench.sandbox.resetLog()
      const { code, said } = await command(bench, 'apply', '--yes', '--expect-hash', hash)
      expect({ code, writes: writesOf(bench.sandbox) }).toEqual({ code: 5, writes: [] })
      expect(said).toContain('not the plan that was reviewed')
      await bench.make(await bench.file(file(5)))
      expect((await command(bench, 'apply', '--yes', '--expect-hash', hash)).code).toBe(5)
    }))

  test('takes a hash and nothing else', () =>
    onBench(async bench => {
      await bench.file(file(5))
      expect((await command(bench, 'apply', '--yes', '--expect-hash', 'abc')).code).toBe(64)
    }))
})
