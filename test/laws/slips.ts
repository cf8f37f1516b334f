// Settings of a file that states every row, each with another value that somebody may give it by hand.

import { rootOf } from '../../src/address.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Desired, JsonObject, Observation, Spec, Term } from '../../src/model.ts'
import { registerFunction } from '../../src/sandbox/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import type { Field, Kind } from '../../src/table/kind.ts'
import { canonicalText, liveValues } from '../../src/values/canonical.ts'
import { isFixed } from '../../src/values/merge.ts'
import { everyRow } from './everything.ts'
import { handOf } from './hands.ts'
import { digestOfFile, openWorld, type World, where, withSecrets } from './world.ts'

const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind

/** A setting that the file states, and another value that it may have. */
export interface Slip {
  desired: Desired
  kind: Kind
  field: Field
  value: Term
}

/** The file, applied: what AWS is then, and all slips by name. */
export interface Slips {
  world: World
  spec: Spec
  slips: Map<string, Slip>
  applied: string
}

export const openSlips = async (): Promise<Slips> => {
  const { text } = everyRow()
  const world = await openWorld()
  for (const [arn] of text.matchAll(/arn:aws:lambda:\S+/g)) registerFunction(world.sandbox.state, arn)
  const spec = parseSpec({ file: 'cognito.yaml', text }, { kinds, digest: digestOfFile }).spec as Spec
  await world.apply(await world.plan(spec))
  const all = spec.resources.flatMap(desired => {
    const kind = kindNamed(desired.kind)
    return kind.fields.flatMap(field => slipsOf(desired, kind, field))
  })
  const slips = new Map(all.map(slip => [`${nameOf(slip)}: ${JSON.stringify(slip.value)}`, slip]))
  return { world, spec, slips, applied: world.sandbox.state.snapshot() }
}

/** Rows that nobody changes by hand in a way that drift would tell and applying undo. */
const excused = (kind: Kind, field: Field): string | undefined =>
  field.secret
    ? 'a secret is not compared'
    : field.collection?.permanent
      ? 'AWS only adds to it, which is told as unlisted'
      : isFixed(kind, field)
        ? 'fixed at creation'
        : field.path === kind.nameField && kind.tags === undefined && kind.natural === undefined
          ? 'under another name it is another one'
          : undefined

/** What AWS changes along with a setting, if it was stated. */
const along: { [row: string]: string[] } = {
  'mfa.email.enabled': ['mfa.email.message', 'mfa.email.subject'],
  'branding.useCognitoProvidedValues': ['branding.settings', 'branding.assets'],
}

const same = (a: Term | undefined, b: Term | undefined): boolean => canonicalText(a) === canonicalText(b)

/** Whether a value only adds entries to a collection: those are told as unlisted, and stay. */
const onlyAdds = ({ collection }: Field, stated: Term, value: Term): boolean =>
  collection !== undefined &&
  Object.entries(stated as JsonObject).every(([key, entry]) => same(entry, (value as JsonObject)[key]))

const slipsOf = (desired: Desired, kind: Kind, field: Field): Slip[] => {
  const stated = desired.spec[field.path]
  if (stated === undefined || excused(kind, field) || !handOf(kind, field)) return []
  // an example is one where it may stand: beside what it is given
  if (
    Object.entries(field.given ?? {}).some(
      ([path, value]) => path in desired.spec && !same(desired.spec[path], withSecrets(value)),
    )
  )
    return []
  return field.examples
    .map(withSecrets)
    .flatMap(value =>
      same(value, stated) || onlyAdds(field, stated, value) ? [] : [{ desired, kind, field, value }],
    )
}

export const pathsOf = ({ desired, field }: Slip): string[] => [
  field.path,
  ...(along[field.path] ?? []).filter(path => path in desired.spec),
]
/** As a plan names what differs. */
export const namesOf = (slip: Slip): string[] => pathsOf(slip).map(path => `${slip.desired.address} ${path}`)
const nameOf = (slip: Slip): string => namesOf(slip)[0] as string

/** The roots that these are under, without the rest of the file. */
export const around = (spec: Spec, ...some: readonly Slip[]): Spec => {
  const roots = some.map(({ desired }) => rootOf(desired.address))
  return { ...spec, resources: spec.resources.filter(({ address }) => roots.includes(rootOf(address))) }
}

/** The file with a setting left to others. */
export const leaving = (from: Spec, slip: Slip): Spec => ({
  ...from,
  resources: from.resources.map(one =>
    one.address === slip.desired.address ? { ...one, ignore: pathsOf(slip).map(path => ({ path })) } : one,
  ),
})

export const valueIn = ({ live }: Observation, { desired, kind, field }: Slip): Term | undefined =>
  liveValues(kind, live[desired.address]?.wire ?? {}, where)[field.path]
