// Properties: whatever two specs say, going from one to the other converges, writes nothing the second time, and
// ends where the second alone would have ended, as far as the second says anything.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { Spec, Term } from '../../src/model.ts'
import { observe } from '../../src/observe/observe.ts'
import type { Field, Kind } from '../../src/table/kind.ts'
import { liveValues } from '../../src/values/canonical.ts'
import { isFixed } from '../../src/values/merge.ts'
import { addressOf, changesIn, openWorld, pathsIn, specOf, type World, where } from './world.ts'

/** A selection of a kind's rows with an example each, and what the examples need. */
const statements = (kind: Kind): fc.Arbitrary<{ [field: string]: Term }> =>
  fc
    .uniqueArray(
      fc.record({
        field: fc.constantFrom(
          ...kind.fields.filter(field => !field.secret && kind.natural?.[field.path] === undefined),
        ),
        example: fc.constantFrom(0 as const, 1 as const),
      }),
      { maxLength: 8, selector: ({ field }) => field.path },
    )
    .map(chosen => ({
      ...Object.assign({}, ...chosen.map(({ field }) => field.given ?? {})),
      ...Object.fromEntries(
        chosen.map(({ field, example }) => [field.path, field.examples[example] as Term]),
      ),
    }))

const isAccepted = (plan: Awaited<ReturnType<World['plan']>>) =>
  changesIn(plan).every(change => change.blocked.length === 0)

/** What a resource's rows read as, settings that survive silence left out. */
const settled = async (
  world: World,
  spec: Spec,
  kind: Kind,
): Promise<{ [field: string]: Term | undefined }> => {
  const observation = await observe(spec, kinds, world.aws, where)
  const live = observation.live[addressOf(kind)]
  const stated = spec.resources.find(desired => desired.address === addressOf(kind))?.spec ?? {}
  const counts = (field: Field) => field.path in stated || (field.unset !== 'keep' && !isFixed(kind, field))
  return Object.fromEntries(
    Object.entries(liveValues(kind, live?.wire ?? {}, where)).filter(([path]) =>
      counts(kind.fields.find(field => field.path === path) as Field),
    ),
  )
}

const subjects = kinds.filter(
  kind => kind.presence === 'resource' && kind.fields.length > 4 && kind.match !== 'key',
)

let world: World
let fresh: World
beforeAll(async () => {
  ;[world, fresh] = [await openWorld(), await openWorld()]
})
afterAll(() => Promise.all([world.close(), fresh.close()]))

describe.each(subjects.map(kind => ({ title: kind.name, kind })))('any two specs of $title', ({ kind }) => {
  it('converge, and end where the second alone ends', async () => {
    let compared = 0
    await fc.assert(
      fc.asyncProperty(statements(kind), statements(kind), async (first, second) => {
        world.renew()
        fresh.renew()
        const [a, b] = [specOf(kind, first), specOf(kind, second)]
        const [start, alone] = await Promise.all([world.plan(a), fresh.plan(b)])
        if (!isAccepted(start) || !isAccepted(alone)) return
        await Promise.all([world.apply(start), fresh.apply(alone)])
        expect(pathsIn(await world.plan(a))).toEqual([])
        const next = await world.plan(b)
        if (!isAccepted(next)) return
        await world.apply(next)
        expect(pathsIn(await world.plan(b))).toEqual([])
        const [here, there] = await Promise.all([settled(world, b, kind), settled(fresh, b, kind)])
        // entries that the second does not list stay
        const stays = kind.fields.filter(field => field.collection).map(field => field.path)
        for (const path of Object.keys(there))
          if (!stays.includes(path)) expect([path, here[path]]).toEqual([path, there[path]])
        compared += 1
      }),
      { numRuns: 40, seed: 20261121 },
    )
    expect(compared).toBeGreaterThan(5)
  })
})
