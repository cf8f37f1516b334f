// Adding to a file that somebody wrote: new lines go in, and not one that is there moves or changes.
import { isMap, isScalar, type Node, type Pair, parseDocument, type YAMLMap } from 'yaml'
import type { Path } from '../model.ts'
import { type Branch, branch, type Leaf } from './tree.ts'
import { write, writeInline } from './write.ts'

interface Edit {
  at: number
  /** how much of the text it replaces */
  length: number
  text: string
  /** how deep it is: at one place, what belongs to the inner map comes first */
  indent: number
}

/** The text with everything in the tree that it does not have yet. */
export const splice = (text: string, tree: Branch): string => {
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`
  const { contents } = parseDocument(whole)
  if (!isMap(contents)) return `${whole}${write(tree)}`
  const edits: Edit[] = []
  addTo(contents as YAMLMap, tree, whole, edits)
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => b.edit.at - a.edit.at || a.edit.indent - b.edit.indent || b.index - a.index)
    .reduce(
      (all, { edit: { at, length, text: added } }) => `${all.slice(0, at)}${added}${all.slice(at + length)}`,
      whole,
    )
}

/** The keys of the map at a path, if there is one. */
export const keysAt = (text: string, path: Path): string[] => {
  const node = parseDocument(text).getIn(path)
  return isMap(node) ? node.items.map(({ key }) => (isScalar(key) ? String(key.value) : String(key))) : []
}

const addTo = (map: YAMLMap, tree: Branch, text: string, edits: Edit[]): void => {
  for (const [key, entry] of tree.entries) {
    const pair = (map.items as Pair<Node, Node | null>[]).find(
      item => isScalar(item.key) && String(item.key.value) === key,
    )
    if (pair === undefined) addEntry(map, key, entry, text, edits)
    else if (entry.is === 'branch' && isMap(pair.value) && pair.value.items.length > 0)
      addTo(pair.value as YAMLMap, entry, text, edits)
    else if (entry.is === 'branch') fillEmpty(pair, entry, map.flow === true, text, edits)
  }
}

const addEntry = (map: YAMLMap, key: string, entry: Branch | Leaf, text: string, edits: Edit[]): void => {
  if (map.flow) {
    // inside braces there is one line only, and no comments
    const last = (map.items as Pair<Node, Node | null>[]).at(-1)
    const at = (last?.value ?? last?.key)?.range?.[1] ?? 0
    edits.push({ at, length: 0, text: `, ${writeInline(key, entry)}`, indent: 0 })
    return
  }
  const first = (map.items as Pair<Node>[])[0]?.key.range?.[0] ?? 0
  const indent = first - (text.lastIndexOf('\n', first - 1) + 1)
  const gap = entry.is === 'branch' && entry.gap
  const lines = write(branch({ entries: new Map([[key, entry]]) }), indent)
  edits.push({
    at: afterComments(endOf(map, text), indent, text),
    length: 0,
    text: `${gap ? '\n' : ''}${lines}`,
    indent,
  })
}

/** `clients:` or `clients: {}`: with nothing in it yet. */
const fillEmpty = (
  pair: Pair<Node, Node | null>,
  entry: Branch,
  flow: boolean,
  text: string,
  edits: Edit[],
): void => {
  const [start = 0, end = 0] = pair.key.range ?? []
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1)
  const colon = text.indexOf(':', end)
  const until = pair.value?.range?.[1] ?? end
  if (flow) {
    const [, ...value] = writeInline('', entry).split(': ')
    edits.push({
      at: colon + 1,
      length: Math.max(0, until - colon - 1),
      text: ` ${value.join(': ')}`,
      indent,
    })
    return
  }
  // `{}` goes; a comment beside it stays
  if (until > colon + 1 && isMap(pair.value))
    edits.push({ at: colon + 1, length: until - colon - 1, text: '', indent })
  edits.push({
    at: lineAfter(Math.max(until, colon + 1), text),
    length: 0,
    text: write(entry, indent + 2),
    indent: indent + 2,
  })
}

const lineAfter = (at: number, text: string): number => {
  const line = text.indexOf('\n', at)
  return line < 0 ? text.length : line + 1
}

/** Behind the comments that still belong to a map whose keys stand at `indent`. */
const afterComments = (at: number, indent: number, text: string): number => {
  const [own = ''] = /^(?:[ ]*(?:#[^\n]*)?\n)*/.exec(text.slice(at)) ?? []
  const lines = own.split('\n').slice(0, -1)
  const belongs = (line: string) => /^ *#/.test(line) && line.indexOf('#') >= Math.max(indent, 1)
  const last = lines.findLastIndex(belongs)
  return at + lines.slice(0, last + 1).reduce((sum, line) => sum + line.length + 1, 0)
}

/** Behind the line on which the last thing of a map ends. */
const endOf = (map: YAMLMap, text: string): number => {
  const last = (map.items as Pair<Node, Node | null>[]).at(-1)
  const node = last?.value ?? last?.key
  if (isMap(node) && !node.flow && node.items.length > 0) return endOf(node as YAMLMap, text)
  const end = node?.range?.[1] ?? text.length
  if (text[end - 1] === '\n') return end
  return lineAfter(end, text)
}
