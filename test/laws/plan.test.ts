// Laws of planning: pure, deterministic, indifferent to order, and nothing but JSON.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { Desired, Json, Spec, Term } from '../../src/model.ts'
import { observe } from '../../src/observe/observe.ts'
import { makePlan } from '../../src/plan/plan.ts'
import type { Kind } from '../../src/table/kind.ts'
import { changesIn, frozen, openWorld, pathsIn, rowsOf, specOf, type World, where } from './world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind
const tool = 'cogsync/test'

const rich = (): Spec =>
  specOf(kindNamed('userPoolClient'), {
    autoVerifiedAttributes: ['email'],
    'mfa.configuration': 'OPTIONAL',
    'mfa.softwareToken.enabled': true,
    callbackUrls: ['https://a.example/', 'https://b.example/'],
    allowedOAuthFlows: ['code'],
    allowedOAuthScopes: ['openid', 'email'],
  })

describe('a plan', () => {
  it('leaves frozen inputs untouched and is the same every time', async () => {
    const spec = frozen(rich())
    const observation = frozen(await observe(spec, kinds, world.aws, where))
    const first = makePlan(spec, observation, kinds, { tool })
    expect(makePlan(spec, observation, kinds, { tool })).toEqual(first)
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/)
  })

  it('survives being written as JSON and read back', async () => {
    const plan = await world.plan(rich())
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })

  it('does not depend on the order of resources in the file', async () => {
    const spec = rich()
    const reversed = { ...spec, resources: [...spec.resources].reverse() }
    const plan = await world.plan(spec)
    expect(await world.plan(reversed)).toEqual(plan)
    const addresses = changesIn(plan).map(change => change.address)
    expect(addresses.indexOf('userPool.one')).toBeLessThan(addresses.indexOf('userPool.one.clients.one'))
  })

  it('has a hash that does not move with what is merely seen', async () => {
    const spec = rich()
    const observation = await observe(spec, kinds, world.aws, where)
    const hash = (changed: Partial<typeof observation>) =>
      makePlan(spec, { ...observation, ...changed }, kinds, { tool }).hash
    const plain = hash({})
    expect(hash({ unlisted: [{ kind: 'userPoolClient', address: 'x', name: 'x', drift: false }] })).toBe(
      plain,
    )
    expect(makePlan(spec, observation, kinds, { tool, now: '2027-01-01T00:00:00Z' }).hash).toBe(plain)
    expect(makePlan({ ...spec, stack: 'other' }, observation, kinds, { tool }).hash).not.toBe(plain)
  })
})

const reversible = rowsOf().filter(
  ({ field }) =>
    field.shape === 'set' && field.examples.some(example => Array.isArray(example) && example.length > 1),
)

describe.each(reversible)('$title', ({ kind, field }) => {
  it('is a set: another order is no difference', async () => {
    const own = await openWorld()
    try {
      const value = field.examples.find(example => Array.isArray(example) && example.length > 1) as Json[]
      const stated = (items: Term) => specOf(kind, { ...field.given, [field.path]: items })
      await own.apply(await own.plan(stated(value)))
      expect(pathsIn(await own.plan(stated([...value].reverse())))).toEqual([])
    } finally {
      await own.close()
    }
  })
})

const clearable = rowsOf().filter(
  ({ kind, field }) =>
    !field.secret && field.path !== kind.nameField && kind.natural?.[field.path] === undefined,
)

describe.each(clearable.filter(({ field }) => field.clear === 'impossible' || field.clear === 'unproven'))(
  '$title',
  ({ kind, field }) => {
    it('is blocked with the reason when null asks to clear it', async () => {
      const own = await openWorld()
      try {
        const base = specOf(kind, { ...field.given, [field.path]: field.examples[0] })
        if (field.given?.['certificateArn'] !== undefined) return
        await own.apply(await own.plan(base))
        const asked = (resource: Desired): Desired =>
          resource.kind === kind.name
            ? { ...resource, spec: { ...resource.spec, [field.path]: null } }
            : resource
        const plan = await own.plan({ ...base, resources: base.resources.map(asked) })
        expect(changesIn(plan).flatMap(change => change.blocked.map(block => block.path))).toContain(
          field.path,
        )
        expect(changesIn(plan).flatMap(change => change.calls)).toEqual([])
      } finally {
        await own.close()
      }
    })
  },
)
