// A state of the sandbox without what chance and time brought into it: two runs came to the same if theirs are equal.
import type { Json, JsonObject } from '../../src/model.ts'

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What each generated id and secret is of: `client web`, so that whoever refers to it must refer to the same one. */
const namesIn = (value: Json, names = new Map<string, string>()): Map<string, string> => {
  if (Array.isArray(value)) for (const item of value) namesIn(item, names)
  if (!isObject(value)) return names
  const { id, name, settings, secrets } = value
  const set = isObject(settings) ? settings : {}
  const called = set['PoolName'] ?? set['ClientName'] ?? set['IdentityPoolName'] ?? name
  if (typeof id === 'string' && typeof called === 'string') names.set(id, `(id of ${called})`)
  for (const secret of Array.isArray(secrets) ? secrets : [])
    if (isObject(secret)) {
      names.set(String(secret['id']), `(id of the secret of ${called})`)
      names.set(String(secret['value']), `(secret of ${called})`)
    }
  for (const inner of Object.values(value)) namesIn(inner, names)
  return names
}

/** Maps as lists of pairs, so that two entries that only their ids tell apart stay two. */
const paired = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(paired)
  return isObject(value)
    ? { pairs: Object.entries(value).map(([key, inner]) => [key, paired(inner)]) }
    : value
}

const inOrder = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (!isObject(value)) return value
  const pairs = (value['pairs'] as Json[]).map(inOrder)
  return pairs.sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1))
}

const byChance: [pattern: RegExp, word: string][] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '(uuid)'],
  [/\bd[0-9a-z]{13}\.cloudfront\.net/g, '(host)'],
  [/(secret:[\w/]+)-\w{6}\b/g, '$1-(random)'],
  [/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+0000)/g, '(time)'],
  [/"\d{14}"/g, '"(time)"'],
  [/\b1[78]\d{8}(?:\.\d+)?\b/g, '0'],
]

const isRegion = /^\d{12}\/[a-z]+(-[a-z]+)+-\d$/
const isEmpty = (value: object): boolean =>
  Object.values(value).every(inner => Object.keys(inner).length === 0)

/**
 * What a state becomes by itself, and what does not matter: a domain that is being made will be there, a parameter
 * that was written twice with one value is as good as one that was written once, and a Region that was asked for
 * something and has nothing is as good as one that was never asked.
 */
const settled = (state: string): JsonObject =>
  JSON.parse(state, (key, value) => {
    if (key === 'change' && value.status === 'CREATING') return undefined
    if (isRegion.test(key) && isEmpty(value)) return undefined
    return key === 'versions' && Array.isArray(value) ? [{ ...value.at(-1), number: 0 }] : value
  })

/** A snapshot as lines in which generated ids, secrets and times are replaced by what they are of. */
export const likeness = (snapshot: string): string => {
  const state = settled(snapshot)
  const names = [...namesIn(state)].sort(([left], [right]) => right.length - left.length)
  const named = names.reduce((text, [id, word]) => text.replaceAll(id, word), JSON.stringify(paired(state)))
  const plain = byChance.reduce((text, [pattern, word]) => text.replace(pattern, word), named)
  return JSON.stringify(inOrder(JSON.parse(plain) as JsonObject), null, 1)
}
