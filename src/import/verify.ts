// The proof of a file that was written: it is valid, and its plan takes over what is there and changes nothing.

import type { Change, Live, Path, Spec, Term } from '../model.ts'
import { asLive, newWatch, type Watch } from '../observe/reader.ts'
import { makePlan } from '../plan/plan.ts'
import { parseSpec } from '../spec/index.ts'
import { isObject } from '../term.ts'
import { isOwnershipTag } from '../values/ownership.ts'
import { type Placed, withAll } from './assign-keys.ts'
import type { BesideFile } from './statements.ts'

/** Something that keeps the file from being what AWS has. */
export interface Objection {
  /** into the file, for what the reader finds */
  path?: Path
  /** for what the plan finds */
  address?: string
  field?: string
  /** what a plan would make beside its settings, by the path that leaves it out */
  aside?: string
  why: string
}

export const objectionsTo = (
  text: string,
  file: string,
  watch: Watch,
  roots: readonly Placed[],
  known: readonly Live[],
  beside: readonly BesideFile[],
): Objection[] => {
  const { environment } = watch.spec
  const digest = (path: string) => beside.find(one => one.path === path) ?? { sha256: '', size: 0 }
  const { spec, diagnostics } = parseSpec(
    { file, text },
    { kinds: watch.kinds, readText: () => 'text', digest, ...(environment !== undefined && { environment }) },
  )
  return spec === undefined
    ? diagnostics
        .filter(({ severity }) => severity === 'error')
        .map(({ path, message }) => ({ path, why: message }))
    : planned(spec, watch, roots, known)
}

/** What a plan would do beside taking ownership; made from what was read, without asking AWS again. */
const planned = (spec: Spec, watch: Watch, roots: readonly Placed[], known: readonly Live[]): Objection[] => {
  const fresh = newWatch(spec, watch.kinds, watch.aws, watch.where, {})
  const placed = new Map(withAll(roots).map(one => [one.address, one]))
  const others = new Map(known.map(live => [live.address, live]))
  const live = Object.fromEntries(
    spec.resources.flatMap(desired => {
      const one = placed.get(desired.address)
      const there = others.get(desired.address)
      if (one === undefined) return there === undefined ? [] : [[desired.address, there]]
      const owned = one.parent !== undefined
      return [[desired.address, asLive(fresh, desired, one.seen.read, owned)]]
    }),
  )
  const plan = makePlan(
    spec,
    { ...watch.where, live, unlisted: [], unclaimed: [], doomed: [], unread: [], diagnostics: [] },
    watch.kinds,
    { tool: 'cogsync import' },
  )
  const said = new Set(spec.resources.map(({ address }) => address))
  const missing = [...placed.values()]
    .filter(({ kind, present, address }) => !present && kind.presence === 'resource' && !said.has(address))
    .map(({ path, address }) => ({ path, why: `${address} is not in it` }))
  const differing = plan.changes
    .filter(({ address }) => placed.get(address)?.present === false)
    .flatMap(change => differences(change, placed.get(change.address) as Placed, spec.tags))
  const unasked = spec.resources
    .filter(
      ({ assumed, address }) =>
        assumed && plan.changes.some(one => one.address === address && one.calls.length > 0),
    )
    .filter(({ parent }) => placed.get(parent ?? '')?.present === false)
    .map(({ parent, kind, key }) => ({
      address: parent as string,
      aside: key,
      why: `there is no ${watch.kinds.find(one => one.name === kind)?.title}, and a plan would make one`,
    }))
  return [...missing, ...differing, ...unasked]
}

const differences = (change: Change, one: Placed, tags: Spec['tags']): Objection[] => [
  ...change.fields
    .filter(field => !(field.path === one.kind.tags && isOwnershipOnly(field.before, field.after, tags)))
    .map(field => ({
      address: change.address,
      field: field.path,
      why: `a plan would make it ${brief(field.after)}, and it is ${brief(field.before)}`,
    })),
  ...change.blocked
    .filter(({ code }) => code !== strangersCode)
    .map(block => ({ address: change.address, field: block.path, why: block.reason })),
]

/** What is blocked for unknown members is the user's to decide. */
const strangersCode = 'COG3005'

const brief = (term: Term | undefined): string => {
  const text = JSON.stringify(term ?? null)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** Beside cogsync's own tags, the file's come to everything in it. */
const isOwnershipOnly = (before: Term | undefined, after: Term | undefined, tags: Spec['tags']): boolean => {
  const foreign = (held: Term | undefined, more: Spec['tags']) =>
    JSON.stringify(
      Object.entries({ ...more, ...(isObject(held) ? held : {}) })
        .filter(([tag]) => !isOwnershipTag(tag))
        .sort(),
    )
  return foreign(before, tags) === foreign(after, {})
}
