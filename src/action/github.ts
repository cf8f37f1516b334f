// GitHub's API, as much as is needed: who we are, comments, issues, pull requests, files at a commit.
import { Octokit } from '@octokit/core'
import { paginateRest } from '@octokit/plugin-paginate-rest'
import type { Clock } from '../aws/retry.ts'
import type { Context } from './context.ts'

/** A comment or an issue. */
export interface Post {
  id: number
  number?: number
  body: string
  author: string
  state?: string
}

export interface PullRequest {
  number: number
  /** the commit of its branch, and the branch it is to go to */
  head: string
  base: string
  fromFork: boolean
  merged: boolean
}

export interface GitHub {
  /** whose token it is, without `[bot]` */
  me(): Promise<string>
  comments(issue: number): Promise<Post[]>
  addComment(issue: number, body: string): Promise<Post>
  editComment(id: number, body: string): Promise<Post>
  /** open and closed ones with the label */
  issues(label: string): Promise<Post[]>
  addIssue(issue: { title: string; body: string; label: string }): Promise<Post>
  editIssue(number: number, change: { body?: string; state?: 'open' | 'closed' }): Promise<Post>
  /** pull requests that a commit belongs to, or came from */
  pullsOf(commit: string): Promise<PullRequest[]>
  /** asked for once */
  pull(number: number): Promise<PullRequest>
  /** branches and tags whose names begin so: `heads/a` → `refs/heads/a…` */
  refs(prefix: string): Promise<{ ref: string; commit: string }[]>
  mergeBase(base: string, head: string): Promise<string | undefined>
  /** a file's text at a commit; `undefined` when there is none, or it is no file */
  file(path: string, commit: string): Promise<string | undefined>
}

interface Failure {
  status?: number
  message?: string
  response?: { headers?: { [name: string]: string | undefined } }
}

/** A refusal of GitHub's API, or no answer at all, in a sentence; `undefined` for anything else. */
export const gitHubTrouble = (error: unknown): { status: number; message: string } | undefined => {
  const { status, message } = error as Failure
  return error instanceof Error && typeof status === 'number'
    ? { status, message: `GitHub answered ${status}: ${message ?? ''}`.split('\n')[0] ?? '' }
    : undefined
}

const attempts = 4
/** Seconds; a limit that lasts longer is not waited for. */
const patience = 60

/** How long to wait before the same request again; `undefined`: it is not worth it. */
const waitFor = (error: unknown, method: string, attempt: number): number | undefined => {
  const { status, message = '', response } = error as Failure
  const after = Number(response?.headers?.['retry-after'])
  const limited = (status === 403 || status === 429) && (/rate limit/i.test(message) || after >= 0)
  if (limited) {
    const seconds = Number.isNaN(after) ? patience : after
    return seconds <= patience ? seconds * 1000 : undefined
  }
  // what was sent to be made may have been made
  if (status !== undefined && status >= 500 && method !== 'POST') return 250 * 4 ** (attempt - 1)
  return undefined
}

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

interface RawPost {
  id: number
  number?: number
  body?: string | null
  state?: string
  user?: { login?: string } | null
}

interface RawRef {
  ref: string
  object: { sha: string }
}

interface RawSide {
  sha?: string
  ref?: string
  repo?: { full_name?: string; id?: number } | null
}

interface RawPull {
  number: number
  head?: RawSide
  base?: RawSide
  merged_at?: string | null
}

/** A fork that was deleted has no repository any more. */
const isFork = (head: RawSide['repo'], base: RawSide['repo']): boolean =>
  !head ||
  head.full_name !== base?.full_name ||
  (head.id !== undefined && base?.id !== undefined && head.id !== base.id)

const asPull = ({ number, head, base, merged_at }: RawPull): PullRequest => ({
  number,
  head: head?.sha ?? '',
  base: base?.ref ?? '',
  fromFork: isFork(head?.repo, base?.repo),
  merged: Boolean(merged_at),
})

const withoutBot = (login: string): string => login.replace(/\[bot\]$/, '')

