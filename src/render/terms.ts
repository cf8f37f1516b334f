// Values with holes, as people read them: `${roles.member.arn}`, `(secret google)`, documents as documents.
import type { Json, JsonObject, Term } from '../model.ts'
import { safe } from './printable.ts'

const isObject = (value: Term | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const only = (value: JsonObject, ...keys: string[]) =>
  Object.keys(value).length === keys.length && keys.every(key => key in value)

const isRef = (value: JsonObject): value is { $ref: string; attr: string } =>
  only(value, '$ref', 'attr') && typeof value['$ref'] === 'string' && typeof value['attr'] === 'string'

/** A part of a joined string, as text. */
const part = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** The same value without terms: each stands as the text a person would have written. */
export const readable = (term: Term): Json => {
  if (Array.isArray(term)) return term.map(readable)
  if (!isObject(term)) return term
  // a bare path stands as it is written
  if (isRef(term)) return term.attr === '' ? term.$ref : `\${${term.$ref}.${term.attr}}`
  if (only(term, '$join') && Array.isArray(term['$join']))
    return term['$join'].map(item => part(readable(item))).join('')
  if (only(term, '$json')) return readable(term['$json'] as Term)
  if (isFile(term)) return fileText(term)
  if (only(term, '$secret')) return `(secret ${String(term['$secret'])})`
  if (only(term, '$entries') && Array.isArray(term['$entries']))
    return Object.fromEntries(
      term['$entries'].map(entry => {
        const [key, value] = entry as [Term, Term]
        return [part(readable(key)), readable(value)]
      }),
    )
  return Object.fromEntries(Object.entries(term).map(([key, value]) => [key, readable(value)]))
}

/** A file by its name, size and hash; its bytes are in no plan. */
const fileText = ({ $file, sha256, size }: JsonObject): string =>
  sha256 === ''
    ? 'a file that cannot be read back'
    : `${$file === '' ? '' : `${String($file)}, `}${String(size)} bytes, sha256 ${String(sha256).slice(0, 12)}`

const isFile = (value: JsonObject): boolean => only(value, '$file', 'sha256', 'size')

const filesIn = (term: Term | undefined): JsonObject[] => {
  if (Array.isArray(term)) return term.flatMap(filesIn)
  if (!isObject(term)) return []
  return isFile(term) ? [term] : Object.values(term).flatMap(filesIn)
}

/** What AWS has, with files under the names that the file has for the same bytes. */
export const withNames = (before: Term | undefined, after: Term | undefined): Term | undefined => {
  const names = new Map(filesIn(after).map(({ sha256, $file }) => [sha256, $file]))
  const walk = (term: Term): Term => {
    if (Array.isArray(term)) return term.map(walk)
    if (!isObject(term)) return term
    if (isFile(term))
      return { ...term, $file: names.get(term['sha256'] as string) ?? (term['$file'] as Term) }
    return Object.fromEntries(Object.entries(term).map(([key, inner]) => [key, walk(inner)]))
  }
  return before === undefined || names.size === 0 ? before : walk(before)
}

/** Whether the value is one attribute that only creation will tell. */
export const isUnresolved = (term: Term | undefined): boolean => isObject(term) && isRef(term)

const isSecret = (term: Term | undefined): term is { $secret: string } =>
  isObject(term) && only(term, '$secret')

/** A secret's place in the plan; its value is never in one. */
export const secretText = (term: Term | undefined): string =>
  isSecret(term) ? safe(`(secret ${term.$secret})`) : '(secret)'

/** Text that would be mistaken for something else is quoted. */
const needsQuotes = (text: string) =>
  text === '' || text !== text.trim() || /^(true|false|null|[|>-]|-?\d+(\.\d+)?|\(.*\))$|^[[{"]/.test(text)

const units: [RegExp, string][] = [
  [/days$/i, 'days'],
  [/hours$/i, 'hours'],
  [/minutes$/i, 'minutes'],
  [/seconds$/i, 'seconds'],
]

/** A scalar on one line, with its unit where the setting's name says one. */
export const scalarText = (value: Json, path = ''): string => {
  if (value === null) return '(not set)'
  if (typeof value === 'number') {
    const unit = units.find(([pattern]) => pattern.test(path))?.[1]
    return unit === undefined ? String(value) : `${value} ${unit}`
  }
  if (typeof value === 'string') return needsQuotes(value) ? safe(JSON.stringify(value)) : safe(value)
  return String(value)
}

export const isScalar = (value: Json): value is null | boolean | number | string =>
  typeof value !== 'object' || value === null

/** The value if it, or the text it is, holds an object or a list. */
export const documentOf = (value: Json): Json => {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as Json
  } catch {
    return value
  }
}
