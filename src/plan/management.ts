// How far cogsync goes with a resource: most are made and kept, some are only looked at, some are others'.

import type { Desired, Diagnostic, Spec } from '../model.ts'
import type { Kind, Regard, Saying, Where } from '../table/kind.ts'
import { type Lookup, resolve } from '../term.ts'
import { attributeOf } from '../values/attributes.ts'
import type { World } from './context.ts'
import { inPlace } from './order.ts'

/** The ids that the rest of the file gives a resource, as far as they are known. */
export const givenIds = (desired: Pick<Desired, 'ids'>, lookup: Lookup): { [member: string]: string } =>
  Object.fromEntries(
    Object.entries(desired.ids ?? {}).flatMap(([member, term]) => {
      const id = resolve(term, lookup)
      return typeof id === 'string' ? [[member, id]] : []
    }),
  )

/** `undefined`: made and kept. */
export const regardOf = (
  kind: Kind,
  desired: Pick<Desired, 'ids' | 'spec'>,
  lookup: Lookup,
  where: Where,
): Regard | undefined => kind.regard?.(desired.spec, givenIds(desired, lookup), where)

/** Whether it only says something of all that its parent's settings ask for. */
export const isOfAll = (kind: Kind, desired: Desired): boolean =>
  kind.place.form === 'facet' && kind.place.each !== undefined && desired.ids === undefined

/**
 * The file in the one order that it has however it is written, and without the second of two resources that its
 * settings ask for and that turn out to be one, now that it is known where the run happens: a function may be named
 * with `${account}` in one place and without it in another.
 */
export const asOne = (spec: Spec, kinds: readonly Kind[], where: Where): Spec => {
  const seen = new Set<string>()
  const here: Lookup = ref => attributeOf(ref, () => undefined, where)
  const places = new Map(kinds.map(({ name, place }) => [name, place]))
  const isNew = ({ kind, parent, ids }: Desired): boolean => {
    const place = places.get(kind)
    if (ids === undefined || place?.form !== 'facet' || place.each === undefined) return true
    const text = JSON.stringify([kind, parent, resolve(ids, here)])
    const first = !seen.has(text)
    seen.add(text)
    return first
  }
  return { ...spec, resources: inPlace(spec.resources, kinds).filter(isNew) }
}

export const remark = (
  severity: Diagnostic['severity'],
  { code, message, hint }: Saying,
  desired: Desired,
): Diagnostic => ({ code, severity, path: desired.path, message, hint })

/** What is to be said of resources that are not made and kept. */
export const remarks = (world: World, resources: readonly Desired[]): Diagnostic[] =>
  resources.flatMap(desired => {
    const regard = regardOf(world.kindOf(desired.kind), desired, world.lookup, world.where)
    if (regard === undefined) return []
    if (regard.is === 'beyond') return [remark('note', regard.note, desired)]
    const { live, diagnostics } = world.observation
    const unread = diagnostics.some(
      ({ code, path }) => code === regard.unread.code && path.join('\n') === desired.path.join('\n'),
    )
    return live[desired.address] !== undefined || unread ? [] : [remark('warning', regard.absent, desired)]
  })
