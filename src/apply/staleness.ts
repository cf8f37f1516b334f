// What is no longer as a plan saw it, and what already bears the name of what it would make.
import { isAwsError, isMissing } from '../aws/errors.ts'
import { askingOnce } from '../aws/memoize.ts'
import type { Address, Aws, Change, JsonObject, MovedField, Plan } from '../model.ts'
import { idsBefore } from '../plan/calls.ts'
import { overwritten } from '../plan/secret-delivery.ts'
import type { Found, Kind, Where } from '../table/kind.ts'
import { fingerprint } from '../values/fingerprint.ts'
import { differences, differencesText } from './differences.ts'

/** Ids by the members that operations have for them. */
export type Ids = { [member: string]: string }

/** A resource that is not as it was when the plan was made. */
export interface Moved {
  address: Address
  /** `changed`, `gone`, or `appeared` */
  how: 'changed' | 'gone' | 'appeared'
  /** when it was last changed, where AWS says so */
  modified?: string
  /** the settings that differ, where both values are known */
  fields?: MovedField[]
}

/** A look at a resource that is there: what was found, and how that differs from what was expected. */
export interface Look {
  moved?: Moved
  found?: Found
}

/** What a resource is expected to be: its fingerprint, and what it was made of, if that is known. */
export interface Expected {
  print: string
  wire?: JsonObject
}

/** Whether something is sent for it. */
export const isWork = (change: Change): boolean => change.calls.length > 0

/**
 * Which resources that the plan touches are no longer as it saw them. Reads each once. What was absent is
 * looked for again by its name. `seen` takes what is as the plan saw it.
 */
export const findMoved = async (
  plan: Plan,
  kinds: readonly Kind[],
  live: Aws,
  seen = new Map<Address, JsonObject>(),
): Promise<Moved[]> => {
  const aws = askingOnce(live)
  const looks = await Promise.all(
    plan.changes.filter(isWork).map(async change => {
      const look = await lookAt(plan, change, kindNamed(kinds, change.kind), aws)
      if (look.found !== undefined && look.moved === undefined) seen.set(change.address, look.found.wire)
      return look
    }),
  )
  const filled = await overwritten(plan, aws)
  return [
    ...looks.flatMap(({ moved }) => moved ?? []),
    ...filled.map(({ address }): Moved => ({ address: `${address}.clientSecretTo`, how: 'appeared' })),
  ]
}

/** Looks whether one resource is still as expected: as the plan saw it, unless told otherwise. */
export const lookAt = async (
  plan: Plan,
  change: Change,
  kind: Kind,
  aws: Aws,
  expected: Expected = { print: plan.fingerprints[change.address] ?? '' },
): Promise<Look> => {
  const where = whereOf(plan)
  const { address } = change
  if (expected.print === 'absent') {
    const appeared = await twins(kind, change, aws, where)
    return appeared.length > 0 ? { moved: { address, how: 'appeared' } } : {}
  }
  const found = await readAgain(change, kind, aws, where)
  // what is to be deleted and is gone already is as it should be
  if (found === undefined) return change.action === 'delete' ? {} : { moved: { address, how: 'gone' } }
  if (fingerprint(kind, found.wire, where) === expected.print) return { found }
  const fields = differences(kind, change, expected.wire, found.wire, where)
  return { found, moved: changedSince(address, found, fields) }
}

/** What is there of a change's resource now. */
export const readAgain = (
  { ids }: Change,
  kind: Kind,
  aws: Aws,
  where: Where,
): Promise<Found | undefined> => {
  const parentIds = Object.fromEntries(Object.entries(ids).filter(([member]) => member !== kind.ids.at(-1)))
  return kind.read.get(aws, ids, { ...where, parentIds }).catch(unlessMissing)
}

export const changedSince = (
  address: Address,
  { wire }: Pick<Found, 'wire'>,
  fields: MovedField[] = [],
): Moved => {
  const { LastModifiedDate: modified } = wire
  return {
    address,
    how: 'changed',
    ...(typeof modified === 'string' && { modified }),
    ...(fields.length > 0 && { fields }),
  }
}

/** `userPools.customers has changed (last at 2026-11-21T10:00:00.000Z: mfa.configuration was "ON" and is "OFF")` */
export const movedText = ({ address, how, modified, fields = [] }: Moved): string => {
  const told = [
    ...(modified === undefined ? [] : [`last at ${modified}`]),
    ...(fields.length === 0 ? [] : [differencesText(fields)]),
  ]
  return `${address} has ${how}${told.length === 0 ? '' : ` (${told.join(': ')})`}`
}

/** Takes the error of what is not there for an answer; throws any other. */
export const unlessMissing = (error: unknown): undefined => {
  if (isAwsError(error) && isMissing(error)) return undefined
  throw error
}

/** Where a plan's resources are. */
export const whereOf = ({ target }: Plan): Where => ({
  region: target.region,
  account: target.account,
  partition: target.partition,
})

/** The kind of a name that a plan holds. */
export const kindNamed = (kinds: readonly Kind[], name: string): Kind => {
  const kind = kinds.find(one => one.name === name)
  if (kind === undefined) throw new Error(`no kind ${name}`)
  return kind
}

/**
 * What already bears a planned creation's name: the same pool's client of that name, the same account's pool of
 * that name with the tags that the creation would write. `own`: the id of the one that was made, which does not count.
 */
export const twins = async (
  kind: Kind,
  change: Change,
  aws: Aws,
  where: Where,
  own?: string,
): Promise<Ids[]> => {
  const given = idsBefore(kind)
  const parentMembers = given.filter(member => kind.parent !== undefined && member !== kind.ids.at(-1))
  if (parentMembers.some(member => change.ids[member] === undefined)) return []
  const parentIds = Object.fromEntries(parentMembers.map(member => [member, change.ids[member] as string]))
  const site = { ...where, parentIds }
  if (kind.natural || kind.read.list === undefined) {
    if (given.some(member => change.ids[member] === undefined)) return []
    const found = await kind.read.get(aws, change.ids, site).catch(unlessMissing)
    return found === undefined ? [] : [found.ids]
  }
  const listed = ((await kind.read.list?.(aws, site)) ?? []).filter(
    one => one.name === change.name && one.ids[kind.ids.at(-1) as string] !== own,
  )
  if (kind.tags === undefined) return listed.map(one => one.ids)
  const wanted = change.fields.find(field => field.path === kind.tags)?.after as JsonObject | undefined
  const found = await Promise.all(listed.map(one => kind.read.get(aws, one.ids, site).catch(unlessMissing)))
  return found
    .filter(one => one !== undefined)
    .filter(one => Object.entries(wanted ?? {}).every(([tag, value]) => one.tags?.[tag] === value))
    .map(one => one.ids)
}
