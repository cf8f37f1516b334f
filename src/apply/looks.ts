// The look just before a write: what somebody else did since the plan was made is not overwritten.

import type { Address, Aws, Call, Change, JsonObject, Plan, Term } from '../model.ts'
import { type BodyWriter, isBodyWriter, type Kind } from '../table/kind.ts'
import { isObject, isUnresolved } from '../term.ts'
import { canonicalText, wireOf } from '../values/canonical.ts'
import { fingerprint, withoutSecrets } from '../values/fingerprint.ts'
import { sortedLists } from '../values/hash.ts'
import { bodyOf } from '../values/wire.ts'
import { differences } from './differences.ts'
import {
  changedSince,
  type Expected,
  isWork,
  kindNamed,
  type Look,
  lookAt,
  type Moved,
  readAgain,
  whereOf,
} from './staleness.ts'

/** What a plan saw, and how long ago that was. */
export interface Views {
  /** what each resource was when the run last looked at all of them */
  seen: ReadonlyMap<Address, JsonObject>
  /** whether what was absent has to be looked for again */
  isStale: () => boolean
}

export interface Looks {
  /** before the nth call of a change: what was found, if there was anything to look at, and whether it moved */
  before(change: Change, nth: number): Promise<Look>
  /** before the first call of a change: what follows it must still be as it was */
  ahead(change: Change): Promise<void>
  /** after the last call of a change: what follows it may be another now */
  behind(change: Change): Promise<void>
}

export const makeLooks = (plan: Plan, kinds: readonly Kind[], aws: Aws, { seen, isStale }: Views): Looks => {
  const where = whereOf(plan)
  const work = plan.changes.filter(isWork)
  const expected = new Map<Address, Expected>(
    work.map(({ address }) => {
      const wire = seen.get(address)
      return [address, { print: plan.fingerprints[address] ?? '', ...(wire && { wire }) }]
    }),
  )
  const moved = new Map<Address, Moved>()
  const last = new Map<Address, JsonObject>()
  const kindOf = ({ kind }: Change) => kindNamed(kinds, kind)
  const isThere = ({ address }: Change) => plan.fingerprints[address] !== 'absent'

  /** Whether it may read differently once another change is made: a tier brings its own, a copy follows. */
  const follows = (one: Change, { address }: Change): boolean => {
    const { presence, create } = kindOf(one)
    return (presence === 'facet' || create?.copies === true) && one.address.startsWith(`${address}.`)
  }
  const followersOf = (change: Change): Change[] => work.filter(one => isThere(one) && follows(one, change))

  async function first(change: Change): Promise<Look> {
    const known = moved.get(change.address)
    if (known !== undefined) return { moved: known }
    if (!isThere(change) && (!isStale() || work.some(other => follows(change, other)))) return {}
    const look = await lookAt(plan, change, kindOf(change), aws, expected.get(change.address))
    if (look.found !== undefined) last.set(change.address, look.found.wire)
    return look
  }

  async function later(change: Change, nth: number): Promise<Look> {
    const kind = kindOf(change)
    const saw = last.get(change.address)
    const writer = bodyWriterOf(kind, change.calls[nth] as Call)
    if (saw === undefined || writer === undefined || restarts(kind, change)) return {}
    const found = await readAgain(change, kind, aws, where)
    if (found === undefined) return { moved: { address: change.address, how: 'gone' } }
    last.set(change.address, found.wire)
    const [was, is] = [saw, found.wire].map(wire =>
      sortedLists(bodyOf(kind, writer, withoutSecrets(kind, wire))),
    ) as [JsonObject, JsonObject]
    const sent = change.calls
      .slice(0, nth + 1)
      .map(({ input }) => sortedLists(input as JsonObject) as JsonObject)
    const foreign = leaves(was, is).filter(path => !sent.some(input => isAsSent(input, path, was, is)))
    if (foreign.length === 0) return { found }
    const own = new Set(foreign.map(([member]) => memberOf(writer, member as string)))
    const fields = differences(kind, change, saw, found.wire, where).filter(({ path }) =>
      own.has(memberAt(kind, path)),
    )
    return { found, moved: changedSince(change.address, found, fields) }
  }

  return {
    before: (change, nth) => (nth === 0 ? first(change) : later(change, nth)),
    ahead: async change => {
      for (const one of followersOf(change)) {
        const look = await lookAt(plan, one, kindOf(one), aws, expected.get(one.address)).catch(
          () => undefined,
        )
        if (look?.moved !== undefined) moved.set(one.address, look.moved)
      }
    },
    behind: async change => {
      for (const one of followersOf(change)) {
        const found = await readAgain(one, kindOf(one), aws, where).catch(() => undefined)
        if (found !== undefined)
          expected.set(one.address, { print: fingerprint(kindOf(one), found.wire, where), wire: found.wire })
      }
    },
  }
}

