// Pagination as IAM does it: MaxItems, an opaque Marker, IsTruncated.
import { type Members, ServiceError } from '../service.ts'

export interface Page<T> {
  items: T[]
  /** the members every List answer ends with */
  tail: Members
}

/** One page of `items`, which must be in the order of their keys or keep their order between calls. */
export function cutPage<T>(items: T[], keyOf: (item: T) => string, input: Members): Page<T> {
  const { Marker: marker, MaxItems: maxItems = 100 } = input as { Marker?: string; MaxItems?: number }
  const start = marker === undefined ? 0 : findStart(items, keyOf, marker)
  const page = items.slice(start, start + maxItems)
  const last = page.at(-1)
  if (last === undefined || start + maxItems >= items.length) {
    return { items: page, tail: { IsTruncated: false } }
  }
  return { items: page, tail: { IsTruncated: true, Marker: makeMarker(keyOf(last)) } }
}

function makeMarker(key: string): string {
  return Buffer.from(`after ${key}`).toString('base64')
}

/** The item after the marked one. When that has gone meanwhile, the first of those whose key follows it. */
function findStart<T>(items: T[], keyOf: (item: T) => string, marker: string): number {
  const text = Buffer.from(marker, 'base64').toString()
  if (!text.startsWith('after ')) throw new ServiceError('ValidationError', `Invalid Marker: ${marker}`)
  const key = text.slice('after '.length)
  const index = items.findIndex(item => keyOf(item) === key)
  if (index >= 0) return index + 1
  const next = items.findIndex(item => keyOf(item) > key)
  return next >= 0 ? next : items.length
}
