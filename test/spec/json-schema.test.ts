// The JSON Schema agrees with the reader where it can, and says what things mean.
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { kinds } from '../../src/kinds/index.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { cognitoJsonSchema } from '../../src/spec/editor/json-schema.ts'
import { zooKinds } from './fixtures/kinds.ts'

const ajv = new Ajv({ allowUnionTypes: true })
const schema = cognitoJsonSchema(kinds)
const zoo = cognitoJsonSchema(zooKinds)
const head = { version: 1, stack: 's', region: 'eu-west-1' }
const acceptsZoo = ajv.compile(zoo)
const zooAccepts = (a: JsonObject) => acceptsZoo({ ...head, zoos: { a } })

it('accepts the example', () => {
  const example = parse(readFileSync(new URL('fixtures/example.yaml', import.meta.url), 'utf8'), {
    customTags: [{ tag: '!remove', resolve: () => null }],
  }) as Json
  expect(ajv.validate(schema, example), ajv.errorsText()).toBe(true)
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
  expect(acceptsZoo({ ...head, zoo: {} })).toBe(false)
  expect(acceptsZoo({ ...head, stack: '${var.x}' })).toBe(false)
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
