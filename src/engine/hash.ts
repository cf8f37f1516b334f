// Hashes: of a plan, and of what we manage and carry of a resource.
import { createHash } from 'node:crypto'
import { isBodyWriter, type Kind, type Where } from '../kinds/kind.ts'
import type { Json, JsonObject, Plan } from '../model.ts'
import { canonicalText, liveValues, wiresOf } from './canonical.ts'
import { bodyOf, lay } from './wire.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * A fingerprint of a live resource: its canonical values and every body its writers would send. Dates, user
 * counts and other members that no writer takes are not in it, and sets are sorted, so that nothing volatile
 * makes a plan stale.
 */
export const fingerprint = (kind: Kind, held: JsonObject, where: Where): string => {
  // secrets leave no trace, not even in a hash
  const wire = kind.fields
    .flatMap(field => (field.secretKeys ?? []).map(key => `${wiresOf(field)[0]}.${key}`))
    .reduce((all, path) => lay(all, path, undefined), held)
  const bodies = kind.writers.filter(isBodyWriter).map(writer => sortedLists(bodyOf(kind, writer, wire)))
  return sha256(canonicalText([liveValues(kind, wire, where) as Json, bodies]))
}

/** Carried members have no row that says which lists are sets, so for a fingerprint all are. */
const sortedLists = (value: Json): Json => {
  if (Array.isArray(value))
    return value.map(sortedLists).sort((a, b) => (canonicalText(a) < canonicalText(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sortedLists(inner)]))
}

/** The hash of a plan: what it does, to what, where; not what it merely saw. */
export const planHash = (plan: Omit<Plan, 'hash'>): string => {
  const { target, fingerprints, secrets } = plan
  const changes = plan.changes
    .filter(change => change.action !== 'none')
    .map(({ path: _path, preserved: _preserved, calls, ...change }) => ({
      ...change,
      // how long to be patient depends on the hour, not on what is done
      calls: calls.map(({ retryOn: _patience, ...call }) => call),
    }))
  const known = Object.fromEntries(
    Object.entries(plan.known).filter(([, attributes]) => Object.keys(attributes).length > 0),
  )
  return sha256(
    canonicalText({ format: plan.format, target, changes, fingerprints, known, secrets } as unknown as Json),
  )
}
