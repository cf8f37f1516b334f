// Whether every call of a plan is one that its kind can make for what the plan shows: the second line of defence for
// plans that are carried out without their file.
import {
  type BodyWriter,
  type EntryWriter,
  type Field,
  isBodyWriter,
  type Kind,
  type Wait,
} from '../kinds/kind.ts'
import type { Action, Call, Change, Json, Plan, SecretPlace, Term } from '../model.ts'
import { canonicalText, folded, partsOf, wiresOf } from './canonical.ts'
import { deliveryCall } from './deliver.ts'
import { entriesOf } from './entries.ts'
import { isObject, isSecret, liveSecret, refsIn, secretsIn } from './terms.ts'
import { writerOf } from './values.ts'
import { settable } from './wire.ts'
import { rootOf } from './world.ts'

/** One call in its place. */
interface Subject {
  plan: Plan
  kind: Kind
  change: Change
  call: Call
}

/** What is wrong with a plan's calls, a sentence each: none if every call is what its change shows. */
export const callFaults = (plan: Plan, kinds: readonly Kind[]): string[] => [
  ...repeated(plan),
  ...plan.changes.flatMap(change => {
    const kind = kinds.find(({ name }) => name === change.kind)
    if (kind === undefined) return [`${change.address}: no kind is called ${change.kind}`]
    const faults = [
      ...idFaults(plan, kind, change),
      ...labelFaults(kind, change),
      ...change.calls.flatMap(call => callFault({ plan, kind, change, call })),
    ]
    return faults.map(fault => `${change.address}: ${fault}`)
  }),
  ...sourceFaults(plan),
]

const repeated = ({ changes }: Plan): string[] => {
  const seen = new Set<string>()
  return changes.flatMap(({ address }) => {
    const twice = seen.has(address)
    seen.add(address)
    return twice ? [`${address}: two changes have this address`] : []
  })
}

/** Sources of secrets that nothing is sent from. */
const sourceFaults = ({ changes, secrets }: Plan): string[] => {
  const sent = new Set<string>()
  for (const { calls } of changes) for (const { input } of calls) secretsIn(input, sent)
  return Object.keys(secrets)
    .filter(name => !sent.has(name))
    .map(name => `secrets.${name}: nothing that is sent needs it`)
}

/** The ids of a change against those that the plan knows of it and of what it is under. */
const idFaults = ({ known }: Plan, kind: Kind, { address, ids }: Change): string[] => {
  const above = address
    .split('.')
    .map((_part, index, all) => all.slice(0, index + 1).join('.'))
    .flatMap(one => (known[one] === undefined ? [] : [known[one]]))
  return kind.ids.flatMap(member => {
    const from = kind.idsFrom?.[member]
    const others = above.flatMap(one => [
      one[`ids.${member}`],
      ...(from === undefined ? [] : [one[`ids.${from}`]]),
    ])
    return others.some(id => id !== undefined && ids[member] !== undefined && id !== ids[member])
      ? [`${member} is ${ids[member]}, which is not the one that the plan knows there`]
      : []
  })
}

const works: readonly Action[] = ['create', 'update', 'adopt', 'replace']

/** Whether what is shown and what is sent are the same sort of thing. */
const labelFaults = (kind: Kind, { action, calls, goesWith }: Change): string[] => {
  const n = (operation: string | undefined) => calls.filter(call => call.operation === operation).length
  if (action === 'none' || action === 'blocked')
    return calls.length > 0 ? [`it is shown as ${action}, and ${calls.length} calls are sent`] : []
  if (goesWith !== undefined)
    return action !== 'delete' || calls.length > 0 ? ['what goes with another needs no calls of its own'] : []
  // of what AWS makes with its parent there may be nothing to write
  if (writes(action) && calls.length === 0 && (action !== 'create' || kind.create !== undefined))
    return [`it is shown as ${action}, and nothing is sent`]
  const makes = kind.create !== undefined && (action === 'create' || action === 'replace')
  if (makes && n(kind.create?.operation) !== 1)
    return [`it is shown as ${action}, and ${kind.create?.operation} is not sent once`]
  const removes = kind.remove !== undefined && (action === 'delete' || action === 'replace')
  const waits = calls.some(({ operation, until }) => operation === until?.operation)
  return removes && !waits && n(kind.remove?.operation) !== 1
    ? [`it is shown as ${action}, and ${kind.remove?.operation} is not sent once`]
    : []
}

/** Why a call is none of its change; nothing if it is one. */
const callFault = (subject: Subject): string[] => {
  const { kind, change, call } = subject
  const { action } = change
  const reasons = [
    ...(action === 'create' || action === 'replace' ? [asCreation(subject)] : []),
    ...(action === 'delete' || action === 'replace' ? [asRemoval(subject), asWait(subject)] : []),
    ...(action === 'delete' ? [] : [asDelivery(subject), asRestart(subject)]),
    ...kind.writers.flatMap(writer =>
      isBodyWriter(writer)
        ? [asBody(subject, writer), asClear(subject, writer)]
        : [asPut(subject, writer), asTaking(subject, writer)],
    ),
  ]
  if (reasons.includes(true)) return []
  const [why] = reasons.filter(reason => typeof reason === 'string')
  return [
    why === undefined
      ? `${call.operation} is no call of ${verbs[action]} ${kind.title}`
      : `${call.operation}: ${why}`,
  ]
}

