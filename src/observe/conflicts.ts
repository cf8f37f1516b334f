// What others have in what is ours: a name that somebody else holds, and whom a resource works for beside the file.
import { isAwsError, isDenied } from '../aws/errors.ts'
import type { Desired, Live, Observation } from '../model.ts'
import type { Kind } from '../table/kind.ts'
import { resolve } from '../term.ts'
import { isOwned } from '../values/ownership.ts'
import { attempt, kindOf, read, say, type Watch } from './reader.ts'
import { regionOf, servedBy } from './tagged.ts'

/** An error for a name that something under another parent holds: AWS would refuse it, and it may be the one meant. */
export const observeHolder = async (watch: Watch, desired: Desired): Promise<void> => {
  const kind = kindOf(watch, desired.kind)
  const { holder } = kind.read
  const parent = desired.parent === undefined ? undefined : watch.desired(desired.parent)
  if (holder === undefined || parent === undefined || desired.existing) return
  const name = resolve(desired.spec[kind.nameField ?? ''] ?? null, watch.lookup)
  if (typeof name !== 'string' || watch.live.get(desired.address)?.name === name) return
  const isLeft = watch.doomed.some(live => live.kind === kind.name && live.name === name)
  if (isLeft || isInDoubt(watch, parent)) return
  const id = await attempt(watch, desired.address, () => holder(watch.aws, name))
  const above = watch.live.get(parent.address)
  const { title, ids } = kindOf(watch, parent.kind)
  const own = ids.at(-1) as string
  if (id === undefined || id === above?.ids[own]) return
  say(
    watch,
    desired,
    'COG4010',
    `the ${kind.title} ${name} belongs to the ${title} ${id}`,
    above === undefined
      ? `if ${parent.address} is that one, pin it with \`id: ${id}\`; otherwise choose another name`
      : 'choose another name, or take it away there first',
  )
}

/** Whether it is not known which resource is meant, or whether there is one. */
const isInDoubt = (watch: Watch, { address, path }: Desired): boolean =>
  !watch.live.has(address) &&
  (watch.unread.some(one => one.address === address) ||
    watch.diagnostics.some(
      ({ severity, path: at }) => severity === 'error' && at.length > 0 && at.join('\n') === path.join('\n'),
    ))

/** Whom live resources work for that is not the file's: of another Region, or there. */
export const observeServed = async (watch: Watch): Promise<NonNullable<Observation['serves']>> => {
  const ours = [...watch.live.values()].filter(({ address }) => !watch.desired(address)?.existing)
  const found = await Promise.all(
    [...ours, ...watch.doomed].map(async (live): Promise<[string, string[]][]> => {
      const kind = kindOf(watch, live.kind)
      if (kind.serves === undefined) return []
      const served = kindOf(watch, kind.serves.kind)
      const others = await Promise.all(
        servedBy(watch, kind, live.wire).map(async id =>
          (await isOthers(watch, served, id, ours)) ? [id] : [],
        ),
      )
      return others.flat().length > 0 ? [[live.address, others.flat()]] : []
    }),
  )
  return Object.fromEntries(found.flat())
}

const isOthers = async (watch: Watch, kind: Kind, id: string, ours: readonly Live[]): Promise<boolean> => {
  const own = kind.ids.at(-1) as string
  if (ours.some(live => live.kind === kind.name && live.ids[own] === id)) return false
  const region = regionOf(kind, id)
  if (region !== watch.where.region) return region !== undefined
  // a pattern is no id
  if (/[*?$]/.test(id)) return false
  try {
    const one = await read(watch, kind, { [own]: id }, undefined)
    return (
      one !== undefined &&
      !watch.spec.resources.some(
        desired => desired.kind === kind.name && isOwned(one.found.tags, watch.spec, desired),
      )
    )
  } catch (error) {
    // nobody knows, so that it may be
    if (isAwsError(error) && isDenied(error)) return true
    throw error
  }
}
