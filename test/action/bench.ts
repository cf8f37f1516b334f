// The action's bench: the built action under node 24, a GitHub and an AWS of its own.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundle } from '../../.ci/build.mjs'
import { account, type Bench, onBench } from '../journeys/run.ts'
import { root } from '../project/source.ts'
import { type FakeGitHub, startGitHub, token } from './github.ts'
import { type Outcome, type Run, runStep } from './runner.ts'
import { before } from './scenarios.ts'

/** Writes a fresh build somewhere of its own; answers with the action's entry and how to take it away. */
export const builtCopy = async (): Promise<{ entry: string; remove(): Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'cogsync-built-'))
  for (const { path, text } of await bundle()) {
    const to = join(folder, path.slice(join(root, 'dist').length))
    await mkdir(dirname(to), { recursive: true })
    await writeFile(to, text)
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n')
  return { entry: join(folder, 'action.js'), remove: () => rm(folder, { recursive: true, force: true }) }
}

export const committedCopy = join(root, 'dist', 'action.js')

export const mergeCommit = 'a'.repeat(40)
export const headCommit = 'b'.repeat(40)
export const baseCommit = 'c'.repeat(40)

/** The event of a pull request. */
export const pullRequest = (number = 5, fork = false) => ({
  pull_request: {
    number,
    head: { sha: headCommit, repo: { full_name: fork ? 'somebody/identity' : 'shop/identity' } },
    base: { ref: 'main', sha: baseCommit, repo: { full_name: 'shop/identity' } },
  },
})

/** The branch of a pull request in the merge queue, whose place stands on a commit. */
export const queuedBranch = (number: number, base: string): string =>
  `gh-readonly-queue/main/pr-${number}-${base}`

export interface Site {
  bench: Bench
  github: FakeGitHub
  /** writes a file of the repository's checkout */
  write(path: string, text: string): Promise<void>
  run(options?: Partial<Run>): Promise<Outcome>
  /** the texts of the comments on a pull request */
  said(number?: number): string[]
}

/** A repository with a pull request 5, a pool that the file before it made, and the action. */
export const onSite = (
  test: (site: Site) => Promise<void>,
  { prefix = '', made = before, entry }: { prefix?: string; made?: string; entry?: string } = {},
): Promise<void> =>
  onBench(async bench => {
    const github = await startGitHub(prefix)
    const write = async (path: string, text: string) => {
      await mkdir(dirname(join(bench.folder, path)), { recursive: true })
      await writeFile(join(bench.folder, path), text)
    }
    try {
      if (made !== '') await bench.make(await bench.file(made))
      github.mergeBases.set(`main...${mergeCommit}`, baseCommit)
      github.files.set(`${baseCommit}:cognito.yaml`, made)
      github.pulls.set(5, {
        head: { sha: headCommit, repo: { full_name: 'shop/identity' } },
        base: { ref: 'main' },
      })
      await test({
        bench,
        github,
        write,
        said: (number = 5) => (github.comments.get(number) ?? []).map(({ body }) => body),
        run: ({ inputs, env, ...more } = {}) =>
          runStep({
            ...(entry !== undefined && { entry }),
            workspace: bench.folder,
            event: pullRequest(),
            ...more,
            inputs: { 'github-token': token, ...inputs },
            env: {
              GITHUB_EVENT_NAME: 'pull_request',
              GITHUB_SHA: mergeCommit,
              GITHUB_API_URL: `${github.url}${prefix}`,
              GITHUB_GRAPHQL_URL: `${github.url}/api/graphql`,
              AWS_ENDPOINT_URL: bench.sandbox.url,
              AWS_ACCESS_KEY_ID: account,
              AWS_SECRET_ACCESS_KEY: 'a-secret-access-key',
              AWS_EC2_METADATA_DISABLED: 'true',
              GOOGLE_CLIENT_SECRET: 'a-secret-of-google',
              ...env,
            },
          }),
      })
    } finally {
      await github.close()
    }
  })
