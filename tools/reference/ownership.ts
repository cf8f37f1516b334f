// Which row owns which settable member of AWS's requests: what the coverage test asks and docs/coverage.md shows.
import { leavesOf, membersOf, type OperationShape, type Shape } from '../../src/aws/shapes.ts'
import type { Json, JsonObject, Term } from '../../src/model.ts'
import { type Field, isBodyWriter, type Kind, type Operation, type Where } from '../../src/table/kind.ts'
import { wiresOf } from '../../src/values/canonical.ts'

export type Shapes = { [operation: string]: OperationShape }

/** One settable member, under the name that the kind's rows know it by. */
export interface Leaf {
  /** dotted, as rows write it: `Policies.PasswordPolicy.MinimumLength` */
  wire: string
  /** where AWS takes it, full paths: `CreateUserPool.Policies.PasswordPolicy.MinimumLength` */
  places: string[]
  /** what the items of a list or map hold, as paths in the first place: `CreateUserPool.Schema[].Name` */
  inside: string[]
  /** the row that writes it */
  row?: Field
  /** why there is no row */
  ignored?: string
}

const somewhere: Where = { region: 'eu-west-1', account: '111122223333', partition: 'aws' }

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isWithin = (path: string, block: string): boolean => path === block || path.startsWith(`${block}.`)

/** The members of an operation that say something about the resource, not which one it is. */
const settable = (kind: Kind, shapes: Shapes, operation: Operation): string[] => {
  const shape = shapes[operation]
  if (shape === undefined) throw new Error(`no shape of ${operation}`)
  return Object.entries(membersOf(shape.input))
    .filter(([member]) => !kind.ids.includes(member) || kind.natural?.[member] !== undefined)
    .flatMap(([member, inner]) => leavesOf(inner, member))
}

/** The shape of a dotted member of an operation's input. */
const shapeOf = (shapes: Shapes, operation: Operation, member: string): Shape =>
  member
    .split('.')
    .reduce<Shape>(
      (shape, name) => membersOf(shape)[name] ?? 'document',
      shapes[operation]?.input ?? 'document',
    )

/** The members of the structures that a list or map holds; `[]` and `{}` stand for its items. */
const membersInside = (shape: Shape, path: string): string[] => {
  if (typeof shape === 'string') return /[\]}]/.test(path) && !/[\]}]$/.test(path) ? [path] : []
  if ('list' in shape) return membersInside(shape.list, `${path}[]`)
  if ('map' in shape) return membersInside(shape.map, `${path}{}`)
  return Object.entries(shape.members).flatMap(([member, inner]) => membersInside(inner, `${path}.${member}`))
}

const bare = (operation: Operation): string => operation.slice(operation.indexOf(':') + 1)

/** What an operation's members are called by the rows, where the writer says so. */
const unrename = (rename: { [wire: string]: string } | undefined, member: string): string =>
  Object.entries(rename ?? {}).find(([, name]) => name === member)?.[0] ?? member

/** Every settable member of a kind's writing operations, deleting included, each with its row or the reason for none. */
export const settableLeaves = (kind: Kind, shapes: Shapes): Leaf[] => {
  const found = new Map<string, Pick<Leaf, 'places' | 'inside'>>()
  const add = (operation: Operation, wireOf: (member: string) => string, own?: readonly string[]) => {
    const isOwn = (member: string) => own?.some(block => isWithin(member, block)) ?? true
    for (const member of settable(kind, shapes, operation).filter(isOwn)) {
      const [wire, place] = [wireOf(member), `${bare(operation)}.${member}`]
      const known = found.get(wire)
      if (known) known.places.push(place)
      else
        found.set(wire, { places: [place], inside: membersInside(shapeOf(shapes, operation, member), place) })
    }
  }
  const asNamed = (member: string) => member
  if (kind.create) add(kind.create.operation, asNamed)
  for (const writer of kind.writers) {
    if (isBodyWriter(writer)) {
      add(writer.operation, member => unrename(writer.rename, member), writer.own)
      if (writer.clear) add(writer.clear.operation, asNamed)
      continue
    }
    const [own] = kind.fields.filter(field => field.path === writer.field).flatMap(wiresOf)
    // what a template fills is the entry's
    for (const { operation, input } of [writer.put, ...(writer.remove ? [writer.remove] : [])])
      add(operation, member => (own !== undefined && member in input ? own : member))
  }
  if (kind.remove) add(kind.remove.operation, asNamed)
  return [...found]
    .map(([wire, places]): Leaf => {
      const row = rowOf(kind, wire)
      const ignored = kind.ignored[wire]
      return { wire, ...places, ...(row && { row }), ...(ignored !== undefined && { ignored }) }
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
