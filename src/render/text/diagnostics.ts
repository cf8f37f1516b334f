// Diagnostics the way compilers print them: place, message, source line, caret, help.
import type { Diagnostic, Position, Severity } from '../../model.ts'
import { safe } from '../printable.ts'
import { plain, type Style } from './style.ts'
import { count, wrap } from './wrap.ts'

/** The text of the line a position stands on, if it is known. */
export type LineAt = (at: Position) => string | undefined

export interface DiagnosticOptions {
  style?: Style
  lineAt?: LineAt
}

const paintOf = (style: Style, severity: Severity) =>
  ({ error: style.red, warning: style.yellow, note: style.cyan })[severity]

const ranks: Severity[] = ['error', 'warning', 'note']

const key = ({ at, severity, code }: Diagnostic): [string, number, number, number, string] => [
  at?.file ?? '',
  at?.line ?? 0,
  at?.column ?? 0,
  ranks.indexOf(severity),
  code,
]

/** By place; those about the file as a whole come first. */
export const sorted = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)]
    const at = left.findIndex((value, index) => value !== right[index])
    return at === -1 ? 0 : left[at]! < right[at]! ? -1 : 1
  })

const readableLine = (text: string) => safe(text.replaceAll('\t', '  '))

/** At most this much of a source line is shown, around the caret. */
const window = 96

/** The source line and the carets under it. Columns are counted after escaping, as they are seen. */
const excerpt = ({ line, column, endLine, endColumn }: Position, source: string): [string, string] => {
  const text = readableLine(source)
  const start = readableLine(source.slice(0, column - 1)).length
  const stop =
    endLine === undefined || endLine === line ? (endColumn ?? column + 1) : source.trimEnd().length + 1
  const end = Math.max(start + 1, readableLine(source.slice(0, stop - 1)).trimEnd().length)
  if (text.length <= window)
    return [
      text,
      `${' '.repeat(start)}${'^'.repeat(Math.min(end, Math.max(text.length, start + 1)) - start)}`,
    ]
  const from = Math.max(0, Math.min(start - 24, text.length - window))
  const shown = `${from > 0 ? '…' : ''}${text.slice(from, from + window)}${from + window < text.length ? '…' : ''}`
  const shift = from - (from > 0 ? 1 : 0)
  return [
    shown,
    `${' '.repeat(start - shift)}${'^'.repeat(Math.max(1, Math.min(end, from + window) - start))}`,
  ]
}

const pathText = (path: Diagnostic['path']): string => path.map(String).join('.')

const one = (diagnostic: Diagnostic, style: Style, lineAt?: LineAt): string[] => {
  const { code, severity, message, hint, at, path } = diagnostic
  const paint = paintOf(style, severity)
  const place = at ? `${at.file}:${at.line}:${at.column}` : pathText(path)
  const source = at && lineAt?.(at)
  const gutter = ' '.repeat(String(at?.line ?? '').length + 2)
  const head = `${place === '' ? '' : `${style.bold(safe(place))}: `}${paint(`${severity}[${safe(code)}]`)}: ${safe(message)}`
  const shown = at && source !== undefined ? excerpt(at, source) : undefined
  const bar = style.dim('|')
  return [
    head,
    ...(shown && at
      ? [
          `${gutter}${bar}`,
          ` ${style.dim(String(at.line))} ${bar} ${shown[0]}`.trimEnd(),
          `${gutter}${bar} ${paint(shown[1])}`,
        ]
      : []),
    ...(hint === undefined
      ? []
      : wrap(safe(hint), '', 90 - gutter.length).map((text, index) =>
          index === 0 ? `${gutter}${style.cyan('= help:')} ${text}` : `${gutter}        ${text}`,
        )),
  ]
}

/** `2 errors, 1 warning`. */
export const countLine = (diagnostics: readonly Diagnostic[]): string =>
  ranks
    .map(severity => ({ severity, n: diagnostics.filter(each => each.severity === severity).length }))
    .filter(({ n }) => n > 0)
    .map(({ severity, n }) => count(n, severity))
    .join(', ')

/** More than anybody reads at once. */
const most = 100

/** The first hundred, errors before the rest, in order of place. */
export const foremost = (diagnostics: readonly Diagnostic[]): Diagnostic[] => {
  const all = sorted(diagnostics)
  if (all.length <= most) return all
  const left = { error: 0, warning: 0, note: 0 }
  for (const each of all) left[each.severity] += 1
  let room = most
  for (const severity of ranks) {
    left[severity] = Math.min(left[severity], room)
    room -= left[severity]
  }
  return all.filter(({ severity }) => left[severity]-- > 0)
}

/** The first hundred in order of place, and how many there are in all. Nothing for none. */
export const renderDiagnostics = (
  diagnostics: readonly Diagnostic[],
  options: DiagnosticOptions = {},
): string => {
  if (diagnostics.length === 0) return ''
  const { style = plain, lineAt } = options
  const shown = foremost(diagnostics)
  const rest = diagnostics.length - shown.length
  const counted = `${countLine(diagnostics)}${rest === 0 ? '' : `; ${rest} more are not shown`}`
  return `${[...shown.map(each => one(each, style, lineAt).join('\n')), counted].join('\n\n')}\n`
}
