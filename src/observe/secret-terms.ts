// Secrets inside what was read: compared in memory, and a term in the place of each from then on.

import type { Address, Live, Term } from '../model.ts'
import type { Found, Kind } from '../table/kind.ts'
import { anotherSecret, isObject, isSecret, liveSecret } from '../term.ts'
import { wireOf } from '../values/canonical.ts'
import { lay } from '../values/wire.ts'

/** A member that may hold a secret. */
export interface SecretSite {
  /** dotted */
  wire: string
  /** what the file says of it */
  declared: Term | undefined
  /** the declared secret's value, if it could be had */
  value: string | undefined
}

export const secretSites = (
  kind: Kind,
  spec: { [field: string]: Term } | undefined,
  secretValue: ((name: string) => string | undefined) | undefined,
): SecretSite[] =>
  kind.fields.flatMap(field =>
    (field.secretKeys ?? []).map(key => {
      const stated = spec?.[field.path]
      const declared = isObject(stated) ? stated[key] : undefined
      const value = isSecret(declared) ? secretValue?.(declared.$secret) : undefined
      return { wire: `${wireOf(field)}.${key}`, declared, value }
    }),
  )

/**
 * What was read, with a term in the place of every secret: the file's own where AWS holds the same (or nobody
 * can tell), `anotherSecret` where it differs, and a reference to the live value where the file declares none.
 */
export const withSecretTerms = (
  sites: readonly SecretSite[],
  address: Address,
  found: Found,
): Found['wire'] =>
  sites.reduce((wire, { wire: path, declared, value }) => {
    const held = found.secrets?.[path]
    if (held === undefined && declared === undefined) return wire
    if (declared === undefined) return lay(wire, path, { $secret: `${liveSecret}${address}#${path}` })
    const isSame = held === undefined || value === undefined || held === value
    return lay(wire, path, isSame ? declared : anotherSecret)
  }, found.wire)

/** The members with a declared secret that could not be compared: it could not be read, or AWS does not give it back. */
export const uncheckedIn = (sites: readonly SecretSite[], found: Found): Pick<Live, 'unchecked'> => {
  const unchecked = sites
    .filter(({ wire, declared, value }) => {
      return declared !== undefined && (value === undefined || found.secrets?.[wire] === undefined)
    })
    .map(({ wire }) => wire)
  return unchecked.length === 0 ? {} : { unchecked }
}
