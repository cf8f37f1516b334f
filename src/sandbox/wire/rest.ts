// AWS REST JSON (Lambda): members in the path, the query and the body; errors with real statuses.
import type { Members, Route, ServiceError } from '../service.ts'
import { makeTable } from '../table.ts'
import { type MessageMember, nameMessage, readJson } from './json.ts'

export const restContentType = 'application/json'

export interface RoutedRequest {
  route: Route
  readInput(): Members
}

/** The route that a request takes, or undefined when no operation answers to it. */
export function findRoute(
  routes: Route[],
  method: string,
  url: string,
  body: string,
): RoutedRequest | undefined {
  const [path = '', query = ''] = url.split('?')
  for (const route of routes) {
    const inPath = route.method === method ? matchPath(route.path, path) : undefined
    if (inPath !== undefined) return { route, readInput: () => readRest(route, inPath, query, body) }
  }
  return undefined
}

function matchPath(pattern: string, path: string): Members | undefined {
  const steps = splitPath(path)
  const expected = splitPath(pattern)
  if (steps.length !== expected.length) return undefined
  const members: Members = makeTable()
  for (const [index, step] of steps.entries()) {
    const member = /^\{(.+)\}$/.exec(expected[index] ?? '')?.[1]
    if (member !== undefined) members[member] = decodeStep(step)
    else if (step !== expected[index]) return undefined
  }
  return members
}

function splitPath(path: string): string[] {
  return path.split('/').filter(step => step !== '')
}

function decodeStep(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch {
    return step
  }
}

/** A member has one place: in the body, those of the path and the query are nothing. */
function readRest(route: Route, inPath: Members, query: string, body: string): Members {
  const input = makeTable({ ...readJson(body), ...inPath })
  const parameters = new URLSearchParams(query)
  for (const member of route.query ?? []) {
    delete input[member]
    const value = parameters.get(member)
    if (value !== null) input[member] = value
  }
  return input
}

/** The error's name stands in a header only. */
export function writeRestError(error: ServiceError, member: MessageMember): string {
  return JSON.stringify({ ...error.extra, ...nameMessage(error, member) })
}
