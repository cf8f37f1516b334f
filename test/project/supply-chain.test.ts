// Nothing that runs is taken on trust: actions are named by commit, checkouts keep no credentials, the package says
// where it comes from.
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { filesIn, read } from './source.ts'

const workflows = [...filesIn('.github/workflows', /\.ya?ml$/), ...filesIn('examples', /\.yml$/)]
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...filesIn('docs', /\.md$/),
  ...filesIn('examples', /\.md$/),
]

/** Actions without a commit to name, and why. */
const byTag: { [action: string]: string } = {
  'cogsync/cogsync': 'this action itself: its commits are those of releases to come',
}

/** `owner/name@ref # comment`, wherever a step says so. */
const usesIn = (path: string) =>
  [...read(path).matchAll(/^\s*(?:- )?uses: ([^@\s]+)@(\S+)(?: # (.+))?$/gm)].map(
    ([, action = '', ref = '', comment = '']) => ({
      path,
      action,
      ref,
      comment,
    }),
  )

interface Step {
  uses?: string
  run?: string
  with?: { [name: string]: unknown }
}
interface Job {
  permissions?: { [scope: string]: string }
  environment?: string
  steps: Step[]
}
interface Workflow {
  permissions?: { [scope: string]: string }
  jobs: { [name: string]: Job }
}

const parsed = (path: string) => parse(read(path)) as Workflow
const jobsOf = (path: string) => Object.values(parsed(path).jobs)

describe('an action', () => {
  const uses = [...workflows, ...documents].flatMap(usesIn)
  it('is named by its commit, with the version beside it, or is one that cannot be, with a word on it', () => {
    expect(uses.length).toBeGreaterThan(15)
    const loose = uses.filter(({ action, ref, comment }) =>
      action in byTag ? comment === '' : !/^[0-9a-f]{40}$/.test(ref) || !/^v\d+\.\d+\.\d+$/.test(comment),
    )
    expect(loose).toEqual([])
  })
  it('has one commit everywhere', () => {
    const commits = new Map(uses.map(({ action, ref }) => [action, ref]))
    expect(uses.filter(({ action, ref }) => commits.get(action) !== ref)).toEqual([])
  })
  it('is in every step that GitHub would take for one', () => {
    const steps = workflows.flatMap(path => jobsOf(path).flatMap(job => job.steps.filter(step => step.uses)))
    expect(workflows.flatMap(usesIn)).toHaveLength(steps.length)
  })
})

describe.each(workflows)('%s', path => {
  it('keeps no credentials of a checkout', () => {
    const checkouts = jobsOf(path).flatMap(job =>
      job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@')),
    )
    expect(checkouts.filter(step => step.with?.['persist-credentials'] !== false)).toEqual([])
    expect(checkouts.length).toBeGreaterThan(0)
  })
  it('says what each job may do, and lets none write what it need not', () => {
    const { permissions: all, jobs } = parsed(path)
    expect(all).toBeDefined()
    const writes = Object.entries(jobs).flatMap(([name, { permissions = all }]) =>
      Object.entries(permissions ?? {}).flatMap(([scope, level]) =>
        level === 'write' ? [`${name} ${scope}`] : [],
      ),
    )
    const allowed = /^(npm id-token|github contents|\w+ (issues|pull-requests|id-token))$/
    expect(writes.filter(write => !allowed.test(write))).toEqual([])
  })
  it('runs no package whose version it does not name', () => {
    const { version } = JSON.parse(read('package.json')) as { version: string }
    const runs = jobsOf(path).flatMap(({ steps }) => steps.flatMap(({ run = '' }) => run))
    const called = runs.flatMap(run => [...run.matchAll(/npx (?:--\S+ )*(\S+)/g)].map(([, name]) => name))
    expect(called.filter(name => name !== `cogsync@${version}`)).toEqual([])
    expect(runs.filter(run => /secrets\.|github\.token|npm (install|i) -g/.test(run))).toEqual([])
  })
})

describe('a release', () => {
  const source = read('.github/workflows/release.yml')
  const { jobs } = parsed('.github/workflows/release.yml')
  const saidBy = (name: string) => (jobs[name]?.steps ?? []).map(({ run = '' }) => run).join('\n')
  it('is published by the workflow itself, with its provenance, by no token', () => {
    expect(source).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN|secrets\./)
    expect(jobs['npm']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' })
    expect(saidBy('npm')).toMatch(/npm publish .*--provenance/)
    expect(saidBy('npm')).not.toMatch(/npm (ci|install)/)
  })
  it('is checked before, and has the version of the package', () => {
    expect(saidBy('check')).toContain('.ci/run')
    expect(saidBy('check')).toMatch(/GITHUB_REF_NAME.*package\.json/)
    expect(parse(source)).toMatchObject({ jobs: { npm: { needs: 'check' }, github: { needs: 'npm' } } })
  })
  it('has a list of what is inside, a page, and moves the major tag', () => {
    expect(saidBy('github')).toMatch(/npm sbom .*cyclonedx[\s\S]*gh release create[\s\S]*refs\/tags\/\$major/)
  })
})

describe('the project', () => {
  it('says in package.json where it lives', () => {
    const { repository, homepage, bugs } = JSON.parse(read('package.json')) as { [name: string]: unknown }
    expect(repository).toEqual({ type: 'git', url: 'git+https://github.com/cogsync/cogsync.git' })
    expect(homepage).toBe('https://github.com/cogsync/cogsync#readme')
    expect(bugs).toEqual({ url: 'https://github.com/cogsync/cogsync/issues' })
  })
  it('has owners, and a bot that keeps packages and actions up to date, the examples too', () => {
    expect(read('.github/CODEOWNERS')).toMatch(/^\* @\S+$/m)
    const { updates } = parse(read('.github/dependabot.yml')) as {
      updates: { 'package-ecosystem': string; directories?: string[] }[]
    }
    expect(updates.map(update => update['package-ecosystem'])).toEqual(['npm', 'github-actions'])
    expect(updates[1]?.directories).toEqual(['/', '/examples/workflows'])
  })
})

describe('an example workflow that starts by path', () => {
  const started = filesIn('examples/workflows', /\.yml$/).filter(path => read(path).includes('paths:'))
  it.each(started)('%s starts for what the file reads, too', path => {
    const patterns = [...read(path).matchAll(/(?<=[\s["])[\w./*-]+\*\*/g)].map(([pattern]) => pattern)
    const folders = path.endsWith('fleet.yml') ? ['stacks'] : ['branding', 'mails', 'saml']
    expect(patterns).toEqual(folders.map(folder => `${folder}/**`))
  })
})
