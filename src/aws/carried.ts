// Which requests carry a secret, and what may be said of their refusal: nothing that anybody but us has written.
import type { Json, JsonObject } from '../model.ts'

/** A text that holds one of these is a secret by itself or carries one; a short one may be a word. */
const shortest = 6

/** A secret as an input may hold it: by itself, or inside a document. */
export const heldAs = (secret: string): string[] => [secret, JSON.stringify(secret).slice(1, -1)]

const holds = (text: string, secrets: ReadonlySet<string>): boolean => {
  for (const secret of secrets)
    if (text === secret) return true
    else if (secret.length >= shortest && text.includes(secret)) return true
  return false
}

/** The members of an input that hold a secret, by path: `ProviderDetails.client_secret`. */
export const carriedIn = (input: JsonObject, secrets: ReadonlySet<string>): string[] => {
  if (secrets.size === 0) return []
  const found: string[] = []
  const walk = (value: Json, path: string): void => {
    if (typeof value === 'string') {
      if (holds(value, secrets)) found.push(path)
    } else if (Array.isArray(value)) for (const item of value) walk(item, path)
    else if (typeof value === 'object' && value !== null)
      for (const [member, inner] of Object.entries(value)) {
        const inside = path === '' ? member : `${path}.${member}`
        // an object may be keyed by anything
        if (holds(member, secrets)) found.push(path)
        else walk(inner, inside)
      }
  }
  walk(input, '')
  return [...new Set(found)]
}

/** Members of answers that are secrets, whatever asked for them. */
const secretMembers = new Set([
  'ClientSecret',
  'ClientSecretValue',
  'SecretString',
  'client_secret',
  'private_key',
])

/** Tells `hide` every secret that an answer gives away. */
export const hideIn = (answer: unknown, hide: (secret: string) => void): void => {
  if (typeof answer !== 'object' || answer === null) return
  for (const [member, inner] of Object.entries(answer))
    if (typeof inner === 'string') {
      if (inner !== '' && secretMembers.has(member)) hide(inner)
    } else hideIn(inner, hide)
}

/** In the place of AWS's words about a request that carried a secret: they may quote it in any spelling. */
export const wordsWithheld = (members: readonly string[]): string =>
  `it carried a secret in ${members.join(' and ')}, so what AWS says of it is not shown, which could quote the secret`

/** What AWS sends in a header could be anything; its request ids have this form. */
export const requestIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
