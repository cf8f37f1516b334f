// Secrets taken out of texts, however a machine has spelt them.
//
// A list of spellings has an end, so a text is read back instead: escapes are undone (of URLs, forms, JSON, HTML,
// XML, quoted-printable, to any depth), and then white space, back slashes and case are dropped, on both sides alike.
// Encodings of the whole (base64, base32, hex, lists of bytes, backwards) are looked for in what is left. The work
// is in proportion to the text, however many secrets there are.

export interface Redactor {
  /** from now on this is taken out; what is shorter than six characters only with `short` */
  hide(secret: string): void
  text(text: string): string
}

/** Shorter ones would black out half of every text, and protect nothing. */
const shortest = 6
/** A part of a secret (a line of a key, a member of an object) that is shorter may be a word. */
const shortestPart = 16
/** Escapes inside escapes: more is nobody's accident. */
const depth = 6

/** A text read back: bytes as characters, and from where to where each stood in the text. */
interface Strand {
  bytes: string
  from: Int32Array
  to: Int32Array
}

/** What each piece of a strand is replaced by; `undefined`: it stays. */
const rewritten = (
  strand: Strand,
  pattern: RegExp,
  bytesOf: (found: RegExpExecArray) => string | undefined,
): Strand => {
  const { bytes, from, to } = strand
  const [starts, ends] = [new Int32Array(bytes.length), new Int32Array(bytes.length)]
  const pieces: string[] = []
  let [length, last] = [0, 0]
  const keep = (end: number) => {
    pieces.push(bytes.slice(last, end))
    starts.set(from.subarray(last, end), length)
    ends.set(to.subarray(last, end), length)
    length += end - last
  }
  for (const found of bytes.matchAll(pattern)) {
    const made = bytesOf(found)
    if (made === undefined) continue
    keep(found.index)
    last = found.index + found[0].length
    pieces.push(made)
    for (let index = 0; index < made.length; index++) {
      starts[length] = from[found.index] as number
      ends[length] = to[last - 1] as number
      length += 1
    }
  }
  if (last === 0) return strand
  keep(bytes.length)
  return { bytes: pieces.join(''), from: starts.subarray(0, length), to: ends.subarray(0, length) }
}

const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

const strandOf = (text: string): Strand => {
  const bytes = utf8(text)
  const [from, to] = [new Int32Array(bytes.length), new Int32Array(bytes.length)]
  if (bytes.length === text.length) {
    for (let at = 0; at < bytes.length; at++) {
      from[at] = at
      to[at] = at + 1
    }
    return { bytes, from, to }
  }
  let [at, source] = [0, 0]
  for (const character of text) {
    const end = at + Buffer.byteLength(character)
    from.fill(source, at, end)
    to.fill(source + character.length, at, end)
    at = end
    source += character.length
  }
  return { bytes, from, to }
}

/** The names that HTML has for characters of ASCII. */
const named: { [name: string]: string } = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  excl: '!',
  num: '#',
  dollar: '$',
  percnt: '%',
  lpar: '(',
  rpar: ')',
  ast: '*',
  midast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lsqb: '[',
  lbrack: '[',
  bsol: '\\',
  rsqb: ']',
  rbrack: ']',
  hat: '^',
  lowbar: '_',
  grave: '`',
  lcub: '{',
  lbrace: '{',
  verbar: '|',
  vert: '|',
  rcub: '}',
  rbrace: '}',
  nbsp: ' ',
  tab: '\t',
  newline: '\n',
}

const escapes =
  /\\u(d[89ab][0-9a-f]{2})\\{1,64}u(d[c-f][0-9a-f]{2})|(?:\\u\{([0-9a-f]{1,6})\}|(?:\\|%)u([0-9a-f]{4})|&#x0{0,6}([0-9a-f]{1,6});?)|(?:\\x|%)([0-9a-f]{2})|\\([0-3][0-7]{2})|&#0{0,6}(\d{1,7});?|&([a-z]{2,7});|\\[nrtbfv]/gi
const quoted = /=([0-9a-f]{2})|=[ \t]{0,8}\r?\n/gi

const character = (code: number): string | undefined =>
  code > 0x10_ff_ff || (code >= 0xd8_00 && code <= 0xdf_ff) ? undefined : utf8(String.fromCodePoint(code))

const unescaped = (found: RegExpExecArray): string | undefined => {
  const [, high, low, braced, four, entity, byte, octal, decimal, name] = found
  if (high !== undefined && low !== undefined)
    return utf8(String.fromCharCode(Number.parseInt(high, 16), Number.parseInt(low, 16)))
  const wide = braced ?? four ?? entity
  if (wide !== undefined) return character(Number.parseInt(wide, 16))
  if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16))
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8))
  if (decimal !== undefined) return character(Number(decimal))
  return name === undefined
    ? '\n'
    : Object.hasOwn(named, name.toLowerCase())
      ? named[name.toLowerCase()]
      : undefined
}

const unquoted = ([, byte]: RegExpExecArray): string =>
  byte === undefined ? '' : String.fromCharCode(Number.parseInt(byte, 16))

/** A space is `+` in a form, and lines are folded anywhere. */
const loose = /[\u0000-\u0020\u007f\\+]+/g
/** What stands between the bytes of a dump. */
const between = /0x|[:;,._-]/g

const lower = (bytes: string): string => bytes.replace(/[A-Z]+/g, letters => letters.toLowerCase())

const squeezed = (strand: Strand): Strand => {
  const left = rewritten(strand, loose, () => '')
  return { ...left, bytes: lower(left.bytes) }
}

/** Every reading of a text: as it is, and with one more layer of escapes undone each time. */
const readingsOf = (text: string): Strand[] => {
  const layers = (first: Strand): Strand[] => {
    const found = [first]
    for (let round = 0; round < depth; round++) {
      const last = found.at(-1) as Strand
      const next = rewritten(last, escapes, unescaped)
      if (next === last) break
      found.push(next)
    }
    return found
  }
  const first = strandOf(text)
  const mail = rewritten(first, quoted, unquoted)
  const all = [...layers(first), ...(mail === first ? [] : layers(mail))].map(squeezed)
  const dumps = all.flatMap(strand => {
    const left = rewritten(strand, between, () => '')
    return left === strand ? [] : [left]
  })
  return [...all, ...dumps]
}

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
interface Form {
  bytes: string
  wide: boolean
}

const formsOf = (secret: string): Form[] => {
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
        if (/[\w/=-]/.test(bytes[first - 1] ?? '')) first -= 1
        if (/[\w/=-]/.test(bytes[last + 1] ?? '')) last += 1
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
