// The port to AWS: the ordinary SDK behind one function, with pacing, retries, redaction and a watch for members
// that the SDK does not know.
import type { Aws, JsonObject } from '../model.ts'
import { openRedactor } from '../redact/index.ts'
import { carriedIn, heldAs, hideIn } from './carried.ts'
import { type AwsError, isAwsError, isThrottled, isUnderstood } from './errors.ts'
import { awsPace, noPace, type Pace, type PaceOptions } from './pace.ts'
import { whole } from './response-guard.ts'
import { type Clock, systemClock, withRetries } from './retry.ts'
import { asAwsError, type Telling } from './sdk-error.ts'
import { inputShape, outputShape, strangersByPart, withBytes } from './shapes.ts'
import { type Contact, newSilence, type Silence } from './silence.ts'
import { type Trace, traced } from './trace.ts'

export interface PortOptions {
  region: string
  endpoint?: string
  profile?: string
  clock?: Clock
  /** default: AWS's quotas, unless there is an endpoint of its own */
  pace?: 'aws' | 'none' | ((options: PaceOptions) => Pace)
  /** milliseconds until a reply must have begun; half a minute, unless given, so that a lost one is asked for again */
  patience?: number
  /** hears of requests and answers */
  contact?: Contact
  trace?: Trace
  /** is told every secret that this run reads, for whoever shows what others have written */
  onSecret?: (secret: string) => void
}

interface Client {
  middlewareStack: { add(middleware: unknown, options: object): void; remove(name: string): void }
  send(command: object): Promise<JsonObject>
}
type Package = { [name: string]: new (input: object) => object }

/** Each service's package, loaded when it is first needed, and the name of its client. */
const packages: { [service: string]: [load: () => Promise<object>, client: string] } = {
  'cognito-idp': [() => import('@aws-sdk/client-cognito-identity-provider'), 'CognitoIdentityProviderClient'],
  'cognito-identity': [() => import('@aws-sdk/client-cognito-identity'), 'CognitoIdentityClient'],
  iam: [() => import('@aws-sdk/client-iam'), 'IAMClient'],
  lambda: [() => import('@aws-sdk/client-lambda'), 'LambdaClient'],
  wafv2: [() => import('@aws-sdk/client-wafv2'), 'WAFV2Client'],
  sts: [() => import('@aws-sdk/client-sts'), 'STSClient'],
  ssm: [() => import('@aws-sdk/client-ssm'), 'SSMClient'],
  secretsmanager: [() => import('@aws-sdk/client-secrets-manager'), 'SecretsManagerClient'],
}

/** Operations that make something AWS would make twice if asked twice; a token tells it that it was asked before. */
const isCreate = (operation: string, input: JsonObject): boolean =>
  /:(Create|Add(?!Tags))/.test(operation) && input['ClientRequestToken'] === undefined

const isThrottle = (thrown: unknown): boolean => {
  const error = isAwsError(thrown) ? thrown : asAwsError('', thrown, { redact: text => text })
  return error !== undefined && isThrottled(error)
}

/** Quotas are the account's, so ports of the process that reach the same account the same way wait in the same queues. */
const shared = new Map<string, Pace>()

const paceFor = (options: PortOptions, endpoint: string | undefined): Pace => {
  const { pace = endpoint === undefined ? 'aws' : 'none', clock, profile } = options
  const facts = { clock: clock ?? systemClock, isThrottle }
  if (typeof pace === 'function') return pace(facts)
  if (pace === 'none') return noPace(facts)
  // who has a clock of his own has a time of his own
  if (clock !== undefined && clock !== systemClock) return awsPace(facts)
  const account = `${profile ?? ''} ${endpoint ?? ''}`
  const queues = shared.get(account) ?? awsPace(facts)
  shared.set(account, queues)
  return queues
}

/**
 * A port for one Region, from which others can be reached. Loads an SDK client when its service is first needed.
 * With an endpoint of its own, or `AWS_ENDPOINT_URL`, requests are not paced unless `pace` says so. Errors are
 * `AwsError`s.
 */
