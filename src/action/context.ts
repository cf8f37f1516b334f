// What GitHub says of the run: which repository, which commit, which event, which pull request.
import { readFileSync } from 'node:fs'
import type { Own } from './evidence.ts'
import type { Host } from './runner.ts'

interface Pull {
  number: number
  /** the commit of its branch, and the branch it is to go to */
  head: string
  base: string
}

export interface Context {
  owner: string
  repo: string
  /** this repository, as the runner names it */
  own: Own
  sha: string
  /** `refs/heads/main` */
  ref: string
  event: string
  /** all that the event says; `undefined` when it cannot be read */
  payload: unknown
  apiUrl: string
  graphqlUrl: string
  serverUrl: string
  /** the page of the run */
  runUrl: string
  workspace: string
  /** the one the event is about */
  pull?: Pull
  /** the commit that a merge queue builds on */
  queueBase?: string
}

/** As much of an event as is used here; everything may be missing. */
interface Payload {
  pull_request?: { number?: number; head?: { sha?: string }; base?: { ref?: string } } | null
  issue?: { number?: number; pull_request?: object | null } | null
  merge_group?: { base_sha?: string } | null
}

interface Source extends Pick<Host, 'env'> {
  read?: (path: string) => string
}

const readPayload = (path: string | undefined, read: (path: string) => string): unknown => {
  try {
    const payload: unknown = path ? JSON.parse(read(path)) : undefined
    return typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : undefined
  } catch {
    return undefined
  }
}

/** The context, from the runner's variables and the event's file. */
export const readContext = ({ env, read = path => readFileSync(path, 'utf8') }: Source): Context => {
  const payload = readPayload(env['GITHUB_EVENT_PATH'], read)
  const { pull_request, issue, merge_group } = (payload ?? {}) as Payload
  const repository = env['GITHUB_REPOSITORY'] ?? ''
  const [owner = '', repo = ''] = repository.split('/')
  const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com'
  const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com'
  const { head, base } = pull_request ?? {}
  // a comment on a pull request is one on an issue, to GitHub
  const number = pull_request?.number ?? (issue?.pull_request ? issue.number : undefined)
  const queueBase = merge_group?.base_sha
  const id = Number(env['GITHUB_REPOSITORY_ID'])
  return {
    owner,
    repo,
    own: { name: repository, ...(id > 0 && { id }) },
    sha: env['GITHUB_SHA'] ?? '',
    ref: env['GITHUB_REF'] ?? '',
    event: env['GITHUB_EVENT_NAME'] ?? '',
    payload,
    apiUrl,
    graphqlUrl: env['GITHUB_GRAPHQL_URL'] || `${apiUrl.replace(/\/v3$/, '')}/graphql`,
    serverUrl,
    runUrl: `${serverUrl}/${repository}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`,
    workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
    ...(number !== undefined && {
      pull: { number, head: head?.sha ?? '', base: base?.ref ?? '' },
    }),
    ...(queueBase !== undefined && { queueBase }),
  }
}