const asPost = ({ id, number, body, state, user }: RawPost): Post => ({
  id,
  body: body ?? '',
  author: withoutBot(user?.login ?? ''),
  ...(number !== undefined && { number }),
  ...(state !== undefined && { state }),
})

/** The API for a repository. Requests are repeated when GitHub says so, or when repeating them is harmless. */
export const openGitHub = (
  token: string,
  { owner, repo, apiUrl, graphqlUrl }: Context,
  { clock, agent }: { clock: Clock; agent: string },
): GitHub => {
  const octokit = new (Octokit.plugin(paginateRest))({
    auth: token,
    baseUrl: apiUrl,
    userAgent: agent,
    log: silent,
  })
  octokit.hook.wrap('request', async (request, options) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await request(options)
      } catch (error) {
        const wait = attempt === attempts ? undefined : waitFor(error, options.method, attempt)
        if (wait === undefined) throw error
        await clock.sleep(wait)
      }
    }
  })
  const at = { owner, repo }
  const all = async (route: string, parameters: object): Promise<RawPost[]> =>
    (await octokit.paginate(route, { ...at, per_page: 100, ...parameters })) as RawPost[]
  const send = async (route: string, parameters: object): Promise<Post> =>
    asPost((await octokit.request(route, { ...at, ...parameters })).data as RawPost)

  const getPull = async (pull_number: number): Promise<PullRequest> => {
    const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
    return asPull((await octokit.request(route, { ...at, pull_number })).data as RawPull)
  }
  const pulls = new Map<number, Promise<PullRequest>>()

  return {
    me: async () => {
      try {
        const { data } = await octokit.request(`POST ${graphqlUrl}`, { query: '{ viewer { login } }' })
        return withoutBot((data as { data: { viewer: { login: string } } }).data.viewer.login)
      } catch {
        // a job's own token; nobody else can have this name
        return 'github-actions'
      }
    },
    comments: async issue_number =>
      (await all('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { issue_number })).map(asPost),
    addComment: (issue_number, body) =>
      send('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { issue_number, body }),
    editComment: (comment_id, body) =>
      send('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { comment_id, body }),
    issues: async labels =>
      (await all('GET /repos/{owner}/{repo}/issues', { labels, state: 'all' })).map(asPost),
    addIssue: ({ title, body, label }) =>
      send('POST /repos/{owner}/{repo}/issues', { title, body, labels: [label] }),
    editIssue: (issue_number, change) =>
      send('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { issue_number, ...change }),
    pullsOf: async commit_sha => {
      const route = 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls'
      const { data } = await octokit.request(route, { ...at, commit_sha, per_page: 100 })
      return (data as RawPull[]).map(asPull)
    },
    pull: number => {
      const asked = pulls.get(number) ?? getPull(number)
      pulls.set(number, asked)
      return asked
    },
    refs: async prefix => {
      const route = 'GET /repos/{owner}/{repo}/git/matching-refs/{+ref}'
      const ref = prefix.split('/').map(encodeURIComponent).join('/')
      const data = (await octokit.paginate(route, { ...at, ref, per_page: 100 })) as RawRef[]
      return data.map(({ ref, object }) => ({ ref, commit: object.sha }))
    },
    mergeBase: async (base, head) => {
      const { data } = await octokit.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
        ...at,
        basehead: `${base}...${head}`,
        per_page: 1,
      })
      return (data as { merge_base_commit?: { sha: string } }).merge_base_commit?.sha
    },
    file: async (path, ref) => {
      try {
        const { data } = await octokit.request('GET /repos/{owner}/{repo}/contents/{+path}', {
          ...at,
          path: path.split('/').map(encodeURIComponent).join('/'),
          ref,
        })
        const { type, encoding, content } = data as { type?: string; encoding?: string; content?: string }
        return type === 'file' && encoding === 'base64'
          ? Buffer.from(content ?? '', 'base64').toString('utf8')
          : undefined
      } catch (error) {
        if (gitHubTrouble(error)?.status === 404) return undefined
        throw error
      }
    },
  }
}
