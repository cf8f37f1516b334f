// The digest of what a file says: the same for two files that mean the same, whatever their order and comments.

import type { Desired, Spec, Term } from '../model.ts'
import type { Kind, Where } from '../table/kind.ts'
import { folded, statedValue } from '../values/canonical.ts'
import { digest } from '../values/hash.ts'
import { inReach, makeWorld, type World } from './context.ts'

/** As much of a world as the file alone makes. */
type Said = Pick<World, 'spec' | 'kindOf' | 'where' | 'neededBy'>

/**
 * A digest of what the file says of everything in scope, in canonical form. Reasons and dates of `ignore` are not
 * in it, since they change nothing, and secrets are in it by name.
 */
export const desiredDigest = (world: Said, targets: readonly string[] | undefined): string => {
  const { spec } = world
  const wanted = inReach(world, { targets })
  const resources = spec.resources
    .filter(({ address }) => wanted(address))
    .map(desired => meant(world, desired))
    .sort((a, b) => (a.address < b.address ? -1 : 1))
  const removed = spec.removed
    .filter(({ parent }) => parent === undefined || wanted(parent))
    .map(({ collection, name, parent }) => [parent ?? '', collection, name].join(' '))
    .sort()
  const { version, unspecified } = spec
  return digest({ version, unspecified, resources, removed })
}

/** The digest of a file, without a look at AWS. */
export const digestOf = (
  spec: Spec,
  kinds: readonly Kind[],
  where: Where,
  targets: readonly string[] | undefined,
): string => {
  const nothing = { ...where, live: {}, unlisted: [], unclaimed: [], doomed: [], unread: [], diagnostics: [] }
  return desiredDigest(makeWorld(spec, nothing, kinds, where), targets)
}

const meant = ({ kindOf, where }: Said, desired: Desired) => {
  const kind = kindOf(desired.kind)
  const values: { [field: string]: Term } = {}
  for (const field of kind.fields) {
    const stated = desired.spec[field.path]
    if (stated !== undefined) values[field.path] = folded(field, statedValue(field, stated, where)) ?? null
  }
  const { address, id, existing, prune, strangers, secretTo } = desired
  return {
    address,
    kind: kind.name,
    values,
    ignore: (desired.ignore ?? []).map(({ path }) => path).sort(),
    ...(id !== undefined && { id }),
    ...(existing && { existing }),
    ...(prune && { prune: [...prune].sort() }),
    ...(strangers && { strangers }),
    ...(secretTo && { secretTo }),
  }
}
