// Observe: what AWS has of what the file names, whose it is, and what else is there.

import { isAwsError, isDenied, isMissing } from '../aws/errors.ts'
import type { Found, Kind, Listed, Site, Where } from '../kinds/kind.ts'
import type {
  Address,
  Aws,
  Desired,
  Diagnostic,
  Live,
  Observation,
  Progress,
  Spec,
  Unlisted,
  Unread,
} from '../model.ts'
import { attributeOf } from './attributes.ts'
import { isOwned, ownerIn } from './owner.ts'
import { type Lookup, resolve } from './terms.ts'

export interface ObserveOptions {
  /** addresses that may be taken over though their tags do not name us; `true` for all */
  adopt?: readonly Address[] | true
  progress?: Progress
}

/**
 * Reads everything the file names and whatever stands beside it. Never throws for what a single resource
 * answers: a denied read is `unread`, a thing that is not ours or not unique is a diagnostic.
 */
export const observe = async (
  spec: Spec,
  kinds: readonly Kind[],
  aws: Aws,
  where: Where,
  options: ObserveOptions = {},
): Promise<Observation> => {
  const watch = newWatch(spec, kinds, aws, where, options)
  const roots = spec.resources.filter(desired => desired.parent === undefined)
  await Promise.all(roots.map(root => observeTree(watch, root)))
  // providers named by reference are known only once their own pools have been read
  for (const late of watch.late.splice(0)) await late()
  await Promise.all(rootTombstones(watch))
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
  }
}

interface Watch {
  spec: Spec
  kinds: readonly Kind[]
  aws: Aws
  where: Where
  options: ObserveOptions
  live: Map<Address, Live>
  unlisted: Unlisted[]
  doomed: Live[]
  unread: Unread[]
  diagnostics: Diagnostic[]
  late: (() => Promise<void>)[]
  /** lists of root kinds, read once */
  lists: Map<string, Promise<Listed[]>>
  lookup: Lookup
  children: Map<Address, Desired[]>
  seen: () => void
}

const newWatch = (
  spec: Spec,
  kinds: readonly Kind[],
  aws: Aws,
  where: Where,
  options: ObserveOptions,
): Watch => {
  const live = new Map<Address, Live>()
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  const children = new Map<Address, Desired[]>()
  for (const desired of spec.resources)
    if (desired.parent !== undefined)
      children.set(desired.parent, [...(children.get(desired.parent) ?? []), desired])
  const lookup: Lookup = ref =>
    attributeOf(
      ref,
      address => {
        const desired = byAddress.get(address)
        const kind = kinds.find(one => one.name === desired?.kind)
        if (desired === undefined || kind === undefined) return undefined
        return { kind, ids: live.get(address)?.ids, values: () => resolved(desired, lookup) }
      },
      where,
    )
  let done = 0
  return {
    spec,
    kinds,
    aws,
    where,
    options,
    live,
    unlisted: [],
    doomed: [],
    unread: [],
    diagnostics: [],
    late: [],
    lists: new Map(),
    lookup,
    children,
    seen: () => {
      done += 1
      options.progress?.({
        stage: 'read',
        done,
        total: Math.max(done, spec.resources.length),
        text: 'reading',
      })
    },
  }
}

const resolved = (desired: Desired, lookup: Lookup) =>
  Object.fromEntries(Object.entries(desired.spec).map(([field, term]) => [field, resolve(term, lookup)]))

const kindOf = (watch: Watch, name: string): Kind => {
  const kind = watch.kinds.find(one => one.name === name)
  if (kind === undefined) throw new Error(`no kind ${name}`)
  return kind
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
        if (kind.read.list === undefined) {
          // facets: one read each, once the names they go by are known
          const read = () =>
            Promise.all(
              ours.map(async child => {
                await attempt(watch, child.address, () => readFacet(watch, kind, child, live))
                watch.seen()
              }),
            ).then(() => undefined)
          if (kind.natural === undefined) await read()
          else watch.late.push(read)
          return
        }
        await attempt(watch, `${desired.address}.${blockOf(kind)}`, () =>
          observeListed(watch, kind, desired, live, ours),
        )
      }),
  )
}

/** Runs a read; a refusal is noted, and is not an answer. */
const attempt = async <T>(watch: Watch, address: Address, read: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await read()
  } catch (error) {
    if (!isAwsError(error) || !isDenied(error)) throw error
    watch.unread.push({ address, operation: error.operation, reason: error.message })
    return undefined
  }
}

const site = (watch: Watch, live: Live | undefined): Site => ({
  ...watch.where,
  parentIds: live === undefined ? {} : idsOnly(live, kindOf(watch, live.kind)),
  ...(live && { parent: live.wire }),
})

const idsOnly = (live: Live, kind: Kind): { [member: string]: string } =>
  Object.fromEntries(kind.ids.map(member => [member, live.ids[member] as string]))

