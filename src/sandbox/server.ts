// The sandbox's HTTP server: takes AWS requests, lets the services answer, logs what came.
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { makeAuthorization } from './authorization/index.ts'
import { isDataError, openDataFile } from './data-file.ts'
import { type Envelope, readEnvelope, refuseUnknown, refuseUnsigned } from './envelope.ts'
import { type Fault, hold, makeFaults, raiseFault } from './faults.ts'
import { closeServer, listen, pause } from './listening.ts'
import { makeQuotas } from './quotas.ts'
import { makeRandom, type Random } from './random.ts'
import { receive, shareHeaders } from './receive.ts'
import { isWrite, type RequestRecord, redactSecrets } from './requests.ts'
import { type Json, type Members, type Operation, type Service, ServiceError, type State } from './service.ts'
import { openState, type SavedState } from './state.ts'
import { validateInput } from './validate.ts'
import { jsonContentType, writeJson, writeJsonError } from './wire/json.ts'
import { queryContentType, writeQuery, writeQueryError } from './wire/query.ts'
import { restContentType, writeRestError } from './wire/rest.ts'

export interface SandboxOptions {
  /** 0, the default, takes any free port */
  port?: number
  host?: '127.0.0.1'
  /** whose requests they are when the access key id is not itself an account of twelve digits */
  account?: string
  /** a file to load the state from and to save it to after each successful write; throws for what is not its own */
  data?: string
  /** origins of pages beside those of this machine that may send what needs no signature */
  allowOrigins?: readonly string[]
  /** milliseconds before each request is acted on */
  latency?: number | (() => number)
  clock?: () => Date
  /** waits that many milliseconds, for a clock that is not the machine's */
  sleep?: (milliseconds: number) => Promise<void>
  /** makes every id repeatable */
  seed?: number
  random?: Random
  /** `aws` enforces the documented request rates */
  quotas?: 'aws' | 'none'
  /** an IAM policy, without which callers may do everything; throws for one that cannot be evaluated here */
  policy?: Json
}

export interface Sandbox {
  url: string
  account: string
  requests: RequestRecord[]
  /** how many write requests came since the last reset, refused ones included */
  writes(): number
  resetLog(): void
  /** returns what removes the fault again */
  inject(fault: Fault): () => void
  setLatency(latency: number | (() => number)): void
  setQuotas(quotas: 'aws' | 'none'): void
  /**
   * lets callers do only what this IAM policy allows, or everything again; answers with the actions that it has
   * allowed since, as they come. Throws for a policy that it cannot evaluate
   */
  permit(policy: Json | undefined): Set<string>
  /** the raw state, for out-of-band edits and for going back */
  state: SavedState
  close(): Promise<void>
}

/** What a request came to: a reply, or a connection to drop. */
type Outcome = Reply | 'drop'

interface Reply {
  status: number
  body: string
  headers: Record<string, string>
  /** only half of the body is sent */
  truncated?: true
}

