// Destroying: the plan that deletes what is named, lets everything of ours that names it go first, and does nothing else.

import { covers, rootOf } from '../address.ts'
import type { Address, Change, Diagnostic, Live, Observation, Plan, Spec } from '../model.ts'
import type { Kind } from '../table/kind.ts'
import { liveValues } from '../values/canonical.ts'
import { makeWorld, type PlanOptions, type World } from './context.ts'
import { impactOf, removal } from './deletion.ts'
import { altered, release } from './detach.ts'
import { regardOf } from './management.ts'
import { byKind, inOrder } from './order.ts'
import { takings } from './ownership.ts'
import { assemble } from './plan.ts'

/** What `observe` must read of what the file does not list, so that it can be destroyed. */
export const doomedBy =
  (targets: readonly Address[]) =>
  (kind: Kind, address: Address): boolean =>
    targets.includes(address) || (kind.goesFirst === true && targets.some(target => covers(target, address)))

/**
 * The plan that deletes the targets and what is under them. What of ours names them lets go before, each in one
 * change that changes nothing else; what AWS deletes with them is listed without calls. Pure, like every plan.
 */
export const makeDestroyPlan = (
  spec: Spec,
  observation: Observation,
  kinds: readonly Kind[],
  options: PlanOptions & { targets: readonly Address[] },
): Plan => {
  const { region, account, partition } = observation
  const world = makeWorld(spec, observation, kinds, { region, account, partition })
  const { targets } = options
  const goes = (address: Address) => targets.some(target => covers(target, address))
  const doomed = observation.doomed
    .filter(live => doomedBy(targets)(world.kindOf(live.kind), live.address))
    .sort(byKind(kinds))
  const going = [...Object.values(observation.live).filter(live => goes(live.address)), ...doomed].filter(
    live => isDeletable(world, live),
  )
  const refused = [...going.flatMap(live => refusal(world, live)), ...twins(doomed)]
  const mine = going.filter(live => !refused.some(({ live: other }) => covers(other.address, live.address)))
  const releases = Object.values(observation.live)
    .filter(live => !goes(live.address) && live.owned && !world.desired(live.address)?.existing)
    .map(live => release(world, live, mine))
    .filter(change => change !== undefined)
  const deletions = mine.map(live => deletion(world, live, mine, releases))
  const unlisted = observation.unlisted
    .filter(({ address }) => goes(address) && !targets.includes(address))
    .map(({ address, kind, name, id }) =>
      leaving(
        { address, kind: world.kindOf(kind), name, ids: { id: id ?? name } },
        targets.find(target => covers(target, address)),
      ),
    )
  const changes = [
    ...inOrder(
      releases.map(change => ({
        ...change,
        // what is under something is let go of before it: AWS checks the one against the other
        after: releases.map(({ address }) => address).filter(other => isUnder(other, change.address)),
      })),
    ),
    ...inOrder(deletions),
    ...unlisted,
  ]
  const concerns = concernedBy(world, targets)
  return assemble(world, changes, {
    ...options,
    unlisted: [],
    unread: observation.unread.filter(({ address }) => concerns(address)),
    diagnostics: [
      ...observation.diagnostics.filter(
        ({ severity, path }) => severity === 'error' && concerns(path.join('.')),
      ),
      ...refused.map(({ diagnostic }) => diagnostic),
      ...takings(world, changes).filter(({ code }) => code === 'COG4012'),
      ...mine.flatMap(live => unlistedUsers(world, kinds, live, goes)),
    ],
  })
}

const isUnder = (inner: Address, outer: Address): boolean => inner !== outer && covers(outer, inner)

/** Facets go with their parents, unless they would be left behind; what is only watched is others'. */
const isDeletable = (world: World, { address, kind: name }: Live): boolean => {
  const kind = world.kindOf(name)
  const desired = world.desired(address)
  if (kind.remove === undefined || desired?.existing) return false
  return desired === undefined || regardOf(kind, desired, world.lookup, world.where) === undefined
}

interface Refusal {
  live: Live
  diagnostic: Diagnostic
}

/** Why something is not ours to delete. */
const refusal = (world: World, live: Live): Refusal[] => {
  const root = world.observation.live[rootOf(live.address)]
  if (root === undefined || root.owned || world.desired(root.address)?.existing) return []
  const { path = [] } = world.desired(live.address) ?? {}
  const message = `${live.address} carries no tags of this stack, so it is not deleted`
  const hint = 'cogsync apply takes it over, if the file pins it with `id`'
  return [{ live, diagnostic: { code: 'COG4003', severity: 'error', path, message, hint } }]
}

