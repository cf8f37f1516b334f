// cogsync sandbox --demo: the tour. Real commands on a real (local) AWS: create, change behind our back, drift, repair.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runError } from '../problem.ts'
import { safe } from '../render/printable.ts'
import { plain } from '../render/text/style.ts'
import { elapsed } from '../render/text/wrap.ts'
import { exportsFor } from './commands/sandbox.ts'
import { exits } from './exit.ts'
import { quickstart } from './quickstart.ts'
import { main } from './run.ts'
import type { Session } from './session.ts'

const callback = 'https://temporary.example.com/callback'
const shortLength = 6

/** The Region that the file names. */
const regionOf = (file: string): string => /^region:\s*"?([a-z0-9-]+)/m.exec(file)?.[1] ?? 'us-east-1'

/** Replaces every AWS variable of the environment by these few; answers with what puts all back. */
const isolate = (env: NodeJS.ProcessEnv, variables: [string, string][]): (() => void) => {
  const before = Object.entries(env).filter(([name]) => name.startsWith('AWS_'))
  const clear = () => {
    for (const name of Object.keys(env)) if (name.startsWith('AWS_')) delete env[name]
  }
  clear()
  for (const [name, value] of variables) env[name] = value
  return () => {
    clear()
    for (const [name, value] of before) env[name] = value
  }
}

export const demo = async (session: Session): Promise<number> => {
  const { io, parts, out } = session
  const began = io.now()
  const folder = await mkdtemp(join(tmpdir(), 'cogsync-demo-'))
  const { startSandbox } = await parts.sandbox()
  const file = quickstart()
  const region = regionOf(file)
  const sandbox = await startSandbox({ port: 0, seed: 7 })
  const restore = isolate(process.env, [
    ...exportsFor(sandbox.url, sandbox.account, region),
    ['AWS_CONFIG_FILE', join(folder, 'no-config')],
    ['AWS_SHARED_CREDENTIALS_FILE', join(folder, 'no-credentials')],
    ['AWS_EC2_METADATA_DISABLED', 'true'],
    ['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true'],
  ])

  const tell = (text: string) => session.print(`\n${out.bold(out.cyan(`# ${text}`))}\n`)
  const shown = (text: string) => session.print(`${out.dim('$')} ${out.bold(text)}\n`)

  /** One command, as a user would type it; anything but the expected exit code ends the tour. */
  const step = async (command: string, expected: number) => {
    shown(`cogsync ${command}`)
    const env = { ...io.env, COGSYNC_CONFIG: undefined, ...(out === plain ? { NO_COLOR: '1' } : {}) }
    const code = await main(command.split(' '), { ...io, cwd: folder, env, interactive: false }, parts)
    if (code !== exits.ok) session.print(out.dim(`(exit code ${code})\n`))
    if (code !== expected)
      throw runError({
        exit: 1,
        code: 'demo-failed',
        message: `the tour expected exit code ${expected} from cogsync ${command}, and it was ${code}`,
        hint: 'please report this as a bug',
      })
  }

  try {
    await writeFile(join(folder, 'cognito.yaml'), file)
    session.print(
      `${out.bold('cogsync in a few seconds')}, on a local AWS at ${sandbox.url}. No account is involved, nothing is kept.\n`,
    )

    tell('This is the file. It says what should exist.')
    shown('cat cognito.yaml')
    session.print(`${file.trimEnd()}\n`)

    tell('What would change? Nothing exists yet.')
    await step('plan', exits.ok)
    tell('Make it so.')
    await step('apply --yes', exits.ok)
    tell('Again: there must be nothing left to do, and nothing is written.')
    const writes = sandbox.writes()
    await step('apply --yes', exits.ok)
    if (sandbox.writes() !== writes)
      throw runError({
        exit: 1,
        code: 'demo-failed',
        message: 'the second apply wrote something',
        hint: 'please report this as a bug',
      })

    tell('Now somebody clicks in the console: one more callback URL, and a shorter password.')
    const somebody = await (await parts.console()).openConsole(region)
    try {
      await somebody.addCallbackUrl(callback)
      await somebody.lowerPasswordLength(shortLength)
      session.print(
        `console> add callback URL ${callback}\nconsole> set password minimum length to ${shortLength}\n`,
      )
      tell('Does AWS still have what the file says?')
      await step('drift', exits.differences)
      tell('Repair it.')
      await step('apply --yes', exits.ok)
      tell('And now?')
      await step('drift', exits.ok)

      const ids = await somebody.appIds()
      tell('What an app needs:')
      const lines: [string, string][] = [
        ['user pool id', ids.userPoolId],
        ['app client id', ids.clientId],
        ['sign-in pages', ids.domainUrl],
        ['issuer', ids.issuer],
      ]
      session.print(lines.map(([name, value]) => `  ${name.padEnd(14)} ${out.green(safe(value))}\n`).join(''))
    } finally {
      somebody.close()
    }
  } finally {
    restore()
    await sandbox.close()
    await rm(folder, { recursive: true, force: true })
  }

  session.print(`
${out.bold(`That was the whole life of a user pool, in ${elapsed(io.now() - began)}. All of it is gone again.`)}

On a real account (credentials as the AWS CLI finds them):
  ${out.bold('npx cogsync init')}       write a cognito.yaml, then edit it
  ${out.bold('npx cogsync plan')}       see what would be made
  ${out.bold('npx cogsync apply')}      make it

To go on rehearsing instead: ${out.bold('npx cogsync sandbox')}
`)
  return exits.ok
}
