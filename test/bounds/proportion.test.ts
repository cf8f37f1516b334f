// Work in proportion to input: twice the file is about twice the work, counted and not timed.
import { readFileSync } from 'node:fs'
import { globSync } from 'tinyglobby'
import { expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { matchesWild } from '../../src/kinds/role/wildcard.ts'
import type { Diagnostic } from '../../src/model.ts'
import { renderJson } from '../../src/render/json.ts'
import { renderDiagnostics } from '../../src/render/text/diagnostics.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { count } from '../faults/counts.ts'
import { files } from './files.ts'
import { operationsOf } from './operations.ts'

const parsed = (text: string) =>
  parseSpec({ file: 'cognito.yaml', text }, {
    kinds,
    environment: text.includes('environments:') ? 'e0' : undefined,
  } as never)

const shown = (text: string): string => {
  const { diagnostics, lineAt } = parsed(text)
  return renderDiagnostics(diagnostics, { lineAt: at => lineAt(at.line) })
}

/** n log n and what is looked up once remain below; n squared would be four. */
const limit = 2.6

it.each(Object.entries(files))(
  '%s: twice as many are no more than about twice the work',
  async (_what, make) => {
    const n = 100
    shown(make(2 * n))
    // what V8 has compiled anew meanwhile is counted otherwise, so one ratio may be off: the least of three counts
    const ratios: number[] = []
    while (ratios.length < 3 && !ratios.some(ratio => ratio < limit))
      ratios.push((await operationsOf(() => shown(make(2 * n)))) / (await operationsOf(() => shown(make(n)))))
    expect(Math.min(...ratios)).toBeLessThan(limit)
  },
)

it('every case was tried', () =>
  count('proportion', { 'a file is made twice as long': Object.keys(files).length }))

it('a chain of four thousand variables is followed, and a circle of them is said once', () => {
  expect(parsed(files['a chain of variables']?.(4000) ?? '').diagnostics).toEqual([])
  const circle = (files['a chain of variables']?.(4000) ?? '').replace('v4000: x', 'v4000: "${var.v0}"')
  expect(parsed(circle).diagnostics.map(({ code }) => code)).toEqual(['COG1205'])
})

it('variables that double each other end where memory would', () => {
  const doubling = Array.from(
    { length: 60 },
    (_one, at) => `  v${at + 1}: "\${var.v${at}}\${var.v${at}}"\n`,
  ).join('')
  const text = `version: 1\nstack: shop\nregion: eu-west-1\nvars:\n  v0: xx\n${doubling}userPools: { a: { name: "\${var.v60}" } }\n`
  expect(parsed(text).diagnostics.map(({ code }) => code)).toEqual(['COG1012'])
})

it('of very many mistakes a hundred are printed, errors first, and the rest is counted', () => {
  const error: Diagnostic = { code: 'COG1101', severity: 'error', path: ['a'], message: 'wrong' }
  const warnings = Array.from({ length: 150 }, () => ({
    ...error,
    severity: 'warning' as const,
    path: ['0'],
  }))
  const all = [...warnings, ...Array.from({ length: 100_000 }, () => error)]
  const text = renderDiagnostics(all)
  expect(text.match(/^a: error/gm)).toHaveLength(100)
  expect(text).not.toContain('0: warning')
  expect(text).toContain('100000 errors, 150 warnings; 100050 more are not shown')
  const json = JSON.parse(
    renderJson({ tool: 'cogsync/1', command: 'validate', exitCode: 3 }, { diagnostics: all }),
  )
  expect([json.diagnostics.length, json.moreDiagnostics]).toEqual([100, 100_050])
})

it('a pattern full of stars is compared in proportion to it and the text', async () => {
  const run = (n: number) => operationsOf(() => matchesWild('*a'.repeat(20), `${'a'.repeat(n)}b`))
  await run(10)
  const [once, twice] = [await run(2000), await run(4000)]
  expect(twice / once).toBeLessThan(2.2)
})

it.each([
  ['a*c', 'abbbc', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*', '', true],
  ['**b*', 'aab', true],
  ['a*b*c', 'axxbyyc', true],
  ['a*b*c', 'axxbyy', false],
  ['?', '😀', true],
  ['[a]', 'a', false],
])('the pattern %s and the text %s: %s', (pattern, text, matches) =>
  expect(matchesWild(pattern, text)).toBe(matches),
)

/** The regular expressions of the program, with where they stand. */
const expressions = globSync('src/**/*.ts', { ignore: ['src/sandbox/**'] }).flatMap(file =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) =>
      /^\s*(\/\/|\*|\/\*)/.test(line)
        ? []
        : [
            ...line.matchAll(
              /(?<=[=(,:?&|!]\s*|^\s*)\/((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[\n*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[\n])*)\/([dgimsuvy]*)/g,
            ),
          ].map(([, body = '', flags = '']) => ({ place: `${file}:${index + 1}`, body, flags })),
    ),
)

/** What makes a backtracking matcher go over the same text again and again. */
const slow: { [why: string]: RegExp } = {
  'it looks back over any length': /\(\?<[=!](?:[^()\\]|\\.)*[*+]/,
  'a repetition is repeated': /\((?:\?:)?(?:\\.|\[(?:\\.|[^\]])*\]|.)[*+]\)[*+]/,
  'it begins anywhere with a repetition of blanks or of anything': /^(?:\\s|\.|\[\^?\\s\\S\])[*+](?!$|\/)./,
  'it looks from everywhere for an end that may not come': /^(?!\^).*\[\\s\\S\]\*\?/,
}

/** Each is used on texts that are short, or is followed by nothing that can fail. */
const known = ['src/import/write.ts']

it('no regular expression can take more than work in proportion', () => {
  expect(expressions.length).toBeGreaterThan(100)
  const found = expressions.flatMap(({ place, body }) =>
    Object.entries(slow).flatMap(([why, sign]) => (sign.test(body) ? [`${place}: /${body}/: ${why}`] : [])),
  )
  expect(found.filter(one => !known.some(file => one.startsWith(file)))).toEqual([])
})
