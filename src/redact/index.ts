// Secrets taken out of texts, however a machine has spelt them.
//
// A list of spellings has an end, so a text is read back instead: escapes are undone (of URLs, forms, JSON, HTML,
// XML, quoted-printable, to any depth), and then white space, back slashes and case are dropped, on both sides alike.
// Encodings of the whole (base64, base32, hex, lists of bytes, backwards) are looked for in what is left. The work
// is in proportion to the text, however many secrets there are.

import { type Form, formsOf, shortest } from './forms.ts'
import { readingsOf, type Strand } from './readings.ts'

export interface Redactor {
  /** from now on this is taken out; what is shorter than six characters only with `short` */
  hide(secret: string): void
  text(text: string): string
}

/** Secrets by the first characters of their forms and then by length, so that a text is gone through once for all. */
interface Index {
  grams: Map<string, Map<number, Map<string, Form>>>
  /** which hashes of first characters there are */
  known: Uint8Array
}

const hashAt = (bytes: string, at: number): number => {
  let hash = 0
  for (let index = at; index < at + shortest; index++)
    hash = (Math.imul(hash, 31) + bytes.charCodeAt(index)) & 0xff_ff
  return hash
}

const learn = ({ grams, known }: Index, secret: string): void => {
  for (const form of formsOf(secret)) {
    const gram = form.bytes.slice(0, shortest)
    const lengths = grams.get(gram) ?? new Map<number, Map<string, Form>>()
    const alike = lengths.get(form.bytes.length) ?? new Map<string, Form>()
    grams.set(gram, lengths.set(form.bytes.length, alike.set(form.bytes, form)))
    known[hashAt(gram, 0)] = 1
  }
}

type Range = [from: number, to: number]

const found = ({ grams, known }: Index, { bytes, from, to }: Strand): Range[] => {
  const ranges: Range[] = []
  for (let at = 0; at + shortest <= bytes.length; at++) {
    if (known[hashAt(bytes, at)] === 0) continue
    for (const [length, alike] of grams.get(bytes.slice(at, at + shortest)) ?? []) {
      const form = alike.get(bytes.slice(at, at + length))
      if (form === undefined) continue
      let [first, last] = [at, at + form.bytes.length - 1]
      // the first and the last of its letters carry bits of what is beside them
      for (let more = 0; form.wide && more < 4; more++) {
        if (from[first] === to[first - 1] && /[\w/=-]/.test(bytes[first - 1] ?? '')) first -= 1
        if (to[last] === from[last + 1] && /[\w/=-]/.test(bytes[last + 1] ?? '')) last += 1
      }
      ranges.push([from[first] as number, to[last] as number])
    }
  }
  return ranges
}

/** The text with every range replaced; ranges that touch are one. */
const without = (text: string, ranges: Range[], mark: string): string => {
  const pieces: string[] = []
  let last = 0
  let open = false
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (!open || from > last) pieces.push(text.slice(last, from), mark)
    open = true
    last = Math.max(last, to)
  }
  return [...pieces, text.slice(last)].join('')
}

const escapedForRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `mark` stands for what was taken out; `short`: secrets of less than six characters too, where they stand alone. */
export const openRedactor = (mark: string, { short = false } = {}): Redactor => {
  const index: Index = { grams: new Map(), known: new Uint8Array(0x1_00_00) }
  const secrets = new Set<string>()
  const words = new Map<string, RegExp>()
  // most runs have no text to clean
  const unlearnt: string[] = []
  return {
    hide: secret => {
      if (secret === '' || secrets.has(secret)) return
      secrets.add(secret)
      unlearnt.push(secret)
      if (short && secret.length < shortest)
        words.set(
          secret,
          new RegExp(`(?<![\\p{L}\\p{N}])${escapedForRegExp(secret)}(?![\\p{L}\\p{N}])`, 'gu'),
        )
    },
    text: text => {
      for (const secret of unlearnt.splice(0)) learn(index, secret)
      const ranges = index.grams.size === 0 ? [] : readingsOf(text).flatMap(strand => found(index, strand))
      const left = ranges.length === 0 ? text : without(text, ranges, mark)
      return [...words.values()].reduce((all, word) => all.replace(word, () => mark), left)
    },
  }
}
