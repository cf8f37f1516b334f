// Observe: what AWS has of what the file names, whose it is, and what else is there.

import type { Aws, Desired, Live, Observation, Spec, Unseen } from '../model.ts'
import { asOne } from '../plan/management.ts'
import type { Kind, Listed, Where } from '../table/kind.ts'
import { observeHolder, observeServed } from './conflicts.ts'
import { observeFacet } from './facets.ts'
import { findRoot, rootTombstones } from './locate.ts'
import { addressOf, indexOf, matching } from './match-listed.ts'
import {
  asLive,
  attempt,
  blockOf,
  newWatch,
  type ObserveOptions,
  type Read,
  read,
  say,
  site,
  type Watch,
} from './reader.ts'
import { observeDelivery } from './secret-destination.ts'
import { observeUnclaimed } from './unclaimed.ts'
import { observeUnmanaged } from './unmanaged.ts'

/**
 * Reads everything the file names and whatever stands beside it. Never throws for what a single resource
 * answers: a denied read is `unread`, a thing that is not ours or not unique is a diagnostic.
 */
export const observe = async (
  stated: Spec,
  kinds: readonly Kind[],
  aws: Aws,
  where: Where,
  options: ObserveOptions = {},
): Promise<Observation> => {
  const spec = asOne(stated, kinds, where)
  const watch = newWatch(spec, kinds, aws, where, options)
  const looked = spec.resources.filter(({ address }) => watch.wanted(address))
  const roots = looked.filter(({ parent }) => parent === undefined)
  await Promise.all(roots.map(root => observeTree(watch, root)))
  // providers named by reference are known only once their own pools have been read
  for (const late of watch.late.splice(0)) await late()
  await Promise.all(rootTombstones(watch))
  await Promise.all(looked.map(desired => observeHolder(watch, desired)))
  const [seen, serves] = await Promise.all([observeUnclaimed(watch), observeServed(watch)])
  if (options.deliveries !== false) await Promise.all(looked.map(desired => observeDelivery(watch, desired)))
  const unseen = [...unseenBy(watch), ...seen.unseen]
  return {
    ...where,
    live: Object.fromEntries(
      spec.resources.flatMap(({ address }) => {
        const live = watch.live.get(address)
        return live === undefined ? [] : [[address, live]]
      }),
    ),
    unlisted: watch.unlisted.sort((a, b) => (a.address < b.address ? -1 : 1)),
    unclaimed: seen.unclaimed,
    ...(seen.released.length > 0 && { released: seen.released }),
    ...(Object.keys(serves).length > 0 && { serves }),
    doomed: watch.doomed,
    unread: watch.unread,
    ...(unseen.length > 0 && { unseen }),
    diagnostics: watch.diagnostics,
    ...(Object.keys(watch.vacant).length > 0 && { vacant: watch.vacant }),
  }
}

/** What was left out, by kind. */
const unseenBy = ({ spec, kinds, wanted, options: { scope }, unmanaged }: Watch): Unseen[] => {
  const left = spec.resources.filter(({ address }) => !wanted(address))
  const since = left.filter(({ address }) => scope?.has(address) === false)
  const target = left.filter(({ address }) => scope?.has(address) !== false)
  const told = (why: Unseen['why'], countOf: (kind: string) => number) =>
    kinds.flatMap(({ name: kind }): Unseen[] => {
      const count = countOf(kind)
      return count === 0 ? [] : [{ kind, why, count }]
    })
  const among = (all: readonly Desired[]) => (kind: string) => all.filter(one => one.kind === kind).length
  return [
    ...told('since', among(since)),
    ...told('target', among(target)),
    ...told('unmanaged', kind => unmanaged.get(kind) ?? 0),
  ]
}

/** A resource and all that is under it. */
const observeTree = async (watch: Watch, desired: Desired): Promise<void> => {
  const found = await attempt(watch, desired.address, () => findRoot(watch, desired))
  watch.seen()
  if (found === undefined) return
  watch.live.set(desired.address, found)
  await observeChildren(watch, desired, found)
}

const observeChildren = async (watch: Watch, desired: Desired, live: Live): Promise<void> => {
  const wanted = watch.children.get(desired.address) ?? []
  await Promise.all(
    watch.kinds
      .filter(kind => kind.parent === desired.kind)
      .map(async kind => {
        const ours = wanted.filter(child => child.kind === kind.name)
        const looked = ours.filter(({ address }) => watch.wanted(address))
        // of what others need or own, only what is needed
        const whole = watch.whole(desired.address) && !desired.existing
        const named = isNamed(watch, desired, blockOf(kind))
        if (!whole && !named && looked.length === 0) return
        const block = `${desired.address}.${blockOf(kind)}`
        if (kind.onDemand && ours.length === 0 && !named && watch.options.doom?.(kind, block) !== true)
          return attempt(watch, block, () => observeUnmanaged(watch, kind, desired, live))
        if (kind.read.list === undefined) {
          // facets: one read each, once the names they go by are known
          const read = () =>
            Promise.all(
              looked.map(async child => {
                await observeFacet(watch, kind, child, live)
                watch.seen()
              }),
            ).then(() => undefined)
          if (kind.natural === undefined) await read()
          else watch.late.push(read)
          return
        }
        await attempt(watch, block, () => observeListed(watch, kind, desired, live, ours))
      }),
  )
}

