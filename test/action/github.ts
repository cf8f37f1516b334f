// A GitHub API on loopback, as much as the action uses: pages, authors, refusals, and a log of what was asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Post {
  id: number
  number?: number
  body: string
  user: { login: string }
  state?: 'open' | 'closed'
  title?: string
  labels?: string[]
  comments?: string[]
}

export interface Fault {
  /** of `POST /repos/shop/identity/issues/5/comments` */
  on: RegExp
  status: number
  body?: object
  headers?: { [name: string]: string }
  /** how often; always, if not given */
  times?: number
  /** it is done, and the answer lost */
  after?: true
}

export interface FakeGitHub {
  url: string
  comments: Map<number, Post[]>
  issues: Post[]
  pulls: Map<
    number,
    { head: { sha: string; repo: { full_name: string } | null }; base: { ref: string }; merged_at?: string }
  >
  /** commit → numbers of pull requests */
  pullsOf: Map<string, number[]>
  /** `heads/main` → commit */
  branches: Map<string, string>
  /** `base...head` → commit */
  mergeBases: Map<string, string>
  /** `commit:path` → text */
  files: Map<string, string>
  faults: Fault[]
  /** `POST /repos/…` */
  requests: string[]
  writes(): string[]
  close(): Promise<void>
}

export const bot = 'github-actions[bot]'
export const token = 'ghs_a-token-for-tests'

const pageSize = (query: URLSearchParams): number => Math.min(100, Number(query.get('per_page') ?? 30))

const bodyOf = async (request: IncomingMessage): Promise<{ [name: string]: unknown }> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as { [name: string]: unknown })
}

const at = '/repos/shop/identity'

/** `prefix` is `/api/v3` on GitHub Enterprise Server. */
export const startGitHub = async (prefix = ''): Promise<FakeGitHub> => {
  let nextId = 1000
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const github: FakeGitHub = {
    url,
    comments: new Map(),
    issues: [],
    pulls: new Map(),
    pullsOf: new Map(),
    branches: new Map(),
    mergeBases: new Map(),
    files: new Map(),
    faults: [],
    requests: [],
    writes: () => github.requests.filter(line => !line.startsWith('GET') && !line.includes('graphql')),
    close: () => new Promise(resolve => void server.close(() => resolve())),
  }

  const postsIn = (number: number): Post[] => {
    if (!github.comments.has(number)) github.comments.set(number, [])
    return github.comments.get(number)!
  }
  const pullNumbered = (number: number) => {
    const pull = github.pulls.get(number)
    return pull && { number, ...pull, base: { ...pull.base, repo: { full_name: 'shop/identity' } } }
  }
  const checked = (body: unknown): { refused?: object; text: string } => {
    const text = String(body ?? '')
    return text.length > 65_536
      ? {
          refused: {
            message: 'Validation Failed',
            errors: [{ message: 'body is too long (maximum is 65536 characters)' }],
          },
          text,
        }
      : { text }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams: query } = new URL(request.url ?? '', url)
    const line = `${request.method} ${pathname}`
    const body = await bodyOf(request)
    github.requests.push(line)
    const send = (status: number, value: unknown, headers: { [name: string]: string } = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(JSON.stringify(value))
    }
    if (!(request.headers.authorization ?? '').endsWith(token))
      return send(401, { message: 'Bad credentials' })
    const fault = github.faults.find(({ on, times }) => on.test(line) && times !== 0)
    if (fault) {
      if (fault.times !== undefined) fault.times -= 1
      if (fault.after) answer(request.method ?? '', pathname, query, body)
      return send(fault.status, fault.body ?? { message: 'no' }, fault.headers)
    }
    const [status, value, headers] = answer(request.method ?? '', pathname, query, body)
    send(status, value, headers)
  }

  const paged = (all: readonly unknown[], path: string, query: URLSearchParams): Answer => {
    const size = pageSize(query)
    const page = Number(query.get('page') ?? 1)
    const last = Math.max(1, Math.ceil(all.length / size))
    query.set('page', String(page + 1))
    const link: { [name: string]: string } =
      page < last ? { link: `<${url}${path}?${query}>; rel="next"` } : {}
    return [200, all.slice((page - 1) * size, page * size), link]
  }

  type Answer = [status: number, value: unknown, headers?: { [name: string]: string }]

  const answer = (
    method: string,
    whole: string,
    query: URLSearchParams,
    body: { [name: string]: unknown },
  ): Answer => {
    if (whole.endsWith('/graphql')) return [200, { data: { viewer: { login: bot } } }]
    const path = whole.slice(prefix.length)
    if (!whole.startsWith(prefix) || !path.startsWith(at)) return [404, { message: 'Not Found' }]
    const [, first, second, third] = path.slice(at.length).split('/').map(decodeURIComponent)
    const text = checked(body['body'])
    if (text.refused) return [422, text.refused]
    if (first === 'issues' && second === 'comments') {
      const found = [...github.comments.values()].flat().find(({ id }) => id === Number(third))
      if (found === undefined) return [404, { message: 'Not Found' }]
      found.body = text.text
      return [200, found]
    }
    if (first === 'issues' && third === 'comments') {
      const posts = postsIn(Number(second))
      if (method === 'GET') return paged(posts, whole, query)
      const post: Post = { id: nextId++, body: text.text, user: { login: bot } }
      posts.push(post)
      return [201, post]
    }
    if (first === 'issues' && second === undefined) {
      if (method === 'GET')
        return paged(
          github.issues.filter(({ labels }) => labels?.includes(query.get('labels') ?? '')),
          whole,
          query,
        )
      const issue: Post = {
        id: nextId++,
        number: github.issues.length + 1,
        title: String(body['title']),
        body: text.text,
        labels: body['labels'] as string[],
        state: 'open',
        user: { login: bot },
      }
      github.issues.push(issue)
      return [201, issue]
    }
    if (first === 'issues') {
      const issue = github.issues.find(({ number }) => number === Number(second))
      if (issue === undefined) return [404, { message: 'Not Found' }]
      if (body['state'] !== undefined) issue.state = body['state'] as 'open' | 'closed'
      if (body['body'] !== undefined) issue.body = text.text
      return [200, issue]
    }
    if (first === 'commits' && third === 'pulls')
      return [200, (github.pullsOf.get(second ?? '') ?? []).map(pullNumbered)]
    if (first === 'pulls') {
      const pull = pullNumbered(Number(second))
      return pull === undefined ? [404, { message: 'Not Found' }] : [200, pull]
    }
    if (first === 'git' && second === 'matching-refs') {
      const prefix = path
        .slice(`${at}/git/matching-refs/`.length)
        .split('/')
        .map(decodeURIComponent)
        .join('/')
      const found = [...github.branches].filter(([name]) => name.startsWith(prefix))
      return paged(
        found.map(([name, sha]) => ({ ref: `refs/${name}`, object: { sha } })),
        whole,
        query,
      )
    }
    if (first === 'compare') {
      const sha = github.mergeBases.get(second ?? '')
      return sha === undefined ? [404, { message: 'Not Found' }] : [200, { merge_base_commit: { sha } }]
    }
    if (first === 'contents') {
      const name = path.slice(`${at}/contents/`.length).split('/').map(decodeURIComponent).join('/')
      const found = github.files.get(`${query.get('ref')}:${name}`)
      return found === undefined
        ? [404, { message: 'Not Found' }]
        : [200, { type: 'file', encoding: 'base64', content: Buffer.from(found).toString('base64') }]
    }
    return [404, { message: 'Not Found' }]
  }

  return github
}
