// What each setting should become: the file laid over what is, and the defaults where the file is silent.

import type { Desired, JsonObject, Live, Spec, Term } from '../model.ts'
import {
  type BodyWriter,
  type EntryWriter,
  type Field,
  isBodyWriter,
  type Kind,
  type Values,
  type Where,
} from '../table/kind.ts'
import { isObject, type Lookup, resolve } from '../term.ts'
import { at, defaultOf, folded, liveValues, partsOf, restrictedTo, statedValue, wireOf } from './canonical.ts'
import { differs } from './diff.ts'
import { carried, keepEntries } from './kept.ts'
import { isOwnershipTag, ownershipTags } from './ownership.ts'
import { settable } from './wire.ts'

/** A resource of the file beside what AWS has of it. */
export interface Merged {
  desired: Desired
  kind: Kind
  live: Live | undefined
  /** canonical, as AWS has it; all `undefined` for what does not exist */
  before: Values
  /** canonical, as it should be */
  after: Values
  /** the same as it will be written: short forms and documents as the file has them */
  written: Values
  /** entries inside settings that the file does not list and that stay: `scopes.extra` */
  preserved: { field: Field; entry: string }[]
  /** the parent's object as it will be, for a kind whose writers repeat it */
  above?: JsonObject
}

const writers = new WeakMap<Kind, Map<Field, BodyWriter | EntryWriter | undefined>>()

/** The writer of a setting; none for what is fixed at creation. Worked out once for a row. */
export const writerOf = (kind: Kind, field: Field): BodyWriter | EntryWriter | undefined => {
  const known = writers.get(kind) ?? new Map<Field, BodyWriter | EntryWriter | undefined>()
  writers.set(kind, known)
  if (!known.has(field)) known.set(field, findWriter(kind, field))
  return known.get(field)
}

const findWriter = (kind: Kind, field: Field): BodyWriter | EntryWriter | undefined => {
  const entry = kind.writers.find(writer => !isBodyWriter(writer) && writer.field === field.path)
  if (entry) return entry
  const [member = ''] = partsOf(wireOf(field))
  return kind.writers.find(
    writer =>
      isBodyWriter(writer) &&
      !writer.echo?.includes(member) &&
      (writer.rename?.[member] ?? member) in settable(kind, writer.operation),
  )
}

/** Whether a setting cannot change once its resource exists. */
export const isFixed = (kind: Kind, field: Field): boolean => writerOf(kind, field) === undefined

/** Whether a path of `ignore` covers a setting whole. */
const isIgnored = (desired: Desired, field: Field): boolean =>
  (desired.ignore ?? []).some(({ path }) => field.path === path || field.path.startsWith(`${path}.`))

/**
 * Whether a setting has no place: the block that it stands in is not there, and whether it is there is ignored. To
 * write the setting would make the block. It is left, not blocked: what others have turned off is no fault of the file.
 */
const isHomeless = (field: Field, { desired, kind, wire }: Situation): boolean =>
  desired.ignore !== undefined &&
  kind.fields.some(block => {
    const member = wireOf(block)
    return (
      block.codec?.isPresence === true &&
      wireOf(field).startsWith(`${member}.`) &&
      isIgnored(desired, block) &&
      at(wire ?? {}, member) === undefined
    )
  })

export const merge = (
  desired: Desired,
  kind: Kind,
  live: Live | undefined,
  spec: Spec,
  where: Where,
  lookup: Lookup,
): Merged => {
  const wire = live?.wire ?? (desired.existing ? undefined : kind.blank)
  const before = wire === undefined ? {} : liveValues(kind, wire, where)
  const preserved: Merged['preserved'] = []
  const written: Values = {}
  const after: Values = {}
  const known = (term: Term) => resolve(term, lookup)
  const situation: Situation = { desired, kind, spec, before, wire }
  for (const field of kind.fields) {
    const value = wanted(field, situation, lookup)
    const held = before[field.path]
    const canonical = (term: Term) => statedValue(field, term, where, known)
    const others = field.path === kind.tags && held !== undefined ? withoutOwnership(held) : held
    const kept = keepEntries(field, value, others, desired, spec, canonical)
    if (!field.collection?.quiet) for (const entry of kept.preserved) preserved.push({ field, entry })
    written[field.path] = field.carry ? carried(kept.value, held) : kept.value
    // what is kept as it is has been canonical since it was read
    after[field.path] =
      kept.value === undefined || kept.value === held ? kept.value : (kept.after ?? canonical(kept.value))
  }
  return { desired, kind, live, before, after, written, preserved }
}

interface Situation {
  desired: Desired
  kind: Kind
  spec: Spec
  before: Values
  /** what AWS has of the resource */
  wire: JsonObject | undefined
}

/** One setting's value to be, in the file's form. */
const wanted = (field: Field, situation: Situation, lookup: Lookup): Term | undefined => {
  const { desired, kind, spec, before, wire } = situation
  const live = before[field.path]
  if (desired.existing) return live
  const stated = desired.spec[field.path]
  const own = field.path === kind.tags ? ownershipTags(spec, desired.key) : undefined
  const kept =
    wire !== undefined &&
    (isIgnored(desired, field) ||
      isHomeless(field, situation) ||
      (stated === undefined && isKept(field, kind, spec)))
  const base = kept
    ? live
    : stated === undefined || stated === null
      ? silence(field, stated)
      : resolve(stated, lookup)
  return own === undefined ? base : { ...withoutOwnership(base), ...own }
}

/** Whether silence about a setting leaves it as it is. */
const isKept = (field: Field, kind: Kind, spec: Spec): boolean =>
  spec.unspecified === 'keep' ||
  field.unset === 'keep' ||
  (field.since ?? 1) > spec.version ||
  isFixed(kind, field)

/** What saying nothing, or `null`, means for a setting that is not kept. */
const silence = (field: Field, stated: null | undefined): Term | undefined =>
  stated === null ? (defaultOf(field) ?? null) : field.unset === 'keep' ? undefined : field.unset

const withoutOwnership = (tags: Term | undefined): { [tag: string]: Term } =>
  Object.fromEntries(Object.entries(isObject(tags) ? tags : {}).filter(([tag]) => !isOwnershipTag(tag)))

/** A setting that differs, canonical before and after. */
export interface Changed {
  field: Field
  before: Term | undefined
  after: Term | undefined
}

const changes = new WeakMap<Merged, readonly Changed[]>()

/**
 * The settings that differ, canonical before and after. `declared` settings show only what is declared. Worked out
 * once: what needs a resource asks too.
 */
export const changedFields = (merged: Merged): readonly Changed[] => {
  const known = changes.get(merged) ?? findChanged(merged)
  changes.set(merged, known)
  return known
}

const findChanged = (merged: Merged): Changed[] => {
  const changed: Changed[] = []
  for (const field of merged.kind.fields) {
    const after = merged.after[field.path]
    const live = merged.before[field.path]
    // what is one value on both sides was kept
    if (after === undefined || field.secret || after === live) continue
    const before = field.shape === 'declared' ? restrictedTo(after, live) : live
    if (differs(folded(field, before) ?? null, folded(field, after))) changed.push({ field, before, after })
  }
  return changed
}
