// Facets as AWS has them: what stands in a parent's own block, and what settings of the parent ask for.

import type { Desired, Live } from '../model.ts'
import { idsBefore } from '../plan/calls.ts'
import { givenIds, isOfAll, regardOf, remark } from '../plan/management.ts'
import type { Kind, Values } from '../table/kind.ts'
import { resolve } from '../term.ts'
import { merge } from '../values/merge.ts'
import { asLive, attempt, kindOf, read, type Watch } from './reader.ts'

type Ids = { [member: string]: string }

/** One read, unless the resource is others'. */
export const observeFacet = async (
  watch: Watch,
  kind: Kind,
  desired: Desired,
  parent: Live,
): Promise<void> => {
  if (isOfAll(kind, desired)) return observeLeftOver(watch, kind, desired, parent)
  const regard = regardOf(kind, desired, watch.lookup, watch.where)
  if (regard?.is === 'beyond') return
  await attempt(watch, desired.address, () => readFacet(watch, kind, desired, parent))
  const refused = watch.unread.findIndex(({ address }) => address === desired.address)
  if (regard === undefined || refused < 0) return
  // nothing is planned for it, so that not knowing is worth a note and no more
  watch.unread.splice(refused, 1)
  watch.diagnostics.push(remark('note', regard.unread, desired))
}

const idsOf = (watch: Watch, kind: Kind, desired: Desired, parent: Live): Ids | undefined => {
  const given = givenIds(desired, watch.lookup)
  const ids = Object.fromEntries(
    idsBefore(kind).map(member => {
      const field = kind.natural?.[member]
      return [
        member,
        given[member] ??
          (field === undefined
            ? parent.ids[kind.idsFrom?.[member] ?? member]
            : resolve(desired.spec[field] ?? null, watch.lookup)),
      ]
    }),
  )
  return Object.values(ids).every(id => typeof id === 'string') ? (ids as Ids) : undefined
}

/** A facet exists with its parent. */
const readFacet = async (watch: Watch, kind: Kind, desired: Desired, parent: Live): Promise<void> => {
  const ids = idsOf(watch, kind, desired, parent)
  const one = ids && (await read(watch, kind, ids, parent))
  if (one) watch.live.set(desired.address, asLive(watch, desired, one, parent.owned))
}

/** What the parent's settings ask for as they are and no longer will: ours, if it has the ids that we would give. */
const observeLeftOver = async (watch: Watch, kind: Kind, desired: Desired, parent: Live): Promise<void> => {
  const above = desired.parent === undefined ? undefined : watch.desired(desired.parent)
  if (kind.place.form !== 'facet' || above === undefined) return
  const { key, address } = above
  const each = kind.place.each
  if (each === undefined) return
  // what is ignored or kept is still there afterwards, though the file does not state it
  const { before, after } = merge(
    above,
    kindOf(watch, parent.kind),
    parent,
    watch.spec,
    watch.where,
    watch.lookup,
  )
  const idsIn = (values: Values) =>
    Object.entries(each(values, { stack: watch.spec.stack, key, address })).map(([name, { ids: given }]) => {
      const one: Desired = { ...desired, address: `${desired.address}.${name}`, ids: given }
      return { one, ids: idsOf(watch, kind, one, parent) }
    })
  const wanted = idsIn(after).map(({ ids }) => JSON.stringify(ids))
  await Promise.all(
    idsIn(before).map(async ({ one: gone, ids }) => {
      if (ids === undefined || wanted.includes(JSON.stringify(ids))) return
      if (regardOf(kind, gone, watch.lookup, watch.where) !== undefined) return
      await attempt(watch, gone.address, async () => {
        const one = await read(watch, kind, ids, parent)
        if (one && JSON.stringify(one.found.ids) === JSON.stringify(ids))
          watch.doomed.push(asLive(watch, { address: gone.address, kind: kind.name }, one, true))
      })
    }),
  )
}
