// Everything that a plan is made from, with each resource merged once, and what of it is in scope.

import { covers, rootOf } from '../address.ts'
import type { Address, Desired, Observation, Spec, Term } from '../model.ts'
import { isBodyWriter, type Kind, type Values, type Where } from '../table/kind.ts'
import { type Lookup, refsIn } from '../term.ts'
import { attributeOf } from '../values/attributes.ts'
import { type Merged, merge } from '../values/merge.ts'
import { objectToBe } from './calls.ts'

/** What is looked at; everything, unless something is said. */
export interface Reach {
  /** only these, what is under them, and all that they refer to */
  targets?: readonly Address[] | undefined
  /** of the file's resources only these, ancestors included */
  scope?: ReadonlySet<Address> | undefined
}

export interface PlanOptions extends Reach {
  /** `--allow`: `restore-defaults`, `replace-domain`, `rename`, impacts */
  allow?: readonly string[]
  /** addresses that may be taken for ours by their names alone; `true` for all */
  adopt?: readonly Address[] | true
  /** name and version, `cogsync/1.2.3` */
  tool: string
  /** the time, ISO 8601: for `ignore` with an end, and for roles too young to have spread */
  now?: string
  /** where the file stands, and its commit: for the plan to say */
  source?: { file: string; commit?: string }
}

/** Everything a plan is made from, with each resource merged once. */
export interface World {
  spec: Spec
  observation: Observation
  where: Where
  kindOf(name: string): Kind
  merged(address: Address): Merged
  desired(address: Address): Desired | undefined
  lookup: Lookup
  /** the resources of a kind under a parent, or without one */
  under(kind: string, parent: Address | undefined): readonly Desired[]
  /** the same, and those without a parent, with their values */
  siblings(kind: string, parent: Address | undefined): { key: string; values: Values }[]
  /** the resources of a kind under a root that are the file's own, with their values */
  peers(kind: string, root: Address): { address: Address; values: Values }[]
  /** the resources that must be made before */
  neededBy(desired: Desired): Address[]
}

export const makeWorld = (
  spec: Spec,
  observation: Observation,
  kinds: readonly Kind[],
  where: Where,
): World => {
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  const cache = new Map<Address, Merged>()
  const relations = relationsOf(spec, kinds)
  const { kindOf } = relations
  const merged = (address: Address): Merged => {
    const cached = cache.get(address)
    if (cached) return cached
    const desired = byAddress.get(address)
    if (desired === undefined) throw new Error(`no resource ${address}`)
    const kind = kindOf(desired.kind)
    const alone = merge(desired, kind, observation.live[address], spec, where, lookup)
    const repeats = kind.writers.some(writer => isBodyWriter(writer) && writer.own !== undefined)
    const made =
      repeats && desired.parent !== undefined
        ? { ...alone, above: objectToBe(merged(desired.parent), where) }
        : alone
    cache.set(address, made)
    return made
  }
  const withValues = ({ key, address }: Desired) => ({ key, address, values: merged(address).after })
  const siblings = remembered((kind, parent) =>
    [...relations.under(kind, parent), ...(parent === undefined ? [] : relations.under(kind, undefined))].map(
      withValues,
    ),
  )
  const own = grouped(
    spec.resources.filter(one => !one.existing),
    one => `${one.kind} ${rootOf(one.address)}`,
  )
  const peers = remembered((kind, root) => (own.get(`${kind} ${root}`) ?? []).map(withValues))
  const lookup: Lookup = ref =>
    attributeOf(
      ref,
      address => {
        const desired = byAddress.get(address)
        if (desired === undefined) return undefined
        return {
          kind: kindOf(desired.kind),
          ids: observation.live[address]?.ids,
          values: () => {
            const one = merged(address)
            return { ...one.after, ...one.written }
          },
        }
      },
      where,
    )
  return {
    ...relations,
    observation,
    where,
    merged,
    desired: address => byAddress.get(address),
    lookup,
    siblings,
    peers,
  }
}

/** The items of each name, in their order. */
export const grouped = <T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const name = nameOf(item)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [item])
    else group.push(item)
  }
  return groups
}

/** The same answer for the same kind and place. */
const remembered = <T>(find: (kind: string, place: Address | undefined) => T) => {
  const known = new Map<string, T>()
  return (kind: string, place: Address | undefined): T => {
    const name = `${kind} ${place}`
    const found = known.get(name) ?? find(kind, place)
    known.set(name, found)
    return found
  }
}

export type Relations = Pick<World, 'spec' | 'kindOf' | 'under' | 'neededBy'>

