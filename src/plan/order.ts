// In which order: changes by what they refer to, and the writers of one resource by what AWS accepts on the way.
//
// A pool and its MFA are one object behind two operations, and neither order is always right. Removing EMAIL_OTP
// before MFA goes ON needs the pool first; MFA going from ON to OPTIONAL before EMAIL_OTP comes in needs MFA
// first; and bringing in an SES identity, email MFA and EMAIL_OTP at once needs the pool, then MFA, then the
// pool again. So the order is not written down anywhere: every intermediate state is checked with the kind's own
// rules, and the first order whose every state AWS would accept is taken. When there is none, nothing is sent.

import type { Address, Desired } from '../model.ts'
import type { BodyWriter, Field, Kind } from '../table/kind.ts'

type Accepts = (changed: readonly Field[], writer: BodyWriter) => boolean

/** One call of a writer: the settings it brings. */
export interface Step {
  writer: BodyWriter
  fields: readonly Field[]
}

/**
 * The writers' calls in an order in which every intermediate state is accepted, a writer split in two where it
 * must be; `undefined` when there is no such order. `accepts` judges the state after the given settings changed,
 * for the writer that brings it about.
 */
export const orderSteps = (steps: readonly Step[], accepts: Accepts): Step[] | undefined => {
  const works = (order: readonly Step[]) =>
    order.every(({ writer }, index) =>
      accepts(
        order.slice(0, index + 1).flatMap(step => step.fields),
        writer,
      ),
    )
  return [...permutations(steps), ...splits(steps, accepts)].find(works)
}

const permutations = <T>(items: readonly T[]): T[][] =>
  items.length <= 1
    ? [[...items]]
    : items.flatMap((item, index) =>
        permutations([...items.slice(0, index), ...items.slice(index + 1)]).map(rest => [item, ...rest]),
      )

/** Orders in which one writer goes first with as much as is accepted, and again last with the rest. */
const splits = (steps: readonly Step[], accepts: Accepts): Step[][] =>
  steps.flatMap((step, index) => {
    const first = asManyAs(step.fields, changed => accepts(changed, step.writer))
    const rest = step.fields.filter(field => !first.includes(field))
    if (first.length === 0 || rest.length === 0) return []
    const others = [...steps.slice(0, index), ...steps.slice(index + 1)]
    return permutations(others).map(middle => [
      { writer: step.writer, fields: first },
      ...middle,
      { writer: step.writer, fields: rest },
    ])
  })

/** Fields that are accepted together; again and again, since one may be acceptable only beside another. */
const asManyAs = (
  fields: readonly Field[],
  accepts: (changed: readonly Field[]) => boolean,
  had: Field[] = [],
): Field[] => {
  const all = fields.reduce(
    (some, field) => (!some.includes(field) && accepts([...some, field]) ? [...some, field] : some),
    had,
  )
  return all.length === had.length ? all : asManyAs(fields, accepts, all)
}

/** Which of two stands first where nothing else decides: by kind, as the registry has them, then by address. */
export const byKind = (
  kinds: readonly Kind[],
): ((a: { kind: string; address: Address }, b: { kind: string; address: Address }) => number) => {
  const rank = new Map(kinds.map(({ name }, index) => [name, index]))
  return (a, b) =>
    (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0) ||
    (a.address < b.address ? -1 : a.address > b.address ? 1 : 0)
}

/**
 * Resources in the one order that they have whatever the file's: each followed by what stands in its own block, then
 * by all that is under it.
 */
export const inPlace = (resources: readonly Desired[], kinds: readonly Kind[]): Desired[] => {
  const known = new Set(resources.map(({ address }) => address))
  const facets = new Set(kinds.filter(({ place }) => place.form === 'facet').map(({ name }) => name))
  const under = new Map<Address | undefined, Desired[]>()
  for (const one of resources.toSorted(byKind(kinds))) {
    const parent = one.parent !== undefined && known.has(one.parent) ? one.parent : undefined
    const beside = under.get(parent) ?? []
    beside.push(one)
    under.set(parent, beside)
  }
  const from = (parent: Address | undefined): Desired[] => {
    const all = under.get(parent) ?? []
    const isOwn = ({ kind }: Desired) => facets.has(kind)
    return [...all.filter(isOwn), ...all.filter(one => !isOwn(one))].flatMap(one => [
      one,
      ...from(one.address),
    ])
  }
  return from(undefined)
}

/**
 * Items so that each comes after all those it names; the given order is kept wherever that allows. Items in a
 * cycle come last, in the given order (the file's reader refuses cycles).
 */
export const inOrder = <T extends { address: Address; after: readonly Address[] }>(
  items: readonly T[],
): T[] => {
  const rank = new Map(items.map(({ address }, index) => [address, index]))
  const done = new Set<Address>()
  const visiting = new Set<Address>()
  const order: T[] = []
  const visit = (item: T): void => {
    if (done.has(item.address) || visiting.has(item.address)) return
    visiting.add(item.address)
    const before = item.after.flatMap(address => rank.get(address) ?? [])
    for (const index of before.sort((a, b) => a - b)) visit(items[index] as T)
    visiting.delete(item.address)
    done.add(item.address)
    order.push(item)
  }
  items.forEach(visit)
  return order
}
