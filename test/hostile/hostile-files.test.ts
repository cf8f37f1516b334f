// Files that somebody wrote to do harm, through the command line itself: an exit code that is documented, a place for
// every mistake, nothing raw in what is printed, and nothing read that is not the repository's.
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { count } from '../faults/counts.ts'
import { type Bench, onBench } from '../journeys/run.ts'
import { everyRow } from '../laws/everything.ts'
import { mutated, revalued } from '../spec/fixtures/mutations.ts'
import { cli, crashIn } from './cli.ts'
import { evil, orders, rawIn, unseen } from './raw.ts'

const times = (usual: number) => ({
  numRuns: Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? usual),
  seed: Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20261121),
})

let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'cogsync-hostile-')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const { text: everything } = everyRow()

const cases = { validated: 0, planned: 0, files: 0, variables: 0 }

interface Document {
  diagnostics: { code: string; severity: string; message: string; at?: { line: number; column: number } }[]
}

/** Validates a file in both forms of output; answers what the JSON says. */
const validate = async (text: string | Uint8Array): Promise<Document> => {
  writeFileSync(join(folder, 'cognito.yaml'), text)
  const [plain, json] = [await cli(folder, ['validate']), await cli(folder, ['validate', '--json'])]
  for (const ran of [plain, json]) {
    expect([0, 3]).toContain(ran.code)
    expect(crashIn(ran)).toEqual([])
    expect(rawIn(ran.stdout + ran.stderr)).toEqual([])
  }
  expect(plain.code).toBe(json.code)
  const document = JSON.parse(json.stdout) as Document
  const errors = document.diagnostics.filter(({ severity }) => severity === 'error')
  expect(errors.length > 0).toBe(json.code === 3)
  for (const { at } of document.diagnostics) expect(at?.line).toBeGreaterThan(0)
  return document
}

it('validate survives any text, any bytes and any mistake', async () => {
  const survives = <T extends string | Uint8Array>(texts: fc.Arbitrary<T>, usual: number) =>
    fc.assert(
      fc.asyncProperty(texts, async text => {
        await validate(text)
        cases.validated += 1
      }),
      times(usual),
    )
  await survives(fc.string({ unit: 'binary', maxLength: 100 }), 25)
  await survives(fc.uint8Array({ maxLength: 100 }), 25)
  await survives(fc.oneof(mutated(everything), revalued(everything)), 20)
  const words = fc.constantFrom(...unseen, orders, evil, '::error::x', '${', '\\', '"', "'", '\n')
  const names = fc.array(words, { minLength: 1, maxLength: 4 }).map(parts => JSON.stringify(parts.join('')))
  const file = fc
    .tuple(names, names, names)
    .map(
      ([key, name, tag]) =>
        `${head}tags: { ${tag}: x }\nuserPools:\n  ${key}: { name: ${name}, ${tag}: 1 }\n`,
    )
  await survives(file, 80)
})

it('plan survives any mistake in a file with every row', () =>
  onBench(async bench => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated(everything), revalued(everything)), async text => {
        const { document } = await planned(bench, text)
        for (const { severity, code: name, at } of document.diagnostics)
          if (severity === 'error' && /^COG[12]/.test(name)) expect(at?.line).toBeGreaterThan(0)
        cases.planned += 1
      }),
      times(30),
    )
  }))

const planned = async ({ folder, sandbox, file }: Bench, text: string) => {
  await file(text)
  const ran = await cli(folder, ['plan', '--json', '--endpoint-url', sandbox.url])
  expect([0, 1, 3, 4, 5]).toContain(ran.code)
  expect(crashIn(ran)).toEqual([])
  expect(rawIn(ran.stdout + ran.stderr)).toEqual([])
  return { code: ran.code, document: JSON.parse(ran.stdout) as Document }
}

