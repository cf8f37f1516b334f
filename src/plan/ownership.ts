// Whose a plan's resources are, beyond what one of them tells: nothing is made beside what is ours and unclaimed,
// nothing is renamed or taken from others unasked, and what is given up loses our tags and nothing else.

import { parentOf } from '../address.ts'
import type { Address, Call, Change, Desired, Diagnostic, Live, Term, Unclaimed } from '../model.ts'
import { regionOf } from '../observe/tagged.ts'
import type { Kind, Where } from '../table/kind.ts'
import { isObject } from '../term.ts'
import { knownAttributes } from '../values/attributes.ts'
import { liveValues } from '../values/canonical.ts'
import { isOwnershipTag } from '../values/ownership.ts'
import type { PlanOptions, World } from './context.ts'

/** Errors for roots that would be made while one of ours of the same kind may be the one that is meant. */
export const besideUnclaimed = (world: World, changes: readonly Change[]): Diagnostic[] =>
  changes.flatMap((change): Diagnostic[] => {
    const desired = world.desired(change.address)
    if (desired === undefined || !isNewRoot(world, change, desired)) return []
    return world.observation.unclaimed
      .filter(one => one.kind === change.kind && isCandidate(world, one, desired))
      .map(one => ({
        code: 'COG4008',
        severity: 'error',
        path: change.path,
        onKey: true,
        message: `${change.address} would be made beside the ${world.kindOf(one.kind).title} ${one.name} (${one.id}), which carries the tags of ${ownerText(world, one)} and which the file does not claim`,
        hint: `${claimText(world, one, desired)}; if it is to go, run cogsync destroy${chosen(world)} --target ${one.address}; if it is no longer this file's, write ${releaseText(one)} at the top. If another file uses this stack, give each file a stack of its own`,
      }))
  })

/** How a command names the environment of the run. */
const chosen = ({ spec: { environment } }: World): string =>
  environment === undefined ? '' : ` --env ${environment}`

const isNewRoot = (world: World, { action, address }: Change, desired: Desired): boolean =>
  desired.parent === undefined &&
  (action === 'create' || action === 'blocked') &&
  world.observation.live[address] === undefined

/** One whose key the file does not have any more, or that has the same key elsewhere. */
const isCandidate = (world: World, { key, kind }: Unclaimed, desired: Desired): boolean =>
  key === desired.key || !world.under(kind, undefined).some(one => one.key === key && !one.existing)

const ownerText = (world: World, { key, environment }: Unclaimed): string =>
  [
    `stack ${world.spec.stack}`,
    ...(key === undefined ? [] : [`key ${key}`]),
    ...(environment === undefined ? [] : [`environment ${environment}`]),
  ].join(', ')

/** A former key claims what has this environment's tags; anything else takes the id. */
const claimText = ({ spec }: World, { key, environment, id }: Unclaimed, { key: now }: Desired): string =>
  key === undefined || key === now || environment !== spec.environment
    ? `if it is the same one, write \`id: ${id}\` here`
    : `if it is the same one, write \`movedFrom: ${key}\` or \`id: ${id}\` here`

const releaseText = ({ address }: Unclaimed): string => {
  const [block = '', ...key] = address.split('.')
  return `\`released: { ${block}: [${key.join('.')}] }\``
}

/** What was found by its tags and has another name than the file says: somebody renamed it, or the file is a copy. */
export const renames = (world: World, changes: readonly Change[], options: PlanOptions): Diagnostic[] =>
  changes.flatMap((change): Diagnostic[] => {
    const desired = world.desired(change.address)
    const live = world.observation.live[change.address]
    const kind = world.kindOf(change.kind)
    if (desired === undefined || desired.parent !== undefined || desired.id !== undefined) return []
    if (!live?.owned || kind.renamable !== true || change.calls.length === 0) return []
    const name = change.fields.find(({ path }) => path === kind.nameField)
    if (name === undefined || desired.renamedFrom === live.name) return []
    return [
      {
        code: 'COG4009',
        severity: options.allow?.includes(renaming) ? 'note' : 'warning',
        path: change.path,
        onKey: true,
        message: `${change.address} was found by its tags alone: it was \`${live.name}\`, and would be renamed to ${typeof name.after === 'string' ? `\`${name.after}\`` : 'another name'}`,
        hint: `if this file is a copy, change \`stack\`; if it is meant, write \`renamedFrom: ${live.name}\`, or run with --allow ${renaming}`,
      },
    ]
  })

/** The word of `--allow` for it. */
const renaming = 'rename'