/** The children of one kind: those of the file are read; the rest is doomed, foreign or unlisted. */
const observeListed = async (
  watch: Watch,
  kind: Kind,
  parent: Desired,
  live: Live,
  wanted: readonly Desired[],
): Promise<void> => {
  const listed = (await kind.read.list?.(watch.aws, site(watch, live))) ?? []
  const find = indexOf(kind, listed)
  const taken = new Set<Listed>()
  await Promise.all(
    wanted.map(async desired => {
      const matches = matching(watch, kind, desired, find)
      for (const match of matches) taken.add(match)
      if (!watch.wanted(desired.address)) return
      if (matches.length > 1) {
        ambiguousChildren(watch, kind, desired, matches)
        return
      }
      const [match] = matches
      if (match === undefined && desired.id !== undefined)
        say(
          watch,
          desired,
          'COG4001',
          `there is no ${kind.title} ${desired.id}`,
          'correct the id, or leave it out to have one made',
        )
      await attempt(watch, desired.address, async () => {
        const one = match === undefined ? undefined : await readListed(watch, kind, match, live)
        if (one) {
          watch.live.set(desired.address, asLive(watch, desired, one, true))
          await observeChildren(watch, desired, watch.live.get(desired.address) as Live)
        }
      })
      watch.seen()
    }),
  )
  const block = blockOf(kind)
  const others = listed
    .filter(one => !taken.has(one) && one.foreign !== true)
    .filter(one => watch.wanted(addressOf(kind, parent, block, one)))
  const twins = twinsToRemove(watch, kind, parent, block, others)
  for (const other of others) await unwanted(watch, kind, parent, live, block, other, !twins.includes(other))
}

/** What a tombstone names and is not the only one to bear the name: an error, and none of them is deleted. */
const twinsToRemove = (
  watch: Watch,
  kind: Kind,
  parent: Desired,
  block: string,
  others: readonly Listed[],
): Listed[] => {
  const own = kind.ids.at(-1) as string
  return watch.spec.removed
    .filter(tombstone => tombstone.parent === parent.address && tombstone.collection === block)
    .flatMap(tombstone => {
      const named = others.filter(one => one.name === tombstone.name)
      if (named.length < 2) return []
      watch.diagnostics.push({
        code: 'COG4002',
        severity: 'error',
        path: tombstone.path,
        message: `${named.length} of kind ${kind.title} are named ${tombstone.name}: ${named.map(one => one.ids[own]).join(', ')}`,
        hint: 'remove one by its id',
      })
      return named
    })
}

/** Whether the file deletes anything of a collection. */
const isNamed = (watch: Watch, parent: Desired, block: string): boolean =>
  parent.prune?.includes(block) === true ||
  watch.spec.removed.some(one => one.parent === parent.address && one.collection === block)

const readListed = async (
  watch: Watch,
  kind: Kind,
  match: Listed,
  parent: Live,
): Promise<Read | undefined> =>
  match.wire === undefined
    ? read(watch, kind, match.ids, parent)
    : { found: { ids: match.ids, name: match.name, wire: match.wire }, strangers: match.strangers ?? [] }

const ambiguousChildren = (watch: Watch, kind: Kind, desired: Desired, matches: readonly Listed[]): void => {
  const own = kind.ids.at(-1) as string
  say(
    watch,
    desired,
    'COG4002',
    `${matches.length} of kind ${kind.title} are named ${matches[0]?.name}: ${matches.map(one => one.ids[own]).join(', ')}`,
    'say which with `id:`',
  )
}

/** Deleted if the file says so by name (or prunes its collection), else unlisted. */
const unwanted = async (
  watch: Watch,
  kind: Kind,
  parent: Desired,
  live: Live,
  block: string,
  other: Listed,
  onlyOne: boolean,
): Promise<void> => {
  const own = kind.ids.at(-1) as string
  const address = addressOf(kind, parent, block, other)
  const named = watch.spec.removed.some(
    tombstone =>
      tombstone.parent === parent.address &&
      tombstone.collection === block &&
      ((onlyOne && tombstone.name === other.name) || tombstone.name === other.ids[own]),
  )
  const pruned = parent.prune?.includes(block) === true && kind.stateful !== true
  const doomed = parent.existing === undefined && watch.options.doom?.(kind, address) === true
  if (named || pruned || doomed) {
    const one = await attempt(watch, address, () => readListed(watch, kind, other, live))
    if (one) watch.doomed.push(asLive(watch, { address, kind: kind.name }, one, true))
    return
  }
  if (parent.existing) return
  watch.unlisted.push({
    kind: kind.name,
    address,
    name: other.name,
    ...(other.ids[own] !== other.name && { id: other.ids[own] as string }),
    drift: other.alarms ?? kind.alarms === true,
  })
}
