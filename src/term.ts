// Terms: values with holes. Finding the holes, filling those that are known, closing the rest.
import type { Address, Json, JsonObject, Term } from './model.ts'

export interface Ref {
  $ref: Address
  attr: string
}

export const isObject = (term: Term | undefined): term is JsonObject =>
  typeof term === 'object' && term !== null && !Array.isArray(term)

/** A value that is no plain one: a reference, a secret, a document, a file. No map of a file has keys that begin so. */
export const isTerm = (value: Term | undefined): boolean =>
  isObject(value) && Object.keys(value).some(key => key.startsWith('$'))

/** A value that is only known once it is sent: any of these but a document. */
export const isUnresolved = (value: Term | undefined): boolean =>
  isObject(value) && isTerm(value) && !('$json' in value)

export const isRef = (term: Term | undefined): term is JsonObject & Ref => isObject(term) && '$ref' in term
export const isSecret = (term: Term | undefined): term is { $secret: string } =>
  isObject(term) && '$secret' in term

export type FileTerm = { $file: string; sha256: string; size: number }
export const isFile = (term: Term | undefined): term is FileTerm => isObject(term) && '$file' in term

/** The name of a secret that is not the declared one. */
export const anotherSecret: { $secret: string } = { $secret: 'another value' }

/** How names of secrets begin that are read from AWS when they are needed: `live:ADDRESS#WIRE`. */
export const liveSecret = 'live:'

/** Every reference in a term, with repetitions. */
export const refsIn = (term: Term): Ref[] => {
  if (Array.isArray(term)) return term.flatMap(refsIn)
  if (!isObject(term)) return []
  return isRef(term) ? [{ $ref: term.$ref, attr: term.attr }] : Object.values(term).flatMap(refsIn)
}

/** The names of all secrets in a term, each once; `found`: those of others before it. */
export const secretsIn = (term: Term, found: Set<string> = new Set()): Set<string> => {
  if (Array.isArray(term)) for (const item of term) secretsIn(item, found)
  else if (isSecret(term)) found.add(term.$secret)
  else if (isObject(term)) for (const key in term) secretsIn(term[key] as Term, found)
  return found
}

/** Every secret in a term, with the members that lead to it; items of lists have no member of their own. */
export const secretPlaces = (
  term: Term,
  path: readonly string[] = [],
): { name: string; path: string[] }[] => {
  if (Array.isArray(term)) return term.flatMap(item => secretPlaces(item, path))
  if (isSecret(term)) return [{ name: term.$secret, path: [...path] }]
  if (!isObject(term)) return []
  return Object.entries(term).flatMap(([member, inner]) => secretPlaces(inner, [...path, member]))
}

/** All files in a term whose bytes are to be read. */
export const filesIn = (term: Term): FileTerm[] => {
  if (Array.isArray(term)) return term.flatMap(filesIn)
  if (!isObject(term)) return []
  return isFile(term) ? [term] : Object.values(term).flatMap(filesIn)
}

/** Whether anything in it is known only later. */
export const hasHoles = (term: Term): boolean => refsIn(term).length > 0 || secretsIn(term).size > 0

/** What a reference stands for, or `undefined` while it is not known. */
export type Lookup = (ref: Ref) => Term | undefined

/**
 * A term with everything known filled in: references that `lookup` knows, joins of plain text, entries whose
 * keys are plain. What is not known stays a term.
 */
export const resolve = (term: Term, lookup: Lookup): Term => {
  if (Array.isArray(term)) return term.map(item => resolve(item, lookup))
  if (!isObject(term)) return term
  if (isRef(term)) {
    const known = lookup(term)
    // an attribute may be a join of its own (a scope's full name)
    return known === undefined ? term : isObject(known) && '$join' in known ? resolve(known, lookup) : known
  }
  if ('$join' in term) return joined((term['$join'] as Term[]).map(part => resolve(part, lookup)))
  if ('$entries' in term) {
    const entries = (term['$entries'] as [Term, Term][]).map(([key, value]): [Term, Term] => [
      resolve(key, lookup),
      resolve(value, lookup),
    ])
    return entries.every(([key]) => typeof key === 'string')
      ? Object.fromEntries(entries as [string, Term][])
      : { $entries: entries }
  }
  return Object.fromEntries(Object.entries(term).map(([key, value]) => [key, resolve(value, lookup)]))
}

/** Parts as one string, or as one `$join` with neighbouring text run together. */
const joined = (parts: Term[]): Term => {
  const flat = parts.flatMap(part => (isObject(part) && '$join' in part ? (part['$join'] as Term[]) : [part]))
  const merged = flat.reduce<Term[]>((all, part) => {
    const last = all.at(-1)
    return typeof last === 'string' && typeof part === 'string'
      ? [...all.slice(0, -1), last + part]
      : [...all, part]
  }, [])
  return merged.length === 1 ? (merged[0] as Term) : { $join: merged }
}

/**
 * A term with every hole closed, `$json` turned into text and files into base64: what is sent. Throws where
 * `lookup`, `secret` or `file` has no answer, which is a fault of the plan, not of the user.
 */
export const close = (
  term: Term,
  lookup: Lookup,
  secret: (name: string) => string,
  file: (file: FileTerm) => string,
): Json => {
  const closed = (inner: Term): Json => {
    if (Array.isArray(inner)) return inner.map(closed)
    if (!isObject(inner)) return inner
    if (isRef(inner)) throw new Error(`nothing is known of ${inner.$ref}.${inner.attr}`)
    if (isSecret(inner)) return secret(inner.$secret)
    if (isFile(inner)) return file(inner)
    if ('$json' in inner) return JSON.stringify(closed(inner['$json'] as Term))
    if ('$join' in inner) return (inner['$join'] as Term[]).map(part => String(closed(part))).join('')
    return Object.fromEntries(Object.entries(inner).map(([key, value]) => [key, closed(value)]))
  }
  return closed(resolve(term, lookup))
}
