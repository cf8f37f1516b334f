// Other writers: who changed something after the plan was made is noticed before anything is written, and of two
// that make one thing at once, both are named and neither is deleted.
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyPlan } from '../../src/index.ts'
import type { Change, Plan } from '../../src/model.ts'
import { isRunError } from '../../src/problem.ts'
import { changedFile } from './changed.ts'
import { count } from './counts.ts'
import { atRequest } from './faults.ts'
import { likeness } from './likeness.ts'
import { carryOut, carryOutAll, planNow, type Step, stepsOf } from './steps.ts'
import { everything, mishaps, openWorld, type Ran, type World } from './world.ts'

let world: World
let empty: string
let made: string
let steps: Step[]
const cases = { changed: 0, appeared: 0, together: 0, doubled: 0 }

beforeAll(async () => {
  world = await openWorld()
  empty = world.sandbox.state.snapshot()
  steps = await stepsOf(world)
  made = world.sandbox.state.snapshot()
})
afterAll(() => world.close())

/** That a plan is refused as out of date, names this address, and that nothing was written. */
const refuses = async (plan: Plan, address: string, config = everything): Promise<void> => {
  world.sandbox.resetLog()
  const error = await applyPlan(plan, { config, aws: world.aws, clock: world.clock }).catch(thrown => thrown)
  expect(isRunError(error) && [error.exit, error.code], address).toEqual([5, 'stale-plan'])
  expect(error.message).toContain(`${address} has `)
  expect(world.sandbox.writes(), address).toBe(0)
}

describe('between plan and apply', () => {
  test('a change of anything that the plan touches is noticed', async () => {
    const config = changedFile()
    const { plan } = await planNow(world, config)
    for (const change of plan.changes.filter(({ calls }) => calls.length > 0)) {
      world.restore(made)
      // somebody else does just what the plan would do
      await carryOut(world, plan, change)
      await refuses(plan, change.address, config)
      cases.changed += 1
    }
  })

  test('whatever the plan would make, made by somebody else, is noticed', async () => {
    for (const { change, before } of steps) {
      world.restore(before)
      const { plan } = await planNow(world)
      const same = plan.changes.find(({ address }) => address === change.address) as Change
      await carryOut(world, plan, same)
      await refuses(plan, change.address)
      cases.appeared += 1
    }
  })
})

const deleted = (): string[] =>
  world.sandbox.requests
    .map(({ operation }) => operation)
    .filter(operation => /^(Delete|Remove)/.test(operation))

const ambiguities = ({ document }: Ran): string[] =>
  (document.plan?.diagnostics ?? []).filter(({ code }) => code === 'COG4002').map(({ message }) => message)

describe('two applies at once', () => {
  const file = `version: 1
stack: shop
region: eu-west-1
userPools: { customers: { clients: { web: {} } } }
identityPools: { app: { allowUnauthenticatedIdentities: false } }
`
  const idsOf = (kind: RegExp): string[] => [...new Set(world.sandbox.state.snapshot().match(kind) ?? [])]

  test.each([
    ['pools', ['userPools.customers'], /eu-west-1_\w{9}/g],
    ['identity pools', ['identityPools.app'], /eu-west-1:[0-9a-f-]{36}/g],
    ['clients', ['userPools.customers.clients.web'], /(?<="id":")[0-9a-v]{25,26}(?=")/g],
  ] as const)(
    'that both make %s: whoever is later and the next run name both ids, and delete neither',
    async (_, addresses, ids) => {
      world.restore(empty)
      const config = join(tmpdir(), `cogsync-faults-${process.pid}.yaml`)
      await writeFile(config, file)
      const first = (await planNow(world, config)).plan
      const parent = first.changes.find(({ address }) => address === 'userPools.customers')
      if (addresses[0].includes('.clients.') && parent) await carryOut(world, first, parent)
      const { plan } = await planNow(world, config)
      const alone = {
        ...plan,
        changes: plan.changes.filter(({ address }) => addresses.includes(address as never)),
      }
      const reports = await Promise.all([carryOutAll(world, alone), carryOutAll(world, alone)])
      const both = idsOf(ids)
      expect(both).toHaveLength(2)
      const told = reports.flatMap(({ outcomes }) => outcomes.flatMap(({ error }) => error ?? []))
      expect(told.length).toBeGreaterThan(0)
      for (const { name, message } of told) {
        expect(name).toBe('Ambiguous')
        for (const id of both) expect(message).toContain(id)
      }
      world.sandbox.resetLog()
      for (const command of [['plan'], ['drift'], ['apply', '--yes']]) {
        const ran = await world.run(command, { config })
        expect(ran.code).toBe(command[0] === 'apply' ? 5 : 1)
        for (const id of both) expect(ambiguities(ran).join()).toContain(id)
      }
      expect(world.sandbox.writes()).toBe(0)
      expect(idsOf(ids)).toEqual(both)
      cases.doubled += 1
    },
  )

  test('while one makes a pool: it says so in the end, with both ids, and is partly applied', async () => {
    world.restore(empty)
    const config = join(tmpdir(), `cogsync-faults-${process.pid}.yaml`)
    await writeFile(config, file)
    const { plan } = await planNow(world, config)
    const change = plan.changes.find(({ address }) => address === 'userPools.customers') as Change
    const until = () => carryOut(world, plan, change)
    const heal = world.sandbox.inject(atRequest(1, { hold: 'after', until }, 'CreateUserPool'))
    const ran = await world.apply({ config })
    heal()
    expect(ran.code).toBe(6)
    const pools = idsOf(/eu-west-1_\w{9}/g)
    expect(pools).toHaveLength(2)
    expect(mishaps(ran).map(({ address, error }) => [address, error?.name])).toEqual([
      ['userPools.customers', 'Ambiguous'],
    ])
    for (const id of pools) expect(ran.said).toContain(id)
    expect(deleted()).toEqual([])
    cases.doubled += 1
  })

  test('wherever the second begins: in the end there is one of each, or both are named', async () => {
    for (const nth of [1, 10, 14, 17, 20, 25, 30, 35, 40, 45, 50]) {
      world.restore(empty)
      const second: Promise<Ran>[] = []
      const begin = async () => {
        second.push(world.apply())
      }
      const heal = world.sandbox.inject(atRequest(nth, { hold: 'before', until: begin }))
      const first = await world.apply()
      heal()
      const other = await second[0]
      for (const ran of [first, other]) expect([0, 1, 4, 5, 6], ran?.said).toContain(ran?.code)
      const next = await world.apply()
      expect(deleted(), `request ${nth}`).toEqual([])
      if (ambiguities(next).length > 0) {
        expect(next.code).toBe(5)
        expect([first.code, other?.code], `request ${nth}`).toContain(6)
        expect(first.said + other?.said).toContain('Ambiguous')
      } else {
        expect(next.code, `request ${nth}: ${next.said.slice(0, 2000)}`).toBe(0)
        expect(likeness(world.sandbox.state.snapshot()), `request ${nth}`).toBe(likeness(made))
      }
      cases.together += 1
    }
  })
})

test('every case was tried', () =>
  count('writers', {
    'something that the plan touches has changed since': cases.changed,
    'something that the plan makes has been made since': cases.appeared,
    'two applies make one thing at once': cases.doubled,
    'a second apply begins somewhere during the first': cases.together,
  }))
