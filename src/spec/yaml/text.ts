// Bytes → text, and the characters that a reviewer could not see.
import type { Report, Span } from './tree.ts'

const maxBytes = 5 * 1024 * 1024

/** Control characters, and the marks that make text read in another order than it is stored. */
const hidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu

/** The text of a file without its byte order mark; `undefined` when it cannot be read as text at all. */
export const decode = (source: string | Uint8Array, report: Report): string | undefined => {
  const bytes = typeof source === 'string' ? Buffer.byteLength(source) : source.byteLength
  if (bytes > maxBytes) {
    report({
      code: 'COG1002',
      path: [],
      message: `the file has ${bytes} bytes, more than the ${maxBytes} that cogsync reads`,
      span: { start: 0, end: 0 },
    })
    return undefined
  }
  if (typeof source === 'string') return source.replace(/^\ufeff/, '')
  const buffer = Buffer.from(source.buffer, source.byteOffset, source.byteLength)
  const text = buffer.toString('utf8')
  const again = Buffer.from(text, 'utf8')
  if (again.equals(buffer)) return text.replace(/^\ufeff/, '')
  const wide = (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff)
  const first = wide ? 0 : again.findIndex((byte, index) => byte !== buffer[index])
  const offset = buffer
    .subarray(0, Math.max(0, first))
    .toString('utf8')
    .replace(/^\ufeff/, '').length
  report({
    code: 'COG1003',
    path: [],
    message: wide
      ? 'the file is UTF-16, not UTF-8'
      : `the file is not UTF-8: byte 0x${(buffer[first] ?? 0).toString(16)} fits nowhere`,
    hint: 'save the file as UTF-8',
    span: wide ? { start: 0, end: 0 } : { start: offset, end: offset },
  })
  // what precedes the bad byte still gives the line
  return undefined
}

/** The hidden characters of a text, at most twenty. */
export const hiddenIn = (text: string): { name: string; span: Span }[] => {
  const found: { name: string; span: Span }[] = []
  if (text.search(hidden) < 0) return found
  for (const match of text.matchAll(hidden)) {
    const code = match[0].codePointAt(0) ?? 0
    found.push({
      name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`,
      span: { start: match.index, end: match.index + match[0].length },
    })
    if (found.length === 20) break
  }
  return found
}
