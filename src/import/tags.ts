// Tags that everything has are said once, at the top of the file.
import { isObject } from '../term.ts'
import type { Entry } from './blocks.ts'

/** The tags that all resources share, taken out of their own statements. */
export const sharedTags = (entries: readonly Entry[]): { [tag: string]: string } => {
  const tagged = entries
    .filter(({ placed }) => placed.kind.tags !== undefined)
    .map(({ placed, statements }) => ({
      statements,
      said: statements.stated.find(({ field }) => field.path === placed.kind.tags),
    }))
  const [first, ...others] = tagged
  if (first === undefined || others.length === 0) return {}
  const tagsOf = (one: typeof first) => (isObject(one.said?.value) ? one.said.value : {})
  const shared = Object.fromEntries(
    Object.entries(tagsOf(first)).filter(
      (tag): tag is [string, string] =>
        typeof tag[1] === 'string' &&
        !tag[1].includes('${') &&
        others.every(other => tagsOf(other)[tag[0]] === tag[1]),
    ),
  )
  if (Object.keys(shared).length === 0) return {}
  for (const one of tagged) {
    const own = Object.fromEntries(Object.entries(tagsOf(one)).filter(([tag]) => !(tag in shared)))
    one.statements.stated = one.statements.stated
      .map(said => (said === one.said ? { ...said, value: own } : said))
      .filter(({ field, value }) => field !== one.said?.field || Object.keys(value as object).length > 0)
  }
  return shared
}
