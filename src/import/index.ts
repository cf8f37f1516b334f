// cogsync import: what AWS has → a cognito.yaml that a person would have written.
import type { Digest } from '../aws/digest.ts'
import type { Aws, Live, Path, Progress, Spec, Unread } from '../model.ts'
import { observe } from '../observe/observe.ts'
import { newWatch, type Watch } from '../observe/reader.ts'
import { runError } from '../problem.ts'
import { parseSpec } from '../spec/index.ts'
import type { Kind, Where } from '../table/kind.ts'
import { type Placed, placed, withAll } from './assign-keys.ts'
import { type Entry, layOut } from './blocks.ts'
import { type Left, leftLines, type Seen } from './discover.ts'
import { mend } from './drop-rejected.ts'
import { openBook } from './references.ts'
import { chooseRoots } from './roots.ts'
import { type SecretEntry, secretsOf } from './secrets.ts'
import { keysAt, splice } from './splice.ts'
import { statementsOf } from './statements.ts'
import { sharedTags } from './tags.ts'
import { type Branch, branch, branchAt, leaf, put } from './tree.ts'
import { type Objection, objectionsTo } from './verify.ts'
import { write } from './write.ts'

export interface ImportOptions {
  kinds: readonly Kind[]
  /** everything, or roots by id or name */
  wanted: 'all' | readonly string[]
  stack: string
  environment?: string
  /** the address of the JSON Schema, for editors */
  schema?: string
  /** a file to add to */
  into?: Existing
  progress?: Progress
}

export interface Existing {
  file: string
  text: string
  readText?: (path: string) => string
  digest?: (path: string) => Digest
}

export interface Imported {
  text: string
  /** what the file names, relative to it */
  files: { path: string; base64: string }[]
  /** everything that the file has now and had not before */
  addresses: string[]
  left: { what: string; name: string; id: string; why: string }[]
  unread: Unread[]
  /** what has to be supplied, as environment variables */
  secrets: { name: string; variable: string }[]
  /** settings that could not be stated, and why; all are marked in the file */
  unsaid: { address: string; path: string; why: string }[]
  /** what could not be mended: a bug of cogsync */
  objections: Objection[]
}

/** What a file that is added to has already. */
interface Present {
  spec: Spec
  live: Live[]
}

/** Reads AWS and writes the file. Throws a `RunError` when something asked for is not there, or not free. */
export const importFile = async (aws: Aws, where: Where, options: ImportOptions): Promise<Imported> => {
  const present = options.into && (await readPresent(aws, where, options, options.into))
  const watch = newWatch(emptySpec(where, options), options.kinds, aws, where, {
    ...(options.progress && { progress: options.progress }),
  })
  const { roots, left } = await chooseRoots(watch, options.wanted)
  const places = placed(roots, {
    stack: options.stack,
    where,
    presentAs: seen => present?.live.find(live => isSame(live, seen))?.address,
    keysAt: path => (options.into === undefined ? [] : keysAt(options.into.text, path)),
  })
  return written(watch, places, left, options, present)
}

const isSame = (live: Live, { kind, live: other }: Seen): boolean =>
  live.kind === kind.name && kind.ids.every(member => live.ids[member] === other.ids[member])

