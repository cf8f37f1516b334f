// A clock that a test owns: time passes only when everybody sleeps, so that minutes take milliseconds.
import type { Clock } from '../../src/aws/retry.ts'

export interface VirtualClock extends Clock {
  /** time stands still until the work is done; work that sleeps does not hold it up */
  during<T>(work: () => Promise<T>): Promise<T>
  /** a sleep of work that time would stand still for */
  nap(milliseconds: number): Promise<void>
}

/** Starts at `start`, milliseconds since 1970. */
export const virtualClock = (start = Date.parse('2026-11-21T08:00:00Z')): VirtualClock => {
  let now = start
  let busy = 0
  const sleepers = new Map<number, (() => void)[]>()

  const wake = (): void => {
    if (busy > 0 || sleepers.size === 0) return
    now = Math.min(...sleepers.keys())
    const due = sleepers.get(now) ?? []
    sleepers.delete(now)
    for (const up of due) up()
    rest()
  }
  // everything that follows from what has happened happens first
  const rest = (): void => void setImmediate(() => setImmediate(wake))

  const sleep = (milliseconds: number): Promise<void> =>
    new Promise(resolve => {
      const at = now + Math.max(0, milliseconds)
      sleepers.set(at, [...(sleepers.get(at) ?? []), resolve])
      rest()
    })
  return {
    now: () => now,
    random: () => 0.5,
    sleep,
    during: async work => {
      busy += 1
      try {
        return await work()
      } finally {
        busy -= 1
        rest()
      }
    },
    nap: async milliseconds => {
      busy -= 1
      await sleep(milliseconds)
      busy += 1
    },
  }
}