/** The writer whose whole body a call is; a call that a writer of entries sends too is none. */
const bodyWriterOf = ({ writers }: Kind, { operation }: Call): BodyWriter | undefined =>
  writers.some(writer => !isBodyWriter(writer) && writer.put.operation === operation)
    ? undefined
    : writers
        .filter(isBodyWriter)
        .find(writer => writer.operation === operation || writer.clear?.operation === operation)

/** Whether a change begins by making its resource blank: what comes after says everything again. */
const restarts = ({ restart }: Kind, { calls: [one] }: Change): boolean =>
  restart !== undefined &&
  one?.operation === restart.operation &&
  Object.entries(restart.input).every(
    ([member, value]) => canonicalText(one.input[member]) === canonicalText(value),
  )

const memberOf = ({ rename }: BodyWriter, name: string): string =>
  Object.entries(rename ?? {}).find(([, renamed]) => renamed === name)?.[0] ?? name

/** The member of the object that a setting is in. */
const memberAt = ({ fields }: Kind, path: string): string => {
  const field = fields.find(one => one.path === path)
  return field === undefined ? '' : (wireOf(field).split('.')[0] as string)
}

type Way = readonly string[]

/** The ways to all that differs between two objects, member by member where one of them has none at all. */
const leaves = (one: Term | undefined, other: Term | undefined, way: Way = []): Way[] => {
  if (canonicalText(one) === canonicalText(other)) return []
  const members = [one, other].flatMap(side => (isObject(side) ? Object.keys(side) : []))
  const isBranch = [one, other].every(side => side === undefined || isObject(side)) && members.length > 0
  if (!isBranch) return [way]
  return [...new Set(members)].flatMap(key =>
    leaves(isObject(one) ? one[key] : undefined, isObject(other) ? other[key] : undefined, [...way, key]),
  )
}

/**
 * Whether what is there is what a call of this change says or leaves out, so that nothing of others' is lost. An answer
 * may repeat a structure inside another: with a pool's SmsConfiguration come SMS factors (SmsMfaConfiguration has it).
 * What AWS adds to a structure that was not there before is its own default: SnsRegion to a new SmsConfiguration.
 */
const isAsSent = (input: JsonObject, way: Way, was: JsonObject, is: JsonObject): boolean =>
  way
    .map((_member, index) => way.slice(index))
    .filter((tail, index) => index === 0 || tail.length > 1)
    .some(tail => {
      if (!((tail[0] as string) in input)) return false
      const sent = valueAt(input, tail)
      if (isUnresolved(sent) || canonicalText(sent) === canonicalText(valueAt(is, way))) return true
      const isNew = way.length > 1 && valueAt(was, way.slice(0, -1)) === undefined
      return sent === undefined && isNew && isObject(valueAt(input, tail.slice(0, -1)))
    })

const valueAt = (object: JsonObject, way: Way): Term | undefined =>
  way.reduce<Term | undefined>(
    (value, part) => (isUnresolved(value) ? value : isObject(value) ? value[part] : undefined),
    object,
  )
