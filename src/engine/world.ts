// Everything that a plan is made from, with each resource merged once, and what of it is in scope.

import { isBodyWriter, type Kind, type Where } from '../kinds/kind.ts'
import type { Address, Desired, Observation, Spec } from '../model.ts'
import { attributeOf } from './attributes.ts'
import { objectToBe } from './calls.ts'
import { type Lookup, refsIn } from './terms.ts'
import { type Merged, merge } from './values.ts'

export interface PlanOptions {
  /** `--allow`: `restore-defaults`, `replace-domain`, impacts */
  allow?: readonly string[]
  /** only these resources and what they need */
  targets?: readonly Address[]
  /** of the file's resources only these, which are all that was looked at */
  scope?: ReadonlySet<Address>
  /** name and version, `cogsync/1.2.3` */
  tool: string
  /** the time, ISO 8601: for `ignore` with an end, and for roles too young to have spread */
  now?: string
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
  /** the resources that must be made before */
  neededBy(desired: Desired): Address[]
}

export const makeWorld = (
  spec: Spec,
  observation: Observation,
  kinds: readonly Kind[],
  where: Where,
): World => {
  const byName = new Map(kinds.map(kind => [kind.name, kind]))
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  const cache = new Map<Address, Merged>()
  const kindOf = (name: string): Kind => {
    const kind = byName.get(name)
    if (kind === undefined) throw new Error(`no kind ${name}`)
    return kind
  }
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
  const byPlace = new Map<string, Desired[]>()
  for (const desired of spec.resources) {
    const list = byPlace.get(`${desired.kind} ${desired.parent}`) ?? []
    list.push(desired)
    byPlace.set(`${desired.kind} ${desired.parent}`, list)
  }
  const under: World['under'] = (kind, parent) => byPlace.get(`${kind} ${parent}`) ?? []
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
    spec,
    observation,
    where,
    kindOf,
    merged,
    desired: address => byAddress.get(address),
    lookup,
    under,
    neededBy: makeNeeds(spec, kindOf, under),
  }
}

/** Whether an address is the other's, or its ancestor's. */
export const covers = (outer: Address, inner: Address): boolean =>
  inner === outer || inner.startsWith(`${outer}.`)

/** The resource without parent that an address is under: `userPools.customers`. */
export const rootOf = (address: Address): Address => address.split('.').slice(0, 2).join('.')

/** With targets: those resources, what is under them, and all they refer to. */
export const inScope = (
  { spec, neededBy }: Pick<World, 'spec' | 'neededBy'>,
  targets: readonly Address[] | undefined,
): ((address: Address) => boolean) => {
  if (targets === undefined || targets.length === 0) return () => true
  const scope = new Set<Address>()
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  const add = (desired: Desired): void => {
    if (scope.has(desired.address)) return
    scope.add(desired.address)
    for (const address of neededBy(desired)) {
      const needed = byAddress.get(address)
      if (needed) add(needed)
    }
  }
  spec.resources.filter(desired => targets.some(target => covers(target, desired.address))).forEach(add)
  return address => scope.has(address) || targets.some(target => covers(target, address))
}

/** What must be made before each resource: its parent, and all that it refers to or names. */
const makeNeeds = (
  spec: Spec,
  kindOf: (name: string) => Kind,
  under: World['under'],
): ((desired: Desired) => Address[]) => {
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
  return desired => [
    ...new Set([
      ...(desired.parent === undefined ? [] : [desired.parent]),
      ...(kindOf(desired.kind).after ?? []).flatMap(before =>
        ancestors(desired.parent).flatMap(address => under(before, address).map(one => one.address)),
      ),
      ...Object.values(desired.spec)
        .flatMap(refsIn)
        .map(ref => ref.$ref)
        .filter(address => address !== ''),
      ...kindOf(desired.kind).fields.flatMap(({ path, names }) => {
        const items = desired.spec[path]
        if (names === undefined || !Array.isArray(items)) return []
        return (named.get(`${names.kind} ${desired.parent}`) ?? [])
          .filter(({ natural }) => items.some(item => typeof item === 'string' && names.as(natural, item)))
          .map(({ address }) => address)
      }),
    ]),
  ]
}
