// One function takes secrets out of texts: any secret, in every spelling that machines use, spelt again and again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openRedactor } from '../../src/redact/index.ts'

const fixed = process.env['COGSYNC_PROPERTY_SEED']
const seed = fixed === undefined ? 11 : Number(fixed)
const numRuns = Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? 60)

const eachByte = (text: string, spell: (byte: number) => string) =>
  [...Buffer.from(text, 'utf8')].map(spell).join('')
const eachCharacter = (text: string, spell: (code: number, character: string) => string) =>
  [...text].map(one => spell(one.codePointAt(0) ?? 0, one)).join('')
const eachUnit = (text: string, spell: (unit: number) => string) =>
  Array.from({ length: text.length }, (_, at) => spell(text.charCodeAt(at))).join('')
const hex = (n: number, digits = 2) => n.toString(16).padStart(digits, '0')
const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')
const jsonOf = (text: string) => JSON.stringify(text).slice(1, -1)
const xmlOf = (text: string) =>
  text.replace(
    /[&<>"']/g,
    one => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' })[one] ?? '',
  )

/** As machines write it. */
const spellings: { [name: string]: (secret: string) => string } = {
  'as it is': text => text,
  'upper case': text => text.replace(/[a-z]/g, one => one.toUpperCase()),
  JSON: jsonOf,
  'JSON twice': text => jsonOf(jsonOf(text)),
  'JSON three times': text => jsonOf(jsonOf(jsonOf(text))),
  'JSON with every unit as an escape': text => eachUnit(text, unit => `\\u${hex(unit, 4)}`),
  'a URL': encodeURIComponent,
  'a URL in lower case': text => encodeURIComponent(text).replace(/%../g, one => one.toLowerCase()),
  'a URL with every byte as an escape': text => eachByte(text, byte => `%${hex(byte)}`),
  'a URL twice': text => encodeURIComponent(encodeURIComponent(text)),
  'a form': text => new URLSearchParams({ q: text }).toString(),
  'JSON in a URL': text => encodeURIComponent(JSON.stringify({ q: text })),
  XML: xmlOf,
  'XML in JSON': text => jsonOf(xmlOf(text)),
  'HTML with decimal entities': text => eachCharacter(text, code => `&#${code};`),
  'HTML with hexadecimal entities': text => eachCharacter(text, code => `&#x${hex(code)};`),
  'HTML escaped twice': text => xmlOf(eachCharacter(text, code => `&#${code};`)),
  base64,
  'base64 without padding': text => base64(text).replace(/=+$/, ''),
  'base64 for URLs': text => Buffer.from(text, 'utf8').toString('base64url'),
  'base64 one byte later': text => base64(`:${text}`),
  'base64 two bytes later': text => base64(`u:${text}`),
  'base64 of credentials': text => base64(`x-access-token:${text}`),
  'base64 amid a text': text => base64(`before ${text} after it`),
  'base64 in lines': text => base64(text).replace(/.{5}/g, '$&\r\n'),
  'base64 in a URL': text => encodeURIComponent(base64(text)),
  'base64 of base64': text => base64(base64(text)),
  'base64 of a URL': text => base64(encodeURIComponent(text)),
  'base64 of JSON': text => base64(JSON.stringify({ value: text })),
  'base64 of UTF-16': text => Buffer.from(text, 'utf16le').toString('base64'),
  hex: text => eachByte(text, byte => hex(byte)),
  'hex in upper case': text => eachByte(text, byte => hex(byte).toUpperCase()),
  'a dump of hex': text => eachByte(text, byte => `${hex(byte)} `),
  'hex with colons': text => eachByte(text, byte => `${hex(byte)}:`),
  'a list of hex': text => eachByte(text, byte => `0x${hex(byte)}, `),
  'a list of numbers': text => eachByte(text, byte => `${byte}, `),
  'escapes of C': text => eachByte(text, byte => `\\x${hex(byte)}`),
  'octal escapes': text => eachByte(text, byte => `\\${byte.toString(8).padStart(3, '0')}`),
  'quoted-printable': text => eachByte(text, byte => `=${hex(byte).toUpperCase()}`),
  'quoted-printable with soft line ends': text => eachByte(text, byte => `=${hex(byte)}=\r\n`),
  'escapes of a shell': text =>
    eachCharacter(text, (code, one) => (/\w/.test(one) || code > 127 ? one : `\\${one}`)),
  'wrapped lines': text => text.replace(/.{7}/gu, '$&\n  '),
  backwards: text => [...text].reverse().join(''),
  base32: text => {
    const bits = [...Buffer.from(text, 'utf8')].map(byte => byte.toString(2).padStart(8, '0')).join('')
    return bits.replace(
      /.{1,5}/g,
      five => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '',
    )
  },
}

/**
 * Long enough that what is left of it cannot be in the text by chance. Control characters at its ends stay, since no
 * reading keeps them; they are no part of what is secret.
 */
const secrets = fc
  .oneof(
    fc.string({ minLength: 12, maxLength: 60, unit: 'binary-ascii' }),
    fc.string({ minLength: 12, maxLength: 40, unit: 'grapheme' }),
    fc.base64String({ minLength: 16, maxLength: 64 }),
    fc.stringMatching(/^[A-Za-z0-9+/%&=\\"'<> -]{12,50}$/),
    fc.string({
      minLength: 20,
      maxLength: 60,
      unit: fc.constantFrom('a', 'B', '%', '&', '\\', '=', '4', '1', ';', '#', '+', ' '),
    }),
  )
  .filter(text => !/\p{Cs}|^\p{Cc}|\p{Cc}$/u.test(text))
  .filter(text => new Set(text.replace(/[\s\\+\p{Cc}]/gu, '')).size > 5)

/** How much of a spelling is left, beside what stands around the secret in it. */
const leftOf = (left: string, around: string): number =>
  left.replaceAll('(secret)', '').replaceAll(/[\s\\]/g, '').length - around.length

describe('a secret is taken out', () => {
  it.each(Object.entries(spellings))('spelt as %s', (_name, spell) => {
    fc.assert(
      fc.property(secrets, secret => {
        const redactor = openRedactor('(secret)')
        redactor.hide(secret)
        const spelt = spell(secret)
        const left = redactor.text(spelt)
        const isGone = leftOf(left, spell('')) < Math.max(6, spelt.length / 4)
        expect({ spelt, left, isGone }).toEqual({ spelt, left, isGone: true })
        const inside = redactor.text(`1 validation error: '${spelt}' at 'value' is wrong`)
        expect(inside).toContain('(secret)')
        expect(inside.startsWith('1 validation error')).toBe(true)
      }),
      { seed, numRuns },
    )
  })
})

it('what holds no secret is left as it is, whatever escapes are in it', () => {
  const redactor = openRedactor('(secret)')
  redactor.hide('ASecretThatIsNowhere+0123456789')
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), text => {
      expect(redactor.text(text)).toBe(text)
    }),
    { seed, numRuns: numRuns * 5 },
  )
})

