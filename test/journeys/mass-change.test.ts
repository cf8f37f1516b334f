// Mass changes stop: much of a collection at once, or a way in for the people of a pool.
import { AdminCreateUserCommand, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { command } from './command.ts'
import { type Bench, onBench, refusal, writesOf } from './run.ts'

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`)

const clients = (count: number, removed: readonly string[] = [], more = '{}') => `${head}userPools:
  customers:
    clients: { ${names(count)
      .filter(name => !removed.includes(name))
      .map(name => `${name}: ${more}`)
      .join(', ')} }
    removed: { clients: [${removed.join(', ')}] }
`

const massErrors = (plan: { diagnostics: { code: string }[] }) =>
  plan.diagnostics.filter(({ code }) => code === 'COG3012').length

describe('of app clients', () => {
  test.each([
    [10, 3, 0],
    [10, 4, 1],
    [9, 9, 0],
    [20, 6, 0],
    [20, 7, 1],
  ])('of %i, %i may go with %i errors', (count, gone, errors) =>
    onBench(async bench => {
      await bench.make(await bench.file(clients(count)))
      const config = await bench.file(clients(count, names(gone)))
      const plan = await bench.plan(config)
      expect(massErrors(plan)).toBe(errors)
      if (errors === 0) return
      bench.sandbox.resetLog()
      expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 5 })
      expect(writesOf(bench.sandbox)).toEqual([])
      const allowed = await bench.plan(config, { allow: ['mass-change'] })
      expect(massErrors(allowed)).toBe(0)
      // a hash that was refused opens nothing
      expect(allowed.hash).not.toBe(plan.hash)
    }),
  )

  test('blocked ones count', () =>
    onBench(async bench => {
      await bench.make(await bench.file(clients(10)))
      const plan = await bench.plan(await bench.file(clients(10, [], '{ generateSecret: true }')))
      expect(plan.changes.filter(({ blocked }) => blocked.length > 0)).toHaveLength(10)
      expect(massErrors(plan)).toBe(1)
    }))

  test('new ones do not, however many', () =>
    onBench(async bench => {
      await bench.make(await bench.file(clients(1)))
      expect(massErrors(await bench.plan(await bench.file(clients(30))))).toBe(0)
    }))
})

test('of scopes, more than three in ten stop', () =>
  onBench(async bench => {
    const scopes = (count: number, more = '') =>
      `${head}userPools: { customers: { resourceServers: { orders: { identifier: orders${more}, scopes: { ${names(
        count,
      )
        .map(name => `${name}: ${name}`)
        .join(', ')} } } } } }\n`
    await bench.make(await bench.file(scopes(10)))
    expect(massErrors(await bench.plan(await bench.file(scopes(7, ', prune: [scopes]'))))).toBe(0)
    expect(massErrors(await bench.plan(await bench.file(scopes(6, ', prune: [scopes]'))))).toBe(1)
    expect(massErrors(await bench.plan(await bench.file(scopes(6))))).toBe(0)
  }))

describe('an identity provider', () => {
  const withProvider = `${head}userPools: { customers: { identityProviders: { Corp: { type: SAML, details: { MetadataURL: "https://id.corp.example/saml" } } } } }\n`
  const without = `${head}userPools: { customers: { removed: { identityProviders: [Corp] } } }\n`
  const addUser = async ({ cognito }: Bench) => {
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
    await cognito.send(new AdminCreateUserCommand({ UserPoolId: UserPools?.[0]?.Id, Username: 'ada' }))
  }

  test('of a pool without users goes', () =>
    onBench(async bench => {
      await bench.make(await bench.file(withProvider))
      const config = await bench.file(without)
      const plan = await bench.make(config)
      expect(plan.changes.map(({ action }) => action)).toContain('delete')
      await bench.rest(config)
    }))

  test('of a pool with users stops, until it is allowed, and the plan says how many there are', () =>
    onBench(async bench => {
      await bench.make(await bench.file(withProvider))
      await addUser(bench)
      await bench.file(without)
      bench.sandbox.resetLog()
      const { code, said } = await command(bench, 'apply', '--yes')
      expect({ code, writes: writesOf(bench.sandbox) }).toEqual({ code: 5, writes: [] })
      expect(said).toContain('COG3012')
      expect(said).toContain('about 1 user in this pool')
      expect((await command(bench, 'apply', '--yes', '--allow', 'mass-change')).code).toBe(0)
      expect(writesOf(bench.sandbox)).toEqual(['DeleteIdentityProvider'])
    }))

  test('that is added to a pool that exists lets more people in', () =>
    onBench(async bench => {
      const first = await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      expect(first.changes.flatMap(({ impact }) => impact)).not.toContain('security-loosening')
      const config = await bench.file(withProvider)
      const plan = await bench.plan(config)
      expect(plan.changes.find(({ action }) => action === 'create')?.impact).toEqual(['security-loosening'])
      expect((await command(bench, 'plan', '--fail-on', 'security-loosening')).code).toBe(5)
    }))
})
