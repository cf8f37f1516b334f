// Where results go: the log, the lines of the file, the summary, a comment, an issue.
import { commentBudget, summaryBudget } from '../render/markdown/budget.ts'
import { driftGone, driftTitle } from '../render/markdown/drift.ts'
import { gitHubTrouble } from './github.ts'
import type { Job, Result } from './job.ts'
import { closeIssue, markerOf, putComment, putIssue, type Sort } from './sticky.ts'

/** A group of the log for each file, and in sight what it comes to. */
export const writeLog = ({ runner, inputs }: Job, results: readonly Result[]): void => {
  for (const { target, text, verdict } of results) {
    runner.group(`cogsync ${inputs.command} ${target.path}`, text)
    if (verdict !== undefined) runner.log(verdict)
  }
}

export const annotate = ({ runner, inputs }: Job, results: readonly Result[]): void => {
  if (!inputs.annotations) return
  for (const each of results.flatMap(({ annotations }) => annotations)) runner.annotate(each)
}

export const summarise = ({ runner, inputs }: Job, results: readonly Result[]): void => {
  if (!inputs.summary) return
  const budget = { ...summaryBudget, most: Math.floor(summaryBudget.most / Math.max(1, results.length)) }
  runner.summary(`${results.map(result => result.markdown(budget)).join('\n\n')}\n`)
}

/** What GitHub refuses to take is a warning: the summary has it all. */
const attempt = async <T>(job: Job, what: string, write: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await write()
  } catch (error) {
    const trouble = gitHubTrouble(error)
    if (trouble === undefined) throw error
    job.warn(`${what} could not be written: ${trouble.message}. It is in the summary of this run.`)
    return undefined
  }
}

/** The pull request by input, by event, or by commit. */
const findPull = async ({ inputs, context, github }: Job): Promise<number | undefined> =>
  inputs.pullRequest ??
  context.pull?.number ??
  (context.sha === '' ? undefined : (await github?.pullsOf(context.sha))?.[0]?.number)

/** Several in one: each has its share of the room. */
const combined = (results: readonly Result[]): string =>
  results
    .map(result =>
      result.markdown({ ...commentBudget, most: Math.floor((commentBudget.most - 200) / results.length) }),
    )
    .join('\n\n---\n\n')

/** Writes what was planned or applied into the pull request. Answers with the ids of the comments there are. */
export const comment = async (job: Job, sort: Sort, results: readonly Result[]): Promise<number[]> => {
  const { inputs, github, context, redactor } = job
  if (inputs.comment === 'never' || results.length === 0) return []
  if (github === undefined) {
    job.warn('there is no github-token, so no comment is written. The summary of this run has it.')
    return []
  }
  const pull = await attempt(job, 'the comment', () => findPull(job))
  if (pull === undefined) return []
  const posts = inputs.combine
    ? [
        {
          key: `all-${results[0]!.target.key}`,
          notable: results.some(({ notable }) => notable),
          text: combined(results),
          hash: undefined,
        },
      ]
    : results.map(result => ({
        key: result.target.key,
        notable: result.notable,
        text: result.markdown(commentBudget),
        hash: result.plan?.hash,
      }))
  const ids: number[] = []
  for (const { key, notable, text, hash } of posts) {
    const facts = { head: context.pull?.head || context.sha, ...(hash !== undefined && { hash }) }
    const body = `${markerOf(sort, key, facts)}\n${redactor.text(text)}`
    const onlyUpdate = inputs.comment === 'changes' && !notable
    const id = await attempt(job, 'the comment', () =>
      putComment(github, pull, { sort, key, body }, { onlyUpdate }),
    )
    if (id !== undefined) ids.push(id)
  }
  return ids
}

/** Opens, refreshes or closes the issue of each file. A file without an answer leaves its issue alone. */
export const fileIssues = async (job: Job, results: readonly Result[]): Promise<number[]> => {
  const { inputs, github, context, redactor } = job
  if (!inputs.issue) return []
  if (github === undefined) {
    job.warn('there is no github-token, so no issue is written. The summary of this run has it.')
    return []
  }
  const numbers: number[] = []
  for (const { target, plan, notable, failure, markdown } of results) {
    const unanswered =
      plan === undefined || failure?.reason === 'incomplete-read' || failure?.reason === 'plan-blocked'
    if (unanswered) continue
    const number = await attempt(job, 'the issue', () =>
      notable
        ? putIssue(github, {
            key: target.key,
            title: redactor.text(driftTitle(plan, target.path)),
            body: `${markerOf('drift', target.key)}\n${redactor.text(markdown(commentBudget))}`,
          })
        : closeIssue(github, target.key, driftGone(context.runUrl)),
    )
    if (number !== undefined) numbers.push(number)
  }
  return numbers
}
