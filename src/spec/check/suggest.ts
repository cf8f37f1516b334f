// "Did you mean": the nearest of some names.
import { distance } from 'fastest-levenshtein'

/** Letters and digits only: `CallbackURLs` and `callbackUrls` are one. */
export const normalise = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Comparing a name with more is slow, and a list that long helps nobody. */
const maxCandidates = 2000

/** The candidate nearest to a name, if it is near enough to be meant. */
export const nearest = (name: string, candidates: Iterable<string>): string | undefined => {
  const limit = Math.max(name.length < 4 ? 1 : 2, Math.floor(name.length / 3))
  const bare = normalise(name)
  let [best, least, count]: [string | undefined, number, number] = [undefined, limit + 1, 0]
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit + 1) continue
    if (++count > maxCandidates) break
    if (bare !== '' && normalise(candidate) === bare) return candidate
    const far =
      distance(name, candidate) - (candidate.startsWith(name) || name.startsWith(candidate) ? 0.5 : 0)
    if (far < least) [best, least] = [candidate, far]
  }
  return best
}

export const didYouMean = (name: string, candidates: Iterable<string>): string | undefined => {
  const best = nearest(name, candidates)
  return best === undefined || best === name ? undefined : `did you mean \`${best}\`?`
}

/** `a, b or c`, shortened when there are many. */
export const choices = (names: readonly string[], most = 12): string => {
  if (names.length === 0) return 'nothing'
  if (names.length > most) return `${names.slice(0, most).join(', ')} and ${names.length - most} more`
  return names.length === 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** `a user pool`, `an app client`. */
export const withArticle = (title: string): string => `${/^[aeioAEIO]/.test(title) ? 'an' : 'a'} ${title}`
