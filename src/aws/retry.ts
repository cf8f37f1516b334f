// Trying again: what is worth it, how often, how long between.
import { type AwsError, isConcurrent, isSkewed, isThrottled } from './errors.ts'

export interface Clock {
  /** milliseconds since 1970 */
  now(): number
  /** waits that many milliseconds */
  sleep(ms: number): Promise<void>
  /** from 0 up to, not including, 1 */
  random(): number
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  random: () => Math.random(),
}

const attempts = 8
const firstWait = 400
const longestWait = 10_000

/**
 * Runs a request again while AWS says it was too much or somebody else was writing, and, if repeating is
 * harmless, while its outcome is unknown. A request that creates is never repeated blindly: whoever sent it must
 * look first. Waits grow exponentially with full jitter.
 */
export const withRetries = async <T>(
  request: () => Promise<T>,
  asAwsError: (error: unknown) => AwsError | undefined,
  options: {
    repeatable: boolean
    clock: Clock
    /** how often at most, after such an error */
    most?: (error: AwsError) => number
  },
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request()
    } catch (thrown) {
      const error = asAwsError(thrown)
      if (error === undefined) throw thrown
      // of an answer about the time the SDK learns what time it is, and signs the next request right
      const again =
        isThrottled(error) ||
        isConcurrent(error) ||
        (isSkewed(error) && attempt === 1) ||
        (error.unknownOutcome && options.repeatable)
      if (!again || attempt >= Math.min(attempts, options.most?.(error) ?? attempts)) throw error
      const most = Math.min(longestWait, firstWait * 2 ** (attempt - 1))
      await options.clock.sleep(most / 2 + (most / 2) * options.clock.random())
    }
  }
}
