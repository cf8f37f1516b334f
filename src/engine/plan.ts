// The plan: one pure function from what should be and what is to what to do. No clock, no I/O, no chance.

import type { Kind, Where } from '../kinds/kind.ts'
import type { Live, Observation, Path, Plan, Spec, Unlisted } from '../model.ts'
import { knownAttributes } from './attributes.ts'
import { draft, removal } from './draft.ts'
import { fingerprint, planHash } from './hash.ts'
import { inOrder } from './order.ts'
import { isOfAll, remarks } from './regard.ts'
import { adoptions, outdated } from './safety.ts'
import { secretsIn } from './terms.ts'

export type { PlanOptions } from './world.ts'

import { covers, inScope, makeWorld, type PlanOptions, type World } from './world.ts'

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
  const wantedAddresses = inScope(world, options.targets)
  const unread = new Set(observation.unread.map(({ address }) => pathText(address.split('.'))))
  // while it is unknown which resource is meant, nothing is planned for it, nor for what is under it
  const doubtful = new Set(
    observation.diagnostics
      .filter(({ severity, path }) => severity === 'error' && path.length > 0)
      .map(({ path }) => pathText(path)),
  )
  const looked = spec.resources
    .filter(desired => wantedAddresses(desired.address))
    .filter(desired => !isOfAll(world.kindOf(desired.kind), desired))
    .filter(({ address }) => !isWithin(unread, address.split('.')))
    .filter(({ path }) => !isWithin(doubtful, path))
  const drafts = looked.map(desired => draft(world, desired, options))
  // what a setting no longer asks for stays until the setting itself has changed
  const halted = drafts.filter(change => change.action === 'blocked')
  const waits = ({ kind, address }: Live) =>
    world.kindOf(kind).regard !== undefined && halted.some(change => covers(change.address, address))
  const doomed = observation.doomed
    .filter(live => wantedAddresses(live.address) && !waits(live))
    .map(live => removal(world, live, drafts))
    .reverse()
  const changes = [...inOrder(drafts), ...doomed]
  const sent = new Set(changes.flatMap(({ calls }) => calls.flatMap(({ input }) => secretsIn(input))))
  const goes = new Map(observation.doomed.map(live => [live.address, live]))
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
    ...(observation.unseen && { unseen: observation.unseen }),
    diagnostics: [
      ...observation.diagnostics,
      ...adoptions(changes, options),
      ...remarks(world, looked),
      ...outdated(spec, options),
    ],
    fingerprints: Object.fromEntries(
      changes
        .filter(change => change.action !== 'none')
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
  return { ...body, hash: planHash(body) }
}

const pathText = (path: Path): string => path.join('\n')

/** Whether a path is among others, or under one of them. */
const isWithin = (paths: ReadonlySet<string>, path: Path): boolean =>
  paths.size > 0 && path.some((_part, index) => paths.has(pathText(path.slice(0, index + 1))))

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
