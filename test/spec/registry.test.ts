// Codes and their explanations are held against the source, both ways.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { fileCodes } from '../../src/codes/file.ts'
import { codes } from '../../src/codes/index.ts'

const src = fileURLToPath(new URL('../../src', import.meta.url))
const used = new Set(
  readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.startsWith('codes'))
    .flatMap(file => readFileSync(join(src, file), 'utf8').match(/\bCOG\d{4}\b/g) ?? []),
)

it('explains every code that the source uses', () => {
  expect([...used].filter(code => !(code in codes)).sort()).toEqual([])
})

it('explains no code that the source does not use', () => {
  expect(Object.keys(codes).filter(code => !used.has(code))).toEqual([])
})

it('keeps the codes of files to their ranges, with a title and sentences', () => {
  for (const [code, { title, explain }] of Object.entries(fileCodes)) {
    expect(code).toMatch(/^COG1[012]\d\d$/)
    expect(title).toMatch(/^(?!.*\.$)[a-z`]|^the YAML/)
    expect(explain).toMatch(/\.$/)
  }
})

it('names no kind of resource in the stage itself', () => {
  for (const file of readdirSync(join(src, 'spec'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue
    const code = readFileSync(join(src, 'spec', file), 'utf8').replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '')
    expect([
      file,
      code.match(
        /['"`](userPools?|clients?|identityPools?|roles?|resourceServers?|userPoolClient|domain)['"`]/g,
      ),
    ]).toEqual([file, null])
  }
})
