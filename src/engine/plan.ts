// The plan: one pure function from what should be and what is to what to do. No clock, no I/O, no chance.

import type { Kind, Where } from '../kinds/kind.ts'
import type { Address, Change, Desired, Live, Observation, Plan, Spec, Unlisted } from '../model.ts'
import { knownAttributes } from './attributes.ts'
import { desiredDigest } from './desired.ts'
import { draft } from './draft.ts'
import { fingerprint, planHash } from './hash.ts'
import { massChanges } from './mass.ts'
import { inOrder } from './order.ts'
import { peopleIn } from './people.ts'
import { asOne, isOfAll, remarks } from './regard.ts'
import { removal } from './removal.ts'
import { adoptions, outdated, presumed, restarts } from './safety.ts'
import { refsIn, secretsIn } from './terms.ts'

export type { PlanOptions } from './world.ts'

import { covers, inScope, makeWorld, type PlanOptions, type World } from './world.ts'

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
  const targeted = inScope(world, options.targets)
  const wantedAddresses = (address: Address) =>
    targeted(address) &&
    (options.scope === undefined || options.scope.has(address) || world.desired(address) === undefined)
  const looked = spec.resources
    .filter(desired => wantedAddresses(desired.address))
    .filter(desired => !isOfAll(world.kindOf(desired.kind), desired))
    .filter(desired => !observation.unread.some(unread => covers(unread.address, desired.address)))
    .filter(desired => !isDoubtful(observation, desired))
    .filter(desired => !isAboutUnknown(world, desired))
  const drafts = looked.map(desired => draft(world, desired, options))
  // what a setting no longer asks for stays until the setting itself has changed
  const waits = ({ kind, address }: Live) =>
    world.kindOf(kind).regard !== undefined &&
    drafts.some(change => change.action === 'blocked' && covers(change.address, address))
  const doomed = observation.doomed
    .filter(live => wantedAddresses(live.address) && !waits(live))
    .map(live => removal(world, live, drafts))
    .reverse()
  const makesRoom = ({ kind }: Change) => world.kindOf(kind).remove?.makesRoom === true
  const changes = [...doomed.filter(makesRoom), ...inOrder(drafts), ...doomed.filter(one => !makesRoom(one))]
  return assemble(world, changes, {
    ...options,
    unlisted: [...observation.unlisted, ...unlistedEntries(world)],
    unread: observation.unread,
    diagnostics: [
      ...observation.diagnostics,
      ...adoptions(changes, options),
      ...restarts(world, drafts),
      ...presumed(world, changes),
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
  { tool, now, targets, ...seen }: PlanOptions & Pick<Plan, 'unlisted' | 'unread' | 'diagnostics'>,
): Plan => {
  const { spec, observation, where } = world
  const touched = changes.filter(change => change.action !== 'none')
  const people = peopleIn(world, touched)
  const body: Omit<Plan, 'hash'> = {
    format: 1,
    tool,
    ...(now !== undefined && { made: now }),
    target: {
      stack: spec.stack,
      ...(spec.environment !== undefined && { environment: spec.environment }),
      ...where,
    },
    ...(targets !== undefined && targets.length > 0 && { scope: [...targets].sort() }),
    desired: desiredDigest(world, targets),
    changes,
    unlisted: seen.unlisted,
    unread: seen.unread,
    diagnostics: seen.diagnostics,
    ...(Object.keys(people).length > 0 && { people }),
    fingerprints: Object.fromEntries(
      touched
        .filter(change => change.goesWith === undefined)
        .map(change => {
          const live =
            observation.live[change.address] ?? observation.doomed.find(one => one.address === change.address)
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
    secrets: Object.fromEntries(
      Object.entries(spec.secrets).filter(([name]) =>
        changes.some(change => change.calls.some(call => secretsIn(call.input).includes(name))),
      ),
    ),
  }
  return { ...body, hash: planHash(body) }
}

/** Whether it names what was not read by an id: then nobody knows whether it differs. */
const isAboutUnknown = ({ observation, lookup }: World, desired: Desired): boolean =>
  Object.values({ ...desired.spec, ...desired.ids })
    .flatMap(refsIn)
    .some(
      ref => observation.unread.some(unread => covers(unread.address, ref.$ref)) && lookup(ref) === undefined,
    )

/** Whether it is unknown which resource is meant, of this one or of one around it: then nothing is planned for it. */
const isDoubtful = ({ diagnostics }: Observation, { path }: Desired): boolean =>
  diagnostics.some(
    diagnostic =>
      diagnostic.severity === 'error' &&
      diagnostic.path.length > 0 &&
      diagnostic.path.every((part, index) => path[index] === part),
  )

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
