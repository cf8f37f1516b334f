// Waiting for AWS: for what a call names to be known, and for what it brought about to be there.
import { type AwsError, awsError, isAwsError, isDenied, isMissing, isNamed } from '../aws/errors.ts'
import type { Clock } from '../aws/retry.ts'
import type { Aws, Call, Json, JsonObject } from '../model.ts'
import { at } from '../values/canonical.ts'

type Until = NonNullable<Call['until']>

export interface Waits {
  /** tries again while AWS still has to hear of what the call names */
  patiently<T>(call: Call, send: () => Promise<T>): Promise<T>
  /** reads until a value is there (in the item of a list that has the members `by`), or time is up: a failure unless the wait is soft */
  waitFor(until: Until, input: JsonObject, by: JsonObject): Promise<void>
}

/** Waits on a clock; none of them goes on once `signal` says to stop. */
export const makeWaits = (aws: Aws, { clock, signal }: { clock: Clock; signal?: AbortSignal }): Waits => {
  const stopped = new Promise(resolve => signal?.addEventListener('abort', resolve, { once: true }))
  const pause = (ms: number) => Promise.race([clock.sleep(ms), stopped])

  const look = async (until: Until, input: JsonObject, by: JsonObject): Promise<Json> => {
    try {
      const output = await aws.send(until.operation, input)
      return at(until.item === undefined ? output : itemOf(output, until.item.list, by), until.path) ?? null
    } catch (error) {
      if (!isAwsError(error)) throw error
      // who may not look cannot wait
      if (until.soft && isDenied(error)) return until.in[0] ?? null
      if (isMissing(error)) return null
      throw error
    }
  }

  return {
    patiently: async (call, send) => {
      const end = clock.now() + (call.retryOn?.within ?? 0) * 1000
      for (let wait = 1000; ; wait = Math.min(wait * 2, 8000)) {
        try {
          return await send()
        } catch (error) {
          const passes =
            isAwsError(error) && call.retryOn !== undefined && isNamed(error, call.retryOn.errors)
          if (!passes || signal?.aborted || clock.now() + wait > end) throw error
          await pause(wait)
        }
      }
    },
    waitFor: async (until, input, by) => {
      const end = clock.now() + until.within * 1000
      for (let wait = 500; ; wait = Math.min(wait * 2, 5000)) {
        const value = await look(until, input, by)
        if (until.in.includes(value)) return
        const late = clock.now() + wait > end
        if (late || signal?.aborted) {
          if (until.soft) return
          throw late ? timedOut(until, value) : notWaitedFor(until)
        }
        await pause(wait)
      }
    },
  }
}

/** The item of a list that has these members; nothing where there is none. */
const itemOf = (output: JsonObject, list: string, by: JsonObject): JsonObject =>
  ((output[list] ?? []) as JsonObject[]).find(item =>
    Object.entries(by).every(([member, value]) => item[member] === value),
  ) ?? {}

const timedOut = ({ operation, path, within }: Until, value: Json): AwsError =>
  awsError({
    code: 'TimedOut',
    message: `${path} is still ${String(value)} after ${within} seconds`,
    operation,
    unknownOutcome: false,
  })

const notWaitedFor = ({ operation }: Until): AwsError =>
  awsError({
    code: 'Interrupted',
    message: 'sent, and not waited for any longer',
    operation,
    unknownOutcome: false,
  })
