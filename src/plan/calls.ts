// From settings to API calls: data with holes, decided here once and only carried out later.

import type { Address, Call, JsonObject, Term } from '../model.ts'
import {
  type BodyWriter,
  type EntryWriter,
  type Field,
  isBodyWriter,
  type Kind,
  type Operation,
  type Values,
  type Wait,
  type Where,
} from '../table/kind.ts'
import { isObject } from '../term.ts'
import { at, defaultOf, partsOf, wireOf, wiresOf } from '../values/canonical.ts'
import { differs } from '../values/diff.ts'
import { changedFields, isFixed, type Merged, writerOf } from '../values/merge.ts'
import { bodyOf, type Ids, laySettings, settable, takenBy } from '../values/wire.ts'
import { entriesOf, entryWriterCalls, templateCalls } from './entries.ts'
import { orderSteps, type Step } from './order.ts'

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

const only = (ids: Ids, members: readonly string[]): Ids =>
  Object.fromEntries(members.map(member => [member, ids[member] ?? null]))

const wait = (until: Wait, ids: Ids): NonNullable<Call['until']> => ({
  operation: until.operation,
  input: only(ids, until.input),
  ...(until.item && { item: { list: until.item.list, by: only(ids, until.item.by) } }),
  path: until.path,
  in: [...until.in],
  within: until.within,
  ...(until.soft && { soft: true }),
})

/** What a call tells the applier beside its input. `spreading`: something it names is still spreading. */
const extras = (
  source: { retryOn?: readonly string[]; patience?: number; until?: Wait; region?: string },
  ids: Ids,
  spreading: number | undefined,
): Partial<Call> => {
  const within = spreading ?? source.patience
  return {
    ...(source.region !== undefined && { region: ids[source.region] as Term }),
    ...(source.until && { until: wait(source.until, ids) }),
    ...(source.retryOn && within !== undefined && { retryOn: { errors: [...source.retryOn], within } }),
  }
}

/** Whether a value says nothing: none, or an empty text, list or map. */
export const isEmpty = (value: Term | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)

/** Whether a creating operation takes a setting. */
const createTakes = (kind: Kind, field: Field): boolean => {
  const [member = ''] = partsOf(wireOf(field))
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
  const { kind, written } = merged
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
  const said = kind.fields.filter(isSaid(merged))
  const taken = said.filter(field => createTakes(kind, field))
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
  if (left.length === 0) return [first]
  const object = laySettings({}, said, written, where)
  const rest = callsFor(merged, left, object, {}, ids, where, spreading, () => true)
  return rest === undefined ? undefined : [first, ...rest.map(call => patient(kind, call))]
}

/** A call to what was just made, which may not be found at once where news takes its time [TF]. */
const patient = ({ spreads: within }: Kind, call: Call): Call => {
  const errors = [...(call.retryOn?.errors ?? []), 'NoSuchEntity']
  return within === undefined ? call : { ...call, retryOn: { errors, within } }
}

/** Whether a new resource is given a setting: a value, or `[]` that the file states, which may mean more than silence. */
const isSaid =
  ({ written, desired }: Merged) =>
  ({ path }: Field): boolean =>
    !isEmpty(written[path]) || Array.isArray(desired.spec[path])

/** A setting that a new resource has anyway. */
const isIdle = ({ after, kind, desired }: Merged, field: Field): boolean => {
  const value = after[field.path]
  if (Object.values(kind.natural ?? {}).includes(field.path)) return true
  if (kind.create?.copies) return desired.spec[field.path] === undefined
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
    return bodyCall(merged, writer, brought, state, ids, spreading)
  })
  const entryCalls = kind.writers
    .filter((writer): writer is EntryWriter => !isBodyWriter(writer))
    .filter(writer => fields.some(field => field.path === writer.field))
    .flatMap(writer => entryWriterCalls(writer, merged, before, ids))
  return [...bodyCalls, ...entryCalls]
}

const bodyCall = (
  { kind, written, above }: Merged,
  writer: BodyWriter,
  brought: readonly Field[],
  state: JsonObject,
  ids: Ids,
  spreading: number | undefined,
): Call => {
  const more = extras(writer, ids, spreading)
  if (writer.clear && brought.every(field => isEmpty(written[field.path]))) {
    const { operation, input } = writer.clear
    return { operation, input: { ...input, ...takenBy(operation, ids) }, ...regionOf(more) }
  }
  const { own } = writer
  const patched =
    writer.mode === 'patch'
      ? new Set(brought.flatMap(wiresOf).map(wire => wire.split('.')[0] as string))
      : undefined
  const inherited = Object.entries(above ?? {}).filter(([member]) => !own?.includes(member))
  const object = own === undefined ? state : { ...Object.fromEntries(inherited), ...state }
  return {
    operation: writer.operation,
    input: { ...bodyOf(kind, writer, object, patched), ...takenBy(writer.operation, ids) },
    ...more,
  }
}

const regionOf = ({ region }: Partial<Call>): Partial<Call> => (region === undefined ? {} : { region })

/** A call that only waits. */
const waiting = (until: Wait, ids: Ids): Call => {
  const { operation, input, ...rest } = wait(until, ids)
  return { operation, input, until: { operation, input, ...rest } }
}

/**
 * The calls that delete a resource, once it can be, after emptying what must be empty and preparing what must be
 * prepared; of what is going already, waiting is left.
 */
export const removeCalls = (kind: Kind, wire: JsonObject, before: Values, ids: Ids): Call[] => {
  if (kind.remove === undefined) return []
  const { operation, first, going, settled, until } = kind.remove
  if (going !== undefined && until !== undefined && at(wire, going.wire) === going.is)
    return [waiting(until, ids)]
  const isSettled = settled === undefined || settled.until.in.includes(at(wire, settled.wire) ?? null)
  const emptied = (kind.remove.empty ?? []).flatMap(field => {
    const writer = kind.writers.find((one): one is EntryWriter => !isBodyWriter(one) && one.field === field)
    return writer?.remove ? templateCalls(writer.remove, entriesOf(before[field]), writer, ids) : []
  })
  const isPrepared = Object.entries(first?.unless ?? {}).every(
    ([field, value]) => !differs(before[field], value),
  )
  const prepared =
    first === undefined || isPrepared
      ? []
      : [{ operation: first.operation, input: { ...first.input, ...takenBy(first.operation, ids) } }]
  return [
    ...(isSettled ? [] : [waiting(settled.until, ids)]),
    ...emptied,
    ...prepared,
    { operation, input: takenBy(operation, ids), ...extras(kind.remove, ids, undefined) },
  ]
}

/** A resource's object as it will be once its changes are made. */
export const objectToBe = (merged: Merged, where: Where): JsonObject => {
  const { kind, live, written } = merged
  const fields =
    live === undefined
      ? kind.fields.filter(isSaid(merged))
      : changedFields(merged)
          .map(({ field }) => field)
          .filter(field => !isFixed(kind, field))
  return laySettings(live?.wire ?? {}, fields, written, where)
}
