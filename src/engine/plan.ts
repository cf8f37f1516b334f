// The plan: one pure function from what should be and what is to what to do. No clock, no I/O, no chance.
import type {
  Address,
  Blocked,
  Change,
  Desired,
  Diagnostic,
  FieldChange,
  Impact,
  Live,
  Observation,
  Plan,
  Spec,
  Term,
  Unlisted,
} from '../model.ts'
import type { Context, Field, Kind, Values, Violation, Where } from '../kinds/kind.ts'
import { attributeOf, knownAttributes } from './attributes.ts'
import { createCalls, idsOf, removeCalls, updateCalls } from './calls.ts'
import { defaultOf, liveValues } from './canonical.ts'
import { fingerprint, planHash } from './hash.ts'
import { inOrder } from './order.ts'
import { isOwnershipTag } from './owner.ts'
import { isObject, type Lookup, refsIn, secretsIn } from './terms.ts'
import { changedFields, isFixed, merge, type Merged } from './values.ts'

export interface PlanOptions {
  /** `--allow`: `restore-defaults`, `replace-domain`, impacts */
  allow?: readonly string[]
  /** only these resources and what they need */
  targets?: readonly Address[]
  /** name and version, `cogsync/1.2.3` */
  tool: string
  /** the time, ISO 8601: for `ignore` with an end, and for roles too young to have spread */
  now?: string
}

/**
 * What to do so that AWS is as the file says. Frozen inputs stay untouched; the same inputs give the same plan.
 * Whatever is wrong with the plan is in its diagnostics; with an error among them it must not be applied.
 */
export const makePlan = (
  spec: Spec,
  observation: Observation,
  kinds: readonly Kind[],
  options: PlanOptions,
): Plan => {
  const where: Where = {
    region: observation.region,
    account: observation.account,
    partition: observation.partition,
  }
  const world = makeWorld(spec, observation, kinds, where)
  const wantedAddresses = inScope(spec, options.targets)
  const drafts = spec.resources
    .filter(desired => wantedAddresses(desired.address))
    .filter(desired => !observation.unread.some(unread => covers(unread.address, desired.address)))
    .map(desired => draft(world, desired, options))
  const doomed = observation.doomed
    .filter(live => wantedAddresses(live.address))
    .map(live => removal(world, live, drafts))
    .reverse()
  const changes = [...inOrder(drafts), ...doomed]
  const body: Omit<Plan, 'hash'> = {
    format: 1,
    tool: options.tool,
    target: {
      stack: spec.stack,
      ...(spec.environment !== undefined && { environment: spec.environment }),
      ...where,
    },
    changes,
    unlisted: [...observation.unlisted, ...unlistedEntries(world)],
    unread: observation.unread,
    diagnostics: [
      ...observation.diagnostics,
      ...adoptions(changes, options),
      ...outdated(spec, options),
    ],
    fingerprints: Object.fromEntries(
      changes
        .filter(change => change.action !== 'none')
        .map(change => {
          const live = observation.live[change.address] ?? observation.doomed.find(one => one.address === change.address)
          return [change.address, live === undefined ? 'absent' : fingerprint(world.kindOf(live.kind), live.wire, where)]
        }),
    ),
    known: Object.fromEntries(
      Object.values(observation.live).map(live => [
        live.address,
        knownAttributes(world.kindOf(live.kind), live.ids, where),
      ]),
    ),
    secrets: Object.fromEntries(
      Object.entries(spec.secrets).filter(([name]) =>
        changes.some(change => change.calls.some(call => secretsIn(call.input).includes(name))),
      ),
    ),
  }
  return { ...body, hash: planHash(body) }
}

/** Everything a plan is made from, with each resource merged once. */
interface World {
  spec: Spec
  observation: Observation
  where: Where
  kindOf(name: string): Kind
  merged(address: Address): Merged
  desired(address: Address): Desired | undefined
  lookup: Lookup
}

