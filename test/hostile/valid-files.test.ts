// Files that are valid, with values that nobody thought of: AWS takes them, and then there is nothing to do; or it
// refuses, which is reported with the operation. Nothing else happens.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { isMap, isScalar, parseDocument, visit } from 'yaml'
import { kinds } from '../../src/kinds/index.ts'
import { registerFunction } from '../../src/sandbox/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { count } from '../faults/counts.ts'
import { account, useAccount } from '../journeys/run.ts'
import { choices, fileOfRows } from '../laws/everything.ts'
import { openWorld } from '../laws/world.ts'
import { cli, crashIn } from './cli.ts'
import { rawIn } from './raw.ts'

const runs = Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? 40)
const seed = Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20261121)
const cases = { taken: 0, refused: 0 }

// images are files, which stand beside those that the other tests write
const rows = choices().filter(({ example }) => !JSON.stringify(example).includes('${file:'))

/** Another value of the same sort. */
const another = (value: unknown, by: number): unknown => {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + ((by % 9) - 4)
  if (typeof value !== 'string' || value.startsWith('$') || value.startsWith('arn:')) return value
  const number = /^(\d+)([smhd])$/.exec(value)
  if (number) return `${Number(number[1]) + (by % 5)}${number[2]}`
  return [`${value}-${by}`, `${value} x`, value.slice(1), value.toUpperCase(), `é${value}`][by % 5]
}

/** The same file with some of its values changed, as long as it stays valid. */
const varied = (text: string, edits: readonly (readonly [number, number])[]): string =>
  edits.reduce((valid, [place, by]) => {
    const document = parseDocument(valid)
    const scalars: { value: unknown }[] = []
    const pools = ['userPools', 'identityPools', 'roles'].map(name => document.get(name))
    for (const pool of pools)
      if (isMap(pool))
        visit(pool, { Scalar: (key, node) => void (key !== 'key' && isScalar(node) && scalars.push(node)) })
    const chosen = scalars[place % Math.max(1, scalars.length)]
    if (chosen === undefined) return valid
    chosen.value = another(chosen.value, by)
    const next = document.toString()
    return isValid(next) ? next : valid
  }, text)

const isValid = (text: string): boolean =>
  parseSpec({ file: 'cognito.yaml', text }, { kinds }).diagnostics.every(
    ({ severity }) => severity !== 'error',
  )

const files = fc
  .tuple(
    fc.array(fc.constantFrom(...rows.keys()), { minLength: 1, maxLength: 8 }),
    fc.array(fc.tuple(fc.nat(500), fc.nat(100)), { minLength: 1, maxLength: 12 }),
  )
  .map(([chosen, edits]) =>
    varied(fileOfRows(chosen.map(index => rows[index] as (typeof rows)[number])), edits),
  )

interface Document {
  outcomes?: { status: string; error?: { name: string; operation?: string } }[]
}

let world: Awaited<ReturnType<typeof openWorld>>
const secrets = { FIRST: 'the-first-of-two-secrets', SECOND: 'the-second-of-two-secrets' }
const folder = mkdtempSync(join(tmpdir(), 'cogsync-valid-'))
beforeAll(async () => {
  useAccount(account)
  Object.assign(process.env, secrets)
  world = await openWorld()
})
afterAll(async () => {
  for (const name of Object.keys(secrets)) delete process.env[name]
  rmSync(folder, { recursive: true })
  await world.close()
})

const run = async (text: string, line: string) => {
  const ran = await cli(folder, [...line.split(' '), '--json', '--endpoint-url', world.sandbox.url])
  expect(crashIn(ran), text).toEqual([])
  expect(rawIn(ran.stdout + ran.stderr), text).toEqual([])
  return { code: ran.code, document: JSON.parse(ran.stdout) as Document }
}

it('a valid file is applied and then at rest, or AWS says what it does not take', async () => {
  const { state } = world.sandbox
  const empty = state.snapshot()
  await fc.assert(
    fc.asyncProperty(files, async text => {
      state.restore(empty)
      for (const [arn] of text.matchAll(/arn:aws:lambda:[^\s"',}\]]+/g)) registerFunction(state, arn)
      writeFileSync(join(folder, 'cognito.yaml'), text)
      const { code, document } = await run(text, 'apply --yes')
      if (code === 0) {
        expect((await run(text, 'plan --detailed-exitcode')).code, text).toBe(0)
        cases.taken += 1
        return
      }
      const failed = document.outcomes?.filter(({ status }) => status === 'failed') ?? []
      expect([1, 6], text).toContain(code)
      expect(failed.length, text).toBeGreaterThan(0)
      for (const { error } of failed) expect(error?.operation, text).toMatch(/^[\w-]+:\w+$/)
      cases.refused += 1
    }),
    { numRuns: runs, seed },
  )
  expect(cases.taken).toBeGreaterThan(cases.refused)
})

it('every case was tried', () =>
  count('valid-files', {
    'a file is applied, and then there is nothing to do': cases.taken,
    'AWS refuses something, and the report names it': cases.refused,
  }))
