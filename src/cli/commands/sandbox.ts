// cogsync sandbox: the local AWS, until Ctrl-C.
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import type { Json } from '../../model.ts'
import { runError } from '../../problem.ts'
import { safe } from '../../render/printable.ts'
import { exits } from '../exit.ts'
import type { SandboxHandle } from '../parts.ts'
import type { CommonOptions, Run, Session } from '../session.ts'

export interface SandboxCommandOptions extends CommonOptions {
  port?: number
  account?: string
  data?: string
  latency?: number
  quotas?: 'aws' | 'none'
  policy?: string
  allowOrigin?: string[]
  demo?: boolean
}

/** What a shell needs so that any AWS client talks to the sandbox. */
export const exportsFor = (url: string, account: string, region: string): [string, string][] => [
  ['AWS_ENDPOINT_URL', url],
  ['AWS_ACCESS_KEY_ID', account],
  ['AWS_SECRET_ACCESS_KEY', 'sandbox'],
  ['AWS_REGION', region],
  // the AWS CLI's older variable
  ['AWS_DEFAULT_REGION', region],
]

const logLine = (
  session: Session,
  { service, operation, status, error, write }: SandboxHandle['requests'][number],
): string => {
  const { err } = session
  const paint = status === 0 || status >= 400 ? err.red : err.dim
  return `${paint(String(status || 'dropped').padEnd(4))}${write ? err.yellow('write') : err.dim('read ')} ${safe(`${service}:${operation}`)}${error ? `  ${err.red(safe(error))}` : ''}\n`
}

/** One line per request, as they come; what was shown is kept no longer. */
const follow = (session: Session, sandbox: SandboxHandle): (() => void) => {
  const flush = () => {
    for (const request of sandbox.requests) {
      session.say(logLine(session, request))
      const { fault } = request
      if (fault)
        session.warn(
          fault
            .split('\n')
            .map(line => `  ${safe(line)}\n`)
            .join(''),
        )
    }
    sandbox.resetLog()
  }
  const timer = setInterval(flush, 100)
  return () => {
    clearInterval(timer)
    flush()
  }
}

/** Beyond any policy: IAM's largest has 10,240 characters [D]. */
const largestPolicy = 1024 * 1024

/** The policy in a file or a pipe, or what is wrong with it. */
const readPolicy = async ({ io }: Session, file: string): Promise<Json> => {
  const text = await readStart(resolve(io.cwd, file)).catch(error => {
    throw notPolicy(file, isMissing(error) ? 'there is no such file' : 'it cannot be read', error)
  })
  if (text.length > largestPolicy) throw notPolicy(file, 'it is too large')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw notPolicy(file, 'it is no JSON', error)
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** A file as text, no further than tells that it is too large: a device may have no end. */
const readStart = async (path: string): Promise<string> => {
  let text = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    text += chunk
    if (text.length > largestPolicy) break
  }
  return text
}

const notPolicy = (file: string, why: string, cause?: unknown) =>
  runError(
    {
      exit: 1,
      code: 'no-policy',
      message: `${file} cannot be used as a policy: ${why}`,
      hint: 'cogsync iam prints one',
    },
    cause,
  )

/** What keeps a sandbox from starting, in words. */
const whyNot = (error: NodeJS.ErrnoException, port: number) => {
  const { code, message } = error
  const hint = 'choose another with --port, or any free one with --port 0'
  if (code === 'ERR_SANDBOX_DATA')
    return runError(
      { exit: 1, code: 'no-data-file', message, hint: 'name a file that does not exist yet, and begin anew' },
      error,
    )
  if (code === 'EADDRINUSE')
    return runError({ exit: 1, code: 'port-in-use', message: `port ${port} is in use`, hint }, error)
  if (code === 'EACCES')
    return runError({ exit: 1, code: 'port-denied', message: `port ${port} may not be used`, hint }, error)
  return undefined
}

const start = async (session: Session, options: SandboxCommandOptions): Promise<SandboxHandle> => {
  const { startSandbox } = await session.parts.sandbox()
  const { port = 4747, account, data, latency, quotas, policy, allowOrigin } = options
  const document = policy === undefined ? undefined : await readPolicy(session, policy)
  try {
    return await startSandbox({
      port,
      ...(account === undefined ? {} : { account }),
      ...(data === undefined ? {} : { data: resolve(session.io.cwd, data) }),
      ...(latency === undefined ? {} : { latency }),
      ...(quotas === undefined ? {} : { quotas }),
      ...(document === undefined ? {} : { policy: document }),
      ...(allowOrigin === undefined ? {} : { allowOrigins: allowOrigin }),
    })
  } catch (error) {
    if (error instanceof TypeError && policy !== undefined) throw notPolicy(policy, error.message, error)
    throw whyNot(error as NodeJS.ErrnoException, port) ?? error
  }
}

export const run: Run<SandboxCommandOptions> = async (session, options) => {
  if (options.demo) return (await import('../demo.ts')).demo(session)
  const sandbox = await start(session, options)
  const region = session.io.env['AWS_REGION'] || 'eu-west-1'
  const lines = exportsFor(sandbox.url, sandbox.account, region).map(
    ([name, value]) => `export ${name}=${value}\n`,
  )
  session.print(lines.join(''))
  session.say(
    `\nThe sandbox is up: a local AWS for Cognito, IAM roles, STS and what Cognito uses of Lambda, WAF, SSM and Secrets Manager, at ${sandbox.url}.\n`,
  )
  session.say(
    `Paste the lines above into another shell, and cogsync, the AWS CLI and Terraform talk to it.\n`,
  )
  session.say(
    `${options.data === undefined ? 'What it holds is gone when it stops' : `What it holds is kept in ${safe(options.data)}`}. Ctrl-C stops it.\n\n`,
  )
  const flush = follow(session, sandbox)
  await new Promise<void>(resolve => {
    const undo = session.io.onInterrupt(() => {
      undo()
      resolve()
    })
  })
  flush()
  await sandbox.close()
  session.say('\nThe sandbox has stopped.\n')
  return exits.ok
}
