// Partial permissions: what could not be read is said and never taken for an answer; what may not be written stops
// nothing that does not need it, and the next run goes on from there.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FaultAction } from '../../src/sandbox/index.ts'
import { changedFile } from './changed.ts'
import { count } from './counts.ts'
import { atEvery, whileStruck } from './faults.ts'
import { likeness } from './likeness.ts'
import { mishaps, openWorld, type World } from './world.ts'

let world: World
let empty: string
let config: string
let made: string
let writes: string[]
let reads: string[]
const cases = { reads: 0, operations: 0, writes: 0 }

beforeAll(async () => {
  world = await openWorld()
  config = changedFile()
  empty = world.sandbox.state.snapshot()
  await world.apply()
  writes = world.sandbox.requests.filter(({ write }) => write).map(({ operation }) => operation)
  made = world.sandbox.state.snapshot()
  world.sandbox.resetLog()
  expect((await world.run(['drift'])).code).toBe(0)
  reads = world.sandbox.requests.map(({ operation }) => operation)
})
afterAll(() => world.close())

const denial = (code = 'AccessDeniedException'): FaultAction => ({
  error: { code, message: 'User is not authorized to perform this action', status: 403 },
})

describe('a read that is denied', () => {
  test('makes drift incomplete, whichever it is: exit 4, what is unread, and nothing taken for missing', async () => {
    for (let nth = 1; nth <= reads.length; nth++) {
      world.restore(made)
      const ran = await whileStruck(world.sandbox, nth, denial(), () => world.run(['drift']))
      const what = `read ${nth}`
      expect(ran.code, what).toBe(4)
      const { plan, error } = ran.document
      if (plan === undefined) expect(error?.code, what).toBe('access-denied')
      else {
        expect(plan.unread.length, what).toBeGreaterThan(0)
        expect(
          plan.changes.filter(({ action }) => action !== 'none').map(({ address }) => address),
          what,
        ).toEqual([])
      }
      cases.reads += 1
    }
  })

  test('keeps apply from writing anything, whatever the operation and the word for it', async () => {
    for (const [index, operation] of [...new Set(reads)].entries()) {
      world.restore(made)
      const code = index % 2 === 0 ? 'NotAuthorizedException' : 'AccessDenied'
      const heal = world.sandbox.inject(atEvery(denial(code), operation))
      const ran = await world.apply({ config })
      heal()
      expect(ran.code, operation).toBe(4)
      expect(world.sandbox.writes(), operation).toBe(0)
      cases.operations += 1
    }
  })
})

describe('a write that is denied', () => {
  test('is reported with its operation, what needs it is not tried, and the next run goes on', async () => {
    const undisturbed = likeness(made)
    for (const [index, operation] of writes.entries()) {
      // the last of each operation is enough
      if (writes.includes(operation, index + 1)) continue
      const what = `write ${index + 1}, ${operation}`
      const nth = writes.slice(0, index + 1).filter(one => one === operation).length
      world.restore(empty)
      const heal = world.sandbox.inject({ ...atEvery(denial(), operation), when: { operation, nth } })
      const ran = await world.apply()
      heal()
      expect(ran.code, what).toBe(6)
      const failed = mishaps(ran).filter(({ status }) => status === 'failed')
      expect(
        failed.map(({ error }) => [error?.name, error?.operation?.split(':')[1]]),
        what,
      ).toEqual([['AccessDeniedException', operation]])
      expect((await world.apply()).code, what).toBe(0)
      expect(likeness(world.sandbox.state.snapshot()), what).toBe(undisturbed)
      cases.writes += 1
    }
  })
})

test('every case was tried', () =>
  count('permissions', {
    'a read of a settled stack is denied': cases.reads,
    'an operation that reads is denied, and apply is asked for': cases.operations,
    'a write of an apply is denied': cases.writes,
  }))
