// The JSON Schema and the reader say the same of a thousand files, right and wrong: rows' examples, each with one
// thing changed. What a JSON Schema cannot say is listed, and nothing else is excused.
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { kinds } from '../../src/kinds/index.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { cognitoJsonSchema } from '../../src/spec/editor/json-schema.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { fileOfEachRow } from '../laws/everything.ts'

const ajv = new Ajv({ allowUnionTypes: true })
const accepts = ajv.compile(cognitoJsonSchema(kinds))

const errorsOf = (file: Json) =>
  parseSpec({ file: 'cognito.yaml', text: JSON.stringify(file) }, { kinds }).diagnostics.filter(
    ({ severity }) => severity === 'error',
  )

/** Findings about one key or value by itself: the others are of references, or of how settings go together. */
const ofValue = ['COG1101', 'COG1102', 'COG1103', 'COG1104', 'COG1105', 'COG1107', 'COG1110', 'COG1220']

/** Where the reader knows more than a JSON Schema can say: why, and a file that only the reader refuses. */
const beyond: { why: string; is: RegExp; file: JsonObject }[] = [
  {
    why: 'an environment may supply the Region',
    is: /^`region` is missing/,
    file: { version: 1, stack: 'shop' },
  },
  {
    why: 'an environment may supply what a resource is found by',
    is: /^`\w+` is missing: .* is found by it/,
    file: inPool({ resourceServers: { orders: { name: 'Orders' } } }),
  },
  {
    why: 'a pattern cannot compare durations, whatever their unit',
    is: /must be between \w+ and \w+$/,
    file: inPool({ clients: { web: { accessTokenValidity: '25h' } } }),
  },
  {
    why: 'a pattern cannot tell whole minutes or days of seconds',
    is: /must be whole \w+$/,
    file: inPool({ clients: { web: { authSessionValidity: '250s' } } }),
  },
]

function inPool(pool: JsonObject): JsonObject {
  return { version: 1, stack: 'shop', region: 'eu-west-1', userPools: { customers: pool } }
}

const isBeyond = (message: string): boolean => beyond.some(({ is }) => is.test(message))

const files = fileOfEachRow().map(text => parse(text) as JsonObject)

/** What is no row: the top of the file, and the keys of any resource. */
const others: JsonObject[] = [
  {
    ...inPool({
      id: 'eu-west-1_AbC123xyz',
      ignore: ['name', { path: 'tags', reason: 'billing', until: '2026-12-01' }],
      prune: ['resourceServers'],
      strangers: { accept: ['Colour'], resend: ['Shape'] },
      clients: { web: { renamedFrom: 'site', generateSecret: true, clientSecretTo: { ssm: '/shop/web' } } },
    }),
    account: '111122223333',
    unspecified: 'keep',
    tags: { team: 'identity' },
    vars: { appUrl: 'https://shop.example', limit: 3 },
    secrets: { a: { env: 'A' }, b: { file: 'b' }, c: { ssm: '/c' }, d: { secretsManager: 'd', key: 'k' } },
    removed: { roles: ['old'] },
  },
  inPool({ existing: { name: 'customers' }, movedFrom: 'people', removed: { clients: ['old'] } }),
]

type Place = readonly (string | number)[]

const placesIn = (value: Json, at: Place = []): Place[] => [
  at,
  ...(Array.isArray(value)
    ? value.flatMap((item, index) => placesIn(item, [...at, index]))
    : typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))
      : []),
]

/** The value with what stands at a place changed; `undefined` takes it out. */
const changed = (value: Json, at: Place, change: (old: Json) => Json | undefined): Json => {
  const [first, ...rest] = at
  const next = (inner: Json): Json | undefined =>
    rest.length === 0 ? change(inner) : changed(inner, rest, change)
  if (Array.isArray(value))
    return value.flatMap((item, index) => {
      const kept = index === first ? next(item) : item
      return kept === undefined ? [] : [kept]
    })
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const kept = key === first ? next(inner) : inner
      return kept === undefined ? [] : [[key, kept]]
    }),
  )
}

const isMap = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// biome-ignore format: a list to read at a glance
const values: Json[] = [
  null, true, '', 'text', 'a b', 'ON', 0, -1, 1.5, 1e9, [], {}, ['x'], [null], { x: 1 }, '1h', '7d', '400d',
  'x'.repeat(3000), 'arn:aws:iam::111122223333:role/member', '2026-02-31', '${secret.first}',
]

const changes: ((old: Json) => Json | undefined)[] = [
  old => old,
  () => undefined,
  old => [old],
  old => (isMap(old) ? { ...old, opne: true } : typeof old === 'string' ? `${old}!` : old),
  old => (Array.isArray(old) ? Array.from({ length: 120 }, () => old[0] ?? '') : old),
  old =>
    isMap(old) ? Object.fromEntries(Object.entries(old).map(([key, inner]) => [`${key}x`, inner])) : old,
  old => (typeof old === 'string' ? old.slice(0, 3) : typeof old === 'number' ? old * 100 : old),
  ...values.map(value => () => value),
]

const mutants = fc
  .record({
    file: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...files) },
      { weight: 1, arbitrary: fc.constantFrom(...others) },
    ),
    change: fc.constantFrom(...changes),
  })
  .chain(({ file, change }) =>
    fc.constantFrom(...placesIn(file).slice(1)).map(at => changed(file, at, change)),
  )

describe('the JSON Schema', () => {
  it('agrees with the reader on a thousand files', () => {
    const count = { right: 0, wrong: 0 }
    fc.assert(
      fc.property(mutants, file => {
        const errors = errorsOf(file)
        const isRight = accepts(file)
        count[isRight ? 'right' : 'wrong']++
        const own = errors.filter(({ code, message }) => ofValue.includes(code) && !isBeyond(message))
        // what the schema refuses, the reader refuses too, for whatever reason
        if (isRight) expect(own.map(({ message }) => message)).toEqual([])
        else expect([ajv.errorsText(accepts.errors), errors.length]).not.toEqual([expect.anything(), 0])
      }),
      { numRuns: 1000, seed: 20261121 },
    )
    expect(Math.min(count.right, count.wrong)).toBeGreaterThan(200)
  })

  it.each(beyond)('leaves to the reader: $why', ({ is, file }) => {
    expect(accepts(file)).toBe(true)
    expect(errorsOf(file).map(({ message }) => message)).toEqual([expect.stringMatching(is)])
  })
})
