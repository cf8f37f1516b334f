// The sorts of calls that a kind's table can make, and whether one call of a plan is such a call of its change.

import type { SecretPlace, Term } from '../model.ts'
import { type BodyWriter, type EntryWriter, isBodyWriter } from '../table/kind.ts'
import { isObject } from '../term.ts'
import { canonicalText } from '../values/canonical.ts'
import { digest } from '../values/hash.ts'
import { isOwnershipTag } from '../values/ownership.ts'
import { settable } from '../values/wire.ts'
import {
  fieldsOf,
  foreignId,
  foreignMember,
  foreignSecret,
  keysIn,
  keysOf,
  noSecret,
  otherPlace,
  otherWait,
  type Subject,
  shows,
  unless,
  type Verdict,
  writes,
  yieldsNothing,
} from './call-parts.ts'
import { isEmpty } from './calls.ts'
import { deliveryCall } from './secret-delivery.ts'

export const asCreation = (subject: Subject): Verdict => {
  const { kind, call } = subject
  const { create } = kind
  if (create === undefined || call.operation !== create.operation) return undefined
  return unless(
    foreignMember(subject, Object.keys(settable(kind, call.operation))),
    foreignId(subject, true),
    foreignSecret(subject, name => name),
    call.creates === true && canonicalText(call.yields) === canonicalText(create.yields)
      ? undefined
      : 'it yields other ids than such a call does',
    otherPlace(subject, undefined),
    otherWait(subject, [create.until]),
  )
}

export const asBody = (subject: Subject, writer: BodyWriter): Verdict => {
  const { kind, change, call } = subject
  if (!writes(change.action) || call.operation !== writer.operation) return undefined
  const original = (name: string) =>
    Object.entries(writer.rename ?? {}).find(([, renamed]) => renamed === name)?.[0] ?? name
  const isShown =
    change.action === 'create' || change.action === 'replace' || isBlank(subject) || shows(subject, writer)
  return unless(
    isShown ? undefined : 'none of the settings that it writes is shown to change',
    foreignMember(subject, Object.keys(settable(kind, call.operation))),
    foreignId(subject),
    foreignSecret(subject, original),
    yieldsNothing(call),
    otherPlace(subject, writer.region),
    otherWait(subject, [writer.until]),
  )
}

export const asClear = (subject: Subject, writer: BodyWriter): Verdict => {
  const { change, call } = subject
  const { clear } = writer
  if (clear === undefined || !writes(change.action) || call.operation !== clear.operation) return undefined
  const clears = fieldsOf(subject, writer).some(({ after }) => isEmpty(after))
  return unless(
    clears ? undefined : 'no setting is shown to be taken away by it',
    foreignMember(subject, Object.keys(clear.input)),
    foreignId(subject),
    noSecret(call),
    yieldsNothing(call),
    otherPlace(subject, writer.region),
    otherWait(subject, []),
  )
}

export const asPut = (subject: Subject, writer: EntryWriter): Verdict => {
  const { change, call, kind } = subject
  const keys = writes(change.action) ? keysIn(subject, writer, writer.put) : undefined
  if (keys === undefined) return undefined
  if (kind.writers.some(other => isBodyWriter(other) && other.operation === call.operation))
    return keys === 'other' ? undefined : entryVerdict(subject, undefined)
  if (keys === 'other') return 'it has other members than such a call'
  const isNew = change.action === 'create' || change.action === 'replace' || isBlank(subject)
  const stated = new Set(fieldsOf(subject, writer).flatMap(({ after }) => keysOf(subject, writer, after)))
  const foreign = keys.find(key => !stated.has(key))
  return entryVerdict(
    subject,
    foreign === undefined || (isNew && stated.size === 0)
      ? undefined
      : `${foreign} is not shown to be put there`,
  )
}

export const asTaking = (subject: Subject, writer: EntryWriter): Verdict => {
  const { change, kind } = subject
  if (writer.remove === undefined) return undefined
  const keys = keysIn(subject, writer, writer.remove)
  if (keys === undefined) return undefined
  if (keys === 'other') return 'it has other members than such a call'
  const empties = kind.remove?.empty?.includes(writer.field) === true
  if ((change.action === 'delete' || change.action === 'replace') && empties)
    return entryVerdict(subject, undefined)
  if (!writes(change.action)) return 'nothing is shown to be taken away by it'
  const fields = fieldsOf(subject, writer)
  const [before, after] = [
    new Set(fields.flatMap(field => keysOf(subject, writer, field.before))),
    new Set(fields.flatMap(field => keysOf(subject, writer, field.after))),
  ]
  const foreign = keys.find(key => !before.has(key) || after.has(key))
  return entryVerdict(subject, foreign === undefined ? undefined : `${foreign} is not shown to be taken away`)
}

