// Laying values over an object from AWS, and cutting an operation's input out of it.

import { inputMembers, type Shape } from '../aws/shapes.ts'
import type { JsonObject, Term } from '../model.ts'
import type { BodyWriter, Field, Kind, Operation, Values, Where } from '../table/kind.ts'
import { isObject, isTerm } from '../term.ts'
import { at, partsOf, wireOf, wiresOf } from './canonical.ts'

/** The object with a value at a dotted path; `undefined` takes the member away. */
export const lay = (object: JsonObject, path: string, value: Term | undefined): JsonObject => {
  const copy = { ...object }
  put(copy, partsOf(path), value)
  return copy
}

/** The same in a copy that is one's own; what is inside it is copied where it changes. */
const put = (own: JsonObject, [part = '', ...inside]: readonly string[], value: Term | undefined): void => {
  const inner = own[part]
  if (inside.length === 0) {
    if (value !== undefined) own[part] = value
    else if (part in own) delete own[part]
  } else if (value !== undefined || isObject(inner)) {
    const copy = isObject(inner) ? { ...inner } : {}
    put(copy, inside, value)
    own[part] = copy
  }
}

/** A map by its keys, so that a list made of it is the same however the file has them. */
const inOrder = (map: Term): Term =>
  isObject(map) && !isTerm(map)
    ? Object.fromEntries(Object.entries(map).sort(([one], [other]) => (one < other ? -1 : 1)))
    : map

/** What one setting's value is on the wire; `null` clears it in the way its row says. */
const wired = (
  object: JsonObject,
  field: Field,
  value: Term | undefined,
  where: Where,
): [wire: string, value: Term | undefined][] => {
  const wire = wireOf(field)
  const { codec, clear, mirrors = [] } = field
  if (value === null || value === undefined)
    return typeof clear === 'object'
      ? [[wire, clear.wire]]
      : [...wiresOf(field), ...mirrors].map(path => [path, undefined])
  if (codec?.isPresence && value === true && at(object, wire) !== undefined) return []
  const wires: [string, Term | undefined][] = codec
    ? Object.entries(codec.toWire(field.shape === 'map' ? inOrder(value) : value, where))
    : [[wire, value]]
  for (const path of mirrors) wires.push([path, value])
  return wires
}

/** The object with several settings changed. */
export const laySettings = (
  object: JsonObject,
  fields: readonly Field[],
  values: Values,
  where: Where,
): JsonObject => {
  const copy = { ...object }
  for (const field of fields)
    for (const [path, value] of wired(copy, field, values[field.path], where)) put(copy, partsOf(path), value)
  return copy
}

/** What of a value an input may hold: members that only answers have are cut off. */
const cut = (value: Term, shape: Shape): Term => {
  if (typeof shape === 'string' || !isObject(value)) {
    return typeof shape === 'object' && 'list' in shape && Array.isArray(value)
      ? value.map(item => cut(item, shape.list))
      : value
  }
  if (!('members' in shape) || isTerm(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, inner]) => {
      const known = shape.members[member]
      return known === undefined ? [] : [[member, cut(inner, known)]]
    }),
  )
}

const settables = new WeakMap<Kind, Map<string, { [member: string]: Shape }>>()

/** The members of an operation's input that are settings, not ids. Worked out once for a kind. */
export const settable = (kind: Kind, operation: string): { [member: string]: Shape } => {
  const known = settables.get(kind) ?? new Map<string, { [member: string]: Shape }>()
  settables.set(kind, known)
  const members =
    known.get(operation) ??
    Object.fromEntries(
      Object.entries(inputMembers(operation)).filter(([member]) => !kind.ids.includes(member)),
    )
  known.set(operation, members)
  return members
}

/** The body of a writer's call: everything of the object that its input takes, the writer's own rules applied. */
export const bodyOf = (
  kind: Kind,
  writer: BodyWriter,
  object: JsonObject,
  only?: ReadonlySet<string>,
): JsonObject => {
  const takes = settable(kind, writer.operation)
  const body: JsonObject = Object.fromEntries(
    Object.entries(object).flatMap(([member, value]) => {
      const name = writer.rename?.[member] ?? member
      const shape = takes[name]
      return shape === undefined || only?.has(member) === false ? [] : [[name, cut(value, shape)]]
    }),
  )
  const repeated = Object.entries(writer.repeat ?? {}).reduce((all, [path, source]) => {
    const block = path.split('.').slice(0, -1).join('.')
    return at(all, block) === undefined ? all : lay(all, path, at(object, source))
  }, body)
  return (writer.omit ?? [])
    .filter(({ when }) =>
      Object.entries(when).every(([member, values]) => values.includes(repeated[member] ?? null)),
    )
    .flatMap(({ members }) => members)
    .reduce((all, member) => lay(all, member, undefined), repeated)
}

/** The ids that calls take: values where they are known, references to their owner where not. */
export type Ids = { [member: string]: Term }

/** The ids that an operation takes. */
export const takenBy = (operation: Operation, ids: Ids): Ids => {
  const takes = inputMembers(operation)
  return Object.fromEntries(Object.entries(ids).filter(([member]) => member in takes))
}
