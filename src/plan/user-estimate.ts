// How many people are in what changes, as far as AWS gives an estimate.

import { rootOf } from '../address.ts'
import type { Address, Change } from '../model.ts'
import { at } from '../values/canonical.ts'
import type { World } from './context.ts'

/** About how many people are in a resource; 0 where AWS says nothing. */
export const peopleOf = (world: World, address: Address): number => {
  const live = world.observation.live[address]
  const people = live && world.kindOf(live.kind).people
  if (live === undefined || people === undefined || people === 'through') return 0
  const count = at(live.wire, people.wire)
  return typeof count === 'number' ? count : 0
}

/** By root: how many people changes may concern. */
export const peopleIn = (world: World, changes: readonly Change[]): { [address: Address]: number } =>
  Object.fromEntries(
    [...new Set(changes.map(({ address }) => rootOf(address)))].flatMap(root => {
      const count = peopleOf(world, root)
      return count > 0 ? [[root, count]] : []
    }),
  )
