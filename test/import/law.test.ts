// The law of import: whatever AWS has, the file that is written is valid, and its plan only takes ownership.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestOf } from '../../src/aws/digest.ts'
import { importFile } from '../../src/import/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Term } from '../../src/model.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { changesIn, openWorld, pathsIn, type World, where } from '../laws/world.ts'
import { makeState, type StatePlan, statePlan } from './states.ts'

const runs = Number(process.env['COGSYNC_IMPORT_RUNS'] ?? 60)

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

/** The law, for one import. */
const holds = async (world: World, options: Options) => {
  const imported = await importFile(world.aws, where, { kinds, ...options })
  const { text } = imported
  expect(imported.objections, text).toEqual([])
  const { environment } = options
  const bytes = (path: string) =>
    Buffer.from(imported.files.find(one => one.path === path)?.base64 ?? '', 'base64')
  const parsed = parseSpec(
    { file: 'cognito.yaml', text },
    { kinds, digest: path => digestOf(bytes(path)), ...(environment && { environment }) },
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
  return imported
}

/** Settings that cannot be stated, in states that are bent to have them. */
const expectUnsaid = (plan: StatePlan) =>
  plan.awkward.some(what =>
    ['sms message', 'two domains', 'grandfathered', 'styles', 'classic pages'].includes(what),
  )

describe('import', () => {
  it(
    'writes a valid file whose plan only takes ownership',
    async () => {
      let resources = 0
      await fc.assert(
        fc.asyncProperty(statePlan, async state => {
          const world = await openWorld()
          try {
            await makeState(world, state)
            const { addresses, unsaid, text } = await holds(world, { wanted: 'all', stack: 'laws' })
            if (!expectUnsaid(state)) expect(unsaid, text).toEqual([])
            resources += addresses.length
          } finally {
            await world.close()
          }
        }),
        {
          numRuns: runs,
          ...(runs <= 300 && { seed: 20260801 }),
          endOnFailure: process.env['CI'] === undefined,
        },
      )
      expect(resources).toBeGreaterThan(runs * 3)
    },
    runs * 5000,
  )

  it(
    'in two steps, the second into the file of the first',
    async () => {
      let added = 0
      await fc.assert(
        fc.asyncProperty(statePlan, fc.boolean(), async (state, environments) => {
          const world = await openWorld()
          try {
            await makeState(world, { ...state, sameStack: false })
            const [first] = (await world.aws.send('cognito-idp:ListUserPools', { MaxResults: 60 }))[
              'UserPools'
            ] as { Id: string }[]
            if (first === undefined) return
            const common = { stack: 'two-steps', ...(environments && { environment: 'prod' }) }
            const { text } = await holds(world, { ...common, wanted: [first.Id] })
            const commented = text.replaceAll('\n\n', '\n# why\n\n')
            const second = await holds(world, {
              ...common,
              wanted: 'all',
              into: { file: 'cognito.yaml', text: commented },
            })
            const lines = new Set(second.text.split('\n'))
            // braces that took something in are the only lines that change
            const gone = commented.split('\n').filter(line => !lines.has(line) && !line.endsWith('}'))
            expect(gone, second.text).toEqual([])
            added += second.addresses.length
          } finally {
            await world.close()
          }
        }),
        { numRuns: Math.ceil(runs / 3), ...(runs <= 300 && { seed: 20260802 }), endOnFailure: true },
      )
      expect(added).toBeGreaterThan(0)
    },
    runs * 5000,
  )
})
