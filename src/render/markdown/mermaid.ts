// A small picture of what a plan touches: resources, what they stand under, and what they refer to.
import type { Address, Change, Term } from '../../model.ts'
import { marks } from '../groups.ts'
import { safe } from '../printable.ts'

/** More than this is no picture any more. */
const most = 16

/** Text as mermaid's entity codes, but for what can be nothing else than text. */
const label = (text: string): string => {
  const short = safe(text)
  return (short.length > 48 ? `${short.slice(0, 47)}…` : short).replace(
    /[^\p{L}\p{N} ._:/…+~-]/gu,
    found => `#${found.codePointAt(0)};`,
  )
}

/** Addresses that a value refers to. */
const refsIn = (term: Term | undefined): Address[] => {
  if (typeof term !== 'object' || term === null) return []
  if (Array.isArray(term)) return term.flatMap(refsIn)
  const { $ref } = term
  return typeof $ref === 'string' ? [$ref] : Object.values(term).flatMap(refsIn)
}

const parentOf = (address: Address, all: ReadonlySet<Address>): Address | undefined => {
  const parts = address.split('.')
  return parts
    .map((_, index) => parts.slice(0, parts.length - 1 - index).join('.'))
    .find(outer => outer !== '' && all.has(outer))
}

const classes: { [action in Change['action']]: string } = {
  create: 'made',
  update: 'changed',
  adopt: 'changed',
  replace: 'gone',
  delete: 'gone',
  blocked: 'blocked',
  none: 'same',
}

const styles = [
  'classDef made fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  'classDef changed fill:#fff8c5,stroke:#9a6700,color:#1f2328',
  'classDef gone fill:#ffebe9,stroke:#cf222e,color:#1f2328',
  'classDef blocked fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-dasharray:4',
  'classDef same fill:#f6f8fa,stroke:#59636e,color:#59636e',
]

/**
 * A mermaid flowchart, or nothing when the touched resources do not hang together or are too many. `all` are the
 * plan's changes, untouched ones included, which stand around the touched ones where they connect them.
 */
export const pictureOf = (all: readonly Change[], title: (kind: string) => string): string[] | undefined => {
  const touched = all.filter(({ action, blocked }) => action !== 'none' || blocked.length > 0)
  if (touched.length < 2) return undefined
  const known = new Set(all.map(({ address }) => address))
  const around = touched.map(({ address }) => parentOf(address, known)).filter(each => each !== undefined)
  const shown = new Set([...touched.map(({ address }) => address), ...around])
  if (shown.size > most) return undefined
  const nodes = all.filter(({ address }) => shown.has(address))
  const names = new Map(nodes.map(({ address }, index) => [address, `n${index}`]))
  const edges = new Set<string>()
  for (const { address, fields, action } of nodes) {
    const parent = parentOf(address, shown)
    if (parent !== undefined) edges.add(`${names.get(parent)} --> ${names.get(address)}`)
    if (action === 'none') continue
    for (const other of fields.flatMap(({ before, after }) => [...refsIn(before), ...refsIn(after)]))
      if (other !== address && other !== parent && shown.has(other))
        edges.add(`${names.get(address)} -. uses .-> ${names.get(other)}`)
  }
  if (edges.size === 0) return undefined
  const used = new Set(nodes.map(({ action }) => classes[action]))
  return [
    'flowchart LR',
    ...nodes.map(({ address, kind, name, action }) => {
      const key = name || (address.split('.').at(-1) ?? '')
      const mark = action === 'none' ? '' : `${marks[action]} `
      return `  ${names.get(address)}["${label(`${mark}${title(kind)}`)}<br>${label(key)}"]:::${classes[action]}`
    }),
    ...[...edges].map(edge => `  ${edge}`),
    ...styles.filter(style => used.has(style.split(' ')[1]!)).map(style => `  ${style}`),
  ]
}
