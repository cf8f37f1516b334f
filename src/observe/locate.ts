// Finding what has no parent: by pinned id, by its natural name, by name and tags, or by tags alone.

import type { Desired, Live } from '../model.ts'
import type { Kind, Listed } from '../table/kind.ts'
import { resolve } from '../term.ts'
import {
  isAnotherEnvironment,
  isOfStack,
  isOfThisStack,
  isOwned,
  ownerIn,
  stackOf,
} from '../values/ownership.ts'
import { asLive, attempt, kindOf, type Read, read, say, site, type Watch } from './reader.ts'
import { homeOf, isElsewhere, taggedOf } from './tagged.ts'

/** A resource without parent, unless what is found here is a copy of one whose home is in another Region. */
export const findRoot = async (watch: Watch, desired: Desired): Promise<Live | undefined> => {
  const kind = kindOf(watch, desired.kind)
  const found = await findAnywhere(watch, desired)
  return found !== undefined && isCopy(watch, kind, found.ids)
    ? refuseCopy(watch, kind, desired, found)
    : found
}

const isCopy = (watch: Watch, kind: Kind, ids: { [member: string]: string }): boolean =>
  ![undefined, watch.where.region].includes(homeOf(kind, ids))

const refuseCopy = (
  watch: Watch,
  kind: Kind,
  desired: Desired,
  { ids, name }: Pick<Live, 'ids' | 'name'>,
): undefined =>
  say(
    watch,
    desired,
    'COG4006',
    `${kind.title} ${name} (${ids[kind.home?.id ?? '']}) is a replica here, in ${watch.where.region}; its primary Region is ${homeOf(kind, ids)}`,
    `nothing is managed from a secondary Region: set region: ${homeOf(kind, ids)}`,
  )

/** By pinned id, by its natural name, by name and tags, or by tags alone. */
const findAnywhere = async (watch: Watch, desired: Desired): Promise<Live | undefined> => {
  const kind = kindOf(watch, desired.kind)
  if (watch.options.strays?.includes(desired.address)) return stray(watch, kind, desired)
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
    return asLive(watch, desired, one, isOwned(one.found.tags, watch.spec, desired))
  }
  const name = nameOf(watch, kind, desired)
  const candidates = kind.natural ? await natural(watch, kind, name) : await named(watch, kind, name)
  if (desired.existing) return onlyOne(watch, kind, desired, candidates, name)
  const ours = candidates.filter(one => isOwned(one.found.tags, watch.spec, desired))
  if (ours.length === 1) return asLive(watch, desired, ours[0] as Read, true)
  if (ours.length > 1) return ambiguous(watch, kind, desired, ours, name)
  // before anything is made, or taken for a stranger's: one of another name may still carry our tags
  const tagged = kind.natural && candidates.length > 0 ? [] : await byTags(watch, kind, desired)
  if (tagged.length > 1) return ambiguous(watch, kind, desired, tagged, name)
  if (tagged[0] !== undefined) return asLive(watch, desired, tagged[0], true)
  const others = kind.natural
    ? candidates
    : candidates.filter(one => !isAnotherEnvironment(one.found.tags, watch.spec))
  return others.length > 0 ? foreign(watch, kind, desired, others, name) : undefined
}

/** One that the file does not have and that carries this stack's tags: by the key of those, or by its id. */
const stray = async (watch: Watch, kind: Kind, desired: Desired): Promise<Live | undefined> => {
  const { key } = desired
  const own = kind.ids.at(-1) as string
  const tagged = (await taggedOf(watch, kind)).filter(
    one => isOfStack(one.tags, watch.spec) && (one.ids[own] === key || stackOf(one.tags)?.key === key),
  )
  const found = (await readAll(watch, kind, tagged)).filter(one => !isElsewhere(watch, kind, one.found))
  if (found.length > 1) return ambiguous(watch, kind, desired, found, key)
  return found[0] === undefined ? undefined : asLive(watch, desired, found[0], true)
}

