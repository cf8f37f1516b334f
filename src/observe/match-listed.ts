// Which of what a list has is meant by a resource of the file.

import type { Address, Desired } from '../model.ts'
import type { Kind, Listed } from '../table/kind.ts'
import { resolved, type Watch } from './reader.ts'

export type Find = (by: 'id' | 'key' | 'name', value: unknown) => readonly Listed[]

/** What a list has, by what it can be looked up by. */
export const indexOf = (kind: Kind, listed: readonly Listed[]): Find => {
  const own = kind.ids.at(-1) as string
  const indexes = {
    id: new Map<unknown, Listed[]>(),
    key: new Map<unknown, Listed[]>(),
    name: new Map<unknown, Listed[]>(),
  }
  for (const one of listed)
    for (const [by, value] of [
      ['id', one.ids[own]],
      ['key', one.key],
      ['name', one.name],
    ] as const) {
      const same = indexes[by].get(value)
      if (same) same.push(one)
      else indexes[by].set(value, [one])
    }
  return (by, value) => indexes[by].get(value) ?? []
}

/** What a list has of a resource of the file: one, none, or several that could be it. */
export const matching = (watch: Watch, kind: Kind, desired: Desired, find: Find): readonly Listed[] => {
  const own = kind.ids.at(-1) as string
  if (desired.id !== undefined) return find('id', desired.id)
  if (kind.match === 'key') return find('key', desired.key)
  const values = resolved(desired, watch.lookup)
  const field = kind.natural?.[own]
  if (field !== undefined) return find('id', values[field])
  const current = find('name', values[kind.nameField ?? ''] ?? desired.key)
  return current.length > 0 || desired.renamedFrom === undefined ? current : find('name', desired.renamedFrom)
}

/** What a resource would be called that the file does not list. */
export const addressOf = (kind: Kind, parent: Desired, block: string, { key, name }: Listed): Address =>
  `${parent.address}.${block}.${kind.match === 'key' ? (key as string) : name}`
