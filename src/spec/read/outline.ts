// Which resources stand where, and which nodes state their settings; nothing is understood yet.

import type { Address, Path } from '../../model.ts'
import type { Field, Kind } from '../../table/kind.ts'
import { blockOf, type Group, isFacet, type Registry } from '../../table/registry.ts'
import { choices, nearest, normalise, withArticle } from '../check/suggest.ts'
import type { MapNode, Node, Report } from '../yaml/tree.ts'
import { readSplit } from './split-block.ts'

export interface Stated {
  field: Field
  node: Node
  path: Path
}

/** One resource as it stands in the file. */
export interface Block {
  kind: Kind
  address: Address
  key: string
  path: Path
  /** local keys from the root: `customers.web` */
  bare: string
  parent?: Block
  /** the root resource that it belongs to */
  root: Block
  /** others own it */
  existing: boolean
  stated: Map<string, Stated>
  /** settings whose value was refused */
  broken: Set<string>
  meta: Map<string, { node: Node; path: Path }>
  /** by block, by key */
  children: Map<string, Map<string, Block>>
  facets: Block[]
}

export interface Outline {
  registry: Registry
  roots: Map<string, Map<string, Block>>
  all: Block[]
  /** by kind, by bare path */
  bare: Map<string, Map<string, Block>>
}

/** The kinds' own keys at the root. */
export const readOutline = (root: MapNode, registry: Registry, report: Report): Outline => {
  const outline: Outline = {
    registry,
    roots: new Map(),
    all: [],
    bare: new Map(registry.kinds.map(kind => [kind.name, new Map()])),
  }
  for (const [block, kind] of registry.roots)
    outline.roots.set(
      block,
      readMap(root.entries.get(block)?.value, kind, [block], undefined, outline, report),
    )
  return outline
}

/** Nothing stands there, or nothing that could be read. */
export const isNothing = (node: Node | undefined): boolean =>
  node === undefined ||
  node.is === 'bad' ||
  node.is === 'remove' ||
  (node.is === 'scalar' && node.value === null)

const readMap = (
  node: Node | undefined,
  kind: Kind,
  path: Path,
  parent: Block | undefined,
  outline: Outline,
  report: Report,
): Map<string, Block> => {
  const found = new Map<string, Block>()
  if (node === undefined || isNothing(node)) return found
  if (node.is !== 'map') {
    report({
      code: 'COG1102',
      path,
      message: `\`${path.at(-1)}\` must be a map: the key of each ${kind.title} → its settings`,
    })
    return found
  }
  const anyKey = kind.place.form === 'map' && kind.place.bareKey !== undefined
  for (const [key, { value }] of node.entries) {
    if (!anyKey && !/^[A-Za-z0-9_-]{1,64}$/.test(key)) {
      report({
        code: 'COG1110',
        path: [...path, key],
        onKey: true,
        message: `the key \`${key}\` must be letters, digits, _ and -, at most 64`,
        hint: kind.nameField === undefined ? undefined : 'the name in AWS can be stated with `name:`',
      })
      continue
    }
    if (value.is !== 'map' && !isNothing(value)) {
      report({
        code: 'COG1102',
        path: [...path, key],
        message: `the ${kind.title} \`${key}\` must be a map of its settings`,
      })
      continue
    }
    found.set(
      key,
      readBlock(value.is === 'map' ? value : undefined, kind, key, [...path, key], parent, outline, report),
    )
  }
  return found
}

/** What facets have of keys and children of their own. */
const none: ReadonlyMap<string, unknown> = new Map()

export const makeBlock = (
  kind: Kind,
  key: string,
  path: Path,
  parent: Block | undefined,
  outline: Outline,
): Block => {
  const block = blockOf(kind)
  const local = block === undefined ? key : `${block}.${key}`
  const made = {
    kind,
    key,
    path,
    address: parent === undefined ? local : `${parent.address}.${local}`,
    bare: parent === undefined ? key : `${parent.bare}.${key}`,
    ...(parent !== undefined && { parent }),
    existing: false,
    stated: new Map(),
    broken: new Set<string>(),
    meta: isFacet(kind) ? none : new Map(),
    children: isFacet(kind) ? none : new Map(),
    facets: [],
  } as unknown as Block
  made.root = parent?.root ?? made
  outline.all.push(made)
  outline.bare.get(kind.name)?.set(made.bare, made)
  return made
}

