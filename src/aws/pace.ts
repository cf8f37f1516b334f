// Pacing: requests wait here so that they never collide with AWS's documented quotas.
import PQueue from 'p-queue'
import type { JsonObject } from '../model.ts'

/** Requests a second for each operation on one pool (Cognito developer guide, quotas). */
const perPool = 5
/** Requests a second of IAM and of identity pools, for which AWS publishes no figure: a polite one. */
const elsewhere = 10
/** At most this many at once, whatever the rate. */
const together = 16

export interface Pace {
  /** runs a request when its turn has come */
  run<T>(operation: string, input: JsonObject, request: () => Promise<T>): Promise<T>
}

/** One queue per operation and pool, so that five a second are sent and the sixth waits. */
export const awsPace = (): Pace => {
  const queues = new Map<string, PQueue>()
  const all = new PQueue({ concurrency: together })
  return {
    run: (operation, input, request) => {
      const pool = input['UserPoolId']
      const name = typeof pool === 'string' ? `${operation} ${pool}` : operation.split(':')[0]!
      const cap = typeof pool === 'string' ? perPool : elsewhere
      const queue = queues.get(name) ?? new PQueue({ intervalCap: cap, interval: 1000 })
      queues.set(name, queue)
      return queue.add(() => all.add(request)) as Promise<never>
    },
  }
}

/** No waiting: for emulators, which have no quotas. */
export const noPace = (): Pace => {
  const all = new PQueue({ concurrency: together })
  return { run: (_operation, _input, request) => all.add(request) as Promise<never> }
}
