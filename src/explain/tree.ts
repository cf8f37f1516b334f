// Every place of a cognito.yaml as a tree, from the kinds: what stands where, and under which path.
import type { z } from 'zod'
import { headSchemas } from '../spec/read/head.ts'
import { metaSchemas } from '../spec/read/lifecycle-keys.ts'
import { splitShapeOf } from '../spec/read/split-block.ts'
import type { Field, Kind } from '../table/kind.ts'
import { type Group, readRegistry, type Shape } from '../table/registry.ts'
import { isWritten } from './describe.ts'

export interface Place {
  /** the last part of its path */
  key: string
  parent?: Place
  what:
    | { is: 'root' }
    | { is: 'row'; kind: Kind; field: Field }
    /** a setting of the file itself, or one that any resource may have */
    | { is: 'plain'; of: string; schema: () => z.ZodType }
    /** settings that stand in one map */
    | { is: 'group'; kind: Kind }
    /** resources of a kind; `label` stands for the key of one of them, where there is one */
    | { is: 'kind'; kind: Kind; label?: string }
  children: Map<string, Place>
}

/** The parts of a place's path; keys that are anybody's are the label. */
export const partsOf = ({ key, parent, what }: Place): string[] =>
  parent === undefined
    ? []
    : [...partsOf(parent), key, ...(what.is === 'kind' && what.label !== undefined ? [what.label] : [])]

/** The path without keys that are anybody's: `userPools.clients.callbackUrls`. */
export const shortPathOf = ({ key, parent }: Place): string =>
  parent === undefined || parent.parent === undefined ? key : `${shortPathOf(parent)}.${key}`

/** It and everything below it. */
export const allBelow = (place: Place): Place[] => [place, ...[...place.children.values()].flatMap(allBelow)]

const trees = new WeakMap<readonly Kind[], Place>()

export const treeOf = (kinds: readonly Kind[]): Place => {
  const known = trees.get(kinds)
  if (known !== undefined) return known
  const root: Place = { key: '', what: { is: 'root' }, children: new Map() }
  for (const [key, schema] of Object.entries(headSchemas)) put(root, key, { is: 'plain', of: 'file', schema })
  for (const kind of readRegistry(kinds).roots.values()) putKind(root, kind, kinds)
  trees.set(kinds, root)
  return root
}

const put = (parent: Place, key: string, what: Place['what']): Place => {
  const place: Place = { key, parent, what, children: new Map() }
  parent.children.set(key, place)
  return place
}

const putKind = (parent: Place, kind: Kind, kinds: readonly Kind[]): void => {
  const { place } = kind
  if (place.form === 'facet') return
  if (place.form === 'split') {
    const block = put(parent, place.block, { is: 'kind', kind })
    const shape = splitShapeOf(kind)
    for (const [key, { text, inner }] of shape.keys)
      if (text !== undefined) put(block, key, { is: 'row', kind, field: text })
      else putAll(put(block, key, { is: 'group', kind }), inner, kind, kinds)
    putAll(block, shape.shared, kind, kinds)
    return
  }
  const named = place.bareKey?.kind
  const label = `<${kinds.find(one => one.name === named)?.title ?? 'key'}>`
  const block = put(parent, place.block, { is: 'kind', kind, label })
  putAll(block, (readRegistry(kinds).shapes.get(kind.name) as Group).keys, kind, kinds)
}

const putAll = (parent: Place, shapes: Map<string, Shape>, kind: Kind, kinds: readonly Kind[]): void => {
  for (const [key, shape] of shapes) {
    if (shape.is === 'row') {
      if (isWritten(shape.owner, shape.field))
        put(parent, key, { is: 'row', kind: shape.owner, field: shape.field })
    } else if (shape.is === 'group') putAll(put(parent, key, { is: 'group', kind }), shape.keys, kind, kinds)
    else if (shape.is === 'block') putKind(parent, shape.child, kinds)
    else {
      const schema = metaSchemas[key as keyof typeof metaSchemas]
      put(parent, key, { is: 'plain', of: 'any resource', schema })
    }
  }
}
