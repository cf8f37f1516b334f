// Saved plans: what binds them, what does not move their hash, and why one is refused.
import { readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  CreateUserPoolClientCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { loadPlan, savePlan } from '../../src/index.ts'
import type { Change, Plan } from '../../src/model.ts'
import { planHash, sealOf } from '../../src/values/hash.ts'
import { savedPlan } from '../../src/workflows/plan-schema.ts'
import { tool } from '../../src/workflows/version.ts'
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

  const shapes: { [what: string]: [edit: (plan: { [member: string]: unknown }) => unknown, says: string] } = {
    'calls are no list': [
      plan => ({ ...plan, changes: [{ ...(plan['changes'] as Change[])[0], calls: 'x' }] }),
      'changes[0].calls is "x", and a list is expected',
    ],
    'a change is null': [
      plan => ({ ...plan, changes: [null] }),
      'changes[0] is null, and an object is expected',
    ],
    'there is no target': [
      ({ target: _target, ...plan }) => plan,
      'target is missing, and an object is expected',
    ],
    'a stranger stands in it': [plan => ({ ...plan, surprise: 1 }), 'a plan has no member surprise'],
    'a secret has two sources': [plan => ({ ...plan, secrets: { x: { env: 'A', file: 'b' } } }), 'secrets.x'],
    'a digest is none': [
      plan => ({ ...plan, desired: 'x' }),
      'desired is "x", and a SHA-256 digest is expected',
    ],
    'an action is none': [
      plan => ({ ...plan, changes: [{ ...(plan['changes'] as Change[])[0], action: 'explode' }] }),
      'changes[0].action is "explode"',
    ],
    'its format is of tomorrow': [plan => ({ ...plan, format: 3 }), 'format is 3, and 2 is expected'],
  }
  test.each(Object.keys(shapes))('when it is not shaped like one, in one sentence: %s', what =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      const [edit, says] = shapes[what] as (typeof shapes)[string]
      const said = await refuses(bench, JSON.stringify(edit(JSON.parse(savePlan(plan)))))
      expect(said).toContain(says)
    }),
  )

  test('when it is nested too deeply to be one', () =>
    onBench(async bench => {
      const plan = savePlan(await bench.plan(await bench.file(file(5))))
      const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
      expect(await refuses(bench, plan.replace('"unlisted": []', `"unlisted": ${deep}`))).toContain('no plan')
      expect(await refuses(bench, plan.replace('"ids": {', `"ids": { "x": ${deep},`))).toContain('no plan')
    }))

  test('when an older cogsync made it', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      const said = await refuses(bench, JSON.stringify({ ...plan, format: 1 }))
      expect(said).toContain('made by an older cogsync: plan again')
    }))

  test('when its kind is unknown, without its file', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      const changes = plan.changes.map(change => ({ ...change, kind: 'toaster' }))
      const other = { ...plan, changes, hash: planHash({ ...plan, changes }) }
      const said = await refuses(bench, savePlan(other), '--no-file', '--expect-hash', other.hash)
      expect(said).toContain('toaster')
    }))

  test('when its file is not there, naming the ways out', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      await rm(join(bench.folder, 'cognito.yaml'))
      const said = await refuses(bench, savePlan(plan))
      expect(said).toMatch(/cognito\.yaml[\s\S]*--config[\s\S]*--no-file/)
    }))

  test('when it was made with options that this run does not give, unless its hash is expected', () =>
    onBench(async bench => {
      const config = await bench.file(file(5))
      const plan = await bench.plan(config, { adopt: true, allow: ['mass-change', 'cost'] })
      const said = await refuses(bench, savePlan(plan))
      expect(said).toContain('--adopt and --allow mass-change')
      expect(said).not.toContain('--allow cost')
      await refuses(bench, savePlan(plan), '--adopt')
      const again = await command(bench, 'apply', 'plan.json', '--yes', '--expect-hash', plan.hash)
      expect(again.code).toBe(0)
    }))

  test('in another environment than the run names', () =>
    onBench(async bench => {
      const text = `${file(5)}environments: { dev: {}, prod: {} }\n`.replaceAll(
        /^ {2}(member|boss): \{/gm,
        '  $1: { name: "$1-${environment}",',
      )
      const plan = await bench.plan(await bench.file(text), { environment: 'prod' })
      expect(await refuses(bench, savePlan(plan), '--env', 'dev')).toContain('environment prod')
      expect((await command(bench, 'apply', 'plan.json', '--yes')).code).toBe(0)
    }))

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

describe('a saved plan that is carried out', () => {
  test('is made again, beside the file it was made from, in the way it was made', () =>
    onBench(async bench => {
      await bench.file(file(5))
      const made = await command(bench, 'plan', '--out', 'plan.json', '--target', 'roles.member')
      expect(made.code).toBe(0)
      bench.sandbox.resetLog()
      expect((await command(bench, 'apply', 'plan.json', '--yes')).code).toBe(0)
      expect(writesOf(bench.sandbox)).toEqual(['CreateRole'])
    }))

  test('without its file says so', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      await rm(join(bench.folder, 'cognito.yaml'))
      await writeFile(join(bench.folder, 'plan.json'), savePlan(plan))
      const argv = ['apply', 'plan.json', '--yes', '--no-file', '--expect-hash', plan.hash]
      const { code, printed } = await command(bench, ...argv)
      expect(code).toBe(0)
      expect(printed).toContain('without its file')
    }))

  test('without its file is refused when AWS has changed', () =>
    onBench(async bench => {
      await bench.make(await bench.file(file(5)))
      const plan = await bench.plan(await bench.file(file(6)))
      const ids = await clientIn(bench)
      await bench.cognito.send(new UpdateUserPoolClientCommand({ ...ids, ClientName: 'web' }))
      const said = await refuses(bench, savePlan(plan), '--no-file', '--expect-hash', plan.hash)
      expect(said).toMatch(/userPools\.customers\.clients\.web has changed/)
    }))

  test('is shown as what it is: not checked against anything', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      await writeFile(join(bench.folder, 'plan.json'), savePlan(plan))
      for (const form of [[], ['--markdown']])
        expect((await command(bench, 'show', 'plan.json', ...form)).printed).toContain('not checked')
      expect(JSON.parse((await command(bench, 'show', 'plan.json', '--json')).printed)).toMatchObject({
        verified: false,
      })
    }))

  test('that is refused shows the plan of now, as text and as a document', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file(5)))
      await bench.file(file(5).replace('description: always', 'description: never'))
      await writeFile(join(bench.folder, 'plan.json'), savePlan(plan))
      const { printed, code } = await command(bench, 'apply', 'plan.json', '--yes', '--json')
      expect(JSON.parse(printed)).toMatchObject({
        exitCode: code,
        error: { code: 'file-changed' },
        outcomes: [],
        plan: { changes: expect.arrayContaining([expect.objectContaining({ address: 'roles.boss' })]) },
      })
    }))
})

describe('the digests of settings', () => {
  test('stay with the same wish in the same place, and go with any other', () =>
    onBench(async bench => {
      await bench.make(await bench.file(file(5)))
      const config = await bench.file(file(6))
      const source = { file: 'cognito.yaml', commit: 'a'.repeat(40) }
      const address = 'userPools.customers.clients.web'
      const digest = async (options: object) =>
        (await bench.plan(config, options)).digests[address]?.['authSessionValidity']
      const first = await digest({ source })
      expect(first).toMatch(/^[0-9a-f]{64}$/)
      expect(await digest({ source })).toBe(first)
      const others = [
        await digest({ source: { ...source, file: 'other.yaml' } }),
        await digest({ source: { ...source, commit: 'b'.repeat(40) } }),
        await digest({}),
      ]
      expect(new Set([first, ...others]).size).toBe(4)
      expect((await bench.plan(config, { source })).hash).toBe((await bench.plan(config)).hash)
    }))
})

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
