// A file with every row of every kind at once is valid, applies to an empty account, and then there is nothing to do.
import { expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { registerFunction } from '../../src/sandbox/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { everyRow, turned } from './everything.ts'
import { changesIn, digestOfFile, openWorld, pathsIn } from './world.ts'

const { text, left } = everyRow()
const { spec, diagnostics } = parseSpec({ file: 'cognito.yaml', text }, { kinds, digest: digestOfFile })

it('finds a place for every row', () => {
  expect(left, 'its examples need something: say what in `given`').toEqual([])
})

it('is a valid file', () => {
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
})

it('states every row of every kind', () => {
  const stated = new Set(
    spec?.resources.flatMap(({ kind, spec }) => Object.keys(spec).map(path => `${kind}.${path}`)),
  )
  const all = kinds.flatMap(({ name, fields }) => fields.map(({ path }) => `${name}.${path}`))
  expect(all.filter(row => !stated.has(row))).toEqual([])
})

it('needs few resources, since most rows go together', () => {
  const roots = spec?.resources.filter(({ parent }) => parent === undefined).map(({ kind }) => kind)
  // a pool that replicas can have is ESSENTIALS with a key of its own, where others need PLUS or LITE
  expect(roots).toEqual(['userPool', 'userPool', 'userPool', 'identityPool', 'role'])
})

it('applies to an empty account, by one plan however its keys are ordered, and then there is nothing left to do', async () => {
  if (spec === undefined) throw new Error('no spec')
  const world = await openWorld()
  for (const [arn] of text.matchAll(/arn:aws:lambda:\S+/g)) registerFunction(world.sandbox.state, arn)
  const plan = await world.plan(spec)
  const other = parseSpec({ file: 'cognito.yaml', text: turned(text) }, { kinds, digest: digestOfFile })
  expect(await world.plan(other.spec ?? spec)).toEqual(plan)
  expect(changesIn(plan).flatMap(change => change.blocked)).toEqual([])
  await world.apply(plan)
  expect(pathsIn(await world.plan(spec))).toEqual([])
  await world.close()
})
