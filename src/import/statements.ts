// What the file says of a resource: every setting that silence would not mean, in the form a person writes.

import type { Term } from '../model.ts'
import { holdsIam } from '../spec/read/schema-walk.ts'
import { type Field, staysIn, type Where } from '../table/kind.ts'
import { filesIn, isFile, isObject } from '../term.ts'
import { at, canonicalText, defaultOf, liveValue, wireOf, wiresIn } from '../values/canonical.ts'
import { isFixed } from '../values/merge.ts'
import { isOwnershipTag } from '../values/ownership.ts'
import type { Placed } from './assign-keys.ts'
import { blockOf } from './discover.ts'
import type { Book } from './references.ts'
import { isServiceLinked } from './roots.ts'

/** A setting as the file states it. */
export interface Stated {
  field: Field
  /** files that its value names, to be written beside */
  files: BesideFile[]
  /** in the file's form, references as text */
  value: Term
  /** canonical, as AWS has it */
  live: Term
}

/** A file beside the one that names it, and the hash of its bytes. */
export interface BesideFile {
  path: string
  sha256: string
  size: number
}

/** A setting that the file leaves out though AWS holds something, and why. */
export interface Unsaid {
  field: Pick<Field, 'path'>
  why: string
  /** it has to be ignored to stay as it is: silence would change it */
  ignored: boolean
}

export interface Statements {
  stated: Stated[]
  unsaid: Unsaid[]
}

export const statementsOf = (one: Placed, book: Book, where: Where): Statements => {
  const { kind } = one
  const all = kind.fields
    .filter(field => !field.secret && !isSaidByPlace(one, field))
    .flatMap((field): Stated[] => {
      const live = wireValue(field, one, where)
      if (live === undefined || !isWorthSaying(field, live, one)) return []
      const value = inFileForm(field, live, one, book, where)
      return value === undefined ? [] : [named({ field, value, live }, one)]
    })
  const whole = withCompanions(all, one, book, where)
  const { stated, unsaid } = settleImplied(whole, one, where)
  return { stated, unsaid: [...unsaid, ...lostFiles(one, stated)] }
}

/** Where files of a resource are written. */
const folderOf = ({ kind, bare, parent }: Placed): string => `${blockOf(kind)}/${parent?.bare ?? bare}`

/** The statement with references in the place of the files that AWS gave back. */
const named = ({ field, value, live }: Omit<Stated, 'files'>, one: Placed): Stated => {
  const files: BesideFile[] = []
  const walk = (term: Term): Term => {
    if (Array.isArray(term)) return term.map(walk)
    if (isFile(term)) {
      const path = `${folderOf(one)}/${term.$file}`
      files.push({ path, sha256: term.sha256, size: term.size })
      return `\${file:${path}}`
    }
    return isObject(term)
      ? Object.fromEntries(Object.entries(term).map(([key, inner]) => [key, walk(inner)]))
      : term
  }
  return { field, value: walk(value), live, files }
}

/** Files that AWS has and does not give back. */
const lostFiles = ({ kind, seen }: Placed, stated: readonly Stated[]): Unsaid[] =>
  kind.fields
    .filter(field => filesIn(seen.values[field.path] ?? null).length > 0)
    .filter(field => !stated.some(one => one.field === field && one.files.length > 0))
    .map(field => ({
      field,
      why: 'AWS has a file here that it does not give back; put it beside this one and name it',
      ignored: false,
    }))

/** The key says it. */
const isSaidByPlace = ({ kind }: Placed, field: Field): boolean =>
  kind.place.form === 'map' && kind.place.bareKey?.field === field.path

/** What AWS holds, canonical; `undefined` where it holds nothing. */
const wireValue = (field: Field, { seen }: Placed, where: Where): Term | undefined => {
  const { wire } = seen.live
  const value = field.codec ? field.codec.fromWire(wiresIn(field, wire), where) : at(wire, wireOf(field))
  return value === undefined ? undefined : liveValue(field, wire, where)
}

