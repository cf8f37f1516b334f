// What the SDK knows of AWS's requests and answers, read once from its runtime schemas and kept as JSON
// (`shapes.json`), so that planning needs no SDK. This is the only reader of those schemas.

import type { Json, JsonObject } from '../model.ts'
import type { Operation } from '../table/kind.ts'
import generated from './shapes.json' with { type: 'json' }

/** A structure by member, a list, a map, or a word: `string`, `number`, `boolean`, `timestamp`, `blob`, `document`. */
export type Shape = string | { list: Shape } | { map: Shape } | { members: { [member: string]: Shape } }

export interface OperationShape {
  input: Shape
  output: Shape
}

const shapes = generated as { [operation: string]: OperationShape }

/** The members of an operation's input; throws for an operation that no kind declares. */
export const inputMembers = (operation: Operation | string): { [member: string]: Shape } => {
  const shape = shapes[operation]
  if (shape === undefined) throw new Error(`${operation} is not in shapes.json: run npm run generate`)
  return membersOf(shape.input)
}

/** The shape of an operation's input; `undefined` for an operation that no kind declares. */
export const inputShape = (operation: string): Shape | undefined => shapes[operation]?.input

/** An input as the SDK takes it: bytes where the shape has a `blob`, which is base64 text in JSON. */
export const withBytes = (value: Json, shape: Shape | undefined): unknown => {
  if (shape === 'blob' && typeof value === 'string') return Buffer.from(value, 'base64')
  if (shape === undefined || typeof shape === 'string' || value === null || typeof value !== 'object')
    return value
  if ('list' in shape) return Array.isArray(value) ? value.map(item => withBytes(item, shape.list)) : value
  if (Array.isArray(value)) return value
  const inner = (member: string) => ('map' in shape ? shape.map : shape.members[member])
  return Object.fromEntries(
    Object.entries(value).map(([member, item]) => [member, withBytes(item, inner(member))]),
  )
}

/** The shape of an operation's output; `undefined` for an operation that no kind declares. */
export const outputShape = (operation: string): Shape | undefined => shapes[operation]?.output

export const membersOf = (shape: Shape): { [member: string]: Shape } =>
  typeof shape === 'object' && 'members' in shape ? shape.members : {}

/** Every settable leaf of a shape, dotted; lists and maps are leaves. */
export const leavesOf = (shape: Shape, path = ''): string[] =>
  typeof shape === 'object' && 'members' in shape
    ? Object.entries(shape.members).flatMap(([member, inner]) =>
        leavesOf(inner, path === '' ? member : `${path}.${member}`),
      )
    : [path]

/** The members of an answer that its shape does not know, by path: the SDK drops them. */
export const strangersIn = (value: unknown, shape: Shape, path = ''): string[] => {
  if (typeof shape === 'string' || value === null || typeof value !== 'object') return []
  if ('list' in shape)
    return Array.isArray(value) ? value.flatMap(item => strangersIn(item, shape.list, `${path}[]`)) : []
  const entries = Object.entries(value)
  if ('map' in shape) return entries.flatMap(([key, item]) => strangersIn(item, shape.map, `${path}.${key}`))
  return entries.flatMap(([member, item]) => {
    const inner = path === '' ? member : `${path}.${member}`
    const known = shape.members[member]
    return known === undefined ? [inner] : strangersIn(item, known, inner)
  })
}

/** The strangers of an answer, and of each item of a list in it: an answer may be about many things. */
export const strangersByPart = (
  answer: JsonObject,
  raw: JsonObject,
  shape: Shape,
): [part: object, paths: string[]][] => [
  [answer, strangersIn(raw, shape)],
  ...Object.entries(membersOf(shape)).flatMap(([member, inner]): [object, string[]][] => {
    const [items, rawItems] = [answer[member], raw[member]]
    if (typeof inner === 'string' || !('list' in inner) || !Array.isArray(items) || !Array.isArray(rawItems))
      return []
    return items.flatMap((item, index): [object, string[]][] =>
      typeof item === 'object' && item !== null
        ? [[item, strangersIn(rawItems[index], inner.list, `${member}[]`)]]
        : [],
    )
  }),
]

type Schema = unknown
const words: { [code: number]: string } = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  15: 'document',
  21: 'blob',
}

/**
 * The shape that an SDK runtime schema describes. Schemas are numbers for simple types (64 and 128 added for
 * lists and maps of them), arrays for the rest: 1 list, 2 map, 3 structure, -3 error; functions defer.
 */
const shapeOf = (schema: Schema, within: Schema[] = []): Shape => {
  if (typeof schema === 'function') return shapeOf((schema as () => Schema)(), within)
  if (typeof schema === 'number') {
    if (schema >= 128) return { map: shapeOf(schema - 128, within) }
    if (schema >= 64) return { list: shapeOf(schema - 64, within) }
    return words[schema] ?? 'string'
  }
  if (!Array.isArray(schema) || within.includes(schema)) return 'document'
  const nested = [...within, schema]
  const [kind] = schema as [unknown]
  // a reference with traits: [() => Schema, traits]
  if (typeof kind !== 'number') return shapeOf(kind, nested)
  if (kind === 1) return { list: shapeOf(schema[4], nested) }
  if (kind === 2) return { map: shapeOf(schema[5], nested) }
  if (kind === 3 || kind === -3) {
    const names = schema[4] as string[]
    const types = schema[5] as Schema[]
    return { members: Object.fromEntries(names.map((name, index) => [name, shapeOf(types[index], nested)])) }
  }
  return kind === 0 ? shapeOf(schema[4], nested) : 'string'
}

/** The shapes of operations, from the schemas that an SDK client package exports (`CreateUserPool$`). */
export const readShapes = (
  sdk: { [name: string]: unknown },
  service: string,
  operations: readonly string[],
): { [operation: string]: OperationShape } =>
  Object.fromEntries(
    operations
      .filter(operation => operation.startsWith(`${service}:`))
      .map(operation => {
        const schema = sdk[`${operation.slice(service.length + 1)}$`]
        if (!Array.isArray(schema)) throw new Error(`the SDK has no schema of ${operation}`)
        return [operation, { input: shapeOf(schema[4]), output: shapeOf(schema[5]) }]
      }),
  )

/** Every operation of a service that an SDK client package exports a schema of: `cognito-idp:CreateUserPool`. */
export const operationsIn = (sdk: { [name: string]: unknown }, service: string): string[] =>
  Object.entries(sdk).flatMap(([name, schema]) =>
    name.endsWith('$') && Array.isArray(schema) && schema[0] === 9 ? [`${service}:${name.slice(0, -1)}`] : [],
  )
