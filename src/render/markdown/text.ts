// Text in GitHub's markdown: nothing that AWS or a file says can be markup, a mention or a link.
import { safe } from '../printable.ts'

/**
 * Text that is nothing but text: no markup, no mention, no reference, no link. GitHub looks for mentions, issue
 * numbers and addresses after entities are decoded, so an empty comment splits them.
 */
export const escapeMarkdown = (text: string): string =>
  safe(text).replace(/:\/\/|[wW]{3}\.|[\\`*_{}[\]()#!|<>&~$@^=]/g, found => {
    if (found === '&' || found === '<' || found === '>') return `&#${found.charCodeAt(0)};`
    if (found === '@' || found === '#') return `${found}<!-- -->`
    if (found.length > 1) return `${found[0]}<!-- -->${found.slice(1)}`
    return `\\${found}`
  })

/** A code span, whatever is inside; `|` would end a table's cell even there. */
export const codeSpan = (text: string): string => {
  const inside = safe(text).replaceAll('|', '\\|')
  const longest = Math.max(0, ...(inside.match(/`+/g) ?? []).map(run => run.length))
  const ticks = '`'.repeat(longest + 1)
  return inside === ''
    ? '` `'
    : longest > 0 || inside.startsWith(' ')
      ? `${ticks} ${inside} ${ticks}`
      : `${ticks}${inside}${ticks}`
}

/** For the inside of an HTML block, where markdown means nothing. */
export const escapeHtml = (text: string): string =>
  safe(text).replace(/[&<>"']/g, found => `&#${found.charCodeAt(0)};`)

/** In `<code>` GitHub looks for no mentions. */
export const codeTag = (text: string): string => `<code>${escapeHtml(text)}</code>`

/** A fence one backtick longer than any inside. */
export const fenced = (lines: readonly string[], language = ''): string => {
  const longest = Math.max(2, ...lines.flatMap(line => line.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...lines, fence].join('\n')
}

/** A folded block. The title is HTML already. */
export const folded = (title: string, body: string): string =>
  ['<details>', `<summary>${title}</summary>`, '', body, '', '</details>', ''].join('\n')

/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
