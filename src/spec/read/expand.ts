// Resources that other settings ask for: one facet of the file becomes one resource for each of them.

import type { Desired } from '../../model.ts'
import type { Kind } from '../../table/kind.ts'

/** The resources, with one in place of a facet for each that its parent's settings ask for. */
export const dealEach = (resources: readonly Desired[], kinds: readonly Kind[], stack: string): Desired[] => {
  const places = new Map(kinds.map(kind => [kind.name, kind.place]))
  const byAddress = new Map(resources.map(desired => [desired.address, desired]))
  return resources.flatMap(desired => {
    const place = places.get(desired.kind)
    const parent = desired.parent === undefined ? undefined : byAddress.get(desired.parent)
    if (place?.form !== 'facet' || place.each === undefined || parent === undefined) return [desired]
    const { key, address } = parent
    const asked = Object.entries(place.each(parent.spec, { stack, key, address }))
    return [
      // what is said of all of them is known even when there are none
      ...(Object.keys(desired.spec).length > 0 ? [desired] : []),
      ...asked.map(([name, { ids, at }]) => ({
        ...desired,
        address: `${desired.address}.${name}`,
        key: name,
        path: [...parent.path, ...at.split('.')],
        ids,
      })),
    ]
  })
}
