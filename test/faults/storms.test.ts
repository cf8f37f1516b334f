// Storms: many requests of a run meet something, whatever comes of it, and AWS that goes away altogether.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeRandom } from '../../src/sandbox/random.ts'
import { count } from './counts.ts'
import { atRequest, passing } from './faults.ts'
import { likeness } from './likeness.ts'
import { openWorld, type World } from './world.ts'

let world: World
let empty: string
let undisturbed: string
let cases = 0

beforeAll(async () => {
  world = await openWorld()
  empty = world.sandbox.state.snapshot()
  await world.apply()
  undisturbed = likeness(world.sandbox.state.snapshot())
})
afterAll(() => world.close())

const actions = Object.values(passing)

/** Of the next two hundred requests, that share meets something, by chance. */
const storm = (seed: number, share: number): (() => void) => {
  const random = makeRandom(seed)
  const heals = Array.from({ length: 200 }, (_, index) => index + 1)
    .filter(() => random(100) < share)
    .map(nth => world.sandbox.inject(atRequest(nth, actions[random(actions.length)] ?? { drop: 'after' })))
  return () => {
    for (const heal of heals) heal()
  }
}

/** When the sky is clear again, one run finishes what is left, and the next has nothing to do. */
const settles = async (what: string): Promise<void> => {
  expect((await world.apply()).code, what).toBe(0)
  world.sandbox.resetLog()
  expect((await world.apply()).code, what).toBe(0)
  expect(world.sandbox.writes(), what).toBe(0)
  expect(likeness(world.sandbox.state.snapshot()), what).toBe(undisturbed)
}

describe.each([20, 50, 80])('a storm over %i of 100 requests', share => {
  test('loses nothing and doubles nothing', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
      world.restore(empty)
      const clear = storm(seed, share)
      const { code, said } = await world.apply()
      clear()
      expect([0, 1, 6], said).toContain(code)
      cases += 1
      await settles(`${share} of 100, seed ${seed}`)
    }
  })
})

test('every case was tried', () => count('storms', { 'a run in a storm': cases }))
