// Secrets kept out of everything that leaves the run. The runner masks the log and the summary only: comments,
// files and issues are ours to keep clean.
import { openRedactor as openShared } from '../redact/index.ts'

export interface Redactor {
  /** from now on this never leaves */
  hide(secret: string | undefined): void
  text(text: string): string
  /** the same value with every text in it clean */
  deep<T>(value: T): T
}

export const openRedactor = (): Redactor => {
  const { hide, text } = openShared('***')
  return {
    hide: secret => {
      if (secret !== undefined) hide(secret)
    },
    text,
    deep: value =>
      JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
        typeof one === 'string' ? text(one) : isMap(one) ? withKeys(one, text) : one,
      ),
  }
}

const isMap = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const withKeys = (value: object, text: (text: string) => string): object =>
  Object.keys(value).every(key => text(key) === key)
    ? value
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key), inner]))
