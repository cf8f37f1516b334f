// What the file says nothing of and what costs a read for every parent: looked for only when all is to be seen.
import { isAwsError, isDenied } from '../aws/errors.ts'
import type { Desired, Live, Unlisted } from '../model.ts'
import type { Kind } from '../table/kind.ts'
import { fingerprint } from '../values/fingerprint.ts'
import { addressOf } from './match-listed.ts'
import { blockOf, read, site, type Watch } from './reader.ts'

/** Reads a kind under a parent for which the file has none; what is there is unlisted. */
export const observeUnmanaged = async (
  watch: Watch,
  kind: Kind,
  parent: Desired,
  live: Live,
): Promise<void> => {
  // what has names of its own is known by what the parent says
  if (kind.natural !== undefined) return
  if (!watch.options.full) {
    watch.unmanaged.set(kind.name, (watch.unmanaged.get(kind.name) ?? 0) + 1)
    return
  }
  const found = await (kind.read.list === undefined
    ? facet(watch, kind, parent, live)
    : listed(watch, kind, parent, live)
  ).catch(error => {
    // a feature that the parent does not have has no settings
    if (isAwsError(error) && !isDenied(error) && error.status === 400) return []
    throw error
  })
  watch.unlisted.push(...found)
}

const facet = async (watch: Watch, kind: Kind, parent: Desired, live: Live): Promise<Unlisted[]> => {
  const ids = Object.fromEntries(
    kind.ids.map(member => [member, live.ids[kind.idsFrom?.[member] ?? member] as string]),
  )
  const one = await read(watch, kind, ids, live)
  const print = (wire: Live['wire']) => fingerprint(kind, wire, watch.where)
  if (one === undefined || print(one.found.wire) === print(kind.blank ?? {})) return []
  const address = `${parent.address}.${blockOf(kind)}`
  return [{ kind: kind.name, address, name: blockOf(kind), drift: kind.alarms === true }]
}

const listed = async (watch: Watch, kind: Kind, parent: Desired, live: Live): Promise<Unlisted[]> => {
  const all = (await kind.read.list?.(watch.aws, site(watch, live))) ?? []
  return all
    .filter(one => one.foreign !== true)
    .map(one => ({
      kind: kind.name,
      address: addressOf(kind, parent, blockOf(kind), one),
      name: one.name,
      drift: one.alarms ?? kind.alarms === true,
    }))
}
