// An earlier version of the file, read from a commit, and the differences of a plan told apart with it.
import { posix, resolve } from 'node:path'
import { kinds } from '../kinds/index.ts'
import type { Observation, Origins, Plan, Spec } from '../model.ts'
import { type Parsed, parseSpec } from '../spec/index.ts'
import { hiddenPart } from '../spec/read/secret-sources.ts'
import type { RunOptions } from './session.ts'
import { tool } from './version.ts'

/** The files of a commit. */
export interface Tree {
  /** the commit, in full */
  commit: string
  /** a file's text, by its path from the top of the repository; `undefined` when it is not there */
  read(path: string): Promise<string | undefined>
}

/** The file as a commit has it, and why not if it has none that can be used. */
export type Earlier = { spec: Spec; commit: string } | { unknown: string }

/** Every round finds the files that the last one named; more than this is no honest file. */
const mostRounds = 20

const missing = 'not read yet'

/** Reads the file and the files that it includes, each below the folder that it stands in, as today's reader does. */
export const readEarlier = async (
  tree: Tree,
  { path, environment }: { path: string; environment?: string },
): Promise<Earlier> => {
  const short = tree.commit.slice(0, 7)
  const text = await tree.read(path)
  if (text === undefined) return { unknown: `there is no ${path} in ${short}, so everything counts as new` }
  const folder = posix.dirname(path)
  const texts = new Map<string, string | undefined>()
  let parsed: Parsed | undefined
  for (let round = 0; round < mostRounds; round++) {
    const wanted = new Set<string>()
    parsed = parseSpec(
      { file: path, text },
      {
        kinds,
        ...(environment !== undefined && { environment }),
        readText: name => {
          const whole = posix.join(folder, name)
          if (posix.isAbsolute(name) || posix.relative(folder, whole).startsWith('..'))
            throw new Error(`${name} is outside ${folder}`)
          if (hiddenPart(name) !== undefined) throw new Error(`${name} is hidden`)
          if (!texts.has(whole)) wanted.add(whole)
          const found = texts.get(whole)
          if (found === undefined) throw new Error(missing)
          return found
        },
      },
    )
    if (wanted.size === 0) break
    for (const each of wanted) texts.set(each, await tree.read(each))
  }
  return parsed?.spec === undefined
    ? { unknown: `${path} in ${short} is not valid, so it is not known what had drifted before` }
    : { spec: parsed.spec, commit: tree.commit }
}

/** Which differences of a plan the change of the file brings, and which are older. */
export const originsSince = async (
  { plan, spec, observation }: { plan: Plan; spec: Spec; observation: Observation },
  earlier: { spec: Spec; commit: string },
  options: { allow?: readonly string[]; targets?: readonly string[] } = {},
): Promise<Origins> => {
  const { originsOf } = await import('../plan/origin.ts')
  return originsOf(plan, { now: spec, base: earlier.spec }, observation, kinds, {
    tool,
    commit: earlier.commit,
    ...options,
  })
}

/** The file as it was where HEAD left a branch, tag or commit. Throws a `RunError` without such a place. */
const earlierAt = async (
  ref: string,
  { config, cwd = process.cwd(), environment }: RunOptions,
): Promise<{ earlier: Earlier; commit: string }> => {
  const { mergeBase } = await import('./git.ts')
  const { tree, path } = await mergeBase(ref, resolve(cwd, config))
  const earlier = await readEarlier(tree, { path, ...(environment !== undefined && { environment }) })
  return { earlier, commit: tree.commit }
}

/** Which differences are older than where HEAD left a branch, tag or commit. */
export const originsAgainst = async (
  planned: { plan: Plan; spec: Spec; observation: Observation },
  ref: string,
  options: RunOptions,
): Promise<Origins> => {
  const { earlier, commit } = await earlierAt(ref, options)
  const { allow, targets } = options
  return 'unknown' in earlier
    ? { commit, changes: {}, accepted: [], unknown: [earlier.unknown] }
    : originsSince(planned, earlier, { ...(allow && { allow }), ...(targets && { targets }) })
}

/**
 * The resources that the file wants otherwise since then, and what they need; everything when the earlier file cannot
 * be used.
 */
export const scopeSince = async (
  spec: Spec,
  ref: string,
  options: RunOptions,
): Promise<{ scope?: ReadonlySet<string>; commit: string }> => {
  const [{ earlier, commit }, { changedSince }, { relationsOf, withNeeds }] = await Promise.all([
    earlierAt(ref, options),
    import('../plan/changed-since.ts'),
    import('../plan/context.ts'),
  ])
  if ('unknown' in earlier) return { commit }
  return { commit, scope: withNeeds(relationsOf(spec, kinds), changedSince(spec, earlier.spec)) }
}