/** Reads one resource, with the members that the SDK did not know; `undefined` when it does not exist. */
const read = async (
  watch: Watch,
  kind: Kind,
  ids: { [member: string]: string },
  parent: Live | undefined,
): Promise<{ found: Found; strangers: string[] } | undefined> => {
  const strangers: string[] = []
  const listening: Aws = {
    ...watch.aws,
    send: async (operation, input) => {
      const output = await watch.aws.send(operation, input)
      strangers.push(...watch.aws.strangersOf(output))
      return output
    },
  }
  try {
    const found = await kind.read.get(listening, ids, site(watch, parent))
    return found === undefined ? undefined : { found, strangers }
  } catch (error) {
    if (isAwsError(error) && isMissing(error)) return undefined
    throw error
  }
}

const asLive = (
  desired: Pick<Desired, 'address' | 'kind'>,
  { found, strangers }: { found: Found; strangers: string[] },
  owned: boolean,
): Live => ({
  address: desired.address,
  kind: desired.kind,
  ids: found.ids,
  name: found.name,
  wire: found.wire,
  owned,
  strangers,
  ...(found.createdAt !== undefined && { createdAt: found.createdAt }),
})

type Read = NonNullable<Awaited<ReturnType<typeof read>>>

const say = (watch: Watch, desired: Desired, code: string, message: string, hint: string): undefined => {
  watch.diagnostics.push({ code, severity: 'error', path: desired.path, onKey: true, message, hint })
  return undefined
}

/** A resource without parent: by pinned id, by its natural name, by name and tags, or by tags alone. */
const findRoot = async (watch: Watch, desired: Desired): Promise<Live | undefined> => {
  const kind = kindOf(watch, desired.kind)
  const pinned = desired.id ?? desired.existing?.id
  if (pinned !== undefined) {
    const one = await read(watch, kind, { [kind.ids[0] as string]: pinned }, undefined)
    if (one === undefined)
      return say(
        watch,
        desired,
        'COG4001',
        `there is no ${kind.title} ${pinned}`,
        'correct the id, or leave it out to have one made',
      )
    return asLive(desired, one, isOwned(one.found.tags, watch.spec, desired))
  }
  const name = nameOf(watch, kind, desired)
  const candidates = kind.natural ? await natural(watch, kind, name) : await named(watch, kind, name)
  if (desired.existing) return onlyOne(watch, kind, desired, candidates, name)
  const ours = candidates.filter(one => isOwned(one.found.tags, watch.spec, desired))
  if (ours.length === 1) return asLive(desired, ours[0] as Read, true)
  if (ours.length > 1) return ambiguous(watch, kind, desired, ours, name)
  if (candidates.length > 0) return foreign(watch, kind, desired, candidates, name)
  // before anything is made: one of another name may still carry our tags
  const tagged = kind.natural ? [] : await byTags(watch, kind, desired)
  if (tagged.length > 1) return ambiguous(watch, kind, desired, tagged, name)
  return tagged[0] === undefined ? undefined : asLive(desired, tagged[0], true)
}

const nameOf = (watch: Watch, kind: Kind, desired: Desired): string =>
  desired.existing?.name ?? String(resolve(desired.spec[kind.nameField ?? ''] ?? desired.key, watch.lookup))

const idText = ({ found }: Read, kind: Kind): string => found.ids[kind.ids.at(-1) as string] ?? found.name

const ambiguous = (watch: Watch, kind: Kind, desired: Desired, found: Read[], name: string): undefined =>
  say(
    watch,
    desired,
    'COG4002',
    `${found.length} of kind ${kind.title} could be ${name}: ${found.map(one => idText(one, kind)).join(', ')}`,
    'say which with `id:`',
  )

const onlyOne = (
  watch: Watch,
  kind: Kind,
  desired: Desired,
  found: Read[],
  name: string,
): Live | undefined => {
  if (found.length > 1) return ambiguous(watch, kind, desired, found, name)
  if (found[0] === undefined)
    return say(
      watch,
      desired,
      'COG4001',
      `there is no ${kind.title} named ${name}`,
      'correct the name, or give the id',
    )
  return asLive(desired, found[0], false)
}

/** Something has the name and not our tags: taken over only when told to. */
const foreign = (
  watch: Watch,
  kind: Kind,
  desired: Desired,
  found: Read[],
  name: string,
): Live | undefined => {
  const { adopt } = watch.options
  if (found.length > 1) return ambiguous(watch, kind, desired, found, name)
  const [one] = found as [Read]
  if (adopt === true || adopt?.includes(desired.address)) return asLive(desired, one, false)
  const owner = ownerIn(one.found.tags)
  return say(
    watch,
    desired,
    'COG4003',
    `a ${kind.title} named ${name} exists and ${owner === undefined ? 'is not managed by cogsync' : `belongs to ${owner}`}: ${idText(one, kind)}`,
    `take it over with \`id: ${idText(one, kind)}\` or --adopt ${desired.address}, or choose another name`,
  )
}

