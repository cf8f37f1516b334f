// The property of drift: whatever somebody changes by hand, a plan names it and nothing else, applying puts it back,
// and where the file leaves it to others it stays.
import {
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, test } from 'vitest'
import { isAwsError } from '../../src/aws/errors.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Live, Observation, Plan, Spec } from '../../src/model.ts'
import { observe } from '../../src/observe/observe.ts'
import { makePlan } from '../../src/plan/plan.ts'
import type { Kind } from '../../src/table/kind.ts'
import { fingerprint } from '../../src/values/fingerprint.ts'
import { command } from '../journeys/command.ts'
import { onBench } from '../journeys/run.ts'
import { handOf } from './hands.ts'
import { around as aroundIn, leaving, namesOf, openSlips, type Slip, valueIn } from './slips.ts'
import { pathsIn, type World, where } from './world.ts'

const runs = Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? 2)
const seed = Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20261121)

const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind

let world: World
let spec: Spec
let slips: Map<string, Slip>
let applied: string
let compared = 0
const around = (...some: readonly Slip[]): Spec => aroundIn(spec, ...some)

beforeAll(async () => {
  ;({ world, spec, slips, applied } = await openSlips())
})
afterAll(() => world.close())

/** All that is managed or carried of each resource but these; what is made blank on the way has new ids inside. */
const printsIn = ({ live }: Observation, without: readonly Slip[]): [string, string][] =>
  Object.values(live)
    .filter(one => kindNamed(one.kind).restart === undefined)
    .filter(({ address }) => !without.some(({ desired }) => desired.address === address))
    .map(one => [one.address, fingerprint(kindNamed(one.kind), one.wire, where)])

it('every kind has settings that somebody can change by hand, but for those that AWS cannot update', () => {
  const changed = new Set([...slips.values()].map(({ kind }) => kind.name))
  expect(kinds.filter(({ name }) => !changed.has(name)).map(({ name }) => name)).toEqual([
    // a statement of a function's policy is made and removed, never changed
    'invokePermission',
  ])
})

/** Somebody changes these by hand; whether AWS let them. */
const areChanged = async (seen: Observation, ...some: readonly Slip[]): Promise<boolean> => {
  try {
    for (const { desired, kind, field, value } of some)
      await handOf(kind, field)?.(world.aws, { live: seen.live[desired.address] as Live, field, value })
    return true
  } catch (error) {
    if (isAwsError(error)) return false
    throw error
  }
}

it.each(kinds.map(({ name }) => name).filter(name => name !== 'invokePermission'))(
  'what somebody changes of %s is told and put back, or left to them',
  async name => {
    const own = [...slips.keys()].filter(one => slips.get(one)?.kind.name === name)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...own), fc.constantFrom(...slips.keys()), async (first, second) => {
        const [theirs, slip] = [slips.get(first) as Slip, slips.get(second) as Slip]
        fc.pre(namesOf(theirs).every(one => !namesOf(slip).includes(one)))
        world.sandbox.state.restore(applied)
        const file = around(theirs, slip)
        const leaves = leaving(file, theirs)
        const see = () => observe(file, kinds, world.aws, where)
        const plan = (seen: Observation, stated = file) =>
          makePlan(stated, seen, kinds, { tool: 'cogsync/test' })
        const before = await see()
        fc.pre(await areChanged(before, theirs, slip))

        const drifted = await see()
        expect(pathsIn(plan(drifted)).sort()).toEqual([...namesOf(theirs), ...namesOf(slip)].sort())
        expect(pathsIn(plan(drifted, leaves)).sort()).toEqual(namesOf(slip).sort())
        await world.apply(plan(drifted, leaves))

        const left = await see()
        expect(pathsIn(plan(left, leaves))).toEqual([])
        expect(pathsIn(plan(left)).sort()).toEqual(namesOf(theirs).sort())
        expect(valueIn(left, theirs)).toEqual(valueIn(drifted, theirs))
        await world.apply(plan(left))

        const after = await see()
        expect(pathsIn(plan(after))).toEqual([])
        // what somebody added to a collection stays
        const grown = [theirs, slip].filter(({ field }) => field.collection)
        expect(printsIn(after, grown)).toEqual(printsIn(before, grown))
        compared += 1
      }),
      { numRuns: runs, seed },
    )
  },
)
afterAll(() => console.info(`drift: ${compared} cases`))

test('the command says which setting it is, with exit code 2, until it is put back or left to others', () =>
  onBench(async bench => {
    const file = (more: string) => `version: 1
stack: shop
region: eu-west-1
userPools: { customers: { clients: { web: { authSessionValidity: 5m${more} } } } }
`
    await bench.make(await bench.file(file('')))
    const drift = async () => {
      const { code, printed } = await command(bench, 'drift', '--json')
      const { plan } = JSON.parse(printed) as { plan: Plan }
      return [code, ...pathsIn(plan)]
    }
    expect(await drift()).toEqual([0])
    const [UserPool] = (await bench.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))).UserPools ?? []
    const pool = { UserPoolId: UserPool?.Id }
    const { UserPoolClients } = await bench.cognito.send(new ListUserPoolClientsCommand(pool))
    const ids = { ...pool, ClientId: UserPoolClients?.[0]?.ClientId }
    const { UserPoolClient } = await bench.cognito.send(new DescribeUserPoolClientCommand(ids))
    await bench.cognito.send(
      new UpdateUserPoolClientCommand({ ...UserPoolClient, ...ids, AuthSessionValidity: 9 }),
    )
    expect(await drift()).toEqual([2, 'userPools.customers.clients.web authSessionValidity'])
    await bench.file(file(', ignore: [authSessionValidity]'))
    expect(await drift()).toEqual([0])
    await bench.make(await bench.file(file('')))
    expect(await drift()).toEqual([0])
  }))
