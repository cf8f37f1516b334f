// Journeys: a YAML stream in which each document is the next state of one file, and its first lines say what to expect.
//
// `# a sentence` names the step. `#! word ...` lines are expectations, and everything is expected that happens:
//   #! create|update|adopt|replace|delete ADDRESS[: PATH, PATH ...]   a change, with exactly these settings
//   #! restore ADDRESS: PATH ...                                      settings that go back to their default
//   #! blocked ADDRESS: PATH CODE, ...                                nothing may be written then
//   #! warning CODE                                                   a warning of the plan, among others
//   #! file PATH: TEXT                                                beside cognito.yaml; `png TEXT` begins like one
//   #! error CODE                                                     an error of the plan; nothing may be written then
//   #! unlisted ADDRESS                                               in the plan and after it
//   #! allow WORD                                                     for this step: an --allow
//   #! adopt ADDRESS                                                  for this step: an --adopt, and that it is adopted
//   #! presume ADDRESS                                                for this step: an --adopt of what is ours by name
//   #! calls OPERATION ...                                            the writes, in order
//   #! impact ADDRESS: IMPACT, ...                                    of a change
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { permissionsFor, readSpec } from '../../src/index.ts'
import type { Change, Diagnostic, Plan } from '../../src/model.ts'
import { account, type Bench, leftIn, type Options, refusal, writesOf } from './run.ts'

interface Step {
  title: string
  text: string
  expectations: [word: string, rest: string][]
}

/** The steps of a journey. */
export function readJourney(file: string | URL): Step[] {
  const documents = readFileSync(file, 'utf8').split(/^---\n/m)
  return documents.map((text, index) => {
    const head = text.split('\n').filter(line => /^#(?!!)/.test(line))
    // the first document begins with the comment that says what the file is
    const title = head[index === 0 ? 1 : 0]
    if (title === undefined) throw new Error(`step ${index + 1} has no sentence`)
    return {
      title: title.replace(/^# /, ''),
      text,
      expectations: text
        .split('\n')
        .filter(line => line.startsWith('#! '))
        .map(line => {
          const [, word = '', rest = ''] = /^#! (\S+) (.+)$/.exec(line) ?? []
          return [word, rest]
        }),
    }
  })
}

/** Goes one step, and sees that what happens is what is expected. */
export async function goStep(bench: Bench, step: Step): Promise<void> {
  const said = (word: string) => step.expectations.filter(([one]) => one === word).map(([, rest]) => rest)
  const [allow, adopt] = [said('allow'), [...said('adopt'), ...said('presume')]]
  const options: Options = { ...(allow.length > 0 && { allow }), ...(adopt.length > 0 && { adopt }) }
  for (const rest of said('file')) await writeBeside(bench, rest)
  const config = await bench.file(step.text)
  await permit(bench, config, adopt.length > 0)
  const plan = await bench.plan(config, options)
  const halts = said('blocked').length + said('error').length > 0

  // what a plan with errors would do beside them is of no interest: it is not carried out
  const changes = said('error').length > 0 ? [] : plan.changes.filter(isWork).map(sentence)
  expect(changes.sort(), `${step.title}: changes`).toEqual(
    works.flatMap(work => said(work).map(rest => `${work} ${sorted(rest)}`)).sort(),
  )
  expect(plan.changes.flatMap(blocks).sort(), `${step.title}: blocked`).toEqual(
    said('blocked').map(sorted).sort(),
  )
  expect(plan.changes.flatMap(change => restored(change)).sort(), `${step.title}: restored`).toEqual(
    said('restore').map(sorted).sort(),
  )
  expect(codesOf(plan, 'error'), `${step.title}: errors`).toEqual(said('error').sort())
  expect(codesOf(plan, 'warning'), `${step.title}: warnings`).toEqual(expect.arrayContaining(said('warning')))
  expect(plan.unlisted.map(({ address }) => address).sort(), `${step.title}: unlisted`).toEqual(
    said('unlisted').sort(),
  )
  for (const rest of said('impact')) {
    const [address = '', impacts = ''] = rest.split(': ')
    const change = plan.changes.find(one => one.address === address)
    expect([...(change?.impact ?? [])].sort(), `${step.title}: impact`).toEqual(impacts.split(', ').sort())
  }

  bench.sandbox.resetLog()
  if (halts) {
    expect((await refusal(bench.apply(plan, options)))['exit']).toBe(5)
    expect(writesOf(bench.sandbox), `${step.title}: writes`).toEqual([])
    return
  }
  await bench.make(config, options)
  const calls = said('calls').map(rest => rest.split(' '))
  for (const expected of calls) expect(writesOf(bench.sandbox), `${step.title}: calls`).toEqual(expected)
  const again = await bench.plan(config, options)
  expect(leftIn({ ...again, unlisted: [] }), `${step.title}: the second plan`).toEqual([])
  bench.sandbox.resetLog()
  await bench.apply(again, options)
  expect(writesOf(bench.sandbox), `${step.title}: the second apply`).toEqual([])
}

/**
 * From here on callers may do only what `cogsync iam --apply` says of the file. What is adopted without being pinned
 * is the exception: neither id nor tags tell IAM which it is.
 */
async function permit({ sandbox }: Bench, config: string, isAdopting: boolean): Promise<void> {
  const { spec } = await readSpec({ config })
  if (spec === undefined || isAdopting) return void sandbox.permit(undefined)
  const purposes = { apply: true, rotate: false, destroy: false }
  const { document } = await permissionsFor(spec, purposes, account)
  needed.push(sandbox.permit(JSON.parse(JSON.stringify(document))))
}

/** The actions that steps needed, by step. */
export const needed: Set<string>[] = []

const works = ['create', 'update', 'adopt', 'replace', 'delete'] as const

const isWork = (change: Change): boolean => change.calls.length > 0

/** `update userPools.customers: mfa.configuration, ...`; of what is made or deleted, the address alone. */
const sentence = ({ action, address, fields }: Change): string => {
  const paths = fields.map(({ path }) => path).sort()
  return action === 'create' || action === 'delete' || paths.length === 0
    ? `${action} ${address}`
    : `${action} ${address}: ${paths.join(', ')}`
}

const blocks = ({ address, blocked }: Change): string[] =>
  blocked.length === 0
    ? []
    : [
        `${address}: ${blocked
          .map(({ path, code }) => `${path} ${code}`)
          .sort()
          .join(', ')}`,
      ]

const restored = ({ address, fields }: Change): string[] => {
  const paths = fields.filter(field => field.restored).map(({ path }) => path)
  return paths.length === 0 ? [] : [`${address}: ${paths.sort().join(', ')}`]
}

async function writeBeside({ folder }: Bench, rest: string): Promise<void> {
  const [, path = '', png, text = ''] = /^(\S+): (png )?(.*)$/.exec(rest) ?? []
  await writeFile(join(folder, path), png === undefined ? text : `\x89PNG\r\n\x1a\n${text}`, 'latin1')
}

const codesOf = (plan: Plan, wanted: Diagnostic['severity']): string[] =>
  plan.diagnostics
    .filter(({ severity }) => severity === wanted)
    .map(({ code }) => code)
    .sort()

/** The paths of an expectation in order. */
const sorted = (rest: string): string => {
  const [address = '', paths] = rest.split(': ')
  return paths === undefined ? address : `${address}: ${paths.split(', ').sort().join(', ')}`
}
