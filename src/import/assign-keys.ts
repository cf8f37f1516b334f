// Where everything that was found will stand in the file: keys, addresses, paths.

import type { Address, Path } from '../model.ts'
import type { Kind, Where } from '../table/kind.ts'
import { knownAttributes } from '../values/attributes.ts'
import { stackOf } from '../values/ownership.ts'
import { blockOf, type Seen } from './discover.ts'
import { claimed, keyFrom, withoutStack } from './keys.ts'

/** A resource with its place in the file. */
export interface Placed {
  seen: Seen
  kind: Kind
  key: string
  address: Address
  /** local keys from the root: `customers.web` */
  bare: string
  /** its block; that of a facet is its parent's */
  path: Path
  parent?: Placed
  children: Placed[]
  /** the file has it already */
  present: boolean
  /** what may be referred to, and is known */
  attributes: { [name: string]: string }
}

export interface Naming {
  stack: string
  where: Where
  /** the address under which the file has a resource already */
  presentAs(seen: Seen): Address | undefined
  /** the keys that a block of the file has already */
  keysAt(path: Path): readonly string[]
}

/** Every resource's place. Roots come in the registry's order, so that what a key may name has its place already. */
export const placed = (roots: readonly Seen[], naming: Naming): Placed[] => {
  const taken = new Map<string, Set<string>>()
  const all: Placed[] = []
  const keysIn = (path: Path): Set<string> => {
    const id = path.join('\n')
    const keys = taken.get(id) ?? new Set(naming.keysAt(path))
    taken.set(id, keys)
    return keys
  }
  const place = (seen: Seen, parent: Placed | undefined): Placed => {
    const { kind, live } = seen
    const block = blockOf(kind)
    const isFacet = kind.place.form === 'facet'
    const around: Path = isFacet ? (parent?.path ?? []) : [...(parent?.path ?? []), block]
    // what stands in a block that is there already is said there, or was left out on purpose
    const present = isFacet && parent?.present ? parent.address : naming.presentAs(seen)
    const key =
      present !== undefined && !isFacet
        ? present.slice(present.lastIndexOf('.') + 1)
        : (fixedKeyOf(seen, all) ?? claimed(wishedKey(seen, naming.stack), keysIn(around)))
    const local = isFacet ? key : `${block}.${key}`
    const made: Placed = {
      seen,
      kind,
      key,
      address: parent === undefined ? local : `${parent.address}.${local}`,
      bare: parent === undefined ? key : `${parent.bare}.${key}`,
      path: isFacet ? around : [...around, key],
      ...(parent && { parent }),
      children: [],
      present: present !== undefined,
      attributes: knownAttributes(kind, live.ids, naming.where),
    }
    live.address = made.address
    all.push(made)
    made.children = seen.children.map(child => place(child, made))
    return made
  }
  return roots.map(root => place(root, undefined))
}

/** A key that is not ours to choose. */
const fixedKeyOf = (seen: Seen, all: readonly Placed[]): string | undefined => {
  const { kind } = seen
  if (kind.place.form === 'facet') return kind.place.key
  if (seen.fixedKey !== undefined) return seen.fixedKey
  if (kind.place.form !== 'map' || kind.place.bareKey === undefined) return undefined
  const bareKey = kind.place.bareKey
  const text = seen.values[bareKey.field]
  const target = all.find(one => one.kind.name === bareKey.kind && one.attributes[bareKey.attribute] === text)
  return target?.bare ?? String(text)
}

/** The key that the name suggests; one that its tags name already is kept. */
const wishedKey = (seen: Seen, stack: string): string => {
  const { kind, values, live, read } = seen
  const owner = stackOf(read.found.tags)
  if (owner?.stack === stack && owner.key !== undefined) return keyFrom(owner.key, 'main')
  const said = kind.nameField === undefined ? undefined : values[kind.nameField]
  const name = typeof said === 'string' ? said : live.name
  const free = kind.parent === undefined && kind.natural === undefined
  return keyFrom(free ? withoutStack(name, stack) : name, kind.title.split(' ').at(-1) ?? 'main')
}

export const withAll = (all: readonly Placed[]): Placed[] =>
  all.flatMap(one => [one, ...withAll(one.children)])
