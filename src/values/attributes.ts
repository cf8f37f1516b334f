// What references stand for: ids and ARNs once a resource exists, settings at once.

import type { Address, Term } from '../model.ts'
import type { Kind, Values, Where } from '../table/kind.ts'
import type { Ref } from '../term.ts'

/** What is known of a resource that others may refer to. */
export interface Referent {
  kind: Kind
  ids: { [member: string]: string } | undefined
  values: () => Values
}

/**
 * The value of `resource.attribute`, or `undefined` while it is not known. `ids.X` is the bare id that calls take.
 * The empty address is the run's own: `${account}` and the like.
 */
export const attributeOf = (
  ref: Ref,
  referents: (address: Address) => Referent | undefined,
  where: Where,
): Term | undefined => {
  if (ref.$ref === '') return (where as unknown as { [name: string]: string })[ref.attr]
  const referent = referents(ref.$ref)
  if (referent === undefined) return undefined
  const { kind, ids } = referent
  if (ref.attr.startsWith('ids.')) return ids?.[ref.attr.slice('ids.'.length)]
  const [name = '', ...rest] = ref.attr.split('.')
  const attribute = kind.attributes[name]
  if (attribute === undefined) return undefined
  if ('id' in attribute) return ids?.[attribute.id]
  if ('made' in attribute) return ids === undefined ? undefined : attribute.made(ids, where)
  if ('child' in attribute) {
    const { block, keys, attribute: attr } = attribute.child
    const child = keys
      .map(key => `${ref.$ref}.${block}.${key}`)
      .find(address => referents(address) !== undefined)
    return child === undefined ? undefined : attributeOf({ $ref: child, attr }, referents, where)
  }
  const self = (attr: string): Term =>
    attributeOf({ $ref: ref.$ref, attr }, referents, where) ?? { $ref: ref.$ref, attr }
  return attribute.value(referent.values(), rest.join('.'), where, self)
}

/** Every attribute and id of a resource that is known from its ids alone. */
export const knownAttributes = (
  kind: Kind,
  ids: { [member: string]: string },
  where: Where,
): { [attribute: string]: string } => {
  const known: { [attribute: string]: string } = {}
  for (const [member, id] of Object.entries(ids)) known[`ids.${member}`] = id
  for (const [name, attribute] of Object.entries(kind.attributes)) {
    const value =
      'id' in attribute ? ids[attribute.id] : 'made' in attribute ? attribute.made(ids, where) : undefined
    if (value !== undefined) known[name] = value
  }
  return known
}
