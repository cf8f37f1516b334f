// What a change of a setting does to people: small functions that rows name.
import type { Impact, Term } from '../model.ts'

type ImpactOf = (before: Term | undefined, after: Term | undefined) => Impact[]

const list = (value: Term | undefined): string[] =>
  Array.isArray(value) ? value.map(item => JSON.stringify(item)) : []

/** Loosening or tightening, by how strict each value is (`strictness`: higher is stricter). */
export const bySecurity =
  (strictness: (value: Term | undefined) => number): ImpactOf =>
  (before, after) => {
    const change = strictness(after) - strictness(before)
    return change < 0 ? ['security-loosening'] : change > 0 ? ['security-tightening'] : []
  }

/** Values from the loosest to the strictest; an unknown value counts as the loosest. */
export const ranked = (...loosestFirst: (string | boolean)[]): ImpactOf =>
  bySecurity(value => loosestFirst.indexOf(value as string | boolean))

export const stricterWhenHigher: ImpactOf = bySecurity(value => (typeof value === 'number' ? value : 0))
export const stricterWhenOn: ImpactOf = ranked(false, true)

/** An entry taken away breaks sign-in for whoever uses it. */
export const removalBreaks: ImpactOf = (before, after) =>
  list(before).some(item => !list(after).includes(item)) ? ['login-breaking'] : []

/** An entry added lets more in; an entry taken away breaks sign-in for whoever uses it. */
export const additionLoosens: ImpactOf = (before, after) => [
  ...(list(after).some(item => !list(before).includes(item)) ? (['security-loosening'] as const) : []),
  ...removalBreaks(before, after),
]

/** Always the same consequence. */
export const always =
  (...impact: Impact[]): ImpactOf =>
  () =>
    impact

/** Several at once. */
export const both =
  (...impacts: ImpactOf[]): ImpactOf =>
  (before, after) => [...new Set(impacts.flatMap(impact => impact(before, after)))]
