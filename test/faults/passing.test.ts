// What passes when a request is sent again: any request may meet it, and nothing is lost or doubled.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { Kind } from '../../src/kinds/kind.ts'
import type { Live } from '../../src/model.ts'
import { count } from './counts.ts'
import { passing, whileStruck } from './faults.ts'
import { likeness } from './likeness.ts'
import { carryOut, planNow, type Step, stepsOf } from './steps.ts'
import { account, openWorld, region, type World } from './world.ts'

let world: World
let steps: Step[]
let live: Live[]
let made: string
const cases = { inChanges: 0, inReads: 0 }

beforeAll(async () => {
  world = await openWorld()
  steps = await stepsOf(world)
  live = Object.values((await planNow(world)).observation.live)
  made = world.sandbox.state.snapshot()
})
afterAll(() => world.close())

const each = Object.entries(passing)

describe.each(each)('%s', (name, action) => {
  test('any request of any change meets it, and the change comes to the same', async () => {
    for (const { plan, change, before, after, requests } of steps)
      for (let nth = 1; nth <= requests; nth++) {
        world.restore(before)
        const what = `${name}: request ${nth} of ${change.address}`
        const outcome = await whileStruck(world.sandbox, nth, action, () => carryOut(world, plan, change))
        expect(outcome, what).toMatchObject({ status: 'done' })
        expect(likeness(world.sandbox.state.snapshot()), what).toBe(after)
        cases.inChanges += 1
      }
  })

  test('any request of any read meets it, and the answer is the same', async () => {
    world.restore(made)
    for (const { kind, ids, site } of live.map(readOf)) {
      const reading = async () => JSON.stringify(await kind.read.get(world.aws, ids, site))
      world.sandbox.resetLog()
      const undisturbed = await reading()
      const requests = world.sandbox.requests.length
      for (let nth = 1; nth <= requests; nth++) {
        const answer = await whileStruck(world.sandbox, nth, action, reading)
        expect(answer, `${name}: request ${nth} of reading ${kind.name}`).toBe(undisturbed)
        cases.inReads += 1
      }
    }
  })
})

test('every case was tried', () =>
  count('passing', {
    'a request of a change meets something that passes': cases.inChanges,
    'a request of a read meets something that passes': cases.inReads,
  }))

const readOf = (one: Live) => {
  const kind = kinds.find(({ name }) => name === one.kind) as Kind
  const parent = live.find(({ address }) => one.address !== address && one.address.startsWith(`${address}.`))
  return {
    kind,
    ids: one.ids,
    site: {
      account,
      region,
      partition: 'aws',
      parentIds: parent?.ids ?? {},
      ...(parent && { parent: parent.wire }),
    },
  }
}
