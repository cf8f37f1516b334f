// Makes ids and secrets that look like AWS's.
import type { Random } from '../random.ts'

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The Region and nine characters [REC: 32 ids, 2017 to 2026]. */
export function makePoolId(region: string, random: Random): string {
  return `${region}_${drawFrom(letters, 9, random)}`
}

/** A 128-bit number in base 32 without leading zeros: 25 or 26 characters [REC: 25 ids]. */
export function makeClientId(random: Random): string {
  for (;;) {
    const id = makeNumber(128, random)
    if (id.length >= 25) return id
  }
}

/** A 256-bit number in base 32: 51 characters, or 52 that begin with 1 [REC: 2017 to 2025]. */
export function makeClientSecret(random: Random): string {
  for (;;) {
    const secret = makeNumber(256, random)
    if (secret.length >= 51) return secret
  }
}

export function makeCloudFrontDomain(random: Random): string {
  return `d${drawFrom('0123456789abcdefghijklmnopqrstuvwxyz', 13, random)}.cloudfront.net`
}

/** Text in the manner of a DER certificate in base64; it is nobody's certificate. */
export function makeCertificate(random: Random): string {
  return `MIICvTCCAaWgAwIBAgIJA${drawFrom(letters, 299, random)}`
}

function makeNumber(bits: number, random: Random): string {
  let value = 0n
  for (let done = 0; done < bits; done += 16) value = (value << 16n) | BigInt(random(65536))
  return value.toString(32)
}

function drawFrom(alphabet: string, length: number, random: Random): string {
  return Array.from({ length }, () => alphabet.charAt(random(alphabet.length))).join('')
}
