// The edge of the program: help, usage, colours, and what becomes of errors.
import { describe, expect, test } from 'vitest'
import { runError } from '../../src/problem.ts'
import { everything, firstApply } from '../render/plans.ts'
import { run } from './fake.ts'

const commands = [
  'init',
  'validate',
  'plan',
  'apply',
  'destroy',
  'drift',
  'outputs',
  'rotate',
  'explain',
  'show',
  'schema',
  'sandbox',
  'completion',
  'version',
]

describe('help', () => {
  test('of the program lists its commands, and no others', async () => {
    const { code, stdout, stderr } = await run('--help')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) .* {2}/gm)]
      .map(match => match[1])
      .filter(name => commands.includes(name!))
    expect(new Set(listed)).toEqual(new Set(commands))
    expect(stdout).not.toMatch(/^ {2}complete /m)
  })
  test.each(commands)('of %s', async command => {
    const { code, stdout } = await run(`${command} --help`)
    expect(code).toBe(0)
    await expect(stdout).toMatchFileSnapshot(`./__goldens__/help-${command}.txt`)
    expect((await run(`help ${command}`)).stdout).toBe(stdout)
  })
})

describe('a wrong command line', () => {
  test.each([
    '',
    'plam',
    'plan extra',
    'plan --tagret x',
    'plan --target',
    'plan --fail-on everything',
    'plan --allow anything',
    'plan --endpoint-url ftp://here',
    'apply --expect-hash 12',
    'apply a.json b.json',
    'show',
    'completion',
    'completion tcsh',
    'sandbox --port http',
    'sandbox --port 70000',
    'sandbox --account 12',
    'sandbox --latency -1',
    'init --region mars',
    'init --stack Shop_1',
    'import',
    'help plam',
  ])('%j ends with 64, on stderr', async line => {
    const { code, stderr, asked } = await run(line)
    expect({ code, asked }).toEqual({ code: 64, asked: [] })
    expect(stderr).toContain('error: ')
  })
  test('gets a suggestion', async () => {
    expect((await run('plam')).stderr).toContain('Did you mean plan?')
    expect((await run('plan --tagret x')).stderr).toContain('Did you mean --target?')
  })
})

describe('colours', () => {
  const ansi = '\u001b['
  test('are off when stdout is no terminal, and under NO_COLOR', async () => {
    expect((await run('plan', { plan: firstApply })).stdout).not.toContain(ansi)
    expect(
      (await run('plan', { plan: firstApply, env: { NO_COLOR: '1', FORCE_COLOR: '1' } })).stdout,
    ).not.toContain(ansi)
    expect(
      (await run('plan --no-color', { plan: firstApply, env: { FORCE_COLOR: '1' } })).stdout,
    ).not.toContain(ansi)
  })
  test('are on when forced', async () => {
    expect((await run('plan', { plan: firstApply, env: { FORCE_COLOR: '1' } })).stdout).toContain(ansi)
  })
  test('never reach JSON', async () => {
    expect((await run('plan --json', { plan: everything, env: { FORCE_COLOR: '1' } })).stdout).not.toContain(
      ansi,
    )
  })
})

describe('an error', () => {
  const failing = (error: unknown) => ({ pipeline: { makePlan: () => Promise.reject(error) } })
  const noCredentials = runError({
    exit: 4,
    code: 'no-credentials',
    message: 'there are no AWS credentials',
    hint: 'run `aws sso login`, or set AWS_PROFILE',
  })

  test('that the run expects is a message and its exit code', async () => {
    expect(await run('plan', failing(noCredentials))).toMatchObject({
      code: 4,
      stdout: '',
      stderr: 'error: there are no AWS credentials\n  help: run `aws sso login`, or set AWS_PROFILE\n',
    })
  })
  test('is a document under --json, and a message too', async () => {
    const { stdout, stderr } = await run('plan --json', failing(noCredentials))
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'plan',
      exitCode: 4,
      error: { code: 'no-credentials' },
      diagnostics: [],
    })
    expect(stderr).toContain('there are no AWS credentials')
  })
  test('that nobody expected says that it is a bug, without a stack', async () => {
    const { code, stderr } = await run('plan', failing(new TypeError('x is undefined')))
    expect(code).toBe(1)
    expect(stderr).toMatch(/this is a bug in cogsync \d.*: x is undefined/)
    expect(stderr).not.toContain('    at ')
  })
  test('shows its stack under DEBUG=cogsync', async () => {
    const world = { ...failing(new TypeError('x is undefined')), env: { DEBUG: 'cogsync' } }
    expect((await run('plan', world)).stderr).toContain('    at ')
  })
  test('cannot act on a terminal', async () => {
    const { stderr } = await run(
      'plan',
      failing(runError({ exit: 1, code: 'x', message: 'a\u001b[2Jb\u202e' })),
    )
    expect(stderr).not.toMatch(/[\u001b\u202e]/)
  })
})

describe('completion', () => {
  test.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', async shell => {
    const { code, stdout } = await run(`completion ${shell}`)
    expect(code).toBe(0)
    expect(stdout).toContain('cogsync')
    expect(stdout).toMatch(/complete['" ,]+--/)
  })
  const complete = async (line: string) =>
    (await run(`complete -- ${line}`, { cwd: process.cwd() })).stdout
      .split('\n')
      .map(each => each.split('\t')[0])
  test('completes commands, options and their values', async () => {
    expect(await complete('dr')).toContain('drift')
    expect(await complete('plan --fai')).toContain('--fail-on')
    expect(await complete('plan --fail-on c')).toContain('cost')
    expect(await complete('completion z')).toContain('zsh')
    expect(await complete('apply pack')).toContain('package.json')
  })
})
