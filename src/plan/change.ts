// One resource's change: what to create, what to update, what to delete, by which calls.

import type { Change, Desired, FieldChange, Impact, Term } from '../model.ts'
import type { Values } from '../table/kind.ts'
import { isObject, resolve } from '../term.ts'
import { defaultOf } from '../values/canonical.ts'
import { type Changed, changedFields, type Merged } from '../values/merge.ts'
import { isOwnershipTag } from '../values/ownership.ts'
import type { Ids } from '../values/wire.ts'
import { createCalls, idsOf, removeCalls, updateCalls } from './calls.ts'
import type { PlanOptions, World } from './context.ts'
import { regardOf } from './management.ts'
import {
  asBlocked,
  noOrder,
  stuckBecause,
  unknownMembers,
  unsendable,
  violationsOf,
  worsening,
} from './safety.ts'
import { delivering } from './secret-delivery.ts'
import { withFlows } from './secret-flows.ts'

export const draft = (world: World, desired: Desired, options: PlanOptions): Change => {
  const merged = world.merged(desired.address)
  const { kind, live } = merged
  const parentDesired = desired.parent === undefined ? undefined : world.desired(desired.parent)
  const parent =
    parentDesired === undefined
      ? undefined
      : { address: parentDesired.address, kind: world.kindOf(parentDesired.kind) }
  const ids = resolve(idsOf(merged, parent), world.lookup) as Ids
  const change: Change = {
    address: desired.address,
    kind: kind.name,
    action: 'none',
    name: live?.name ?? nameOf(merged),
    path: desired.path,
    ids: Object.fromEntries(
      Object.entries(ids).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    ),
    fields: [],
    blocked: [],
    preserved: merged.preserved.map(({ field, entry }) => `${field.path}.${entry}`),
    impact: [],
    after: world.neededBy(desired),
    calls: [],
  }
  if (desired.assumed && live !== undefined) return change
  if (desired.existing || regardOf(kind, desired, world.lookup, world.where) !== undefined) return change
  const spreading = spreadingNeed(world, desired, options.now)
  return live === undefined && !(kind.blank && parentIsLive(world, desired))
    ? arriving(world, desired, drafted(world, merged, creation(world, merged, change, ids, spreading), ids))
    : drafted(world, merged, difference(world, merged, change, ids, spreading, options), ids)
}

/** One that lets people in, made. */
const arriving = (world: World, desired: Desired, change: Change): Change =>
  world.kindOf(desired.kind).people === 'through' && change.action === 'create'
    ? {
        ...change,
        impact: ['security-loosening', ...change.impact.filter(impact => impact !== 'in-place')],
      }
    : change

const drafted = (world: World, merged: Merged, change: Change, ids: Ids): Change => {
  const whole = withFlows(world, merged, delivering(world, merged, change, ids))
  return { ...whole, impact: summed(whole) }
}

const summed = (change: Change): Impact[] => {
  const all = [...new Set(change.fields.flatMap(field => field.impact))]
  const loud = all.filter(impact => impact !== 'in-place')
  return loud.length > 0 ? loud : all
}

const parentIsLive = (world: World, desired: Desired): boolean =>
  desired.parent === undefined || world.observation.live[desired.parent] !== undefined

const nameOf = ({ kind, written, desired }: Merged): string => {
  const name = kind.nameField === undefined ? undefined : written[kind.nameField]
  return typeof name === 'string' ? name : desired.key
}

/** A resource younger than this, in milliseconds, may not have spread yet. */
const young = 300_000

/** For how long (seconds) errors of propagation are to be expected: what this one names changes, or is young. */
const spreadingNeed = (world: World, desired: Desired, now: string | undefined): number | undefined => {
  const times = world.neededBy(desired).flatMap(address => {
    const needed = world.desired(address)
    const spreads = needed === undefined ? undefined : world.kindOf(needed.kind).spreads
    if (needed === undefined || spreads === undefined || needed.existing) return []
    const merged = world.merged(address)
    const age = Date.parse(now ?? '') - Date.parse(merged.live?.createdAt ?? '')
    return merged.live === undefined || changedFields(merged).length > 0 || age < young ? [spreads] : []
  })
  return times.length === 0 ? undefined : Math.max(...times)
}

