// What can happen to a request on its way, and passes when it is sent again.
import type { Fault, FaultAction, Sandbox } from '../../src/sandbox/index.ts'

const error = (code: string, message: string, status = 400): FaultAction => ({
  error: { code, message, status },
})
const page = { status: 503, type: 'text/html', body: '<html><h1>503 Service Unavailable</h1></html>' }

export const passing: { [name: string]: FaultAction } = {
  'too many requests': error('TooManyRequestsException', 'Rate exceeded'),
  'throttled as IAM does it': error('Throttling', 'Rate exceeded'),
  'throttled with 429': error('SlowDown', 'Please reduce your request rate.', 429),
  'another writer at that moment': error(
    'ConcurrentModificationException',
    'Only one request to update user pool client can be processed at a time.',
  ),
  'a fault of the server': error('InternalErrorException', 'Something went wrong', 500),
  'a page of a proxy, in place of the request': { answer: page, acts: false },
  'a page of a proxy, in place of the reply': { answer: page, acts: true },
  'a connection closed before the request arrived': { drop: 'before' },
  'a lost reply': { drop: 'after' },
  'half a reply': { truncate: true },
  'a reply that is no JSON': {
    answer: { status: 200, type: 'application/x-amz-json-1.1', body: '{"half":' },
    acts: true,
  },
}

/** A fault that strikes the nth request from now on, of one operation or whatever it is. */
export const atRequest = (nth: number, action: FaultAction, operation?: string): Fault => ({
  when: { nth, ...(operation !== undefined && { operation }) },
  // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
  then: action,
  times: 1,
})

/** A fault that strikes every request, or every one of an operation. */
export const atEvery = (action: FaultAction, operation?: string): Fault => ({
  when: operation === undefined ? {} : { operation },
  // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
  then: action,
})

/** Runs something while the nth request meets a fault; throws when there was no such request. */
export const whileStruck = async <T>(
  sandbox: Sandbox,
  nth: number,
  action: FaultAction,
  work: () => Promise<T>,
): Promise<T> => {
  let struck = false
  const until = async () => {
    struck = true
  }
  const heals = [atRequest(nth, { hold: 'before', until }), atRequest(nth, action)].map(sandbox.inject)
  const answer = await work()
  for (const heal of heals) heal()
  if (!struck) throw new Error(`there was no request ${nth}`)
  return answer
}
