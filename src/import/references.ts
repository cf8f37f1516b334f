// References instead of ids: what a value stands for, said so that it stays right when ids change.

import type { Address, Term } from '../model.ts'
import type { Field, FindBare, Kind, Where } from '../table/kind.ts'
import { isObject, resolve } from '../term.ts'
import { type Placed, withAll } from './assign-keys.ts'
import { blockOf } from './discover.ts'

export interface Book {
  /** bare paths for a setting of this resource */
  bare(from: Placed): FindBare
  /** the value with references in the place of ids, and everything else written literally */
  written(from: Placed, field: Field, value: Term, iam: boolean): Term
  /** the names of everything that a reference may begin with */
  roots: ReadonlySet<string>
}

/** What a reference may begin with. */
export const referenceRoots = (kinds: readonly Kind[]): ReadonlySet<string> =>
  new Set(['var', 'secret', 'account', 'region', 'stack', 'environment', ...kinds.map(blockOf)])

interface Entry {
  text: string
  attribute: string
  owner: Placed
}

/** Shorter values could stand somewhere by chance. */
const shortest = 8

export const openBook = (roots: readonly Placed[], kinds: readonly Kind[], where: Where): Book => {
  const all = withAll(roots)
  const needs = makeNeeds(all)
  const entries = entriesOf(all)
  const parts = new Map<string, Map<string, string>>()
  const partsBeside = (from: Placed, kind: string): Map<string, string> => {
    const beside = from.parent?.children ?? []
    const id = `${from.parent?.address} ${kind}`
    const known =
      parts.get(id) ??
      partsOf(
        beside.filter(one => one.kind.name === kind),
        where,
      )
    parts.set(id, known)
    return known
  }
  const names = referenceRoots(kinds)
  const written = (from: Placed, field: Field, value: Term, iam: boolean): Term => {
    const named = field.names === undefined ? undefined : partsBeside(from, field.names.kind)
    const walk = (term: Term): Term => {
      if (typeof term === 'string') {
        const part = named?.get(term)
        return part ?? withReferences(term, from, entries, needs, text => literal(text, iam, names))
      }
      if (Array.isArray(term)) return term.map(walk)
      return isObject(term)
        ? Object.fromEntries(Object.entries(term).map(([key, inner]) => [key, walk(inner)]))
        : term
    }
    return walk(value)
  }
  return {
    roots: names,
    written,
    bare: from => (kind, attributes) => {
      const target = all.find(
        one =>
          one.kind.name === kind &&
          Object.entries(attributes).every(([name, value]) => one.attributes[name] === value),
      )
      return target !== undefined && needs.allow(from.address, target.address) ? target.bare : undefined
    },
  }
}

/** Longest first; where two have the same, the outer one. Ids that are settings of the file are plain text. */
const entriesOf = (all: readonly Placed[]): Entry[] => {
  const seen = new Set<string>()
  return all
    .flatMap(owner =>
      Object.entries(owner.attributes).flatMap(([attribute, text]): Entry[] => {
        const how = owner.kind.attributes[attribute]
        const isNatural = how !== undefined && 'id' in how && owner.kind.natural?.[how.id] !== undefined
        return attribute.startsWith('ids.') || isNatural || text.length < shortest
          ? []
          : [{ text, attribute, owner }]
      }),
    )
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .sort((a, b) => b.text.length - a.text.length)
}

/** Parts of attributes (`scopes.read`) of some resources, by the value they stand for. */
const partsOf = (owners: readonly Placed[], where: Where): Map<string, string> =>
  new Map(
    owners.flatMap(owner =>
      Object.entries(owner.kind.attributes).flatMap(([name, how]) => {
        const map = owner.seen.values[name]
        if (!('value' in how) || !isObject(map)) return []
        return Object.keys(map).flatMap((part): [string, string][] => {
          const value = how.value(owner.seen.values, part, where, attr => owner.attributes[attr] ?? null)
          const text = value === undefined ? undefined : resolve(value, () => undefined)
          return typeof text === 'string' && /^[A-Za-z0-9_.:-]+$/.test(part)
            ? [[text, `\${${blockOf(owner.kind)}.${owner.key}.${name}.${part}}`]]
            : []
        })
      }),
    ),
  )

/** What must be made before what: references must not go in circles. */
const makeNeeds = (all: readonly Placed[]) => {
  const edges = new Map<Address, Set<Address>>()
  for (const one of all) edges.set(one.address, new Set(one.parent ? [one.parent.address] : []))
  const reaches = (from: Address, to: Address): boolean =>
    from === to || [...(edges.get(from) ?? [])].some(next => reaches(next, to))
  return {
    /** takes the edge if it closes no circle */
    allow: (from: Address, to: Address): boolean => {
      if (reaches(to, from)) return false
      edges.get(from)?.add(to)
      return true
    },
  }
}

type Needs = ReturnType<typeof makeNeeds>

const withReferences = (
  text: string,
  from: Placed,
  entries: readonly Entry[],
  needs: Needs,
  plain: (text: string) => string,
): string => {
  for (const { text: part, attribute, owner } of entries) {
    const at = text.indexOf(part)
    if (at < 0 || !isClean(text, at, part.length)) continue
    if (!needs.allow(from.address, owner.address)) continue
    const rest = (piece: string) => withReferences(piece, from, entries, needs, plain)
    const reference = `\${${pathTo(from, owner)}.${attribute}}`
    return `${rest(text.slice(0, at))}${reference}${rest(text.slice(at + part.length))}`
  }
  return plain(text)
}

const isClean = (text: string, at: number, length: number): boolean =>
  !/[A-Za-z0-9_$-]/.test(text[at - 1] ?? '') && !/[A-Za-z0-9_-]/.test(text[at + length] ?? '')

const rootOf = (one: Placed): Placed => (one.parent === undefined ? one : rootOf(one.parent))

/** Inside a root, its own collections need no path. */
const pathTo = (from: Placed, to: Placed): string =>
  to.parent !== undefined && to.parent.parent === undefined && rootOf(from) === to.parent
    ? `${blockOf(to.kind)}.${to.key}`
    : to.address

/** Text that is to be read as it is; in IAM documents, IAM's own variables are. */
export const literal = (text: string, iam: boolean, roots: ReadonlySet<string>): string =>
  text.replace(/\$\{/g, (open, at: number) => {
    const close = text.indexOf('}', at)
    const inside = close < 0 ? '${' : text.slice(at + open.length, close)
    const own =
      iam &&
      text[at - 1] !== '$' &&
      !inside.includes('${') &&
      (inside.includes(':') || /^[*?$]$/.test(inside)) &&
      !roots.has(inside.split('.')[0] as string)
    return own ? open : `$${open}`
  })
