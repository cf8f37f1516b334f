// Whose an event is: every payload of GitHub's documentation, with and without a fork, and what is asked of GitHub.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readContext } from '../../src/action/context.ts'
import type { GitHub, PullRequest } from '../../src/action/github.ts'
import { type Trust, trustOf } from '../../src/action/trust.ts'
import { count } from '../faults/counts.ts'
import { baseCommit, headCommit, mergeCommit, onSite, pullRequest, queuedBranch } from './bench.ts'

type Json = { [name: string]: unknown }

/** Events that can start a workflow; `workflow_call` has the event of its caller. */
const triggers = [
  'branch_protection_rule',
  'check_run',
  'check_suite',
  'create',
  'delete',
  'deployment',
  'deployment_status',
  'discussion',
  'discussion_comment',
  'gollum',
  'image_version',
  'issue_comment',
  'issues',
  'label',
  'member',
  'merge_group',
  'milestone',
  'page_build',
  'public',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
  'push',
  'registry_package',
  'release',
  'repository_dispatch',
  'schedule',
  'status',
  'watch',
  'workflow_dispatch',
  'workflow_run',
] as const

const published = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('@octokit/webhooks-examples'), 'utf8'),
) as { name: string; examples: Json[] }[]

const examplesOf = (name: string): Json[] => published.find(each => each.name === name)?.examples ?? []

const repository = examplesOf('push')[0]!['repository'] as Json
/** What the published examples lack, after GitHub's documentation. */
const unpublished: { [name: string]: Json[] } = {
  schedule: [{ schedule: '17 6 * * *', workflow: '.github/workflows/drift.yml', repository }],
  image_version: [{ action: 'ready', image_version: { name: 'x', version: '1.0' }, repository }],
  registry_package: examplesOf('package').map(({ package: registry_package, ...rest }) => ({
    ...rest,
    registry_package,
  })),
  pull_request_target: examplesOf('pull_request'),
}

interface Example {
  event: string
  index: number
  payload: Json
  name: string
  id: number
}

/** An example as one repository's: some of those published mix two. */
const asOwn = (event: string, payload: Json, index: number): Example => {
  const { full_name, id } = payload['repository'] as { full_name: string; id: number }
  const run = payload['workflow_run'] as Json | undefined
  const { repository } = payload
  const listed = ((run?.['pull_requests'] ?? []) as { url: string; head: Json; base: Json }[]).map(
    ({ url: _, ...pull }) => ({
      ...pull,
      head: { ...pull.head, repo: repository },
      base: { ...pull.base, repo: repository },
    }),
  )
  const mixed = run && {
    workflow_run: { ...run, repository, head_repository: repository, pull_requests: listed },
  }
  return { event, index, payload: { ...payload, ...mixed }, name: full_name, id }
}

const examples = triggers.flatMap(event =>
  [...examplesOf(event), ...(unpublished[event] ?? [])].map((payload, index) => asOwn(event, payload, index)),
)

const somebodys = {
  id: 666,
  full_name: 'evil/r',
  url: 'https://api.github.com/repos/evil/r',
  name: 'r',
  fork: true,
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

/** Every place below, with a way to put something else there. */
const placesIn = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, below]) => [[...path, key], ...placesIn(below, [...path, key])])

const at = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((place, key) => (place as Json)[key], value)

const withAt = (payload: Json, path: readonly string[], value: unknown): Json => {
  const changed = copy(payload)
  ;(at(changed, path.slice(0, -1)) as Json)[path.at(-1)!] = value
  return changed
}

/** The places of an event that say whose the code is. */
const originsIn = (payload: Json) =>
  placesIn(payload).filter(path => {
    const value = at(payload, path)
    const isRepository = typeof value === 'object' && value !== null && 'name' in value && 'id' in value
    return (
      isRepository &&
      (path.slice(-2).join('.') === 'head.repo' || /^(head_)?repository$/.test(path.at(-1)!)) &&
      !['changes', 'organization'].includes(path[0]!)
    )
  })

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cogsync-events-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const ownPull = (number: number): PullRequest => ({
  number,
  head: headCommit,
  base: 'main',
  fromFork: false,
  merged: false,
})

