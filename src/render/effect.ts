// What a change does, by its calls: counts, gates and permissions to delete go by these, never by labels alone.

import type { Action, Change, Impact } from '../model.ts'
import { creations, removals } from '../table/effects.ts'

/** How many resources a change takes away. What goes with another, or is going already, is taken away as well. */
export const removesOf = ({ action, calls }: Change): number => {
  const sent = calls.filter(({ operation }) => removals.has(operation)).length
  return action === 'delete' || action === 'replace' ? Math.max(sent, 1) : sent
}

/** The action that a change's calls come to: never a milder one than its label. */
export const effectOf = (change: Change): Action => {
  const { action, calls } = change
  if (action === 'delete' || action === 'replace') return action
  const makes = calls.some(({ operation }) => creations.has(operation))
  if (removesOf(change) > 0) return makes ? 'replace' : 'delete'
  if (makes) return 'create'
  return calls.length > 0 && (action === 'none' || action === 'blocked') ? 'update' : action
}

/** What a change does to people: as it is labelled, and what its calls take away in any case. */
export const impactsOf = (change: Change): Impact[] => [
  ...new Set([
    ...change.impact,
    ...change.fields.flatMap(({ impact }) => impact),
    ...(removesOf(change) > 0 ? (['login-breaking'] as const) : []),
  ]),
]
