// Text from AWS or from the file, made safe to print: nothing in it can move the cursor, colour, hide or reorder, or
// give orders to what reads a pipeline's log.

/**
 * Whatever Unicode calls control, format, surrogate (half a character), line or paragraph separator; and letters that
 * nobody sees: fillers, joiners, selectors of variants and tags. U+200D (in emoji) and U+FE0F stay. A runner takes
 * orders from lines that begin with `::`, and from `##[` or `##vso[` anywhere [D: actions/runner, ActionCommand.cs;
 * Azure Pipelines' logging commands].
 */
const unsafe =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u{e0000}-\u{e01ef}]|(?!\u200d)\p{Cf}|\u034f|[\ufe00-\ufe0e]|(?<=#)#(?=\[|vso\[)/gu

/** Apart from the others, and only at the beginning: looked for at every character, blanks would be read again each time. */
const order = /^(\s*):(?=:)/u

const short: { [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\u001b': '\\x1b' }

const visible = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  if (short[character]) return short[character]
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** One line: everything dangerous, line breaks too, becomes a visible escape. */
export const safe = (text: string): string => text.replace(order, '$1\\x3a').replace(unsafe, visible)

/** Several lines: line breaks stay, tabs become spaces, everything else dangerous becomes visible. */
export const safeLines = (text: string): string[] =>
  text.split(/\r\n|\n/).map(line => safe(line.replaceAll('\t', '  ')))

/** JSON in which no character is dangerous to print: the same value, spelt with `\u` escapes. */
export const safeJson = (value: unknown, indent = 2): string =>
  JSON.stringify(value, null, indent).replace(unsafe, character =>
    character === '\n'
      ? character
      : character
          .split('')
          .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
          .join(''),
  )
