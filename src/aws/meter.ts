// A meter: how much of one quota is used, and when there is room for the next request.
//
// Requests may go at once after a rest, as many as a second allows. Then they go evenly, so that one that is late
// on its way does not meet the ones behind it. When AWS refuses all the same, because others use the quota too,
// the rate is halved, and climbs back bit by bit.
import type { Limit } from './quotas.ts'

export interface Meter {
  readonly rate: number
  /** when the last requests were sent, as many as count, the newest last; milliseconds */
  sent: number[]
  /** the share of the rate that was left when it was last cut, and when that was */
  share: number
  cutAt: number
  /** the last refusal, and which lane's request it was */
  refused?: { at: number; lane: string }
  /** requests that wait */
  waiting: number
}

/** The share of the rate that returns in a second. */
const recovery = 0.05
/** The least share. */
const least = 0.1

export const newMeter = ({ rate }: Limit): Meter => ({
  rate,
  sent: [],
  share: 1,
  cutAt: Number.NEGATIVE_INFINITY,
  waiting: 0,
})

const shareAt = ({ share, cutAt }: Meter, now: number): number =>
  share === 1 ? 1 : Math.min(1, share + (recovery * (now - cutAt)) / 1000)

/** How many requests count, and for how long (milliseconds). */
const windowAt = (meter: Meter, now: number) => {
  const rate = meter.rate * shareAt(meter, now)
  const count = Math.max(1, Math.floor(rate))
  return { count, length: (1000 * count) / rate }
}

/** When there is room for one more; a time that is past, if there is now. Milliseconds. */
export const freeAt = (meter: Meter, now: number): number => {
  const { count, length } = windowAt(meter, now)
  const [last, first] = [meter.sent.at(-1), meter.sent.at(-count)]
  // a clock that was put back says nothing about when they were sent
  if (last === undefined || last > now) return now
  const isCut = shareAt(meter, now) < 1
  const even = last + length / count
  const isBusy = isCut || (first !== undefined && first > now - 2 * length)
  return Math.max(
    first === undefined ? now : first + length,
    isBusy ? even : now,
    // what was refused is left alone for as long as it counts
    isCut ? meter.cutAt + 1000 : now,
  )
}

/** Notes that one was sent. */
export const count = (meter: Meter, now: number): void => {
  meter.sent.push(now)
  if (meter.sent.length > meter.rate) meter.sent.shift()
}

/** Halves the rate, unless that has happened since the refused request was sent. */
export const cut = (meter: Meter, sentAt: number, now: number): void => {
  if (sentAt < meter.cutAt) return
  meter.share = Math.max(least, shareAt(meter, now) / 2)
  meter.cutAt = now
}

/** How long what waits will take to be sent, if nothing more is refused. Milliseconds. */
export const backlog = (meter: Meter, now: number): number =>
  (1000 * meter.waiting) / (meter.rate * shareAt(meter, now))
