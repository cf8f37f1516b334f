// What must not be done, and why: changes that AWS cannot make, states that it would refuse, takeovers that
// would reset something, ignores that have run out.

import { rootOf } from '../address.ts'
import type { Blocked, Call, Change, Diagnostic, Spec, Term } from '../model.ts'
import type { Context, Values, Violation } from '../table/kind.ts'
import { filesIn, isObject } from '../term.ts'
import { type Changed, isFixed, type Merged } from '../values/merge.ts'
import { isRestarted } from './calls.ts'
import type { PlanOptions, World } from './context.ts'

/** Tags of a pool or a role [G23][M]; AWS's own do not count. */
const mostTags = 50

/** Why a change cannot be made, if it cannot. */
export const stuckBecause = (merged: Merged, { field, before, after }: Changed): Blocked[] => {
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
    return [
      block(
        'COG3002',
        `a ${kind.title} cannot be renamed, only deleted and made again`,
        field.remedy ?? `run with --allow ${kind.replace}`,
      ),
    ]
  if (field.path === kind.tags && isObject(after) && Object.keys(after).length > mostTags)
    return [
      block(
        'COG3030',
        `with cogsync's own it would have ${Object.keys(after).length} tags, and AWS allows ${mostTags}`,
        'take some off in AWS, or refer to it with `existing:`',
      ),
    ]
  const kept = field.kept?.(before)
  if (kept !== undefined) return [block('COG3009', kept.reason, kept.remedy)]
  if (isFixed(kind, field))
    return [
      block(
        'COG3001',
        'AWS fixes this setting when the resource is made',
        field.remedy ?? 'state the value that AWS has, or leave the line out',
      ),
    ]
  if (field.collection?.permanent && isObject(before) && isObject(after)) {
    const redefined = Object.keys(after).filter(
      key => key in before && JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    )
    if (redefined.length > 0)
      return [
        block(
          'COG3001',
          `AWS does not change what exists: ${redefined.join(', ')}`,
          field.remedy ?? 'state what AWS has',
        ),
      ]
  }
  if (
    after === null &&
    (field.clear === 'impossible' || field.clear === 'unproven') &&
    desired.spec[field.path] === null
  )
    return [
      block(
        'COG3003',
        field.clear === 'impossible'
          ? 'AWS has no way to take this setting away'
          : 'no way to take this setting away is proven',
        'leave the line out: what is there is kept',
      ),
    ]
  return []
}

export const noOrder = (paths: string[]): Blocked => ({
  path: paths[0] as string,
  code: 'COG3004',
  reason: `AWS would refuse every order of these changes: ${paths.join(', ')}`,
  remedy: 'make them in two steps, with an apply between',
})

export const unknownMembers = (paths: string[]): Blocked => ({
  path: paths[0] as string,
  code: 'COG3005',
  reason: `AWS holds settings that this version of cogsync does not know: ${paths.join(', ')}; an update would reset them`,
  remedy: 'update cogsync, or accept the loss with strangers: { accept: [...] }',
})

/** Bytes that only AWS has, and that a call would have to bring. */
export const unsendable = (calls: readonly Call[], path: string): Blocked[] =>
  calls.flatMap(call => filesIn(call.input)).some(({ $file }) => $file === '')
    ? [
        {
          path,
          code: 'COG3020',
          reason: 'AWS would drop a file that it holds and that is not in the repository',
          remedy: 'name the file here, or write null in its place to let it go',
        },
      ]
    : []

/** Changes that begin by making the resource blank, as each kind says it. */
export const restarts = (world: World, changes: readonly Change[]): Diagnostic[] =>
  changes.flatMap((change): Diagnostic[] => {
    if (change.action !== 'update' || change.calls.length === 0) return []
    const merged = world.merged(change.address)
    const note = merged.kind.restart?.note
    return note === undefined || !isRestarted(merged)
      ? []
      : [
          {
            ...note,
            severity: 'warning',
            path: change.path,
            onKey: true,
            message: `${change.address}: ${note.message}`,
          },
        ]
  })

const contextOf = (world: World, merged: Merged): Context => {
  const { desired } = merged
  const parent = desired.parent === undefined ? undefined : world.desired(desired.parent)
  return {
    ...world.where,
    key: desired.key,
    address: desired.address,
    creating: merged.live === undefined,
    ...(parent && { parent: world.merged(parent.address).after }),
    siblings: name => world.siblings(name, desired.parent),
    peers: name => world.peers(name, rootOf(desired.address)),
    complete: parent === undefined || parent.existing === undefined,
  }
}

export const violationsOf = (world: World, merged: Merged, values: Values): Violation[] =>
  (merged.kind.check?.(values, contextOf(world, merged)) ?? []).filter(
    violation => (violation.severity ?? 'error') === 'error',
  )

/** Tells what would be wrong then and is not wrong now: AWS keeps old pools that it would not make today. */
export const worsening = (world: World, merged: Merged): ((values: Values) => Violation[]) => {
  // what was read and is not there is known not to be there
  const broken = (all: Values): Violation[] =>
    violationsOf(
      world,
      merged,
      Object.fromEntries(
        merged.kind.fields.filter(field => !field.secret).map(({ path }) => [path, all[path] ?? null]),
      ),
    )
  const nameOf = ({ code, field }: Violation) => `${code} ${field}`
  let old: Set<string> | undefined
  return values => {
    const now = broken(values)
    if (now.length === 0) return now
    old ??= new Set(broken(merged.before).map(nameOf))
    const known = old
    return now.filter(violation => !known.has(nameOf(violation)))
  }
}

export const asBlocked = (violation: Violation, before: Values | undefined, after: Values): Blocked => ({
  path: violation.field,
  ...(before?.[violation.field] !== undefined && { before: before[violation.field] as Term }),
  ...(after[violation.field] !== undefined && { after: after[violation.field] as Term }),
  code: violation.code,
  reason: violation.message,
  remedy: violation.hint,
})

/** Adopting something must not quietly reset it. */
export const adoptions = (changes: readonly Change[], options: PlanOptions): Diagnostic[] =>
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
export const outdated = (spec: Spec, options: PlanOptions): Diagnostic[] =>
  spec.resources.flatMap(desired =>
    (desired.ignore ?? [])
      .filter(
        ignore =>
          ignore.until !== undefined && options.now !== undefined && ignore.until <= options.now.slice(0, 10),
      )
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
