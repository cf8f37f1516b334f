// The world in which things go wrong: a sandbox that can be put back, the real command line on it, and one clock for
// both that moves only when somebody waits.
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { openPort } from '../../src/aws/port.ts'
import { main } from '../../src/cli/run.ts'
import type { Aws, Outcome, Plan } from '../../src/model.ts'
import { registerFunction, registerWebAcl, type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { makeClock, partsWith } from './clock.ts'

// a test here is many cases, and the machine may be busy
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

export const account = '111122223333'
export const region = 'eu-west-1'
/** The largest example. */
export const everything = fileURLToPath(new URL('everything.yaml', import.meta.url))

/** What an account has before anybody runs anything. */
export const furnish = ({ state }: Sandbox): void => {
  for (const name of ['shop', 'shop-2'])
    registerWebAcl(
      state,
      `arn:aws:wafv2:${region}:${account}:regional/webacl/${name}/0a1b2c3d-0000-4000-8000-000000000000`,
    )
  registerFunction(state, `arn:aws:lambda:${region}:${account}:function:pre-sign-up`)
}

/** The environment of a run; its secrets are the file's. */
export const environment = {
  AWS_ACCESS_KEY_ID: account,
  AWS_SECRET_ACCESS_KEY: 'unused',
  FAULTS_GOOGLE_SECRET: 'google-gave-this-one',
  FAULTS_CLIENT_SECRET: 'OnlyCognitoMayKnowThis+123456789',
}

/** What a command came to: its exit code, all that it said, and the document that `--json` prints. */
export interface Ran {
  code: number
  said: string
  document: { plan?: Plan; outcomes?: Outcome[]; error?: { code: string; message: string } }
}

export interface RunOptions {
  aws?: Aws
  config?: string
  /** takes what Ctrl-C does, once it does anything */
  onInterrupt?: (press: () => void) => void
}

export interface World {
  sandbox: Sandbox
  clock: ReturnType<typeof makeClock>
  /** the way to AWS that commands take unless they are given another */
  aws: Aws
  /** runs a command with `--json` on a file, the largest example unless told otherwise */
  run(command: readonly string[], options?: RunOptions): Promise<Ran>
  /** plans and applies */
  apply(options?: RunOptions): Promise<Ran>
  /** puts AWS into a state; forgets what was asked of it */
  restore(snapshot: string): void
  close(): Promise<void>
}

export const openWorld = async (): Promise<World> => {
  Object.assign(process.env, environment)
  const clock = makeClock()
  const sandbox = await startSandbox({ account, seed: 1, clock: () => new Date(clock.now()) })
  furnish(sandbox)
  const port = openPort({ region, endpoint: sandbox.url, clock })
  const run: World['run'] = async (command, { aws = port, config = everything, onInterrupt } = {}) => {
    const out: string[] = []
    const said: string[] = []
    const sink = (texts: string[]) => ({ write: (text: string) => texts.push(text), isTTY: false })
    const io = {
      stdout: sink(out),
      stderr: sink(said),
      env: process.env,
      cwd: process.cwd(),
      interactive: false,
      ask: async () => undefined,
      onInterrupt: (press: () => void) => {
        onInterrupt?.(press)
        return () => undefined
      },
      exit: () => undefined,
      now: clock.now,
    }
    const code = await main([...command, '--json', '--config', config], io, partsWith({ aws, clock }))
    const text = out.join('')
    return { code, said: text + said.join(''), document: JSON.parse(text) as Ran['document'] }
  }
  return {
    sandbox,
    clock,
    aws: port,
    run,
    apply: options => run(['apply', '--yes'], options),
    restore: snapshot => {
      sandbox.state.restore(snapshot)
      sandbox.resetLog()
    },
    close: () => sandbox.close(),
  }
}

/** The outcomes that are not what everybody hopes for. */
export const mishaps = ({ document }: Ran): Outcome[] =>
  (document.outcomes ?? []).filter(({ status }) => status !== 'done')
