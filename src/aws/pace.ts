// Pacing: all requests of a run wait here, so that they sit on AWS's quotas and do not bounce off them.
import type { JsonObject } from '../model.ts'
import { backlog, count, cut, freeAt, type Meter, newMeter } from './meter.ts'
import { type Limit, limitsOf, poolChangedBy } from './quotas.ts'
import type { Clock } from './retry.ts'

export interface Pace {
  /** runs a request when its turn has come; quotas are a Region's */
  run<T>(operation: string, input: JsonObject, request: () => Promise<T>, region?: string): Promise<T>
  /** how long it will take until what waits now has been sent, if nothing is refused; milliseconds */
  left(): number
}

export interface PaceOptions {
  clock: Clock
  /** whether AWS refused a request because there were too many */
  isThrottle: (error: unknown) => boolean
}

interface Waiting {
  /** the pool that it changes */
  changes: string | undefined
  start: () => Promise<unknown>
}

/** Requests that count against the same quotas, first come, first served. */
interface Lane {
  name: string
  meters: Meter[]
  waiting: Waiting[]
  flying: number
}

interface Rules {
  limitsOf: (operation: string, input: JsonObject, region: string) => Limit[]
  /** at most this many of a lane are under way at once */
  together: number
}

/** AWS's documented quotas. */
export const awsPace = (options: PaceOptions): Pace => pacedBy({ limitsOf, together: 10 }, options)

/** No waiting but for the machine's own sake: for emulators, which have no quotas. */
export const noPace = (options: PaceOptions): Pace => pacedBy({ limitsOf: () => [], together: 16 }, options)

/** Requests that change a pool go one at a time. */
const pacedBy = (rules: Rules, { clock, isThrottle }: PaceOptions): Pace => {
  const meters = new Map<string, Meter>()
  /** the lane that has waited longest comes first */
  const lanes = new Map<string, Lane>()
  const changing = new Set<string>()
  let alarm = Number.POSITIVE_INFINITY

  const meterOf = (limit: Limit): Meter => {
    const meter = meters.get(limit.name) ?? newMeter(limit)
    meters.set(limit.name, meter)
    return meter
  }

  const laneOf = (operation: string, input: JsonObject, region: string): Lane => {
    const limits = rules.limitsOf(operation, input, region)
    const name = limits[0]?.name ?? poolChangedBy(operation, input) ?? ''
    return lanes.get(name) ?? { name, meters: limits.map(meterOf), waiting: [], flying: 0 }
  }

  /** Sends whatever may go now, a request of each lane in turn, and sets the alarm for the next. */
  const pump = (): void => {
    const now = clock.now()
    let next = Number.POSITIVE_INFINITY
    for (let moved = true; moved; ) {
      moved = false
      next = Number.POSITIVE_INFINITY
      for (const lane of [...lanes.values()]) {
        const at = turnOf(lane, now)
        if (at <= now) {
          send(lane, now)
          moved = true
        } else next = Math.min(next, at)
      }
    }
    if (next >= alarm) return
    alarm = next
    void clock.sleep(Math.ceil(next - now)).then(() => {
      if (alarm === next) alarm = Number.POSITIVE_INFINITY
      pump()
    })
  }

  /** When the first request of a lane may go; never, as long as another request must end first. */
  const turnOf = (lane: Lane, now: number): number => {
    const [first] = lane.waiting
    const mustWait =
      first === undefined ||
      lane.flying >= rules.together ||
      (first.changes !== undefined && changing.has(first.changes))
    if (mustWait) return Number.POSITIVE_INFINITY
    return Math.max(now, ...lane.meters.map(meter => freeAt(meter, now)))
  }

  const send = (lane: Lane, now: number): void => {
    const first = lane.waiting.shift() as Waiting
    // to the end of the line
    lanes.delete(lane.name)
    lanes.set(lane.name, lane)
    lane.flying += 1
    if (first.changes !== undefined) changing.add(first.changes)
    for (const meter of lane.meters) {
      count(meter, now)
      meter.waiting -= 1
    }
    const end = () => {
      lane.flying -= 1
      if (first.changes !== undefined) changing.delete(first.changes)
      if (lane.flying === 0 && lane.waiting.length === 0) lanes.delete(lane.name)
      pump()
    }
    first.start().then(end, error => {
      if (isThrottle(error)) slow(lane, now)
      end()
    })
  }

  /** The narrowest quota is to blame; a wider one too, once requests of another lane under it are refused. */
  const slow = ({ name, meters: [narrow, ...wider] }: Lane, sentAt: number): void => {
    const now = clock.now()
    if (narrow) cut(narrow, sentAt, now)
    for (const meter of wider) {
      const { refused } = meter
      if (refused && refused.lane !== name && now - refused.at < 1000) cut(meter, sentAt, now)
      meter.refused = { at: now, lane: name }
    }
  }

  return {
    run: (operation, input, request, region = '') =>
      new Promise((resolve, reject) => {
        const lane = laneOf(operation, input, region)
        const start = () => {
          const running = request()
          running.then(resolve, reject)
          return running
        }
        lane.waiting.push({ changes: poolChangedBy(operation, input), start })
        lanes.set(lane.name, lane)
        for (const meter of lane.meters) meter.waiting += 1
        pump()
      }),
    left: () => {
      const now = clock.now()
      return Math.max(0, ...[...meters.values()].map(meter => backlog(meter, now)))
    },
  }
}
