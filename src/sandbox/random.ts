// Randomness that can be replayed: the same seed gives the same ids.
import { randomInt } from 'node:crypto'

/** A whole number from 0 up to, not including, `below`. */
export type Random = (below: number) => number

/** Truly random numbers without a seed; with one, the mulberry32 sequence of that seed. */
export function makeRandom(seed?: number): Random {
  if (seed === undefined) return below => randomInt(below)
  let state = seed >>> 0
  return below => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** A version 4 UUID made of the given randomness. */
export function makeUuid(random: Random): string {
  const digits = Array.from({ length: 32 }, (_, index) => {
    if (index === 12) return '4'
    return (index === 16 ? 8 + random(4) : random(16)).toString(16)
  }).join('')
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-')
}
