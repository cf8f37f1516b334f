// The law of import, for one import: the file that is written is valid, and its plan only takes ownership.
import { expect } from 'vitest'
import { digestOf } from '../../src/aws/digest.ts'
import { importFile } from '../../src/import/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Term } from '../../src/model.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { changesIn, pathsIn, type World, where } from '../laws/world.ts'

/** How many states: 300 with `npm run test:long`, more with `COGSYNC_IMPORT_RUNS=10000`, perhaps from another seed. */
export const usual = 180
export const runs = Number(process.env['COGSYNC_IMPORT_RUNS'] ?? usual)
export const seed = Number(process.env['COGSYNC_IMPORT_SEED'] ?? 20260801)

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
export const progress = (what: string) => {
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
export type Images = Map<string, string>

/** The law, for one import. */
export const holds = async (world: World, options: Options, images: Images = new Map()) => {
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
