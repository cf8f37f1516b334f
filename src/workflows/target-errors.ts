// What `--target` may name, and what is said of anything else.

import { covers } from '../address.ts'
import type { Address, Observation, Plan, Spec } from '../model.ts'
import { tombstoneOf } from '../plan/deletion.ts'
import { type RunError, runError } from '../problem.ts'
import { didYouMean } from '../spec/index.ts'

/** A target that `who` does not have, with what may have been meant. */
export const noTarget = (
  who: string,
  target: Address,
  { resources }: Pick<Spec, 'resources'>,
  { unlisted }: Pick<Observation, 'unlisted'>,
): RunError =>
  runError({
    exit: 1,
    code: 'no-target',
    message: `${who} ${target}`,
    hint:
      didYouMean(
        target,
        [...resources, ...unlisted].map(({ address }) => address),
      ) ?? 'name a resource by its address, such as userPools.customers',
  })

/**
 * Throws a `RunError` (exit 1) when a target is nothing of the file, of what it removes, or of what was seen beside
 * them. Where something could not be read, nobody knows.
 */
export const checkTargets = (
  targets: readonly Address[],
  spec: Spec,
  plan: Pick<Plan, 'changes' | 'unlisted' | 'unclaimed' | 'unread'>,
): void => {
  if (plan.unread.length > 0) return
  const known = [spec.resources, plan.changes, plan.unlisted, plan.unclaimed]
    .flat()
    .map(({ address }) => address)
  for (const target of targets)
    if (!known.some(address => covers(target, address)) && tombstoneOf(spec, target) === undefined)
      throw noTarget('the file has no', target, spec, plan)
}