const makeWorld = (spec: Spec, observation: Observation, kinds: readonly Kind[], where: Where): World => {
  const byName = new Map(kinds.map(kind => [kind.name, kind]))
  const byAddress = new Map(spec.resources.map(desired => [desired.address, desired]))
  const cache = new Map<Address, Merged>()
  const kindOf = (name: string): Kind => {
    const kind = byName.get(name)
    if (kind === undefined) throw new Error(`no kind ${name}`)
    return kind
  }
  const merged = (address: Address): Merged => {
    const cached = cache.get(address)
    if (cached) return cached
    const desired = byAddress.get(address)
    if (desired === undefined) throw new Error(`no resource ${address}`)
    const made = merge(desired, kindOf(desired.kind), observation.live[address], spec, where, lookup)
    cache.set(address, made)
    return made
  }
  const lookup: Lookup = ref =>
    attributeOf(
      ref,
      address => {
        const desired = byAddress.get(address)
        if (desired === undefined) return undefined
        return {
          kind: kindOf(desired.kind),
          ids: observation.live[address]?.ids,
          values: () => {
            const one = merged(address)
            return { ...one.after, ...one.written }
          },
        }
      },
      where,
    )
  return { spec, observation, where, kindOf, merged, desired: address => byAddress.get(address), lookup }
}

/** Whether an address is the other's, or its ancestor's. */
const covers = (outer: Address, inner: Address): boolean => inner === outer || inner.startsWith(`${outer}.`)

/** The resource without parent that an address is under: `userPools.customers`. */
const rootOf = (address: Address): Address => address.split('.').slice(0, 2).join('.')

/** With targets: those resources, what is under them, and all they refer to. */
const inScope = (spec: Spec, targets: readonly Address[] | undefined): ((address: Address) => boolean) => {
  if (targets === undefined || targets.length === 0) return () => true
  const scope = new Set<Address>()
  const add = (desired: Desired): void => {
    if (scope.has(desired.address)) return
    scope.add(desired.address)
    for (const address of neededBy(desired)) {
      const needed = spec.resources.find(one => one.address === address)
      if (needed) add(needed)
    }
  }
  spec.resources.filter(desired => targets.some(target => covers(target, desired.address))).forEach(add)
  return address => scope.has(address) || targets.some(target => covers(target, address))
}

/** The resources that must be made before: the parent, and all that is referred to. */
const neededBy = (desired: Desired): Address[] => [
  ...new Set([
    ...(desired.parent === undefined ? [] : [desired.parent]),
    ...Object.values(desired.spec)
      .flatMap(refsIn)
      .map(ref => ref.$ref)
      .filter(address => address !== ''),
  ]),
]

const draft = (world: World, desired: Desired, options: PlanOptions): Change => {
  const merged = world.merged(desired.address)
  const { kind, live } = merged
  const parentDesired = desired.parent === undefined ? undefined : world.desired(desired.parent)
  const parent =
    parentDesired === undefined ? undefined : { address: parentDesired.address, kind: world.kindOf(parentDesired.kind) }
  const ids = idsOf(merged, parent)
  const change: Change = {
    address: desired.address,
    kind: kind.name,
    action: 'none',
    name: live?.name ?? nameOf(merged),
    path: desired.path,
    ids: Object.fromEntries(Object.entries(ids).filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
    fields: [],
    blocked: [],
    preserved: merged.preserved.map(({ field, entry }) => `${field.path}.${entry}`),
    impact: [],
    after: neededBy(desired),
    calls: [],
  }
  if (desired.existing) return change
  const spreading = spreadingNeed(world, desired, options.now)
  return live === undefined && !(kind.blank && parentIsLive(world, desired))
    ? drafted(creation(world, merged, change, ids, spreading))
    : drafted(difference(world, merged, change, ids, spreading, options))
}

const drafted = (change: Change): Change => ({ ...change, impact: summed(change) })

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
  const times = neededBy(desired).flatMap(address => {
    const needed = world.desired(address)
    const spreads = needed === undefined ? undefined : world.kindOf(needed.kind).spreads
    if (needed === undefined || spreads === undefined || needed.existing) return []
    const merged = world.merged(address)
    const age = Date.parse(now ?? '') - Date.parse(merged.live?.createdAt ?? '')
    return merged.live === undefined || changedFields(merged).length > 0 || age < young ? [spreads] : []
  })
  return times.length === 0 ? undefined : Math.max(...times)
}

const creation = (world: World, merged: Merged, change: Change, ids: ReturnType<typeof idsOf>, spreading: number | undefined): Change => {
  const { desired, kind, after } = merged
  const fields = changedFields(merged)
    .filter(({ field, after: value }) => desired.spec[field.path] !== undefined || !isNothing(value))
    .filter(({ field }) => desired.spec[field.path] !== undefined || field.path === kind.nameField || field.path === kind.tags)
    .map(({ field, after: value }): FieldChange => ({ path: field.path, after: shown(merged, field) ?? value ?? null, impact: ['in-place'] }))
  const secrets = kind.fields
    .filter(field => field.secret && desired.spec[field.path] !== undefined)
    .map((field): FieldChange => ({ path: field.path, impact: ['in-place'], secret: 'unchecked' }))
  // nothing is kept of what does not exist yet: silence is AWS's default, whatever the row says
  const made = Object.fromEntries(kind.fields.map(field => [field.path, after[field.path] ?? defaultOf(field) ?? null]))
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
  value === undefined || value === null || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0)