it('a short secret is taken out where it stands alone, and only where that was asked for', () => {
  const [port, action] = [openRedactor('(secret)', { short: true }), openRedactor('(secret)')]
  for (const { hide } of [port, action]) hide('abc')
  expect(port.text("value 'abc' of abcd is abc")).toBe("value '(secret)' of abcd is (secret)")
  expect(action.text('abc')).toBe('abc')
})

it('the lines of a key and the members of an object are secrets too', () => {
  const redactor = openRedactor('(secret)')
  redactor.hide('-----BEGIN KEY-----\nFirstLineOfTheKey012345\nSecondLineOfTheKey67890\n-----END KEY-----')
  redactor.hide(JSON.stringify({ a: { b: 'AMemberOfTheObject12345' }, port: '5432' }))
  expect(redactor.text('FirstLineOfTheKey012345, SecondLineOfTheKey67890')).toBe('(secret), (secret)')
  expect(redactor.text('AMemberOfTheObject12345 on 5432')).toBe('(secret) on 5432')
})

it('long texts of escapes, and many secrets that begin alike, take no time to speak of', () => {
  const redactor = openRedactor('(secret)')
  for (let n = 0; n < 200; n++) redactor.hide(`SecretNumber${n}OfTheseManySecrets`)
  const hostile = ['\\', '%', '&#', '=', '\\u', ' ', '%25', 'secretnumber', '\\u00', '&amp;']
  for (const piece of hostile) expect(redactor.text(piece.repeat(20_000))).toBe(piece.repeat(20_000))
})
