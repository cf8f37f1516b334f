// One row in words: what may be written, what silence means, what a change does. For the reference and `explain`.
import { stringify } from 'yaml'
import type { Impact, Json } from '../model.ts'
import { collectionNameOf, type Field, type Kind } from '../table/kind.ts'
import { isFixed } from '../values/merge.ts'
import { memberOf } from './names.ts'
import { either, inWords } from './words.ts'

export const code = (text: string): string => `\`${text}\``

/** A value as one would write it in the middle of a line. */
const inline = (value: Json): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim()

/** Words for a value: nothing is nothing, not `null`. */
const worth = (value: Json): string =>
  value === null
    ? 'nothing'
    : value === ''
      ? 'no text'
      : Array.isArray(value) && value.length === 0
        ? 'none'
        : typeof value === 'object' && Object.keys(value).length === 0
          ? 'none'
          : code(inline(value))

const probe = '\u0000'

/** Whether silence means the local key. */
const isNamedByKey = (field: Field): boolean => field.implied?.({}, probe) === probe

/** Whether it says how far to go with a resource, which may change at any time, and nothing that AWS holds. */
const isRegard = (kind: Kind, field: Field): boolean =>
  kind.regard !== undefined && field.unset !== 'keep' && isFixed(kind, field)

const silence = (kind: Kind, field: Field): string => {
  const fallback = field.unset === 'keep' ? field.default : field.unset
  if (isNamedByKey(field)) return 'Left out: the key.'
  if (isFixed(kind, field) && !isRegard(kind, field))
    return fallback === undefined || fallback === null
      ? 'Compared only when stated.'
      : `AWS's default is ${worth(fallback)}. Compared only when stated.`
  if (field.unset === 'keep')
    return fallback === undefined || fallback === null
      ? 'Left out: stays as it is.'
      : `Left out: stays as it is; a new ${kind.title} has ${worth(fallback)}.`
  return `Left out: ${worth(field.unset)}.`
}

/** What cannot be done to it once it is there. */
const change = (kind: Kind, field: Field): string[] => {
  const notes: string[] = []
  if (field.path === kind.nameField && kind.replace !== undefined)
    return [`Cannot be changed in place: a change is blocked unless \`--allow ${kind.replace}\` is given.`]
  if (isFixed(kind, field) && !isRegard(kind, field)) notes.push('Cannot be changed: a change is blocked.')
  if (kind.writers.some(writer => writer.mode === 'append' && writer.field === field.path))
    notes.push('Entries can be added, but not changed or removed.')
  if (field.clear === 'impossible') notes.push('Once set, AWS cannot take it away.')
  if (field.clear === 'unproven')
    notes.push('No way to take it away again is proven, so cogsync does not try.')
  return notes
}

/** What else to know of its value. */
const notesOn = (field: Field): string[] => {
  const notes: string[] = []
  if (field.empty === 'refused') notes.push('AWS refuses `[]`.')
  if (field.empty === 'default') notes.push('AWS takes `[]` for its default, so `[]` is an error.')
  if (field.secret) notes.push('A secret: never shown and never compared.')
  if (field.shape === 'set') notes.push('The order does not matter.')
  return [...notes, ...silenceInside(field)]
}

/** What becomes of entries, or members, that the file does not state. */
const silenceInside = (field: Field): string[] => {
  const { collection, parts } = field
  const name = collectionNameOf(field)
  if (parts) return ['With `unspecified: keep`, what is not stated inside it stays.']
  if (field.carry) return ['What is not stated inside it stays.']
  if (collection?.permanent) return ['Entries that the file does not list stay.']
  if (name === undefined) return []
  const unless = `unless \`prune: [${name}]\` says otherwise`
  if (collection !== undefined && collection.only === undefined)
    return [`Entries that the file does not list stay, ${unless}.`]
  const except = collection?.only === undefined ? '' : `, except ${either(collection.only.map(code))}`
  return [
    `Entries that the file does not list are removed${except}; with \`unspecified: keep\` they stay, ${unless}.`,
  ]
}

const words: { [impact in Impact]?: string } = {
  'login-breaking': 'break sign-in',
  'security-loosening': 'loosen security',
  'security-tightening': 'tighten security',
  cost: 'change the price',
  irreversible: 'be irreversible',
  'secret-flow': 'send a secret elsewhere',
}

/** What a change can do, by trying the examples both ways. */
const impacts = ({ impact, examples: [one, other] }: Field): string[] => {
  if (!impact) return []
  const found = new Set([
    ...impact(one, other),
    ...impact(other, one),
    ...impact(undefined, one),
    ...impact(one, undefined),
  ])
  const said = Object.entries(words).flatMap(([name, text]) => (found.has(name as Impact) ? [text] : []))
  const text = either(said).replace('loosen security or tighten security', 'loosen or tighten security')
  return said.length === 0 ? [] : [`A change may ${text}.`]
}

/** One setting as it stands in the file: the path, and its first example. */
export const example = (path: string, value: Json): string => {
  const nested = path.split('.').reduceRight<Json>((inner, part) => ({ [part]: inner }), value)
  return stringify(nested, { lineWidth: 100, flowCollectionPadding: true }).trimEnd()
}

/** A row that its key says is no setting to write. */
export const isWritten = (kind: Kind, field: Field): boolean =>
  !(kind.place.form === 'map' && kind.place.bareKey?.field === field.path)

export interface Described {
  /** not a sentence */
  type: string
  silence: string
  changes: string[]
  notes: string[]
  impacts: string[]
  member: string
}

/** Sentences, but for the type and the member. */
export const describe = (kind: Kind, field: Field): Described => ({
  type: inWords(field.schema()),
  silence: silence(kind, field),
  changes: change(kind, field),
  notes: notesOn(field),
  impacts: impacts(field),
  member: memberOf(field),
})
