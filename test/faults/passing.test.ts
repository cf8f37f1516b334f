// What passes when a request is sent again: any request may meet it, and nothing is lost or doubled.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPort } from '../../src/aws/port.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Live } from '../../src/model.ts'
import type { FaultAction } from '../../src/sandbox/index.ts'
import type { Kind } from '../../src/table/kind.ts'
import { changedFile, removingFile } from './changed.ts'
import { count } from './counts.ts'
import { passing, whileStruck } from './faults.ts'
import { likeness } from './likeness.ts'
import { carryOut, planNow, type Step, stepsOf } from './steps.ts'
import { account, openWorld, region, type World } from './world.ts'

let world: World
let steps: Step[]
let live: Live[]
let made: string
const cases = { inChanges: 0, inReads: 0, silent: 0 }

beforeAll(async () => {
  world = await openWorld()
  const creations = await stepsOf(world)
  live = Object.values((await planNow(world)).observation.live)
  made = world.sandbox.state.snapshot()
  const updates = await stepsOf(world, changedFile())
  steps = [...creations, ...updates, ...(await stepsOf(world, removingFile()))]
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

test('a reply that never comes is not waited for: a creation is looked for', async () => {
  const release: (() => void)[] = []
  const hold: FaultAction = { hold: 'after', until: () => new Promise<void>(done => release.push(done)) }
  const aws = openPort({ region, endpoint: world.sandbox.url, clock: world.clock, patience: 300 })
  // one for each of the three protocols: JSON, REST and query
  for (const address of [
    'userPools.customers.clients.web',
    'userPools.customers.invokePermission.pre-sign-up',
    'roles.member',
  ]) {
    const { plan, change, before, after } = steps.find(step => step.change.address === address) as Step
    world.restore(before)
    const work = () => carryOut({ ...world, aws }, plan, change)
    expect(await whileStruck(world.sandbox, 1, hold, work), address).toMatchObject({ status: 'done' })
    expect(likeness(world.sandbox.state.snapshot()), address).toBe(after)
    cases.silent += 1
    for (const done of release.splice(0)) done()
  }
})

test('every case was tried', () =>
  count('passing', {
    'a request of a change meets something that passes': cases.inChanges,
    'a request of a read meets something that passes': cases.inReads,
    'a creation is never answered': cases.silent,
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
