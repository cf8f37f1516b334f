// The kinds → a JSON Schema of the file, for editors: hover, completion, early warnings. Draft 7, which is what
// the YAML language server and most editors understand in full. Looser than the reader wherever it cannot know:
// references may stand for any scalar, and nothing is required that an environment may supply.
import type { z } from 'zod'
import type { Json, JsonObject } from '../../model.ts'
import { collectionNameOf, type Field, type Kind } from '../../table/kind.ts'
import { blockOf, type Registry, readRegistry, type Shape } from '../../table/registry.ts'
import { headSchemas } from '../read/head.ts'
import { metaSchemas } from '../read/lifecycle-keys.ts'
import { splitShapeOf } from '../read/split-block.ts'
import { same } from '../read/terms.ts'
import { fromLiteral, fromZod } from './zod-json.ts'

const secret = '#/definitions/secret'
const localKeys = { propertyNames: { pattern: '^[A-Za-z0-9_-]{1,64}$' } }

export const cognitoJsonSchema = (kinds: readonly Kind[]): JsonObject => {
  const registry = readRegistry(kinds)
  const definitions: JsonObject = {
    reference: {
      type: 'string',
      pattern: '\\$\\{',
      title: 'reference',
      description: 'A reference: ${var.name}, ${roles.member.arn}, ${file:path}.',
    },
    secret: {
      type: 'string',
      pattern: '^\\$\\{secret\\.[^}]+\\}$',
      title: 'secret',
      description: 'The name of a secret that is declared at the top of the file: ${secret.name}.',
    },
  }
  for (const kind of kinds)
    if (kind.place.form !== 'facet')
      definitions[kind.name] =
        kind.place.form === 'split' ? splitSchema(kind, definitions) : kindSchema(kind, registry, definitions)
  const roots = Object.fromEntries([...registry.roots].map(([block, kind]) => [block, mapOf(kind)]))
  const head = Object.fromEntries(
    Object.entries(headSchemas).map(([key, schema]) => [
      key,
      literals.includes(key)
        ? fromLiteral(schema(), !['account', 'unspecified'].includes(key))
        : fromZod(schema(), `head.${key}`, definitions),
    ]),
  )
  const all: JsonObject = {
    ...head,
    environments: environments({ ...head, ...roots }),
    removed: removedFrom([...registry.roots.keys()], metaSchemas.removed()),
    released: removedFrom([...registry.roots.keys()], headSchemas.released()),
    ...roots,
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'cognito.yaml',
    description: 'What should exist in Amazon Cognito, for cogsync.',
    type: 'object',
    properties: all,
    required: ['version', 'stack'],
    additionalProperties: false,
    definitions,
  }
}

const described = (schema: z.ZodType): JsonObject => {
  const description = schema.meta()?.description
  return description === undefined ? {} : { description }
}

