// What calls are made of, held against what a plan shows: ids, members, entries, secrets, waits.

import { rootOf } from '../address.ts'
import type { Action, Call, Change, Json, Plan, Term } from '../model.ts'
import type { BodyWriter, EntryWriter, Field, Kind, Wait } from '../table/kind.ts'
import { isObject, liveSecret, refsIn, secretPlaces, secretsIn } from '../term.ts'
import { canonicalText, folded, partsOf, wiresOf } from '../values/canonical.ts'
import { writerOf } from '../values/merge.ts'
import { entriesOf } from './entries.ts'

/** One call in its place. */
export interface Subject {
  plan: Plan
  kind: Kind
  change: Change
  call: Call
}

/** `true`: it is such a call. A sentence: it would be one, but for this. `undefined`: it is another sort of call. */
export type Verdict = true | string | undefined

/** The first sentence, if there is any. */
export const unless = (...reasons: (string | undefined)[]): Verdict =>
  reasons.find(one => one !== undefined) ?? true

const works: readonly Action[] = ['create', 'update', 'adopt', 'replace']

export const writes = (action: Action): boolean => works.includes(action)

const fieldOf = (kind: Kind, path: string): Field | undefined => kind.fields.find(one => one.path === path)

/** The shown settings that a writer writes. */
export const fieldsOf = ({ kind, change }: Subject, writer: BodyWriter | EntryWriter): Change['fields'] =>
  change.fields.filter(({ path }) => {
    const field = fieldOf(kind, path)
    return field !== undefined && writerOf(kind, field) === writer
  })

export const shows = (subject: Subject, writer: BodyWriter): boolean => fieldsOf(subject, writer).length > 0

/** The keys of a setting's entries, as they stand and as they are compared. */
export const keysOf = ({ kind }: Subject, writer: EntryWriter, value: Term | undefined): string[] => {
  const field = fieldOf(kind, writer.field)
  const forms = field === undefined ? [value] : [value, folded(field, value)]
  return forms.flatMap(form => entriesOf(form, writer.key).map(([key]) => key))
}

/** The keys that a call puts or takes; `other` when it is not quite such a call, `undefined` when it is none. */
export const keysIn = (
  { kind, call }: Subject,
  writer: EntryWriter,
  template: EntryWriter['put'],
): string[] | 'other' | undefined => {
  if (call.operation !== template.operation) return undefined
  const own = Object.fromEntries(Object.entries(call.input).filter(([member]) => !kind.ids.includes(member)))
  const keys: string[] = []
  return fits(template.input, own, writer.batch !== undefined, keys) ? keys : 'other'
}

/** Whether an input is a template with entries put in, whose keys are collected. */
const fits = (template: Json, input: Term | undefined, batched: boolean, keys: string[]): boolean => {
  if (input === undefined) return false
  if (template === '$value') return true
  if (template === '$key') return typeof input === 'string' && keys.push(input) > 0
  if (Array.isArray(template)) {
    if (!Array.isArray(input)) return false
    return batched && template.length === 1
      ? input.length > 0 && input.every(item => fits(template[0] as Json, item, false, keys))
      : input.length === template.length &&
          template.every((item, index) => fits(item, input[index], batched, keys))
  }
  if (!isObject(template)) return canonicalText(template) === canonicalText(input)
  return (
    isObject(input) &&
    canonicalText(Object.keys(template).sort()) === canonicalText(Object.keys(input).sort()) &&
    Object.entries(template).every(([member, inner]) => fits(inner, input[member], batched, keys))
  )
}

export const foreignMember = ({ kind, call }: Subject, members: readonly string[]): string | undefined => {
  const foreign = Object.keys(call.input).find(
    member => !members.includes(member) && !kind.ids.includes(member),
  )
  return foreign === undefined ? undefined : `${foreign} is no member of such a call`
}

