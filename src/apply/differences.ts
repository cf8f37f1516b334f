// What differs between a resource as a plan saw it and as it is now, setting by setting; secrets never.

import type { Change, JsonObject, MovedField, Term } from '../model.ts'
import { isBodyWriter, type Kind, type Where } from '../table/kind.ts'
import { isObject, isUnresolved } from '../term.ts'
import { canonicalText, folded, liveValues, wiresOf } from '../values/canonical.ts'
import { withoutSecrets } from '../values/fingerprint.ts'

type Seen = { [path: string]: Term | undefined }

/** The settings that differ, with both values. */
export const differences = (
  kind: Kind,
  change: Change,
  saw: JsonObject | undefined,
  now: JsonObject,
  where: Where,
): MovedField[] => {
  const before: Seen =
    saw === undefined ? heldBy(change, kind, where) : liveValues(kind, withoutSecrets(kind, saw), where)
  const after = liveValues(kind, withoutSecrets(kind, now), where)
  return kind.fields.flatMap((field): MovedField[] => {
    const { path, secret } = field
    const [old, next] = [before[path], after[path]]
    if (secret || !(path in before)) return []
    if (canonicalText(folded(field, old)) === canonicalText(folded(field, next))) return []
    return [{ path, ...(old !== undefined && { before: old }), ...(next !== undefined && { after: next }) }]
  })
}

/** What a plan itself holds of what it saw: the values before its changes, and those that its calls carry. */
const heldBy = (change: Change, kind: Kind, where: Where): Seen => {
  const carried = carriedBy(change, kind)
  const members = new Set(Object.keys(carried))
  const values = liveValues(kind, carried, where)
  const sent = kind.fields
    .filter(field => wiresOf(field).every(wire => members.has(wire.split('.')[0] as string)))
    .map(({ path }) => [path, values[path]] as const)
  const changed = change.fields
    // of what is compared only in part, the plan has only that part
    .filter(({ path }) => kind.fields.some(field => field.path === path && field.shape !== 'declared'))
    .map(({ path, before }) => [path, before] as const)
  const partial = new Set(kind.fields.filter(({ shape }) => shape === 'declared').map(({ path }) => path))
  return Object.fromEntries([...sent.filter(([path]) => !partial.has(path)), ...changed])
}

/** The members that its whole-body updates send, under their own names; what has holes is left out. */
const carriedBy = ({ calls }: Change, kind: Kind): JsonObject => {
  const all: JsonObject = {}
  for (const { operation, input } of calls) {
    const writer = kind.writers.filter(isBodyWriter).find(one => one.operation === operation)
    if (writer === undefined) continue
    const names = new Map(Object.entries(writer.rename ?? {}).map(([member, name]) => [name, member]))
    for (const [name, value] of Object.entries(input))
      if (!hasHoles(value)) all[names.get(name) ?? name] ??= value
  }
  return all
}

const hasHoles = (value: Term): boolean =>
  Array.isArray(value)
    ? value.some(hasHoles)
    : isUnresolved(value) || (isObject(value) && Object.values(value).some(hasHoles))

/** `minimumLength was 8 and is 12`: short enough for one line. */
export const differencesText = (fields: readonly MovedField[]): string => {
  const shown = fields
    .slice(0, 5)
    .map(({ path, before, after }) => `${path} was ${short(before)} and is ${short(after)}`)
  const left = fields.length - shown.length
  return `${shown.join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

const short = (value: Term | undefined): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}
