// The bench of the journeys: a sandbox of its own for every test, and cogsync's pipeline run against it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CognitoIdentityClient } from '@aws-sdk/client-cognito-identity'
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import { IAMClient } from '@aws-sdk/client-iam'
import { expect } from 'vitest'
import type { Clock } from '../../src/aws/retry.ts'
import { type ApplyOptions, applyPlan, makePlan, type RunOptions, readSpec } from '../../src/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Change, Diagnostic, Plan, Report } from '../../src/model.ts'
import { callFaults } from '../../src/plan/call-check.ts'
import { registerFunction, registerWebAcl, type Sandbox, startSandbox } from '../../src/sandbox/index.ts'

export const account = '111122223333'
export const region = 'eu-west-1'

export type Options = Partial<Omit<ApplyOptions, 'config' | 'endpoint'>>

export interface Bench {
  sandbox: Sandbox
  cognito: CognitoIdentityProviderClient
  identity: CognitoIdentityClient
  iam: IAMClient
  /** on which waits pass at once, and which shows that they did */
  clock: Clock
  /** where the files of this bench are */
  folder: string
  /** writes a cognito.yaml and answers its path; every call writes the same one */
  file(text: string): Promise<string>
  plan(config: string, options?: Options): Promise<Plan>
  /** beside the file it was made from, if that is another than this bench's */
  apply(plan: Plan, options?: Options, config?: string): Promise<Report>
  /** plans and applies; everything must be done. Answers with the plan */
  make(config: string, options?: Options): Promise<Plan>
  /** plans and applies again: nothing may be left to do, and nothing may be written */
  rest(config: string, options?: Options): Promise<void>
}

/** Runs a test on a bench, and takes everything down again. */
export async function onBench(test: (bench: Bench) => Promise<void>): Promise<void> {
  useAccount(account)
  const [sandbox, folder] = await Promise.all([
    startSandbox({ seed: 1 }),
    mkdtemp(join(tmpdir(), 'cogsync-journey-')),
  ])
  for (const name of ['shop', 'shop-2', 'FMManagedWebACLV2-all-1'])
    registerWebAcl(
      sandbox.state,
      `arn:aws:wafv2:${region}:${account}:regional/webacl/${name}/0a1b2c3d-0000-4000-8000-000000000000`,
    )
  for (const name of ['pre-sign-up', 'pre-sign-up:live', 'post-confirmation', 'tokens'])
    registerFunction(sandbox.state, `arn:aws:lambda:${region}:${account}:function:${name}`)
  const connection = {
    endpoint: sandbox.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: 'unused' },
  }
  const clients = [
    new CognitoIdentityProviderClient(connection),
    new CognitoIdentityClient(connection),
    new IAMClient(connection),
  ] as const
  try {
    await test(benchOf(sandbox, folder, clients))
  } finally {
    for (const client of clients) client.destroy()
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function benchOf(
  sandbox: Sandbox,
  folder: string,
  [cognito, identity, iam]: readonly [CognitoIdentityProviderClient, CognitoIdentityClient, IAMClient],
): Bench {
  let waited = 0
  const clock = {
    now: () => Date.now() + waited,
    sleep: async (ms: number) => {
      waited += ms
    },
    random: () => 0.5,
  }
  const run = (config: string, options: Options): RunOptions => ({
    config,
    cwd: folder,
    clock,
    ...options,
    endpoint: sandbox.url,
  })
  const bench: Bench = {
    sandbox,
    cognito,
    identity,
    iam,
    clock,
    folder,
    file: async text => {
      const path = join(folder, 'cognito.yaml')
      await writeFile(path, text)
      return path
    },
    plan: async (config, options = {}) => {
      const parsed = await readSpec(run(config, options))
      const { spec } = parsed
      if (spec === undefined) throw new Error(`the file has errors:\n${wordsOf(parsed.diagnostics)}`)
      const { plan } = await makePlan({ ...parsed, spec }, run(config, options))
      // no plan of ours may be one that we would take for somebody else's
      expect(callFaults(plan, kinds)).toEqual([])
      return plan
    },
    apply: (plan, options = {}, config = join(folder, 'cognito.yaml')) =>
      applyPlan(plan, { ...run(config, options), ...options }),
    make: async (config, options) => {
      const plan = await bench.plan(config, options)
      const report = await bench.apply(plan, options, config)
      const work = plan.changes.filter(change => change.calls.length > 0).map(change => change.address)
      expect(report.outcomes.filter(({ status }) => status === 'failed')).toEqual([])
      expect(doneIn(report).sort()).toEqual(work.sort())
      return plan
    },
    rest: async (config, options) => {
      const plan = await bench.plan(config, options)
      expect(leftIn(plan)).toEqual([])
      const before = sandbox.writes()
      await bench.apply(plan, options, config)
      expect(sandbox.writes() - before).toBe(0)
    },
  }
  return bench
}

/** Whose credentials the next runs have; nothing of the machine's own reaches the SDK. */
export function useAccount(id: string): void {
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: 'unused',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    GOOGLE_CLIENT_SECRET: 'a-secret-of-google',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  })
}

const wordsOf = (diagnostics: readonly Diagnostic[]): string =>
  diagnostics.map(({ at, code, message }) => `${at?.line}:${at?.column} ${code} ${message}`).join('\n')

const doneIn = (report: Report): string[] =>
  report.outcomes.filter(({ status }) => status === 'done').map(({ address }) => address)

/** Everything about a plan that is not rest: work, blocks, errors, alarming strangers, refused reads. */
export const leftIn = (plan: Plan): unknown[] => [
  ...plan.changes.filter(({ action, blocked }) => action !== 'none' || blocked.length > 0).map(described),
  ...plan.unlisted.filter(({ drift }) => drift).map(({ address }) => `unlisted ${address}`),
  ...plan.unread.map(({ address }) => `unread ${address}`),
  ...plan.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code} ${message}`),
]

const described = ({ action, address, fields, blocked }: Change) => ({ action, address, fields, blocked })

/** The change of one address. */
export function changeOf(plan: Plan, address: string): Change {
  const found = plan.changes.find(change => change.address === address)
  if (found === undefined) throw new Error(`no change of ${address}`)
  return found
}

/** Which settings a plan changes at an address, sorted. */
export const pathsOf = (plan: Plan, address: string): string[] =>
  changeOf(plan, address)
    .fields.map(({ path }) => path)
    .sort()

/** The operations of the writes that a sandbox has had since its log was cleared. */
export const writesOf = (sandbox: Sandbox): string[] =>
  sandbox.requests.filter(({ write }) => write).map(({ operation }) => operation)

/** What a promise is refused with; fails when it is not. */
export async function refusal(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(Error)
  return error as Error & Record<string, unknown>
}
