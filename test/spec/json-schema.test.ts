// The JSON Schema agrees with the reader where it can, and says what things mean.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { kinds } from '../../src/kinds/index.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { cognitoJsonSchema } from '../../src/spec/index.ts'
import { zooKinds } from './fixtures/kinds.ts'

const types: { [type: string]: (value: Json) => boolean } = {
  null: value => value === null,
  string: value => typeof value === 'string',
  boolean: value => typeof value === 'boolean',
  number: value => typeof value === 'number',
  integer: value => Number.isInteger(value),
  array: value => Array.isArray(value),
  object: value => typeof value === 'object' && value !== null && !Array.isArray(value),
}

/** As much of JSON Schema as the generator uses. */
const accepts = (schema: Json, value: Json, root: JsonObject): boolean => {
  if (typeof schema === 'boolean') return schema
  const one = schema as { [key: string]: never } & {
    $ref?: string
    type?: string | string[]
    anyOf?: Json[]
    enum?: Json[]
    const?: Json
    pattern?: string
    minLength?: number
    maxLength?: number
    minimum?: number
    maximum?: number
    items?: Json
    minItems?: number
    maxItems?: number
    properties?: JsonObject
    required?: string[]
    additionalProperties?: Json
    propertyNames?: Json
  }
  if (one.$ref !== undefined) {
    const target = (root['definitions'] as JsonObject)[one.$ref.replace('#/definitions/', '')]
    if (target === undefined) throw new Error(`no definition ${one.$ref}`)
    return accepts(target, value, root)
  }
  if (one.type !== undefined && ![one.type].flat().some(type => types[type]?.(value))) return false
  if (one.anyOf !== undefined && !one.anyOf.some(inner => accepts(inner, value, root))) return false
  if (one.enum !== undefined && !one.enum.includes(value)) return false
  if (one.const !== undefined && one.const !== value) return false
  if (typeof value === 'string')
    return (
      (one.pattern === undefined || new RegExp(one.pattern, 'u').test(value)) &&
      value.length >= (one.minLength ?? 0) &&
      value.length <= (one.maxLength ?? Infinity)
    )
  if (typeof value === 'number')
    return value >= (one.minimum ?? -Infinity) && value <= (one.maximum ?? Infinity)
  if (Array.isArray(value))
    return (
      value.length >= (one.minItems ?? 0) &&
      value.length <= (one.maxItems ?? Infinity) &&
      value.every(item => accepts(one.items ?? true, item, root))
    )
  if (typeof value !== 'object' || value === null) return true
  return (
    (one.required ?? []).every(key => key in value) &&
    Object.entries(value).every(
      ([key, item]) =>
        accepts(one.propertyNames ?? true, key, root) &&
        accepts(one.properties?.[key] ?? one.additionalProperties ?? true, item, root),
    )
  )
}

const schema = cognitoJsonSchema(kinds)
const zoo = cognitoJsonSchema(zooKinds)
const head = { version: 1, stack: 's', region: 'eu-west-1' }
const zooAccepts = (a: JsonObject) => accepts(zoo, { ...head, zoos: { a } }, zoo)

it('accepts the example', () => {
  const example = parse(readFileSync(new URL('fixtures/example.yaml', import.meta.url), 'utf8'), {
    customTags: [{ tag: '!remove', resolve: () => null }],
  }) as Json
  expect(accepts(schema, example, schema)).toBe(true)
})

it('accepts references, null and both forms of what has two', () => {
  for (const block of [
    { size: '${var.x}', open: '${var.y}', visitors: null, rule: null },
    { trigger: 'abc' },
    { trigger: { arn: 'abc', version: 'V1' } },
    { gate: { north: 'x', own: { name: 'y', colour: 'RED' }, lock: { code: 'z' } } },
    { prune: ['benches', 'paths'], removed: { cages: ['x'] }, ignore: ['size'] },
    { cages: { c: null }, labels: { 'a.c': {} }, care: { food: 'x' } },
  ])
    expect([block, zooAccepts(block as JsonObject)]).toEqual([block, true])
})

it('refuses misspelt keys and wrong values', () => {
  for (const block of [
    { opne: true },
    { size: 'BIG' },
    { visitors: 0 },
    { rule: { lest: 1 } },
    { gate: { south: 'x' } },
    { gate: { own: { lick: 1 } } },
    { prune: ['cages'] },
    { removed: { cage: [] } },
    { cages: { 'a.b': {} } },
  ])
    expect([block, zooAccepts(block as JsonObject)]).toEqual([block, false])
  expect(accepts(zoo, { ...head, zoo: {} }, zoo)).toBe(false)
  expect(accepts(zoo, { ...head, stack: '${var.x}' }, zoo)).toBe(false)
})

it('says what every row means, with examples', () => {
  const pool = (schema['definitions'] as { [kind: string]: { properties: { [key: string]: JsonObject } } })[
    'userPool'
  ]?.properties
  expect(pool?.['userPoolTier']).toMatchObject({
    title: 'UserPoolTier',
    default: 'ESSENTIALS',
    examples: ['ESSENTIALS', 'PLUS'],
  })
  expect(pool?.['userPoolTier']?.['description']).toContain('feature plan')
})

it('is JSON, the same each time, without marks of our own', () => {
  const text = JSON.stringify(schema)
  expect(JSON.parse(text)).toEqual(cognitoJsonSchema([...kinds]))
  expect(text).not.toContain('"iam"')
})
