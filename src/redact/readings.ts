// A text read back: every layer of escapes undone, and what separates left out, with the way back to the text.

/** Escapes inside escapes: more is nobody's accident. */
const depth = 6

/** A text read back: bytes as characters, and from where to where each stood in the text. */
export interface Strand {
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

export const strandOf = (text: string): Strand => {
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

export const lower = (bytes: string): string => bytes.replace(/[A-Z]+/g, letters => letters.toLowerCase())

export const squeezed = (strand: Strand): Strand => {
  const left = rewritten(strand, loose, () => '')
  return { ...left, bytes: lower(left.bytes) }
}

/** Every reading of a text: as it is, and with one more layer of escapes undone each time. */
export const readingsOf = (text: string): Strand[] => {
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
