// What is no longer as a plan saw it, and what already bears the name of what it would make.
import { isAwsError, isMissing } from '../aws/errors.ts'
import type { Kind, Where } from '../kinds/kind.ts'
import type { Address, Aws, Change, JsonObject, Plan } from '../model.ts'
import { askingOnce } from './asking.ts'
import { idsBefore } from './calls.ts'
import { overwritten } from './deliver.ts'
import { fingerprint } from './fingerprint.ts'

/** Ids by the members that operations have for them. */
export type Ids = { [member: string]: string }

/** A resource that is not as it was when the plan was made. */
export interface Moved {
  address: Address
  /** `changed`, `gone`, or `appeared` */
  how: 'changed' | 'gone' | 'appeared'
  /** when it was last changed, where AWS says so */
  modified?: string
}

/** Whether something is sent for it. */
export const isWork = (change: Change): boolean => change.calls.length > 0

/**
 * Which resources that the plan touches are no longer as it saw them. Reads each once. What was absent is
 * looked for again by its name.
 */
export const findMoved = async (plan: Plan, kinds: readonly Kind[], live: Aws): Promise<Moved[]> => {
  const aws = askingOnce(live)
  const moved = await Promise.all(
    plan.changes.filter(isWork).map(change => moves(plan, change, kindNamed(kinds, change.kind), aws)),
  )
  const filled = await overwritten(plan, aws)
  return [
    ...moved.flat(),
    ...filled.map(({ address }): Moved => ({ address: `${address}.clientSecretTo`, how: 'appeared' })),
  ]
}

/** Whether one resource is no longer as the plan saw it. */
export const moves = async (plan: Plan, change: Change, kind: Kind, aws: Aws): Promise<Moved[]> => {
  const where = whereOf(plan)
  const { address, ids } = change
  const before = plan.fingerprints[address]
  const parentIds = Object.fromEntries(Object.entries(ids).filter(([member]) => member !== kind.ids.at(-1)))
  if (before === 'absent') {
    const appeared = await twins(kind, change, aws, where)
    return appeared.length > 0 ? [{ address, how: 'appeared' }] : []
  }
  const found = await kind.read.get(aws, ids, { ...where, parentIds }).catch(unlessMissing)
  // what is to be deleted and is gone already is as it should be
  if (found === undefined) return change.action === 'delete' ? [] : [{ address, how: 'gone' }]
  if (fingerprint(kind, found.wire, where) === before) return []
  const { LastModifiedDate: modified } = found.wire
  return [{ address, how: 'changed', ...(typeof modified === 'string' && { modified }) }]
}

/** `userPools.customers has changed (at 2026-11-21T10:00:00.000Z)` */
export const movedText = ({ address, how, modified }: Moved): string =>
  `${address} has ${how}${modified === undefined ? '' : ` (last at ${modified})`}`

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
