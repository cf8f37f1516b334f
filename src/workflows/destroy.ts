// Destroying what is named: which resources, in the file or not, and the plan that deletes them.

import { orRunError } from '../aws/session.ts'
import { kinds } from '../kinds/index.ts'
import type { Address, Desired, Plan, Spec } from '../model.ts'
import { runError } from '../problem.ts'
import type { Parsed } from '../spec/index.ts'
import type { Kind } from '../table/kind.ts'
import { observeNow, type RunOptions } from './session.ts'
import { tool } from './version.ts'

/** One target: the name in AWS that somebody must give to have it deleted; none when it does not exist. */
export interface Target {
  address: Address
  name?: string
}

/**
 * The plan that deletes the targets (and lets go of them first). Throws a `RunError`: exit 1 when neither the file
 * nor AWS has a target, exit 5 when one is others' or is no resource, exit 4 without usable credentials.
 */
export const planDestruction = async (
  parsed: Parsed & { spec: Spec },
  options: RunOptions & { targets: string[] },
): Promise<{ plan: Plan; targets: Target[] }> => {
  const { targets } = options
  const strays = straysOf(parsed.spec, targets)
  const spec = { ...parsed.spec, resources: [...parsed.spec.resources, ...strays] }
  for (const target of targets) refuseOthers(spec, target)
  const [{ doomedBy, makeDestroyPlan }, { noTarget }] = await Promise.all([
    import('../plan/destroy.ts'),
    import('./target-errors.ts'),
  ])
  const { observation } = await observeNow(spec, options, {
    doom: doomedBy(targets),
    strays: strays.map(({ address }) => address),
  })
  const plan = await orRunError(async () =>
    makeDestroyPlan(spec, observation, kinds, { tool, now: new Date().toISOString(), targets }),
  )
  return {
    plan,
    targets: targets.map(address => {
      const target = found(parsed.spec, plan, address)
      if (target === undefined)
        throw noTarget('neither the file nor AWS has', address, parsed.spec, observation)
      return target
    }),
  }
}

const kindNamed = (name: string | undefined): Kind | undefined => kinds.find(kind => kind.name === name)

/** Targets without parent that the file does not list: the key of their tags, or their id, is the rest of it. */
const straysOf = (spec: Spec, targets: readonly Address[]): Desired[] =>
  targets.flatMap((address): Desired[] => {
    const cut = address.indexOf('.')
    const [block, key] = [address.slice(0, cut), address.slice(cut + 1)]
    const kind = kinds.find(
      one => one.parent === undefined && one.place.form === 'map' && one.place.block === block,
    )
    const listed = spec.resources.some(desired => desired.address === address)
    // only what has nothing in it may have a dot in its name
    const isRoot = !key.includes('.') || !kinds.some(({ parent }) => parent === kind?.name)
    return cut < 0 || kind === undefined || listed || !isRoot
      ? []
      : [{ address, kind: kind.name, key, path: [], spec: {} }]
  })

const refuseOthers = (spec: Spec, target: Address): void => {
  const desired = spec.resources.find(({ address }) => address === target)
  const kind = kindNamed(desired?.kind)
  const refuse = (code: string, message: string, hint: string) =>
    runError({ exit: 5, code, message: `${message}; nothing was changed`, hint })
  if (desired?.existing)
    throw refuse(
      'not-ours',
      `${target} is others': the file only refers to it, with \`existing\``,
      'whoever owns it deletes it',
    )
  if (kind !== undefined && kind.presence === 'facet')
    throw refuse(
      'no-resource',
      `${target} is settings of ${desired?.parent}, not a resource that could be deleted`,
      'take them out of the file and run cogsync apply',
    )
}

/** What a target turned out to be; `undefined` when neither the file nor AWS has it. */
const found = (spec: Spec, plan: Plan, target: Address): Target | undefined => {
  const change = plan.changes.find(({ address }) => address === target)
  if (change !== undefined) return { address: target, name: change.name }
  const listed = spec.resources.map(({ address }) => address)
  const unsure = [...plan.unread, ...plan.diagnostics].length > 0
  return listed.includes(target) || unsure ? { address: target } : undefined
}