/** Several of one name: none is deleted. */
const twins = (doomed: readonly Live[]): Refusal[] =>
  doomed.flatMap(live => {
    const same = doomed.filter(other => other.address === live.address)
    if (same.length < 2 || same[0] !== live) return []
    const ids = same.map(other => Object.values(other.ids).at(-1)).join(', ')
    const message = `${same.length} could be ${live.address}: ${ids}`
    const hint = 'remove one by its id, with `removed`'
    return [{ live, diagnostic: { code: 'COG4002', severity: 'error', path: [], message, hint } }]
  })

/** One deletion: what must go before it, and whether AWS deletes it by deleting what it is in. */
const deletion = (world: World, live: Live, going: readonly Live[], releases: readonly Change[]): Change => {
  const kind = world.kindOf(live.kind)
  const around = going.find(other => isUnder(live.address, other.address))
  const path = world.desired(live.address)?.path ?? []
  if (around !== undefined && kind.goesFirst !== true) return leaving({ ...live, kind }, around.address, path)
  const desired = world.desired(live.address)
  const users = going.filter(other => {
    const names = world.desired(other.address)
    return names !== undefined && desired !== undefined && world.neededBy(names).includes(desired.address)
  })
  const change = removal(world, live, [])
  const unlocking = unlock(world, live, kind)
  return {
    ...change,
    path,
    action: unlocking?.action === 'blocked' ? 'blocked' : 'delete',
    fields: unlocking?.fields ?? [],
    blocked: unlocking?.blocked ?? [],
    after: [
      ...releases.map(({ address }) => address),
      ...[...users, ...going.filter(other => isUnder(other.address, live.address))]
        .map(({ address }) => address)
        .filter(address => !isUnder(live.address, address)),
    ],
    calls: unlocking?.action === 'blocked' ? [] : [...(unlocking?.calls ?? []), ...change.calls],
  }
}

/** Switching off what keeps AWS from deleting it, with everything else sent back as it is. */
const unlock = (world: World, live: Live, kind: Kind): Change | undefined => {
  const lock = kind.remove?.unlock
  const field = kind.fields.find(({ path }) => path === lock?.field)
  const desired = world.desired(live.address)
  if (lock === undefined || field === undefined || desired === undefined) return undefined
  const before = liveValues(kind, live.wire, world.where)
  if (before[field.path] === lock.value) return undefined
  const after = { ...before, [field.path]: lock.value }
  return altered(world, { desired, kind, live, before, after, written: after, preserved: [] }, [field])
}

/** What the file does not list is not written, so it may go on naming what is gone. */
const unlistedUsers = (
  world: World,
  kinds: readonly Kind[],
  live: Live,
  goes: (address: Address) => boolean,
): Diagnostic[] => {
  const naming = kinds.filter(kind => kind.fields.some(({ names }) => names?.kind === live.kind))
  const parent = rootOf(live.address)
  return naming.flatMap(({ name, title }) => {
    const some = world.observation.unlisted.filter(
      ({ kind, address }) => kind === name && covers(parent, address) && !goes(address),
    )
    if (some.length === 0) return []
    const path = world.desired(live.address)?.path ?? []
    const message = `of kind ${title} the file does not list ${some.map(one => one.name).join(', ')}, which may go on naming ${live.address}`
    const hint = 'look at them in the console, or list them in the file first'
    return [{ code: 'COG3014', severity: 'warning', path, message, hint }]
  })
}

/** What AWS deletes with something else. */
const leaving = (
  { address, kind, name, ids }: Pick<Live, 'address' | 'name' | 'ids'> & { kind: Kind },
  goesWith: Address | undefined,
  path: Change['path'] = [],
): Change => ({
  address,
  kind: kind.name,
  action: 'delete',
  name,
  path,
  ids,
  fields: [],
  blocked: [],
  preserved: [],
  impact: impactOf(kind),
  after: [],
  calls: [],
  ...(goesWith !== undefined && { goesWith }),
})

/** What matters to a destruction: the targets, what they stand in, and what the file says names them. */
const concernedBy = (world: World, targets: readonly Address[]): ((address: Address) => boolean) => {
  const naming = world.spec.resources
    .filter(desired =>
      world.neededBy(desired).some(address => targets.some(target => covers(target, address))),
    )
    .map(({ address }) => address)
  const near = [...targets, ...naming]
  return address => address === '' || near.some(one => covers(one, address) || covers(address, one))
}
