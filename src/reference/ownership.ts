// Which row owns which settable member of AWS's requests: what the coverage test asks and docs/coverage.md shows.
import { leavesOf, membersOf, type OperationShape } from '../aws/shapes.ts'
import {
  type EntryWriter,
  type Field,
  isBodyWriter,
  type Kind,
  type Operation,
  type Where,
} from '../kinds/kind.ts'
import type { Json, JsonObject, Term } from '../model.ts'

export type Shapes = { [operation: string]: OperationShape }

/** One settable member, under the name that the kind's rows know it by. */
export interface Leaf {
  /** dotted, as rows write it: `Policies.PasswordPolicy.MinimumLength` */
  wire: string
  /** where AWS takes it, full paths: `CreateUserPool.Policies.PasswordPolicy.MinimumLength` */
  places: string[]
  /** the row that writes it */
  row?: Field
  /** why there is no row */
  ignored?: string
}

const somewhere: Where = { region: 'eu-west-1', account: '111122223333', partition: 'aws' }

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wiresOf = (field: Field): readonly string[] =>
  typeof field.wire === 'string' ? [field.wire] : field.wire

const isWithin = (path: string, block: string): boolean => path === block || path.startsWith(`${block}.`)

/** The members of an operation that say something about the resource, not which one it is. */
const settable = (kind: Kind, shapes: Shapes, operation: Operation): string[] => {
  const shape = shapes[operation]
  if (shape === undefined) throw new Error(`no shape of ${operation}`)
  return Object.entries(membersOf(shape.input))
    .filter(([member]) => !kind.ids.includes(member) || kind.natural?.[member] !== undefined)
    .flatMap(([member, inner]) => leavesOf(inner, member))
}

const bare = (operation: Operation): string => operation.slice(operation.indexOf(':') + 1)

/** What an operation's members are called by the rows, where the writer says so. */
const unrename = (rename: { [wire: string]: string } | undefined, member: string): string =>
  Object.entries(rename ?? {}).find(([, name]) => name === member)?.[0] ?? member

/** The members that an entry writer's template fills. */
const filledBy = (writer: EntryWriter): string[] => Object.keys(writer.put.input)

/** Every settable member of a kind's creating and writing operations, each with its row or the reason for none. */
export const settableLeaves = (kind: Kind, shapes: Shapes): Leaf[] => {
  const places = new Map<string, string[]>()
  const add = (wire: string, place: string) => places.set(wire, [...(places.get(wire) ?? []), place])
  const body = (operation: Operation, rename?: { [wire: string]: string }, own?: readonly string[]) => {
    const mine = (member: string) => own?.some(block => isWithin(member, block)) ?? true
    for (const member of settable(kind, shapes, operation).filter(mine))
      add(unrename(rename, member), `${bare(operation)}.${member}`)
  }
  if (kind.create) body(kind.create.operation)
  for (const writer of kind.writers) {
    if (isBodyWriter(writer)) {
      body(writer.operation, writer.rename, writer.own)
      continue
    }
    const own = kind.fields.find(field => field.path === writer.field)
    for (const member of settable(kind, shapes, writer.put.operation))
      add(
        own && filledBy(writer).includes(member) ? (wiresOf(own)[0] as string) : member,
        `${bare(writer.put.operation)}.${member}`,
      )
  }
  return [...places]
    .map(([wire, where]): Leaf => {
      const row = rowOf(kind, wire)
      const ignored = kind.ignored[wire]
      return {
        wire,
        places: where,
        ...(row && { row }),
        ...(ignored !== undefined && { ignored }),
      }
    })
    .sort((a, b) => (a.wire < b.wire ? -1 : 1))
}

/** The row that writes a member: by name, by its codec, as a mirror, or because a writer repeats another member. */
const rowOf = (kind: Kind, wire: string): Field | undefined =>
  kind.fields.find(field => wiresOf(field).includes(wire)) ??
  kind.fields.find(field => field.mirrors?.includes(wire)) ??
  // entries of a map that have rows of their own: `Roles.authenticated`
  kind.fields.find(field => wiresOf(field).some(own => own.startsWith(`${wire}.`))) ??
  kind.fields.find(field => writtenBy(field).includes(wire)) ??
  repeated(kind, wire)

const repeated = (kind: Kind, wire: string): Field | undefined => {
  for (const writer of kind.writers.filter(isBodyWriter))
    for (const [target, source] of Object.entries(writer.repeat ?? {}))
      if (isWithin(wire, target)) return rowOf(kind, `${source}${wire.slice(target.length)}`)
  return undefined
}

/** The members that a row's codec really writes, by trying its examples: owning a block is not owning all in it. */
const writtenBy = (field: Field): string[] => {
  if (!field.codec) return []
  const blocks = wiresOf(field)
  return field.examples.flatMap(example =>
    Object.entries(field.codec?.toWire(example, somewhere) ?? {}).flatMap(([wire, value]) =>
      value === undefined || !blocks.some(block => isWithin(wire, block)) ? [] : leavesIn(value, wire),
    ),
  )
}

const leavesIn = (value: Term, path: string): string[] =>
  isObject(value) && !Object.keys(value).some(key => key.startsWith('$'))
    ? Object.entries(value).flatMap(([member, inner]) => leavesIn(inner, `${path}.${member}`))
    : [path]

/** Members that rows and `ignored` name and that no operation of the kind takes. */
export const deadMembers = (kind: Kind, shapes: Shapes): string[] => {
  const leaves = settableLeaves(kind, shapes).map(({ wire }) => wire)
  const entries = kind.writers.flatMap(writer => (isBodyWriter(writer) ? [] : [writer.field]))
  const isAlive = (wire: string) => leaves.some(leaf => isWithin(leaf, wire) || wire.startsWith(`${leaf}.`))
  const named = [
    ...kind.fields
      .filter(field => !entries.includes(field.path))
      .flatMap(field =>
        [...wiresOf(field), ...(field.mirrors ?? [])].map(wire => ({ wire, by: field.path })),
      ),
    ...Object.keys(kind.ignored).map(wire => ({ wire, by: 'ignored' })),
  ]
  return named.filter(({ wire }) => !isAlive(wire)).map(({ wire, by }) => `${wire} (${by})`)
}

/** Settable members without a row or a reason. */
export const uncovered = (kind: Kind, shapes: Shapes): Leaf[] =>
  settableLeaves(kind, shapes).filter(leaf => leaf.row === undefined && leaf.ignored === undefined)
