// One form for every value, as one text or in pieces.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Json, JsonObject } from '../../src/model.ts'
import { asSet, canonicalText, canonicalTexts } from '../../src/values/canonical.ts'
import { lay } from '../../src/values/wire.ts'

const json = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<Json>
const keys = fc.constantFrom('10', '9', 'b', 'a', '__proto__', 'é')
const objects = fc.dictionary(keys, json) as fc.Arbitrary<JsonObject>

it('a value in pieces is the value in one text', () =>
  fc.assert(
    fc.property(fc.oneof(json, objects, fc.array(objects)), value => {
      expect([...canonicalTexts(value)].join('')).toBe(canonicalText(value))
    }),
  ))

it('the order of keys makes no difference, at any depth', () =>
  fc.assert(
    fc.property(objects, objects, (one, other) => {
      const [there, back] = [Object.entries({ one, other }), Object.entries({ one, other }).reverse()]
      const turned = (object: JsonObject) => Object.fromEntries(Object.entries(object).reverse())
      const again = Object.fromEntries(back.map(([key, value]) => [key, turned(value)]))
      expect(canonicalText(again)).toBe(canonicalText(Object.fromEntries(there)))
    }),
  ))

it('neither a set nor a laid object touches what it was made from', () => {
  const items = Object.freeze(['b', 'a', 'b']) as string[]
  expect(asSet(items)).toEqual(['a', 'b'])
  const object = Object.freeze({ a: Object.freeze({ b: 1 }), c: 2 })
  expect(lay(object, 'a.d', 3)).toEqual({ a: { b: 1, d: 3 }, c: 2 })
  expect(lay(object, 'a.b', undefined)).toEqual({ a: {}, c: 2 })
  expect(lay(object, 'x.y', undefined)).toEqual(object)
  expect(lay(object, 'c', undefined)).toEqual({ a: { b: 1 } })
})
