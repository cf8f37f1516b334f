// Letting go: what others say of a resource that is to be deleted, taken out of them and nothing else changed.

import { parentOf } from '../address.ts'
import type { Address, Blocked, Change, Live, Term } from '../model.ts'
import type { Field, Kind, Values } from '../table/kind.ts'
import { isObject } from '../term.ts'
import { defaultOf, liveValues } from '../values/canonical.ts'
import { isFixed, type Merged } from '../values/merge.ts'
import { updateCalls } from './calls.ts'
import { fieldChange } from './change.ts'
import type { World } from './context.ts'
import { asBlocked, noOrder, unknownMembers, worsening } from './safety.ts'

const ownId = (kind: Kind, live: Live): string => live.ids[kind.ids.at(-1) as string] ?? live.name

/** Whether a value has a string that passes, to any depth, keys included. */
const says = (value: Term, passes: (text: string) => boolean): boolean => {
  if (typeof value === 'string') return passes(value)
  if (Array.isArray(value)) return value.some(item => says(item, passes))
  return isObject(value) && Object.entries(value).some(([key, inner]) => passes(key) || says(inner, passes))
}

/** What a setting becomes without a resource; `undefined`: it says nothing of it. `stuck`: it cannot be without. */
const without = (
  world: World,
  field: Field,
  value: Term | undefined,
  place: { parent: Address | undefined },
  gone: Live,
): { value: Term; stuck?: string } | undefined => {
  const kind = world.kindOf(gone.kind)
  const id = ownId(kind, gone)
  const arn = gone.ids['Arn']
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) {
    const sibling = field.names?.kind === gone.kind && place.parent === parentOf(gone.address)
    const rest = value.filter(
      item =>
        !(sibling && typeof item === 'string' && field.names?.as(id, item)) &&
        !(isOf(world, field, kind) && says(item, text => text.includes(id))),
    )
    if (rest.length === value.length) return undefined
    return rest.length === 0 && (field.empty ?? 'empty') !== 'empty'
      ? { value, stuck: 'it would be empty, which AWS takes for something else' }
      : { value: rest }
  }
  if (isObject(value)) {
    if (isOf(world, field, kind) && field.bare?.at === 'key') {
      const rest = Object.entries(value).filter(([key]) => !key.includes(id))
      return rest.length === Object.keys(value).length ? undefined : { value: Object.fromEntries(rest) }
    }
    const named = field.bare !== undefined && arn !== undefined && says(value, text => text === arn)
    return named ? { value, stuck: 'what it says would be left without it' } : undefined
  }
  if (arn === undefined || value !== arn) return undefined
  return field.clear === 'impossible' || field.clear === 'unproven' || isFixed(kind, field)
    ? { value, stuck: 'AWS has no way to take it away' }
    : { value: null }
}

/** Whether the bare paths of a setting name resources of a kind, or of one below it. */
const isOf = (world: World, field: Field, kind: Kind): boolean => {
  let named = field.bare && world.kindOf(field.bare.kind)
  while (named !== undefined && named.name !== kind.name)
    named = named.parent === undefined ? undefined : world.kindOf(named.parent)
  return named !== undefined
}

/** The change that makes a resource say nothing of those that go; `undefined` when it says nothing of them. */
export const release = (world: World, live: Live, gone: readonly Live[]): Change | undefined => {
  const desired = world.desired(live.address)
  if (desired === undefined) return undefined
  const kind = world.kindOf(live.kind)
  const before = liveValues(kind, live.wire, world.where)
  const stuck: Blocked[] = []
  const after: Values = { ...before }
  for (const one of gone)
    for (const field of kind.fields) {
      const found = without(world, field, after[field.path], { parent: desired.parent }, one)
      if (found?.stuck !== undefined) stuck.push(heldBy(field, found.value, one, found.stuck))
      else if (found !== undefined) after[field.path] = found.value
    }
  const fields = kind.fields.filter(field => after[field.path] !== before[field.path])
  if (fields.length === 0 && stuck.length === 0) return undefined
  return altered(world, { desired, kind, live, before, after, written: after, preserved: [] }, fields, stuck)
}

const heldBy = (field: Field, before: Term, gone: Live, why: string): Blocked => ({
  path: field.path,
  before,
  code: 'COG3013',
  reason: `it names ${gone.address}, and ${why}`,
  remedy: 'give it another value first, or destroy it too',
})

/** The change of some settings of a live resource, all others sent back as they are. */
export const altered = (
  world: World,
  merged: Merged & { live: Live },
  fields: readonly Field[],
  stuck: readonly Blocked[] = [],
): Change => {
  const { desired, kind, live, before, after } = merged
  const ids = Object.fromEntries(kind.ids.map(member => [member, live.ids[member] ?? '']))
  const worse = worsening(world, merged)
  const wrong = worse(after).map(violation => asBlocked(violation, before, after))
  const strange = live.strangers.filter(path => !desired.strangers?.accept?.includes(path))
  const calls = updateCalls(merged, fields, ids, world.where, undefined, (state, operation) =>
    worse(state).every(({ by }) => by !== undefined && by !== operation),
  )
  const blocked = [
    ...stuck,
    ...wrong,
    ...(calls === undefined && wrong.length === 0 ? [noOrder(fields.map(({ path }) => path))] : []),
    ...(strange.length > 0 ? [unknownMembers(strange)] : []),
  ]
  const changes = fields.map(field =>
    fieldChange(merged, {
      field,
      before: before[field.path],
      after: after[field.path] ?? defaultOf(field) ?? null,
    }),
  )
  return {
    address: live.address,
    kind: kind.name,
    action: blocked.length > 0 ? 'blocked' : 'update',
    name: live.name,
    path: desired.path,
    ids,
    // the file did not ask for it, but neither does it go back to a default
    fields: changes.map(({ restored: _restored, ...change }) => change),
    blocked,
    preserved: [],
    impact: [...new Set(changes.flatMap(({ impact }) => impact))],
    after: [],
    calls: blocked.length > 0 ? [] : (calls ?? []),
  }
}
