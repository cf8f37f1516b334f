// One comment per file, environment, label and Region, updated in place; one drift issue likewise.
import { type GitHub, gitHubTrouble, type Post } from './github.ts'

/** What a comment or an issue is of. */
export type Sort = 'plan' | 'apply' | 'drift'

/** The first line of ours. Someone else's text can begin like that too, so the author counts as well. */
export const markerOf = (sort: Sort, key: string, facts: { hash?: string; head?: string } = {}): string =>
  [
    `<!-- cogsync:${sort} v=1 key=${key}`,
    ...(facts.hash ? [`hash=${facts.hash}`] : []),
    ...(facts.head ? [`head=${facts.head}`] : []),
    '-->',
  ].join(' ')

const isOurs = (sort: Sort, key: string, me: string) => (post: Post) =>
  post.author === me && post.body.startsWith(`<!-- cogsync:${sort} v=1 key=${key} `)

/** GitHub may store other line ends, and trims. */
const sameText = (a: string, b: string): boolean => a.replaceAll('\r\n', '\n').trim() === b.trim()

/** Repeats once what made something and got no answer: by then it is seen whether it was made. */
const lookingFirst = async <T>(attempt: () => Promise<T>): Promise<T> => {
  try {
    return await attempt()
  } catch (error) {
    if ((gitHubTrouble(error)?.status ?? 0) < 500) throw error
    return attempt()
  }
}

export interface Sticky {
  sort: Sort
  key: string
  /** with its marker */
  body: string
}

/**
 * Makes or updates the comment. With `onlyUpdate`, one that is not there is not made. Answers with its id, if there
 * is one; a refusal is thrown.
 */
export const putComment = (
  github: GitHub,
  pull: number,
  { sort, key, body }: Sticky,
  { onlyUpdate }: { onlyUpdate: boolean },
): Promise<number | undefined> =>
  lookingFirst(async () => {
    const [me, comments] = await Promise.all([github.me(), github.comments(pull)])
    const ours = comments.find(isOurs(sort, key, me))
    if (ours === undefined) return onlyUpdate ? undefined : (await github.addComment(pull, body)).id
    if (!sameText(ours.body, body)) await github.editComment(ours.id, body)
    return ours.id
  })

export const driftLabel = 'cogsync-drift'

const findIssue = async (github: GitHub, key: string): Promise<Post | undefined> => {
  const [me, issues] = await Promise.all([github.me(), github.issues(driftLabel)])
  const ours = issues.filter(isOurs('drift', key, me))
  return ours.find(({ state }) => state === 'open') ?? ours[0]
}

/** Opens the issue, or refreshes or reopens the one there is. Answers with its number. */
export const putIssue = (
  github: GitHub,
  { key, title, body }: { key: string; title: string; body: string },
): Promise<number | undefined> =>
  lookingFirst(async () => {
    const found = await findIssue(github, key)
    if (found?.number === undefined) return (await github.addIssue({ title, body, label: driftLabel })).number
    const closed = found.state !== 'open'
    if (closed || !sameText(found.body, body))
      await github.editIssue(found.number, { body, ...(closed && { state: 'open' as const }) })
    return found.number
  })

/** Closes the issue with one comment, if one is open. Answers with its number. */
export const closeIssue = async (
  github: GitHub,
  key: string,
  comment: string,
): Promise<number | undefined> => {
  const found = await findIssue(github, key)
  if (found?.number === undefined || found.state !== 'open') return undefined
  await github.editIssue(found.number, { state: 'closed' })
  await github.addComment(found.number, comment)
  return found.number
}
