// The largest example is the largest: what is tried with it is tried with every kind.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { digestOfFile } from '../laws/world.ts'
import { everything } from './world.ts'

test('it makes a resource of every kind there is', () => {
  const text = readFileSync(everything, 'utf8')
  const { spec, diagnostics } = parseSpec({ file: everything, text }, { kinds, digest: digestOfFile })
  expect(diagnostics.filter(({ severity }) => severity !== 'note')).toEqual([])
  const made = new Set(
    spec?.resources.filter(({ existing }) => existing === undefined).map(({ kind }) => kind),
  )
  expect(kinds.map(({ name }) => name).filter(name => !made.has(name))).toEqual([])
})
