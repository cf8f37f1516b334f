// IAM tells other services late: waited for where this plan changed the role or it is young, and nowhere else.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { slowRoles } from '../../src/sandbox/index.ts'
import { changedFile } from './changed.ts'
import { count } from './counts.ts'
import { atEvery, atRequest } from './faults.ts'
import { likeness } from './likeness.ts'
import { account, mishaps, openWorld, type World } from './world.ts'

let world: World
let empty: string
let made: string
let cases = 0

beforeAll(async () => {
  world = await openWorld()
  empty = world.sandbox.state.snapshot()
  await world.apply()
  made = world.sandbox.state.snapshot()
})
beforeEach(() => {
  cases += 1
})
afterAll(() => world.close())

const minutes = (n: number) => n * 60_000
/** How long something took, in milliseconds of the clock that only waiting moves. */
const waiting = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const began = world.clock.waited()
  return [await work(), world.clock.waited() - began]
}
const distrust = {
  error: {
    code: 'InvalidSmsRoleTrustRelationshipException',
    message: 'Role does not have a trust relationship allowing Cognito to assume the role',
  },
}
const forbidden = { error: { code: 'NotAuthorizedException', message: "Access to Role 'x' is forbidden." } }

describe('roles that this plan makes', () => {
  test.each([5, 30, 90])('are waited for, though it takes %i seconds', async seconds => {
    world.restore(empty)
    slowRoles(world.sandbox.state, account, seconds * 1000)
    const [ran, waited] = await waiting(() => world.apply())
    expect(mishaps(ran)).toEqual([])
    expect(waited).toBeGreaterThanOrEqual(seconds * 1000)
    slowRoles(world.sandbox.state, account, 0)
    const plain = JSON.parse(world.sandbox.state.snapshot())
    for (const slow of ['slowness', 'former']) delete plain.iam.accounts[account][slow]
    expect(likeness(JSON.stringify(plain))).toBe(likeness(made))
  })

  test('are waited for two minutes and no longer, and the next run goes on', async () => {
    world.restore(empty)
    slowRoles(world.sandbox.state, account, minutes(30))
    const [ran, waited] = await waiting(() => world.apply())
    expect(ran.code).toBe(6)
    expect(mishaps(ran)[0]).toMatchObject({
      address: 'userPools.customers',
      error: { name: distrust.error.code, operation: 'cognito-idp:CreateUserPool' },
    })
    expect(waited).toBeGreaterThan(minutes(1))
    expect(waited).toBeLessThanOrEqual(minutes(2))
    await world.clock.sleep(minutes(30))
    slowRoles(world.sandbox.state, account, 0)
    expect((await world.apply()).code).toBe(0)
  })

  test.each(['PutRolePolicy', 'AttachRolePolicy'])(
    'may not be found at once even by IAM: %s',
    async operation => {
      world.restore(empty)
      const gone = { error: { code: 'NoSuchEntity', message: 'The role cannot be found.', status: 404 } }
      const heals = [1, 2, 3].map(nth => world.sandbox.inject(atRequest(nth, gone, operation)))
      const ran = await world.apply()
      for (const heal of heals) heal()
      expect(mishaps(ran)).toEqual([])
    },
  )
})

describe('roles that were made by another run', () => {
  const older = async (age: number) => {
    world.restore(empty)
    expect((await world.run(['apply', '--yes', '--target', 'roles.texts'])).code).toBe(0)
    await world.clock.sleep(age)
  }

  test('four minutes ago are waited for', async () => {
    await older(minutes(4))
    const heals = [1, 2].map(nth => world.sandbox.inject(atRequest(nth, distrust, 'CreateUserPool')))
    const [ran, waited] = await waiting(() => world.apply())
    for (const heal of heals) heal()
    expect(mishaps(ran)).toEqual([])
    expect(waited).toBeGreaterThan(0)
  })

  test('six minutes ago are not: what AWS says is said at once', async () => {
    await older(minutes(6))
    const heal = world.sandbox.inject(atEvery(distrust, 'CreateUserPool'))
    const [ran, waited] = await waiting(() => world.apply())
    heal()
    expect(mishaps(ran)[0]).toMatchObject({
      address: 'userPools.customers',
      error: { name: distrust.error.code },
    })
    expect(waited).toBe(0)
    expect(world.sandbox.requests.filter(({ operation }) => operation === 'CreateUserPool')).toHaveLength(1)
  })
})

describe('roles that have been there for long', () => {
  test('and are changed by this plan are waited for', async () => {
    world.restore(made)
    await world.clock.sleep(minutes(10))
    const heals = [1, 2].map(nth => world.sandbox.inject(atRequest(nth, forbidden, 'SetIdentityPoolRoles')))
    const [ran, waited] = await waiting(() => world.apply({ config: changedFile() }))
    for (const heal of heals) heal()
    expect(mishaps(ran)).toEqual([])
    expect(waited).toBeGreaterThan(0)
  })

  test('and are not changed are not', async () => {
    world.restore(made)
    await world.clock.sleep(minutes(10))
    const heal = world.sandbox.inject(atEvery(forbidden, 'SetIdentityPoolRoles'))
    const config = changedFile(['shop-pictures/*', 'shop-uploads/*'])
    const [ran] = await waiting(() => world.apply({ config }))
    heal()
    expect(mishaps(ran).map(({ address }) => address)).toContain('identityPools.app.roles')
    expect(
      world.sandbox.requests.filter(({ operation }) => operation === 'SetIdentityPoolRoles'),
    ).toHaveLength(1)
  })
})

test('every case was tried', () => count('propagation', { 'a role that others do not know yet': cases - 1 }))
