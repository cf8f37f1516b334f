// Tables without a prototype, so that a key that came in a request finds what was put there and nothing else: a
// function or a secret may be named "constructor", and a tag "__proto__".
import type { Json } from './service.ts'

/** A table with these entries. */
export function makeTable<T>(entries: { [key: string]: T } = {}): Record<string, T> {
  return Object.assign(Object.create(null), entries)
}

/** What `text` holds, with tables for objects. */
export function parseBare(text: string): Json {
  return JSON.parse(text, (_key, each) => bareOf(each))
}

function bareOf(value: Json): Json {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value
  return Object.setPrototypeOf(value, null)
}

/** Deeper than any request of AWS's. */
const deepest = 100

/** Whether JSON text is nested deeper than anything means, which would be too much for whoever walks it. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  for (const [token] of text.matchAll(/[[\]{}]|"(?:[^"\\]|\\.)*"/gs)) {
    if (token === '[' || token === '{') depth += 1
    else if (token === ']' || token === '}') depth -= 1
    if (depth > deepest) return true
  }
  return false
}

/** A value by its key, never what every object inherits. */
export function lookUp<T>(record: { [key: string]: T }, key: Json | undefined): T | undefined {
  return typeof key === 'string' && Object.hasOwn(record, key) ? record[key] : undefined
}