/** What to show of a setting: the stated form where it says more than the canonical one (references). */
const shown = (merged: Merged, field: Field): Term | undefined => {
  const stated = merged.written[field.path]
  return field.codec === undefined || field.codec.canonical ? stated : undefined
}

const difference = (
  world: World,
  merged: Merged,
  change: Change,
  ids: ReturnType<typeof idsOf>,
  spreading: number | undefined,
  options: PlanOptions,
): Change => {
  const { desired, kind, live, before, after } = merged
  const changed = changedFields(merged)
  const renamed = changed.find(({ field }) => kind.replace !== undefined && field.path === kind.nameField)
  if (renamed && options.allow?.includes(kind.replace as string)) {
    const made = createCalls(merged, { ...ids, ...naturalIds(merged) }, world.where, spreading) ?? []
    return {
      ...change,
      action: 'replace',
      fields: changed.map(one => fieldChange(merged, one)).map(field => ({ ...field, impact: ['login-breaking'] })),
      calls: [...removeCalls(kind, before, ids), ...made],
    }
  }
  const stuck = changed.flatMap(one => stuckBecause(merged, one))
  const free = changed.filter(({ field }) => !stuck.some(block => block.path === field.path))
  const values: Values = { ...before, ...Object.fromEntries(free.map(({ field }) => [field.path, after[field.path]])) }
  const wrong = newViolations(world, merged, values).map(violation => asBlocked(violation, before, after))
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
          state => newViolations(world, merged, state).length === 0,
        )
  const unordered = wrong.length === 0 && calls === undefined && free.length > 0
  const blocked = [
    ...stuck,
    ...wrong,
    ...(unordered ? [noOrder(free.map(({ field }) => field.path))] : []),
    ...(strange.length > 0 && calls !== undefined && calls.length > 0 ? [unknownMembers(strange)] : []),
  ]
  const halted = wrong.length > 0 || unordered || (strange.length > 0 && blocked.length > 0)
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

type Changed = ReturnType<typeof changedFields>[number]