type Asked = Pick<GitHub, 'pull' | 'pullsOf' | 'refs'>

/** GitHub, where everything is this repository's; a log of what was asked. */
const gitHub = (other: Partial<Asked> = {}) => {
  const asked: string[] = []
  const logged =
    <A, R>(name: string, answer: (one: A) => R): ((one: A) => R) =>
    one => {
      asked.push(`${name} ${one}`)
      return answer(one)
    }
  const github = {
    pull: logged('pull', other.pull ?? (async (number: number) => ownPull(number))),
    pullsOf: logged('pullsOf', other.pullsOf ?? (async () => [])),
    refs: logged('refs', other.refs ?? (async () => [])),
  } as unknown as GitHub
  return { github, asked }
}

const forked = async (number: number): Promise<PullRequest> => ({ ...ownPull(number), fromFork: true })

const refusing = async (): Promise<never> => {
  throw Object.assign(new Error('no'), { status: 403 })
}
const refusingAll = { pull: refusing, pullsOf: refusing, refs: refusing }

/** The verdict on an event in a repository. */
const judge = async (
  { event, payload, name, id }: Omit<Example, 'index'>,
  { github, named, env = {} }: { github?: GitHub; named?: number; env?: { [name: string]: string } } = {},
): Promise<Trust['whose']> => {
  const file = join(folder, 'event.json')
  const context = readContext({
    env: {
      GITHUB_REPOSITORY: name,
      GITHUB_REPOSITORY_ID: String(id),
      GITHUB_EVENT_NAME: event,
      GITHUB_SHA: mergeCommit,
      GITHUB_WORKSPACE: folder,
      GITHUB_EVENT_PATH: file,
      ...env,
    },
    read: () => JSON.stringify(payload),
  })
  return (await trustOf(context, github, { named, heads: async () => [] })).whose
}

const pairs = Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? 300)
const tried: { [what: string]: number } = {}

describe('every event that starts a workflow', () => {
  test('is among the examples', () => {
    expect(new Set(examples.map(({ event }) => event))).toEqual(new Set(triggers))
    expect(examples.length).toBeGreaterThan(200)
  })
  test("is this repository's own, as GitHub's documentation shows it", async () => {
    const wrong: string[] = []
    for (const example of examples)
      if ((await judge(example, gitHub())) !== 'ours') wrong.push(`${example.event} ${example.index}`)
    expect(wrong).toEqual([])
    tried['a published example is not taken for a fork'] = examples.length
  })
  test("is a fork's as soon as one place of it names another repository, or one that is gone", async () => {
    const wrong: string[] = []
    let places = 0
    for (const example of examples)
      for (const path of originsIn(example.payload)) {
        const there = at(example.payload, path) as Json
        const isHead = path.at(-1) !== 'repository'
        const others: unknown[] = [
          somebodys,
          ...(isHead ? [null, { ...there, id: 666 }, { ...somebodys, id: there['id'] }] : []),
        ]
        for (const other of others) {
          places += 1
          const payload = withAt(example.payload, path, other)
          if ((await judge({ ...example, payload }, gitHub())) !== 'fork')
            wrong.push(
              `${example.event} ${example.index} ${path.join('.')} ${JSON.stringify(other)?.slice(0, 60)}`,
            )
        }
      }
    expect(wrong).toEqual([])
    expect(places).toBeGreaterThan(400)
    tried['a place of one names another repository'] = places
  })
  test("is a fork's when GitHub says so of a pull request or commit in it, and nobody's when GitHub does not say", async () => {
    const wrong: string[] = []
    let looked = 0
    for (const example of examples) {
      const { github, asked } = gitHub()
      await judge(example, { github })
      if (asked.length === 0) continue
      looked += 1
      const fork = gitHub({ pull: forked, pullsOf: async () => [await forked(7)] })
      const verdicts = [
        await judge(example, fork),
        await judge(example, gitHub(refusingAll)),
        await judge(example),
      ]
      if (verdicts.join() !== 'fork,unknown,unknown')
        wrong.push(`${example.event} ${example.index}: ${verdicts}`)
    }
    expect(wrong).toEqual([])
    expect(looked).toBeGreaterThan(20)
    tried['GitHub says of one that it is a fork, or says nothing'] = 3 * looked
  })
  test('is never trusted more for a pull request that an input names', async () => {
    const rank = { ours: 0, unknown: 1, fork: 2 }
    const seed = Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20261121)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...examples),
        fc.nat(),
        fc.constantFrom(...[somebodys, null, 'as it is']),
        fc.constantFrom({}, { pull: forked }, refusingAll),
        fc.integer({ min: 1, max: 300 }),
        async (example, which, other, answers, named) => {
          const origins = originsIn(example.payload)
          const path = origins[which % Math.max(1, origins.length)]
          const payload =
            path === undefined || other === 'as it is'
              ? example.payload
              : withAt(example.payload, path, other)
          const event = { ...example, payload }
          const [without, withIt] = [
            await judge(event, gitHub(answers)),
            await judge(event, { ...gitHub(answers), named }),
          ]
          expect(rank[withIt]).toBeGreaterThanOrEqual(rank[without])
        },
      ),
      { seed, numRuns: pairs },
    )
    tried['an input names a pull request beside one'] = pairs
  })
  test('and every case was tried', () => count('trust', tried))
})

