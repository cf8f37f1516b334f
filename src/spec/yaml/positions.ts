// Offsets ↔ lines and columns.
import type { Position } from '../../model.ts'
import type { Span } from './tree.ts'

export interface Lines {
  position(span: Span): Position
  /** the text of a line, counted from 1 */
  text(line: number): string | undefined
}

/** Columns count UTF-16 units from 1, as editors do; an end is just behind the last unit. */
export const linesOf = (file: string, text: string): Lines => {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)

  const lineOf = (offset: number): number => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }

  return {
    position: ({ start, end }) => {
      const [line, endLine] = [lineOf(start), lineOf(Math.max(start, end))]
      return {
        file,
        line: line + 1,
        column: start - (starts[line] ?? 0) + 1,
        endLine: endLine + 1,
        endColumn: Math.max(start, end) - (starts[endLine] ?? 0) + 1,
      }
    },
    text: line => {
      const start = starts[line - 1]
      if (start === undefined) return undefined
      const end = starts[line] === undefined ? text.length : (starts[line] ?? 0) - 1
      return text.slice(start, end).replace(/\r$/, '')
    },
  }
}
