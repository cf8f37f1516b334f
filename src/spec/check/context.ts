// What the kinds' rules see of a file: each resource's settings, and the resources around it.

import type { Address, Desired } from '../../model.ts'
import type { Context, Kind, Values, Where } from '../../table/kind.ts'
import { blockOf, isFacet } from '../../table/registry.ts'
import type { Head } from '../read/head.ts'
import type { Block, Outline } from '../read/outline.ts'

/** What is known of a resource's settings: stated, else AWS's default where silence means it. */
const valuesOf = (block: Block, spec: Desired['spec'], head: Head): Values => {
  const values: Values = {}
  for (const field of block.kind.fields) {
    if (block.existing || block.broken.has(field.path)) continue
    const stated = spec[field.path]
    const unset = field.unset === 'keep' ? undefined : field.unset
    const silent = head.unspecified === 'keep' || (field.since ?? 1) > head.version ? undefined : unset
    values[field.path] =
      stated === undefined
        ? silent
        : stated === null
          ? field.unset === 'keep'
            ? field.default
            : unset
          : stated
  }
  return values
}

interface Known {
  outline: Outline
  desired: readonly Desired[]
  head: Head
  where: Where
}

export type ValuesOf = (block: Block) => Values

/** The file with each resource's values, and its siblings, worked out once. */
export interface Seen extends Known {
  values: ValuesOf
  siblings: Siblings
}

export const look = (known: Known): Seen => {
  const { outline, desired, head } = known
  const specs = new Map(outline.all.map((block, index) => [block, desired[index]?.spec ?? {}]))
  const found = new Map<Block, Values>()
  // most facets are silent, and silence says the same of all of a kind
  const silent = new Map<Kind, Values>()
  const values: ValuesOf = block => {
    const spec = specs.get(block) ?? {}
    const isSilent = !block.existing && block.broken.size === 0 && Object.keys(spec).length === 0
    const all =
      found.get(block) ?? (isSilent ? silent.get(block.kind) : undefined) ?? valuesOf(block, spec, head)
    if (isSilent) silent.set(block.kind, all)
    else found.set(block, all)
    return all
  }
  return { ...known, values, siblings: makeSiblings(outline, values) }
}

type Siblings = ReturnType<typeof makeSiblings>

/** What a resource's rules may look at. */
export const contextOf = (block: Block, { where, values, siblings }: Seen): Context => ({
  region: where.region,
  account: where.account,
  partition: where.partition,
  key: block.key,
  address: block.address,
  creating: false,
  ...(block.parent !== undefined && { parent: values(block.parent) }),
  siblings: kind => siblings.of(block, kind),
  peers: kind => siblings.peers(block, kind),
  complete: block.parent === undefined || !block.parent.existing,
})

/** The file's own resources of which something is to be, by kind under each root. */
const ownUnderRoots = (outline: Outline): Map<Block, Map<string, Block[]>> => {
  const roots = new Map<Block, Map<string, Block[]>>()
  for (const one of outline.all) {
    if (one.existing || (one.kind.onDemand && one.stated.size === 0)) continue
    const kinds = roots.get(one.root) ?? new Map<string, Block[]>()
    roots.set(one.root, kinds)
    const list = kinds.get(one.kind.name) ?? []
    kinds.set(one.kind.name, list)
    list.push(one)
  }
  return roots
}

/** The resources beside one, each list made once. */
const makeSiblings = (outline: Outline, values: ValuesOf) => {
  const own = ownUnderRoots(outline)
  const beside = new Map<Block | undefined, Map<string, { key: string; values: Values }[]>>()
  const under = new Map<Block, Map<string, { address: Address; values: Values }[]>>()
  const remembered = <Place, Item>(
    known: Map<Place, Map<string, Item[]>>,
    place: Place,
    kind: string,
    list: () => Item[],
  ): Item[] => {
    const lists = known.get(place) ?? new Map<string, Item[]>()
    known.set(place, lists)
    const found = lists.get(kind) ?? list()
    lists.set(kind, found)
    return found
  }
  const blocksUnder = (parent: Block | undefined, kind: Kind): Block[] =>
    isFacet(kind)
      ? (parent?.facets.filter(facet => facet.kind === kind) ?? [])
      : [
          ...((parent === undefined ? outline.roots : parent.children).get(blockOf(kind) ?? '')?.values() ??
            []),
        ]
  return {
    /** those of a kind under the same parent, or at the root */
    of: (block: Block, kindName: string) => {
      const kind = outline.registry.byName.get(kindName)
      if (kind === undefined) return []
      const parent =
        kind.parent === undefined ? undefined : kind.parent === block.kind.name ? block : block.parent
      if (parent?.kind.name !== kind.parent) return []
      return remembered(beside, parent, kindName, () =>
        blocksUnder(parent, kind).map(one => ({ key: one.key, values: values(one) })),
      )
    },
    /** those of a kind under the same root that are the file's own */
    peers: (block: Block, kindName: string) =>
      remembered(under, block.root, kindName, () =>
        (own.get(block.root)?.get(kindName) ?? []).map(one => ({
          address: one.address,
          values: values(one),
        })),
      ),
  }
}
