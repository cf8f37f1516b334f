// What is to be imported, read: roots, everything under them, and what was left alone and why.
import { isAwsError, isDenied } from '../aws/errors.ts'
import type { Address, JsonObject, Live, Term } from '../model.ts'
import { attempt, type Read, read, site, type Watch } from '../observe/reader.ts'
import { idsBefore } from '../plan/calls.ts'
import type { Kind, Listed, Values } from '../table/kind.ts'
import { isObject } from '../term.ts'
import { liveValues } from '../values/canonical.ts'

/** One resource of AWS, with all that is under it. */
export interface Seen {
  kind: Kind
  /** `{ form: 'split' }` kinds and the like are listed under fixed keys */
  fixedKey?: string
  read: Read
  /** the same as the engine would have it; the address is given with the key */
  live: Live
  values: Values
  parent?: Seen
  children: Seen[]
  left: Left[]
  /** its name in AWS is another's too, so that it must be told by its id */
  twin: boolean
}

/** Something that is not imported, and why. */
export interface Left {
  kind: Kind
  name: string
  id: string
  why: string
}

/** A root and everything under it; `undefined` when it is not there or may not be read. */
export const surveyRoot = async (
  watch: Watch,
  kind: Kind,
  ids: { [member: string]: string },
): Promise<Seen | undefined> => {
  const label = Object.values(ids).join(' ')
  const one = await attempt(watch, label, () => read(watch, kind, ids, undefined))
  return one === undefined ? undefined : surveyed(watch, kind, one, undefined, label, {})
}

const surveyed = async (
  watch: Watch,
  kind: Kind,
  one: Read,
  parent: Seen | undefined,
  label: Address,
  more: Partial<Seen>,
): Promise<Seen> => {
  const { found, strangers } = one
  const seen: Seen = {
    kind,
    read: one,
    live: {
      address: label,
      kind: kind.name,
      ids: found.ids,
      name: found.name,
      wire: found.wire,
      owned: false,
      strangers,
      ...(found.createdAt !== undefined && { createdAt: found.createdAt }),
    },
    values: liveValues(kind, found.wire, watch.where),
    ...(parent && { parent }),
    children: [],
    left: [],
    twin: false,
    ...more,
  }
  watch.seen()
  const under = await Promise.all(
    watch.kinds
      .filter(child => child.parent === kind.name)
      .map(child =>
        child.read.list === undefined ? facets(watch, child, seen) : listed(watch, child, seen),
      ),
  )
  seen.children = under.flat()
  return seen
}

/** What stands in a parent's block: one of each, or one for each of the names its parent holds. */
const facets = async (watch: Watch, kind: Kind, parent: Seen): Promise<Seen[]> => {
  // what other settings ask for needs no line of its own
  if (kind.place.form === 'facet' && kind.place.each !== undefined) return []
  const own = kind.ids.at(-1) as string
  const shared = Object.fromEntries(
    idsBefore(kind).map(member => [member, parent.live.ids[kind.idsFrom?.[member] ?? member] as string]),
  )
  const all =
    kind.natural === undefined
      ? [shared]
      : namesIn(kind, parent.live.wire).map(name => ({ ...shared, [own]: name }))
  const found = await Promise.all(
    all.map(async ids => {
      const label = `${parent.live.address}.${blockOf(kind)}`
      const one = await attempt(watch, label, () => read(watch, kind, ids, parent.live)).catch(error => {
        // a feature that the parent does not have has no settings
        if (kind.onDemand && isAwsError(error) && !isDenied(error) && error.status === 400) return undefined
        throw error
      })
      return one && surveyed(watch, kind, one, parent, label, {})
    }),
  )
  return found.filter(one => one !== undefined)
}

const listed = async (watch: Watch, kind: Kind, parent: Seen): Promise<Seen[]> => {
  const label = `${parent.live.address}.${blockOf(kind)}`
  const own = kind.ids.at(-1) as string
  const all =
    (await attempt(watch, label, async () => kind.read.list?.(watch.aws, site(watch, parent.live)))) ?? []
  const byName = new Map<string, number>()
  for (const { name } of all) byName.set(name, (byName.get(name) ?? 0) + 1)
  const found = await Promise.all(
    inFixedOrder(kind, [...all].sort(inOrder(own))).map(async one => {
      if (one.foreign) {
        parent.left.push({
          kind,
          name: one.name,
          id: one.ids[own] as string,
          why: 'made by a service of AWS',
        })
        return undefined
      }
      const full =
        one.wire === undefined
          ? await attempt(watch, label, () => read(watch, kind, one.ids, parent.live))
          : { found: { ids: one.ids, name: one.name, wire: one.wire }, strangers: one.strangers ?? [] }
      return (
        full &&
        surveyed(watch, kind, full, parent, label, {
          twin: kind.natural === undefined && (byName.get(one.name) ?? 0) > 1,
          ...(one.key !== undefined && { fixedKey: one.key }),
        })
      )
    }),
  )
  return found.filter(one => one !== undefined)
}

/** What is said of it in the file: a line for each kind and reason. */
export const leftLines = (left: readonly Left[]): string[] => {
  const groups = new Map<string, Left[]>()
  for (const one of left) {
    const group = `${one.kind.name} ${one.why}`
    groups.set(group, [...(groups.get(group) ?? []), one])
  }
  return [...groups.values()].map(group => {
    const [{ kind, why }] = group as [Left]
    const names = group.map(({ name, id }) => (id === name ? name : `${name} (${id})`))
    return `left alone: ${kind.title} ${names.join(', ')}: ${why}`
  })
}

/** By name, then by id; AWS's order says nothing. */
export const inOrder = (own: string) => (a: Listed, b: Listed) =>
  order(a.name, b.name) || order(a.ids[own] ?? '', b.ids[own] ?? '')

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Fixed keys come in their own order. */
const inFixedOrder = ({ place }: Kind, all: Listed[]): Listed[] =>
  place.form === 'split' ? place.keys.flatMap(key => all.filter(one => one.key === key)) : all

export const blockOf = (kind: Kind): string =>
  kind.place.form === 'facet' ? kind.place.key : kind.place.block

/** The keys that resources of a kind may have, as their parent's object names them. */
const namesIn = (kind: Kind, wire: JsonObject): string[] => {
  const among = (kind.place.form === 'map' && kind.place.bareKey?.among) || []
  return [...new Set(among.flatMap(path => textsAt(wire, path.split('.'))))].sort()
}

/** The texts at a path: `[]` goes through a list, `{}` takes the keys of a map. */
const textsAt = (value: Term | undefined, [part, ...rest]: string[]): string[] => {
  if (part === undefined) return typeof value === 'string' ? [value] : []
  if (part === '[]') return Array.isArray(value) ? value.flatMap(item => textsAt(item, rest)) : []
  if (!isObject(value)) return []
  return part === '{}' ? Object.keys(value) : textsAt(value[part], rest)
}