const own = { name: 'shop/identity', id: 7, event: 'workflow_dispatch' }

describe('what somebody passed to a workflow', () => {
  test.each<[string, Json]>([
    ['a number', { inputs: { 'pr-number': '7' } }],
    ['numbers', { inputs: { pull_requests: 'and #7' } }],
    ['a ref', { inputs: { ref: 'refs/pull/7/head' } }],
    ['a commit', { inputs: { version: headCommit } }],
    ['a pull request', { client_payload: { pull_request: { number: 7 } } }],
    [
      'the event of a comment',
      { client_payload: { github: { payload: { issue: { number: 7, pull_request: {} } } } } },
    ],
    [
      'where it is',
      { client_payload: { pull_request_url: 'https://api.github.com/repos/shop/identity/pulls/7' } },
    ],
    ['the payload of a deployment', { deployment: { payload: { pr: 7 } } }],
  ])('is looked up (%s)', async (_, payload) => {
    const fork = gitHub({ pull: forked, pullsOf: async () => [await forked(7)] })
    expect(await judge({ ...own, payload }, gitHub())).toBe('ours')
    expect(await judge({ ...own, payload }, fork)).toBe('fork')
    expect(await judge({ ...own, payload })).toBe('unknown')
  })
  test.each<[string, Json]>([
    ["gh's words", { client_payload: { isCrossRepository: true } }],
    ['a repository by name', { inputs: { head_repository: 'evil/r' } }],
    ['a pull request with its head', { client_payload: { pr: { head: { repo: somebodys } } } }],
    [
      'a pull request elsewhere',
      { client_payload: { pull_request_url: 'https://api.github.com/repos/evil/r/pulls/7' } },
    ],
    [
      'an organisation of the same name',
      {
        client_payload: {
          pull_request: {
            number: 7,
            head: { label: 'evil:main', repo: { id: 7, full_name: 'shop/identity' } },
          },
        },
      },
    ],
  ])("makes it a fork's (%s)", async (_, payload) => {
    expect(await judge({ ...own, payload }, gitHub())).toBe('fork')
  })
  test('may be nested as deep as it likes', async () => {
    let deep: Json = { head_repository: somebodys }
    for (let n = 0; n < 5000; n += 1) deep = { deep }
    expect(await judge({ ...own, payload: { client_payload: deep } }, gitHub())).toBe('fork')
  })
  test('is not asked for without end', async () => {
    const numbers = Array.from({ length: 5000 }, (_, n) => n + 1).join(' ')
    const { github, asked } = gitHub()
    expect(await judge({ ...own, payload: { inputs: { prs: numbers } } }, { github })).toBe('unknown')
    expect(asked).toEqual([])
  })
})

