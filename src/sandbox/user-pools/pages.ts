// Cuts lists into pages with opaque tokens.
import { compareText } from '../java-order.ts'
import type { Json, Members } from '../service.ts'
import { readNumber, readText } from './members.ts'
import { invalid } from './store.ts'

export interface Page<T> {
  items: T[]
  /** absent on the last page */
  token?: string
}

/** The page of `items`, in order of their keys, that comes after the token. */
export function cutPage<T>(
  items: readonly T[],
  key: (item: T) => string,
  request: { size: Json | undefined; fallback: number; token: Json | undefined },
): Page<T> {
  // Where the model allows 0, it means the default size.
  const size = readNumber(request.size) || request.fallback
  const after = request.token === undefined ? undefined : readToken(readText(request.token) ?? '')
  const rest = [...items]
    .sort((left, right) => compareText(key(left), key(right)))
    .filter(item => after === undefined || compareText(key(item), after) > 0)
  const page = rest.slice(0, size)
  const last = page[page.length - 1]
  if (rest.length <= size || last === undefined) return { items: page }
  return { items: page, token: makeToken(key(last)) }
}

export function addToken<T>(members: Members, page: Page<T>): Members {
  return page.token === undefined ? members : { ...members, NextToken: page.token }
}

function makeToken(after: string): string {
  return Buffer.from(JSON.stringify({ after })).toString('base64')
}

function readToken(token: string): string {
  try {
    const { after } = JSON.parse(Buffer.from(token, 'base64').toString('utf8'))
    if (typeof after === 'string') return after
  } catch {
    // answered below
  }
  throw invalid('Invalid pagination token.')
}