export async function serveServices(
  makeServices: (state: State) => Service[],
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const account = options.account ?? '000000000000'
  if (!/^\d{12}$/.test(account)) throw new RangeError(`account must be twelve digits: ${account}`)
  const clock = options.clock ?? (() => new Date())
  const random = options.random ?? makeRandom(options.seed)
  const state = openState(options.data === undefined ? undefined : openDataFile(options.data))
  const services = new Map(makeServices(state).map(service => [service.name, service]))
  const faults = makeFaults()
  const authorization = makeAuthorization(state)
  authorization.permit(options.policy)
  let quotas = options.quotas === 'aws' ? makeQuotas() : undefined
  const requests: RequestRecord[] = []
  const closing = new AbortController()
  const sleep = options.sleep ?? (milliseconds => pause(milliseconds, closing.signal))
  let latency = options.latency ?? 0

  async function answer(envelope: Envelope, requestId: string): Promise<Outcome> {
    const { service, operation, region, account: caller } = envelope
    const record: RequestRecord = {
      service,
      operation,
      input: {},
      region,
      account: caller,
      status: 0,
      write: isWrite(operation),
    }
    const actions = faults.strike(service, operation)
    try {
      const input = envelope.readInput()
      record.input = redactSecrets(service, operation, input)
      await sleep(typeof latency === 'function' ? latency() : latency)
      for (const action of actions) if ('delay' in action) await sleep(action.delay)
      await hold(actions, 'before')
      const replaced = actions.find(action => 'answer' in action)
      if (replaced?.acts === false) return replacement(replaced.answer)
      if (actions.some(action => 'drop' in action && action.drop === 'before')) return 'drop'
      raiseFault(actions)
      refuseUnsigned(envelope)
      const act = findOperation(services.get(service), operation)
      if (act === undefined) return refuseUnknown(envelope)
      quotas?.spend({ service, operation, account: caller, region, input, at: clock().getTime() })
      const call = { service, operation, input, account: caller, region, requestId, now: clock, random }
      authorization.check(call)
      validateInput(service, operation, input)
      let output = act(input, call)
      if (record.write) state.save()
      await hold(actions, 'after')
      if (actions.some(action => 'drop' in action)) return 'drop'
      for (const action of actions)
        if ('mutate' in action) output = action.mutate(structuredClone(output ?? {}))
      record.status = envelope.status
      if (replaced) return replacement(replaced.answer)
      const whole = reply(envelope, envelope.status, writeOutput(envelope, output, requestId))
      return actions.some(action => 'truncate' in action) ? { ...whole, truncated: true } : whole
    } catch (thrown) {
      const error = toServiceError(thrown, envelope)
      if (error !== thrown) record.fault = explainFault(thrown)
      record.status = error.status
      record.error = error.code
      return reply(
        envelope,
        error.status,
        writeError(envelope, services.get(service), error, requestId),
        error.code,
      )
    } finally {
      requests.push(record)
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = await receive(request, response, options.allowOrigins ?? [])
    if (received === undefined) return
    const requestId = randomUUID()
    const envelope = readEnvelope(received, services.values(), account)
    const outcome = await answer(envelope, requestId)
    for (const [name, value] of Object.entries(shareHeaders(request))) response.setHeader(name, value)
    send(response, outcome, requestId, closing.signal.aborted)
  }
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void serve(request, response).catch(drop(response))
  const server = createServer(listener)
  // Whoever asks before sending a body hears a refusal first.
  server.on('checkContinue', listener)
  const url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  try {
    state.save()
  } catch (error) {
    await closeServer(server, closing)
    throw error
  }
  return {
    url,
    account,
    requests,
    state,
    writes: () => requests.filter(request => request.write).length,
    resetLog: () => void requests.splice(0),
    inject: fault => faults.inject(fault),
    permit: policy => authorization.permit(policy),
    setLatency: next => {
      latency = next
    },
    setQuotas: next => {
      quotas = next === 'aws' ? makeQuotas() : undefined
    },
    close: () => closeServer(server, closing),
  }
}

function findOperation(service: Service | undefined, name: string): Operation | undefined {
  return service !== undefined && Object.hasOwn(service.operations, name)
    ? service.operations[name]
    : undefined
}

const internalErrors = {
  json: 'InternalErrorException',
  query: 'ServiceFailure',
  rest: 'ServiceException',
}

function toServiceError(thrown: unknown, envelope: Envelope): ServiceError {
  if (thrown instanceof ServiceError) return thrown
  return new ServiceError(internalErrors[envelope.protocol], describeFault(thrown), 500)
}

function explainFault(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return isDataError(thrown) ? thrown.message : (thrown.stack ?? thrown.message)
}

/** A stack or a path of this machine is for whoever runs the sandbox, not for whoever asks. */
function describeFault(thrown: unknown): string {
  return isDataError(thrown)
    ? 'sandbox: this could not be saved, and was taken back; its log says why'
    : 'sandbox: an internal error; its log says more'
}

function writeOutput(envelope: Envelope, output: Members | undefined, requestId: string): string {
  if (envelope.protocol !== 'query') return writeJson(output)
  return writeQuery(envelope.service, envelope.operation, output, requestId)
}

function writeError(
  envelope: Envelope,
  service: Service | undefined,
  error: ServiceError,
  requestId: string,
): string {
  if (envelope.protocol === 'query') return writeQueryError(envelope.service, error, requestId)
  const member = service?.messageMember?.(error.code) ?? 'message'
  return envelope.protocol === 'json' ? writeJsonError(error, member) : writeRestError(error, member)
}

const replacement = ({ status, type, body }: { status: number; type: string; body: string }): Reply => ({
  status,
  body,
  headers: { 'content-type': type },
})

const contentTypes = { json: jsonContentType, query: queryContentType, rest: restContentType }

function reply(envelope: Envelope, status: number, body: string, error?: string): Reply {
  const headers: Record<string, string> = {}
  if (status !== 204) {
    headers['content-type'] = contentTypes[envelope.protocol]
    headers['content-length'] = String(Buffer.byteLength(body))
  }
  if (error !== undefined && envelope.protocol === 'rest') headers['x-amzn-errortype'] = error
  // The colon is on the wire too [REC: amplify-swift 2864, 2023-04].
  if (error !== undefined && envelope.protocol === 'json') headers['x-amzn-errortype'] = `${error}:`
  return { status, body, headers }
}

function send(response: ServerResponse, outcome: Outcome, requestId: string, closing: boolean): void {
  if (outcome === 'drop') {
    response.destroy()
    return
  }
  if (closing) response.setHeader('connection', 'close')
  response.writeHead(outcome.status, { ...outcome.headers, 'x-amzn-requestid': requestId })
  if (!outcome.truncated) return void response.end(outcome.body)
  const half = Buffer.from(outcome.body).subarray(0, Buffer.byteLength(outcome.body) >> 1)
  response.write(half, () => response.destroy())
}

function drop(response: ServerResponse): () => void {
  return () => response.destroy()
}