const readPresent = async (
  aws: Aws,
  where: Where,
  { kinds, environment }: ImportOptions,
  { file, text, readText, digest }: Existing,
): Promise<Present> => {
  const { spec, diagnostics } = parseSpec(
    { file, text },
    {
      kinds,
      ...(environment !== undefined && { environment }),
      ...(readText && { readText }),
      ...(digest && { digest }),
    },
  )
  if (spec === undefined)
    throw runError({
      exit: 3,
      code: 'invalid-file',
      message: `${file} has errors: correct them first`,
      diagnostics: diagnostics.filter(({ severity }) => severity === 'error'),
    })
  return { spec, live: Object.values((await observe(spec, kinds, aws, where)).live) }
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

/** Mending takes one thing out at a time, and most files need none. */
const mostRounds = 200

/** Writes, proves, and mends until there is nothing to object to. */
const written = (
  watch: Watch,
  places: readonly Placed[],
  left: readonly Left[],
  options: ImportOptions,
  present: Present | undefined,
): Imported => {
  const { where } = watch
  const all = withAll(places)
  const book = openBook(places, watch.kinds, where)
  const taken = new Set(Object.keys(present?.spec.secrets ?? {}))
  const entries = new Map(
    all
      .filter(one => !one.present)
      .map((one): [Placed, Entry] => [
        one,
        {
          placed: one,
          statements: statementsOf(one, book, where),
          secrets: secretsOf(one, taken, where),
        },
      ]),
  )
  const secrets = [...entries.values()].flatMap(entry => entry.secrets)
  const tags = present === undefined ? sharedTags([...entries.values()]) : {}
  const compose = () => {
    const tree = branch({ open: true, gap: true })
    if (present === undefined) layHead(tree, watch, options, tags)
    laySecrets(tree, secrets)
    const pin = (path: Path, id: string) => put(tree, pinPath(path, options), id)
    const stands = places.flatMap(root => layOut(tree, root, one => entries.get(one), pin))
    if (present === undefined) tree.after.push(...remarks(watch, left))
    const text =
      options.into === undefined ? withSchema(write(tree), options) : splice(options.into.text, tree)
    const file = options.into?.file ?? 'cognito.yaml'
    const beside = [...entries.values()].flatMap(({ statements }) =>
      statements.stated.flatMap(one => one.files),
    )
    const objections = objectionsTo(text, file, watch, places, present?.live ?? [], beside)
    return { text, stands, beside, objections }
  }
  for (let round = 0; ; round++) {
    const { text, stands, beside, objections } = compose()
    const mended = objections.map(one => mend(one, stands, entries)).some(Boolean)
    if (mended && round < mostRounds) continue
    if (options.into !== undefined) refuseBroken(options.into.file, objections)
    const said = [...left, ...all.filter(one => !one.present).flatMap(({ seen }) => seen.left)]
    const bytes = Object.assign({}, ...all.map(({ seen }) => seen.read.found.files ?? {})) as {
      [sha256: string]: string
    }
    return {
      text,
      files: beside.map(({ path, sha256 }) => ({ path, base64: bytes[sha256] as string })),
      addresses: [...entries.values()]
        .filter(
          ({ placed: { kind }, statements }) => kind.presence === 'resource' || statements.stated.length > 0,
        )
        .map(({ placed: { address } }) => address),
      left: said.map(({ kind, name, id, why }) => ({ what: kind.title, name, id, why })),
      unread: watch.unread,
      secrets: secrets.map(({ name, variable }) => ({ name, variable })),
      unsaid: [...entries.values()].flatMap(({ placed: { address }, statements }) =>
        statements.unsaid.map(({ field, why }) => ({ address, path: field.path, why })),
      ),
      objections,
    }
  }
}

/** A file that somebody wrote is not exchanged for one that cannot be read. */
const refuseBroken = (file: string, objections: readonly Objection[]): void => {
  const [first] = objections.filter(({ path }) => path !== undefined)
  if (first === undefined) return
  throw runError({
    exit: 1,
    code: 'cannot-add',
    message: `${file} with the addition would not be valid: ${first.why}; it was not changed`,
    hint: 'import into a file of its own with --out, and move over what you need',
  })
}

const layHead = (
  tree: Branch,
  { where }: Watch,
  { stack, environment }: ImportOptions,
  tags: { [tag: string]: string },
): void => {
  put(tree, ['version'], 1)
  put(tree, ['stack'], stack)
  put(tree, ['region'], where.region)
  if (environment === undefined) put(tree, ['account'], where.account)
  if (Object.keys(tags).length > 0) put(tree, ['tags'], tags)
  if (environment === undefined) return
  const own = branchAt(tree, ['environments', environment])
  own.open = true
  own.entries.set('account', leaf(where.account))
  Object.assign(branchAt(tree, ['environments']), { open: true, gap: true })
}

const laySecrets = (tree: Branch, secrets: readonly SecretEntry[]): void => {
  if (secrets.length === 0) return
  const block = branchAt(tree, ['secrets'])
  block.gap = true
  block.open = true
  block.before.push('AWS holds these; the file only says where they come from. Set each where cogsync runs.')
  for (const { name, variable } of secrets) put(tree, ['secrets', name], { env: variable })
}

const remarks = ({ unread }: Watch, left: readonly Left[]): string[] => [
  ...unread.map(
    ({ address, operation, reason }) =>
      `could not be read, so it is missing here: ${address}: ${operation}: ${reason}`,
  ),
  ...leftLines(left),
]

/** Ids belong to one environment. */
const pinPath = (path: Path, { environment }: ImportOptions): Path =>
  environment === undefined ? path : ['environments', environment, 'override', ...path]

const withSchema = (text: string, { schema }: ImportOptions): string =>
  schema === undefined ? text : `# yaml-language-server: $schema=${schema}\n${text}`
