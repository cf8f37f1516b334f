// From what somebody typed to a place of the file: whole paths, their ends, real keys, AWS's own names.

import { nearest, normalise } from '../spec/check/suggest.ts'
import type { Kind } from '../table/kind.ts'
import { readRegistry } from '../table/registry.ts'
import { allBelow, type Place, shortPathOf, treeOf } from './tree.ts'

/** A place, the keys that were given on the way, and what of the path lies inside a setting. */
export interface Hit {
  place: Place
  keys: Map<Place, string>
  inside: string[]
}

/** `a.b[0].c` → `['a', 'b', '0', 'c']` */
export const split = (path: string): string[] => path.split(/[.[\]]+/).filter(part => part !== '')

/** Every place that is meant; the first way of reading the path that leads anywhere counts. */
export const find = (path: string, kinds: readonly Kind[]): Hit[] => {
  const parts = split(path.replace(/^environments\.[^.]+\.override\./, ''))
  const root = treeOf(kinds)
  const whole = follow(root, parts, new Map())
  if (whole !== undefined) return [whole]
  const everything = allBelow(root).slice(1)
  const [first = '', ...rest] = parts
  const ends = everything
    .filter(({ key }) => key === first)
    .flatMap(place => follow(place, rest, new Map()) ?? [])
  if (ends.length > 0) return topmost(ends)
  const awsNames = readRegistry(kinds).awsNames()
  const wanted = normalise(path)
  const byAws = everything
    .filter(({ what }) => what.is === 'kind')
    .flatMap(place => {
      const kind = (place.what as { kind: Kind }).kind
      const own = awsNames.get(kind.name)?.get(wanted)
      return own === undefined ? [] : (follow(place, own.split('.'), new Map()) ?? [])
    })
  return topmost(byAws)
}

/** Each place once. */
const topmost = (hits: Hit[]): Hit[] => [...new Map(hits.map(hit => [hit.place, hit])).values()]

/** A part may be a setting's name or the key of a resource: a setting first, unless it leads nowhere. */
const follow = (place: Place, parts: string[], keys: Map<Place, string>, keyed = false): Hit | undefined => {
  const [part, ...rest] = parts
  if (part === undefined) return { place, keys, inside: [] }
  const child = place.children.get(part)
  const found = child === undefined ? undefined : follow(child, rest, keys)
  if (found !== undefined) return found
  if (place.what.is === 'kind' && place.what.label !== undefined && !keyed) {
    const misspelt = rest.length === 0 && part !== place.what.label && nearest(part, place.children.keys())
    return misspelt ? undefined : follow(place, rest, new Map([...keys, [place, part]]), true)
  }
  const { what } = place
  return what.is === 'row' || what.is === 'plain' ? { place, keys, inside: parts } : undefined
}

/** The nearest path, or end of one. */
export const nearestPath = (path: string, kinds: readonly Kind[]): string | undefined => {
  const short = allBelow(treeOf(kinds)).slice(1).map(shortPathOf)
  const parts = split(path)
  // keys that are anybody's are not in these paths
  const shorter = parts.map((_, index) => parts.filter((_part, at) => at !== index).join('.'))
  const ends = new Map(short.map(one => [one.split('.').slice(-parts.length).join('.'), one]))
  const near = [path, ...shorter].flatMap(one => nearest(one, short) ?? [])[0]
  const end = nearest(path, ends.keys())
  return near ?? (end === undefined ? undefined : ends.get(end))
}

/** Every path without keys, for completion. */
export const allPaths = (kinds: readonly Kind[]): { path: string; place: Place }[] =>
  allBelow(treeOf(kinds))
    .slice(1)
    .map(place => ({ path: shortPathOf(place), place }))
