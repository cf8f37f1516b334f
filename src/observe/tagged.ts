// What carries cogsync's tags: everything of a kind in the account and Region, each asked once in a run.
import { isAwsError, isMissing } from '../aws/errors.ts'
import type { JsonObject } from '../model.ts'
import type { Kind, Listed } from '../table/kind.ts'
import { liveValues } from '../values/canonical.ts'
import { isOwnershipTag } from '../values/ownership.ts'
import { kindOf, site, type Watch } from './reader.ts'

/** A root with cogsync's tags, whosever they are. */
export interface TaggedRoot extends Listed {
  tags: { [tag: string]: string }
}

export interface TaggedRoots {
  found: TaggedRoot[]
  /** those that were not asked */
  others: Listed[]
}

/** Throws when AWS does not let itself be asked: half of them would be no answer. */
export const taggedIn = (watch: Watch, kind: Kind): Promise<TaggedRoots> => {
  const known = watch.tagged.get(kind.name) ?? look(watch, kind)
  watch.tagged.set(kind.name, known)
  return known
}

export const taggedOf = async (watch: Watch, kind: Kind): Promise<TaggedRoot[]> =>
  (await taggedIn(watch, kind)).found

const look = async (watch: Watch, kind: Kind): Promise<TaggedRoots> => {
  const { tagged, list } = kind.read
  if (tagged === undefined) return { found: [], others: [] }
  const { listed, others } = tagged.near
    ? await tagged.near(watch.aws, watch.options.full === true)
    : { listed: (await list?.(watch.aws, site(watch, undefined))) ?? [], others: [] }
  const found = await Promise.all(
    listed.map(async (one): Promise<TaggedRoot[]> => {
      // a copy is its home's
      if (![undefined, watch.where.region].includes(homeOf(kind, one.ids))) return []
      const tags = await tagged.of(watch.aws, one.ids).catch(gone)
      return tags !== undefined && Object.keys(tags).some(isOwnershipTag) ? [{ ...one, tags }] : []
    }),
  )
  return { found: found.flat(), others }
}

/** It went between the list and the question. */
const gone = (error: unknown): undefined => {
  if (isAwsError(error) && isMissing(error)) return undefined
  throw error
}

/** The Region where a resource is at home, as far as its ids tell: elsewhere it is a copy. */
export const homeOf = ({ home }: Kind, ids: { [member: string]: string }): string | undefined =>
  home && ids[home.id]?.split(home.endsAt)[0]

/** The Region of what an id names, if it tells. */
export const regionOf = (kind: Kind, id: string): string | undefined => {
  const region = kind.home && homeOf(kind, { [kind.home.id]: id })
  return region !== undefined && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? region : undefined
}

/** The ids of others that a resource works for, as its settings name them. */
export const servedBy = (watch: Watch, kind: Kind, wire: JsonObject): string[] =>
  kind.serves?.by(liveValues(kind, wire, watch.where)) ?? []

/** Whether it works for other Regions and not for this one: then it is theirs. No tag says so. */
export const isElsewhere = (watch: Watch, kind: Kind, { wire }: { wire: JsonObject }): boolean => {
  if (kind.serves === undefined) return false
  const served = kindOf(watch, kind.serves.kind)
  const regions = servedBy(watch, kind, wire).flatMap(id => regionOf(served, id) ?? [])
  return regions.length > 0 && !regions.includes(watch.where.region)
}
