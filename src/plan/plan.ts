// The plan: one pure function from what should be and what is to what to do. No clock, no I/O, no chance.

import type {
  Change,
  Desired,
  Impact,
  Live,
  Observation,
  Path,
  Plan,
  PlanChoices,
  Spec,
  Unlisted,
} from '../model.ts'
import type { Kind, Where } from '../table/kind.ts'
import { refsIn, secretsIn } from '../term.ts'
import { knownAttributes } from '../values/attributes.ts'
import { fingerprint } from '../values/fingerprint.ts'
import { planHash, settingDigests } from '../values/hash.ts'
import { massChanges } from './blast-radius.ts'
import { draft } from './change.ts'
import { removal } from './deletion.ts'
import { asOne, isOfAll, remarks } from './management.ts'
import { byKind, inOrder } from './order.ts'
import { besideUnclaimed, givenUp, presumed, renames, takings } from './ownership.ts'
import { adoptions, outdated, restarts } from './safety.ts'
import { desiredDigest } from './spec-digest.ts'
import { peopleIn } from './user-estimate.ts'

export type { PlanOptions } from './context.ts'

import { covers, rootOf } from '../address.ts'
import { grouped, inReach, makeWorld, type PlanOptions, type World } from './context.ts'

/**
 * What to do so that AWS is as the file says. Frozen inputs stay untouched; the same inputs give the same plan.
 * Whatever is wrong with the plan is in its diagnostics; with an error among them it must not be applied.
 */
export const makePlan = (
  stated: Spec,
  observation: Observation,
  kinds: readonly Kind[],
  options: PlanOptions,
): Plan => {
  const where: Where = {
    region: observation.region,
    account: observation.account,
    partition: observation.partition,
  }
  const spec = asOne(stated, kinds, where)
  const world = makeWorld(spec, observation, kinds, where)
  const wanted = inReach(world, options)
  const unread = new Set(observation.unread.map(({ address }) => pathText(address.split('.'))))
  // while it is unknown which resource is meant, nothing is planned for it, nor for what is under it
  const doubtful = new Set(
    observation.diagnostics
      .filter(({ severity, path }) => severity === 'error' && path.length > 0)
      .map(({ path }) => pathText(path)),
  )
  const looked = spec.resources
    .filter(({ address }) => wanted(address))
    .filter(desired => !isOfAll(world.kindOf(desired.kind), desired))
    .filter(({ address }) => !isWithin(unread, address.split('.')))
    .filter(({ path }) => !isWithin(doubtful, path))
    .filter(desired => !isAboutUnknown(world, unread, desired))
  const drafts = looked.map(desired => draft(world, desired, options))
  // what a setting no longer asks for stays until the setting itself has changed
  const halted = drafts.filter(change => change.action === 'blocked')
  const waits = ({ kind, address }: Live) =>
    world.kindOf(kind).regard !== undefined && halted.some(change => covers(change.address, address))
  const active = drafts.filter(({ calls }) => calls.length > 0)
  const activeIn = grouped(active, ({ address }) => rootOf(address))
  // whatever has no parent may be named from anywhere
  const usersOf = ({ address }: Live) =>
    rootOf(address) === address ? active : (activeIn.get(rootOf(address)) ?? [])
  const doomed = observation.doomed
    .filter(live => wanted(live.address) && !waits(live))
    .sort(byKind(kinds))
    .map(live => removal(world, live, usersOf(live)))
    .reverse()
  const makesRoom = ({ kind }: Change) => world.kindOf(kind).remove?.makesRoom === true
  const changes = [
    ...doomed.filter(makesRoom),
    ...inOrder(drafts),
    ...doomed.filter(one => !makesRoom(one)),
    ...givenUp(world, wanted),
  ]
  return assemble(world, changes, {
    ...options,
    unlisted: [...observation.unlisted, ...unlistedEntries(world)],
    unread: observation.unread,
    ...(observation.unseen && { unseen: observation.unseen }),
    diagnostics: [
      ...observation.diagnostics,
      ...adoptions(changes, options),
      ...restarts(world, drafts),
      ...presumed(world, changes, options),
      ...besideUnclaimed(world, drafts),
      ...renames(world, drafts, options),
      ...takings(world, changes),
      ...massChanges(world, changes, options),
      ...remarks(world, looked),
      ...outdated(spec, options),
    ],
  })
}

