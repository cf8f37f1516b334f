// From settings to API calls: data with holes, decided here once and only carried out later.

import { inputMembers } from '../aws/shapes.ts'
import {
  type BodyWriter,
  type EntryWriter,
  type Field,
  isBodyWriter,
  type Kind,
  type Operation,
  type Template,
  type Values,
  type Wait,
  type Where,
} from '../kinds/kind.ts'
import type { Address, Call, Json, JsonObject, Term } from '../model.ts'
import { canonicalText, defaultOf, folded, wiresOf } from './canonical.ts'
import { differs } from './diff.ts'
import { orderSteps, type Step } from './order.ts'
import { filesIn, isObject } from './terms.ts'
import { isFixed, type Merged, writerOf } from './values.ts'
import { bodyOf, laySettings, settable } from './wire.ts'

/** The ids that a resource's calls take: values where they are known, references to their owner where not. */
export type Ids = { [member: string]: Term }

/** The ids by which a resource can be looked for before it is made: all but those that making it yields. */
export const idsBefore = (kind: Kind): string[] =>
  kind.ids.filter(member => kind.natural?.[member] !== undefined || !(member in (kind.create?.yields ?? {})))

/** The ids of a resource: its own live ones, its natural ones, its parent's. */
export const idsOf = (merged: Merged, parent: { address: Address; kind: Kind } | undefined): Ids => {
  const { kind, live, desired, written } = merged
  const id = (member: string): Term => {
    const known = live?.ids[member]
    if (known !== undefined) return known
    const given = desired.ids?.[member]
    if (given !== undefined) return given
    const field = kind.natural?.[member]
    if (field !== undefined) return written[field] ?? null
    const from = kind.idsFrom?.[member]
    if (parent !== undefined && from !== undefined) return { $ref: parent.address, attr: `ids.${from}` }
    const owner = parent?.kind.ids.includes(member) ? parent.address : desired.address
    return { $ref: owner, attr: `ids.${member}` }
  }
  return Object.fromEntries(kind.ids.map(member => [member, id(member)]))
}

const wait = (until: Wait, ids: Ids): NonNullable<Call['until']> => ({
  operation: until.operation,
  input: Object.fromEntries(until.input.map(member => [member, ids[member] ?? null])),
  path: until.path,
  in: [...until.in],
  within: until.within,
  ...(until.soft && { soft: true }),
})

/** What a call tells the applier beside its input. `spreading`: something it names is still spreading. */
const extras = (
  source: { retryOn?: readonly string[]; patience?: number; until?: Wait },
  ids: Ids,
  spreading: number | undefined,
): Partial<Call> => {
  const within = spreading ?? source.patience
  return {
    ...(source.until && { until: wait(source.until, ids) }),
    ...(source.retryOn && within !== undefined && { retryOn: { errors: [...source.retryOn], within } }),
  }
}

const isEmpty = (value: Term | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)

/** Whether a creating operation takes a setting. */
const createTakes = (kind: Kind, field: Field): boolean => {
  const [member = ''] = (wiresOf(field)[0] as string).split('.')
  return (
    kind.create !== undefined &&
    !kind.create.without?.includes(member) &&
    (member in settable(kind, kind.create.operation) ||
      Object.values(kind.natural ?? {}).includes(field.path))
  )
}

/** The calls that make a resource, with everything that its creation cannot take in further calls. */
export const createCalls = (
  merged: Merged,
  ids: Ids,
  where: Where,
  spreading: number | undefined,
): Call[] | undefined => {
  const { kind, written, desired } = merged
  const create = kind.create
  if (create === undefined)
    return updateCalls(
      merged,
      kind.fields.filter(field => !isIdle(merged, field)),
      ids,
      where,
      spreading,
      () => true,
    )
  const taken = kind.fields.filter(
    field =>
      createTakes(kind, field) && (!isEmpty(written[field.path]) || isStatedList(desired.spec[field.path])),
  )
  const made = laySettings({}, taken, written, where)
  const takes = new Set([...Object.keys(settable(kind, create.operation)), ...kind.ids])
  // a natural id is the creation's own input; the parent's ids come in as references
  const given = Object.fromEntries(Object.entries(ids).filter(([member]) => !(member in create.yields)))
  const body = {
    ...Object.fromEntries(Object.entries(made).filter(([member]) => takes.has(member))),
    ...given,
  }
  const first: Call = {
    operation: create.operation,
    input: body,
    yields: create.yields,
    creates: true,
    ...extras(create, ids, spreading),
  }
  const left = kind.fields.filter(
    field => !taken.includes(field) && !isFixed(kind, field) && !isIdle(merged, field),
  )
  const object = laySettings(
    {},
    kind.fields.filter(field => !isEmpty(written[field.path])),
    written,
    where,
  )
  const rest = callsFor(merged, left, object, {}, ids, where, spreading, () => true)
  return rest === undefined ? undefined : [first, ...rest.map(call => patient(kind, call))]
}

/** A call to what was just made, which may not be found at once where news takes its time [TF]. */
const patient = ({ spreads: within }: Kind, call: Call): Call => {
  const errors = [...(call.retryOn?.errors ?? []), 'NoSuchEntity']
  return within === undefined ? call : { ...call, retryOn: { errors, within } }
}

