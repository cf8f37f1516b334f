// The law of destroying: of every example, each thing can be destroyed alone, and the world is as before but for it.
import { fileURLToPath } from 'node:url'
import { CreateResourceServerCommand, CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { covers } from '../../src/address.ts'
import { applyPlan, planDestruction, readSpec } from '../../src/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Plan, Spec } from '../../src/model.ts'
import { type Bench, onBench, writesOf } from '../journeys/run.ts'
import { differenceOf, remember, thingsIn } from '../journeys/things.ts'

const fileOf = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const product = { name: 'product', config: fileOf('../journeys/product.yaml'), environment: 'prod' }
const examples = [
  product,
  ...['app-team', 'mobile-uploads', 'quickstart', 'server-web-app', 'shop-lab', 'spa-with-identity-pool'].map(
    name => ({ name, config: fileOf(`../../examples/${name}/cognito.yaml`), environment: undefined }),
  ),
]
type Example = (typeof examples)[number]

const parsed = async ({ config, environment }: Example) => {
  const file = await readSpec({ config, ...(environment !== undefined && { environment }) })
  if (file.spec === undefined) throw new Error('the example has errors')
  return { ...file, spec: file.spec }
}

const optionsOf = (bench: Bench, { config, environment }: Example) => ({
  config,
  cwd: bench.folder,
  clock: bench.clock,
  endpoint: bench.sandbox.url,
  ...(environment !== undefined && { environment }),
})

async function destroying(bench: Bench, example: Example, targets: string[]): Promise<Plan> {
  const { plan } = await planDestruction(await parsed(example), { ...optionsOf(bench, example), targets })
  return plan
}

async function carryOut(bench: Bench, example: Example, plan: Plan): Promise<void> {
  const report = await applyPlan(plan, optionsOf(bench, example))
  expect(report.outcomes.filter(({ status }) => status !== 'done')).toEqual([])
}

/** What a file makes that can be destroyed. */
const destroyable = ({ resources }: Spec): string[] =>
  resources
    .filter(({ kind, existing }) => {
      const { presence, remove } = kinds.find(one => one.name === kind) ?? {}
      return presence === 'resource' && remove !== undefined && existing === undefined
    })
    .map(({ address }) => address)

const planOptions = ({ environment }: Example) => (environment === undefined ? {} : { environment })

/** The pool that the app team does not own. */
async function makePlatformPool({ cognito }: Bench): Promise<void> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'platform-people' }))
  const Scopes = ['profile.read', 'mail.send'].map(ScopeName => ({ ScopeName, ScopeDescription: ScopeName }))
  await cognito.send(
    new CreateResourceServerCommand({
      UserPoolId: UserPool?.Id,
      Identifier: 'https://api.platform.example',
      Name: 'Platform',
      Scopes,
    }),
  )
}

async function make(bench: Bench, example: Example): Promise<void> {
  if (example.name === 'app-team') await makePlatformPool(bench)
  await bench.make(example.config, planOptions(example))
}

