// Which secrets a change sends, from where and to where, read off its calls: what is shown is what decides.

import type { Address, Call, Change, FieldChange, Impact, SecretFlow } from '../model.ts'
import type { Field, Kind } from '../table/kind.ts'
import { anotherSecret, isObject, isSecret, liveSecret, secretPlaces } from '../term.ts'
import { wireOf } from '../values/canonical.ts'
import type { Merged } from '../values/merge.ts'
import type { World } from './context.ts'
import { placeOf } from './secret-delivery.ts'

const settingOf = (kind: Kind, wire: string): { field: Field | undefined; path: string } => {
  const field = kind.fields.find(one => wire === wireOf(one) || wire.startsWith(`${wireOf(one)}.`))
  return { field, path: field === undefined ? wire : `${field.path}${wire.slice(wireOf(field).length)}` }
}

interface Found {
  flow: SecretFlow
  /** the setting that it travels with */
  path: string
  isNew: boolean
}

const addressIn = (secret: string): Address => secret.slice(liveSecret.length).split('#')[0] ?? ''

/** Whether somebody else is sent it than before: the address of whom it is shown to has changed. */
const goesElsewhere = (field: Field | undefined, change: FieldChange | undefined): boolean => {
  const [before, after] = [change?.before, change?.after]
  return (field?.secretsGoTo ?? []).some(
    key =>
      isObject(after) &&
      key in after &&
      JSON.stringify(isObject(before) ? before[key] : undefined) !== JSON.stringify(after[key]),
  )
}

const found = (world: World, { kind, live }: Merged, change: Change, call: Call): Found[] => {
  const place = placeOf(call)
  return secretPlaces(call.input).map(({ name: secret, path: members }): Found => {
    const wire = members.join('.')
    if (place !== undefined)
      return {
        flow: { from: { made: addressIn(secret) }, to: place },
        path: 'clientSecretTo',
        isNew: true,
      }
    const { field, path } = settingOf(kind, wire)
    const fieldChange = change.fields.find(one => one.path === field?.path)
    const key = path.slice((field?.path.length ?? 0) + 1)
    const before = isObject(fieldChange?.before) ? fieldChange.before[key] : undefined
    const moves = live === undefined || call.creates === true || goesElsewhere(field, fieldChange)
    const to = { address: change.address, path }
    if (secret.startsWith(liveSecret))
      return { flow: { from: { held: addressIn(secret) }, to }, path: field?.path ?? '', isNew: moves }
    const isUnproven =
      before === undefined ||
      (isSecret(before) && before.$secret === anotherSecret.$secret) ||
      live?.unchecked?.includes(wire) === true
    return {
      flow: { from: { secret, source: world.spec.secrets[secret] ?? { env: '' } }, to },
      path: field?.path ?? '',
      isNew: moves || isUnproven,
    }
  })
}

const flowing = (impact: Impact[]): Impact[] => [
  ...impact.filter(one => one !== 'in-place' && one !== 'secret-flow'),
  'secret-flow',
]

/** The change with the secrets that it sends, and an impact where one comes from, or goes to, somewhere new. */
export const withFlows = (world: World, merged: Merged, change: Change): Change => {
  const all = change.calls.flatMap(call => found(world, merged, change, call))
  if (all.length === 0) return change
  const flows = [...new Map(all.map(({ flow }) => [JSON.stringify(flow), flow])).values()]
  const fresh = new Set(all.filter(({ isNew }) => isNew).map(({ path }) => path))
  return {
    ...change,
    flows,
    fields: change.fields.map(field =>
      fresh.has(field.path) ? { ...field, impact: flowing(field.impact) } : field,
    ),
  }
}
