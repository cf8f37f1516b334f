// Where differences come from: the file's own change, or drift before it. No state file is needed, because the
// earlier version of the file is in git: planned against the same observation, it shows what differed already.

import type {
  Blocked,
  Change,
  FieldChange,
  Live,
  Observation,
  Origin,
  Origins,
  Plan,
  ResourceOrigin,
  Spec,
  Term,
} from '../model.ts'
import type { Kind } from '../table/kind.ts'
import { refsIn } from '../term.ts'
import { canonicalText } from '../values/canonical.ts'
import type { PlanOptions } from './context.ts'
import { tombstoneOf } from './deletion.ts'
import { makePlan } from './plan.ts'

type Difference = FieldChange | Blocked

const differencesOf = ({ fields, blocked }: Change): Difference[] => [...fields, ...blocked]

const same = (a: Term | undefined, b: Term | undefined): boolean =>
  canonicalText(a ?? null) === canonicalText(b ?? null)

/** What the earlier file differed in already is older; a difference to something else is both. */
const originOf = (now: Difference, before: Difference | undefined): Origin => {
  if (before === undefined) return 'change'
  return same(now.after, before.after) ? 'drift' : 'both'
}

const together = (origins: readonly Origin[]): Origin => {
  const [first = 'change'] = origins
  return origins.every(origin => origin === first) ? first : 'both'
}

const resourceOrigin = (now: Change, before: Change | undefined, wasDoomed: boolean): ResourceOrigin => {
  const whole = (origin: Origin): ResourceOrigin => ({
    origin,
    fields: Object.fromEntries(differencesOf(now).map(({ path }) => [path, origin])),
  })
  if (now.action === 'delete') return whole(wasDoomed ? 'drift' : 'change')
  if (before === undefined || before.action === 'none') return whole('change')
  const old = new Map(differencesOf(before).map(one => [one.path, one]))
  const fields = differencesOf(now).map(one => [one.path, originOf(one, old.get(one.path))] as const)
  return {
    // one that is not there at all was missing before, whatever the file now says of its settings
    origin: fields.length === 0 ? 'drift' : together(fields.map(([, origin]) => origin)),
    fields: Object.fromEntries(fields),
  }
}

/** Tells whether a file had asked for the deletion of something already. */
const doomedIn = (spec: Spec): ((address: string) => boolean) => {
  const pruned = spec.resources.flatMap(({ address, prune = [] }) =>
    prune.map(collection => `${address}.${collection}`),
  )
  return address =>
    tombstoneOf(spec, address) !== undefined || pruned.some(place => address.startsWith(`${place}.`))
}

/**
 * Tells the differences of a plan apart. `now` is the file of the plan and `base` its earlier version; what only that
 * one names is known only as far as the observation goes, which `unknown` says.
 */
export const originsOf = (
  plan: Plan,
  { now, base }: { now: Spec; base: Spec },
  observation: Observation,
  kinds: readonly Kind[],
  options: PlanOptions & { commit: string },
): Origins => {
  // what the plan deletes was still wanted then
  const wanted = new Set(base.resources.map(({ address }) => address))
  const live = Object.fromEntries(
    [...observation.doomed, ...Object.values(observation.live)]
      .filter(({ address }) => wanted.has(address))
      .map((one): [string, Live] => [one.address, one]),
  )
  const named = new Set(now.resources.map(({ address }) => address))
  const unseen = new Set(
    base.resources
      .map(({ address }) => address)
      .filter(address => live[address] === undefined && !named.has(address)),
  )
  const older = makePlan(base, { ...observation, live, doomed: [] }, kinds, options)
  const before = new Map(older.changes.map(change => [change.address, change]))
  const touched = plan.changes.filter(({ action, blocked }) => action !== 'none' || blocked.length > 0)
  const isDoomed = doomedIn(base)
  const mentionsUnseen = (one: Difference) => refsIn(one.after ?? null).some(({ $ref }) => unseen.has($ref))

  const withoutUnseen = (change: Change | undefined): Change | undefined =>
    change && { ...change, fields: change.fields.filter(field => !mentionsUnseen(field)) }

  return {
    commit: options.commit,
    changes: Object.fromEntries(
      touched.map(change => [
        change.address,
        resourceOrigin(change, withoutUnseen(before.get(change.address)), isDoomed(change.address)),
      ]),
    ),
    accepted: plan.changes.flatMap(change => {
      const now = new Set(differencesOf(change).map(({ path }) => path))
      const was = before.get(change.address)
      // what comes or goes is not taken over
      if (was?.action !== 'update' || change.action === 'create' || change.action === 'delete') return []
      return was.fields
        .filter(field => !now.has(field.path) && !mentionsUnseen(field))
        .map(({ path }) => ({ address: change.address, path }))
    }),
    unknown: [...unseen].map(address => `${address} was in the file and is not any more, so it was not read`),
  }
}
