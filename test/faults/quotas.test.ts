// Hard quotas: trying again does not help, so nothing is tried again, and the report names the quota.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { FaultAction } from '../../src/sandbox/index.ts'
import { secretsIn } from '../../src/term.ts'
import { count } from './counts.ts'
import { atEvery, atRequest } from './faults.ts'
import { carryOut, type Step, stepsOf } from './steps.ts'
import { openWorld, type World } from './world.ts'

let world: World
let steps: Step[]
let cases = 0

beforeAll(async () => {
  world = await openWorld()
  steps = await stepsOf(world)
})
afterAll(() => world.close())

const exceeded = (code: string, status = 400): FaultAction => ({
  error: { code, message: 'You have reached the maximum', status },
})

test.each([
  ['LimitExceededException', 400],
  ['LimitExceededException', 429],
  ['LimitExceeded', 409],
  ['ServiceQuotaExceededException', 402],
] as const)('%s with status %i is asked for once, at every write', async (code, status) => {
  for (const { plan, change, before } of steps)
    for (const operation of new Set(change.calls.map(call => call.operation))) {
      world.restore(before)
      const name = operation.split(':')[1] as string
      let waited: number | undefined
      const note = async () => {
        waited = world.clock.waited()
      }
      const faults = [
        atRequest(1, { hold: 'before', until: note }, name),
        atEvery(exceeded(code, status), name),
      ]
      const mends = faults.map(world.sandbox.inject)
      const { status: ended, error } = await carryOut(world, plan, change)
      for (const mend of mends) mend()
      expect([ended, error?.operation]).toEqual(['failed', operation])
      expect(world.sandbox.requests.filter(request => request.operation === name)).toHaveLength(1)
      expect(world.clock.waited()).toBe(waited)
      const { quota, create } = kinds.find(({ name }) => name === change.kind) ?? {}
      // where the request carried a secret, nothing is shown that AWS wrote
      const carried = /^it carried a secret in \S+, /.test(error?.message ?? '')
      expect(error?.message).toContain(
        create?.operation === operation && quota !== undefined
          ? quota
          : carried
            ? 'have it raised in Service Quotas'
            : 'You have',
      )
      expect(carried, operation).toBe(
        change.calls.some(call => call.operation === operation && secretsIn(call.input).size > 0),
      )
      cases += 1
    }
})

test('every kind that is made in numbers has its quota', () => {
  const without = kinds.filter(({ presence, quota }) => presence === 'resource' && quota === undefined)
  expect(without.map(({ name }) => name)).toEqual([])
})

test('every case was tried', () => count('quotas', { 'a write meets a quota': cases }))
