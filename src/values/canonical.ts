// One form for every value, so that comparing is trivial.
//
// AWS answers in its own way: lists sorted or shuffled, defaults left out, units added, members mirrored. The
// file speaks another: durations, short forms, references. Both sides go through the same door (a field's
// codec, to the wire and back, then its shape), and whatever comes out equal is equal. Everything else in the
// engine can then stay simple. Two rules keep this honest: nothing is dropped here that AWS could be asked to
// change, and a value that is absent is `undefined` until the field says what absence means.

import type { Json, JsonObject, Term } from '../model.ts'
import type { Field, Kind, Values, Where, Wires } from '../table/kind.ts'
import { isObject } from '../term.ts'

/** JSON text with sorted keys: equal values give equal text. */
export const canonicalText = (value: Json | undefined): string =>
  value === undefined ? 'undefined' : JSON.stringify(sortedKeys(value))

/** The same text in pieces, of which each value two levels down is one: for values too big for one text. */
export function* canonicalTexts(value: Json, depth = 2): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) yield canonicalText(value)
  else if (Array.isArray(value)) {
    yield '['
    for (const [index, item] of value.entries()) {
      if (index > 0) yield ','
      yield* canonicalTexts(item, depth - 1)
    }
    yield ']'
  } else {
    // the order that sorted text has: keys that are numbers come first, by their value
    const keys = Object.keys(Object.fromEntries(keysOf(value).map(key => [key, true])))
    yield '{'
    for (const [index, key] of keys.filter(key => value[key] !== undefined).entries()) {
      yield `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`
      yield* canonicalTexts(value[key] as Json, depth - 1)
    }
    yield '}'
  }
}

/** The same value where its keys are sorted already: most are, and copies of them would be most of a plan's memory. */
const sortedKeys = (value: Json): Json => {
  if (typeof value !== 'object' || value === null || isSorted(value)) return value
  if (Array.isArray(value)) return value.map(sortedKeys)
  return Object.fromEntries(keysOf(value).map(key => [key, sortedKeys(value[key] as Json)]))
}

const keysOf = (object: JsonObject): string[] => Object.keys(object).sort()

const isSorted = (value: Json): boolean => {
  if (Array.isArray(value)) return value.every(isSorted)
  if (!isObject(value)) return true
  const keys = Object.keys(value)
  return keys.every(
    (key, index) => (index === 0 || (keys[index - 1] as string) < key) && isSorted(value[key] as Json),
  )
}

/** A list without order or repetition. */
export const asSet = (items: Term[]): Term[] => {
  if (items.length < 2) return items
  const byText = new Map(items.map(item => [canonicalText(item), item]))
  return [...byText.keys()].sort().map(text => byText.get(text) as Term)
}

const shaped = (field: Field, value: Term): Term => {
  if (field.shape === 'set' && Array.isArray(value)) return asSet(value)
  return sortedKeys(value)
}

/** The member that is a field's own. */
export const wireOf = ({ wire }: Field): string => (typeof wire === 'string' ? wire : (wire[0] as string))

/** The members that a field owns, the first being its own. */
export const wiresOf = (field: Field): readonly string[] =>
  typeof field.wire === 'string' ? [field.wire] : field.wire

const paths = new Map<string, readonly string[]>()

/** The parts of a row's path, split once. */
export const partsOf = (path: string): readonly string[] => {
  const known = paths.get(path) ?? path.split('.')
  paths.set(path, known)
  return known
}

/** The value at a dotted path; `undefined` when any part is missing. */
export const at = (object: JsonObject, path: string): Term | undefined => {
  let value: Term | undefined = object
  for (const part of partsOf(path)) {
    if (!isObject(value)) return undefined
    value = value[part]
  }
  return value
}

/** What AWS's absence of a setting means: its default, if one is documented. */
export const defaultOf = (field: Field): Json | undefined =>
  field.unset === 'keep' ? field.default : field.unset

/** What an object from AWS has at a field's members. */
export const wiresIn = (field: Field, wire: JsonObject): Wires => {
  const wires: Wires = {}
  for (const path of wiresOf(field)) wires[path] = at(wire, path)
  return wires
}

/** A field's value in an object from AWS, canonical; `undefined` when it is absent and absence has no meaning. */
export const liveValue = (field: Field, wire: JsonObject, where: Where): Term | undefined => {
  const value = field.codec ? field.codec.fromWire(wiresIn(field, wire), where) : at(wire, wireOf(field))
  if (value !== undefined) return shaped(field, value)
  const fallback = defaultOf(field)
  return fallback === undefined ? undefined : shaped(field, fallback)
}

/** All of a resource's values as AWS has them. */
export const liveValues = (kind: Kind, wire: JsonObject, where: Where): Values => {
  const values: Values = {}
  for (const field of kind.fields) values[field.path] = liveValue(field, wire, where)
  return values
}

/**
 * A stated value in the same form as one that was read. `known` fills in what is known of the references that
 * the way to the wire may bring in (an id for a bare path).
 */
export const statedValue = (
  field: Field,
  value: Term,
  where: Where,
  known: (term: Term) => Term = term => term,
): Term => {
  if (value === null) return null
  if (field.codec?.canonical) return shaped(field, known(field.codec.canonical(value)))
  if (!field.codec) return shaped(field, value)
  const wires = Object.entries(field.codec.toWire(value, where))
  const filled = wires.map(([wire, term]) => [wire, term === undefined ? undefined : known(term)] as const)
  const back = field.codec.fromWire(Object.fromEntries(filled), where)
  return shaped(field, back === undefined ? value : back)
}

/** What is live of what is stated, to any depth: the other half of a comparison of only what the file states. */
export const restrictedTo = (stated: Term, live: Term | undefined): Term | undefined => {
  if (!isObject(stated) || !isObject(live)) return live
  return Object.fromEntries(
    Object.entries(stated).flatMap(([key, inner]) => {
      const value = restrictedTo(inner, live[key])
      return value === undefined ? [] : [[key, value]]
    }),
  )
}

/** A canonical value as it is compared. */
export const folded = (field: Field, value: Term | undefined): Term | undefined =>
  value === undefined || value === null || field.codec?.fold === undefined ? value : field.codec.fold(value)
