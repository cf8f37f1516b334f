// The file as a tree of nodes that know where they stand; everything later works on these, so that positions last.
import type { Json, JsonObject, Path, Severity } from '../../model.ts'

/** Offsets into the text. */
export interface Span {
  start: number
  end: number
}

export interface Entry {
  key: Span
  value: Node
}

export type MapNode = { is: 'map'; span: Span; entries: Map<string, Entry> }
export type ListNode = { is: 'list'; span: Span; items: Node[] }
export type ScalarNode = {
  is: 'scalar'
  span: Span
  value: null | boolean | number | string
  /** as written, where that differs: `0123` */
  source?: string
}
/** `!remove` in an override, or something that was refused already. */
export type GapNode = { is: 'remove' | 'bad'; span: Span }
export type Node = MapNode | ListNode | ScalarNode | GapNode

/** A diagnostic in the making: severity is error unless said, and the span wins over the path. */
export interface Finding {
  code: string
  path: Path
  message: string
  hint?: string | undefined
  onKey?: boolean
  severity?: Severity
  span?: Span | undefined
}

export type Report = (finding: Finding) => void

/** The node at a path, or nothing. */
export const nodeAt = (node: Node | undefined, path: Path): Node | undefined => {
  let at = node
  for (const part of path) {
    if (at?.is === 'map') at = at.entries.get(String(part))?.value
    else if (at?.is === 'list') at = at.items[Number(part)]
    else return undefined
  }
  return at
}

/** Where a path stands: its value, its key if asked; failing that, the key of the nearest ancestor that exists. */
export const spanAt = (root: Node | undefined, path: Path, onKey = false): Span | undefined => {
  if (root === undefined) return undefined
  let [at, span]: [Node, Span] = [root, { start: root.span.start, end: root.span.start }]
  for (const [index, part] of path.entries()) {
    const last = index === path.length - 1
    if (at.is === 'map') {
      const entry = at.entries.get(String(part))
      if (entry === undefined) return span
      span = last && !onKey ? entry.value.span : entry.key
      at = entry.value
    } else if (at.is === 'list') {
      const item = at.items[Number(part)]
      if (item === undefined) return span
      span = item.span
      at = item
    } else return span
  }
  return span
}

/** A node's value as it is written, references and all; `undefined` for what was refused. */
export const plain = (node: Node): Json | undefined => {
  switch (node.is) {
    case 'scalar':
      return node.value
    case 'list':
      return node.items.map(plain).filter(item => item !== undefined)
    case 'map': {
      const object: JsonObject = {}
      for (const [key, { value }] of node.entries) {
        const json = plain(value)
        if (json !== undefined) object[key] = json
      }
      return object
    }
    default:
      return undefined
  }
}