const fieldChange = (merged: Merged, { field, before, after }: Changed): FieldChange => {
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

/** Why a change cannot be made, if it cannot. */
const stuckBecause = (merged: Merged, { field, before, after }: Changed): Blocked[] => {
  const block = (code: string, reason: string, remedy: string, path = field.path): Blocked => ({
    path,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    code,
    reason,
    remedy,
  })
  const { kind, desired } = merged
  if (kind.replace !== undefined && field.path === kind.nameField)
    return [block('COG3002', `a ${kind.title} cannot be renamed, only deleted and made again`, field.remedy ?? `run with --allow ${kind.replace}`)]
  if (isFixed(kind, field))
    return [block('COG3001', 'AWS fixes this setting when the resource is made', field.remedy ?? 'state the value that AWS has, or leave the line out')]
  if (field.collection?.permanent && isObject(before) && isObject(after)) {
    const redefined = Object.keys(after).filter(key => key in before && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    if (redefined.length > 0)
      return [block('COG3001', `AWS does not change what exists: ${redefined.join(', ')}`, field.remedy ?? 'state what AWS has')]
  }
  if (after === null && (field.clear === 'impossible' || field.clear === 'unproven') && desired.spec[field.path] === null)
    return [
      block(
        'COG3003',
        field.clear === 'impossible' ? 'AWS has no way to take this setting away' : 'no way to take this setting away is proven',
        'leave the line out: what is there is kept',
      ),
    ]
  return []
}

const noOrder = (paths: string[]): Blocked => ({
  path: paths[0] as string,
  code: 'COG3004',
  reason: `AWS would refuse every order of these changes: ${paths.join(', ')}`,
  remedy: 'make them in two steps, with an apply between',
})

const unknownMembers = (paths: string[]): Blocked => ({
  path: paths[0] as string,
  code: 'COG3005',
  reason: `AWS holds settings that this version of cogsync does not know: ${paths.join(', ')}; an update would reset them`,
  remedy: 'update cogsync, or accept the loss with strangers: { accept: [...] }',
})

const contextOf = (world: World, merged: Merged): Context => {
  const { desired } = merged
  const parent = desired.parent === undefined ? undefined : world.desired(desired.parent)
  const values = (one: Desired) => world.merged(one.address).after
  return {
    ...world.where,
    key: desired.key,
    creating: merged.live === undefined,
    ...(parent && { parent: values(parent) }),
    siblings: name => {
      const isRoot = (one: Desired) => one.parent === undefined
      return world.spec.resources
        .filter(one => one.kind === name && (isRoot(one) || one.parent === desired.parent))
        .map(one => ({ key: one.key, values: values(one) }))
    },
    complete: parent === undefined || parent.existing === undefined,
  }
}

const violationsOf = (world: World, merged: Merged, values: Values): Violation[] =>
  (merged.kind.check?.(values, contextOf(world, merged)) ?? []).filter(
    violation => (violation.severity ?? 'error') === 'error',
  )

/** What would be wrong then and is not wrong now: AWS keeps old pools that it would not make today. */
const newViolations = (world: World, merged: Merged, values: Values): Violation[] => {
  // what was read and is not there is known not to be there
  const known = (all: Values): Values =>
    Object.fromEntries(merged.kind.fields.filter(field => !field.secret).map(({ path }) => [path, all[path] ?? null]))
  const old = new Set(
    violationsOf(world, merged, known(merged.before)).map(violation => `${violation.code} ${violation.field}`),
  )
  return violationsOf(world, merged, known(values)).filter(violation => !old.has(`${violation.code} ${violation.field}`))
}

const asBlocked = (violation: Violation, before: Values | undefined, after: Values): Blocked => ({
  path: violation.field,
  ...(before?.[violation.field] !== undefined && { before: before[violation.field] as Term }),
  ...(after[violation.field] !== undefined && { after: after[violation.field] as Term }),
  code: violation.code,
  reason: violation.message,
  remedy: violation.hint,
})

/** The deletion of what a tombstone or `prune` names. */
const removal = (world: World, live: Live, drafts: readonly Change[]): Change => {
  const kind = world.kindOf(live.kind)
  const ids = Object.fromEntries(kind.ids.map(member => [member, live.ids[member] ?? '']))
  return {
    address: live.address,
    kind: kind.name,
    action: 'delete',
    name: live.name,
    path: [],
    ids,
    fields: [],
    blocked: [],
    preserved: [],
    impact: kind.stateful ? ['login-breaking', 'irreversible'] : ['login-breaking'],
    // whatever still used it must have let go of it
    after: drafts.filter(draft => draft.calls.length > 0 && rootOf(draft.address) === rootOf(live.address)).map(draft => draft.address),
    calls: removeCalls(kind, liveValues(kind, live.wire, world.where), ids),
  }
}

/** Entries inside settings that the file does not list. */
const unlistedEntries = (world: World): Unlisted[] =>
  world.spec.resources
    .filter(desired => !desired.existing && world.observation.live[desired.address] !== undefined)
    .flatMap(desired => {
      const merged = world.merged(desired.address)
      return merged.preserved.map(
        ({ field, entry }): Unlisted => ({
          kind: desired.kind,
          address: `${desired.address}.${field.path}.${entry}`,
          name: entry,
          drift: field.collection?.drift === true,
        }),
      )
    })

/** Adopting something must not quietly reset it. */
const adoptions = (changes: readonly Change[], options: PlanOptions): Diagnostic[] =>
  options.allow?.includes('restore-defaults')
    ? []
    : changes
        .filter(change => change.action === 'adopt' && change.fields.some(field => field.restored))
        .map(
          (change): Diagnostic => ({
            code: 'COG3006',
            severity: 'error',
            path: change.path,
            onKey: true,
            message: `taking over ${change.address} would also reset ${change.fields.filter(field => field.restored).length} settings that the file does not mention`,
            hint: 'state them, or set `unspecified: keep`, or run with --allow restore-defaults',
          }),
        )

/** `ignore`s that have run out. */
const outdated = (spec: Spec, options: PlanOptions): Diagnostic[] =>
  spec.resources.flatMap(desired =>
    (desired.ignore ?? [])
      .filter(ignore => ignore.until !== undefined && options.now !== undefined && ignore.until <= options.now.slice(0, 10))
      .map(
        (ignore): Diagnostic => ({
          code: 'COG3007',
          severity: 'warning',
          path: [...desired.path, 'ignore'],
          message: `ignoring ${ignore.path} was to end on ${ignore.until}`,
          hint: 'take the setting back, or give a later date',
        }),
      ),
  )
