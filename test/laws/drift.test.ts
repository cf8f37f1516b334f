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
import { canonicalText, liveValues } from '../../src/engine/canonical.ts'
import { fingerprint } from '../../src/engine/fingerprint.ts'
import { observe } from '../../src/engine/observe.ts'
import { makePlan } from '../../src/engine/plan.ts'
import { isFixed } from '../../src/engine/values.ts'
import { rootOf } from '../../src/engine/world.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Field, Kind } from '../../src/kinds/kind.ts'
import type { Desired, JsonObject, Live, Observation, Plan, Spec, Term } from '../../src/model.ts'
import { registerFunction } from '../../src/sandbox/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { command } from '../journeys/command.ts'
import { onBench } from '../journeys/run.ts'
import { everyRow } from './everything.ts'
import { handOf } from './hands.ts'
import { digestOfFile, openWorld, pathsIn, type World, where, withSecrets } from './world.ts'

const runs = Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? 2)
const seed = Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20261121)

const { text } = everyRow()
const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind

/** A setting that the file states, and another value that it may have. */
interface Slip {
  desired: Desired
  kind: Kind
  field: Field
  value: Term
}

let world: World
let spec: Spec
let slips: Map<string, Slip>
let applied: string
let compared = 0
beforeAll(async () => {
  world = await openWorld()
  for (const [arn] of text.matchAll(/arn:aws:lambda:\S+/g)) registerFunction(world.sandbox.state, arn)
  spec = parseSpec({ file: 'cognito.yaml', text }, { kinds, digest: digestOfFile }).spec as Spec
  await world.apply(await world.plan(spec))
  const all = spec.resources.flatMap(desired => {
    const kind = kindNamed(desired.kind)
    return kind.fields.flatMap(field => slipsOf(desired, kind, field))
  })
  slips = new Map(all.map(slip => [`${nameOf(slip)}: ${JSON.stringify(slip.value)}`, slip]))
  applied = world.sandbox.state.snapshot()
})
afterAll(() => world.close())

/** Rows that nobody changes by hand in a way that drift would tell and applying undo. */
const excused = (kind: Kind, field: Field): string | undefined =>
  field.secret
    ? 'a secret is not compared'
    : field.collection?.permanent
      ? 'AWS only adds to it, which is told as unlisted'
      : isFixed(kind, field)
        ? 'fixed at creation'
        : field.path === kind.nameField && kind.tags === undefined && kind.natural === undefined
          ? 'under another name it is another one'
          : undefined

/** What AWS changes along with a setting, if it was stated. */
const along: { [row: string]: string[] } = {
  'mfa.email.enabled': ['mfa.email.message', 'mfa.email.subject'],
  'branding.useCognitoProvidedValues': ['branding.settings', 'branding.assets'],
}

const same = (a: Term | undefined, b: Term | undefined): boolean => canonicalText(a) === canonicalText(b)

/** Whether a value only adds entries to a collection: those are told as unlisted, and stay. */
const onlyAdds = ({ collection }: Field, stated: Term, value: Term): boolean =>
  collection !== undefined &&
  Object.entries(stated as JsonObject).every(([key, entry]) => same(entry, (value as JsonObject)[key]))

const slipsOf = (desired: Desired, kind: Kind, field: Field): Slip[] => {
  const stated = desired.spec[field.path]
  if (stated === undefined || excused(kind, field) || !handOf(kind, field)) return []
  // an example is one where it may stand: beside what it is given
  if (
    Object.entries(field.given ?? {}).some(
      ([path, value]) => path in desired.spec && !same(desired.spec[path], withSecrets(value)),
    )
  )
    return []
  return field.examples
    .map(withSecrets)
    .flatMap(value =>
      same(value, stated) || onlyAdds(field, stated, value) ? [] : [{ desired, kind, field, value }],
    )
}

const pathsOf = ({ desired, field }: Slip): string[] => [
  field.path,
  ...(along[field.path] ?? []).filter(path => path in desired.spec),
]
/** As a plan names what differs. */
const namesOf = (slip: Slip): string[] => pathsOf(slip).map(path => `${slip.desired.address} ${path}`)
const nameOf = (slip: Slip): string => namesOf(slip)[0] as string

/** The roots that these are under, without the rest of the file. */
const around = (...some: readonly Slip[]): Spec => {
  const roots = some.map(({ desired }) => rootOf(desired.address))
  return { ...spec, resources: spec.resources.filter(({ address }) => roots.includes(rootOf(address))) }
}

const leaving = (from: Spec, slip: Slip): Spec => ({
  ...from,
  resources: from.resources.map(one =>
    one.address === slip.desired.address ? { ...one, ignore: pathsOf(slip).map(path => ({ path })) } : one,
  ),
})

const valueIn = ({ live }: Observation, { desired, kind, field }: Slip): Term | undefined =>
  liveValues(kind, live[desired.address]?.wire ?? {}, where)[field.path]

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