const creation = (
  world: World,
  merged: Merged,
  change: Change,
  ids: Ids,
  spreading: number | undefined,
): Change => {
  const { desired, kind, after } = merged
  const fields = changedFields(merged)
    .filter(({ field, after: value }) => desired.spec[field.path] !== undefined || !isNothing(value))
    .filter(
      ({ field }) =>
        desired.spec[field.path] !== undefined || field.path === kind.nameField || field.path === kind.tags,
    )
    .map(
      ({ field, after: value }): FieldChange => ({
        path: field.path,
        after: merged.written[field.path] ?? value ?? null,
        impact: ['in-place'],
      }),
    )
  const secrets = kind.fields
    .filter(field => field.secret && desired.spec[field.path] !== undefined)
    .map((field): FieldChange => ({ path: field.path, impact: ['in-place'], secret: 'unchecked' }))
  // nothing is kept of what does not exist yet: silence is AWS's default, whatever the row says
  const made: Values = {}
  for (const field of kind.fields) made[field.path] = after[field.path] ?? defaultOf(field) ?? null
  const blocked = violationsOf(world, merged, made).map(violation => asBlocked(violation, undefined, after))
  const calls = blocked.length > 0 ? [] : createCalls(merged, ids, world.where, spreading)
  return {
    ...change,
    action: blocked.length > 0 || calls === undefined ? 'blocked' : 'create',
    fields: [...fields, ...secrets],
    blocked,
    calls: calls ?? [],
  }
}

const isNothing = (value: Term | undefined): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)

const difference = (
  world: World,
  merged: Merged,
  change: Change,
  ids: Ids,
  spreading: number | undefined,
  options: PlanOptions,
): Change => {
  const { desired, kind, live, before, after } = merged
  const changed = changedFields(merged)
  if (changed.length === 0) return change
  const renamed = changed.find(({ field }) => kind.replace !== undefined && field.path === kind.nameField)
  if (renamed && options.allow?.includes(kind.replace as string)) {
    const made = createCalls(merged, { ...ids, ...naturalIds(merged) }, world.where, spreading) ?? []
    return {
      ...change,
      action: 'replace',
      fields: changed
        .map(one => fieldChange(merged, one))
        .map(field => ({ ...field, impact: ['login-breaking'] })),
      calls: [...removeCalls(kind, live?.wire ?? {}, before, ids), ...made],
    }
  }
  const stuck = changed.flatMap(one => stuckBecause(merged, one))
  const free = changed.filter(({ field }) => !stuck.some(block => block.path === field.path))
  const values: Values = {
    ...before,
    ...Object.fromEntries(free.map(({ field }) => [field.path, after[field.path]])),
  }
  const worse = worsening(world, merged)
  const wrong = (free.length === 0 ? [] : worse(values)).map(violation => asBlocked(violation, before, after))
  const strange = (live?.strangers ?? []).filter(path => !desired.strangers?.accept?.includes(path))
  const calls =
    wrong.length > 0
      ? undefined
      : updateCalls(
          merged,
          free.map(({ field }) => field),
          ids,
          world.where,
          spreading,
          (state, operation) => worse(state).every(({ by }) => by !== undefined && by !== operation),
        )
  const lost = unsendable(calls ?? [], free[0]?.field.path ?? '')
  const unordered = wrong.length === 0 && calls === undefined && free.length > 0
  const blocked = [
    ...stuck,
    ...wrong,
    ...lost,
    ...(unordered ? [noOrder(free.map(({ field }) => field.path))] : []),
    ...(strange.length > 0 && calls !== undefined && calls.length > 0 ? [unknownMembers(strange)] : []),
  ]
  const halted = wrong.length + lost.length > 0 || unordered || (strange.length > 0 && blocked.length > 0)
  const adopts = live !== undefined && !live.owned && kind.tags !== undefined
  const fields = free.map(one => fieldChange(merged, one))
  const parentNew = live === undefined
  return {
    ...change,
    action:
      halted || (fields.length === 0 && blocked.length > 0)
        ? 'blocked'
        : fields.length === 0
          ? 'none'
          : adopts
            ? 'adopt'
            : parentNew && !parentIsLive(world, desired)
              ? 'create'
              : 'update',
    fields,
    blocked,
    calls: halted ? [] : (calls ?? []),
  }
}

/** The natural ids of what the file says, for making a thing again under another name. */
const naturalIds = ({ kind, written }: Merged): { [member: string]: Term } =>
  Object.fromEntries(
    Object.entries(kind.natural ?? {}).map(([member, field]) => [member, written[field] ?? null]),
  )

export const fieldChange = (merged: Merged, { field, before, after }: Changed): FieldChange => {
  const impact = field.impact?.(before, after) ?? []
  const silent = merged.desired.spec[field.path] === undefined
  return {
    path: field.path,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    impact: impact.length > 0 ? impact : ['in-place'],
    ...(silent && !(field.path === merged.kind.tags && onlyOwnership(before, after)) && { restored: true }),
  }
}

/** Whether two tag maps differ in nothing but cogsync's own tags. */
const onlyOwnership = (before: Term | undefined, after: Term | undefined): boolean => {
  const foreign = (tags: Term | undefined) =>
    Object.entries(isObject(tags) ? tags : {}).filter(([tag]) => !isOwnershipTag(tag))
  return JSON.stringify(foreign(before).sort()) === JSON.stringify(foreign(after).sort())
}
