// Strangers: members of AWS's answers that this version does not know, at any depth. An update would lose them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Change } from '../../src/model.ts'
import type { Json, Members } from '../../src/sandbox/index.ts'
import { changedFile } from './changed.ts'
import { count } from './counts.ts'
import { atEvery } from './faults.ts'
import { openWorld, type Ran, type World } from './world.ts'

let world: World
let config: string
let made: string
/** what the changed file comes to without strangers */
let updates: Change[]
const cases = { members: 0, operations: 0 }

beforeAll(async () => {
  world = await openWorld()
  config = changedFile()
  await world.apply()
  made = world.sandbox.state.snapshot()
  const { code, document } = await world.run(['plan'], { config })
  updates = (document.plan?.changes ?? []).filter(({ calls }) => calls.length > 0)
  expect([code, document.plan?.changes.flatMap(({ blocked }) => blocked)]).toEqual([0, []])
})
afterAll(() => world.close())

/** A reply with a member of that name in every one of its objects, however deep; `found` counts them. */
const withStrangers = (reply: Members, found: () => void): Members => {
  const visit = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(visit)
    if (value === null || typeof value !== 'object') return value
    found()
    const inner = Object.entries(value).map(([key, item]) => [key, visit(item)])
    return { ...Object.fromEntries(inner), ZzUnheardOf: 'x' }
  }
  return visit(reply) as Members
}

/** Which writers send whole objects back, and so would lose what they do not know. IAM's go setting by setting. */
const isWhole = ({ kind }: Change): boolean => kind !== 'role' && kind !== 'webAcl'

const working = (ran: Ran): string[] =>
  (ran.document.plan?.changes ?? []).filter(({ calls }) => calls.length > 0).map(({ address }) => address)

describe('members that nobody has heard of', () => {
  test('at any depth of any answer stop every update that would send a whole object back, and say so', async () => {
    world.restore(made)
    const found = () => {
      cases.members += 1
    }
    const heal = world.sandbox.inject(atEvery({ mutate: reply => withStrangers(reply, found) }))
    const ran = await world.run(['plan'], { config })
    heal()
    expect(working(ran)).toEqual(updates.filter(one => !isWhole(one)).map(({ address }) => address))
    for (const { address, blocked } of ran.document.plan?.changes ?? [])
      for (const { code, reason, remedy } of blocked) {
        expect([address, code, reason]).toEqual([address, 'COG3005', expect.stringContaining('ZzUnheardOf')])
        expect(remedy).toContain('strangers: { accept:')
      }
  })

  test('in the answers of one operation stop only what is read with it', async () => {
    world.restore(made)
    world.sandbox.resetLog()
    await world.run(['plan'], { config })
    for (const operation of new Set(world.sandbox.requests.map(request => request.operation))) {
      const heal = world.sandbox.inject(
        atEvery({ mutate: reply => withStrangers(reply, () => undefined) }, operation),
      )
      const ran = await world.run(['plan'], { config })
      heal()
      const stopped = updates.map(({ address }) => address).filter(address => !working(ran).includes(address))
      expect(stopped, operation).toEqual(readWith[operation] ?? [])
      cases.operations += 1
    }
  })

  test('are let through when the file accepts their loss, by their names', async () => {
    world.restore(made)
    const heal = world.sandbox.inject(
      atEvery({ mutate: reply => withStrangers(reply, () => undefined) }, 'ListResourceServers'),
    )
    const accepting = changedFile([
      'name: Orders,',
      'name: Orders, strangers: { accept: ["ResourceServers[].ZzUnheardOf", "ResourceServers[].Scopes[].ZzUnheardOf"] },',
    ])
    const ran = await world.run(['plan'], { config: accepting })
    heal()
    expect(working(ran)).toContain('userPools.customers.resourceServers.orders')
  })
})

const pool = 'userPools.customers'
/** Whose updates send back what an operation answers. */
const readWith: { [operation: string]: string[] } = {
  DescribeUserPool: [pool, `${pool}.replicas.us-west-2`],
  GetUserPoolMfaConfig: [pool],
  GetUserPoolSessionConfiguration: [`${pool}.sessions`],
  DescribeRiskConfiguration: [`${pool}.risk`, `${pool}.clients.web.risk`],
  GetLogDeliveryConfiguration: [`${pool}.logDelivery`, `${pool}.replicas.us-west-2`],
  GetUICustomization: [`${pool}.uiCustomization`, `${pool}.clients.web.uiCustomization`],
  ListUserPoolReplicas: [`${pool}.replicas.us-west-2`],
  DescribeManagedLoginBrandingByClient: [`${pool}.clients.web.branding`],
  DescribeUserPoolDomain: [`${pool}.domain.custom`],
  ListResourceServers: [`${pool}.resourceServers.orders`],
  DescribeIdentityProvider: [`${pool}.identityProviders.Google`],
  DescribeUserPoolClient: [`${pool}.clients.web`],
  GetUserPoolClientSessionConfiguration: [`${pool}.clients.web.sessions`],
  DescribeTerms: [`${pool}.clients.web.terms.terms-of-use`],
  ListGroups: [`${pool}.groups.admins`],
  DescribeIdentityPool: ['identityPools.app'],
  GetIdentityPoolRoles: ['identityPools.app.roles'],
  GetPrincipalTagAttributeMap: ['identityPools.app.principalTags.customers'],
}

test('every case was tried', () =>
  count('strangers', {
    'an object in an answer has a member that nobody has heard of': cases.members,
    'the answers of one operation have them': cases.operations,
  }))
