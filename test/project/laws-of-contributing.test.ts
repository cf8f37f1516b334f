// CONTRIBUTING.md says how to add a setting and a kind in three steps each. Each step is held by a test that names
// the next thing to do; this file is those tests, or makes sure that they exist.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { iamService } from '../../src/sandbox/iam/index.ts'
import { identityPoolService } from '../../src/sandbox/identity-pools/index.ts'
import { lambdaService } from '../../src/sandbox/lambda/index.ts'
import type { State } from '../../src/sandbox/service.ts'
import { userPoolService } from '../../src/sandbox/user-pools/index.ts'
import { wafService } from '../../src/sandbox/waf/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { isBodyWriter, type Kind } from '../../src/table/kind.ts'
import { operationsOf } from '../../src/table/operations.ts'
import { filesIn, read, root, sources } from './source.ts'

const contributing = read('CONTRIBUTING.md')

/** The numbered steps under a heading. */
const stepsOf = (heading: string): string[] => {
  const [, section = ''] = contributing.split(`\n### ${heading}\n`)
  const body = section.split(/\n#{1,3} /)[0] ?? ''
  return body.split(/\n(?=\d\. )/).filter(part => /^\d\. /.test(part.trim()))
}

describe.each(['Add a setting', 'Add a kind'])('"%s"', heading => {
  const steps = stepsOf(heading)
  it('has at most three steps', () => {
    expect(steps.length).toBeGreaterThan(0)
    expect(steps.length).toBeLessThanOrEqual(3)
  })
  it('names with each step the test that asks for it', () => {
    for (const step of steps) {
      const [, test] = /`(test\/[\w/-]+\.test\.ts)`/.exec(step) ?? []
      expect(test, step).toBeDefined()
      expect(existsSync(join(root, test as string)), test).toBe(true)
    }
  })
})

/** The names of what files of src/kinds declare as a `Kind`. */
const declared = (files: { path: string; text: string }[]): { name: string; path: string }[] =>
  files
    .filter(({ path }) => /^src\/kinds\/[\w/-]+\.ts$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(/^export const (\w+): Kind = \{/gm)].map(([, name = '']) => ({ name, path })),
    )

const unregistered = (files: { path: string; text: string }[]): string[] =>
  declared(files)
    .filter(({ name }) => !kinds.some(kind => kind.name === name))
    .map(({ name, path }) => `${path} declares ${name}: add it to the list in src/kinds/index.ts`)

describe('a kind', () => {
  it('that is declared is registered', () => {
    expect(unregistered(sources)).toEqual([])
    expect(declared(sources).length).toBe(kinds.length)
  })
  it('that is not registered is named, with the next step', () => {
    const file = { path: 'src/kinds/zebra.ts', text: '// Zebras.\nexport const zebra: Kind = {\n}\n' }
    expect(unregistered([file])).toEqual([
      'src/kinds/zebra.ts declares zebra: add it to the list in src/kinds/index.ts',
    ])
  })
})

const state: State = { slice: (_service, initial) => initial() }
const served = new Map(
  [
    userPoolService(state, () => undefined),
    identityPoolService(state),
    iamService(state),
    lambdaService(state),
    wafService(state, () => false),
  ].map(service => [service.name, service.operations]),
)

const unserved = (all: readonly Kind[]): string[] =>
  all.flatMap(kind =>
    Object.values(operationsOf(kind))
      .flat()
      .filter(operation => {
        const [service = '', name = ''] = operation.split(':')
        return served.get(service)?.[name] === undefined
      })
      .map(
        operation =>
          `the sandbox does not serve ${operation}, which ${kind.name} needs: add it to src/sandbox/`,
      ),
  )

describe('the sandbox', () => {
  it('serves every operation of every kind', () => {
    expect(unserved(kinds)).toEqual([])
  })
  it('is said to lack an operation, with the next step', () => {
    const [first] = kinds as [Kind]
    const doctored: Kind = { ...first, remove: { operation: 'cognito-idp:StopUserImportJob' } }
    expect(unserved([doctored])).toEqual([
      `the sandbox does not serve cognito-idp:StopUserImportJob, which ${first.name} needs: add it to src/sandbox/`,
    ])
  })
})

/** The kinds that files state: the examples, and the journeys' streams of files. */
const shown = new Set(
  [...filesIn('examples', /^cognito\.yaml$/), ...filesIn('test/journeys/streams', /\.yaml$/)].flatMap(file =>
    read(file)
      .split(/^---.*$/m)
      .flatMap(text => {
        const environment = /^environments:\n {2}(\w+):/m.exec(text)?.[1]
        const beside = (path: string) => read(join(file, '..', path))
        const digest = (path: string) => ({ sha256: '', size: beside(path).length })
        const options = { kinds, readText: beside, digest }
        const { spec } = parseSpec(
          { file, text },
          environment === undefined ? options : { ...options, environment },
        )
        return spec?.resources.map(({ kind }) => kind) ?? []
      }),
  ),
)

describe('the examples and journeys', () => {
  it('show every kind', () => {
    const hidden = kinds.filter(kind => !shown.has(kind.name)).map(({ name }) => name)
    expect(hidden, 'use the kind in an examples/*/cognito.yaml or a test/journeys/streams/*.yaml').toEqual([])
  })
})

describe('a row', () => {
  it.each(
    kinds.flatMap(kind => kind.fields.map(field => [`${kind.name} ${field.path}`, kind, field] as const)),
  )('%s has what the laws and the documentation need', (_name, kind, field) => {
    // a secret's examples are references
    if (!field.secret)
      for (const example of field.examples) expect(field.schema().safeParse(example).error).toBeUndefined()
    expect(field.doc, 'say in a sentence what the setting does').toMatch(/^[A-Z\d`].*\.$/s)
    const entries = kind.writers.flatMap(writer => (isBodyWriter(writer) ? [] : [writer.field]))
    if (entries.includes(field.path)) expect(field.shape, 'entries are compared one by one').toBeDefined()
  })
})
