// Laws that hold for every row of every kind, each against the sandbox through real HTTP.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json, Spec, Term } from '../../src/model.ts'
import type { Field, Kind } from '../../src/table/kind.ts'
import { isFixed } from '../../src/values/merge.ts'
import { addressOf, changesIn, openWorld, pathsIn, required, rowsOf, specOf, type World } from './world.ts'

const same = (a: Json, b: Json) => JSON.stringify(a) === JSON.stringify(b)

const isCustomDomain = (kind: Kind, field: Field) =>
  kind.name === 'userPoolDomain' && field.given?.['certificateArn'] !== undefined

const specWith = (kind: Kind, field: Field, value: Term | undefined, more: Partial<Spec> = {}): Spec => {
  const custom = isCustomDomain(kind, field)
  return specOf(
    kind,
    {
      ...without(field.given, field.path),
      ...(value !== undefined && { [field.path]: value }),
    },
    { ...more, secrets: { first: { env: 'X' }, second: { env: 'X' } } },
    custom,
  )
}

const without = (given: Field['given'], path: string) =>
  Object.fromEntries(Object.entries(given ?? {}).filter(([key]) => key !== path))

/** Rows whose change cannot be shown alone, and why. */
const noSecondValue = rowsOf().filter(({ field }) => same(field.examples[0], field.examples[1]))

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

describe.each(rowsOf())('$title', ({ kind, field }) => {
  beforeAll(() => world.renew())

  it.skipIf(field.secret)('has examples that its schema accepts', () => {
    for (const example of field.examples)
      expect(field.schema().safeParse(example).error?.issues ?? []).toEqual([])
  })

  it('is created, and then there is nothing left to do', async () => {
    const spec = specWith(kind, field, field.examples[0])
    const plan = await world.plan(spec)
    expect(changesIn(plan).flatMap(change => change.blocked)).toEqual([])
    await world.apply(plan)
    expect(pathsIn(await world.plan(spec))).toEqual([])
  })

  it('is changed alone, and then there is nothing left to do', async ({ skip }) => {
    if (noSecondValue.some(row => row.field === field))
      skip('its two examples are one: a second needs a kind that does not exist yet')
    const spec = specWith(kind, field, field.examples[1])
    const plan = await world.plan(spec)
    const address = isCustomDomain(kind, field)
      ? addressOf(kind).replace('.prefix', '.custom')
      : addressOf(kind)
    const blocked = changesIn(plan).flatMap(change => change.blocked)
    if (field.secret) return expect(pathsIn(plan)).toEqual([])
    if (field.collection?.permanent || !isFixed(kind, field)) {
      expect(blocked).toEqual([])
      expect(pathsIn(plan)).toEqual([`${address} ${field.path}`])
      await world.apply(plan)
      return expect(pathsIn(await world.plan(spec))).toEqual([])
    }
    // another name is another one, unless it can be searched for by its tags
    if (Object.values(kind.natural ?? {}).includes(field.path) && kind.match !== 'key' && !kind.read.tagged)
      return expect(changesIn(plan).map(change => change.action)).toEqual(['create'])
    expect(blocked.map(({ path, code }) => ({ path, code }))).toEqual([
      { path: field.path, code: kind.replace && field.path === kind.nameField ? 'COG3002' : 'COG3001' },
    ])
    expect(blocked[0]?.remedy).not.toBe('')
  })

  it('means what its row says when the file is silent', async ({ skip }) => {
    if (required[kind.name]?.[field.path] !== undefined || field.path === 'certificateArn')
      skip('its resource cannot be without it')
    const spec = specWith(kind, field, undefined)
    const plan = await world.plan(spec)
    const mine = pathsIn(plan).filter(path => path.endsWith(` ${field.path}`))
    if (field.unset === 'keep' || isFixed(kind, field)) return expect(mine).toEqual([])
    const blocked = changesIn(plan).flatMap(change => change.blocked)
    if (blocked.length > 0) return
    await world.apply(plan)
    const after = await world.plan(spec)
    expect(pathsIn(after)).toEqual([])
  })
})
