// Faults that a test orders: errors, dropped connections, delays, changed and broken replies.
import { type Members, ServiceError } from './service.ts'

export interface Fault {
  when: {
    service?: string
    operation?: string
    /** only the nth request, from 1, that matches since the fault was injected */
    nth?: number
  }
  then: FaultAction
  /** how many requests it strikes; without it, every matching one until removed */
  times?: number
}

export type FaultAction =
  | { error: { code: string; message: string; status?: number } }
  /** closes the connection before acting, or after acting but before replying */
  | { drop: 'before' | 'after' }
  /** milliseconds before acting */
  | { delay: number }
  /** waits before acting, or after acting and before replying: for whatever a test does meanwhile */
  | { hold: 'before' | 'after'; until: () => Promise<unknown> }
  | { mutate: (response: Members) => Members }
  /** acts, begins to reply, and closes the connection halfway through the body */
  | { truncate: true }
  /** replies with this text instead, as a proxy on the way does; `acts`: after acting */
  | { answer: { status: number; type: string; body: string }; acts: boolean }

interface Planted {
  fault: Fault
  seen: number
  struck: number
}

export interface Faults {
  inject(fault: Fault): () => void
  /** the actions that strike this request; counts it */
  strike(service: string, operation: string): FaultAction[]
}

export function makeFaults(): Faults {
  const planted = new Set<Planted>()
  return {
    inject(fault) {
      const entry = { fault, seen: 0, struck: 0 }
      planted.add(entry)
      return () => void planted.delete(entry)
    },
    strike(service, operation) {
      return [...planted].filter(entry => strikes(entry, service, operation)).map(entry => entry.fault.then)
    },
  }
}

function strikes(entry: Planted, service: string, operation: string): boolean {
  const { when, times } = entry.fault
  if (when.service !== undefined && when.service !== service) return false
  if (when.operation !== undefined && when.operation !== operation) return false
  entry.seen += 1
  if (when.nth !== undefined && when.nth !== entry.seen) return false
  if (times !== undefined && entry.struck >= times) return false
  entry.struck += 1
  return true
}

/** Throws the error that was ordered, if one was. */
export function raiseFault(actions: FaultAction[]): void {
  for (const action of actions) {
    if ('error' in action) {
      throw new ServiceError(action.error.code, action.error.message, action.error.status ?? 400)
    }
  }
}

/** Waits for what a test does before the request is acted on, or afterwards. */
export async function hold(actions: FaultAction[], when: 'before' | 'after'): Promise<void> {
  for (const action of actions) if ('hold' in action && action.hold === when) await action.until()
}