const nameOf = (watch: Watch, kind: Kind, desired: Desired): string =>
  desired.existing?.name ?? String(resolve(desired.spec[kind.nameField ?? ''] ?? desired.key, watch.lookup))

const idText = ({ found }: Read, kind: Kind): string => found.ids[kind.ids.at(-1) as string] ?? found.name

export const ambiguous = (
  watch: Watch,
  kind: Kind,
  desired: Desired,
  found: Read[],
  name: string,
): undefined =>
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
  return asLive(watch, desired, found[0], false)
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
  const copy = found.find(one => isCopy(watch, kind, one.found.ids))
  if (copy !== undefined) return refuseCopy(watch, kind, desired, copy.found)
  if (found.length > 1) return ambiguous(watch, kind, desired, found, name)
  const [one] = found as [Read]
  const owner = ownerIn(one.found.tags)
  // what others own is taken from them only by its id
  const adopts = owner === undefined && (adopt === true || adopt?.includes(desired.address))
  if (adopts) return asLive(watch, desired, one, false)
  const id = idText(one, kind)
  return say(
    watch,
    desired,
    'COG4003',
    `a ${kind.title} named ${name} exists and ${owner === undefined ? 'is not managed by cogsync' : `belongs to ${owner}`}: ${id}`,
    owner === undefined
      ? `take it over with \`id: ${id}\` or --adopt ${desired.address}, or choose another name`
      : isOfThisStack(one.found.tags, watch.spec)
        ? `if it is the same one under its former key, say \`movedFrom: ${stackOf(one.found.tags)?.key}\`; otherwise choose another name`
        : `choose another name, or take it from them with \`id: ${id}\``,
  )
}

const listRoots = async (watch: Watch, kind: Kind): Promise<Listed[]> =>
  (await kind.read.list?.(watch.aws, site(watch, undefined))) ?? []

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

export const natural = async (watch: Watch, kind: Kind, name: string): Promise<Read[]> => {
  const one = await read(watch, kind, { [kind.ids[0] as string]: name }, undefined)
  return one === undefined ? [] : [one]
}

const byTags = async (watch: Watch, kind: Kind, desired: Desired): Promise<Read[]> => {
  const { block } = kind.place as { block: string }
  // what is to be deleted by name is not looked for
  const goes = ({ name }: Listed) =>
    watch.spec.removed.some(one => one.parent === undefined && one.collection === block && one.name === name)
  const ours = (await taggedOf(watch, kind)).filter(
    one => isOwned(one.tags, watch.spec, desired) && !goes(one),
  )
  return (await readAll(watch, kind, ours)).filter(one => !isElsewhere(watch, kind, one.found))
}

/** Tombstones of resources without parent: found by their natural name, and only if they are ours. */
export const rootTombstones = (watch: Watch): Promise<void>[] =>
  watch.spec.removed
    .filter(tombstone => tombstone.parent === undefined)
    .map(async tombstone => {
      const kind = watch.kinds.find(
        one =>
          one.parent === undefined && one.place.form === 'map' && one.place.block === tombstone.collection,
      )
      if (kind === undefined) return
      const address = `${tombstone.collection}.${tombstone.name}`
      if (!watch.wanted(address)) return
      await attempt(watch, address, async () => {
        const [one] = kind.natural ? await natural(watch, kind, tombstone.name) : []
        if (one === undefined) return
        if (!isOfThisStack(one.found.tags, watch.spec)) {
          watch.diagnostics.push({
            code: 'COG4003',
            severity: 'error',
            path: tombstone.path,
            message: `${kind.title} ${tombstone.name} is not managed by this stack${watch.spec.environment === undefined ? '' : ` in ${watch.spec.environment}`}`,
            hint: 'delete it by hand, or take it out of `removed`',
          })
          return
        }
        watch.doomed.push(asLive(watch, { address, kind: kind.name }, one, true))
      })
    })
