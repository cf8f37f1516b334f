// AWS's names as the file writes them, and where in the file a kind's rows stand.

import { splitShapeOf } from '../spec/read/split-block.ts'
import type { Field, Kind } from '../table/kind.ts'

/** `CallbackURLs` → `callbackUrls`: camelCase, acronyms as words. */
const camelCase = (name: string): string => {
  const words = name.match(/[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|\d+/g) ?? [name]
  return words
    .map((word, index) =>
      index === 0 ? word.toLowerCase() : `${word[0]?.toUpperCase()}${word.slice(1).toLowerCase()}`,
    )
    .join('')
}

/** A dotted member as it would be written if the file only ever changed the case. */
export const asWritten = (wire: string): string => wire.split('.').map(camelCase).join('.')

/** The member that names a row. */
export const memberOf = (field: Field): string => [field.wire].flat()[0] as string

const upper = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`

export const titleOf = (kind: Kind): string => upper(kind.title)

/** Where a kind's block stands: `userPools.<key>.clients.<key>`. */
export const blockOf = (kind: Kind, kinds: readonly Kind[]): string => {
  const parent = kinds.find(one => one.name === kind.parent)
  const above = parent === undefined ? '' : blockOf(parent, kinds)
  const { place } = kind
  if (place.form === 'facet') return above
  const own =
    place.form === 'split'
      ? place.block
      : place.bareKey === undefined
        ? `${place.block}.<key>`
        : `${place.block}.<${kinds.find(one => one.name === place.bareKey?.kind)?.title ?? 'key'}>`
  return above === '' ? own : `${above}.${own}`
}

/** A row's paths below its kind's block; a row that several fixed keys take has several. */
export const pathsOf = (kind: Kind, field: Field): string[] => {
  if (kind.place.form !== 'split') return [field.path]
  const shape = splitShapeOf(kind)
  const [first = ''] = field.path.split('.')
  if (shape.shared.has(first)) return [field.path]
  return [...shape.keys].flatMap(([key, { text, inner }]) => [
    ...(text === field ? [key] : []),
    ...(inner.has(first) ? [`${key}.${field.path}`] : []),
  ])
}