describe('an event', () => {
  test.each(['pull_request', 'pull_request_target', 'merge_group', 'workflow_run', 'issue_comment'])(
    '%s that says nothing is trusted with nothing',
    async event => {
      expect(await judge({ ...own, event, payload: {} }, gitHub())).toBe('unknown')
    },
  )
  test('that cannot be read is trusted with nothing', async () => {
    const context = readContext({
      env: { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: join(folder, 'none') },
    })
    expect((await trustOf(context, undefined, { named: undefined, heads: async () => [] })).whose).toBe(
      'unknown',
    )
  })
  test('on a commit that a fork brought is its own once that is merged', async () => {
    const payload = { sha: headCommit, branches: [] }
    const merged = gitHub({ pullsOf: async () => [{ ...(await forked(7)), merged: true }] })
    expect(await judge({ ...own, event: 'status', payload }, merged)).toBe('ours')
  })
  test('lists pull requests that somebody opened in a fork, from a branch of this repository', async () => {
    const mine = { id: 7, url: 'https://api.github.com/repos/shop/identity', name: 'identity' }
    const listed = [{ number: 3, head: { sha: headCommit, repo: mine }, base: { repo: somebodys } }]
    const payload = {
      workflow_run: { head_repository: { ...mine, full_name: 'shop/identity' }, pull_requests: listed },
    }
    const { github, asked } = gitHub()
    expect(await judge({ ...own, event: 'workflow_run', payload }, { github })).toBe('ours')
    expect(asked).toEqual([])
  })
  test('in a repository that is a fork itself is of its own people', async () => {
    const payload = {
      repository: { id: 7, full_name: 'shop/identity', fork: true },
      ...pullRequest(),
    }
    payload.pull_request.head.repo = { full_name: 'shop/identity', ...{ id: 7, fork: true } }
    expect(await judge({ ...own, event: 'pull_request', payload }, gitHub())).toBe('ours')
  })
})

describe('a merge queue', () => {
  const [first, second, third] = ['1', '2', '3'].map(digit => digit.repeat(40)) as [string, string, string]
  const places = [
    { ref: `refs/heads/${queuedBranch(7, baseCommit)}`, commit: first },
    { ref: `refs/heads/${queuedBranch(8, first)}`, commit: second },
    { ref: `refs/heads/${queuedBranch(9, second)}`, commit: third },
  ]
  const event = (number: number, base: string) => ({
    ...own,
    event: 'merge_group',
    payload: { merge_group: { head_ref: `refs/heads/${queuedBranch(number, base)}`, base_sha: base } },
  })
  const queue = (fork: number) =>
    gitHub({
      refs: async () => places,
      pull: async number => ({ ...ownPull(number), fromFork: number === fork }),
    })
  test("is a fork's from its place on, and not before", async () => {
    const verdicts = async (fork: number) => [
      await judge(event(7, baseCommit), queue(fork)),
      await judge(event(8, first), queue(fork)),
      await judge(event(9, second), queue(fork)),
    ]
    expect(await verdicts(0)).toEqual(['ours', 'ours', 'ours'])
    expect(await verdicts(7)).toEqual(['fork', 'fork', 'fork'])
    expect(await verdicts(8)).toEqual(['ours', 'fork', 'fork'])
    expect(await verdicts(9)).toEqual(['ours', 'ours', 'fork'])
  })
  test('tells by its branch as well, where the event is a push', async () => {
    const env = { GITHUB_REF: `refs/heads/${queuedBranch(8, first)}` }
    expect(await judge({ ...own, event: 'push', payload: {} }, { ...queue(7), env })).toBe('fork')
  })
})

