// Blocks whose values belong to several resources of fixed keys, such as a pool's two domains.

import type { Json, JsonObject, Path } from '../../model.ts'
import type { Field, Kind } from '../../table/kind.ts'
import { type Registry, readRegistry, type Shape } from '../../table/registry.ts'
import { choices, didYouMean } from '../check/suggest.ts'
import { type MapNode, type Node, nodeAt, plain, type Report } from '../yaml/tree.ts'
import { type Block, deal, isNothing, makeBlock, type Outline, state } from './outline.ts'
import { isObject } from './terms.ts'

/** What may stand in such a block. */
export interface SplitShape {
  /** under a resource's key: the row that text there means, and the keys of a map there */
  keys: Map<string, { text?: Field; inner: Map<string, Shape> }>
  /** beside those keys, for all resources that take it */
  shared: Map<string, Shape>
}

const shapes = new WeakMap<Kind, SplitShape>()

/** Found by trying what `split` takes, so that it need not be said twice. */
export const splitShapeOf = (kind: Kind): SplitShape => {
  const known = shapes.get(kind)
  if (known !== undefined) return known
  const shape = probe(kind)
  shapes.set(kind, shape)
  return shape
}

const probe = (kind: Kind): SplitShape => {
  const { place } = kind
  const shape: SplitShape = { keys: new Map(), shared: new Map() }
  if (place.form !== 'split') return shape
  const all = [...(readRegistry([kind]).shapes.get(kind.name)?.keys ?? [])]
  const takes = (block: JsonObject, field: string, at: string) =>
    Object.values(place.split(block)).some(dealt => dealt[field]?.at.join('.') === at)
  for (const key of place.keys) {
    const text = kind.fields.find(field => takes({ [key]: 'x' }, field.path, key))
    const inner = new Map(all.filter(([name]) => takes({ [key]: { [name]: 'x' } }, name, `${key}.${name}`)))
    shape.keys.set(key, { ...(text !== undefined && { text }), inner })
  }
  const full = Object.fromEntries(
    place.keys.map(key => [key, shape.keys.get(key)?.text === undefined ? {} : 'x']),
  )
  for (const [name, one] of all) if (takes({ ...full, [name]: 'x' }, name, name)) shape.shared.set(name, one)
  return shape
}

export const readSplit = (
  node: Node | undefined,
  kind: Kind,
  path: Path,
  parent: Block,
  outline: Outline,
  report: Report,
): Map<string, Block> => {
  const found = new Map<string, Block>()
  const { place } = kind
  if (node === undefined || place.form !== 'split' || isNothing(node)) return found
  if (node.is !== 'map') {
    report({ code: 'COG1102', path, message: `\`${path.at(-1)}\` must be a map of ${choices(place.keys)}` })
    return found
  }
  const taken = new Set<string>()
  for (const [key, settings] of Object.entries(place.split(withoutNothing(plain(node) as JsonObject)))) {
    const block = makeBlock(kind, key, node.entries.has(key) ? [...path, key] : path, parent, outline)
    found.set(key, block)
    for (const [name, { value, at }] of Object.entries(settings)) {
      taken.add(at.join('\n'))
      stateAt(name, value, at, node, path, block, outline.registry, report)
    }
  }
  refuseUntaken(node, [], taken, { path, kind, parent }, report)
  return found
}

/** States what a split dealt out: a row's value, or the map of several rows. */
const stateAt = (
  name: string,
  value: Json,
  at: Path,
  node: MapNode,
  path: Path,
  block: Block,
  registry: Registry,
  report: Report,
): void => {
  const shape = registry.shapes.get(block.kind.name)?.keys.get(name)
  const field = shape?.is === 'row' ? shape.field : block.kind.fields.find(field => field.path === name)
  const stands = nodeAt(node, at)
  const full = [...path, ...at]
  if (stands === undefined && at.length > 1 && nodeAt(node, at.slice(0, -1))?.is !== 'map') {
    for (const field of block.kind.fields) block.broken.add(field.path)
    report({
      code: 'COG1102',
      path: full.slice(0, -1),
      message: `\`${full.at(-2)}\` must be a map of its settings`,
    })
  } else if (shape?.is === 'group' && stands?.is === 'map')
    deal(stands, shape, [name], { ...block, path: full.slice(0, -1) }, registry, report)
  else if (field !== undefined)
    state(
      {
        field,
        path: full,
        node: stands ?? {
          is: 'scalar',
          span: node.span,
          value: isObject(value) || Array.isArray(value) ? null : value,
        },
      },
      block.kind,
      block,
      report,
    )
  else if (shape?.is === 'group')
    report({
      code: 'COG1102',
      path: full,
      message: `\`${name}\` must be a map of ${choices([...shape.keys.keys()])}`,
    })
  else {
    const inner = [...(splitShapeOf(block.kind).keys.get(String(at[0]))?.inner.keys() ?? [])]
    report({
      code: 'COG1101',
      path: full,
      onKey: true,
      message: `\`${full.slice(path.length - 1, -1).join('.')}\` has no \`${name}\`, only ${choices(inner)}`,
      hint: didYouMean(name, inner),
    })
  }
}

const withoutNothing = (object: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, isObject(value) ? withoutNothing(value) : value]),
  )

interface Where {
  path: Path
  kind: Kind
  parent: Block
}

/** What a split did not take means nothing, or nothing yet. */
const refuseUntaken = (
  node: MapNode,
  inside: Path,
  taken: Set<string>,
  where: Where,
  report: Report,
): void => {
  const { path, kind } = where
  for (const [key, { value }] of node.entries) {
    const at = [...inside, key]
    const id = at.join('\n')
    if (taken.has(id)) continue
    if ([...taken].some(one => one.startsWith(`${id}\n`))) {
      if (value.is === 'map') refuseUntaken(value, at, taken, where, report)
      continue
    }
    const shape = splitShapeOf(kind)
    const known =
      inside.length === 0
        ? [...shape.keys.keys(), ...shape.shared.keys()]
        : [...(shape.keys.get(String(inside[0]))?.inner.keys() ?? [])]
    const name = [path.at(-1), ...inside].join('.')
    if (inside.length === 0 && shape.shared.has(key)) {
      if (!isNothing(value))
        report({
          code: 'COG1118',
          path: [...path, ...at],
          onKey: true,
          message: `\`${key}\` belongs to none of the ${kind.title}s stated here`,
          hint: `state ${choices([...shape.keys.keys()])}`,
        })
    } else if (!known.includes(key))
      report({
        code: 'COG1101',
        path: [...path, ...at],
        onKey: true,
        message: `\`${name}\` has no \`${key}\`, only ${choices(known)}`,
        hint: didYouMean(key, known),
      })
  }
}
