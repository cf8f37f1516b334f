// Settings as the texts that IAM would see: references followed as far as the file goes, `*` for the rest.

import type { Desired, Spec, Term } from '../model.ts'
import type { Kind, Where } from '../table/kind.ts'
import { isObject, type Lookup, resolve } from '../term.ts'

/** A term as one text; what is known only later is `*`. */
export const textOf = (term: Term | undefined): string | undefined => {
  if (typeof term === 'string') return term
  if (!isObject(term)) return undefined
  const parts = term['$join']
  return Array.isArray(parts) ? parts.map(part => textOf(part) ?? '*').join('') : '*'
}

/** Every text in a term, the keys of maps left out. */
export const textsIn = (term: Term | undefined): string[] => {
  if (Array.isArray(term)) return term.flatMap(textsIn)
  if (!isObject(term)) return typeof term === 'string' ? [term] : []
  return '$join' in term ? [textOf(term) ?? '*'] : Object.values(term).flatMap(textsIn)
}

/** What the file itself knows of references: the account, the Region, and ARNs that follow from names. */
export const lookupIn =
  (spec: Spec, kinds: readonly Kind[], where: Where): Lookup =>
  ({ $ref, attr }) => {
    if ($ref === '') return attr in where ? where[attr as keyof Where] : undefined
    const desired = spec.resources.find(one => one.address === $ref)
    const kind = kinds.find(one => one.name === desired?.kind)
    return desired !== undefined && kind?.natural !== undefined && attr === 'arn'
      ? arnOf(desired, kind, where)
      : undefined
  }

/** The ARN of something without a parent, `*` where its id is not known. */
export const arnOf = (desired: Desired, kind: Kind, where: Where): string | undefined => {
  const pinned = desired.id ?? desired.existing?.id
  return kind.iam?.arn?.(pinned ?? (kind.natural ? nameOf(desired, kind) : '*'), where, desired.spec)
}

/** What something is called in AWS. */
export const nameOf = (desired: Desired, kind: Kind): string =>
  textOf(desired.spec[kind.nameField ?? '']) ?? desired.existing?.name ?? desired.key

/** A resource with every reference followed as far as the file goes. */
export const followed = (desired: Desired, lookup: Lookup): Desired => ({
  ...desired,
  spec: Object.fromEntries(Object.entries(desired.spec).map(([path, term]) => [path, resolve(term, lookup)])),
  ...(desired.ids && {
    ids: Object.fromEntries(Object.entries(desired.ids).map(([id, term]) => [id, resolve(term, lookup)])),
  }),
})