const readBlock = (
  node: MapNode | undefined,
  kind: Kind,
  key: string,
  path: Path,
  parent: Block | undefined,
  outline: Outline,
  report: Report,
): Block => {
  const { registry } = outline
  const block = makeBlock(kind, key, path, parent, outline)
  block.existing =
    !isNothing(node?.entries.get('existing')?.value) &&
    registry.shapes.get(kind.name)?.keys.get('existing')?.is === 'meta'
  const children = registry.children.get(kind.name) ?? []
  if (!block.existing)
    block.facets = children
      .filter(isFacet)
      .map(facet =>
        makeBlock(facet, facet.place.form === 'facet' ? facet.place.key : '', path, block, outline),
      )
  const shape = registry.shapes.get(kind.name)
  if (node !== undefined && shape !== undefined) deal(node, shape, [], block, registry, report)
  for (const child of children) {
    const name = blockOf(child)
    const value = name === undefined ? undefined : node?.entries.get(name)?.value
    if (name === undefined) continue
    const at = [...path, name]
    const read = child.place.form === 'split' ? readSplit : readMap
    block.children.set(name, read(value, child, at, block, outline, report))
  }
  return block
}

/** Deals the keys of a block out to its settings and those of its facets. `inside`: relative to the block. */
export const deal = (
  node: MapNode,
  group: Group,
  inside: Path,
  block: Block,
  registry: Registry,
  report: Report,
): void => {
  for (const [key, { value }] of node.entries) {
    const shape = group.keys.get(key)
    const local = [...inside, key]
    const path = [...block.path, ...local]
    if (shape === undefined) report(unknownKey(key, group, inside, path, block, registry))
    else if (shape.is === 'meta') block.meta.set(key, { node: value, path })
    else if (shape.is === 'row') state({ field: shape.field, node: value, path }, shape.owner, block, report)
    else if (shape.is === 'group') {
      if (value.is === 'map') deal(value, shape, local, block, registry, report)
      else if (value.is === 'scalar' && value.value === null) stateBelow(shape, value, path, block, report)
      else {
        breakBelow(shape, block)
        if (!isNothing(value))
          report({
            code: 'COG1102',
            path,
            message: `\`${local.join('.')}\` must be a map of ${choices([...shape.keys.keys()])}`,
          })
      }
    }
  }
}

const ownerOf = (block: Block, owner: Kind): Block | undefined =>
  owner === block.kind ? block : block.facets.find(facet => facet.kind === owner)

export const state = (stated: Stated, owner: Kind, block: Block, report: Report): void => {
  if (block.existing)
    report({
      code: 'COG1109',
      path: stated.path,
      onKey: true,
      message: `\`${stated.field.path}\` cannot be set here: the ${block.kind.title} is \`existing\`, so others own it`,
      hint: 'remove the setting, or replace `existing` by `id` to adopt it',
    })
  else ownerOf(block, owner)?.stated.set(stated.field.path, stated)
}

/** `passwordPolicy: null` says the default aloud for all of it. */
const stateBelow = (group: Group, node: Node, path: Path, block: Block, report: Report): void => {
  for (const shape of group.keys.values())
    if (shape.is === 'row') state({ field: shape.field, node, path }, shape.owner, block, report)
    else if (shape.is === 'group') stateBelow(shape, node, path, block, report)
}

const breakBelow = (group: Group, block: Block): void => {
  for (const shape of group.keys.values())
    if (shape.is === 'row') ownerOf(block, shape.owner)?.broken.add(shape.field.path)
    else if (shape.is === 'group') breakBelow(shape, block)
}

const unknownKey = (
  key: string,
  group: Group,
  inside: Path,
  path: Path,
  block: Block,
  registry: Registry,
) => {
  const known = [...group.keys.keys()]
  const title = inside.length === 0 ? `${withArticle(block.kind.title)}` : `\`${inside.join('.')}\``
  const near = nearest(key, known)
  const elsewhere =
    registry.awsNames().get(block.kind.name)?.get(normalise(key)) ??
    registry
      .awsNames()
      .get(block.kind.name)
      ?.get(normalise([...inside, key].join('.')))
  const spelling = near !== undefined && normalise(near) === normalise(key) ? near : elsewhere
  const meant = spelling ?? (blockElsewhere(key, registry) === undefined ? near : undefined)
  const hint = meant === undefined ? blockElsewhere(key, registry) : `did you mean \`${meant}\`?`
  return {
    code: 'COG1101',
    path,
    onKey: true,
    message: `${title} has no \`${key}\`${inside.length > 0 ? `, only ${choices(known)}` : ''}`,
    hint,
  }
}

/** A collection that stands under another sort of resource. */
export const blockElsewhere = (key: string, registry: Registry): string | undefined => {
  const kind = registry.kinds.find(kind => blockOf(kind) === key)
  if (kind === undefined) return undefined
  const parent = kind.parent === undefined ? undefined : registry.byName.get(kind.parent)
  return parent === undefined
    ? `\`${key}\` stands at the top of the file`
    : `\`${key}\` stands under ${withArticle(parent.title)}`
}
