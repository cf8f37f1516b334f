// The kinds as the file sees them: which keys stand where, and what stands under each.

import { normalise } from '../spec/check/suggest.ts'
import type { Field, Kind } from './kind.ts'

/** What a key of a resource's block may be. */
export type Shape =
  | Group
  | { is: 'row'; owner: Kind; field: Field }
  | { is: 'block'; child: Kind }
  | { is: 'meta' }

export type Group = { is: 'group'; keys: Map<string, Shape> }

export interface Registry {
  kinds: readonly Kind[]
  byName: Map<string, Kind>
  /** block at the root → kind */
  roots: Map<string, Kind>
  /** what stands in one resource's block, by its kind */
  shapes: Map<string, Group>
  /** kinds under a kind, facets last */
  children: Map<string, Kind[]>
  /** AWS's names, normalised → path in the file, by kind; gathered when a mistake asks for them */
  awsNames(): Map<string, Map<string, string>>
}

const cache = new WeakMap<readonly Kind[], Registry>()

export const readRegistry = (kinds: readonly Kind[]): Registry => {
  const known = cache.get(kinds)
  if (known) return known
  const children = new Map<string, Kind[]>()
  for (const kind of kinds)
    if (kind.parent !== undefined) children.set(kind.parent, [...(children.get(kind.parent) ?? []), kind])
  let awsNames: Map<string, Map<string, string>> | undefined
  const registry: Registry = {
    kinds,
    byName: new Map(kinds.map(kind => [kind.name, kind])),
    roots: new Map(
      kinds.flatMap(kind =>
        kind.parent === undefined && kind.place.form === 'map' ? [[kind.place.block, kind]] : [],
      ),
    ),
    shapes: new Map(kinds.map(kind => [kind.name, shapeOf(kind, children.get(kind.name) ?? [])])),
    children,
    awsNames: () => {
      awsNames ??= new Map(
        kinds.map(kind => [
          kind.name,
          awsNamesOf([kind, ...(children.get(kind.name) ?? []).filter(isFacet)]),
        ]),
      )
      return awsNames
    },
  }
  cache.set(kinds, registry)
  return registry
}

/** Its rows stand in its parent's own block. */
export const isFacet = (kind: Kind): boolean => kind.place.form === 'facet'

/** The key under which its resources stand, if they have a block of their own. */
export const blockOf = (kind: Kind): string | undefined =>
  kind.place.form === 'facet' ? undefined : kind.place.block

/** Found again by the name AWS has, which can change. */
const hasFormerName = (kind: Kind): boolean =>
  kind.renamable === true && (kind.match ?? 'name') === 'name' && kind.natural === undefined

/** The keys that any resource may have beside its settings. */
export const metaKeysOf = (kind: Kind): string[] => {
  if (kind.place.form !== 'map') return []
  if (kind.presence === 'facet') return ['ignore', 'strangers']
  return [
    ...['id', 'existing', 'movedFrom'],
    ...(hasFormerName(kind) ? ['renamedFrom'] : []),
    ...(kind.issued ? ['clientSecretTo'] : []),
    ...['ignore', 'prune', 'removed', 'strangers'],
  ]
}

const shapeOf = (kind: Kind, children: readonly Kind[]): Group => {
  const group: Group = { is: 'group', keys: new Map() }
  for (const owner of [kind, ...children.filter(isFacet)])
    for (const field of owner.fields) place(group, owner, field)
  for (const child of children) {
    const block = blockOf(child)
    if (block !== undefined) claim(group, block, { is: 'block', child }, kind)
  }
  for (const key of metaKeysOf(kind)) claim(group, key, { is: 'meta' }, kind)
  return group
}

const claim = (group: Group, key: string, shape: Shape, kind: Kind): void => {
  if (group.keys.has(key)) throw new Error(`${kind.name}: two things stand at ${key}`)
  group.keys.set(key, shape)
}

const place = (group: Group, owner: Kind, field: Field): void => {
  const parts = field.path.split('.')
  const last = parts.pop() ?? ''
  let at = group
  for (const part of parts) {
    const next = at.keys.get(part) ?? { is: 'group', keys: new Map() }
    if (next.is !== 'group') throw new Error(`${owner.name}: ${field.path} stands below another row`)
    at.keys.set(part, next)
    at = next
  }
  claim(at, last, { is: 'row', owner, field }, owner)
}

/** `UserPoolTier` → `userPoolTier`, `EmailConfiguration` → `email`, `Policies.PasswordPolicy` → `passwordPolicy`. */
const awsNamesOf = (kinds: readonly Kind[]): Map<string, string> => {
  const names = new Map<string, string>()
  const add = (name: string, path: string) => {
    const key = normalise(name)
    if (!names.has(key)) names.set(key, path)
  }
  const rows = kinds.flatMap(kind =>
    kind.fields.map(field => ({ file: field.path.split('.'), wires: [field.wire].flat() })),
  )
  for (const { file, wires } of rows) for (const wire of wires) add(wire, file.join('.'))
  for (const { file, wires } of rows)
    for (const parts of wires.map(wire => wire.split('.')))
      for (let cut = 1; cut < Math.min(parts.length, file.length); cut++) {
        const path = file.slice(0, -cut).join('.')
        add(parts.slice(0, -cut).join('.'), path)
        add(parts[parts.length - cut - 1] ?? '', path)
      }
  for (const { file, wires } of rows) {
    for (const wire of wires) add(wire.split('.').at(-1) ?? '', file.join('.'))
    add(file.at(-1) ?? '', file.join('.'))
    for (const wire of wires) if (wire.includes('.')) add(wire.split('.')[0] ?? '', file[0] ?? '')
  }
  return names
}