/** Errors for what would be taken from others that a resource of ours works for. */
export const takings = (world: World, changes: readonly Change[]): Diagnostic[] =>
  changes.flatMap((change): Diagnostic[] => {
    const kind = world.kindOf(change.kind)
    const others = world.observation.serves?.[change.address] ?? []
    if (kind.serves === undefined || others.length === 0 || change.calls.length === 0) return []
    const { serves } = kind
    const served = world.kindOf(serves.kind)
    const desired = world.desired(change.address)
    const goes = change.action === 'delete'
    const states =
      goes || desired?.spec[serves.field] === undefined ? [] : serves.by(world.merged(change.address).after)
    const keeps = goes ? [] : desired === undefined ? others : serves.by(world.merged(change.address).after)
    const path = desired === undefined ? change.path : [...change.path, serves.field]
    const { region } = world.where
    const distant = others.filter(id => regionOf(served, id) !== region && !states.includes(id))
    if (distant.length > 0) return [ofAnotherRegion(world, change, kind, served, distant)]
    const taken = others.filter(id => !keeps.includes(id))
    return taken.length === 0
      ? []
      : [
          {
            code: 'COG4011',
            severity: 'error',
            path,
            message: `${change.address} would no longer serve the ${served.title} ${taken.join(', ')}, which is not one that this file claims here: its people would lose what they have through it`,
            hint: goes
              ? `take it out of ${serves.field} in AWS first, or leave the ${kind.title} to it`
              : `if it is this stack's, pin it with \`id: ${taken[0]}\`; if both are to use the ${kind.title}, ${serves.both}`,
          },
        ]
  })

const ofAnotherRegion = (
  world: World,
  change: Change,
  kind: Kind,
  served: Kind,
  ids: readonly string[],
): Diagnostic => {
  const regions = [...new Set(ids.flatMap(id => regionOf(served, id) ?? []))].join(', ')
  return {
    code: 'COG4012',
    severity: 'error',
    path: change.path,
    onKey: true,
    message: `${change.address} is the ${kind.title} of ${regions}: ${change.name} serves the ${served.title} ${ids.join(', ')} there, so a plan for ${world.where.region} does not change it`,
    hint: `give each Region its own: \`name: ${change.name}-\${region}\``,
  }
}

/** What others may have made under the same name, where nothing but the name says whose it is. */
export const presumed = (world: World, changes: readonly Change[], options: PlanOptions): Diagnostic[] =>
  changes.flatMap((change): Diagnostic[] => {
    const { address, path, action, ids, fields } = change
    if (action !== 'update' && action !== 'delete') return []
    const kind = world.kindOf(change.kind)
    const { id: pinned, parent: above } = world.desired(address) ?? { parent: parentOf(address) }
    const parent = above === undefined ? undefined : world.desired(above)
    const isTold = kind.natural !== undefined || kind.match === 'key' || kind.presence === 'facet'
    if (parent?.existing === undefined || isTold || pinned !== undefined) return []
    const id = ids[kind.ids.at(-1) as string] as string
    // a tombstone may name the id
    if (action === 'delete' && world.spec.removed.some(one => one.parent === above && one.name === id))
      return []
    const isTaken = options.adopt === true || options.adopt?.includes(address) === true
    const hurts =
      action === 'delete' ||
      change.impact.some(one => one === 'login-breaking' || one === 'security-loosening')
    const what =
      action === 'delete'
        ? 'it would be deleted'
        : fields.length === 1
          ? 'a setting of it changes'
          : `${fields.length} settings of it change`
    return [
      {
        code: 'COG3031',
        severity: hurts && !isTaken ? 'error' : 'warning',
        path,
        onKey: true,
        message: `${kind.title} ${id} is taken for ${address} by its name alone, on a ${world.kindOf(parent.kind).title} that others own; ${what}`,
        hint:
          action === 'delete'
            ? `if it is yours, name it by its id under \`removed\`: ${id}`
            : `if it is yours, state id: ${id}${hurts ? `, or run with --adopt ${address}` : ''}; if not, choose another name`,
      },
    ]
  })

/** The changes that take our tags off what the file gives up. */
export const givenUp = (world: World, wanted: (address: Address) => boolean): Change[] =>
  (world.observation.released ?? [])
    .filter(({ live }) => wanted(live.address))
    .map(({ live, path }) => untagging(world, live, path))

/** The call that takes tags off a resource and does nothing else. */
const untagCall = (
  kind: Kind,
  ids: { [member: string]: string },
  where: Where,
  keys: readonly string[],
): Call => {
  const known = { ...knownAttributes(kind, ids, where), ...ids }
  const { operation, on } = kind.untag ?? { operation: '', on: {} }
  return {
    operation,
    input: {
      ...Object.fromEntries(Object.entries(on).map(([member, from]) => [member, known[from] as string])),
      TagKeys: [...keys],
    },
  }
}

const untagging = (world: World, live: Live, path: Change['path']): Change => {
  const kind = world.kindOf(live.kind)
  const tags = kind.tags ?? ''
  const held = liveValues(kind, live.wire, world.where)[tags]
  const before: { [tag: string]: Term } = isObject(held) ? held : {}
  const after = Object.fromEntries(Object.entries(before).filter(([tag]) => !isOwnershipTag(tag)))
  const keys = Object.keys(before).filter(isOwnershipTag).sort()
  return {
    address: live.address,
    kind: live.kind,
    action: 'update',
    name: live.name,
    path,
    ids: Object.fromEntries(kind.ids.map(member => [member, live.ids[member] as string])),
    fields: [{ path: tags, before, after, impact: ['in-place'] }],
    blocked: [],
    preserved: [],
    impact: ['in-place'],
    after: [],
    calls: [untagCall(kind, live.ids, world.where, keys)],
  }
}
