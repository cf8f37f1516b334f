// Observe: what AWS has of what the file names, whose it is, and what else is there.
import type { Kind, Listed, Where } from '../kinds/kind.ts'
import type { Aws, Desired, Live, Observation, Spec } from '../model.ts'
import { observeFacet } from './facets.ts'
import { findRoot, rootTombstones } from './find.ts'
import { asOne } from './regard.ts'
import { observeDelivery } from './vacancy.ts'
import {
  asLive,
  attempt,
  isLookedAt,
  newWatch,
  type ObserveOptions,
  type Read,
  read,
  resolved,
  say,
  site,
  type Watch,
} from './watch.ts'

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
  const looked = spec.resources.filter(desired => isLookedAt(watch, desired))
  const roots = looked.filter(desired => desired.parent === undefined)
  await Promise.all(roots.map(root => observeTree(watch, root)))
  // providers named by reference are known only once their own pools have been read
  for (const late of watch.late.splice(0)) await late()
  await Promise.all(rootTombstones(watch))
  if (options.deliveries !== false) await Promise.all(looked.map(desired => observeDelivery(watch, desired)))
  return {
    ...where,
    live: Object.fromEntries(
      spec.resources.flatMap(({ address }) => {
        const live = watch.live.get(address)
        return live === undefined ? [] : [[address, live]]
      }),
    ),
    unlisted: watch.unlisted.sort((a, b) => (a.address < b.address ? -1 : 1)),
    doomed: watch.doomed,
    unread: watch.unread,
    diagnostics: watch.diagnostics,
    ...(Object.keys(watch.vacant).length > 0 && { vacant: watch.vacant }),
  }
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
        const looked = ours.filter(child => isLookedAt(watch, child))
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
        const optional = kind.onDemand || watch.options.scope !== undefined
        if (optional && looked.length === 0 && !isNamed(watch, desired, blockOf(kind))) return
        await attempt(watch, `${desired.address}.${blockOf(kind)}`, () =>
          observeListed(watch, kind, desired, live, ours),
        )
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
  const place = site(watch, live)
  const listed = (await kind.read.list?.(watch.aws, place)) ?? []
  const taken = new Set<Listed>()
  await Promise.all(
    wanted.map(async desired => {
      const matches = matching(watch, kind, desired, listed)
      for (const match of matches) taken.add(match)
      if (!isLookedAt(watch, desired)) return
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
  const others = listed.filter(one => !taken.has(one) && one.foreign !== true)
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

const blockOf = (kind: Kind): string => (kind.place.form === 'facet' ? kind.place.key : kind.place.block)

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

const matching = (watch: Watch, kind: Kind, desired: Desired, listed: readonly Listed[]): Listed[] => {
  const own = kind.ids.at(-1) as string
  if (desired.id !== undefined) return listed.filter(one => one.ids[own] === desired.id)
  if (kind.match === 'key') return listed.filter(one => one.key === desired.key)
  const values = resolved(desired, watch.lookup)
  const field = kind.natural?.[own]
  if (field !== undefined) return listed.filter(one => one.ids[own] === values[field])
  const byName = (name: unknown) => listed.filter(one => one.name === name)
  const current = byName(values[kind.nameField ?? ''] ?? desired.key)
  return current.length > 0 || desired.renamedFrom === undefined ? current : byName(desired.renamedFrom)
}

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
  const address = `${parent.address}.${block}.${kind.match === 'key' ? (other.key as string) : other.name}`
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
