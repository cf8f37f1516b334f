// A file that states every row of every kind, made from the rows' own examples and what they are given. Rows that
// exclude each other go to resources of their own.
import { parse, stringify } from 'yaml'
import { pathsOf } from '../../src/explain/names.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Json, JsonObject, Term } from '../../src/model.ts'
import { parseSpec } from '../../src/spec/index.ts'
import type { Field, Kind } from '../../src/table/kind.ts'
import { digestOfFile, required, requiredOfParent, where } from './world.ts'

/** A block of the file: of a pool, a client, a role. Facets and split children are settings of their parent's. */
interface Block {
  kind: Kind
  key: string
  /** what it must say, as long as no row says otherwise */
  base: Settings
  /** what rows say */
  stated: Settings
  children: Block[]
}
type Settings = { [path: string]: Json }
type Statement = Map<Kind, Settings>

const same = (a: Json | undefined, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b)

const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind
const parentOf = (kind: Kind): Kind[] => (kind.parent === undefined ? [] : [kindNamed(kind.parent)])
const ancestry = (kind: Kind): Kind[] => [...parentOf(kind).flatMap(ancestry), kind]
const hasBlock = (kind: Kind): boolean => kind.place.form === 'map'
/** The blocks around a kind's rows, from the root. */
const lineOf = (kind: Kind): Kind[] => ancestry(kind).filter(hasBlock)
const homeOf = (kind: Kind): Kind => lineOf(kind).at(-1) as Kind
const sidesOf = (kind: Kind): readonly (string | undefined)[] =>
  kind.place.form === 'split' ? kind.place.keys : [undefined]

/** `$secret` as the file writes it. */
const asText = (value: Term): Json => {
  if (Array.isArray(value)) return value.map(asText)
  if (typeof value !== 'object' || value === null) return value
  if ('$secret' in value) return `\${secret.${String(value['$secret'])}}`
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asText(inner)]))
}

/** Where a row stands in the block that it is written in; `side`: of which of a split block's keys. */
const pathIn = (kind: Kind, field: Field, side: string | undefined): string | undefined => {
  if (kind.place.form !== 'split') return field.path
  const { block, keys } = kind.place
  const paths = pathsOf(kind, field)
  const [first = ''] = paths.map(path => path.split('.')[0] as string)
  const path = keys.includes(first) ? paths.find(path => path.split('.')[0] === side) : paths[0]
  return path === undefined ? undefined : `${block}.${path}`
}

/** A row's example with what it is given, each in the block that it belongs to; `undefined`: not on this side. */
const statementOf = (kind: Kind, field: Field, example: Json, side?: string): Statement | undefined => {
  const line = ancestry(kind)
  const facets = kinds.filter(
    facet => !hasBlock(facet) && !line.includes(facet) && line.some(one => one.name === facet.parent),
  )
  const statement: Statement = new Map()
  for (const [path, value] of Object.entries({
    ...requiredOfParent[kind.name],
    ...field.given,
    [field.path]: example,
  })) {
    const owner = [kind, ...line, ...facets].find(one => one.fields.some(row => row.path === path))
    const row = owner?.fields.find(row => row.path === path)
    const at = owner && row && pathIn(owner, row, side)
    if (owner === undefined || at === undefined) return undefined
    const home = homeOf(owner)
    statement.set(home, { ...statement.get(home), [at]: asText(value) })
  }
  return statement
}

/** A block that says this too, unless it says otherwise. */
const merge = (block: Block, settings: Settings = {}): Block | undefined =>
  Object.entries(settings).some(([path, value]) => path in block.stated && !same(block.stated[path], value))
    ? undefined
    : { ...block, stated: { ...block.stated, ...settings } }

const fresh = (kind: Kind, siblings: readonly Block[]): Block | undefined => {
  const said = asText(required[kind.name] ?? {}) as Settings
  const { bareKey } = kind.place as Extract<Kind['place'], { form: 'map' }>
  const { [bareKey?.field ?? kind.nameField ?? '']: name, ...base } = said
  const taken = siblings.filter(one => one.kind === kind)
  const key = taken.length === 0 && name !== undefined ? String(name) : `${kind.name}-${taken.length + 1}`
  return bareKey !== undefined && taken.length > 0 ? undefined : { kind, key, base, stated: {}, children: [] }
}

/** The ways to add a statement to blocks: to those there are, then with new ones, the innermost first. */
function* placements(
  blocks: readonly Block[],
  line: readonly Kind[],
  statement: Statement,
): Generator<Block[]> {
  const [kind, ...below] = line as [Kind, ...Kind[]]
  for (const block of [...blocks.filter(one => one.kind === kind), fresh(kind, blocks)]) {
    const merged = block && merge(block, statement.get(kind))
    if (block === undefined || merged === undefined) continue
    const put = (one: Block) =>
      blocks.includes(block) ? blocks.map(other => (other === block ? one : other)) : [...blocks, one]
    if (below.length === 0) yield put(merged)
    else
      for (const children of placements(merged.children, below, statement)) yield put({ ...merged, children })
  }
}

