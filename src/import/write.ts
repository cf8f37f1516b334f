// Tree → YAML: short things on one line, long ones over several, text quoted where a reader would stumble.
import type { Term } from '../model.ts'
import { type Branch, type Leaf, leaf } from './tree.ts'

const widest = 100

/** A tree's text; `indent` is where it stands. With a gap, an empty line before what is said at its end. */
export const write = (tree: Branch, indent = 0): string =>
  [...entries(tree, indent), ...(tree.gap && tree.after.length > 0 ? [''] : []), ...notes(tree.after, indent)]
    .map(line => `${line}\n`)
    .join('')

/** An entry inside the braces of a map; what its comments say is lost. */
export const writeInline = (key: string, entry: Branch | Leaf): string =>
  `${scalar(key)}: ${inline(bareOf(entry))}`

const bareOf = (entry: Branch | Leaf): Term =>
  entry.is === 'leaf'
    ? entry.value
    : Object.fromEntries([...entry.entries].map(([key, inner]) => [key, bareOf(inner)]))

const notes = (lines: readonly string[], indent: number): string[] =>
  lines.map(line => `${' '.repeat(indent)}# ${spelt(line.replace(/\s+/g, ' '))}`)

const entries = (tree: Branch, indent: number): string[] =>
  [...tree.entries].flatMap(([key, entry], index) => {
    const gap = entry.is === 'branch' && entry.gap && index > 0
    return [
      ...(gap ? [''] : []),
      ...notes(entry.before, indent),
      ...keyed(`${' '.repeat(indent)}${scalar(key)}:`, entry, indent),
    ]
  })

/** An entry, on the line that its key begins or below it. */
const keyed = (start: string, entry: Branch | Leaf, indent: number): string[] => {
  const tail = entry.is === 'leaf' && entry.beside !== undefined ? ` # ${entry.beside}` : ''
  const value = plainOf(entry)
  if (value !== undefined) {
    const short = `${start} ${inline(value)}${tail}`
    if (!isMany(value) || isEmpty(value) || (short.length <= widest && !hasLines(value))) {
      if (typeof value === 'string' && isBlock(value))
        return [`${start} ${header(value)}`, ...lines(value, indent + 2)]
      return [short]
    }
  }
  if (entry.is === 'branch')
    return [`${start}${tail}`, ...entries(entry, indent + 2), ...notes(entry.after, indent + 2)]
  return [`${start}${tail}`, ...spread(entry.value, indent + 2)]
}

/** A list or a map over several lines, at a depth. */
export const writeUnder = (value: Term, indent: number): string =>
  spread(value, indent)
    .map(line => `${line}\n`)
    .join('')

const spread = (value: Term, indent: number): string[] => {
  const space = ' '.repeat(indent)
  if (!Array.isArray(value))
    return Object.entries(value as { [key: string]: Term }).flatMap(([key, inner]) =>
      keyed(`${space}${scalar(key)}:`, leaf(inner), indent),
    )
  return value.flatMap(item => {
    const short = `${space}- ${inline(item)}`
    if (!isMany(item) || isEmpty(item) || (short.length <= widest && !hasLines(item) && !isDocument(item)))
      return [short]
    const [first = '', ...rest] = spread(item, indent + 2)
    return [`${space}- ${first.slice(indent + 2)}`, ...rest]
  })
}

/** A statement of a policy is read line by line. */
const isDocument = (value: Term): boolean => isMany(value) && 'Effect' in (value as object)

/** The value that a branch is; `undefined` when something in it needs a line of its own. */
const plainOf = (entry: Branch | Leaf): Term | undefined => {
  if (entry.is === 'leaf') return entry.value
  if ((entry.open && entry.entries.size > 0) || entry.after.length > 0) return undefined
  const parts = [...entry.entries].map(([key, inner]) => {
    const value =
      inner.before.length > 0 || (inner.is === 'leaf' && inner.beside) ? undefined : plainOf(inner)
    return [key, value] as const
  })
  return parts.some(([, value]) => value === undefined)
    ? undefined
    : Object.fromEntries(parts as [string, Term][])
}

const isMany = (value: Term): boolean => typeof value === 'object' && value !== null
const isEmpty = (value: Term): boolean => Object.keys(value as object).length === 0
const hasLines = (value: Term): boolean =>
  typeof value === 'string'
    ? value.includes('\n')
    : isMany(value) && Object.values(value as object).some(hasLines)

/** On one line. */
export const inline = (value: Term): string => {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`
  if (!isMany(value)) return scalar(value)
  const parts = Object.entries(value as { [key: string]: Term }).map(
    ([key, inner]) => `${scalar(key)}: ${inline(inner)}`,
  )
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

/** Words that are not text to some reader of YAML. */
const words = /^(?:true|false|null|yes|no|on|off|y|n)$/i

const scalar = (value: Term): string => {
  if (typeof value !== 'string') return JSON.stringify(value)
  const plain =
    /^(?:[A-Za-z_/][\w ./@+=*();-]*|\d+[smhd])$/.test(value) && !words.test(value) && !value.endsWith(' ')
  return plain ? value : quoted(value)
}

/** JSON's escapes are YAML's, but for what neither prints. */
const quoted = (text: string): string => spelt(JSON.stringify(text))

/** What nobody sees, by its number; what joins emoji stays. */
const unseen = /(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u

const spelt = (text: string): string =>
  text.replace(new RegExp(unseen, 'gu'), letter => {
    const number = (letter.codePointAt(0) ?? 0).toString(16)
    return number.length > 4 ? `\\U${number.padStart(8, '0')}` : `\\u${number.padStart(4, '0')}`
  })

/** Text of several lines that can stand as it is. */
const isBlock = (text: string): boolean =>
  text.includes('\n') && !/^\s|[^\S\n ]| \n/.test(text) && !unseen.test(text.replaceAll('\n', ''))

const header = (text: string): string => (text.endsWith('\n\n') ? '|+' : text.endsWith('\n') ? '|' : '|-')

const lines = (text: string, indent: number): string[] =>
  text
    .replace(/\n$/, '')
    .split('\n')
    .map(line => (line === '' ? '' : `${' '.repeat(indent)}${line}`))
