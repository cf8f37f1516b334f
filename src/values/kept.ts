// What stays inside a stated setting: entries that the file does not list, and those that are left to others.

import type { Desired, JsonObject, Spec, Term } from '../model.ts'
import { collectionNameOf, type Field, staysIn } from '../table/kind.ts'
import { isObject, isTerm } from '../term.ts'

/** A setting's value with what stays inside it. */
export interface Kept {
  /** in the file's form */
  value: Term | undefined
  /** canonical, where that does not follow from the value */
  after?: Term
  /** entries of a collection that the file does not list */
  preserved: string[]
}

/** Entries inside a map setting that `ignore` names. */
const ignoredEntries = (desired: Desired, field: Field): string[] =>
  (desired.ignore ?? [])
    .filter(({ path }) => path.startsWith(`${field.path}.`))
    .map(({ path }) => path.slice(field.path.length + 1))

/** The stated entries over those that are there. */
export const carried = (value: Term | undefined, live: Term | undefined): Term | undefined =>
  isObject(value) && isObject(live) ? { ...live, ...value } : value

/** The same to any depth. */
const laidOver = (value: Term, live: Term | undefined): Term =>
  isObject(value) && isObject(live) && !isTerm(value)
    ? {
        ...live,
        ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, laidOver(inner, live[key])])),
      }
    : value

/** Whether an entry that the file does not list stays: all do that nothing removes, if silence keeps. */
const staying = (field: Field, desired: Desired, spec: Spec): ((entry: string) => boolean) => {
  const { collection } = field
  const name = collectionNameOf(field)
  if (name === undefined || desired.prune?.includes(name)) return () => false
  const gone = new Set(
    spec.removed
      .filter(tombstone => tombstone.parent === desired.address && tombstone.collection === name)
      .map(tombstone => tombstone.name),
  )
  const counts = (entry: string) =>
    spec.unspecified === 'keep' || (collection !== undefined && staysIn(collection, entry))
  return entry => !gone.has(entry) && counts(entry)
}

/**
 * The value with what stays inside it: entries of a collection that are not listed, ignored entries, and, if silence
 * keeps, whatever a map or a block has beside what the file states. `canonical`: the form in which values are compared.
 */
export const keepEntries = (
  field: Field,
  value: Term | undefined,
  live: Term | undefined,
  desired: Desired,
  spec: Spec,
  canonical: (value: Term) => Term,
): Kept => {
  const whole: Kept = { value, preserved: [] }
  const ignored = desired.ignore === undefined ? [] : ignoredEntries(desired, field)
  const mayStay =
    field.collection !== undefined ||
    (spec.unspecified === 'keep' && (field.shape === 'map' || field.parts === true))
  if (live === undefined || value === undefined || value === null || value === live) return whole
  if (desired.existing || (ignored.length === 0 && !mayStay)) return whole
  if (field.parts && mayStay) return { value: laidOver(value, live), preserved: [] }
  const stays = staying(field, desired, spec)
  // what is ignored is somebody's: it is no news that it is there
  const preserved = (entries: string[]) =>
    field.collection ? entries.filter(entry => !ignored.includes(entry)) : []
  if (Array.isArray(value) && Array.isArray(live)) {
    const extra = live.filter(
      entry => !value.includes(entry) && (ignored.includes(String(entry)) || stays(String(entry))),
    )
    return { value: [...value, ...extra], preserved: preserved(extra.map(String)) }
  }
  if (!isObject(live) || isTerm(live)) return whole
  const stated = canonical(value)
  if (!isObject(stated)) return whole
  const known = keysOf(stated)
  const extra = Object.entries(live).filter(
    ([entry]) => ignored.includes(entry) || (!known.has(entry) && stays(entry)),
  )
  const names = preserved(extra.map(([entry]) => entry))
  // what cannot be removed anyway need not be repeated: only the declared part is compared and sent
  if (extra.length === 0 || field.shape === 'declared') return { ...whole, preserved: names }
  return { value: beside(value, extra), after: beside(stated, extra), preserved: names }
}

type Entries = [string, Term][]

/** The keys of a map, some of which may be known only later. */
const keysOf = (map: JsonObject): Set<string> =>
  new Set(
    '$entries' in map
      ? (map['$entries'] as [Term, Term][]).flatMap(([key]) => (typeof key === 'string' ? [key] : []))
      : Object.keys(map),
  )

/** A map with more entries. A list in which entries are told apart by their own writer holds only what it sends. */
const beside = (map: Term, extra: Entries): Term => {
  if (!isObject(map)) return map
  return '$entries' in map
    ? { $entries: [...(map['$entries'] as [Term, Term][]), ...extra] }
    : { ...map, ...Object.fromEntries(extra) }
}
