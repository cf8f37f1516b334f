// "Did you mean": the nearest of some names.
import { distance } from 'fastest-levenshtein'

/** Letters and digits only: `CallbackURLs` and `callbackUrls` are one. */
export const normalise = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The candidate nearest to a name, if it is near enough to be meant. */
export const nearest = (name: string, candidates: Iterable<string>): string | undefined => {
  const limit = Math.max(1, Math.floor(name.length / 3))
  const bare = normalise(name)
  let [best, least]: [string | undefined, number] = [undefined, limit + 1]
  for (const candidate of candidates) {
    if (normalise(candidate) === bare && bare !== '') return candidate
    if (Math.abs(candidate.length - name.length) >= least) continue
    const far = distance(name, candidate)
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
