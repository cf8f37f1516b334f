// What is loaded, when, and in how many files: neither the SDK nor the file's reader before a command needs them.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { bundle } from '../../.ci/build.mjs'
import { root } from '../project/source.ts'

const files = await bundle()
const byPath = new Map(files.map(file => [file.path, file]))

/** The files that hold these sources, and all that they import at once. */
const loadedBy = (...sources: string[]) => {
  const seen = new Set<(typeof files)[number]>()
  const visit = (file: (typeof files)[number] | undefined) => {
    if (file === undefined || seen.has(file)) return
    seen.add(file)
    for (const each of file.imports) visit(byPath.get(join(root, 'dist', each)))
  }
  for (const source of sources) {
    const holder = files.find(({ inputs }) => inputs.includes(source))
    if (holder === undefined) throw new Error(`${source} is nowhere in the bundle`)
    visit(holder)
  }
  return [...seen]
}

const inputsOf = (...sources: string[]) => loadedBy(...sources).flatMap(({ inputs }) => inputs)

const sdk = /node_modules\/(@aws-sdk|@smithy)\//
const heavy =
  /node_modules\/(@aws-sdk|@smithy|zod|yaml|fast-xml-parser|diff|tinyglobby|@bomb\.sh)\/|src\/(kinds|spec|engine|aws|sandbox|codes)\//

/** What a command loads on its way. */
const start = ['src/cli/main.ts']
const validate = [...start, 'src/cli/commands/validate.ts', 'src/index.ts']
const plan = [
  ...validate,
  'src/cli/commands/plan.ts',
  'src/observe/observe.ts',
  'src/plan/plan.ts',
  'src/aws/port.ts',
  'src/workflows/secrets.ts',
  'node_modules/@aws-sdk/client-sts/dist-es/STSClient.js',
]

describe('the bundle', () => {
  test('starts without anything heavy, so that --help is quick', () => {
    expect(inputsOf(...start).filter(path => heavy.test(path))).toEqual([])
  })
  test.each(['init', 'version', 'schema', 'sandbox', 'validate', 'explain', 'outputs', 'completion'])(
    '%s by itself loads no SDK',
    command => {
      expect(inputsOf(`src/cli/commands/${command}.ts`).filter(path => sdk.test(path))).toEqual([])
    },
  )
  test.each(['src/index.ts', 'src/explain/index.ts'])('%s loads no SDK until it asks AWS', source => {
    expect(inputsOf(source).filter(path => sdk.test(path))).toEqual([])
  })
  test('reads a file without what only plans, explanations and other commands need', () => {
    const idle =
      /src\/(engine\/(plan|observe|wire)|aws\/shapes|codes|explain|import|sandbox|reference)|tinyglobby|zod-json/
    expect(inputsOf(...validate).filter(path => idle.test(path))).toEqual([])
  })
  test.each([
    ['--help', start, 3],
    ['validate', validate, 4],
    ['plan', plan, 6],
  ])('%s loads few files, since each takes its time', (_command, sources, most) => {
    expect(loadedBy(...sources).length).toBeLessThanOrEqual(most)
  })
  test('waits nowhere but in its entries: a file that waits and is waited for ends the process', () => {
    const waiting = files.filter(({ inputs }) => inputs.some(path => path.endsWith('/main.ts')))
    const imported = new Set(files.flatMap(({ imports }) => imports.map(each => join(root, 'dist', each))))
    expect(waiting.map(({ path }) => path).filter(path => imported.has(path))).toEqual([])
  })
  test('is the same each time, and names no machine', async () => {
    const texts = (all: typeof files) => all.map(({ path, text }) => [path, text])
    expect(texts(await bundle())).toEqual(texts(files))
    for (const { text, path } of files) expect(text.includes(process.cwd()), path).toBe(false)
  })
  test('needs nothing but node', () => {
    const externals = files.flatMap(({ imports }) =>
      imports.filter(each => !byPath.has(join(root, 'dist', each))),
    )
    expect([...new Set(externals)].filter(path => !/^(node:)?[a-z/_0-9]+$/.test(path))).toEqual([])
  })
  test('starts with a shebang', () => {
    expect(byPath.get(join(root, 'dist/cli.js'))?.text.startsWith('#!/usr/bin/env node\n')).toBe(true)
  })
})
