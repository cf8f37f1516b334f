// Whatever is written in a file: no exception, always positions, a spec or a reason.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { Kind } from '../../src/kinds/kind.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { zooKinds } from './fixtures/kinds.ts'

const example = readFileSync(new URL('fixtures/example.yaml', import.meta.url), 'utf8')
const zoo = `version: 1
stack: s
region: eu-west-1
account: "111122223333"
vars: { a: x, b: "\${var.a}" }
tags: { t: u }
secrets: { s: { env: X } }
unspecified: keep
environments: { dev: { vars: { a: y }, override: { zoos: { a: { open: !remove, gate: { lock: { code: z } } } } } } }
removed: { keepers: [old] }
zoos:
  a:
    open: true
    size: LARGE
    rule: { least: 1, most: null }
    trigger: { arn: "\${keepers.k.arn}", version: V1 }
    token: "\${secret.s}"
    tours: &t [a, "\${file:x}"]
    favourites: [{ cage: b.c }]
    policies: { p: { Resource: "\${aws:x}/\${var.b}" } }
    gate: { north: x, own: { name: y, colour: RED }, lock: { code: y } }
    feeders: { b.c: { food: x }, "x/y": { food: y } }
    labels: { b.c: { text: x } }
    ignore: [size, { path: care.food, until: "2026-12-01" }]
    prune: [benches]
    removed: { cages: [x] }
    movedFrom: z
  b: { existing: { id: x }, cages: { c: { animal: lion, near: ["\${cages.d.id}"] }, d: { name: e } } }
keepers: { k: { zoo: { of: b }, tags: { x: y } } }
`

const check = (text: string | Uint8Array, of: readonly Kind[], environment?: string) => {
  const parsed = parseSpec(
    { file: 'f', text },
    { kinds: of, ...(environment !== undefined && { environment }), readText: path => path },
  )
  expect(parsed.spec !== undefined).toBe(parsed.diagnostics.every(({ severity }) => severity !== 'error'))
  for (const { at, code, message, path } of parsed.diagnostics) {
    expect(code).toMatch(/^COG\d{4}$/)
    if (code.startsWith('COG1')) expect(message).not.toMatch(/undefined|\[object|NaN/)
    expect(at?.line).toBeGreaterThan(0)
    expect(at?.column).toBeGreaterThan(0)
    expect(parsed.lineAt(at?.line ?? 0)).toBeDefined()
    parsed.locate(path)
  }
  return parsed
}

it('starts from files that are right', () => {
  expect(check(example, kinds, 'dev').diagnostics).toEqual([])
  expect(check(zoo, zooKinds, 'dev').diagnostics).toEqual([])
})

it('survives any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => void check(text, zooKinds)),
    { numRuns: 500 },
  )
  const bits = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '&x ',
    '*x',
    '!',
    '!remove',
    '|',
    '>',
    '#',
    '%',
    '?',
    '$',
    '${',
    '~',
    '<<',
    '---\n',
    '\t',
    ',',
    '1',
    'zoos',
    'version: 1\n',
  )
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 40 }), parts => void check(parts.join(''), zooKinds)),
    { numRuns: 2000 },
  )
})

it('survives any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), bytes => void check(bytes, zooKinds)),
    { numRuns: 500 },
  )
})

const junk = fc.constantFrom(
  '',
  'null',
  '1',
  '[]',
  '{}',
  '[null]',
  '{ a: {} }',
  'x',
  '"${"',
  '"${var.a}"',
  '"${zoos.a.id}"',
  '"${secret.s}"',
  '"${account}"',
  '*t',
  '!remove',
  '[[]]',
  'true',
  '"\\n"',
  '{ $ref: a }',
  '"${cages.c.id}"',
  '1e9',
  '"${keepers.k.name}"',
  '"${environment}"',
)

/** Cuts, repeats and replaces pieces of a file. */
const mutated = (text: string) =>
  fc
    .array(
      fc.tuple(fc.nat(text.length), fc.nat(30), fc.oneof(junk, fc.constantFrom('\n', ' ', ': ', '{', '}'))),
      { minLength: 1, maxLength: 4 },
    )
    .map(edits => {
      let result = text
      for (const [at, length, by] of edits) result = result.slice(0, at) + by + result.slice(at + length)
      return result
    })

/** Puts other values in the place of the file's own. */
const revalued = (text: string) => {
  const places = [...text.matchAll(/(?<=[:,[] )[\w"$][^,\n{}[\]]*(?=[,\n }\]])|\{[^{}\n]*\}|\[[^[\]\n]*\]/g)]
  return fc.array(fc.tuple(fc.nat(places.length - 1), junk), { minLength: 1, maxLength: 3 }).map(edits => {
    const chosen = new Map(edits)
    let [result, from] = ['', 0]
    for (const [index, place] of places.entries()) {
      const by = chosen.get(index)
      if (by === undefined || place.index < from) continue
      result += text.slice(from, place.index) + by
      from = place.index + place[0].length
    }
    return result + text.slice(from)
  })
}

for (const [name, text, of] of [
  ['example', example, kinds],
  ['zoo', zoo, zooKinds],
] as const) {
  it(`survives every line of the ${name} missing`, () => {
    const lines = text.split('\n')
    for (const index of lines.keys()) check(lines.toSpliced(index, 1).join('\n'), of, 'dev')
  })

  it(`survives the ${name} in pieces`, () => {
    fc.assert(
      fc.property(mutated(text), one => void check(one, of, 'dev')),
      { numRuns: 400 },
    )
  })

  it(`survives the ${name} with other values`, () => {
    fc.assert(
      fc.property(revalued(text), one => void check(one, of, 'dev')),
      { numRuns: 800 },
    )
  })
}

it('reads ten thousand clients in seconds', () => {
  const cages = Array.from(
    { length: 10_000 },
    (_, index) => `      c${index}: { animal: "\${var.a}", near: ["\${benches.b.id}"] }\n`,
  )
  const text = `version: 1\nstack: s\nregion: eu-west-1\nvars: { a: cat }\nzoos:\n  a:\n    benches: { b: { place: x } }\n    cages:\n${cages.join('')}`
  const start = performance.now()
  expect(check(text, zooKinds).spec?.resources).toHaveLength(10_003)
  expect(performance.now() - start).toBeLessThan(10_000)
})