/** What the file alone says of how its resources belong together. */
export const relationsOf = (spec: Spec, kinds: readonly Kind[]): Relations => {
  const byName = new Map(kinds.map(kind => [kind.name, kind]))
  const kindOf = (name: string): Kind => {
    const kind = byName.get(name)
    if (kind === undefined) throw new Error(`no kind ${name}`)
    return kind
  }
  const byPlace = grouped(spec.resources, ({ kind, parent }) => `${kind} ${parent}`)
  const under: World['under'] = (kind, parent) => byPlace.get(`${kind} ${parent}`) ?? []
  return { spec, kindOf, under, neededBy: makeNeeds(spec, kindOf, under) }
}

type Needs = Pick<Relations, 'spec' | 'kindOf' | 'neededBy'>

/** These resources, what they stand under, and all that they refer to. */
export const withNeeds = (
  { spec, kindOf, neededBy }: Needs,
  addresses: readonly Address[],
): ReadonlySet<Address> => {
  const scope = new Set<Address>()
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  /** Resources that an attribute of another stands for. */
  const childrenMeant = (desired: Desired): Address[] =>
    Object.values(desired.spec)
      .flatMap(refsIn)
      .flatMap(({ $ref, attr }) => {
        const kind = byAddress.get($ref)?.kind
        const attribute =
          kind === undefined ? undefined : kindOf(kind).attributes[attr.split('.')[0] as string]
        if (attribute === undefined || !('child' in attribute)) return []
        return attribute.child.keys.map(key => `${$ref}.${attribute.child.block}.${key}`)
      })
  const add = (address: Address): void => {
    const desired = byAddress.get(address)
    if (desired === undefined || scope.has(address)) return
    scope.add(address)
    for (const needed of [...neededBy(desired), ...childrenMeant(desired)]) add(needed)
  }
  addresses.forEach(add)
  return scope
}

/** Whether an address is looked at; the file need not have it. */
export const inReach = (relations: Needs, { targets, scope }: Reach): ((address: Address) => boolean) => {
  const { resources, removed } = relations.spec
  const own = new Set(resources.map(({ address }) => address))
  const isInScope = (address: Address) => scope === undefined || scope.has(address) || !own.has(address)
  if (!targets?.length) return isInScope
  const isTarget = (address: Address) => targets.some(target => covers(target, address))
  const wanted = withNeeds(relations, [
    ...[...own].filter(isTarget),
    // what is to be removed is found by what it is under
    ...removed.flatMap(({ parent, collection, name }) =>
      parent !== undefined && isTarget(`${parent}.${collection}.${name}`) ? [parent] : [],
    ),
  ])
  return address => (wanted.has(address) || isTarget(address)) && isInScope(address)
}

/** What must be made before each resource: its parent, and all that it refers to or names. */
const makeNeeds = (spec: Spec, kindOf: World['kindOf'], under: World['under']): World['neededBy'] => {
  const named = new Map<string, { natural: string; address: Address }[]>()
  for (const desired of spec.resources) {
    const field = Object.values(kindOf(desired.kind).natural ?? {}).at(-1)
    const natural = field === undefined ? undefined : desired.spec[field]
    if (typeof natural !== 'string') continue
    const place = `${desired.kind} ${desired.parent}`
    const list = named.get(place) ?? []
    list.push({ natural, address: desired.address })
    named.set(place, list)
  }
  const parents = new Map(spec.resources.map(({ address, parent }) => [address, parent]))
  const ancestors = (address: Address | undefined): Address[] =>
    address === undefined ? [] : [address, ...ancestors(parents.get(address))]
  const needsOf = (desired: Desired): Address[] => {
    const needs = new Set<Address>()
    if (desired.parent !== undefined) needs.add(desired.parent)
    const kind = kindOf(desired.kind)
    for (const before of kind.after ?? [])
      for (const above of ancestors(desired.parent))
        for (const { address } of under(before, above)) needs.add(address)
    for (const term of Object.values(desired.spec))
      for (const { $ref } of refsIn(term as Term)) if ($ref !== '') needs.add($ref)
    for (const { path, names } of kind.fields) {
      const items = names && desired.spec[path]
      if (names === undefined || !Array.isArray(items)) continue
      for (const { natural, address } of named.get(`${names.kind} ${desired.parent}`) ?? [])
        if (items.some(item => typeof item === 'string' && names.as(natural, item))) needs.add(address)
    }
    return [...needs]
  }
  const known = new Map<Desired, Address[]>()
  return desired => {
    const needs = known.get(desired) ?? needsOf(desired)
    known.set(desired, needs)
    return needs
  }
}
