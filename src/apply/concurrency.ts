// Side by side: what has no root in common is carried out at the same time.

import { rootOf } from '../address.ts'
import type { Change, Outcome, Plan } from '../model.ts'

/**
 * Runs every change: those under one root in the plan's order, each after all that it names. A deletion runs alone,
 * after what comes before it and before what comes after it. When one throws, what must come after it does not run;
 * the rest ends first.
 */
export const inLanes = async (
  changes: readonly Change[],
  run: (change: Change) => Promise<void>,
): Promise<void> => {
  const lanes = new Map<string, Promise<void>>()
  const ends = new Map<string, Promise<void>>()
  let deleted: Promise<void> | undefined
  for (const change of changes) {
    const isDeletion = change.action === 'delete'
    const lane = isDeletion ? '' : rootOf(change.address)
    const before = isDeletion
      ? [...lanes.values()]
      : [deleted, lanes.get(lane), ...change.after.map(address => ends.get(address))]
    const end = Promise.all(before).then(() => run(change))
    lanes.set(lane, end)
    ends.set(change.address, end)
    if (isDeletion) deleted = end
  }
  const settled = await Promise.allSettled(lanes.values())
  const broken = settled.find(one => one.status === 'rejected')
  if (broken) throw broken.reason
}

/** Outcomes as the plan has them, whichever ended first. */
export const inOrderOf = ({ changes }: Plan, outcomes: readonly Outcome[]): Outcome[] => {
  const rank = new Map(changes.map(({ address }, index) => [address, index]))
  return outcomes.toSorted((a, b) => (rank.get(a.address) ?? 0) - (rank.get(b.address) ?? 0))
}
