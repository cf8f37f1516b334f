// The deletion of one resource.

import type { Address, Change, Impact, Live, Spec, Tombstone } from '../model.ts'
import type { Kind } from '../table/kind.ts'
import { liveValues } from '../values/canonical.ts'
import { removeCalls } from './calls.ts'
import type { World } from './context.ts'

/** What losing one means to people. */
export const impactOf = (kind: Kind): Impact[] =>
  kind.stateful ? ['login-breaking', 'irreversible'] : ['login-breaking']

/** What names a resource for deletion, if anything does. */
export const tombstoneOf = ({ removed }: Spec, address: Address): Tombstone | undefined =>
  removed.find(
    ({ parent, collection, name }) =>
      (parent === undefined ? `${collection}.${name}` : `${parent}.${collection}.${name}`) === address,
  )

/** The deletion of what a tombstone, `prune` or `destroy` names, after the changes `drafts`. */
export const removal = (
  world: Pick<World, 'kindOf' | 'where' | 'spec'>,
  live: Live,
  drafts: readonly Change[],
): Change => {
  const kind = world.kindOf(live.kind)
  const ids = Object.fromEntries(kind.ids.map(member => [member, live.ids[member] ?? '']))
  return {
    address: live.address,
    kind: kind.name,
    action: 'delete',
    name: live.name,
    path: tombstoneOf(world.spec, live.address)?.path ?? [],
    ids,
    fields: [],
    blocked: [],
    preserved: [],
    impact: impactOf(kind),
    // whatever still used it must have let go of it
    after: kind.remove?.makesRoom ? [] : drafts.map(({ address }) => address),
    calls: removeCalls(kind, live.wire, liveValues(kind, live.wire, world.where), ids),
  }
}
