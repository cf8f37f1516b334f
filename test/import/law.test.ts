// The law of import: whatever AWS has, the file that is written is valid, and its plan only takes ownership.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { openWorld, rowsOf, type World } from '../laws/world.ts'
import { awkwardness } from './awkward.ts'
import { holds, progress, runs, seed, usual } from './holds.ts'
import { makeState, statePlan } from './states.ts'

/** What a file may have to leave out: to state it would mean something else, or make it. All of it stays as AWS has it. */
const unstatable = [
  /^mfa\.sms\.smsAuthenticationMessage: .* stating it would mean /,
  /^branding: .* a plan would make one$/,
  /^branding\.settings: the key .* holds a reference; only values may$/,
  /^uiCustomization: AWS has a file here that it does not give back/,
  // the sandbox's replicas begin with what the pool has
  /^\S+: \S+ is not in us-west-2, where the replica is$/,
]

/** Settings that no imported file states. */
const unsayable = [
  // failover needs a replica
  'userPoolDomain.routing.failover.secondaryRegion',
  'userPoolDomain.routing.failover.primaryRoute53HealthCheckId',
  // a client keeps the secret that it has
  'userPoolClient.clientSecret',
  // Cognito has no second value
  'terms.source',
  'terms.enforcement',
  // import leaves permissions to be checked
  'invokePermission.invokePermission',
]

/** How often each of some things happened. */
const newTally = () => {
  const counts = new Map<string, number>()
  return {
    add: (what: string) => void counts.set(what, (counts.get(what) ?? 0) + 1),
    without: (all: readonly string[]) => all.filter(what => !counts.has(what)),
  }
}

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

it(
  'import writes a valid file whose plan only takes ownership',
  async () => {
    const [awkward, resources, settings] = [newTally(), newTally(), newTally()]
    const done = progress('import')
    await fc.assert(
      fc.asyncProperty(statePlan, async state => {
        world.renew()
        const bent = await makeState(world, state)
        const { unsaid, text, spec } = await holds(world, { wanted: 'all', stack: 'laws' })
        expect(
          unsaid
            .map(({ path, why }) => `${path}: ${why}`)
            .filter(said => !unstatable.some(one => one.test(said))),
          text,
        ).toEqual([])
        bent.forEach(awkward.add)
        for (const { kind, spec: stated } of spec.resources) {
          resources.add(kind)
          for (const path of Object.keys(stated)) settings.add(`${kind}.${path}`)
        }
        done()
      }),
      { numRuns: runs, seed, endOnFailure: runs > usual },
    )
    if (runs < usual) return
    // every awkward state, every kind and every setting was in it
    expect(awkward.without(awkwardness)).toEqual([])
    expect(resources.without(kinds.map(({ name }) => name))).toEqual([])
    expect(settings.without(rowsOf().map(({ title }) => title))).toEqual(unsayable)
  },
  runs * 5000,
)
