// Whether an event is a fork's. What is looked up can only add doubt to what the event says, and never take any away.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkedOut } from '../workflows/git.ts'
import type { Context } from './context.ts'
import { type Evidence, evidenceOf, pullOfRef, type Queued, queuedAs } from './evidence.ts'
import { type GitHub, gitHubTrouble } from './github.ts'

export type Trust =
  | { whose: 'ours' }
  | { whose: 'fork'; because: string }
  /** what would tell could not be had */
  | { whose: 'unknown'; because: string; hint: string }

const fork = (because: string): Trust => ({ whose: 'fork', because })

const unknown = (because: string, hint: string): Trust => ({ whose: 'unknown', because, hint })

const ours: Trust = { whose: 'ours' }

/** More places of a queue, pull requests or commits than this are not looked up, and nothing is trusted. */
const most = 100

const access = 'give the job the permission pull-requests: read, and leave the input github-token as it is'

const origin = async (github: GitHub, number: number): Promise<Trust> =>
  (await github.pull(number)).fromFork ? fork(`pull request ${number} is from a fork`) : ours

/** Whether a commit is of a pull request from a fork that nobody has merged. */
const commitOrigin = async (github: GitHub, commit: string): Promise<Trust> => {
  const pulls = await github.pullsOf(commit).catch((error: unknown) => {
    // of another repository, or made by the job itself
    if ([404, 422].includes(gitHubTrouble(error)?.status ?? 0)) return []
    throw error
  })
  const found = pulls.find(({ fromFork, merged }) => fromFork && !merged)
  return found === undefined
    ? ours
    : fork(`commit ${commit.slice(0, 7)} is of pull request ${found.number}, from a fork`)
}

/** The pull requests that a place of a merge queue builds on: its own, and those of the places before it. */
const queueBefore = async (
  github: GitHub,
  { prefix, pull, base }: Queued,
  queueBase: string | undefined,
): Promise<number[]> => {
  const places = new Map(
    (await github.refs(`heads/${prefix}`)).flatMap(({ ref, commit }) => {
      const before = queuedAs(ref)?.queued
      return before === undefined ? [] : [[commit, before] as const]
    }),
  )
  const numbers = [pull]
  const bases = [base, ...(queueBase === undefined ? [] : [queueBase])]
  for (let at = bases.pop(); at !== undefined; at = bases.pop()) {
    const before = places.get(at)
    if (before === undefined) continue
    // each place is passed once, whatever the branches say
    places.delete(at)
    numbers.push(before.pull)
    bases.push(before.base)
  }
  return numbers
}

const fieldsOf = (value: unknown): { [name: string]: unknown } | undefined =>
  typeof value === 'object' && value !== null ? (value as { [name: string]: unknown }) : undefined

/** What an event of such a name would have to say, and does not. */
const lacks = ({ event, payload }: Context, { pulls, settled, queued }: Evidence): string | undefined => {
  if (payload === undefined) return 'it cannot be read'
  if (event.startsWith('pull_request') && pulls.size + settled.size === 0) return 'it names no pull request'
  if (event === 'merge_group' && queued.size === 0) return 'it names no branch of a merge queue'
  if (event === 'workflow_run' && !fieldsOf(fieldsOf(payload)?.['workflow_run'])?.['head_repository'])
    return 'it names no head_repository'
  if (event === 'issue_comment' && !fieldsOf(fieldsOf(payload)?.['issue'])) return 'it names no issue'
  return undefined
}

/** The commits that are checked out where the files are, each in the repository around it. */
export const checkedOutIn = async (folders: readonly string[], top: string): Promise<string[]> => {
  const repositoryOf = (folder: string): string =>
    folder === top || folder === dirname(folder) || existsSync(join(folder, '.git'))
      ? folder
      : repositoryOf(dirname(folder))
  const repositories = [...new Set([top, ...folders.map(repositoryOf)])]
  return (await Promise.all(repositories.map(checkedOut))).filter(commit => commit !== undefined)
}

/** What counts beside the event: the pull request of an input, and the commits that are checked out. */
interface Beside {
  named: number | undefined
  heads(): Promise<string[]>
}

/** What is to be asked of GitHub: what the event leaves open, what an input names, and what is checked out. */
const questionsOf = async (
  { event, ref, sha }: Context,
  { pulls, settled, commits, known, queued }: Evidence,
  { named, heads }: Beside,
) => {
  const place = queuedAs(ref)
  const numbers = [...pulls, pullOfRef(ref), named].filter(number => number !== undefined)
  // a deployment may be of anybody's commit; the others run on a branch of this repository, or on a pull request that
  // is seen to
  const seen = new Set([...known, ...(event.startsWith('deployment') ? [] : [sha])])
  const found = [...commits, ...(await heads())]
  return {
    pulls: new Set(numbers.filter(number => !settled.has(number))),
    commits: new Set(found.filter(commit => !seen.has(commit))),
    places: [...queued.values(), ...(place && !queued.has(place.branch) ? [place.queued] : [])],
  }
}

/** Whether an event is of this repository's own people; asks GitHub where the event leaves it open. */
export const trustOf = async (
  context: Context,
  github: GitHub | undefined,
  beside: Beside,
): Promise<Trust> => {
  const evidence = evidenceOf(context.payload, context.own)
  if (evidence.foreign !== undefined) return fork(evidence.foreign)
  const missing = lacks(context, evidence)
  if (missing !== undefined)
    return unknown(`whose this event is cannot be told: ${missing}`, 'report this, with the event')
  const { pulls, commits, places } = await questionsOf(context, evidence, beside)
  const open = pulls.size + commits.size + places.length
  if (open === 0) return ours
  const [number = places[0]?.pull] = pulls
  const what = number === undefined ? `commit ${[...commits][0]?.slice(0, 7)}` : `pull request ${number}`
  if (github === undefined) return unknown(`whose ${what} is cannot be told without a github-token`, access)
  try {
    if (open <= most)
      for (const place of places)
        for (const before of await queueBefore(github, place, context.queueBase)) pulls.add(before)
    if (open + pulls.size > 2 * most)
      return unknown(`the event names more than ${most} pull requests and commits`, 'name fewer')
    const found = await Promise.all([
      ...[...pulls].map(each => origin(github, each)),
      ...[...commits].map(each => commitOrigin(github, each)),
    ])
    return found.find(({ whose }) => whose !== 'ours') ?? ours
  } catch (error) {
    const trouble = gitHubTrouble(error)
    if (trouble === undefined) throw error
    return unknown(`whose ${what} is cannot be told: ${trouble.message}`, access)
  }
}
