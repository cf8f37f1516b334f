// The file in which a sandbox keeps what it holds: only its own, checked before anything is served, saved whole.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateGroupCommand,
  CreateUserPoolCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/index.ts'
import { withSandbox } from './fixture.ts'

let folder: string
let data: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  data = join(folder, 'state.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

const seed = Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20)

/** Why a sandbox does not start on a file; undefined when it does. */
async function startOn(file: string): Promise<string | undefined> {
  try {
    const sandbox = await startSandbox({ data: file })
    await sandbox.close()
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}

/** A file with a pool and a group in it. */
async function fill(): Promise<string> {
  await withSandbox(
    async ({ cognito, pool }) => {
      await cognito.send(new CreateGroupCommand({ UserPoolId: await pool(), GroupName: '__proto__' }))
    },
    { data },
  )
  return readFileSync(data, 'utf8')
}

test.each([
  ['a JSON object of something else', '{"name":"shop","version":"1.0.0"}'],
  ['the state alone, without the mark', '{"cognito-idp":{}}'],
  ['a list', '[]'],
  ['null', 'null'],
  ['a text', '"sandbox"'],
  ['the mark as what it inherits', '{"__proto__":{"cogsync":"sandbox"}}'],
  ['no JSON', 'version: 1\n'],
  ['nothing', ''],
  ['a mark and no state', '{"cogsync":"sandbox","format":1}'],
  ['a state that is null', '{"cogsync":"sandbox","format":1,"state":null}'],
  ['a format of later', '{"cogsync":"sandbox","format":2,"state":{}}'],
])('does not begin on a file that holds %s, and leaves it as it is', async (_what, text) => {
  writeFileSync(data, text, { mode: 0o644 })
  expect(await startOn(data)).toBe('ERR_SANDBOX_DATA')
  expect(readFileSync(data, 'utf8')).toBe(text)
  expect(readdirSync(folder)).toEqual(['state.json'])
})

test('does not begin on a folder, a device, a missing folder, a link to nothing or one to itself', async () => {
  symlinkSync('nowhere', join(folder, 'dangling'))
  symlinkSync('round', join(folder, 'round'))
  mkdirSync(join(folder, 'folder'))
  const files = ['folder', 'no/such/state.json', 'dangling', 'round'].map(name => join(folder, name))
  for (const file of [...files, '/dev/null', '/dev/zero'])
    expect(await startOn(file), file).toBe('ERR_SANDBOX_DATA')
  expect(readdirSync(folder).sort()).toEqual(['dangling', 'folder', 'round'])
})

test('does not begin on a file of its own that was changed, at whatever place', async () => {
  const text = await fill()
  const flip = fc
    .integer({ min: 0, max: text.length - 1 })
    .chain(at =>
      fc
        .constantFrom('', '0', 'x', '"', '{}', 'null')
        .map(put => text.slice(0, at) + put + text.slice(at + 1)),
    )
  const whole = (some: string) => {
    try {
      return JSON.stringify(JSON.parse(some))
    } catch {
      return undefined
    }
  }
  await fc.assert(
    fc.asyncProperty(flip, async changed => {
      fc.pre(whole(changed) !== whole(text))
      writeFileSync(data, changed)
      expect(await startOn(data)).toBe('ERR_SANDBOX_DATA')
      expect(readFileSync(data, 'utf8')).toBe(changed)
    }),
    { seed, numRuns: 150 },
  )
})

test('saves for its owner only, and leaves nothing beside it', async () => {
  await fill()
  expect(statSync(data).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['state.json'])
  expect(await startOn(data)).toBe(undefined)
})

test('follows a link to where its file is', async () => {
  const link = join(folder, 'link.json')
  await fill()
  symlinkSync('state.json', link)
  await withSandbox(
    async ({ cognito, pool }) => {
      await pool()
      expect((await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools).toHaveLength(2)
    },
    { data: link, seed: 2 },
  )
  expect(await startOn(data)).toBe(undefined)
  expect(readdirSync(folder).sort()).toEqual(['link.json', 'state.json'])
})

test('takes back what it could not save, says so without a path, and tells its own log why', () =>
  withSandbox(
    async ({ sandbox, cognito, pool }) => {
      await pool()
      // What another program writes there is not overwritten.
      writeFileSync(data, '{"mine":true}')
      const failed = await cognito.send(new CreateUserPoolCommand({ PoolName: 'lost' })).then(
        () => undefined,
        (error: Error) => error,
      )
      expect(failed?.name).toBe('InternalErrorException')
      expect(failed?.message).not.toMatch(/\/|\bat\b/)
      expect(sandbox.requests.at(-1)?.fault).toContain(data)
      expect(readFileSync(data, 'utf8')).toBe('{"mine":true}')
      rmSync(data)
      await cognito.send(new CreateUserPoolCommand({ PoolName: 'kept' }))
      const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
      expect(UserPools?.map(({ Name }) => Name).sort()).toEqual(['kept', 'people'])
    },
    { data },
  ))

test('does not touch the file of another sandbox whose port it wanted', async () => {
  const first = await startSandbox({ data })
  const text = readFileSync(data, 'utf8')
  await expect(startSandbox({ data, port: Number(new URL(first.url).port) })).rejects.toThrow()
  expect(existsSync(data) && readFileSync(data, 'utf8')).toBe(text)
  await first.close()
})
