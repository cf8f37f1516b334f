// Our own prose, folded to a width people can read. AWS's values are never folded.

/** A line that begins with `::` is an order to GitHub's runner: so does none that is made here. */
const started = (word: string): string => word.replace(/^(\s*):(?=:)/, '$1\\x3a')

/** Lines of at most `width` columns, each after the first indented; a single long word stays whole. */
export const wrap = (text: string, indent = '', width = 100): string[] => {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line)
      line = started(word)
    } else line = line === '' ? started(word) : `${line} ${word}`
  }
  return [...lines, indent + line]
}

/** `1 error`, `2 errors`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** `850 ms`, `3.4 s`, `2 min 5 s`. */
export const elapsed = (milliseconds: number): string => {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
