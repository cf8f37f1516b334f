// Before and after of one setting, as lines: only what differs, documents as small diffs inside.
import { structuredPatch } from 'diff'
import type { Json, JsonObject, Term } from '../../model.ts'
import { safe, safeLines } from '../printable.ts'
import { documentOf, isScalar, isUnresolved, readable, scalarText, withNames } from '../terms.ts'

/** A line of a difference. `~` has a before and an after beside its text, which is then a key. */
export interface Line {
  mark: '+' | '-' | '~' | ' '
  depth: number
  text: string
  before?: string
  after?: string
}

/** One line (`12 → 8`), or a heading and lines below it. */
export type Shape = { form: 'line'; before?: string; after?: string } | { form: 'lines'; lines: Line[] }

/** Longer than this, and values stand below each other. */
const roomy = 72

/** Lists inside documents stand on one line up to here. */
const narrow = 60

const isList = (value: Json): value is Json[] => Array.isArray(value)
const isMap = (value: Json): value is JsonObject => !isScalar(value) && !isList(value)
const isPlainList = (value: Json): value is (null | boolean | number | string)[] =>
  isList(value) && value.every(isScalar)
const isText = (value: Json): value is string => typeof value === 'string' && value.includes('\n')

/** A value on one line, as in YAML's flow style: `[code, implicit]`, `{ type: String, maxLength: 64 }`. */
export const flow = (value: Json, path = ''): string => {
  if (isScalar(value)) return scalarText(value, path)
  if (isList(value)) return `[${value.map(item => flow(item)).join(', ')}]`
  const entries = Object.entries(value)
  return entries.length === 0
    ? '{}'
    : `{ ${entries.map(([key, item]) => `${safe(key)}: ${flow(item, key)}`).join(', ')} }`
}

/** Whether the value is best read on one line. */
const fitsLine = (value: Json): boolean => !isText(value) && (isScalar(value) || flow(value).length <= roomy)

/** The same value with its keys in the order of another, so that order alone never shows as a difference. */
const inOrderOf = (value: Json, model: Json): Json => {
  if (isList(value))
    return value.map((item, index) =>
      isList(model) && index < model.length ? inOrderOf(item, model[index]!) : item,
    )
  if (!isMap(value) || !isMap(model)) return value
  const keys = [
    ...Object.keys(model).filter(key => key in value),
    ...Object.keys(value).filter(key => !(key in model)),
  ]
  return Object.fromEntries(keys.map(key => [key, inOrderOf(value[key]!, model[key] ?? null)]))
}

