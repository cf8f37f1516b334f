// The law of import: whatever AWS has, the file that is written is valid, and its plan only takes ownership.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

const holds = async (world: World, stack: string) => {
  const imported = await importFile(world.aws, where, { kinds, wanted: 'all', stack })
  expect(imported.objections, imported.text).toEqual([])
  const parsed = parseSpec({ file: 'cognito.yaml', text: imported.text }, { kinds })
  expect(
    parsed.diagnostics.filter(one => one.severity === 'error'),
    imported.text,
  ).toEqual([])
  const spec = parsed.spec
  if (spec === undefined) throw new Error('no spec')
  const plan = await world.plan(spec)
  // the functions of the triggers do not exist, so that nothing can let Cognito invoke them
  expect(
    plan.diagnostics.filter(({ code }) => code !== 'COG3008'),
    imported.text,
  ).toEqual([])
  expect(beside(plan), imported.text).toEqual([])
  await world.apply(plan)
  expect(pathsIn(await world.plan(spec)), imported.text).toEqual([])
  return imported
}

/** Settings that cannot be stated, in states that are bent to have them. */
const expectUnsaid = (plan: StatePlan) =>
  plan.awkward.some(what => ['sms message', 'two domains', 'grandfathered'].includes(what))

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
            const { addresses, unsaid, text } = await holds(world, 'laws')
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
})
