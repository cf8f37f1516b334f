// Changes on a scale that is more often a mistake than meant: much of a collection at once, or a way in for people.

import { rootOf } from '../address.ts'
import type { Address, Change, Diagnostic } from '../model.ts'
import { grouped, type PlanOptions, type World } from './context.ts'
import { peopleOf } from './user-estimate.ts'

/** Smaller collections are changed whole often enough. */
const atLeast = 10
const share = 0.3

/** Errors for changes that take `--allow mass-change`. */
export const massChanges = (world: World, changes: readonly Change[], options: PlanOptions): Diagnostic[] =>
  options.allow?.includes('mass-change')
    ? []
    : [
        ...collections(world, changes),
        ...changes.flatMap(change => entries(world, change)),
        ...changes.flatMap(change => waysIn(world, change)),
      ]

const stop = (change: Pick<Change, 'path'>, message: string): Diagnostic => ({
  code: 'COG3012',
  severity: 'error',
  path: change.path,
  message,
  hint: 'if it is meant, run with --allow mass-change',
})

const isLost = ({ action, blocked }: Change): boolean =>
  action === 'delete' || action === 'replace' || action === 'blocked' || blocked.length > 0

/** Of resources of one kind under one parent, or without one: those that exist, listed or not. */
const collections = (world: World, changes: readonly Change[]): Diagnostic[] => {
  if (!changes.some(isLost)) return []
  const { live, unlisted, doomed } = world.observation
  const exist = [...Object.values(live), ...unlisted, ...doomed]
  const place = ({ kind, address }: { kind: string; address: Address }) =>
    `${world.kindOf(kind).parent === undefined ? '' : rootOf(address)} ${kind}`
  const sizes = new Map<string, number>()
  for (const one of exist) sizes.set(place(one), (sizes.get(place(one)) ?? 0) + 1)
  const there = new Set(exist.map(({ address }) => address))
  const lost = grouped(
    changes.filter(one => isLost(one) && there.has(one.address)),
    place,
  )
  return [...lost].flatMap(([where, some]) => {
    const size = sizes.get(where) ?? 0
    const [first] = some
    if (first === undefined || size < atLeast || some.length <= size * share) return []
    const title = world.kindOf(first.kind).title
    return [
      stop(
        first,
        `${some.length} of ${size} of kind ${title} would be deleted or are blocked, more than three in ten`,
      ),
    ]
  })
}

/** Of entries inside one setting: scopes, policies. */
const entries = (world: World, change: Change): Diagnostic[] =>
  change.fields.flatMap(({ path, before, after }) => {
    const field = world.kindOf(change.kind).fields.find(one => one.path === path)
    if (field?.collection === undefined) return []
    const [had, has] = [namesIn(before), namesIn(after)]
    const lost = had.filter(name => !has.includes(name))
    return had.length < atLeast || lost.length <= had.length * share
      ? []
      : [stop(change, `${lost.length} of ${had.length} ${path} of ${change.address} would be deleted`)]
  })

const namesIn = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map(item => JSON.stringify(item))
    : typeof value === 'object' && value !== null
      ? Object.keys(value)
      : []

/**
 * What people come through. Whether anybody does is known of no provider: only how many there are in its pool,
 * of whom any may have come through it or be linked to it.
 */
const waysIn = (world: World, change: Change): Diagnostic[] => {
  if (change.action !== 'delete' && change.action !== 'replace') return []
  const kind = world.kindOf(change.kind)
  const pool = rootOf(change.address)
  const people = peopleOf(world, pool)
  if (kind.people !== 'through' || people === 0) return []
  return [
    stop(
      change,
      `${kind.title} ${change.name} would be deleted, and any of the about ${people} people of ${pool} may sign in through it`,
    ),
  ]
}
