// cogsync import as a command, against the sandbox: files of their own, files that are added to, refusals.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realParts } from '../../src/cli/real-parts.ts'
import { kinds } from '../../src/kinds/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { run } from '../cli/fake.ts'
import { openWorld, pathsIn, type World } from '../laws/world.ts'
import { disown } from './states.ts'

let world: World
const cwd = mkdtempSync(join(tmpdir(), 'cogsync-import-'))
const cogsync = async (line: string) => {
  const pipeline = await realParts.pipeline()
  return run(line.startsWith('import') ? `${line} --endpoint-url ${world.sandbox.url}` : line, {
    cwd,
    env: { AWS_REGION: 'eu-west-1' },
    parts: { ...realParts, pipeline: async () => pipeline },
  })
}
const text = (file: string) => readFileSync(join(cwd, file), 'utf8')

const product = readFileSync('test/journeys/product.yaml', 'utf8')

beforeAll(async () => {
  world = await openWorld()
  const { spec, diagnostics } = parseSpec(
    { file: 'product.yaml', text: product },
    { kinds, environment: 'prod', readText: () => '' },
  )
  if (spec === undefined) throw new Error(JSON.stringify(diagnostics))
  await world.apply(await world.plan(spec))
  await disown(world)
  await world.aws.send('cognito-idp:CreateUserPool', { PoolName: 'partners' })
})
afterAll(() => world.close())

/** Ids differ in every run. */
const stable = (file: string) =>
  text(file)
    .replace(/eu-west-1_\w{9}/g, 'eu-west-1_AbC123xyz')
    .replace(/eu-west-1:[0-9a-f-]{36}/g, 'eu-west-1:0a1b2c3d-0000-4000-8000-000000000000')
    .replace(/cogsync@[\d.]+/, 'cogsync@VERSION')

describe('cogsync import', () => {
  it('writes a pool, what trusts it and what it uses', async () => {
    const ran = await cogsync('import --pool shop-customers --stack shop')
    expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('GOOGLE_CLIENT_SECRET')])
    expect(ran.stdout).toMatch(/^Wrote cognito\.yaml: \d+ resources\.\n$/)
    await expect(stable('cognito.yaml')).toMatchFileSnapshot('__goldens__/product.yaml')
    expect(text('cognito.yaml')).not.toContain('partners')
    expect(JSON.stringify(world.sandbox.state.slice('cognito-idp', () => ({})))).toContain('a_secret_of_24')
    expect(text('cognito.yaml') + ran.stdout + ran.stderr).not.toContain('a_secret_of_24')
    expect((await cogsync('validate')).code).toBe(0)
  })

  it('plans nothing but ownership then, and nothing at all after that', async () => {
    const { spec } = parseSpec({ file: 'cognito.yaml', text: text('cognito.yaml') }, { kinds })
    if (spec === undefined) throw new Error('no spec')
    const plan = await world.plan(spec)
    expect([...new Set(pathsIn(plan).map(path => path.split(' ')[1]))]).toEqual(['tags'])
    await world.apply(plan)
    expect(pathsIn(await world.plan(spec))).toEqual([])
  })

  it('adds to a file without changing a line of it', async () => {
    const before = `# who: the platform team\n${text('cognito.yaml')}# the end\n`
    writeFileSync(join(cwd, 'team.yaml'), before)
    const ran = await cogsync('import --pool partners --into team.yaml')
    expect([ran.code, ran.stdout]).toEqual([0, 'Added to team.yaml: 1 resource.\n'])
    const lines = text('team.yaml').split('\n')
    expect(before.split('\n').filter(line => !lines.includes(line))).toEqual([])
    await expect(stable('team.yaml')).toMatchFileSnapshot('__goldens__/into.yaml')
    const again = await cogsync('import --pool partners --into team.yaml')
    expect([again.code, again.stderr]).toEqual([
      1,
      expect.stringContaining('everything is in team.yaml already'),
    ])
  })

  it('adds clients that somebody made to a pool that is in the file', async () => {
    const id = /id: (eu-west-1_\w+)/.exec(text('cognito.yaml'))?.[1] as string
    await world.aws.send('cognito-idp:CreateUserPoolClient', { UserPoolId: id, ClientName: 'made by hand' })
    const ran = await cogsync('import --pool shop-customers --into cognito.yaml')
    expect([ran.code, ran.stdout]).toEqual([0, 'Added to cognito.yaml: 1 resource.\n'])
    expect(text('cognito.yaml')).toContain('\n      made-by-hand:\n        name: made by hand\n')
    expect((await cogsync('validate')).code).toBe(0)
  })

  it('keeps ids apart by environment', async () => {
    await cogsync('import --pool partners --stack other --env prod --out env.yaml')
    await expect(stable('env.yaml')).toMatchFileSnapshot('__goldens__/environment.yaml')
    expect((await cogsync('validate --config env.yaml --env prod')).code).toBe(0)
  })

  it('prints one document with --json', async () => {
    const ran = await cogsync('import --pool partners --stack other --out json.yaml --json')
    expect(JSON.parse(ran.stdout)).toMatchObject({
      command: 'import',
      exitCode: 0,
      file: 'json.yaml',
      addresses: ['userPools.partners'],
      unsaid: [],
      objections: [],
    })
  })

  it.each([
    ['import --stack shop', 64, 'say what to import'],
    ['import --all --pool x --stack shop', 64, 'say what to import'],
    ['import --all', 64, '--stack is missing'],
    ['import --all --stack Shop!', 64, "not a stack's name"],
    ['import --all --stack other', 1, 'exists already'],
    ['import --pool nobody --stack other --out x.yaml', 1, 'there is no user pool or identity pool'],
    ['import --pool shop-customers --stack other --out x.yaml', 1, 'belongs to stack shop'],
    ['import --all --stack shop --region us-east-1 --out x.yaml', 1, 'nothing to import'],
    ['import --pool partners --into cognito.yaml --stack other', 64, 'says shop'],
  ])('%s: %i', async (line, code, words) => {
    const ran = await cogsync(line)
    expect([ran.code, ran.stderr]).toEqual([code, expect.stringContaining(words)])
  })

  it('leaves what others own to them', async () => {
    const ran = await cogsync('import --all --stack other --out rest.yaml')
    expect(ran.stderr).toContain('user pool shop-customers: belongs to stack shop')
    expect(text('rest.yaml')).toMatch(/# left alone: user pool shop-customers \(.*\): belongs to stack shop/)
  })
})
