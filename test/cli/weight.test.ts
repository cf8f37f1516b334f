// What the program loads before a command needs it: neither the SDK nor the file's reader.
import { describe, expect, test } from 'vitest'
import { bundle } from '../../.ci/build.mjs'

const { metafile, outputFiles } = await bundle()

/** Inputs of a file of the bundle and of everything it imports at once. */
const loadedBy = (name: string): string[] => {
  const seen = new Set<string>()
  const visit = (path: string) => {
    if (seen.has(path)) return
    seen.add(path)
    for (const each of metafile.outputs[path]?.imports ?? [])
      if (each.kind === 'import-statement' && !each.external) visit(each.path)
  }
  visit(name)
  return [...seen].flatMap(path => Object.keys(metafile.outputs[path]?.inputs ?? {}))
}

/** The chunk that a source file's dynamic import loads. */
const chunkOf = (source: string): string =>
  Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === source)![0]

const heavy =
  /node_modules\/(@aws-sdk|@smithy|zod|yaml|fast-xml-parser|diff|@bomb\.sh)\/|src\/(kinds|spec|engine|aws|sandbox)\//

describe('the bundle', () => {
  test('starts without anything heavy, so that --help is quick', () => {
    expect(loadedBy('dist/cli.js').filter(path => heavy.test(path))).toEqual([])
  })
  test.each(['init', 'version', 'schema', 'sandbox', 'validate', 'explain', 'outputs'])(
    '%s by itself loads no SDK',
    command => {
      const loaded = loadedBy(chunkOf(`src/cli/commands/${command}.ts`))
      expect(loaded.filter(path => /@aws-sdk|@smithy/.test(path))).toEqual([])
    },
  )
  test.each(['src/cogsync.ts', 'src/explain/index.ts'])('%s loads no SDK until it asks AWS', source => {
    expect(loadedBy(chunkOf(source)).filter(path => /@aws-sdk|@smithy/.test(path))).toEqual([])
  })
  test('is the same each time, and names no machine', async () => {
    const again = await bundle()
    expect(again.outputFiles.map(({ path, hash }) => [path, hash])).toEqual(
      outputFiles.map(({ path, hash }) => [path, hash]),
    )
    for (const { text, path } of outputFiles) expect(text.includes(process.cwd()), path).toBe(false)
  })
  test('needs nothing but node', () => {
    const externals = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(each => each.external).map(each => each.path),
    )
    expect([...new Set(externals)].filter(path => !/^(node:)?[a-z/_0-9]+$/.test(path))).toEqual([])
  })
  test('starts with a shebang', () => {
    expect(
      outputFiles.find(({ path }) => path.endsWith('/dist/cli.js'))?.text.startsWith('#!/usr/bin/env node\n'),
    ).toBe(true)
  })
})
