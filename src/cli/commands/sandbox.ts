// cogsync sandbox: the local AWS, until Ctrl-C.
import { resolve } from 'node:path'
import { readOrdinary } from '../../files.ts'
import type { Json } from '../../model.ts'
import { safe } from '../../render/safe.ts'
import { runError } from '../../run-error.ts'
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

/** One line per request, as they come. */
const follow = (session: Session, { requests }: SandboxHandle): (() => void) => {
  let shown = 0
  const flush = () => {
    while (shown < requests.length) session.say(logLine(session, requests[shown++]!))
  }
  const timer = setInterval(flush, 100)
  return () => {
    clearInterval(timer)
    flush()
  }
}

/** The policy in a file, or what is wrong with it. */
const readPolicy = async ({ io }: Session, file: string): Promise<Json> => {
  const text = policyText(resolve(io.cwd, file), file)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw notPolicy(file, 'it is no JSON', error)
  }
}

const policyText = (path: string, file: string): string => {
  try {
    return readOrdinary(path, mostPolicyBytes).toString('utf8')
  } catch (error) {
    throw notPolicy(file, (error as Error).message, error)
  }
}

/** IAM takes far less. */
const mostPolicyBytes = 1024 * 1024

const notPolicy = (file: string, why: string, cause: unknown) =>
  runError(
    {
      exit: 1,
      code: 'no-policy',
      message: `${file} cannot be used as a policy: ${why}`,
      hint: 'cogsync iam prints one',
    },
    cause,
  )

const start = async (session: Session, options: SandboxCommandOptions): Promise<SandboxHandle> => {
  const { startSandbox } = await session.parts.sandbox()
  const { port = 4747, account, data, latency, quotas, policy } = options
  const document = policy === undefined ? undefined : await readPolicy(session, policy)
  try {
    return await startSandbox({
      port,
      ...(account === undefined ? {} : { account }),
      ...(data === undefined ? {} : { data }),
      ...(latency === undefined ? {} : { latency }),
      ...(quotas === undefined ? {} : { quotas }),
      ...(document === undefined ? {} : { policy: document }),
    })
  } catch (error) {
    if (error instanceof TypeError && policy !== undefined) throw notPolicy(policy, error.message, error)
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw runError(
      {
        exit: 1,
        code: 'port-in-use',
        message: `port ${port} is in use`,
        hint: 'choose another with --port, or any free one with --port 0',
      },
      error,
    )
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
