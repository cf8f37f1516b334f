// cogsync import: what AWS has → a cognito.yaml that a person would have written.

import { newWatch, type Watch } from '../engine/watch.ts'
import type { Kind, Where } from '../kinds/kind.ts'
import type { Aws, Path, Progress, Spec, Unread } from '../model.ts'
import { type Entry, layOut, type Stand } from './blocks.ts'
import { type Placed, placed, withAll } from './naming.ts'
import { type Objection, objectionsTo } from './proof.ts'
import { openBook } from './references.ts'
import { chooseRoots } from './roots.ts'
import { type SecretEntry, secretsOf } from './secrets.ts'
import { statementsOf } from './statements.ts'
import type { Left } from './survey.ts'
import { sharedTags } from './tags.ts'
import { type Branch, branch, branchAt, leaf, put } from './tree.ts'
import { write } from './write.ts'

export interface ImportOptions {
  kinds: readonly Kind[]
  /** everything, or roots by id or name */
  wanted: 'all' | readonly string[]
  stack: string
  environment?: string
  /** the first line, for editors */
  schema?: string
  progress?: Progress
}

export interface Imported {
  text: string
  /** addresses of everything that the file now has */
  addresses: string[]
  left: Left[]
  unread: Unread[]
  secrets: SecretEntry[]
  /** settings that could not be stated, and why; all are marked in the file */
  unsaid: { address: string; path: string; why: string }[]
  /** what could not be mended: a bug */
  objections: Objection[]
}

/** Reads AWS and writes the file. Throws a `RunError` when something asked for is not there. */
export const importFile = async (aws: Aws, where: Where, options: ImportOptions): Promise<Imported> => {
  const spec = emptySpec(where, options)
  const watch = newWatch(spec, options.kinds, aws, where, {
    ...(options.progress && { progress: options.progress }),
  })
  const { roots, left } = await chooseRoots(watch, options.wanted)
  const places = placed(roots, {
    stack: options.stack,
    where,
    presentAs: () => undefined,
    keysAt: () => [],
  })
  return written(watch, places, left, options)
}

const emptySpec = (where: Where, { stack, environment }: ImportOptions): Spec => ({
  version: 1,
  stack,
  region: where.region,
  ...(environment !== undefined && { environment }),
  tags: {},
  unspecified: 'default',
  secrets: {},
  resources: [],
  removed: [],
})

/** Writes, proves, and mends until there is nothing to object to. */
const written = (
  watch: Watch,
  places: readonly Placed[],
  left: readonly Left[],
  options: ImportOptions,
): Imported => {
  const { where } = watch
  const book = openBook(places, watch.kinds, where)
  const taken = new Set<string>()
  const entries = new Map(
    withAll(places).map(one => {
      const secrets = secretsOf(one, taken, where)
      return [one, { placed: one, statements: statementsOf(one, book, where), secrets }] as const
    }),
  )
  const secrets = [...entries.values()].flatMap(entry => entry.secrets as SecretEntry[])
  const tags = sharedTags([...entries.values()])
  for (let round = 0; ; round++) {
    const tree = headOf(watch, left, options, secrets, tags)
    const stands = places.flatMap(root =>
      layOut(
        tree,
        root,
        one => entries.get(one) as Entry,
        (path, id) => pinAt(tree, path, id, options),
      ),
    )
    const text = withSchema(write(tree), options)
    const { objections } = objectionsTo(text, watch, places, [])
    const mended = round < 30 && objections.map(one => mend(one, stands, entries)).some(Boolean)
    if (objections.length === 0 || !mended)
      return {
        text,
        addresses: [...entries.keys()].map(({ address }) => address),
        left: [...left, ...withAll(places).flatMap(({ seen }) => seen.left)],
        unread: watch.unread,
        secrets,
        unsaid: [...entries.values()].flatMap(({ placed: { address }, statements }) =>
          statements.unsaid.map(({ field, why }) => ({ address, path: field.path, why })),
        ),
        objections,
      }
  }
}

/** Takes what is objected to out of the file; answers whether anything came of it. */
const mend = (
  { path, address, field, why }: Objection,
  stands: readonly Stand[],
  entries: ReadonlyMap<Placed, Entry>,
): boolean => {
  const stand =
    path === undefined
      ? undefined
      : stands
          .filter(one => begins(path, one.path) || begins(one.path, path))
          .sort((a, b) => b.path.length - a.path.length)[0]
  const entry =
    stand?.entry ??
    [...entries.values()].find(({ placed: one }) => address !== undefined && one.address === address)
  const subject = stand?.field ?? entry?.placed.kind.fields.find(one => one.path === field)
  if (entry === undefined || subject === undefined) return false
  const { statements } = entry
  const said = statements.stated.some(one => one.field === subject)
  const before = statements.unsaid.find(one => one.field === subject)
  if (before?.ignored || (!said && path !== undefined)) return false
  const ignored = address !== undefined || subject.unset !== 'keep'
  statements.stated = statements.stated.filter(one => one.field !== subject)
  statements.unsaid = [
    ...statements.unsaid.filter(one => one.field !== subject),
    { field: subject, why, ignored },
  ]
  return true
}

const begins = (path: Path, start: Path): boolean => start.every((part, index) => path[index] === part)

const headOf = (
  { where, unread }: Watch,
  left: readonly Left[],
  { stack, environment }: ImportOptions,
  secrets: readonly SecretEntry[],
  tags: { [tag: string]: string },
): Branch => {
  const tree = branch({ open: true })
  put(tree, ['version'], 1)
  put(tree, ['stack'], stack)
  put(tree, ['region'], where.region)
  if (environment === undefined) put(tree, ['account'], where.account)
  else {
    const own = branchAt(tree, ['environments', environment])
    own.open = true
    own.entries.set('account', leaf(where.account))
    branchAt(tree, ['environments']).open = true
  }
  if (Object.keys(tags).length > 0) put(tree, ['tags'], tags)
  if (secrets.length > 0) {
    const block = branchAt(tree, ['secrets'])
    block.gap = true
    block.open = true
    block.before.push(
      'AWS has these; the file only says where they come from. Set the variables where cogsync runs.',
    )
    for (const { name, variable } of secrets) put(tree, ['secrets', name], { env: variable })
  }
  for (const { address, operation, reason } of unread)
    tree.after.push(`could not be read, so it is missing here: ${address}: ${operation}: ${reason}`)
  for (const { kind, name, id, why } of left)
    tree.after.push(`left alone: ${kind.title} ${name}${id === name ? '' : ` (${id})`}: ${why}`)
  return tree
}

/** Ids belong to one environment. */
const pinAt = (tree: Branch, path: Path, id: string, { environment }: ImportOptions): void =>
  put(tree, environment === undefined ? path : ['environments', environment, 'override', ...path], id)

const withSchema = (text: string, { schema }: ImportOptions): string =>
  schema === undefined ? text : `# yaml-language-server: $schema=${schema}\n${text}`