/** Whether silence would mean something else, or would leave unsaid what AWS does not do by itself. */
const isWorthSaying = (field: Field, live: Term, { kind, key }: Placed): boolean => {
  if (field.path === kind.nameField) return field.implied?.({}, key) !== live
  if (Array.isArray(live) && live.length === 0 && field.empty !== undefined && field.empty !== 'empty')
    return false
  // AWS fills it in
  if (field.unset === 'keep' && typeof live === 'string' && isServiceLinked(live)) return false
  const usual = defaultOf(field)
  if (usual === undefined) return live !== null
  const fallback = liveValue(field, {}, { account: '', region: '', partition: 'aws' })
  return canonicalText(live) !== canonicalText(fallback ?? usual)
}

const inFileForm = (field: Field, live: Term, one: Placed, book: Book, where: Where): Term | undefined => {
  const form = field.codec?.toFile
    ? field.codec.toFile(wiresIn(field, one.seen.live.wire), where, book.bare(one))
    : live
  const said = form === undefined ? undefined : withoutOthers(field, form, one)
  if (said === undefined || (isObject(said) && Object.keys(said).length === 0 && isObject(live))) {
    // an empty map says something only where AWS's default is another
    return isObject(live) && Object.keys(live).length === 0 ? {} : undefined
  }
  return book.written(one, field, said, holdsIam(field.schema()))
}

/** Entries that are not the file's: cogsync's own tags, secrets, and what AWS adds by itself. */
const withoutOthers = (field: Field, value: Term, { kind }: Placed): Term | undefined => {
  if (!isObject(value)) return value
  const { collection } = field
  const quiet = (key: string) => collection?.quiet === true && staysIn(collection, key)
  const entries = Object.entries(value).filter(
    ([key]) =>
      !(field.path === kind.tags && isOwnershipTag(key)) && !field.secretKeys?.includes(key) && !quiet(key),
  )
  return Object.fromEntries(entries)
}

/** Groups that must be stated together. */
const withCompanions = (stated: readonly Stated[], one: Placed, book: Book, where: Where): Stated[] => {
  const missing = (one.kind.together ?? []).flatMap(group => {
    const around = `${(group[0] ?? '').split('.').slice(0, -1).join('.')}.`
    if (!stated.some(({ field }) => field.path.startsWith(around))) return []
    return group.filter(path => !stated.some(({ field }) => field.path === path))
  })
  const added = one.kind.fields
    .filter(field => missing.includes(field.path))
    .flatMap((field): Stated[] => {
      const live = liveValue(field, one.seen.live.wire, where)
      const value = live === undefined ? undefined : inFileForm(field, live, one, book, where)
      return live === undefined || value === undefined ? [] : [named({ field, value, live }, one)]
    })
  return inRowOrder([...stated, ...added], one)
}

const inRowOrder = (stated: readonly Stated[], { kind }: Placed): Stated[] =>
  kind.fields.flatMap(field => stated.filter(one => one.field === field))

/** What other statements imply need not be said; where they would imply something else, one of them goes. */
const settleImplied = (stated: readonly Stated[], one: Placed, where: Where): Statements => {
  let kept = [...stated]
  const unsaid: Unsaid[] = []
  const specOf = (some: readonly Stated[]) =>
    Object.fromEntries(some.map(({ field, live }) => [field.path, live]))
  for (const field of one.kind.fields) {
    if (field.implied === undefined || field.path === one.kind.nameField) continue
    const implied = field.implied(specOf(kept), one.key)
    if (implied === undefined) continue
    const live = liveValue(field, one.seen.live.wire, where)
    if (canonicalText(implied) === canonicalText(live)) {
      kept = kept.filter(other => other.field !== field)
      continue
    }
    const source = kept.find(
      other =>
        (other.field.unset === 'keep' || isFixed(one.kind, other.field)) &&
        field.implied?.(specOf(kept.filter(each => each !== other)), one.key) === undefined,
    )
    if (source !== undefined) {
      kept = kept.filter(other => other !== source)
      unsaid.push({
        field: source.field,
        why: `AWS holds it, and stating it would mean \`${field.path}: ${JSON.stringify(implied)}\``,
        ignored: false,
      })
    } else {
      kept = kept.filter(other => other.field !== field)
      unsaid.push({
        field,
        why: `in AWS it is ${JSON.stringify(live ?? null)}, against what the other settings imply`,
        ignored: true,
      })
    }
  }
  return { stated: kept, unsaid }
}