/** An id that is not that of the change, nor of what is only made by this plan. */
export const foreignId = (subject: Subject, makes = false): string | undefined =>
  kindsIds(subject)
    .filter(([member, value]) => !isIdOf(subject, member, value, makes))
    .map(([member, value]) => `${member} is ${canonicalText(value)}, which is not the id of this change`)[0]

const kindsIds = ({ kind, call }: Subject): [string, Term][] =>
  Object.entries(call.input).filter(([member]) => kind.ids.includes(member))

const isIdOf = (
  { plan, kind, change }: Subject,
  member: string,
  value: Term | undefined,
  makes: boolean,
): boolean => {
  const known = change.ids[member]
  if (known !== undefined && value === known) return true
  const natural = kind.natural?.[member]
  if (natural !== undefined && (change.action === 'create' || (makes && change.action === 'replace'))) {
    const after = change.fields.find(({ path }) => path === natural)?.after
    if (after !== undefined) return canonicalText(after) === canonicalText(value)
    if (change.action === 'replace') return false
  }
  if (known !== undefined || value === undefined) return false
  const refs = refsIn(value)
  return (
    refs.length > 0 &&
    refs.every(
      ({ $ref }) =>
        rootOf($ref) === rootOf(change.address) &&
        plan.changes.some(({ address, action }) => address === $ref && action === 'create'),
    )
  )
}

export const yieldsNothing = ({ yields, creates }: Call): string | undefined =>
  yields === undefined && creates === undefined ? undefined : 'it makes nothing that has ids'

/** A Region that is not that of the change. */
export const otherPlace = (subject: Subject, member: string | undefined): string | undefined => {
  const { region } = subject.call
  if (region === undefined && member === undefined) return undefined
  return member !== undefined && isIdOf(subject, member, region, false)
    ? undefined
    : 'it is sent to another Region'
}

/** A wait that is none of those. */
export const otherWait = (subject: Subject, waits: readonly (Wait | undefined)[]): string | undefined => {
  const { until } = subject.call
  if (until === undefined) return undefined
  const found = waits.some(
    wait =>
      wait !== undefined &&
      until.operation === wait.operation &&
      until.path === wait.path &&
      until.within === wait.within &&
      canonicalText(until.in) === canonicalText([...wait.in]) &&
      until.item?.list === wait.item?.list,
  )
  const given = [...Object.entries(until.input), ...Object.entries(until.item?.by ?? {})]
  const isOwn = given.every(([member, value]) => isIdOf(subject, member, value, true))
  return found && isOwn ? undefined : 'it waits for something that such a call does not'
}

export const noSecret = ({ input }: Call): string | undefined =>
  secretsIn(input).size === 0 ? undefined : 'it sends a secret where there is no setting for one'

/** A secret in a member that holds none, or one that the plan does not say the source of. */
export const foreignSecret = (
  { plan, kind, change, call }: Subject,
  original: (member: string) => string,
): string | undefined => {
  const found = Object.entries(call.input).flatMap(([member, value]) =>
    secretPlaces(value, [original(member)]),
  )
  for (const { name, path } of found) {
    const field = secretField(kind, path)
    if (field === undefined) return `it sends the secret ${name} where there is no setting for one`
    const live = `${liveSecret}${change.address}#`
    const isDeclared = Object.hasOwn(plan.secrets, name)
    if (!isDeclared && !(name.startsWith(live) && path.join('.') === name.slice(live.length)))
      return `the plan does not say where the secret ${name} comes from`
  }
  return undefined
}

/** The setting that holds a secret at a place of the wire. */
const secretField = (kind: Kind, path: readonly string[]): Field | undefined =>
  kind.fields.find(field =>
    wiresOf(field)
      .map(partsOf)
      .filter(parts => parts.every((part, index) => path[index] === part))
      .some(parts =>
        field.secret
          ? path.length === parts.length
          : path.length === parts.length + 1 && field.secretKeys?.includes(path.at(-1) as string),
      ),
  )
