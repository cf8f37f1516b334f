// The packed tarball, installed in an empty folder without a network, works.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from './source.ts'

const call = promisify(execFile)
// npm's own settings of the run around it, and AWS's, are not what a user has
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_|AWS_|COGSYNC_|NODE_OPTIONS|VITEST)/.test(name)),
)
const npm = (args: string[], cwd: string) =>
  call('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd, env })

let folder: string
let files: string[]
const cogsync = (...args: string[]) =>
  call(join(folder, 'node_modules', '.bin', 'cogsync'), args, { cwd: folder, env: { ...env, NO_COLOR: '1' } })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cogsync packed '))
  const { stdout } = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root)
  const [packed] = JSON.parse(stdout) as [{ filename: string; files: { path: string }[] }]
  files = packed.files.map(({ path }) => path)
  await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
  await npm(['install', `./${packed.filename}`], folder)
}, 120_000)

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

describe('the package', () => {
  it('holds what is needed and nothing else', () => {
    const expected = /^(dist\/.+|schemas\/.+\.json|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/
    expect(files.filter(path => !expected.test(path))).toEqual([])
    for (const path of ['dist/cli.js', 'dist/THIRD-PARTY.txt', 'schemas/cognito.schema.json', 'LICENSE'])
      expect(files, path).toContain(path)
  })
  it('needs no other package', async () => {
    expect(existsSync(join(folder, 'node_modules', 'cogsync'))).toBe(true)
    const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
      packages: { [path: string]: object }
    }
    expect(Object.keys(lock.packages)).toEqual(['', 'node_modules/cogsync'])
  })
  it('helps, says its version, writes a file and finds it valid', async () => {
    expect((await cogsync('--help')).stdout).toContain('Usage: cogsync <command>')
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
    expect((await cogsync('version')).stdout).toContain(`cogsync ${version}`)
    await cogsync('init', '--stack', 'packed', '--region', 'eu-west-1')
    expect((await cogsync('validate')).stdout).toContain('cognito.yaml is valid')
  })
  it('refuses a plan without credentials with exit code 4', async () => {
    const nobody = {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/none',
      AWS_SHARED_CREDENTIALS_FILE: '/none',
    }
    const failed = await call(join(folder, 'node_modules', '.bin', 'cogsync'), ['plan'], {
      cwd: folder,
      env: { ...env, ...nobody, NO_COLOR: '1' },
    }).catch((error: { code: number; stderr: string }) => error)
    expect(failed).toMatchObject({ code: 4 })
    expect(failed.stderr).toContain('no usable AWS credentials')
  })
})