/** A plan of changes, with everything that applying them later must know and compare. */
export const assemble = (
  world: World,
  changes: Change[],
  options: PlanOptions & Pick<Plan, 'unlisted' | 'unread' | 'unseen' | 'diagnostics'>,
): Plan => {
  const { tool, now, targets, source, ...seen } = options
  const { spec, observation, where } = world
  const touched = changes.filter(change => change.action !== 'none')
  const sent = new Set<string>()
  for (const { calls } of changes) for (const { input } of calls) secretsIn(input, sent)
  const goes = new Map(
    [...observation.doomed, ...(observation.released ?? []).map(({ live }) => live)].map(live => [
      live.address,
      live,
    ]),
  )
  const people = peopleIn(world, touched)
  const choices = choicesOf(options)
  const body: Omit<Plan, 'hash' | 'digests'> = {
    format: 2,
    tool,
    ...(now !== undefined && { made: now }),
    target: {
      stack: spec.stack,
      ...(spec.environment !== undefined && { environment: spec.environment }),
      ...where,
    },
    ...(targets !== undefined && targets.length > 0 && { scope: [...targets].sort() }),
    ...(Object.keys(choices).length > 0 && { options: choices }),
    ...(source && { source }),
    desired: desiredDigest(world, targets),
    changes,
    unlisted: seen.unlisted,
    unclaimed: observation.unclaimed,
    unread: seen.unread,
    ...(seen.unseen && { unseen: seen.unseen }),
    diagnostics: seen.diagnostics,
    ...(Object.keys(people).length > 0 && { people }),
    fingerprints: Object.fromEntries(
      touched
        .filter(change => change.goesWith === undefined)
        .map(change => {
          const live = observation.live[change.address] ?? goes.get(change.address)
          return [
            change.address,
            live === undefined ? 'absent' : fingerprint(world.kindOf(live.kind), live.wire, where),
          ]
        }),
    ),
    known: Object.fromEntries(
      Object.values(observation.live).map(live => [
        live.address,
        knownAttributes(world.kindOf(live.kind), live.ids, where),
      ]),
    ),
    secrets: Object.fromEntries(Object.entries(spec.secrets).filter(([name]) => sent.has(name))),
  }
  return { ...body, digests: settingDigests(body), hash: planHash(body) }
}

/** Words of `--allow` that are impacts: they open the gates of a run, and a plan is the same without them. */
const labels: { [impact in Impact]: true } = {
  'in-place': true,
  'login-breaking': true,
  'security-loosening': true,
  'security-tightening': true,
  cost: true,
  irreversible: true,
  'secret-flow': true,
}

/** The options that decide, as a plan says them. */
const choicesOf = ({ allow = [], adopt, scope }: PlanOptions): PlanChoices => {
  const words = [...new Set(allow)].filter(word => !(word in labels)).sort()
  return {
    ...(words.length > 0 && { allow: words }),
    ...(adopt === true && { adopt }),
    ...(Array.isArray(adopt) && adopt.length > 0 && { adopt: [...adopt].sort() }),
    ...(scope && { only: [...scope].sort() }),
  }
}

const pathText = (path: Path): string => path.join('\n')

/** Whether a path is among others, or under one of them. */
const isWithin = (paths: ReadonlySet<string>, path: Path): boolean =>
  paths.size > 0 && path.some((_part, index) => paths.has(pathText(path.slice(0, index + 1))))

/** Whether it names what was not read by an id: then nobody knows whether it differs. */
const isAboutUnknown = ({ lookup }: World, unread: ReadonlySet<string>, desired: Desired): boolean =>
  unread.size > 0 &&
  Object.values({ ...desired.spec, ...desired.ids })
    .flatMap(refsIn)
    .some(ref => isWithin(unread, ref.$ref.split('.')) && lookup(ref) === undefined)

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