it.each([
  '/etc/passwd',
  '../secret.txt',
  'texts/../../secret.txt',
  'texts/..',
  '~/secret.txt',
  'C:/secret.txt',
  'texts\\\\mail.html',
])('${file:%s} is no path inside the repository', async path => {
  const { diagnostics } = await validate(
    `${head}vars: { a: "\${file:${path}}" }\nuserPools: { a: { name: "\${var.a}" } }\n`,
  )
  expect(diagnostics.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`)).toEqual([
    `COG1208 4:${path.includes('\\\\') ? 12 : 13}`,
  ])
  cases.files += 1
})

it.each([
  'out.txt',
  'out/secret.txt',
  'loop',
  'zero',
  'texts',
  'pipe',
  'huge.txt',
  'latin.txt',
  'missing.txt',
  'x'.repeat(5000),
])('${file:%s} is not read', async path => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'cogsync-outside-')))
  try {
    writeFileSync(join(outside, 'secret.txt'), 'canary-outside')
    rmSync(folder, { recursive: true })
    mkdirSync(join(folder, 'texts'), { recursive: true })
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'out.txt'))
    symlinkSync(outside, join(folder, 'out'))
    symlinkSync('loop', join(folder, 'loop'))
    symlinkSync('/dev/zero', join(folder, 'zero'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    writeFileSync(join(folder, 'huge.txt'), '')
    truncateSync(join(folder, 'huge.txt'), 4 * 1024 ** 3)
    writeFileSync(join(folder, 'latin.txt'), Buffer.from([0x63, 0xe9]))
    const { diagnostics } = await validate(`${head}userPools: { a: { name: "\${file:${path}}" } }\n`)
    expect(diagnostics.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`)).toEqual(['COG1209 4:26'])
    const [message = ''] = diagnostics.map(({ message }) => message)
    for (const place of [folder, outside, 'canary-outside']) expect(message).not.toContain(place)
    cases.files += 1
  } finally {
    rmSync(outside, { recursive: true })
  }
})

it.each(['${env.HOME}', '${HOME}', '${process.env.HOME}', '${secret.HOME}', '${secrets.HOME}'])(
  'a variable of the environment that is not declared cannot be had: %s',
  async reference => {
    vi.stubEnv('COGSYNC_CANARY', 'canary-undeclared')
    const text = `${head}userPools: { a: { name: "${reference.replace('HOME', 'COGSYNC_CANARY')}" } }\n`
    const { diagnostics } = await validate(text)
    expect(diagnostics.map(({ code }) => code)).toEqual([
      reference.includes('secret.') ? 'COG1203' : 'COG1202',
    ])
    expect(JSON.stringify(diagnostics)).not.toContain('canary-undeclared')
    cases.variables += 1
  },
)

/** How many items are walked through by the methods of lists while something is done. */
const walkedIn = (work: () => void): number => {
  const methods = [
    'every',
    'filter',
    'find',
    'findIndex',
    'flatMap',
    'includes',
    'indexOf',
    'map',
    'some',
  ] as const
  const lists = Array.prototype as unknown as { [method: string]: (...of: unknown[]) => unknown }
  const before = methods.map(method => [method, lists[method]] as const)
  let walked = 0
  for (const [method, own] of before)
    lists[method] = function (this: unknown[], ...of: unknown[]) {
      walked += this.length
      return own?.apply(this, of)
    }
  try {
    work()
  } finally {
    for (const [method, own] of before) if (own) lists[method] = own
  }
  return walked
}

const manyClients = (count: number): string => {
  const clients = Array.from(
    { length: count },
    (_, index) =>
      `      c${index}: { name: "\${var.a} ${index}", allowedOAuthScopes: ["\${resourceServers.api.scopes.read}"], allowedOAuthFlows: [code], callbackUrls: ["https://a.example"], supportedIdentityProviders: [COGNITO] }\n`,
  )
  return `${head}vars: { a: app }\nuserPools:\n  a:\n    resourceServers: { api: { identifier: api, scopes: { read: Read } } }\n    clients:\n${clients.join('')}`
}

it('ten thousand clients take twice the work of five thousand', () => {
  const walked = (count: number) =>
    walkedIn(() => {
      const { spec, diagnostics } = parseSpec({ file: 'f', text: manyClients(count) }, { kinds })
      expect(diagnostics).toEqual([])
      expect(spec?.resources.filter(({ kind }) => kind === 'userPoolClient')).toHaveLength(count)
    })
  expect(walked(10_000) / walked(5_000)).toBeLessThan(2.2)
}, 60_000)

it('a plan of a thousand clients, which is all that a pool may have, takes twice the work of five hundred', () => {
  const walked = (count: number) => {
    const { spec } = parseSpec({ file: 'f', text: manyClients(count) }, { kinds })
    if (spec === undefined) throw new Error('no spec')
    const nothing = { live: {}, unlisted: [], unclaimed: [], doomed: [], unread: [], diagnostics: [] }
    const place = { account: '111122223333', region: 'eu-west-1', partition: 'aws' }
    return walkedIn(() => {
      const plan = makePlan(spec, { ...place, ...nothing }, kinds, { tool: 'cogsync/test' })
      expect(plan.changes.filter(({ action }) => action === 'create').length).toBeGreaterThan(count)
    })
  }
  expect(walked(1_000) / walked(500)).toBeLessThan(2.2)
}, 60_000)

it('every case was tried', () =>
  count('hostile-files', {
    'a file of any text, any bytes or with a mistake goes through validate': cases.validated,
    'a file with a mistake goes through plan': cases.planned,
    'a file is named that is not to be read': cases.files,
    'a variable of the environment is asked for that is not declared': cases.variables,
  }))
