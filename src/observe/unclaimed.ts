// What is ours and not in the file: roots that carry this stack's tags and that no resource of the file claims.
import { isAwsError, isDenied } from '../aws/errors.ts'
import type { Live, Observation, Spec, Unclaimed, Unseen } from '../model.ts'
import type { Kind } from '../table/kind.ts'
import { isOfStack, isOwned, stackOf } from '../values/ownership.ts'
import { asLive, read, type Watch } from './reader.ts'
import { isElsewhere, type TaggedRoot, taggedIn } from './tagged.ts'

type Seen = Required<Pick<Observation, 'unclaimed' | 'released' | 'unseen'>>

const blockOf = (kind: Kind): string => (kind.place as { block: string }).block
const idOf = (kind: Kind, { ids }: Pick<Live, 'ids'>): string => ids[kind.ids.at(-1) as string] as string

/** Looks for them once everything else has been read. */
export const observeUnclaimed = async (watch: Watch): Promise<Seen> => {
  const all: Seen = { unclaimed: [], released: [], unseen: [] }
  if (watch.options.unclaimed !== true) return all
  const roots = watch.kinds.filter(({ parent, read }) => parent === undefined && read.tagged !== undefined)
  for (const one of await Promise.all(roots.map(kind => ofKind(watch, kind)))) {
    all.unclaimed.push(...one.unclaimed)
    all.released.push(...one.released)
    all.unseen.push(...one.unseen)
  }
  return all
}

/** Whether they are to be looked for: in a run of less than everything, only where it matters to what it does. */
const isAsked = (watch: Watch, kind: Kind): boolean => {
  const { spec, options } = watch
  const { targets = [], scope } = options
  if (targets.length === 0 && scope === undefined) return true
  const block = blockOf(kind)
  const isNew = spec.resources.some(
    one =>
      one.kind === kind.name && !one.existing && watch.wanted(one.address) && !watch.live.has(one.address),
  )
  const isNamed = targets.some(
    target =>
      target.startsWith(`${block}.`) && !spec.resources.some(({ address }) => address.startsWith(target)),
  )
  return isNew || isNamed || spec.released?.some(({ collection }) => collection === block) === true
}

/** Whether the file says anything of a kind. */
const has = ({ resources, removed, released = [] }: Spec, kind: Kind): boolean =>
  resources.some(one => one.kind === kind.name) ||
  [...removed, ...released].some(one => one.parent === undefined && one.collection === blockOf(kind))

const nothing: Seen = { unclaimed: [], released: [], unseen: [] }

const ofKind = async (watch: Watch, kind: Kind): Promise<Seen> => {
  const missed = (why: Unseen['why'], count = 1): Seen => ({
    ...nothing,
    unseen: [{ kind: kind.name, why, count }],
  })
  if (!isAsked(watch, kind)) return missed('unclaimed')
  try {
    const { found, others } = await taggedIn(watch, kind)
    const mine = claimedIn(watch, kind)
    const open = found.filter(one => isOfStack(one.tags, watch.spec) && !mine.some(claims => claims(one)))
    const read = await Promise.all(open.map(one => whole(watch, kind, one)))
    const left = others.filter(one => !mine.some(claims => claims({ ...one, tags: {} })))
    return {
      ...told(watch, kind, read.flat()),
      unseen: left.length > 0 ? missed('unmanaged', left.length).unseen : [],
    }
  } catch (error) {
    if (!isAwsError(error) || !isDenied(error)) throw error
    const { operation, message: reason } = error
    // where the file has some of the kind the answer is not whole without it; elsewhere only drift would need it
    if (has(watch.spec, kind)) {
      watch.unread.push({ address: `${blockOf(kind)}.*`, operation, reason })
      return nothing
    }
    watch.diagnostics.push({
      code: 'COG4007',
      severity: 'note',
      path: [],
      message: `nobody looked for any ${kind.title} that carries this stack's tags and is not in the file: ${operation} was denied`,
      hint: `allow ${kind.read.tagged?.operations.join(' and ')}, as \`cogsync iam --plan\` prints them`,
    })
    return missed('denied')
  }
}

/** What the file says is its own, in tests that each tell one such. */
const claimedIn = (watch: Watch, kind: Kind): ((one: TaggedRoot) => boolean)[] => {
  const { spec, live, doomed } = watch
  const ids = new Set(doomed.filter(one => one.kind === kind.name).map(one => idOf(kind, one)))
  const unseen = spec.resources.filter(desired => {
    if (desired.kind !== kind.name || desired.existing) return false
    const found = live.get(desired.address)
    if (found !== undefined) ids.add(idOf(kind, found))
    return found === undefined
  })
  return [
    one => ids.has(idOf(kind, one)),
    // not looked at, or not found for a reason that is said elsewhere
    one =>
      unseen.some(desired =>
        desired.id === undefined ? isOwned(one.tags, spec, desired) : desired.id === idOf(kind, one),
      ),
  ]
}

interface Open {
  root: TaggedRoot
  live: Live
}

/** One as AWS has it, unless it is gone or another Region's. */
const whole = async (watch: Watch, kind: Kind, root: TaggedRoot): Promise<Open[]> => {
  const one = await read(watch, kind, root.ids, undefined)
  if (one === undefined || isElsewhere(watch, kind, one.found)) return []
  const address = `${blockOf(kind)}.${idOf(kind, root)}`
  return [{ root, live: asLive(watch, { address, kind: kind.name }, one, true) }]
}

/** Those that stay unclaimed, and those that the file gives up. */
const told = (watch: Watch, kind: Kind, open: readonly Open[]): Omit<Seen, 'unseen'> => {
  const block = blockOf(kind)
  const keyOf = ({ root }: Open) => stackOf(root.tags)?.key
  const addressOf = (one: Open): string => {
    const key = keyOf(one)
    const address = `${block}.${key}`
    const isTaken =
      watch.desired(address) !== undefined || open.filter(other => keyOf(other) === key).length > 1
    return key === undefined || !/^[A-Za-z0-9_-]{1,64}$/.test(key) || isTaken ? one.live.address : address
  }
  const seen: Omit<Seen, 'unseen'> = { unclaimed: [], released: [] }
  for (const one of open.toSorted((a, b) => (a.live.address < b.live.address ? -1 : 1))) {
    const { name, live, tags } = { ...one, ...one.root }
    const [key, id, address] = [keyOf(one), idOf(kind, live), addressOf(one)]
    const { environment } = stackOf(tags) ?? {}
    const line = watch.spec.released?.find(
      each => each.collection === block && (each.name === key || each.name === id),
    )
    if (line !== undefined) seen.released.push({ live: { ...live, address }, path: line.path })
    else
      seen.unclaimed.push({
        kind: kind.name,
        address,
        name,
        id,
        ...(key !== undefined && { key }),
        ...(environment !== undefined && { environment }),
      } satisfies Unclaimed)
  }
  return seen
}
