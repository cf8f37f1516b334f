// The inputs of action.yml, read and checked all at once.
import { allowWords, gates } from '../workflows/allow-words.ts'
import type { Runner } from './runner.ts'

export type CommandName = 'plan' | 'apply' | 'drift' | 'validate'

export interface Inputs {
  command: CommandName
  /** a file, or a glob that names several */
  config: string
  workingDirectory: string
  environment?: string
  /** tells two comments on the same file apart */
  label?: string
  region?: string
  account?: string
  planFile?: string
  expectedPlanHash?: string
  allow: string[]
  allowDestroy: boolean
  failOn: string[]
  comment: 'always' | 'changes' | 'never'
  /** all files in one comment */
  combine: boolean
  issue: boolean
  summary: boolean
  annotations: boolean
  pullRequest?: number
  token?: string
}

/** Every input there is; action.yml has the same, with what each is for. */
export const inputNames = [
  'command',
  'config',
  'working-directory',
  'environment',
  'label',
  'aws-region',
  'expected-account-id',
  'plan-file',
  'expected-plan-hash',
  'allow',
  'allow-destroy',
  'fail-on',
  'comment',
  'combine',
  'issue',
  'summary',
  'annotations',
  'pr-number',
  'github-token',
] as const

type InputName = (typeof inputNames)[number]

/** The inputs, or a sentence for each that is wrong. */
export const readInputs = (runner: Runner): { inputs: Inputs } | { wrong: string[] } => {
  const wrong: string[] = []
  const text = (name: InputName): string => runner.input(name)
  const refuse = (name: InputName, value: string, expected: string) => {
    wrong.push(`the input ${name} is "${value}", and it must be ${expected}`)
  }
  const word = <T extends string>(name: InputName, words: readonly T[], otherwise: T): T => {
    const value = text(name) || otherwise
    const found = words.find(each => each === value)
    if (found === undefined) refuse(name, value, `one of ${words.join(', ')}`)
    return found ?? otherwise
  }
  const flag = (name: InputName, otherwise: boolean): boolean =>
    word(name, ['true', 'false'], otherwise ? 'true' : 'false') === 'true'
  const list = (name: InputName, words: readonly string[]): string[] => {
    const values = text(name)
      .split(/[\s,]+/)
      .filter(Boolean)
    for (const value of values)
      if (!words.includes(value)) refuse(name, value, `of these: ${words.join(', ')}`)
    return values
  }
  const shaped = (name: InputName, shape: RegExp, expected: string): string => {
    const value = text(name)
    if (value !== '' && !shape.test(value)) refuse(name, value, expected)
    return value
  }
  const given = <K extends keyof Inputs>(key: K, value: Inputs[K] | '' | undefined) =>
    value === '' || value === undefined ? {} : { [key]: value }

  const pull = shaped('pr-number', /^[1-9]\d{0,9}$/, 'a number')
  const inputs: Inputs = {
    command: word('command', ['plan', 'apply', 'drift', 'validate'], 'plan'),
    config: text('config') || 'cognito.yaml',
    workingDirectory: text('working-directory') || '.',
    ...given('environment', text('environment')),
    ...given('label', text('label')),
    ...given('region', text('aws-region')),
    ...given('account', shaped('expected-account-id', /^\d{12}$/, 'twelve digits')),
    ...given('planFile', text('plan-file')),
    ...given(
      'expectedPlanHash',
      shaped('expected-plan-hash', /^[0-9a-f]{64}$/, 'a plan-hash of this action'),
    ),
    allow: list('allow', allowWords),
    allowDestroy: flag('allow-destroy', false),
    failOn: list('fail-on', [...gates, 'drift']),
    comment: word('comment', ['always', 'changes', 'never'], 'changes'),
    combine: flag('combine', false),
    issue: flag('issue', true),
    summary: flag('summary', true),
    annotations: flag('annotations', true),
    ...given('pullRequest', pull === '' ? undefined : Number(pull)),
    ...given('token', text('github-token')),
  }
  return wrong.length > 0 ? { wrong } : { inputs }
}