/** `[]` that the file states: it may mean something else than silence. */
const isStatedList = (stated: Term | undefined): boolean => Array.isArray(stated)

/** A setting that a new resource has anyway. */
const isIdle = ({ after, kind }: Merged, field: Field): boolean => {
  const value = after[field.path]
  if (Object.values(kind.natural ?? {}).includes(field.path)) return true
  return isEmpty(value) || !differs(value, defaultOf(field))
}

/**
 * The calls that change the given settings of a resource that exists, in an order that AWS accepts;
 * `undefined` when there is none. `accepts` judges the values on the way.
 */
export const updateCalls = (
  merged: Merged,
  fields: readonly Field[],
  ids: Ids,
  where: Where,
  spreading: number | undefined,
  accepts: (values: Values, operation: Operation) => boolean,
): Call[] | undefined => {
  const { kind, live, before } = merged
  if (fields.length === 0 || !isRestarted(merged))
    return callsFor(merged, fields, live?.wire ?? kind.blank ?? {}, before, ids, where, spreading, accepts)
  const { operation, input } = kind.restart as NonNullable<Kind['restart']>
  const again = callsFor(merged, kind.fields, {}, {}, ids, where, spreading, accepts)
  return again && [{ operation, input: { ...input, ...ids } }, ...again]
}

/** Whether a change takes away what updates cannot, so that it begins by making the resource blank. */
export const isRestarted = ({ kind, live, before, after }: Merged): boolean =>
  live !== undefined && kind.restart?.when(before, after) === true

const callsFor = (
  merged: Merged,
  fields: readonly Field[],
  object: JsonObject,
  before: Values,
  ids: Ids,
  where: Where,
  spreading: number | undefined,
  accepts: (values: Values, operation: Operation) => boolean,
): Call[] | undefined => {
  const { kind, after, written } = merged
  const bodies = kind.writers.filter(isBodyWriter)
  const steps = bodies
    .map((writer): Step => ({ writer, fields: fields.filter(field => writerOf(kind, field) === writer) }))
    .filter(step => step.fields.length > 0)
  const ordered = orderSteps(steps, (changed, writer) =>
    accepts(
      { ...before, ...Object.fromEntries(changed.map(field => [field.path, after[field.path]])) },
      writer.operation,
    ),
  )
  if (ordered === undefined) return undefined
  let state = object
  const bodyCalls = ordered.map(({ writer, fields: brought }): Call => {
    state = laySettings(state, brought, written, where)
    return bodyCall(kind, writer, brought, state, written, ids, spreading)
  })
  const entryCalls = kind.writers
    .filter((writer): writer is EntryWriter => !isBodyWriter(writer))
    .filter(writer => fields.some(field => field.path === writer.field))
    .flatMap(writer => entryWriterCalls(writer, merged, before, ids))
  return [...bodyCalls, ...entryCalls]
}

const bodyCall = (
  kind: Kind,
  writer: BodyWriter,
  brought: readonly Field[],
  state: JsonObject,
  written: Values,
  ids: Ids,
  spreading: number | undefined,
): Call => {
  const more = extras(writer, ids, spreading)
  if (writer.clear && brought.every(field => isEmpty(written[field.path])))
    return { operation: writer.clear.operation, input: { ...writer.clear.input, ...ids } }
  const only =
    writer.mode === 'patch'
      ? new Set(brought.flatMap(wiresOf).map(wire => wire.split('.')[0] as string))
      : undefined
  return { operation: writer.operation, input: { ...bodyOf(kind, writer, state, only), ...ids }, ...more }
}

type Entry = [key: string, value: Term]

const entriesOf = (value: Term | undefined, key?: (item: Term) => string): Entry[] => {
  if (Array.isArray(value))
    return value.map(
      (item): Entry => [key?.(item) ?? (typeof item === 'string' ? item : canonicalText(item)), item],
    )
  return isObject(value) ? Object.entries(value) : []
}

const entryWriterCalls = (
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

const templateCalls = (
  template: Template,
  entries: readonly Entry[],
  { batch, batchBytes }: Pick<EntryWriter, 'batch' | 'batchBytes'>,
  ids: Ids,
): Call[] =>
  chunked(entries, batch ?? 1, batchBytes ?? Number.POSITIVE_INFINITY).map(chunk => ({
    operation: template.operation,
    input: { ...(filled(template.input, chunk, batch !== undefined) as JsonObject), ...ids },
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

/** The calls that delete a resource, after emptying what must be empty. */
export const removeCalls = (kind: Kind, before: Values, ids: Ids): Call[] => {
  if (kind.remove === undefined) return []
  const emptied = (kind.remove.empty ?? []).flatMap(field => {
    const writer = kind.writers.find((one): one is EntryWriter => !isBodyWriter(one) && one.field === field)
    return writer?.remove ? templateCalls(writer.remove, entriesOf(before[field]), writer, ids) : []
  })
  const takes = inputMembers(kind.remove.operation)
  const input = Object.fromEntries(Object.entries(ids).filter(([member]) => member in takes))
  return [...emptied, { operation: kind.remove.operation, input, ...extras(kind.remove, ids, undefined) }]
}
