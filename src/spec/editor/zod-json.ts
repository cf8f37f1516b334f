// A zod schema → JSON Schema, with what may stand wherever a value may: null, and references.
import { z } from 'zod'
import type { Json, JsonObject } from '../../model.ts'
import { isObject } from '../read/terms.ts'

const reference = '#/definitions/reference'

const toJson = (schema: z.ZodType): JsonObject => {
  const { $schema: _schema, ...json } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      for (const mark of ['iam', 'file']) delete (jsonSchema as JsonObject)[mark]
      // the pattern beside it says the same, and every validator knows patterns
      delete jsonSchema.format
    },
  }) as JsonObject
  return json
}

/** One without references: what must be known before they are. */
export const fromLiteral = (schema: z.ZodType, isRequired: boolean): JsonObject =>
  isRequired ? toJson(schema) : orElse(toJson(schema), { type: 'null' })

/** One that lets null and references through; what it names is put among the definitions, under `name`. */
export const fromZod = (schema: z.ZodType, name: string, definitions: JsonObject): JsonObject => {
  const { definitions: inner, ...json } = toJson(schema)
  const rename = (value: Json): Json =>
    JSON.parse(JSON.stringify(value).replaceAll('"#/definitions/', `"#/definitions/${name}.`)) as Json
  if (isObject(inner))
    for (const [key, definition] of Object.entries(inner))
      definitions[`${name}.${key}`] = lenient(rename(definition)) as JsonObject
  return nullable(lenient(isObject(inner) ? rename(json) : json) as JsonObject)
}

const notes = ['title', 'description', 'default', 'examples']

/** Lets references stand wherever a scalar is narrowed down. */
const lenient = (schema: Json): Json => {
  if (Array.isArray(schema)) return schema.map(lenient)
  if (!isObject(schema)) return schema
  const inner = Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [
      key,
      key === 'properties' && isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, lenient(one)]))
        : ['items', 'additionalProperties', 'anyOf', 'oneOf', 'allOf'].includes(key)
          ? lenient(value)
          : value,
    ]),
  )
  const open =
    inner['type'] === 'string' &&
    !['pattern', 'enum', 'format', 'minLength', 'maxLength', 'const'].some(key => key in inner)
  const scalar =
    ['string', 'number', 'integer', 'boolean'].includes(String(inner['type'])) ||
    'enum' in inner ||
    'const' in inner
  return !scalar || open ? inner : orElse(inner, { $ref: reference })
}

/** The schema or another; what it says of itself, and the type where both have it, stay on the outside. */
const orElse = (schema: JsonObject, other: JsonObject): JsonObject => {
  const split = (keep: boolean) =>
    Object.fromEntries(Object.entries(schema).filter(([key]) => notes.includes(key) === keep))
  // editors quote a default as text only where they see the type beside it
  const isText = schema['type'] === 'string' && other['$ref'] === reference
  return { ...split(true), ...(isText && { type: 'string' }), anyOf: [split(false), other] }
}

const nullable = (schema: JsonObject): JsonObject => ({
  ...schema,
  ...(typeof schema['type'] === 'string' && { type: [schema['type'], 'null'] }),
  ...(Array.isArray(schema['anyOf']) && { anyOf: [...schema['anyOf'], { type: 'null' }] }),
})
