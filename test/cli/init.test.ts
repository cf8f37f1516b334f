// What init writes is a file that validates, with a domain prefix that Cognito takes.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { prefixFrom, stackFrom, template } from '../../src/cli/commands/init.ts'
import { kinds } from '../../src/kinds/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { folder, run } from './fake.ts'

const written = (cwd: string, file = 'cognito.yaml') => readFileSync(join(cwd, file), 'utf8')

describe('init', () => {
  test('writes a file that validates without a remark', async () => {
    const cwd = folder()
    const { code, stdout } = await run('init --stack shop --region eu-west-1', { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('Wrote cognito.yaml')
    const parsed = parseSpec({ file: 'cognito.yaml', text: written(cwd) }, { kinds })
    expect(parsed.diagnostics).toEqual([])
    expect(parsed.spec).toMatchObject({ stack: 'shop', region: 'eu-west-1' })
  })
  test('names a published schema first, so that editors complete', async () => {
    const cwd = folder()
    await run('init', { cwd })
    expect(written(cwd).split('\n')[0]).toMatch(
      /^# yaml-language-server: \$schema=https:\/\/unpkg\.com\/cogsync@\d+\.\d+\.\d+\/schemas\/cognito\.schema\.json$/,
    )
  })
  test('takes the Region from the environment', async () => {
    const cwd = folder()
    await run('init', { cwd, env: { AWS_REGION: 'ap-southeast-2' } })
    expect(written(cwd)).toContain('region: ap-southeast-2')
  })
  test('never overwrites without --force', async () => {
    const cwd = folder()
    writeFileSync(join(cwd, 'cognito.yaml'), 'mine')
    expect(await run('init', { cwd })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('exists already'),
    })
    expect(written(cwd)).toBe('mine')
    expect((await run('init --force', { cwd })).code).toBe(0)
    expect(written(cwd)).not.toBe('mine')
  })
  test('says in JSON what it wrote', async () => {
    const { stdout } = await run('init --stack shop --region eu-west-1 --json', { cwd: folder() })
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'init',
      exitCode: 0,
      file: 'cognito.yaml',
      stack: 'shop',
    })
  })
  test('writes where --config says', async () => {
    const cwd = folder()
    await run('init -c dev.yaml', { cwd })
    expect(written(cwd, 'dev.yaml')).toContain('version: 1')
  })
})

test('any folder name makes a stack and a prefix that are valid', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      'aws',
      'my-amazon-shop',
      'cognito',
      'awaws',
      'AWS Cognito',
      '123',
      '-',
      'a',
      'amaamazonzon',
    ),
  )
  fc.assert(
    fc.property(name, folderName => {
      const stack = stackFrom(folderName)
      const prefix = prefixFrom(stack, 'a0b1c2d3')
      expect(prefix).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
      expect(prefix).not.toMatch(/aws|amazon|cognito/)
      expect(
        parseSpec({ file: 'f', text: template(stack, 'eu-west-1', prefix) }, { kinds }).diagnostics,
      ).toEqual([])
    }),
    { numRuns: 40 },
  )
})