const entryVerdict = (subject: Subject, why: string | undefined): Verdict =>
  unless(
    why,
    foreignId(subject),
    noSecret(subject.call),
    yieldsNothing(subject.call),
    otherPlace(subject, undefined),
    otherWait(subject, []),
  )

export const asRemoval = (subject: Subject): Verdict => {
  const { kind, call } = subject
  const { remove } = kind
  const first = remove?.first
  if (remove === undefined) return undefined
  if (call.operation === remove.operation)
    return unless(
      foreignMember(subject, []),
      foreignId(subject),
      yieldsNothing(call),
      otherPlace(subject, undefined),
      otherWait(subject, [remove.until]),
    )
  if (first === undefined || call.operation !== first.operation) return undefined
  const same = Object.entries(first.input).every(
    ([member, value]) => canonicalText(call.input[member]) === canonicalText(value),
  )
  return unless(
    same ? undefined : 'it says something else than what goes before a deletion',
    foreignMember(subject, Object.keys(first.input)),
    foreignId(subject),
    yieldsNothing(call),
    otherPlace(subject, undefined),
    otherWait(subject, []),
  )
}

export const asWait = (subject: Subject): Verdict => {
  const { kind, call } = subject
  if (call.until === undefined || call.operation !== call.until.operation) return undefined
  return unless(
    canonicalText(call.input) === canonicalText(call.until.input)
      ? undefined
      : 'it asks something else than it waits for',
    yieldsNothing(call),
    otherPlace(subject, undefined),
    otherWait(subject, [kind.remove?.until, kind.remove?.settled?.until]),
  )
}

export const asRestart = (subject: Subject): Verdict => {
  const { kind, change, call } = subject
  const { restart } = kind
  if (restart === undefined || !writes(change.action) || !isSaying(subject)) return undefined
  return call.operation !== restart.operation
    ? undefined
    : unless(foreignMember(subject, Object.keys(restart.input)), foreignId(subject), yieldsNothing(call))
}

/** Our tags taken off, as `released` asks: those that are shown to go, and no other. */
export const asUntagging = (subject: Subject): Verdict => {
  const { plan, kind, change, call } = subject
  if (kind.untag === undefined || kind.tags === undefined) return undefined
  if (change.action !== 'update' || call.operation !== kind.untag.operation) return undefined
  const { before, after } = change.fields.find(({ path }) => path === kind.tags) ?? {}
  const kept = isObject(after) ? after : {}
  const gone = isObject(before) ? Object.keys(before).filter(tag => !Object.hasOwn(kept, tag)) : []
  const { TagKeys, ...on } = call.input
  const { partition, region, account } = plan.target
  const id = change.ids[kind.ids.at(-1) ?? '']
  const isIts = (value: Term | undefined) =>
    value === id ||
    (typeof value === 'string' &&
      value.startsWith(`arn:${partition}:`) &&
      canonicalText(value.split(':').slice(3, 5)) === canonicalText([region, account]) &&
      value.endsWith(`/${id}`))
  return unless(
    gone.every(isOwnershipTag) ? undefined : 'it takes tags that are not those of a stack',
    canonicalText(TagKeys) === canonicalText(gone.sort()) ? undefined : 'it takes other tags than are shown',
    foreignMember(subject, [...Object.keys(kind.untag.on), 'TagKeys']),
    Object.keys(kind.untag.on).every(member => isIts(on[member]))
      ? undefined
      : 'it is sent to something else than this change',
    noSecret(call),
    yieldsNothing(call),
    otherPlace(subject, undefined),
    otherWait(subject, []),
  )
}

/** Whether a call says what makes a resource blank, and nothing else. */
const isSaying = ({ kind, call }: Subject): boolean =>
  kind.restart !== undefined &&
  call.operation === kind.restart.operation &&
  Object.entries(kind.restart.input).every(
    ([member, value]) => canonicalText(call.input[member]) === canonicalText(value),
  )

/** Whether the change begins by making its resource blank, after which everything is said again. */
const isBlank = (subject: Subject): boolean =>
  subject.change.calls[0] !== undefined && isSaying({ ...subject, call: subject.change.calls[0] })

export const asDelivery = ({ kind, change, call }: Subject): Verdict => {
  if (kind.issued === undefined) return undefined
  const place = change.fields.find(({ path }) => path === 'clientSecretTo')?.after
  const vacancies = ['absent', 'empty'] as const
  if (!isObject(place)) return undefined
  const ids = Object.fromEntries(
    kind.ids.map((member): [string, Term] => [
      member,
      change.ids[member] ?? { $ref: change.address, attr: `ids.${member}` },
    ]),
  )
  const expected = vacancies.map(vacancy =>
    deliveryCall(place as SecretPlace, vacancy, change.address, kind, ids),
  )
  if (!expected.some(({ operation }) => operation === call.operation)) return undefined
  return expected.some(one => digest(one) === digest(call)) ? true : 'it is not the delivery that is shown'
}
