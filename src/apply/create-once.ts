// Making something once, though replies get lost.
import { isAwsError } from '../aws/errors.ts'
import type { Clock } from '../aws/retry.ts'

/** How often something is asked for. */
const attempts = 4

/**
 * Asks for something to be made. While nobody knows whether it was, looks before asking again, and waits before
 * looking: AWS may not show at once what it has made. Throws what the last attempt threw.
 */
export const once = async <T>(
  ask: () => Promise<T>,
  look: () => Promise<T | undefined>,
  clock: Clock,
): Promise<T> => {
  let inDoubt = false
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (!isAwsError(error)) throw error
      inDoubt ||= error.unknownOutcome
      if (!inDoubt) throw error
      await clock.sleep(1000 * 2 ** attempt)
      const made = await look()
      if (made !== undefined) return made
      if (!error.unknownOutcome || attempt === attempts) throw error
    }
  }
}
