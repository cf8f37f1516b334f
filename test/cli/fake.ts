// A world for the command line: a process that records what it is told, and parts that do what the test says.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Io } from '../../src/cli/io.ts'
import type { ApplyOptions, ParsedFile, Parts, Pipeline, RunOptions } from '../../src/cli/parts.ts'
import { main } from '../../src/cli/run.ts'
import type { Diagnostic, Observation, Outputs, Plan, Report, Spec } from '../../src/model.ts'
import { plan as planOf } from '../render/plans.ts'

export const spec: Spec = {
  version: 1,
  stack: 'shop',
  region: 'eu-west-1',
  tags: {},
  unspecified: 'default',
  secrets: {},
  resources: [
    {
      address: 'userPools.customers',
      kind: 'userPool',
      key: 'customers',
      path: ['userPools', 'customers'],
      spec: {},
    },
  ],
  removed: [],
}

export const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'cogsync cli-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

export interface World {
  cwd?: string
  env?: Io['env']
  terminal?: boolean
  answer?: string
  diagnostics?: Diagnostic[]
  plan?: Plan
  report?: Report
  outputs?: Outputs
  /** stdout is a terminal */
  screen?: boolean
  pipeline?: Partial<Pipeline>
  parts?: Partial<Parts>
  /** called when a command starts to listen for Ctrl-C */
  onListen?: (interrupt: () => void) => void
}

export interface Ran {
  code: number
  stdout: string
  stderr: string
  /** what the pipeline was asked, in order */
  asked: string[]
  options: RunOptions & Partial<ApplyOptions>
  exited: number[]
}

/** Runs a command line (split at spaces) in a world. */
export const run = async (line: string, world: World = {}): Promise<Ran> => {
  const ran: Ran = { code: -1, stdout: '', stderr: '', asked: [], options: { config: '' }, exited: [] }
  const { terminal = false, plan = planOf(), report = { outcomes: [], known: {} }, diagnostics = [] } = world
  const { target, unread } = plan
  const { outputs = { target, resources: [], missing: [], unread, diagnostics: [] } } = world
  const parsed: ParsedFile = {
    ...(diagnostics.some(each => each.severity === 'error') ? {} : { spec }),
    diagnostics,
    locate: path => (path.length > 0 ? { file: 'cognito.yaml', line: path.length, column: 1 } : undefined),
    lineAt: line => `line ${line}`,
  }
  const ask = <T>(name: string, options: RunOptions | undefined, value: T): T => {
    ran.asked.push(name)
    if (options) ran.options = options
    return value
  }
  const pipeline: Pipeline = {
    readSpec: async options => ask('readSpec', options, { ...parsed, files: ['cognito.yaml'] }),
    makePlan: async (_parsed, options) =>
      ask('makePlan', options, {
        plan,
        observation: {} as Observation,
      }),
    readOutputs: async (_parsed, options) => ask('readOutputs', options, outputs),
    acceptDrift: async (_seen, options) =>
      ask('acceptDrift', options, { text: 'version: 1\n', accepted: [], kept: [] }),
    importAws: async () =>
      ask('importAws', undefined, {
        text: 'version: 1\n',
        files: [],
        addresses: ['userPools.customers', 'userPools.customers.clients.web'],
        left: [],
        unread: [],
        secrets: [],
        unsaid: [],
        objections: [],
      }),
    applyPlan: async (_plan, options) => {
      for (const outcome of report.outcomes) options.onOutcome?.(outcome)
      return ask('applyPlan', options, report)
    },
    planRotation: async () => Promise.reject(new Error('no rotation in this world')),
    rotate: async () => Promise.reject(new Error('no rotation in this world')),
    planDestruction: async (_parsed, options) =>
      ask('planDestruction', options, {
        plan,
        targets: options.targets.map(address => ({ address, name: 'shop-customers' })),
      }),
    requireHash: () => {},
    requireShown: async () => {},
    planDifference: async () => undefined,
    sourceOf: async () => ({ file: 'cognito.yaml' }),
    savePlan: value => ask('savePlan', undefined, JSON.stringify(value)),
    loadPlan: text => ask('loadPlan', undefined, JSON.parse(text) as Plan),
    ...world.pipeline,
  }
  const parts: Parts = {
    pipeline: async () => pipeline,
    sandbox: () => Promise.reject(new Error('no sandbox in this world')),
    schema: async () => ({ type: 'object' }),
    explain: () => import('../../src/explain/index.ts'),
    titles: async () => kind => kind,
    console: () => import('../../src/cli/console.ts'),
    ...world.parts,
  }
  const io: Io = {
    stdout: { write: text => (ran.stdout += text), isTTY: world.screen === true },
    stderr: { write: text => (ran.stderr += text), isTTY: false },
    env: { ...world.env },
    cwd: world.cwd ?? '/nowhere',
    interactive: terminal,
    ask: async question => {
      ran.asked.push('ask')
      ran.stderr += question
      return world.answer
    },
    onInterrupt: handler => {
      world.onListen?.(handler)
      return () => {}
    },
    exit: code => ran.exited.push(code),
    now: () => 0,
  }
  ran.code = await main(line === '' ? [] : line.split(' '), io, parts)
  return ran
}
