// The command line at its bounds: what is no file, what is no address, what is no plan, and a terminal that closes.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { compiledFolder, isOwn } from '../../src/cli/compiled.ts'
import { cli, crashIn } from '../hostile/cli.ts'
import { onBench, region } from '../journeys/run.ts'

const file = `version: 1\nstack: shop\nregion: ${region}\nuserPools:\n  a: { name: shop-a }\n`

const things: [what: string, name: string, make: (path: string) => unknown][] = [
  ['a device without end', '/dev/zero', () => undefined],
  ['a pipe', 'pipe', path => execFileSync('mkfifo', [path])],
  ['a folder', 'folder', path => mkdirSync(path)],
  ['a link to a device', 'link', path => symlinkSync('/dev/zero', path)],
]

it.each(things)(
  '%s is no configuration file, no plan, no policy (but for a pipe) and no secret',
  (_what, place, make) =>
    onBench(async bench => {
      make(join(bench.folder, place))
      await bench.file(file)
      const exits: { [line: string]: number } = {
        [`validate --config ${place}`]: 3,
        [`plan --config ${place}`]: 3,
        [`iam --plan --config ${place}`]: 3,
        [`import --all --into ${place}`]: 3,
        [`show ${place}`]: 1,
        [`apply ${place} --yes`]: 1,
        [`plan --out ${place} --endpoint-url ${bench.sandbox.url}`]: 64,
        // a policy may come through a pipe: `--policy <(cogsync iam)`
        ...(place !== 'pipe' && { [`sandbox --port 0 --policy ${place}`]: 1 }),
      }
      for (const [line, code] of Object.entries(exits)) {
        const ran = await cli(bench.folder, line.split(' '))
        expect([line, ran.code, crashIn(ran)], ran.stderr).toEqual([line, code, []])
      }
      expect((await cli(bench.folder, ['matrix', place])).code).not.toBe(0)
      await bench.file(`${file}secrets: { x: { file: ${place.startsWith('/') ? 'gone' : place} } }\n`)
      const ran = await cli(bench.folder, ['plan', '--endpoint-url', bench.sandbox.url])
      expect(crashIn(ran)).toEqual([])
    }),
)

it('--out takes a new file, an empty one and a plan, and leaves anything else as it is', () =>
  onBench(async bench => {
    await bench.file(file)
    const at = (name: string) => join(bench.folder, name)
    const plan = (out: string) =>
      cli(bench.folder, ['plan', '--out', out, '--endpoint-url', bench.sandbox.url])
    expect((await plan('new.json')).code).toBe(0)
    writeFileSync(at('empty.json'), '')
    expect((await plan('empty.json')).code).toBe(0)
    writeFileSync(
      at('older.json'),
      JSON.stringify({ format: 1, tool: 'cogsync/0.1.0', hash: 'x', changes: [] }),
    )
    expect((await plan('older.json')).code).toBe(0)
    expect((await plan('new.json')).code).toBe(0)
    const whole = readFileSync(at('new.json'), 'utf8')
    expect(JSON.parse(whole)).toMatchObject({ changes: [{ action: 'create' }] })

    writeFileSync(at('half.json'), whole.slice(0, 200))
    writeFileSync(at('package.json'), '{"name":"x"}')
    symlinkSync(at('new.json'), at('link.json'))
    for (const out of ['cognito.yaml', 'half.json', 'package.json', 'link.json', '.', '/dev/null']) {
      const before = out === '/dev/null' || out === '.' ? '' : readFileSync(at(out), 'utf8')
      bench.sandbox.resetLog()
      const ran = await plan(out)
      expect([out, ran.code], ran.stderr).toEqual([out, 64])
      expect(bench.sandbox.requests).toEqual([])
      if (before !== '') expect(readFileSync(at(out), 'utf8')).toBe(before)
    }
  }))

it.each([
  ['AWS_ENDPOINT_URL', 'not a url'],
  ['AWS_ENDPOINT_URL', '127.0.0.1:4747'],
  ['AWS_ENDPOINT_URL', 'ftp://127.0.0.1'],
  ['AWS_ENDPOINT_URL_STS', 'nowhere'],
  ['AWS_USE_FIPS_ENDPOINT', 'true'],
  ['AWS_USE_DUALSTACK_ENDPOINT', 'true'],
  ['AWS_DEFAULTS_MODE', 'none'],
])('%s=%s is said at once to be what is wrong', (name, value) =>
  onBench(async bench => {
    await bench.file(file)
    vi.stubEnv(name, value)
    if (!name.startsWith('AWS_ENDPOINT')) vi.stubEnv('AWS_ENDPOINT_URL', bench.sandbox.url)
    const ran = await cli(bench.folder, ['plan'])
    vi.unstubAllEnvs()
    expect([ran.code, crashIn(ran)], ran.stderr).toEqual([1, []])
    expect(bench.sandbox.requests).toEqual([])
    expect(ran.stderr).toMatch(/is no URL|as it is set up/)
  }),
)

it('what is compiled is kept in a folder of the user, and nowhere in a pipeline', () => {
  expect(compiledFolder({}, '/home/ann')).toBe('/home/ann/.cache/cogsync')
  expect(compiledFolder({ XDG_CACHE_HOME: '/var/ann' }, '/home/ann')).toBe('/var/ann/cogsync')
  expect(compiledFolder({ XDG_CACHE_HOME: 'relative' }, '/home/ann')).toBeUndefined()
  expect(compiledFolder({ CI: 'true' }, '/home/ann')).toBeUndefined()
  expect(compiledFolder({}, '')).toBeUndefined()
})

it('a folder for it that is a link is not used, and one that others may read is closed to them', () =>
  onBench(async bench => {
    const at = (name: string) => join(bench.folder, name)
    expect(isOwn(at('deep/cogsync'))).toBe(true)
    expect(statSync(at('deep/cogsync')).mode & 0o777).toBe(0o700)
    mkdirSync(at('open'), { mode: 0o777 })
    expect(isOwn(at('open'))).toBe(true)
    expect(statSync(at('open')).mode & 0o077).toBe(0)
    symlinkSync(at('open'), at('link'))
    expect(isOwn(at('link'))).toBe(false)
  }))