const assign = (into: JsonObject, path: string, value: Json): void => {
  const [first = '', ...rest] = path.split('.')
  const inner = { ...(into[first] as JsonObject | undefined) }
  if (rest.length > 0) assign(inner, rest.join('.'), value)
  into[first] = rest.length > 0 ? inner : value
}

const written = (blocks: readonly Block[]): JsonObject => {
  const all: JsonObject = {}
  for (const { kind, key, base, stated, children } of blocks) {
    const own: JsonObject = written(children)
    for (const [path, value] of Object.entries({ ...base, ...stated })) assign(own, path, value)
    const { block } = kind.place as Extract<Kind['place'], { form: 'map' }>
    all[block] = { ...(all[block] as JsonObject), [key]: own }
  }
  return all
}

const fileOf = (blocks: readonly Block[]): string =>
  stringify(
    {
      version: 1,
      stack: 'everything',
      region: where.region,
      account: where.account,
      secrets: { first: { env: 'FIRST' }, second: { env: 'SECOND' } },
      ...written(blocks),
    },
    { aliasDuplicateObjects: false },
  )

const isValid = (text: string): boolean =>
  parseSpec({ file: 'cognito.yaml', text }, { kinds, digest: digestOfFile }).diagnostics.every(
    ({ severity }) => severity !== 'error',
  )

const isStated = (blocks: readonly Block[], kind: Kind, paths: readonly string[]): boolean =>
  blocks.some(
    block =>
      (block.kind === kind && paths.some(path => path in block.stated)) ||
      isStated(block.children, kind, paths),
  )

let every: { text: string; left: string[] } | undefined

/** One file with every row, and the rows for which no place was found. */
export const everyRow = (): { text: string; left: string[] } => {
  every ??= placeEveryRow()
  return every
}

const placeEveryRow = (): { text: string; left: string[] } => {
  let blocks: Block[] = []
  const left: string[] = []
  // what is given to many rows settles first
  const rows = kinds
    .flatMap(kind => kind.fields.map(field => ({ kind, field })))
    .sort(
      (a, b) =>
        kinds.indexOf(homeOf(a.kind)) - kinds.indexOf(homeOf(b.kind)) ||
        Object.keys(b.field.given ?? {}).length - Object.keys(a.field.given ?? {}).length,
    )
  for (const { kind, field } of rows) {
    const sides = sidesOf(kind)
    const paths = sides.flatMap(side => pathIn(kind, field, side) ?? [])
    if (isStated(blocks, homeOf(kind), paths)) continue
    const found = sides
      .flatMap(side => field.examples.flatMap(example => statementOf(kind, field, example, side) ?? []))
      .flatMap(statement => [...placements(blocks, lineOf(kind), statement)])
      .sort((a, b) => size(a) - size(b))
      .find(placed => isValid(fileOf(placed)))
    if (found === undefined) left.push(`${kind.name}.${field.path}`)
    else blocks = found
  }
  return { text: fileOf(blocks), left }
}

const size = (blocks: readonly Block[]): number =>
  blocks.reduce((sum, { children }) => sum + 1 + size(children), 0)

/** A row's example, on one of the sides where it may stand. */
export interface Choice {
  kind: Kind
  field: Field
  side: string | undefined
  example: Json
}

/** Every row with each of its examples, on each of its sides. */
export const choices = (): Choice[] =>
  kinds.flatMap(kind =>
    kind.fields.flatMap(field =>
      sidesOf(kind).flatMap(side => field.examples.map(example => ({ kind, field, side, example }))),
    ),
  )

/** A file that states these, as far as they go together: what finds no place is left out. */
export const fileOfRows = (chosen: readonly Choice[]): string => {
  let [blocks, text]: [Block[], string] = [[], fileOf([])]
  for (const { kind, field, side, example } of chosen) {
    const path = pathIn(kind, field, side)
    if (path === undefined || isStated(blocks, homeOf(kind), [path])) continue
    const statement = statementOf(kind, field, example, side)
    const places = statement === undefined ? [] : placements(blocks, lineOf(kind), statement)
    for (const placed of places) {
      const longer = fileOf(placed)
      if (!isValid(longer)) continue
      ;[blocks, text] = [placed, longer]
      break
    }
  }
  return text
}

/** A file with little more than one row's example, for every row and both examples. */
export const fileOfEachRow = (): string[] =>
  choices().flatMap(({ kind, field, side, example }) => {
    const statement = statementOf(kind, field, example, side)
    const [blocks] = statement === undefined ? [] : placements([], lineOf(kind), statement)
    return blocks === undefined ? [] : [fileOf(blocks)]
  })

/** The same file with its keys in the opposite order, at every depth. */
export const turned = (text: string): string =>
  stringify(withKeysTurned(parse(text)), { aliasDuplicateObjects: false })

const withKeysTurned = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(withKeysTurned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, withKeysTurned(inner)] as const)
      .reverse(),
  )
}