export const openPort = (options: PortOptions): Aws => {
  const { clock = systemClock, patience = 30_000 } = options
  const pace = paceFor(options, options.endpoint ?? process.env['AWS_ENDPOINT_URL'])
  const silence = newSilence(clock, options.contact)
  const addresses = new WeakMap<object, string>()
  const secrets = new Set<string>()
  const strangers = new WeakMap<object, string[]>()
  const clients = new Map<string, Promise<{ sdk: Package; client: Client }>>()
  const answers = new WeakMap<object, unknown>()

  const open = async (service: string, region: string) => {
    const [load, client] = packages[service] ?? []
    if (load === undefined || client === undefined) throw new Error(`no client for ${service}`)
    const sdk = (await load()) as Package
    const Client = sdk[client] as unknown as new (input: object) => Client
    const made = new Client({
      region,
      // retries are this port's: the SDK repeats hard quotas and creates, and not what passes in a second
      maxAttempts: 1,
      // the stack of middleware is put together once for each operation, not for each request
      cacheMiddleware: true,
      // the SDK waits for ever
      requestHandler: {
        connectionTimeout: Math.min(5000, patience),
        requestTimeout: patience,
        socketTimeout: patience,
        throwOnRequestTimeout: true,
      },
      ...(options.endpoint !== undefined && { endpoint: options.endpoint }),
      ...(options.profile !== undefined && { profile: options.profile }),
    })
    // it copies every request and answer for a log that there is not
    made.middlewareStack.remove('loggerMiddleware')
    watchAnswers(made, { answers, addresses, silence })
    return { sdk, client: made }
  }

  const redactor = openRedactor('(secret)', { short: true })
  const hide = (secret: string): void => {
    for (const held of heldAs(secret)) secrets.add(held)
    redactor.hide(secret)
    options.onSecret?.(secret)
  }

  return {
    left: () => pace.left(),
    hide,
    strangersOf: output => strangers.get(output) ?? [],
    send: async (operation, input, region = options.region) => {
      const [service = '', name = ''] = operation.split(':')
      const place = `${service} ${region}`
      const opened = clients.get(place) ?? open(service, region)
      clients.set(place, opened)
      const { sdk, client } = await opened
      const Command = sdk[`${name}Command`]
      if (Command === undefined) throw new Error(`the SDK has no ${operation}`)
      // a copy of its own: answers are kept by it
      const asked = { ...(withBytes(input, inputShape(operation)) as JsonObject) }
      const telling: Telling = {
        redact: redactor.text,
        carried: carriedIn(input, secrets),
        isModelled: error => Object.hasOwn(sdk, error),
      }
      const request = () =>
        traced(options.trace, clock, operation, input, telling, async () =>
          whole(operation, await client.send(new Command(asked)), answers.get(asked), input),
        )
      const asError = (thrown: unknown): AwsError | undefined => {
        const error = isAwsError(thrown)
          ? thrown
          : asAwsError(operation, thrown, telling, addresses.get(asked))
        if (error !== undefined && isUnderstood(error)) silence.understood()
        return error
      }
      const { $metadata: _metadata, ...output } = await withRetries(
        () => pace.run(operation, input, () => silence.ask(operation, request), region),
        asError,
        { repeatable: !isCreate(operation, input), clock, most: silence.most },
      )
      silence.understood()
      const plain = asJson(output) as JsonObject
      hideIn(plain, hide)
      const shape = outputShape(operation)
      const raw = answers.get(asked)
      if (raw !== undefined && shape !== undefined)
        for (const [part, paths] of strangersByPart(plain, raw as JsonObject, shape))
          strangers.set(part, paths)
      return plain
    },
  }
}

/** An answer as JSON: bytes are base64 text, times are ISO 8601. */
const asJson = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(asJson)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Date) return value.toJSON()
  return Object.fromEntries(
    Object.entries(value).flatMap(([member, inner]) =>
      inner === undefined ? [] : [[member, asJson(inner)]],
    ),
  )
}

interface HttpAnswer {
  response: { body?: AsyncIterable<Uint8Array> | Uint8Array; headers?: { [name: string]: string } }
}
interface HttpRequest {
  protocol?: string
  hostname?: string
  port?: number
}

interface Watched {
  /** the JSON of each answer, by its request's input */
  answers: WeakMap<object, unknown>
  /** where each request went, by its input */
  addresses: WeakMap<object, string>
  silence: Silence
}

const addressOf = ({ protocol = '', hostname = '', port }: HttpRequest): string =>
  `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`

/** Keeps the JSON of each answer before the SDK drops the members that it does not know, and where it came from. */
const watchAnswers = (client: Client, { answers, addresses, silence }: Watched): void => {
  const watch =
    (next: (args: unknown) => Promise<HttpAnswer>) =>
    async (args: { input: object; request?: HttpRequest }) => {
      const address = addressOf(args.request ?? {})
      addresses.set(args.input, address)
      silence.sent(address)
      const answer = await next(args)
      silence.heard()
      const { body, headers } = answer.response
      if (body === undefined || !(headers?.['content-type'] ?? '').includes('json')) return answer
      const chunks: Uint8Array[] = []
      for await (const chunk of body as AsyncIterable<Uint8Array>) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      answer.response.body = bytes
      if (bytes.length > 0) answers.set(args.input, JSON.parse(bytes.toString('utf8')))
      return answer
    }
  client.middlewareStack.add(watch, { step: 'deserialize', priority: 'low', name: 'watchAnswers' })
}
