// Secrets that the file has to name: what AWS gave back, and what it never does but cannot do without.

import type { Term } from '../model.ts'
import { reservedAs } from '../spec/read/secret-sources.ts'
import type { Context, Field, Where } from '../table/kind.ts'
import { isObject } from '../term.ts'
import { liveValues, wireOf } from '../values/canonical.ts'
import type { Placed } from './assign-keys.ts'
import { claimed, keyFrom, variableFrom } from './keys.ts'

export interface SecretEntry {
  field: Field
  key: string
  /** as the file declares it */
  name: string
  /** the environment variable that is to hold it */
  variable: string
}

/** The secrets inside a resource's settings, each under a name of its own. */
export const secretsOf = (one: Placed, taken: Set<string>, where: Where): SecretEntry[] =>
  one.kind.fields.flatMap(field => {
    const keys = (field.secretKeys ?? []).filter(
      key =>
        one.seen.read.found.secrets?.[`${wireOf(field)}.${key}`] !== undefined ||
        isMissed(one, field, key, where),
    )
    return keys.map((key): SecretEntry => {
      const short = keyFrom(one.key.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase(), 'secret')
      const wish = taken.has(short) && one.parent ? `${one.parent.key}-${short}` : short
      const name = claimed(keys.length > 1 ? `${wish}-${key}` : wish, taken)
      const variable = variableFrom(keys.length > 1 ? name : `${name}_${key}`)
      return {
        field,
        key,
        name,
        variable: reservedAs(variable) === undefined ? variable : `SECRET_${variable}`,
      }
    })
  })

/** Whether something is wrong with the resource for as long as this entry is not there. */
const isMissed = (one: Placed, field: Field, key: string, where: Where): boolean => {
  const values = liveValues(one.kind, one.seen.live.wire, where)
  const context: Context = {
    ...where,
    key: one.key,
    address: one.address,
    creating: false,
    siblings: () => [],
    peers: () => [],
    complete: false,
  }
  const broken = (entries: { [entry: string]: Term }) => {
    const held = values[field.path]
    const all = { ...values, [field.path]: { ...(isObject(held) ? held : {}), ...entries } }
    return one.kind.check?.(all, context).map(({ code, message }) => `${code} ${message}`) ?? []
  }
  const others = Object.fromEntries(
    (field.secretKeys ?? []).filter(other => other !== key).map(other => [other, { $secret: other } as Term]),
  )
  const without = broken(others)
  const there = broken({ ...others, [key]: { $secret: key } })
  return without.some(text => !there.includes(text))
}
