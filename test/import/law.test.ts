// The law of import: whatever AWS has, the file that is written is valid, and its plan only takes ownership.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { digestOf } from '../../src/aws/digest.ts'
import { importFile } from '../../src/import/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Term } from '../../src/model.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { changesIn, openWorld, pathsIn, rowsOf, type World, where } from '../laws/world.ts'
import { awkwardness } from './awkward.ts'
import { makeState, statePlan } from './states.ts'

/** How many states: more in a run of its own, with `COGSYNC_IMPORT_RUNS=10000`, perhaps from another seed. */
const usual = 300
const runs = Number(process.env['COGSYNC_IMPORT_RUNS'] ?? usual)
const seed = Number(process.env['COGSYNC_IMPORT_SEED'] ?? 20260801)

const foreignTags = (tags: Term | undefined) =>
  Object.fromEntries(
    Object.entries((tags ?? {}) as { [tag: string]: Term }).filter(([tag]) => !tag.startsWith('cogsync:')),
  )

/** What a plan does beside taking ownership. */
const beside = (plan: Awaited<ReturnType<World['plan']>>): unknown[] =>
  changesIn(plan).flatMap(change => [
    ...change.fields
      .filter(
        field =>
          !(
            field.path === kinds.find(kind => kind.name === change.kind)?.tags &&
            JSON.stringify(foreignTags(field.before)) === JSON.stringify(foreignTags(field.after))
          ),
      )
      .map(field => [change.address, field]),
    ...change.blocked.map(block => [change.address, block]),
  ])

type Options = Omit<Parameters<typeof importFile>[2], 'kinds'>

/** A long run says where it is. */
const progress = (what: string) => {
  const begun = performance.now()
  let states = 0
  return () => {
    states += 1
    if (runs > usual && states % 500 === 0)
      console.info(
        `${what}: ${states} states of seed ${seed}, ${Math.round((performance.now() - begun) / 1000)} s`,
      )
  }
}

/** What stands beside the file: images as base64, by their paths. */
type Images = Map<string, string>

/** The law, for one import. */
const holds = async (world: World, options: Options, images: Images = new Map()) => {
  const digest = (path: string) => digestOf(Buffer.from(images.get(path) ?? '', 'base64'))
  const { into } = options
  const imported = await importFile(world.aws, where, {
    ...options,
    kinds,
    ...(into && { into: { ...into, digest } }),
  })
  for (const { path, base64 } of imported.files) images.set(path, base64)
  const { text } = imported
  expect(imported.objections, text).toEqual([])
  const { environment } = options
  const parsed = parseSpec(
    { file: 'cognito.yaml', text },
    { kinds, digest, ...(environment && { environment }) },
  )
  expect(
    parsed.diagnostics.filter(one => one.severity === 'error'),
    text,
  ).toEqual([])
  const spec = parsed.spec
  if (spec === undefined) throw new Error('no spec')
  const plan = await world.plan(spec)
  // the functions of the triggers do not exist, so that nothing can let Cognito invoke them
  expect(
    plan.diagnostics.filter(({ code }) => code !== 'COG3008'),
    text,
  ).toEqual([])
  expect(beside(plan), text).toEqual([])
  await world.apply(plan)
  expect(pathsIn(await world.plan(spec)), text).toEqual([])
  return { ...imported, spec }
}

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

describe('import', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  it(
    'writes a valid file whose plan only takes ownership',
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

  it(
    'in two steps, the second into the file of the first',
    async () => {
      let added = 0
      const done = progress('import into')
      await fc.assert(
        fc.asyncProperty(statePlan, fc.boolean(), async (state, environments) => {
          world.renew()
          await makeState(world, { ...state, sameStack: false })
          const [first] = (await world.aws.send('cognito-idp:ListUserPools', { MaxResults: 60 }))[
            'UserPools'
          ] as { Id: string }[]
          if (first === undefined) return
          const common = { stack: 'two-steps', ...(environments && { environment: 'prod' }) }
          const images: Images = new Map()
          const { text } = await holds(world, { ...common, wanted: [first.Id] }, images)
          const commented = text.replaceAll('\n\n', '\n# why\n\n')
          const into = { file: 'cognito.yaml', text: commented }
          const second = await holds(world, { ...common, wanted: 'all', into }, images)
          const lines = new Set(second.text.split('\n'))
          // braces that took something in are the only lines that change
          const gone = commented.split('\n').filter(line => !lines.has(line) && !line.endsWith('}'))
          expect(gone, second.text).toEqual([])
          added += second.addresses.length
          done()
        }),
        { numRuns: Math.ceil(runs / 5), seed, endOnFailure: runs > usual },
      )
      expect(added).toBeGreaterThan(0)
    },
    runs * 5000,
  )
})