const verbs: { [action in Action]: string } = {
  create: 'creating one, of kind',
  update: 'updating one, of kind',
  adopt: 'adopting one, of kind',
  replace: 'replacing one, of kind',
  delete: 'deleting one, of kind',
  blocked: 'a blocked',
  none: 'an unchanged',
}

/** `true`: it is such a call. A sentence: it would be one, but for this. `undefined`: it is another sort of call. */
type Verdict = true | string | undefined

/** The first sentence, if there is any. */
const unless = (...reasons: (string | undefined)[]): Verdict => reasons.find(one => one !== undefined) ?? true

const asCreation = (subject: Subject): Verdict => {
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

const asBody = (subject: Subject, writer: BodyWriter): Verdict => {
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

const asClear = (subject: Subject, writer: BodyWriter): Verdict => {
  const { change, call } = subject
  const { clear } = writer
  if (clear === undefined || !writes(change.action) || call.operation !== clear.operation) return undefined
  const clears = fieldsOf(subject, writer).some(({ after }) => isNothing(after))
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

const asPut = (subject: Subject, writer: EntryWriter): Verdict => {
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

const asTaking = (subject: Subject, writer: EntryWriter): Verdict => {
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
  return entryVerdict(
    subject,
    foreign === undefined ? undefined : `${foreign} is not shown to be taken away`,
  )
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

const asRemoval = (subject: Subject): Verdict => {
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

const asWait = (subject: Subject): Verdict => {
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

const asRestart = (subject: Subject): Verdict => {
  const { kind, change, call } = subject
  const { restart } = kind
  if (restart === undefined || !writes(change.action) || !isSaying(subject)) return undefined
  return call.operation !== restart.operation
    ? undefined
    : unless(foreignMember(subject, Object.keys(restart.input)), foreignId(subject), yieldsNothing(call))
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

const asDelivery = ({ kind, change, call }: Subject): Verdict => {
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
  return expected.some(one => canonicalText(one as unknown as Json) === canonicalText(call as unknown as Json))
    ? true
    : 'it is not the delivery that is shown'
}

const writes = (action: Action): boolean => works.includes(action)

const fieldOf = (kind: Kind, path: string): Field | undefined => kind.fields.find(one => one.path === path)

/** The shown settings that a writer writes. */
const fieldsOf = ({ kind, change }: Subject, writer: BodyWriter | EntryWriter): Change['fields'] =>
  change.fields.filter(({ path }) => {
    const field = fieldOf(kind, path)
    return field !== undefined && writerOf(kind, field) === writer
  })

const shows = (subject: Subject, writer: BodyWriter): boolean => fieldsOf(subject, writer).length > 0

const isNothing = (value: Term | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)

/** The keys of a setting's entries, as they stand and as they are compared. */
const keysOf = ({ kind }: Subject, writer: EntryWriter, value: Term | undefined): string[] => {
  const field = fieldOf(kind, writer.field)
  const forms = field === undefined ? [value] : [value, folded(field, value)]
  return forms.flatMap(form => entriesOf(form, writer.key).map(([key]) => key))
}

/** The keys that a call puts or takes; `other` when it is not quite such a call, `undefined` when it is none. */
const keysIn = (
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

const foreignMember = ({ kind, call }: Subject, members: readonly string[]): string | undefined => {
  const foreign = Object.keys(call.input).find(
    member => !members.includes(member) && !kind.ids.includes(member),
  )
  return foreign === undefined ? undefined : `${foreign} is no member of such a call`
}

/** An id that is not that of the change, nor of what is only made by this plan. */
const foreignId = (subject: Subject, makes = false): string | undefined =>
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
  if (makes && change.action === 'replace' && natural !== undefined) {
    const after = change.fields.find(({ path }) => path === natural)?.after
    return after !== undefined && canonicalText(after) === canonicalText(value)
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

const yieldsNothing = ({ yields, creates }: Call): string | undefined =>
  yields === undefined && creates === undefined ? undefined : 'it makes nothing that has ids'

/** A Region that is not that of the change. */
const otherPlace = (subject: Subject, member: string | undefined): string | undefined => {
  const { region } = subject.call
  if (region === undefined && member === undefined) return undefined
  return member !== undefined && isIdOf(subject, member, region, false)
    ? undefined
    : 'it is sent to another Region'
}

/** A wait that is none of those. */
const otherWait = (subject: Subject, waits: readonly (Wait | undefined)[]): string | undefined => {
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

const noSecret = ({ input }: Call): string | undefined =>
  secretsIn(input).size === 0 ? undefined : 'it sends a secret where there is no setting for one'

/** A secret in a member that holds none, or one that the plan does not say the source of. */
const foreignSecret = (
  { plan, kind, change, call }: Subject,
  original: (member: string) => string,
): string | undefined => {
  const found = Object.entries(call.input).flatMap(([member, value]) => placesIn(value, [original(member)]))
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

/** Every secret of a term, and where it stands. */
const placesIn = (term: Term, path: string[]): { name: string; path: string[] }[] => {
  if (Array.isArray(term)) return term.flatMap(item => placesIn(item, [...path, '[]']))
  if (isSecret(term)) return [{ name: term.$secret, path }]
  if (!isObject(term)) return []
  return Object.entries(term).flatMap(([key, inner]) => placesIn(inner, [...path, key]))
}
