// Another value in the place of one that somebody wrote: as few lines change as can be, and what still holds
// keeps the words and the comments that it has.
import { isCollection, isMap, isScalar, isSeq, type Node, type YAMLSeq } from 'yaml'
import type { Term } from '../model.ts'
import { isObject } from '../term.ts'
import { canonicalText } from '../values/canonical.ts'
import { inline, writeUnder } from './write.ts'

export interface Words {
  /** what a stated term stands for */
  known(term: Term): Term
  /** a value as it has to be written to be read as it is */
  plain(value: Term): Term
  /** the order of lists says nothing */
  isSet: boolean
}

/** A value in the words of the file, as far as the file says it already; `undefined` where a reference would have to go. */
export const inOwnWords = (
  node: Node | null | undefined,
  stated: Term | undefined,
  value: Term,
  words: Words,
): Term | undefined => {
  if (node === null || node === undefined || stated === undefined) return words.plain(value)
  if (canonicalText(words.known(stated)) === canonicalText(value)) return node.toJSON() as Term
  if (isSeq(node) && Array.isArray(stated) && stated.length === node.items.length && Array.isArray(value)) {
    const said = stated.map((item, index) => ({
      text: canonicalText(words.known(item)),
      words: (node.items[index] as Node).toJSON() as Term,
    }))
    const inWords = (item: Term) =>
      said.find(({ text }) => text === canonicalText(item))?.words ?? words.plain(item)
    if (!words.isSet) return value.map(inWords)
    const wanted = new Set(value.map(canonicalText))
    const texts = new Set(said.map(({ text }) => text))
    return [
      ...said.filter(({ text }) => wanted.has(text)).map(one => one.words),
      ...value.filter(item => !texts.has(canonicalText(item))).map(words.plain),
    ]
  }
  if (isMap(node) && isObject(stated) && isObject(value)) {
    const keys = Object.keys(value)
    const known = node.items.map(({ key }) => String(isScalar(key) ? key.value : key))
    const entries = [...known.filter(key => key in value), ...keys.filter(key => !known.includes(key))].map(
      key => [key, inOwnWords(node.get(key, true) as Node, stated[key], value[key] as Term, words)] as const,
    )
    return entries.some(([, inner]) => inner === undefined)
      ? undefined
      : Object.fromEntries(entries as [string, Term][])
  }
  return holdsReference(node, stated, words) ? undefined : words.plain(value)
}

const holdsReference = (node: Node, stated: Term, words: Words): boolean =>
  node.toString().includes('${') &&
  canonicalText(words.plain(stated)) !== canonicalText(node.toJSON() as Term)

/** The text with a node's value exchanged, or why that is not done. */
export const revise = (text: string, node: Node, value: Term): { text: string } | { why: string } => {
  const [start, end] = node.range ?? [0, 0]
  const source = text.slice(start, end)
  if (source.startsWith('*') || source.startsWith('&'))
    return { why: 'it is written with an anchor: change it by hand' }
  if (isSeq(node) && !node.flow && Array.isArray(value)) {
    const revised = reviseItems(text, node, value)
    if (revised !== undefined) return { text: revised }
  }
  if (isCollection(node) && /(^|\s)#/.test(source)) return { why: 'comments stand in it: change it by hand' }
  const block = isCollection(node) && !node.flow && node.items.length > 0
  if (!block && !source.includes('\n'))
    return { text: text.slice(0, start) + inline(value) + text.slice(end) }
  // over several lines: written anew, at the same depth
  const column = start - lineOf(text, start)
  const many = typeof value === 'object' && value !== null && Object.keys(value).length > 0
  const lines = block && many ? writeUnder(value, column).slice(column).replace(/\n$/, '') : inline(value)
  const tail = source.endsWith('\n') ? '\n' : ''
  return { text: text.slice(0, start) + lines + tail + text.slice(end) }
}

/** Lines of a list taken out and added at its end; `undefined` when that does not do. */
const reviseItems = (text: string, node: YAMLSeq, value: readonly Term[]): string | undefined => {
  const items = node.items as Node[]
  const old = items.map(item => canonicalText(item.toJSON() as Term))
  const next = value.map(canonicalText)
  const stay = items.filter((_item, index) => next.includes(old[index] as string))
  const inPlace = stay.every((item, index) => next[index] === canonicalText(item.toJSON() as Term))
  const last = items.at(-1)
  if (!inPlace || stay.length === 0 || last === undefined) return undefined
  const column = (node.range?.[0] ?? 0) - lineOf(text, node.range?.[0] ?? 0)
  const more = value.slice(stay.length)
  const whole = text.endsWith('\n') ? text : `${text}\n`
  const behind = lineAfter(whole, last.range?.[1] ?? 0)
  const added = more.length === 0 ? '' : writeUnder([...more], column)
  return items
    .filter(item => !stay.includes(item))
    .reverse()
    .reduce(
      (all, item) => {
        const [start = 0, end = 0] = item.range ?? []
        return all.slice(0, lineOf(all, start)) + all.slice(lineAfter(all, end))
      },
      whole.slice(0, behind) + added + whole.slice(behind),
    )
}

const lineOf = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1

/** Behind the line on which something ends. */
const lineAfter = (text: string, end: number): number =>
  text[end - 1] === '\n' ? end : text.indexOf('\n', end) + 1
