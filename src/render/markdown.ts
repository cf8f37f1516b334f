// A plan as GitHub markdown: the verdict, a table by risk, and a folded diff per resource.
import type { Change, Impact, Plan } from '../model.ts'
import {
  changesOf,
  groupsOf,
  impacts,
  labelsOf,
  marks,
  peopleText,
  settingsOf,
  titleOf,
  verbs,
  verdict,
} from './groups.ts'
import { safe } from './safe.ts'
import { fieldShape, type PlaceOf, targetText } from './text.ts'
import { type Line, type Shape, shapeOf } from './value.ts'

export interface MarkdownOptions {
  placeOf?: PlaceOf
  title?: (kind: string) => string
  heading?: string
}

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
const escapeHtml = (text: string): string =>
  safe(text).replace(/[&<>"']/g, found => `&#${found.charCodeAt(0)};`)

/** In `<code>` GitHub looks for no mentions. */
const codeTag = (text: string): string => `<code>${escapeHtml(text)}</code>`

/** A fence one backtick longer than any inside. */
export const fenced = (lines: readonly string[], language = ''): string => {
  const longest = Math.max(2, ...lines.flatMap(line => line.match(/`+/g) ?? []).map(run => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...lines, fence].join('\n')
}

const diffLine = ({ mark, depth, text, before, after }: Line): string[] => {
  const step = '  '.repeat(depth)
  if (mark === '~' && before !== undefined)
    return [`-   ${step}${text}: ${before}`, `+   ${step}${text}: ${after ?? ''}`]
  return [`${mark === '~' ? ' ' : mark}   ${step}${text}`.trimEnd()]
}

const shapeLines = (path: string, shape: Shape, tail: string): string[] => {
  const name = safe(path)
  if (shape.form === 'lines') return [`  ${name}:${tail}`, ...shape.lines.flatMap(diffLine)]
  const after = `+ ${name}: ${shape.after ?? ''}${tail}`
  return shape.before === undefined ? [after] : [`- ${name}: ${shape.before}`, after]
}

const tailOf = (list: readonly Impact[]) =>
  labelsOf(list)
    .map(impact => `  [${impact}]`)
    .join('')

const diffOf = (change: Change): string[] => {
  const { stated, restored } = settingsOf(change)
  const fields = (list: Change['fields']) =>
    list.flatMap(field => shapeLines(field.path, fieldShape(field), tailOf(field.impact)))
  return [
    ...fields(stated),
    ...(restored.length > 0
      ? ["# back to AWS's default, because the file does not mention them:", ...fields(restored)]
      : []),
    ...change.blocked.flatMap(({ path, before, after, reason, remedy, code }) => [
      ...(before === undefined && after === undefined
        ? []
        : shapeLines(path, shapeOf(path, before, after), '')),
      `! blocked: ${safe(reason)} (${safe(code)})`,
      `! instead: ${safe(remedy)}`,
    ]),
    ...(change.goesWith === undefined ? [] : [`# AWS deletes it with ${safe(change.goesWith)}`]),
    ...(change.preserved.length > 0 ? [`# left as they are: ${change.preserved.map(safe).join(', ')}`] : []),
  ]
}

/** Smaller is worse: blocked, then deletions, then by impact. */
const riskOf = (change: Change): number => {
  if (change.action === 'blocked' || change.blocked.length > 0) return 0
  const worst = labelsOf(change.impact)[0]
  if (change.action === 'delete' || change.action === 'replace') return 1
  return worst === undefined ? 2 + impacts.length : 2 + impacts.indexOf(worst)
}

const risk = (change: Change): string => {
  const blocked = change.action === 'blocked' || change.blocked.length > 0
  const labels = labelsOf(change.impact)
  const words = [
    ...(blocked ? ['**blocked**'] : []),
    ...labels.map(label => (label === 'security-tightening' ? label : `**${label}**`)),
  ]
  return words.join(', ') || 'in place'
}

const settings = (change: Change): string => {
  const paths = [...change.fields, ...change.blocked].map(({ path }) => path)
  const shown = paths.slice(0, 4).map(codeSpan).join(', ')
  return paths.length > 4 ? `${shown} and ${paths.length - 4} more` : shown
}

const table = (plan: Plan, placeOf: PlaceOf | undefined): string[] => {
  const place = (change: Change) => {
    const text = placeOf?.(change.path)
    return text === undefined ? '' : ` ${codeSpan(text)}`
  }
  const rows = changesOf(plan).toSorted((a, b) => riskOf(a) - riskOf(b) || (a.address < b.address ? -1 : 1))
  if (rows.length === 0) return []
  return [
    '| Risk | Change | Resource | Settings |',
    '|---|---|---|---|',
    ...rows.map(
      change =>
        `| ${risk(change)} | ${change.action === 'blocked' ? 'none' : verbs[change.action]} | ${codeSpan(change.address)}${place(change)} | ${settings(change)} |`,
    ),
    '',
  ]
}

/** One resource's folded block; the comment's writer fits whole blocks into its budget. */
export const renderDetails = (change: Change, title: (kind: string) => string = titleOf): string => {
  const lines = diffOf(change)
  const mark = `${marks[change.action]} ${change.address}`
  const what = `${verbs[change.action]} ${title(change.kind)}`
  const name = change.name === '' ? '' : change.name
  if (lines.length === 0) return `${codeSpan(mark)} ${escapeMarkdown(what)}${name && ` ${codeSpan(name)}`}\n`
  const summary = `<summary>${codeTag(mark)} ${escapeHtml(what)}${name && ` ${codeTag(name)}`}</summary>`
  return ['<details>', summary, '', fenced(lines, 'diff'), '', '</details>', ''].join('\n')
}

const people = (plan: Plan): string[] => {
  const lines = groupsOf(plan).flatMap(({ root, change, children }) => {
    const text = peopleText(plan, root, [...(change ? [change] : []), ...children])
    return text === undefined ? [] : [`- ${codeSpan(root)}: ${text}`]
  })
  return lines.length === 0 ? [] : ['**Who is concerned**', ...lines, '']
}

const asides = (plan: Plan, title: (kind: string) => string): string[] => [
  ...(plan.unlisted.length > 0
    ? [
        '**Not listed in the file, left alone**',
        ...plan.unlisted.map(
          ({ address, kind, drift }) =>
            `- ${codeSpan(address)} (${escapeMarkdown(title(kind))})${drift ? ', counts as drift' : ''}`,
        ),
        '',
      ]
    : []),
  ...(plan.unread.length > 0
    ? [
        '**Could not be read, so this is not the whole answer**',
        ...plan.unread.map(
          ({ address, operation, reason }) =>
            `- ${codeSpan(address)} (${codeSpan(operation)}): ${escapeMarkdown(reason)}`,
        ),
        '',
      ]
    : []),
  ...(plan.diagnostics.length > 0
    ? [
        '**Remarks**',
        ...plan.diagnostics.map(
          ({ severity, code, message, hint, at, path }) =>
            `- ${severity} ${codeSpan(code)} at ${codeSpan(at ? `${at.file}:${at.line}` : path.join('.') || 'the file')}: ${escapeMarkdown(message)}${hint === undefined ? '' : `; ${escapeMarkdown(hint)}`}`,
        ),
        '',
      ]
    : []),
]

export const renderMarkdown = (plan: Plan, options: MarkdownOptions = {}): string => {
  const { title = titleOf, heading = 'cogsync plan', placeOf } = options
  const ordered = groupsOf(plan).flatMap(({ change, children }) => [...(change ? [change] : []), ...children])
  return `${[
    `### ${heading}: ${escapeMarkdown(targetText(plan.target))}`,
    '',
    `**${verdict(plan)}**`,
    '',
    ...table(plan, placeOf),
    ...people(plan),
    ...ordered.map(change => renderDetails(change, title)),
    ...asides(plan, title),
  ]
    .join('\n')
    .trimEnd()}\n`
}
