// Terms as the spec stage makes them.
import type { Json, JsonObject, Term } from '../../model.ts'

const markers = ['$ref', '$join', '$json', '$secret', '$entries', '$file']

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A hole, or a value made of some; no map of the file has such keys. */
export const isTerm = (value: unknown): boolean => isObject(value) && markers.some(marker => marker in value)

/** Stands inside a value for a part that was refused, so that the other parts can still be checked. */
export const hole: Term = { $hole: true }

export const isHole = (value: unknown): boolean => isObject(value) && '$hole' in value

/** Nothing in it was refused. */
export const isWhole = (value: Term): boolean =>
  Array.isArray(value)
    ? value.every(isWhole)
    : !isObject(value) || (!isHole(value) && Object.values(value).every(isWhole))

export const refTo = (address: string, attr = ''): Term => ({ $ref: address, attr })

export const isSecret = (value: unknown): boolean => isObject(value) && '$secret' in value

/** The addresses that a term refers to. */
export const refsIn = (term: Term | undefined, found: Set<string> = new Set()): Set<string> => {
  if (Array.isArray(term)) for (const item of term) refsIn(item, found)
  else if (isObject(term)) {
    if (typeof term['$ref'] === 'string') {
      if (term['$ref'] !== '') found.add(term['$ref'])
    } else for (const value of Object.values(term)) refsIn(value, found)
  }
  return found
}

/** Parts as one term: text as text, one reference as itself, else a join. */
export const join = (parts: readonly Term[]): Term => {
  const merged: Term[] = []
  for (const part of parts.flatMap(part =>
    isObject(part) && Array.isArray(part['$join']) ? part['$join'] : [part],
  )) {
    const last = merged.at(-1)
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part
    else if (part !== '') merged.push(part)
  }
  const [only] = merged
  return merged.length === 0 ? '' : merged.length === 1 && only !== undefined ? only : { $join: merged }
}

/** Structural equality; the order of keys does not count. */
export const same = (one: Json | undefined, other: Json | undefined): boolean => {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, index) => same(item, other[index]))
  if (!isObject(one) || !isObject(other)) return false
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length && keys.every(key => key in other && same(one[key], other[key]))
  )
}