describe('the action', () => {
  const fork = { head: { sha: headCommit, repo: { full_name: 'evil/r' } }, base: { ref: 'main' } }
  const comment = { issue: { number: 9, pull_request: {} }, comment: { body: '/plan' } }
  const run = {
    workflow_run: { head_repository: somebodys, repository: { id: 7, full_name: 'shop/identity' } },
  }

  test('plans, applies and compares nothing for a fork, whatever event it comes by', async () => {
    await onSite(async ({ run: step, github, bench }) => {
      github.pulls.set(9, fork)
      bench.sandbox.requests.length = 0
      const events: [string, object, object?][] = [
        ['issue_comment', comment],
        ['workflow_run', run],
        ['pull_request_target', pullRequest(5, true)],
        ['merge_group', { merge_group: { head_ref: `refs/heads/${queuedBranch(9, baseCommit)}` } }],
        ['workflow_dispatch', { inputs: { pr: '9' } }],
        ['push', {}, { 'pr-number': '9' }],
        ['pull_request', pullRequest(5, true), { 'pr-number': '5' }],
      ]
      for (const [name, event, inputs] of events) {
        const env = { GITHUB_EVENT_NAME: name, GITHUB_SHA: 'd'.repeat(40) }
        const [planned, applied, drift] = [
          await step({ event, env, inputs: { ...inputs } }),
          await step({ event, env, inputs: { ...inputs, command: 'apply' } }),
          await step({ event, env, inputs: { ...inputs, command: 'drift' } }),
        ]
        expect([name, planned.code, planned.outputs['plan-hash']]).toEqual([name, 0, ''])
        expect([name, applied.code, applied.outputs['failure-reason']]).toEqual([name, 1, 'invalid-input'])
        expect([name, drift.code, drift.outputs['failure-reason']]).toEqual([name, 1, 'invalid-input'])
      }
      expect([bench.sandbox.requests, github.writes()]).toEqual([[], []])
    })
  })
  test('refuses where GitHub cannot say, and validates all the same', async () => {
    await onSite(async ({ run: step, bench }) => {
      bench.sandbox.requests.length = 0
      const env = { GITHUB_EVENT_NAME: 'issue_comment' }
      const inputs = [{ 'github-token': '' }, {}]
      for (const each of inputs)
        expect(await step({ event: comment, env, inputs: each })).toMatchObject({
          code: 1,
          outputs: { 'failure-reason': 'invalid-input' },
        })
      const validated = await step({
        event: comment,
        env,
        inputs: { 'github-token': '', command: 'validate' },
      })
      expect([validated.code, bench.sandbox.requests]).toEqual([0, []])
    })
  })
  test('comments where the comment stood that it was called by', async () => {
    await onSite(async ({ run: step, said, github }) => {
      github.pulls.set(9, { ...fork, head: { ...fork.head, repo: { full_name: 'shop/identity' } } })
      const env = { GITHUB_EVENT_NAME: 'issue_comment' }
      expect((await step({ event: comment, env, inputs: { comment: 'always' } })).code).toBe(0)
      expect(said(9)).toHaveLength(1)
    })
  })
  test('does not plan what somebody checked out from a fork', async () => {
    await onSite(async ({ run: step, github, bench }) => {
      const git = (...args: string[]) =>
        execFileSync(
          'git',
          ['-C', bench.folder, '-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args],
          {
            encoding: 'utf8',
          },
        ).trim()
      await writeFile(join(bench.folder, 'readme'), 'hello')
      git('init', '--quiet')
      git('add', 'readme')
      git('commit', '--quiet', '-m', 'hello')
      const head = git('rev-parse', 'HEAD')
      const push = { event: {}, env: { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_SHA: 'd'.repeat(40) } }
      expect((await step(push)).outputs['plan-hash']).not.toBe('')
      github.pulls.set(9, fork)
      github.pullsOf.set(head, [9])
      expect((await step(push)).outputs['plan-hash']).toBe('')
    })
  })
})