const listRoots = (watch: Watch, kind: Kind): Promise<Listed[]> => {
  const list =
    watch.lists.get(kind.name) ?? kind.read.list?.(watch.aws, site(watch, undefined)) ?? Promise.resolve([])
  watch.lists.set(kind.name, list)
  return list
}

const readAll = async (watch: Watch, kind: Kind, listed: readonly Listed[]): Promise<Read[]> =>
  (await Promise.all(listed.map(one => read(watch, kind, one.ids, undefined)))).filter(
    one => one !== undefined,
  )

const named = async (watch: Watch, kind: Kind, name: string): Promise<Read[]> =>
  readAll(
    watch,
    kind,
    (await listRoots(watch, kind)).filter(one => one.name === name),
  )

const natural = async (watch: Watch, kind: Kind, name: string): Promise<Read[]> => {
  const one = await read(watch, kind, { [kind.ids[0] as string]: name }, undefined)
  return one === undefined ? [] : [one]
}

const byTags = async (watch: Watch, kind: Kind, desired: Desired): Promise<Read[]> =>
  (await readAll(watch, kind, await listRoots(watch, kind))).filter(one =>
    isOwned(one.found.tags, watch.spec, desired),
  )

/** A facet exists with its parent. */
const readFacet = async (watch: Watch, kind: Kind, desired: Desired, parent: Live): Promise<void> => {
  const ids = Object.fromEntries(
    kind.ids.map(member => {
      const field = kind.natural?.[member]
      return [
        member,
        field === undefined ? parent.ids[member] : resolve(desired.spec[field] ?? null, watch.lookup),
      ]
    }),
  )
  if (!Object.values(ids).every((id): id is string => typeof id === 'string')) return
  const one = await read(watch, kind, ids as { [member: string]: string }, parent)
  if (one) watch.live.set(desired.address, asLive(desired, one, parent.owned))
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
          watch.live.set(desired.address, asLive(desired, one, true))
          await observeChildren(watch, desired, watch.live.get(desired.address) as Live)
        }
      })
      watch.seen()
    }),
  )
  const block = blockOf(kind)
  for (const other of listed.filter(one => !taken.has(one) && one.foreign !== true))
    await unwanted(watch, kind, parent, live, block, other)
}

const blockOf = (kind: Kind): string => (kind.place.form === 'facet' ? kind.place.key : kind.place.block)

const readListed = async (
  watch: Watch,
  kind: Kind,
  match: Listed,
  parent: Live,
): Promise<Read | undefined> =>
  match.wire === undefined
    ? read(watch, kind, match.ids, parent)
    : { found: { ids: match.ids, name: match.name, wire: match.wire }, strangers: [] }

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
): Promise<void> => {
  const own = kind.ids.at(-1) as string
  const address = `${parent.address}.${block}.${kind.match === 'key' ? (other.key as string) : other.name}`
  const named = watch.spec.removed.some(
    tombstone =>
      tombstone.parent === parent.address &&
      tombstone.collection === block &&
      (tombstone.name === other.name || tombstone.name === other.ids[own]),
  )
  const pruned = parent.prune?.includes(block) === true && kind.stateful !== true
  if (named || pruned) {
    const one = await attempt(watch, address, () => readListed(watch, kind, other, live))
    if (one) watch.doomed.push(asLive({ address, kind: kind.name }, one, true))
    return
  }
  if (parent.existing) return
  watch.unlisted.push({
    kind: kind.name,
    address,
    name: other.name,
    ...(other.ids[own] !== other.name && { id: other.ids[own] as string }),
    drift: kind.alarms === true,
  })
}

/** Tombstones of resources without parent: found by their natural name, and only if they are ours. */
const rootTombstones = (watch: Watch): Promise<void>[] =>
  watch.spec.removed
    .filter(tombstone => tombstone.parent === undefined)
    .map(async tombstone => {
      const kind = watch.kinds.find(
        one =>
          one.parent === undefined && one.place.form === 'map' && one.place.block === tombstone.collection,
      )
      if (kind === undefined) return
      const address = `${tombstone.collection}.${tombstone.name}`
      await attempt(watch, address, async () => {
        const [one] = kind.natural ? await natural(watch, kind, tombstone.name) : []
        if (one === undefined) return
        if (one.found.tags?.['cogsync:stack'] !== watch.spec.stack) {
          watch.diagnostics.push({
            code: 'COG4003',
            severity: 'error',
            path: tombstone.path,
            message: `${kind.title} ${tombstone.name} is not managed by this stack`,
            hint: 'delete it by hand, or take it out of `removed`',
          })
          return
        }
        watch.doomed.push(asLive({ address, kind: kind.name }, one, true))
      })
    })
