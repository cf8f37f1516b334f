// Every diagnostic code in the source is documented, and nothing else is.
import { describe, expect, it } from 'vitest'
import { codes } from '../../src/codes/index.ts'
import { sources } from './source.ts'

/** Codes by the files that print them; comments do not count. */
const printed = new Map<string, string[]>()
for (const { path, strings } of sources)
  if (!path.startsWith('src/codes/'))
    for (const { text } of strings)
      for (const [code] of text.matchAll(/COG\d{4}/g)) printed.set(code, [...(printed.get(code) ?? []), path])

describe('codes', () => {
  it('that the source prints are documented', () => {
    const lost = [...printed]
      .filter(([code]) => !(code in codes))
      .map(([code, [path]]) => `${code}, in ${path}`)
    expect(lost, 'add them to src/codes/').toEqual([])
  })
  it('that are documented are printed', () => {
    expect(
      Object.keys(codes).filter(code => !printed.has(code)),
      'print them, or take them out of src/codes/',
    ).toEqual([])
  })
  it.each(Object.entries(codes))('%s is explained in sentences', (code, { title, explain }) => {
    expect(code).toMatch(/^COG\d{4}$/)
    expect(title).toMatch(/[^.]$/)
    expect(explain).toMatch(/[.)`"]$/)
  })
})
