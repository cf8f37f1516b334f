// The fingerprint of what we manage and carry of a resource.

import type { JsonObject } from '../model.ts'
import { isBodyWriter, type Kind, type Where } from '../table/kind.ts'
import { liveValues, wireOf } from './canonical.ts'
import { digest, sortedLists } from './hash.ts'
import { bodyOf, lay } from './wire.ts'

/** The object without its secrets, which leave no trace, not even in a hash. */
export const withoutSecrets = (kind: Kind, held: JsonObject): JsonObject =>
  kind.fields
    .flatMap(field => (field.secretKeys ?? []).map(key => `${wireOf(field)}.${key}`))
    .reduce((all, path) => lay(all, path, undefined), held)

/**
 * A fingerprint of a live resource: its canonical values and every body its writers would send. Dates, user
 * counts and other members that no writer takes are not in it, and sets are sorted, so that nothing volatile
 * makes a plan stale.
 */
export const fingerprint = (kind: Kind, held: JsonObject, where: Where): string => {
  const wire = withoutSecrets(kind, held)
  const bodies = kind.writers.filter(isBodyWriter).map(writer => sortedLists(bodyOf(kind, writer, wire)))
  return digest([liveValues(kind, wire, where), bodies])
}