/** A document as the file would have it: YAML's block style, short lists on one line. Every line is safe. */
const outline = (value: Json, key = ''): string[] => {
  if (isText(value)) return ['|', ...safeLines(value).map(line => `  ${line}`)]
  if (isScalar(value) || Object.keys(value).length === 0) return [flow(value, key)]
  if (isPlainList(value) && flow(value).length <= narrow) return [flow(value)]
  if (isList(value))
    return value.flatMap(item => outline(item).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`))
  return Object.entries(value).flatMap(([key, item]) => {
    const [first = '', ...rest] = outline(item, key)
    const beside =
      isScalar(item) || Object.keys(item).length === 0 || (isPlainList(item) && first.startsWith('['))
    return beside
      ? [`${safe(key)}: ${first}`, ...rest]
      : [`${safe(key)}:`, ...[first, ...rest].map(line => `  ${line}`)]
  })
}

/** A text by itself stands as it is; everything else as an outline. */
const linesOf = (value: Json): string[] => (isText(value) ? safeLines(value) : outline(value))

const block = (value: Json, mark: Line['mark'], depth: number): Line[] =>
  linesOf(value).map(text => ({ mark, depth, text }))

/** A small unified diff: two lines of context, `…` where lines are left out. */
const documentDiff = (before: Json, after: Json, depth: number): Line[] => {
  const [old, next] = [before, after].map(value => linesOf(value).join('\n'))
  const patch = structuredPatch('', '', old!, next!, '', '', { context: 2, maxEditLength: 4000 })
  if (!patch) return [...block(before, '-', depth), ...block(after, '+', depth)]
  return patch.hunks.flatMap((hunk, index) => {
    const lines = hunk.lines
      .filter(line => !line.startsWith('\\'))
      .map((line): Line => ({ mark: line[0] as Line['mark'], depth, text: line.slice(1) }))
    const skipped = index > 0 || hunk.oldStart > 1
    return skipped ? [{ mark: ' ', depth, text: '…' } satisfies Line, ...lines] : lines
  })
}

const listDiff = (before: Json[], after: Json[], depth: number): Line[] => {
  const has = (list: Json[], item: Json) => list.some(other => other === item)
  const line = (mark: '+' | '-') => (item: Json) => ({ mark, depth, text: scalarText(item) })
  const kept = after.filter(item => has(before, item)).length
  return [
    ...before.filter(item => !has(after, item)).map(line('-')),
    ...after.filter(item => !has(before, item)).map(line('+')),
    ...(kept > 0 ? [{ mark: ' ' as const, depth, text: `(${kept} unchanged)` }] : []),
  ]
}

/** Whether what both lists hold stands in the same order in both, and nothing twice. */
const sameOrder = (before: Json[], after: Json[]): boolean => {
  const common = (list: Json[], other: Json[]) => list.filter(item => other.includes(item))
  return JSON.stringify(common(before, after)) === JSON.stringify(common(after, before))
}

const sameItems = (before: Json[], after: Json[]) =>
  before.length === after.length &&
  before.every(item => after.includes(item)) &&
  after.every(item => before.includes(item))

/** The inside of a difference between two values that both exist. */
const inside = (before: Json, after: Json, depth: number): Line[] => {
  if (isMap(before) && isMap(after)) return mapDiff(before, after, depth)
  if (isPlainList(before) && isPlainList(after) && sameOrder(before, after) && !sameItems(before, after))
    return listDiff(before, after, depth)
  if (isScalar(before) && isScalar(after) && !isText(before) && !isText(after))
    return [
      { mark: '-', depth, text: scalarText(before) },
      { mark: '+', depth, text: scalarText(after) },
    ]
  const lines = documentDiff(inOrderOf(before, after), after, depth)
  const exact = (value: Json, mark: '+' | '-') => ({ mark, depth, text: safe(JSON.stringify(value)) })
  return lines.length > 0 ? lines : [exact(before, '-'), exact(after, '+')]
}

const entry = (key: string, value: Json, mark: '+' | '-', depth: number): Line[] =>
  fitsLine(value)
    ? [{ mark, depth, text: `${safe(key)}: ${flow(value, key)}` }]
    : [{ mark, depth, text: `${safe(key)}:` }, ...block(value, mark, depth + 1)]

const mapDiff = (before: JsonObject, after: JsonObject, depth: number): Line[] =>
  [...Object.keys(after), ...Object.keys(before).filter(key => !(key in after))].flatMap(key => {
    const [old, next] = [before[key], after[key]].map(value =>
      value === undefined ? undefined : documentOf(value),
    )
    if (old === undefined) return entry(key, next!, '+', depth)
    if (next === undefined) return entry(key, old, '-', depth)
    if (JSON.stringify(old) === JSON.stringify(inOrderOf(next, old))) return []
    if (isScalar(old) && isScalar(next) && fitsLine(old) && fitsLine(next)) {
      const [was, is] = [scalarText(old, key), scalarText(next, key)]
      if (was.length + is.length <= roomy)
        return [{ mark: '~', depth, text: safe(key), before: was, after: is }]
    }
    return [{ mark: '~', depth, text: `${safe(key)}:` }, ...inside(old, next, depth + 1)]
  })

const read = (term: Term | undefined): Json | undefined =>
  term === undefined ? undefined : documentOf(readable(term))

/** How the difference between two terms reads. Absent and `null` both mean that nothing is set. */
export const shapeOf = (path: string, before: Term | undefined, after: Term | undefined): Shape => {
  const old = read(withNames(before, after)) ?? null
  const next = read(after) ?? null
  const unresolved = isUnresolved(after) ? ' (known after apply)' : ''
  if (old === null && next === null)
    return {
      form: 'line',
      ...(before === undefined ? {} : { before: scalarText(null) }),
      after: scalarText(null),
    }
  if (old === null) {
    if (!fitsLine(next))
      return {
        form: 'lines',
        lines: isPlainList(next)
          ? listDiff([], next, 0)
          : isMap(next)
            ? mapDiff({}, next, 0)
            : block(next, '+', 0),
      }
    const text = flow(next, path) + unresolved
    return before === undefined
      ? { form: 'line', after: text }
      : { form: 'line', before: scalarText(null), after: text }
  }
  if (next === null) {
    if (fitsLine(old)) return { form: 'line', before: flow(old, path), after: scalarText(null) }
    return {
      form: 'lines',
      lines: [
        ...(isMap(old) ? mapDiff(old, {}, 0) : block(old, '-', 0)),
        { mark: ' ', depth: 0, text: '(not set any more)' },
      ],
    }
  }
  const short = fitsLine(old) && fitsLine(next) && flow(old).length + flow(next).length <= roomy
  if (
    isScalar(old) && isScalar(next)
      ? short
      : short && isPlainList(old) && isPlainList(next) && (!sameOrder(old, next) || sameItems(old, next))
  )
    return { form: 'line', before: flow(old, path), after: flow(next, path) + unresolved }
  return { form: 'lines', lines: inside(old, next, 0) }
}
