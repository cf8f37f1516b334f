// A run that ends anywhere: the next one finishes the work, and the one after that has none.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { count } from './counts.ts'
import { killedAt } from './kill.ts'
import { likeness } from './likeness.ts'
import { mishaps, openWorld, type Ran, type World } from './world.ts'

let world: World
let empty: string
/** what an undisturbed run comes to, and how many requests it takes */
let undisturbed: { likeness: string; requests: number }

beforeAll(async () => {
  world = await openWorld()
  empty = world.sandbox.state.snapshot()
  const ran = await world.apply()
  expect(mishaps(ran)).toEqual([])
  undisturbed = {
    likeness: likeness(world.sandbox.state.snapshot()),
    requests: world.sandbox.requests.length,
  }
})
afterAll(() => world.close())

/** The next run; a replica that is still being made takes no settings, so that the run after it is that much later. */
const comeBack = async (what: string): Promise<Ran> => {
  const ran = await world.apply()
  if (ran.code !== 5) return ran
  const blocked = ran.document.plan?.changes.filter(change => change.blocked.length > 0)
  expect(
    blocked?.map(({ address }) => address),
    what,
  ).toEqual(['userPools.customers.replicas.us-west-2'])
  await world.clock.sleep(30 * 60_000)
  return world.apply()
}

/** States that a run has been seen to finish: what is alike is finished alike. */
const finished = new Set<string>()
const cases = { before: 0, after: 0 }

describe.each(['before', 'after'] as const)('a run that ends just %s a request', when => {
  test('is finished by the next one, whichever request it was', async () => {
    for (let nth = 1; nth <= undisturbed.requests; nth++) {
      world.restore(empty)
      const { aws, killed } = killedAt(world.aws, nth, when)
      void world.apply({ aws })
      const what = `${when} request ${nth}, ${await killed}`
      cases[when] += 1
      const left = likeness(world.sandbox.state.snapshot())
      if (finished.has(left)) continue
      const again = await comeBack(what)
      expect(mishaps(again), what).toEqual([])
      expect(again.code, what).toBe(0)
      expect(likeness(world.sandbox.state.snapshot()), what).toBe(undisturbed.likeness)
      world.sandbox.resetLog()
      expect((await world.apply()).code, what).toBe(0)
      expect(world.sandbox.writes(), what).toBe(0)
      finished.add(left)
    }
  })
})

test('every case was tried', () =>
  count('crash', {
    'a run killed just before a request': cases.before,
    'a run killed just after a request': cases.after,
  }))
