// Every command of the documents is run under the policy that `cogsync iam` prints for it, and everything that reads
// under `cogsync iam --plan` alone. Nothing may be denied, not even what a command would do without.
import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateUserPoolCommand, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider'
import { AssociateWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { command } from './command.ts'
import { documentedCommands } from './documented.ts'
import { account, type Bench, onBench, region } from './run.ts'

type Purpose = '--plan' | '--apply' | '--rotate' | '--destroy'

interface Documented {
  policy: Purpose
  /** how it ends on a settled stack; 0 unless given */
  code?: number
  /** what stands for what the document leaves open */
  as?: string
  /** what comes before it */
  after?: string[]
}

const reads: Documented = { policy: '--plan' }
const writes: Documented = { policy: '--apply' }
const worker = 'userPools.customers.clients.worker'
const hash = '0'.repeat(64)

/** Each command that asks AWS, whose policy it must do with, and how it ends. */
const asking: { [command: string]: Documented } = {
  apply: writes,
  'apply --env dev': writes,
  'apply --env prod': writes,
  'apply --env prod --yes --expect-hash "$hash"': {
    ...writes,
    as: `apply --env prod --yes --expect-hash ${hash}`,
    code: 5,
  },
  'apply --yes --expect-hash <hash>': { ...writes, as: `apply --yes --expect-hash ${hash}`, code: 5 },
  'apply plan.json': { ...writes, after: ['plan --out plan.json'] },
  'apply plan.json --no-file --expect-hash <hash>': {
    ...writes,
    as: `apply plan.json --no-file --expect-hash ${hash}`,
    after: ['plan --out plan.json'],
    code: 5,
  },
  'apply prod.plan.json --yes': { ...writes, after: ['plan --out prod.plan.json'] },
  destroy: { policy: '--plan', code: 64 },
  'destroy --target': { policy: '--plan', as: 'destroy --target userPools.customers', code: 5 },
  'destroy --target <address>': {
    policy: '--destroy',
    as: 'destroy --target identityPools.app --confirm app',
  },
  'destroy --target <its address>': {
    policy: '--destroy',
    as: 'destroy --target identityPools.app --confirm app',
  },
  'destroy --target userPools.customers': { policy: '--plan', code: 5 },
  drift: reads,
  'drift --accept': reads,
  'drift --env prod --json': reads,
  outputs: reads,
  plan: reads,
  'plan --allow': { ...reads, as: 'plan --allow restore-defaults' },
  'plan --base origin/main': { ...reads, as: 'plan --base HEAD' },
  'plan --env dev': reads,
  'plan --env prod': reads,
  'plan --env prod --json': reads,
  'plan --env prod --out prod.plan.json --fail-on login-breaking': reads,
  'plan --fail-on': { ...reads, as: 'plan --fail-on login-breaking' },
  'plan --json': reads,
  'plan --out plan.json': reads,
  rotate: { policy: '--rotate', as: `rotate ${worker}`, code: 5 },
  'rotate <client>': { policy: '--rotate', as: `rotate ${worker} --yes` },
  'rotate <client> --finish': {
    policy: '--rotate',
    as: `rotate ${worker} --finish --yes`,
    after: [`rotate ${worker} --yes`],
  },
}

/** The commands that need no permission of the file's policy, and why. */
const elsewhere: { [command: string]: string } = {
  '--help': 'prints',
  '<command>': 'prints',
  completion: 'prints',
  explain: 'prints',
  iam: 'asks AWS nothing; it prints the policies here',
  import: 'reads what no file names yet, so no file has a policy for it',
  init: 'writes a first file',
  matrix: 'asks AWS nothing',
  sandbox: 'is the AWS',
  schema: 'prints',
  show: 'prints a saved plan',
  validate: 'asks AWS nothing',
  version: 'prints',
}

const nameOf = (line: string) => line.split(' ')[0] ?? ''

test('every command of the documents is run here, or needs no permission, and the other way round', () => {
  const documented = documentedCommands()
  const run = documented.filter(line => !(nameOf(line) in elsewhere))
  expect(run, 'add it to `asking`, or take it out').toEqual(Object.keys(asking).sort())
  expect([...new Set(documented.map(nameOf))].filter(name => name in elsewhere).sort()).toEqual(
    Object.keys(elsewhere).sort(),
  )
})

const everything = fileURLToPath(new URL('../faults/everything.yaml', import.meta.url))
beforeEach(() => {
  vi.stubEnv('FAULTS_GOOGLE_SECRET', 'google-gave-this-one')
  vi.stubEnv('FAULTS_CLIENT_SECRET', 'OnlyCognitoMayKnowThis+123456789')
})
afterEach(() => vi.unstubAllEnvs())

/** A folder with a file in a repository of its own, and that file applied by somebody who may do everything. */
async function settle(bench: Bench, text: string, environment?: string): Promise<void> {
  copyFileSync(join(everything, '../logo.svg'), join(bench.folder, 'logo.svg'))
  await bench.file(environment === undefined ? text : `${text}\nenvironments: { ${environment}: {} }\n`)
  const git = (...args: string[]) => execFileSync('git', args, { cwd: bench.folder, stdio: 'ignore' })
  git('init')
  git('add', '.')
  git('-c', 'user.name=t', '-c', 'user.email=t@t.example', 'commit', '-m', 'x')
  const { code, said } = await command(bench, 'apply', '--yes', ...envOf(environment))
  expect(code, said).toBe(0)
}

const envOf = (environment: string | undefined) => (environment === undefined ? [] : ['--env', environment])

/** Puts in force what `cogsync iam` prints for the file there. */
async function permit(bench: Bench, purpose: Purpose, environment?: string): Promise<void> {
  const { printed } = await command(bench, 'iam', purpose, ...envOf(environment))
  bench.sandbox.permit(JSON.parse(printed))
  bench.sandbox.resetLog()
}

/** Runs a command, of which nothing may be denied; one that reads may write nothing. */
async function runAllowed(bench: Bench, line: string, policy: Purpose, code: number): Promise<void> {
  const ran = await command(bench, ...line.split(' '))
  const denied = bench.sandbox.requests.filter(({ error }) => /AccessDenied|NotAuthorized/.test(error ?? ''))
  expect(
    denied.map(({ service, operation }) => `${service}:${operation}`),
    line,
  ).toEqual([])
  expect(ran.code, `${line}: ${ran.said}`).toBe(code)
  if (policy === '--plan') expect(bench.sandbox.writes(), line).toBe(0)
}

const environmentOf = (line: string) => /--env (\w+)/.exec(line)?.[1]

describe('under its printed policy', () => {
  for (const environment of [undefined, 'dev', 'prod'])
    test(`every command of the documents, ${environment ?? 'without an environment'}`, () =>
      onBench(async bench => {
        await settle(bench, readFileSync(everything, 'utf8'), environment)
        const settled = bench.sandbox.state.snapshot()
        const commands = Object.entries(asking).filter(([line]) => environmentOf(line) === environment)
        for (const [line, { policy, code = 0, as = line, after = [] }] of commands) {
          bench.sandbox.permit(undefined)
          bench.sandbox.state.restore(settled)
          for (const before of after) await command(bench, ...before.split(' '))
          await permit(bench, policy, environment)
          await runAllowed(bench, as, policy, code)
        }
      }))
})

/** Whatever reads what a file is about, and how it ends on a settled stack. */
const reading: [line: string, code: number][] = [
  ['plan', 0],
  ['plan --target userPools.customers', 0],
  ['plan --since HEAD', 0],
  ['drift --full', 0],
  ['drift --full --accept', 0],
  ['outputs --limits', 0],
  ['outputs --show-secrets --force', 0],
  ['destroy --target userPools.customers', 5],
  ['destroy --target identityPools.app', 5],
  ['destroy --target roles.member', 5],
  ['apply', 0],
]

const trust = '{ trust: { identityPool: app, amr: authenticated } }'
const head = `version: 1\nstack: shop\nregion: ${region}\n`
const rest = `identityPools: { app: {} }\nroles: { member: ${trust} }\n`
const web = 'clients: { web: { analyticsConfiguration: null } }'

/** Files that say little, so that much of what is read is in none of their lines. */
const files: { [what: string]: (bench: Bench) => Promise<string> } = {
  'says everything': async () => readFileSync(everything, 'utf8'),
  'says little': async () => `${head}userPools: { customers: { ${web} } }\n${rest}`,
  'pins its pool': async bench =>
    `${head}userPools: { customers: { id: ${await makePool(bench)}, ${web} } }\n${rest}`,
  'has clients in a pool of others, by its id': async bench =>
    `${head}userPools: { customers: { existing: { id: ${await makePool(bench)} }, ${web} } }\n${rest}`,
  'has clients in a pool of others, by its name': async bench => {
    await makePool(bench)
    return `${head}userPools: { customers: { existing: { name: people }, ${web} } }\n${rest}`
  },
}

const makePool = async ({ cognito }: Bench): Promise<string> => {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'people' }))
  return UserPool?.Id as string
}