/** An environment: its own values, and any part of the file. */
const environments = (parts: JsonObject): JsonObject => {
  const { version: _version, environments: _environments, ...override } = parts
  return {
    ...described(headSchemas.environments()),
    type: ['object', 'null'],
    ...localKeys,
    additionalProperties: {
      type: ['object', 'null'],
      properties: {
        account: parts['account'] ?? {},
        region: parts['region'] ?? {},
        vars: parts['vars'] ?? {},
        override: {
          type: ['object', 'null'],
          description: 'Laid over the file: maps merge, lists and scalars replace, `!remove` removes.',
          properties: override,
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
  }
}

const mapOf = (kind: Kind): JsonObject => ({
  type: ['object', 'null'],
  description: kind.doc,
  ...(kind.place.form === 'map' && kind.place.bareKey === undefined && localKeys),
  additionalProperties: { $ref: `#/definitions/${kind.name}` },
})

const kindSchema = (kind: Kind, registry: Registry, definitions: JsonObject): JsonObject => ({
  title: kind.title,
  description: kind.doc,
  type: ['object', 'null'],
  properties: Object.fromEntries(
    [...(registry.shapes.get(kind.name)?.keys ?? [])].map(([key, shape]) => [
      key,
      shapeSchema(key, shape, kind, registry, definitions),
    ]),
  ),
  additionalProperties: false,
})

const shapeSchema = (
  key: string,
  shape: Shape,
  kind: Kind,
  registry: Registry,
  definitions: JsonObject,
): JsonObject => {
  if (shape.is === 'row') return rowSchema(shape.field, shape.owner, definitions)
  if (shape.is === 'block')
    return shape.child.place.form === 'split'
      ? { $ref: `#/definitions/${shape.child.name}` }
      : mapOf(shape.child)
  if (shape.is === 'meta') return metaSchema(key as keyof typeof metaSchemas, kind, registry, definitions)
  return {
    type: ['object', 'null'],
    properties: Object.fromEntries(
      [...shape.keys].map(([key, inner]) => [key, shapeSchema(key, inner, kind, registry, definitions)]),
    ),
    additionalProperties: false,
  }
}

const metaSchema = (
  key: keyof typeof metaSchemas,
  kind: Kind,
  registry: Registry,
  definitions: JsonObject,
): JsonObject => {
  const all = registry.children.get(kind.name) ?? []
  const children = all.filter(child => child.presence !== 'facet')
  const facets = all.filter(child => child.place.form === 'facet')
  const entries = [kind, ...facets]
    .flatMap(({ fields }) => fields)
    .flatMap(field => (field.collection?.permanent ? [] : (collectionNameOf(field) ?? [])))
  const names = (of: readonly Kind[]) => [...of.flatMap(child => blockOf(child) ?? []), ...entries]
  if (key === 'removed') return removedFrom(names(children), metaSchemas.removed())
  const prunable = names(children.filter(child => child.stateful !== true))
  if (key === 'prune' && prunable.length > 0)
    return { ...described(metaSchemas.prune()), type: ['array', 'null'], items: { enum: prunable } }
  return fromZod(metaSchemas[key](), `meta.${key}`, definitions)
}

const removedFrom = (names: readonly string[], schema: z.ZodType): JsonObject => ({
  ...described(schema),
  type: ['object', 'null'],
  properties: Object.fromEntries(names.map(name => [name, { type: 'array', items: { type: 'string' } }])),
  additionalProperties: false,
})

const splitSchema = (kind: Kind, definitions: JsonObject): JsonObject => {
  const { keys, shared } = splitShapeOf(kind)
  const registry = readRegistry([kind])
  const inside = (shapes: Map<string, Shape>): JsonObject =>
    Object.fromEntries(
      [...shapes].map(([key, shape]) => [key, shapeSchema(key, shape, kind, registry, definitions)]),
    )
  const own = [...keys].map(([key, { text, inner }]): [string, Json] => [
    key,
    text === undefined
      ? { type: ['object', 'null'], properties: inside(inner), additionalProperties: false }
      : rowSchema(text, kind, definitions),
  ])
  return {
    title: kind.title,
    description: kind.doc,
    type: ['object', 'null'],
    properties: { ...Object.fromEntries(own), ...inside(shared) },
    additionalProperties: false,
  }
}

const rowSchema = (field: Field, owner: Kind, definitions: JsonObject): JsonObject => {
  const fallback = field.unset === 'keep' ? field.default : field.unset
  const examples = same(field.examples[0], field.examples[1]) ? [field.examples[0]] : [...field.examples]
  return {
    title: [field.wire].flat()[0] ?? field.path,
    description: field.doc,
    ...(fallback !== undefined && fallback !== null && { default: fallback }),
    examples,
    ...valueSchema(field, owner, definitions),
  }
}

/** What the reader asks of a value beside its schema: secrets by name, and no `[]` that AWS would not take for empty. */
const valueSchema = (field: Field, owner: Kind, definitions: JsonObject): JsonObject => {
  if (field.secret) return { anyOf: [{ $ref: secret }, { type: 'null' }] }
  const json = fromZod(field.schema(), `${owner.name}.${field.path}`, definitions)
  if (field.secretKeys)
    return { ...json, properties: Object.fromEntries(field.secretKeys.map(key => [key, { $ref: secret }])) }
  return field.empty === 'default' || field.empty === 'refused' ? { ...json, minItems: 1 } : json
}

/** What must be known before references are. */
const literals = ['version', 'stack', 'region', 'account', 'unspecified']
