// Looking up by a key that came in a request.
import type { Json } from './service.ts'

/** A value by its key, never what every object inherits: a function or a secret may be named "constructor". */
export function lookUp<T>(record: Record<string, T>, key: Json | undefined): T | undefined {
  return typeof key === 'string' && Object.hasOwn(record, key) ? record[key] : undefined
}