describe('cogsync iam --plan suffices for everything that reads', () => {
  for (const [what, write] of Object.entries(files))
    test(`when the file ${what}`, () =>
      onBench(async bench => {
        await settle(bench, await write(bench))
        await permit(bench, '--plan')
        const lent = what.includes('of others')
        for (const [line, code] of reading) {
          // What others own is refused before anything is asked.
          if (lent && line.startsWith('destroy --target userPools')) continue
          await runAllowed(bench, line, '--plan', code)
        }
      }))
  test('when somebody has put a web ACL before a pool whose file says nothing of one', () =>
    onBench(async bench => {
      await settle(bench, `${head}userPools: { customers: { ${web} } }\n`)
      const { UserPools } = await bench.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))
      const waf = new WAFV2Client({ endpoint: bench.sandbox.url, region })
      await waf.send(
        new AssociateWebACLCommand({
          WebACLArn: `arn:aws:wafv2:${region}:${account}:regional/webacl/shop/0a1b2c3d-0000-4000-8000-000000000000`,
          ResourceArn: `arn:aws:cognito-idp:${region}:${account}:userpool/${UserPools?.[0]?.Id}`,
        }),
      )
      waf.destroy()
      await permit(bench, '--plan')
      await runAllowed(bench, 'drift --full', '--plan', 0)
    }))
})
