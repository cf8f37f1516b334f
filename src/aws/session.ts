// A session with AWS: opened, introduced, and with its refusals put into sentences.

import type { Aws } from '../model.ts'
import { runError } from '../problem.ts'
import type { Where } from '../table/kind.ts'
import type { AwsError } from './errors.ts'
import type { Clock } from './retry.ts'
import type { Contact } from './silence.ts'

export interface SessionOptions {
  endpoint?: string
  profile?: string
  /** whether to keep AWS's quotas; by default, unless there is an endpoint of its own */
  pace?: 'aws' | 'none'
  /** a way to AWS that is open already */
  aws?: Aws
  /** the system's, unless given */
  clock?: Clock
  /** takes the lines of the debug log */
  trace?: (line: string) => void
  /** hears of requests and answers */
  contact?: Contact
  /** is told every secret that is read */
  onSecret?: (secret: string) => void
}

/** The variables that name an address: for everything, or for one service. */
const endpointVariables = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env).filter(name => /^AWS_ENDPOINT_URL(_|$)/.test(name) && env[name] !== '')

const isUrl = (text: string): boolean => {
  try {
    return /^https?:$/.test(new URL(text).protocol)
  } catch {
    return false
  }
}

/** An address that is none is said so before anything is sent, and not after eight attempts. */
const refuseBadAddress = ({ endpoint }: SessionOptions): void => {
  const said: [string, string][] =
    endpoint !== undefined
      ? [['--endpoint-url', endpoint]]
      : process.env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true'
        ? []
        : endpointVariables(process.env).map(name => [name, process.env[name] as string])
  for (const [name, value] of said)
    if (!isUrl(value))
      throw runError({
        exit: 1,
        code: 'bad-endpoint',
        message: `${name} is no URL: ${value}`,
        hint: 'write one such as http://127.0.0.1:4747, or remove it',
      })
}

/** The way to AWS in a Region; the SDK is loaded here. */
export const openAws = async (region: string, options: SessionOptions): Promise<Aws> => {
  if (options.aws !== undefined) return options.aws
  refuseBadAddress(options)
  const { openPort } = await import('./port.ts')
  return openPort({
    region,
    ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
    ...(options.profile !== undefined && { profile: options.profile }),
    ...(options.pace !== undefined && { pace: options.pace }),
    ...(options.clock && { clock: options.clock }),
    ...(options.trace && { trace: options.trace }),
    ...(options.contact && { contact: options.contact }),
    ...(options.onSecret && { onSecret: options.onSecret }),
  })
}

/** Whose credentials these are, and where the run happens. */
export const whoAmI = async (aws: Aws, region: string): Promise<Where> => {
  const identity = await orRunError(() => aws.send('sts:GetCallerIdentity', {}))
  const [, partition = 'aws'] = String(identity['Arn']).split(':')
  return { account: String(identity['Account']), region, partition }
}

/** Runs a read; what AWS refuses for the whole run is said in a sentence. */
export const orRunError = async <T>(read: () => Promise<T>): Promise<T> => {
  const errors = await import('./errors.ts')
  const { isAwsError, isCredentials, isDenied, isSkewed } = errors
  try {
    return await read()
  } catch (error) {
    if (!isAwsError(error)) throw error
    if (isSkewed(error)) throw runError(clockFacts(error), error)
    if (isCredentials(error) || isDenied(error))
      throw runError(credentialFacts(error, isDenied(error)), error)
    if (error.code === errors.configurationCode)
      throw runError(
        {
          exit: 1,
          code: 'aws-configuration',
          message: `nothing can be sent to AWS as it is set up: ${error.message}`,
          hint: 'look at the AWS_* variables and at ~/.aws/config',
        },
        error,
      )
    const { operation, code, message, status, address } = error
    const isSaid = status !== undefined || address === undefined || message.includes(address)
    throw runError(
      {
        exit: 1,
        code: 'aws-error',
        message: `${operation} failed: ${code}: ${message}${isSaid ? '' : ` (${address})`}`,
        ...(status === undefined && { hint: 'is the network, or AWS_ENDPOINT_URL, as it should be?' }),
      },
      error,
    )
  }
}

const clockFacts = ({ operation, message }: AwsError) =>
  ({
    exit: 1,
    code: 'clock-skew',
    message: `${operation} was refused because of the time: ${message}`,
    hint: "set this machine's clock: AWS takes a request for five minutes",
  }) as const

const credentialFacts = (error: AwsError, denied: boolean) =>
  denied
    ? ({
        exit: 4,
        code: 'access-denied',
        message: `${error.operation} was denied: ${error.message}`,
        hint: 'these credentials lack that permission',
      } as const)
    : /Expired/.test(error.code)
      ? ({
          exit: 4,
          code: 'expired-credentials',
          message: 'the AWS credentials have expired',
          hint: 'sign in again, for example with aws sso login, and repeat the command',
        } as const)
      : ({
          exit: 4,
          code: 'no-credentials',
          message: 'no usable AWS credentials were found',
          hint: 'set AWS_PROFILE or the AWS_* variables, or run aws sso login; to try cogsync without an account, run cogsync sandbox',
        } as const)

/** The credentials are somebody else's than the file or the plan wants. */
export const wrongAccount = (there: string, wanted: string) =>
  runError({
    exit: 4,
    code: 'wrong-account',
    message: `these credentials are for account ${there}, and the file is for account ${wanted}`,
    hint: 'use the credentials of that account, or correct `account:` in the file',
  })
