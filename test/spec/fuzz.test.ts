// Whatever is written in a file: no exception, always positions, a spec or a reason.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import type { Kind } from '../../src/table/kind.ts'
import { zooKinds } from './fixtures/kinds.ts'
import { mutated, revalued } from './fixtures/mutations.ts'

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
