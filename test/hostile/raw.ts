// What must not reach a terminal, a pipeline's log or a comment, whoever wrote it.

/** Terminal escapes, bells, carriage returns, text that reads backwards or not at all, half a letter. */
export const unseen = [
  '\u001b[31mred\u001b[0m',
  '\u001b]0;title\u0007',
  '\r\b',
  '\u0085',
  '\u202eback\u202c',
  '\u2066x\u2069',
  '\u200b',
  '\u2028',
  '\ufeff',
  '\u{e0041}',
]

/** Tags that the renderer has too: what follows them tells whose they are. */
const tags = '<br>owned <details>owned <summary>owned </summary>owned </details>owned'

/** Orders to runners, markdown and HTML, in characters that most names may hold. */
export const orders = '::error::owned ##[error]owned <b>`x`</b> @all #1 | a <br>owned'

/** All of it, on several lines. */
export const evil = `${unseen.join(' ')}\n::error file=a::owned\n  ::warning::x ##[error]owned ##vso[x]y\n\`\`\`\n${tags}<script>alert(1)</script> @everyone ![x](https://evil.example) | a`

/** What is raw in a text: characters that nobody sees, and orders to GitHub's and Azure's runners. */
export const rawIn = (text: string): string[] =>
  [
    ...text.matchAll(/(?![\n\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu),
    ...text.matchAll(/^\s*::/gm),
    ...text.matchAll(/##(?:vso)?\[/g),
  ].map(({ index }) => JSON.stringify(text.slice(Math.max(0, index - 40), index + 40)))

/** Markup in GitHub markdown that is not the renderer's own, which no `owned` follows; code left out. */
export const markupIn = (markdown: string): string[] => {
  const prose = markdown
    .replace(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, '')
    .replace(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, '')
    .replace(/<code>[^<]*<\/code>/g, '')
  return [
    ...prose.matchAll(/<(?!\/?(?:details|summary|br)>(?!owned)|!-- -->)|@(?=\w)|(?<!&)#(?=\w)|(?<!\\)!\[/g),
  ].map(({ index }) => prose.slice(Math.max(0, index - 40), index + 40))
}
