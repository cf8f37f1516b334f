// What a secret looks like in a text that was read back: itself, and its encodings.
import { lower, readingsOf, squeezed, strandOf } from './readings.ts'

/** Shorter ones would black out half of every text, and protect nothing. */
export const shortest = 6
/** A part of a secret (a line of a key, a member of an object) that is shorter may be a word. */
const shortestPart = 16

/** The texts whose encodings are looked for: the secret, the lines of a key, and what a JSON object holds. */
const partsOf = (secret: string): string[] => {
  const lines = secret.split(/\r?\n/)
  const long = [...(lines.length > 1 ? lines : []), ...leavesOf(secret)].filter(
    part => part.length >= shortestPart && !part.startsWith('-----'),
  )
  return [...new Set([secret, secret.trim(), ...long])]
}

const leavesOf = (secret: string): string[] => {
  if (!/^\s*[[{]/.test(secret)) return []
  const walk = (value: unknown): string[] =>
    typeof value === 'string'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(walk)
        : []
  try {
    return walk(JSON.parse(secret))
  } catch {
    return []
  }
}

/** The middle of base64 that is the same whatever stands before and after, for each of three beginnings. */
const base64Of = (bytes: Buffer): string[] =>
  [0, 1, 2].flatMap(before => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    const uneven = (bytes.length + before) % 3
    const core = whole.slice(before === 0 ? 0 : before + 1, uneven === 0 ? undefined : uneven - 4)
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
  })

const base32Of = (bytes: Buffer): string => {
  const bits = [...bytes].map(byte => byte.toString(2).padStart(8, '0')).join('')
  return [...bits.matchAll(/.{5}/g)]
    .map(([five]) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)])
    .join('')
}

const htmlOf = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    found => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[found]};`,
  )

const urlOf = (text: string): string => encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))

/** What to look for in a reading; `wide`: its edges are shared with what stands beside it. */
export interface Form {
  bytes: string
  wide: boolean
}

export const formsOf = (secret: string): Form[] => {
  const forms: Form[] = []
  const add = (bytes: string, wide = false) => {
    if (bytes.length >= shortest) forms.push({ bytes, wide })
  }
  for (const part of partsOf(secret)) {
    const bytes = Buffer.from(part, 'utf8')
    for (const { bytes: read } of readingsOf(part)) {
      add(read)
      // an escape before it may have swallowed its beginning
      for (const cut of [1, 2]) if (read.length >= 2 * shortest) add(read.slice(cut))
    }
    add(squeezed(strandOf([...part].reverse().join(''))).bytes)
    add([...bytes].join(','))
    add(base32Of(bytes))
    const json = JSON.stringify(part).slice(1, -1)
    const inner = [
      bytes,
      Buffer.from(part, 'utf16le'),
      Buffer.from(part, 'utf16le').swap16(),
      ...[
        json,
        JSON.stringify(json).slice(1, -1),
        urlOf(part),
        urlOf(part).replaceAll('%20', '+'),
        htmlOf(part),
        bytes.toString('hex'),
        ...new Set(base64Of(bytes)),
      ].map(text => Buffer.from(text, 'utf8')),
    ]
    for (const each of inner) {
      add(each.toString('hex'))
      for (const text of base64Of(each)) add(lower(text).replaceAll('+', ''), true)
    }
  }
  return forms
}
