// Which resources a change of the file touches: those whose desired state differs, and what they need.
import type { Address, Desired, Spec, Tombstone } from '../model.ts'
import { secretsIn } from '../term.ts'
import { canonicalText } from '../values/canonical.ts'

/** What every resource has from the top of the file. */
const head = ({ version, stack, environment, region, tags, unspecified }: Spec): string =>
  canonicalText({ version, stack, environment: environment ?? null, region, tags, unspecified })

/** A resource but for where it stands in the file. */
const textOf = ({ path: _path, ...desired }: Desired): string =>
  canonicalText(JSON.parse(JSON.stringify(desired)))

const nameOf = ({ parent, collection, name }: Tombstone): string =>
  canonicalText([parent ?? null, collection, name])

/** The resources that the file wants otherwise than its earlier version did; all of them when its head differs. */
export const changedSince = (now: Spec, base: Spec): Address[] => {
  const before = new Map(base.resources.map(desired => [desired.address, textOf(desired)]))
  const moved = Object.keys(now.secrets).filter(
    name => canonicalText(now.secrets[name]) !== canonicalText(base.secrets[name]),
  )
  // what is newly to be deleted is found by what it belongs to
  const doomed = now.removed.filter(one => !base.removed.some(other => nameOf(one) === nameOf(other)))
  return now.resources
    .filter(
      desired =>
        doomed.some(({ parent }) => parent === desired.address) ||
        head(now) !== head(base) ||
        before.get(desired.address) !== textOf(desired) ||
        Object.values(desired.spec).some(term => [...secretsIn(term)].some(name => moved.includes(name))),
    )
    .map(({ address }) => address)
}
