// Files of the user's: written whole or not at all, whatever the disk says and whatever stands in their place.
import { execFile } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import * as node from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isRunError } from '../../src/problem.ts'
import { type Disk, type Written, writeFiles } from '../../src/workflows/written.ts'
import { count } from '../faults/counts.ts'

const seed = Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20261121)

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cogsync-written-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)

/** The message of the refusal; nothing when it was written. */
const refused = async (files: Written[], disk?: Disk): Promise<string | undefined> => {
  try {
    await writeFiles(files, disk)
    return undefined
  } catch (error) {
    if (!isRunError(error)) throw error
    expect([error.exit, error.code]).toEqual([1, 'not-written'])
    return error.message
  }
}

/** A disk on which one step of one file fails. */
const failing = (step: string, code: string, nth = 1): Disk => {
  let left = nth
  const fails = (name: string): boolean => name === step && --left === 0
  const raise = () => Promise.reject(Object.assign(new Error(`${code}: raw words`), { code }))
  const step_ = <T>(name: string, go: () => Promise<T>): Promise<T> => (fails(name) ? raise() : go())
  return {
    ...node,
    rename: (...given) => step_('rename', () => node.rename(...given)),
    open: (async (path: string, flags: string, mode?: number) => {
      const handle = await step_('open', () => node.open(path, flags, mode))
      return new Proxy(handle, {
        get: (target, name) => {
          const value = Reflect.get(target, name)
          if (typeof value !== 'function') return value
          return (...given: unknown[]) => step_(String(name), () => value.apply(target, given))
        },
      })
    }) as Disk['open'],
  }
}

const steps = ['open', 'writeFile', 'stat', 'chmod', 'sync', 'rename'] as const
const codes = ['ENOSPC', 'EFBIG', 'EDQUOT', 'EROFS', 'EACCES', 'EISDIR', 'EIO', 'ENOMEM'] as const

it('whatever step fails with whatever error, the old files are whole, and nothing else is left', () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...steps),
      fc.constantFrom(...codes),
      fc.array(fc.string({ maxLength: 40 }), { minLength: 1, maxLength: 4 }),
      fc.nat(3),
      async (step, code, contents, which) => {
        for (const name of readdirSync(folder)) rmSync(at(name))
        const nth = step === 'rename' ? 1 : (which % contents.length) + 1
        contents.forEach((_content, index) => void writeFileSync(at(`${index}`), `old ${index}`))
        const said = await refused(
          contents.map((content, index) => ({ path: at(`${index}`), name: `f${index}`, content })),
          failing(step, code, nth),
        )
        expect(said).toContain(`could not write f${nth - 1}: `)
        expect(said).not.toContain('raw words')
        expect(readdirSync(folder).sort()).toEqual(contents.map((_content, index) => `${index}`))
        for (const index of contents.keys()) expect(readFileSync(at(`${index}`), 'utf8')).toBe(`old ${index}`)
      },
    ),
    { numRuns: 60, seed },
  ))

it('every case was tried', () => count('written', { 'a step of writing fails': 60 }))

it('a new file that cannot be written is not there', async () => {
  expect(await refused([{ path: at('new'), content: 'x' }], failing('sync', 'ENOSPC'))).toContain(
    'no space is left on the device',
  )
  expect(readdirSync(folder)).toEqual([])
})

it.each([0o600, 0o640, 0o644, 0o755])('mode %o is kept', async mode => {
  writeFileSync(at('a'), 'old')
  chmodSync(at('a'), mode)
  await writeFiles([{ path: at('a'), content: 'new' }])
  expect([readFileSync(at('a'), 'utf8'), statSync(at('a')).mode & 0o777]).toEqual(['new', mode])
  expect(readdirSync(folder)).toEqual(['a'])
})

it.each(['a file', 'nothing'])('a link to %s is refused, and what it leads to stays', async what => {
  if (what === 'a file') writeFileSync(at('target'), 'old')
  symlinkSync(at('target'), at('link'))
  expect(await refused([{ path: at('link'), content: 'new' }])).toContain('symbolic link')
  expect(lstatSync(at('link')).isSymbolicLink()).toBe(true)
  expect(readdirSync(folder)).toEqual(what === 'a file' ? ['link', 'target'] : ['link'])
  if (what === 'a file') expect(readFileSync(at('target'), 'utf8')).toBe('old')
})

it('the other name of a file with two names keeps what it held', async () => {
  writeFileSync(at('a'), 'old')
  linkSync(at('a'), at('b'))
  await writeFiles([{ path: at('a'), content: 'new' }])
  expect([readFileSync(at('a'), 'utf8'), readFileSync(at('b'), 'utf8')]).toEqual(['new', 'old'])
})

it('a folder below the given one that is a link is not gone through, and missing ones are made', async () => {
  mkdirSync(at('elsewhere'))
  mkdirSync(at('in'))
  symlinkSync(at('elsewhere'), at('in/images'))
  const written = (name: string) => ({ path: at(`in/${name}`), content: 'x', within: at('in') })
  expect(await refused([written('images/a.png')])).toContain('links are not followed')
  expect(await refused([written('../elsewhere/a.png')])).toContain('links are not followed')
  expect(readdirSync(at('elsewhere'))).toEqual([])
  expect(await refused([written('new/deep/a.png')])).toBeUndefined()
  expect(readFileSync(at('in/new/deep/a.png'), 'utf8')).toBe('x')
})

it('a file that somebody changed, made or removed since it was read is left as it is', async () => {
  writeFileSync(at('a'), 'theirs')
  expect(await refused([{ path: at('a'), content: 'ours', was: 'read' }])).toContain('changed it')
  expect(await refused([{ path: at('a'), content: 'ours', was: null }])).toContain('by now')
  expect(await refused([{ path: at('b'), content: 'ours', was: 'read' }])).toContain('gone')
  expect([readdirSync(folder), readFileSync(at('a'), 'utf8')]).toEqual([['a'], 'theirs'])
})

it('a folder, a missing folder and a file for a folder are said in words', async () => {
  mkdirSync(at('folder'))
  writeFileSync(at('file'), '')
  expect(await refused([{ path: at('folder'), content: '' }])).toContain('it is a folder')
  expect(await refused([{ path: at('none/a'), content: '' }])).toContain('its folder does not exist')
  expect(await refused([{ path: at('file/a'), content: '' }])).toContain('its folder is no folder')
})

/** The command line from source, allowed files of a kilobyte at most. */
const onSmallDisk = async (...argv: string[]) => {
  const command = `ulimit -f 1; exec "$@"`
  const main = resolve('src/cli/main.ts')
  const given = ['-c', command, 'bash', process.execPath, '--import', 'tsx', main, ...argv]
  try {
    const { stderr } = await promisify(execFile)('bash', given, {
      cwd: folder,
      env: { ...process.env, TSX_DISABLE_CACHE: '1' },
    })
    return { code: 0, stderr }
  } catch (error) {
    return error as { code: number; stderr: string }
  }
}

it('a file that may not grow keeps what it held, and the exit code is 1', async () => {
  symlinkSync(resolve('node_modules'), at('node_modules'))
  const old = `# ${'x'.repeat(1000)}\n`
  writeFileSync(at('cognito.yaml'), old)
  const { code, stderr } = await onSmallDisk('init', '--force')
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining('could not write cognito.yaml: it would be larger'),
  ])
  expect(readFileSync(at('cognito.yaml'), 'utf8')).toBe(old)
  expect(readdirSync(folder).sort()).toEqual(['cognito.yaml', 'node_modules'])
}, 20_000)
