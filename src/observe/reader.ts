// What observing has at hand: the file, the way to AWS, and what has been seen so far.

import { covers } from '../address.ts'
import { isAwsError, isDenied, isMissing } from '../aws/errors.ts'
import { askingOnce } from '../aws/memoize.ts'
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
import { grouped, inReach, type Reach, relationsOf } from '../plan/context.ts'
import type { Found, Kind, Site, Where } from '../table/kind.ts'
import { type Lookup, resolve } from '../term.ts'
import { attributeOf } from '../values/attributes.ts'
import { type SecretSite, secretSites, uncheckedIn, withSecretTerms } from './secret-terms.ts'
import type { TaggedRoots } from './tagged.ts'

export interface ObserveOptions extends Reach {
  /** addresses that may be taken over though their tags do not name us; `true` for all */
  adopt?: readonly Address[] | true
  progress?: Progress
  /** the value of a declared secret, if it can be had; compared with AWS's and then forgotten */
  secret?: (name: string) => string | undefined
  /** not to be looked at: where secrets are delivered */
  deliveries?: false
  /** what is to be deleted of that which the file does not list */
  doom?: (kind: Kind, address: Address) => boolean
  /** what the file says nothing of is looked for too, where every one costs a read of its own */
  full?: boolean
  /** what carries this stack's tags and is not in the file is looked for */
  unclaimed?: true
  /** addresses of roots that are not in the file: found by the key of their tags, or by their id */
  strays?: readonly Address[]
}

export interface Watch {
  spec: Spec
  kinds: readonly Kind[]
  aws: Aws
  where: Where
  options: ObserveOptions
  live: Map<Address, Live>
  unlisted: Unlisted[]
  doomed: Live[]
  unread: Unread[]
  /** kinds of which nothing was read under some parents, and under how many */
  unmanaged: Map<string, number>
  diagnostics: Diagnostic[]
  late: (() => Promise<void>)[]
  /** what carries cogsync's tags, by kind */
  tagged: Map<string, Promise<TaggedRoots>>
  vacant: NonNullable<Observation['vacant']>
  lookup: Lookup
  children: Map<Address, Desired[]>
  desired: (address: Address) => Desired | undefined
  /** whether something is to be read */
  wanted: (address: Address) => boolean
  /** whether everything under it is, and not only what others need */
  whole: (address: Address) => boolean
  seen: () => void
}

export const newWatch = (
  spec: Spec,
  kinds: readonly Kind[],
  aws: Aws,
  where: Where,
  options: ObserveOptions,
): Watch => {
  const live = new Map<Address, Live>()
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  const children = grouped(spec.resources, ({ parent }) => parent ?? '')
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
  const { targets, scope } = options
  const wanted = inReach(relationsOf(spec, kinds), options)
  const total = spec.resources.filter(({ address }) => wanted(address)).length
  let done = 0
  return {
    spec,
    kinds,
    aws: askingOnce(aws),
    where,
    options,
    live,
    unlisted: [],
    doomed: [],
    unread: [],
    unmanaged: new Map(),
    diagnostics: [],
    late: [],
    tagged: new Map(),
    vacant: {},
    lookup,
    children,
    desired: address => byAddress.get(address),
    wanted,
    whole: address =>
      scope === undefined && (!targets?.length || targets.some(target => covers(target, address))),
    seen: () => {
      done += 1
      options.progress?.({
        stage: 'read',
        done,
        total: Math.max(done, total),
        text: 'reading',
        left: aws.left?.() ?? 0,
      })
    },
  }
}

export const resolved = (desired: Desired, lookup: Lookup) =>
  Object.fromEntries(Object.entries(desired.spec).map(([field, term]) => [field, resolve(term, lookup)]))

export const kindOf = (watch: Watch, name: string): Kind => {
  const kind = watch.kinds.find(one => one.name === name)
  if (kind === undefined) throw new Error(`no kind ${name}`)
  return kind
}

export const blockOf = (kind: Kind): string =>
  kind.place.form === 'facet' ? kind.place.key : kind.place.block

/** Runs a read; a refusal is noted, and is not an answer. */
export const attempt = async <T>(
  watch: Watch,
  address: Address,
  read: () => Promise<T>,
): Promise<T | undefined> => {
  try {
    return await read()
  } catch (error) {
    if (!isAwsError(error) || !isDenied(error)) throw error
    watch.unread.push({ address, operation: error.operation, reason: error.message })
    return undefined
  }
}

export const site = (watch: Watch, live: Live | undefined): Site => ({
  ...watch.where,
  parentIds: live === undefined ? {} : idsOnly(live, kindOf(watch, live.kind)),
  ...(live && { parent: live.wire }),
})

const idsOnly = (live: Live, kind: Kind): { [member: string]: string } =>
  Object.fromEntries(kind.ids.map(member => [member, live.ids[member] as string]))

/** Reads one resource, with the members that the SDK did not know; `undefined` when it does not exist. */
export const read = async (
  watch: Watch,
  kind: Kind,
  ids: { [member: string]: string },
  parent: Live | undefined,
): Promise<{ found: Found; strangers: string[] } | undefined> => {
  const strangers: string[] = []
  const listening: Aws = {
    ...watch.aws,
    send: async (operation, input, region) => {
      const output = await watch.aws.send(operation, input, region)
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

const sitesOf = (
  watch: Watch,
  { kind, spec }: Pick<Desired, 'kind'> & Partial<Pick<Desired, 'spec'>>,
): SecretSite[] => secretSites(kindOf(watch, kind), spec, watch.options.secret)

export const asLive = (
  watch: Watch,
  desired: Pick<Desired, 'address' | 'kind'> & Partial<Pick<Desired, 'spec'>>,
  { found, strangers }: { found: Found; strangers: string[] },
  owned: boolean,
): Live => ({
  ...uncheckedIn(sitesOf(watch, desired), found),
  address: desired.address,
  kind: desired.kind,
  ids: found.ids,
  name: found.name,
  wire: withSecretTerms(sitesOf(watch, desired), desired.address, found),
  owned,
  strangers: [...new Set(strangers)],
  ...(found.createdAt !== undefined && { createdAt: found.createdAt }),
})

export type Read = NonNullable<Awaited<ReturnType<typeof read>>>

export const say = (
  watch: Watch,
  desired: Desired,
  code: string,
  message: string,
  hint: string,
): undefined => {
  watch.diagnostics.push({ code, severity: 'error', path: desired.path, onKey: true, message, hint })
  return undefined
}
