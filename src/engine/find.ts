// Finding what has no parent: by pinned id, by its natural name, by name and tags, or by tags alone.
import type { Kind, Listed } from '../kinds/kind.ts'
import type { Desired, Live } from '../model.ts'
import { isAnotherEnvironment, isOwned, ownerIn } from './owner.ts'
import { resolve } from './terms.ts'
import { asLive, attempt, kindOf, type Read, read, say, site, type Watch } from './watch.ts'

/** A resource without parent: by pinned id, by its natural name, by name and tags, or by tags alone. */
export const findRoot = async (watch: Watch, desired: Desired): Promise<Live | undefined> => {
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
    return asLive(watch, desired, one, isOwned(one.found.tags, watch.spec, desired))
  }
  const name = nameOf(watch, kind, desired)
  const candidates = kind.natural ? await natural(watch, kind, name) : await named(watch, kind, name)
  if (desired.existing) return onlyOne(watch, kind, desired, candidates, name)
  const ours = candidates.filter(one => isOwned(one.found.tags, watch.spec, desired))
  if (ours.length === 1) return asLive(watch, desired, ours[0] as Read, true)
  if (ours.length > 1) return ambiguous(watch, kind, desired, ours, name)
  const others = kind.natural
    ? candidates
    : candidates.filter(one => !isAnotherEnvironment(one.found.tags, watch.spec))
  if (others.length > 0) return foreign(watch, kind, desired, others, name)
  // before anything is made: one of another name may still carry our tags
  const tagged = kind.natural ? [] : await byTags(watch, kind, desired)
  if (tagged.length > 1) return ambiguous(watch, kind, desired, tagged, name)
  return tagged[0] === undefined ? undefined : asLive(watch, desired, tagged[0], true)
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
  if (found.length > 1) return ambiguous(watch, kind, desired, found, name)
  const [one] = found as [Read]
  if (adopt === true || adopt?.includes(desired.address)) return asLive(watch, desired, one, false)
  const owner = ownerIn(one.found.tags)
  return say(
    watch,
    desired,
    'COG4003',
    `a ${kind.title} named ${name} exists and ${owner === undefined ? 'is not managed by cogsync' : `belongs to ${owner}`}: ${idText(one, kind)}`,
    `take it over with \`id: ${idText(one, kind)}\` or --adopt ${desired.address}, or choose another name`,
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

const byTags = async (watch: Watch, kind: Kind, desired: Desired): Promise<Read[]> =>
  (await readAll(watch, kind, await listRoots(watch, kind))).filter(one =>
    isOwned(one.found.tags, watch.spec, desired),
  )

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
        watch.doomed.push(asLive(watch, { address, kind: kind.name }, one, true))
      })
    })