describe.each(examples)('of $name', example => {
  test('each thing is destroyed alone', () =>
    onBench(async bench => {
      await make(bench, example)
      const restore = remember(bench.sandbox)
      const before = thingsIn(bench.sandbox)
      const { spec } = await parsed(example)
      expect(destroyable(spec).length).toBeGreaterThan(0)
      for (const target of destroyable(spec)) {
        restore()
        bench.sandbox.resetLog()
        const plan = await destroying(bench, example, [target])
        const held = plan.changes.filter(({ blocked }) => blocked.length > 0)
        // what cannot be let go of is said, and nothing is tried
        if (held.length > 0) {
          expect(held.flatMap(({ blocked }) => blocked.map(({ code }) => code))).not.toEqual([])
          continue
        }
        await carryOut(bench, example, plan)
        const { gone, changed, made } = differenceOf(before, thingsIn(bench.sandbox))
        const deletions = plan.changes.filter(({ action }) => action === 'delete')
        const releases = plan.changes.filter(({ action }) => action === 'update')
        expect(deletions.length + releases.length, target).toBe(plan.changes.length)
        expect(
          deletions.every(({ address }) => covers(target, address)),
          target,
        ).toBe(true)
        expect(made, target).toEqual([])
        const inSandbox = deletions.filter(({ ids }) => ids['StatementId'] === undefined)
        // Cognito makes a group for each provider, and takes it away again
        const own = gone.filter(key => !/_Google$/.test(key))
        expect(own, target).toHaveLength(inSandbox.length)
        const idsOf = (list: Plan['changes']) => list.flatMap(({ ids }) => Object.values(ids))
        for (const key of own) expect(idsOf(deletions), target).toContain(key.split(' ').at(-1))
        for (const key of changed) expect(idsOf(releases), target).toContain(key.split(' ').at(-1))
        // the next plan makes it again, gives back what was let go, and has nothing else to do
        const next = await bench.plan(example.config, planOptions(example))
        for (const change of next.changes) {
          // what names the thing by its id gets the new one
          const named = spec.resources.find(({ address }) => address === change.address)
          const follows = JSON.stringify(named?.spec).includes(`"$ref":"${target}`)
          const released = releases.some(({ address }) => address === change.address)
          const expected = covers(target, change.address)
            ? ['create', 'update', 'none']
            : [released || follows ? 'update' : 'none']
          expect(expected, `${target}: ${change.address}`).toContain(change.action)
        }
        const again = await destroying(bench, example, [target])
        expect(again.changes, target).toEqual([])
      }
    }))

  test('everything is destroyed, and what others own is left', () =>
    onBench(async bench => {
      if (example.name === 'app-team') await makePlatformPool(bench)
      const before = thingsIn(bench.sandbox)
      await bench.make(example.config, planOptions(example))
      const { spec } = await parsed(example)
      const targets = destroyable(spec).filter(
        (address, _index, all) => !all.some(other => other !== address && covers(other, address)),
      )
      await carryOut(bench, example, await destroying(bench, example, targets))
      expect(thingsIn(bench.sandbox)).toEqual(before)
      expect((await destroying(bench, example, targets)).changes).toEqual([])
    }))
})

const small = `version: 1
stack: shop
region: eu-west-1
userPools: { customers: { deletionProtection: ACTIVE, domain: { prefix: shop-login-4e17 }, clients: { web: {} } } }
identityPools:
  app:
    cognitoIdentityProviders: [{ client: customers.web }]
    roles: { authenticated: "\${roles.member.arn}" }
    roleMappings: { customers.web: { type: Token, ambiguousRoleResolution: AuthenticatedRole } }
roles: { member: { trust: { identityPool: app } } }
`

test('a destruction that stops at any write goes on where it stopped', () =>
  onBench(async bench => {
    const target = 'userPools.customers'
    const example: Example = { name: 'small', config: await bench.file(small), environment: undefined }
    await make(bench, example)
    const restore = remember(bench.sandbox)
    bench.sandbox.resetLog()
    await carryOut(bench, example, await destroying(bench, example, [target]))
    const end = thingsIn(bench.sandbox)
    const writes = writesOf(bench.sandbox)
    expect(writes).toEqual([
      'SetIdentityPoolRoles',
      'UpdateIdentityPool',
      'DeleteUserPoolDomain',
      'UpdateUserPool',
      'DeleteUserPool',
    ])
    for (const operation of writes)
      for (const action of [
        { error: { code: 'AccessDeniedException', message: 'no', status: 400 } },
        { drop: 'after' as const },
      ]) {
        restore()
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        const heal = bench.sandbox.inject({ when: { operation }, then: action, times: 1 })
        const plan = await destroying(bench, example, [target])
        const report = await applyPlan(plan, optionsOf(bench, example))
        heal()
        const stopped = report.outcomes.some(({ status }) => status !== 'done')
        if (!('drop' in action)) expect(stopped).toBe(true)
        if (stopped) await carryOut(bench, example, await destroying(bench, example, [target]))
        expect(thingsIn(bench.sandbox), operation).toEqual(end)
        expect((await destroying(bench, example, [target])).changes).toEqual([])
      }
  }))
