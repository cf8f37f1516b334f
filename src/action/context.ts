// What GitHub says of the run: which repository, which commit, which event, which pull request.
import { readFileSync } from 'node:fs'
import type { Host } from './runner.ts'

interface Pull {
  number: number
  /** the commit of its branch, and the branch it is to go to */
  head: string
  base: string
  fromFork: boolean
}

export interface Context {
  owner: string
  repo: string
  sha: string
  event: string
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

interface Ref {
  sha?: string
  ref?: string
  repo?: { full_name?: string } | null
}

/** As much of an event as is used; everything may be missing. */
interface Payload {
  pull_request?: { number?: number; head?: Ref; base?: Ref }
  issue?: { number?: number; pull_request?: object }
  merge_group?: { base_sha?: string }
}

const readPayload = (path: string | undefined): Payload => {
  try {
    return path ? (JSON.parse(readFileSync(path, 'utf8')) as Payload) : {}
  } catch {
    return {}
  }
}

/** The context, from the runner's variables and the event's file. */
export const readContext = ({ env }: Pick<Host, 'env'>): Context => {
  const payload = readPayload(env['GITHUB_EVENT_PATH'])
  const repository = env['GITHUB_REPOSITORY'] ?? ''
  const [owner = '', repo = ''] = repository.split('/')
  const serverUrl = env['GITHUB_SERVER_URL'] || 'https://github.com'
  const apiUrl = env['GITHUB_API_URL'] || 'https://api.github.com'
  const { number, head, base } = payload.pull_request ?? {}
  const queueBase = payload.merge_group?.base_sha
  return {
    owner,
    repo,
    sha: env['GITHUB_SHA'] ?? '',
    event: env['GITHUB_EVENT_NAME'] ?? '',
    apiUrl,
    graphqlUrl: env['GITHUB_GRAPHQL_URL'] || `${apiUrl.replace(/\/v3$/, '')}/graphql`,
    serverUrl,
    runUrl: `${serverUrl}/${repository}/actions/runs/${env['GITHUB_RUN_ID'] ?? ''}`,
    workspace: env['GITHUB_WORKSPACE'] || process.cwd(),
    ...(number !== undefined && {
      pull: {
        number,
        head: head?.sha ?? '',
        base: base?.ref ?? '',
        // a fork that was deleted has no repository any more
        fromFork: head?.repo?.full_name !== base?.repo?.full_name,
      },
    }),
    ...(queueBase !== undefined && { queueBase }),
  }
}
