// Settings that reach AWS entry by entry: a call for each that is new, changed or gone.

import type { Call, Json, JsonObject, Term } from '../model.ts'
import type { EntryWriter, Field, Template, Values } from '../table/kind.ts'
import { filesIn, isObject } from '../term.ts'
import { canonicalText, folded } from '../values/canonical.ts'
import { differs } from '../values/diff.ts'
import type { Merged } from '../values/merge.ts'
import { type Ids, takenBy } from '../values/wire.ts'

type Entry = [key: string, value: Term]

/** The entries of a list or map; items of a list are their own keys, unless `key` tells them apart otherwise. */
export const entriesOf = (value: Term | undefined, key?: (item: Term) => string): Entry[] => {
  if (Array.isArray(value))
    return value.map(
      (item): Entry => [key?.(item) ?? (typeof item === 'string' ? item : canonicalText(item)), item],
    )
  return isObject(value) ? Object.entries(value) : []
}

/** The calls that bring an entry writer's setting from what it was to what it should be. */
export const entryWriterCalls = (
  writer: EntryWriter,
  { kind, after, written }: Merged,
  before: Values,
  ids: Ids,
): Call[] => {
  const field = kind.fields.find(one => one.path === writer.field) as Field
  const compared = (values: Values) => new Map(entriesOf(folded(field, values[writer.field]), writer.key))
  const [old, next] = [compared(before), compared(after)]
  const source = new Map(entriesOf(written[writer.field], writer.key))
  const gone = writer.remove ? [...old].filter(([key]) => !next.has(key)) : []
  const put = [...next]
    .filter(([key, value]) => (old.has(key) ? writer.mode === 'each' && differs(old.get(key), value) : true))
    .map(([key, value]): Entry => [key, source.get(key) ?? value])
  const form = writer.entry ?? ((_key, value) => value)
  return [
    ...templateCalls(
      writer.put,
      put.map(([key, value]): Entry => [key, form(key, value)]),
      writer,
      ids,
    ),
    ...(writer.remove ? templateCalls(writer.remove, gone, writer, ids) : []),
  ]
}

/** A template's calls: one for each entry, or for as many as a batch holds. */
export const templateCalls = (
  template: Template,
  entries: readonly Entry[],
  { batch, batchBytes }: Pick<EntryWriter, 'batch' | 'batchBytes'>,
  ids: Ids,
): Call[] =>
  chunked(entries, batch ?? 1, batchBytes ?? Number.POSITIVE_INFINITY).map(chunk => ({
    operation: template.operation,
    input: {
      ...(filled(template.input, chunk, batch !== undefined) as JsonObject),
      ...takenBy(template.operation, ids),
    },
  }))

/** In order, as many at once as number and bytes allow; one that is too large by itself goes alone. */
const chunked = (entries: readonly Entry[], most: number, mostBytes: number): Entry[][] =>
  entries.reduce<Entry[][]>((chunks, entry) => {
    const last = chunks.at(-1)
    const fits =
      last !== undefined &&
      last.length < most &&
      [...last, entry].reduce((sum, [, value]) => sum + weightOf(value), 0) <= mostBytes
    return fits ? [...chunks.slice(0, -1), [...last, entry]] : [...chunks, [entry]]
  }, [])

/** The bytes of a value in a request, files as base64. */
const weightOf = (value: Term): number =>
  filesIn(value).reduce(
    (sum, { size }) => sum + Math.ceil(size / 3) * 4,
    Buffer.byteLength(JSON.stringify(value)),
  )

/** A template with its entries put in: a one-element array is repeated for every entry of a batch. */
const filled = (template: Json, entries: readonly Entry[], batched: boolean): Term => {
  const [key, value] = entries[0] as Entry
  if (template === '$key') return key
  if (template === '$value') return value
  if (Array.isArray(template))
    return batched && template.length === 1
      ? entries.map(entry => filled(template[0] as Json, [entry], false))
      : template.map(item => filled(item, entries, batched))
  if (!isObject(template)) return template
  return Object.fromEntries(
    Object.entries(template).map(([name, inner]) => [name, filled(inner, entries, batched)]),
  )
}
