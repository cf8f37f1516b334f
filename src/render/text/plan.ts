// A plan as people like to read it in a terminal: grouped by resource, only what changes, the worst labelled.
import type { Action, Blocked, Change, FieldChange, Impact, Origins, Path, Plan } from '../../model.ts'
import {
  errorsOf,
  groupsOf,
  isEmpty,
  isPartial,
  labelsOf,
  marks,
  ownLabels,
  peopleText,
  settingsOf,
  titleOf,
  unclaimedText,
  unseenTexts,
  verbs,
  verdict,
} from '../groups.ts'
import { originsText, resourceTag, settingTag } from '../origins.ts'
import { safe } from '../printable.ts'
import { flowText } from '../secret-flows.ts'
import { secretText } from '../terms.ts'
import { unclaimedLines } from '../unclaimed.ts'
import { type LineAt, renderDiagnostics } from './diagnostics.ts'
import { plain, type Style } from './style.ts'
import { type Line, type Shape, shapeOf } from './value.ts'
import { count, wrap } from './wrap.ts'

/** Where a path stands in the file. */
export type PlaceOf = (path: Path) => string | undefined

export interface TextOptions {
  style?: Style
  /** a kind's title: `app client` */
  title?: (kind: string) => string
  lineAt?: LineAt
  /** where a change stands in the file: `cognito.yaml:12` */
  placeOf?: PlaceOf
  /** what a reader of drift needs said differently */
  drift?: boolean
  /** it is a plan of `destroy` */
  destroys?: boolean
  /** which differences the change of the file brings, and which are older */
  origins?: Origins
}

const paintOf = (style: Style, action: Action) =>
  ({
    create: style.green,
    update: style.yellow,
    adopt: style.cyan,
    replace: style.magenta,
    delete: style.red,
    blocked: style.red,
    none: style.dim,
  })[action]

const label = (style: Style, impact: Impact): string => {
  const paint = {
    'login-breaking': style.red,
    'security-loosening': style.red,
    'secret-flow': style.red,
    irreversible: style.magenta,
    cost: style.yellow,
    'security-tightening': style.cyan,
    'in-place': style.dim,
  }[impact]
  return paint(`[${impact}]`)
}

const labels = (style: Style, list: readonly Impact[]): string =>
  labelsOf(list)
    .map(impact => `  ${label(style, impact)}`)
    .join('')

const line = (style: Style, indent: string, { mark, depth, text, before, after }: Line): string => {
  const paint = { '+': style.green, '-': style.red, '~': style.yellow, ' ': style.dim }[mark]
  const step = '  '.repeat(depth)
  if (mark === '~' && before !== undefined)
    return `${indent}${paint('~')} ${step}${text}: ${arrow(style, before, after ?? '')}`
  return `${indent}${mark === ' ' ? `  ${step}${paint(text)}` : `${paint(mark)} ${step}${mark === '~' ? text : paint(text)}`}`.trimEnd()
}

const arrow = (style: Style, before: string, after: string) =>
  `${style.red(before)} ${style.dim('→')} ${style.green(after)}`

/** A secret is never shown, only whether it is sent. */
const secretShape = (field: FieldChange): Shape => {
  const text = secretText(field.after ?? field.before)
  const what = {
    changed: field.before === undefined ? 'will be set' : 'changed: will be sent',
    same: 'unchanged: sent again with the settings it travels with',
    unchecked: 'sent; AWS does not give it back, so it was not compared',
  }[field.secret ?? 'changed']
  return { form: 'line', after: `${text} ${what}` }
}

export const fieldShape = (field: FieldChange): Shape =>
  field.secret ? secretShape(field) : shapeOf(field.path, field.before, field.after)

const fieldLines = (
  style: Style,
  fields: FieldChange[],
  indent: string,
  tagOf: (path: string) => string = () => '',
): string[] => {
  const shapes = fields.map(field => ({ field, shape: fieldShape(field), name: safe(field.path) }))
  const width = Math.min(
    44,
    Math.max(0, ...shapes.filter(({ shape }) => shape.form === 'line').map(({ name }) => name.length)),
  )
  return shapes.flatMap(({ field, shape, name }) => {
    const tail = labels(style, field.impact) + tagOf(field.path)
    if (shape.form === 'lines')
      return [`${indent}${name}${tail}`, ...shape.lines.map(each => line(style, `${indent}  `, each))]
    const { before, after = '' } = shape
    return [
      `${indent}${name.padEnd(width)}  ${before === undefined ? after : arrow(style, before, after)}${tail}`,
    ]
  })
}

const blockedLines = (style: Style, blocked: Blocked[], indent: string): string[] =>
  blocked.flatMap(({ path, before, after, code, reason, remedy }) => {
    const shape: Shape =
      before === undefined && after === undefined
        ? { form: 'lines', lines: [] }
        : shapeOf(path, before, after)
    const change =
      shape.form === 'line'
        ? `  ${shape.before === undefined ? (shape.after ?? '') : arrow(style, shape.before, shape.after ?? '')}`
        : ''
    const prose = (word: string, text: string, paint: (text: string) => string) =>
      wrap(safe(text), '', 100 - indent.length - 12).map(
        (part, index) => `${indent}  ${index === 0 ? paint(word.padEnd(9)) : ' '.repeat(9)} ${part}`,
      )
    return [
      `${indent}${style.red('!')} ${safe(path)}${change}`,
      ...(shape.form === 'lines' ? shape.lines.map(each => line(style, `${indent}    `, each)) : []),
      ...prose('blocked:', `${reason} (${code})`, style.red),
      ...prose('instead:', remedy, style.cyan),
    ]
  })

const idsText = (change: Change) =>
  change.action === 'adopt' || change.action === 'delete' || change.action === 'replace'
    ? Object.entries(change.ids).map(([name, id]) => `${safe(name)} ${safe(id)}`)
    : []

const changeLines = (change: Change, indent: string, show: Show): string[] => {
  const { style, title, placeOf, origins } = show
  const paint = paintOf(style, change.action)
  const tag = (text: string | undefined) => (text === undefined ? '' : `  ${style.dim(`[${text}]`)}`)
  const tagOf = (path: string) => tag(settingTag(origins, change, path))
  const { stated, restored } = settingsOf(change)
  const name = change.name === '' ? '' : ` "${safe(change.name)}"`
  const inner = `${indent}    `
  const place = placeOf?.(change.path)
  const what = `${change.action === 'blocked' ? 'cannot change' : verbs[change.action]} ${title(change.kind)}${name}`
  const section = (text: string) => wrap(text, inner, 100).map(style.dim)
  return [
    `${indent}${paint(marks[change.action])} ${style.bold(safe(change.address))}  ${style.dim(place === undefined ? what : `${what}  ${safe(place)}`)}${labels(style, ownLabels(change))}${tag(resourceTag(origins, change))}`,
    ...idsText(change).map(text => `${inner}${style.dim(text)}`),
    ...(change.goesWith === undefined ? [] : section(`AWS deletes it with ${safe(change.goesWith)}`)),
    ...(change.action === 'adopt' ? section('exists already; cogsync writes its ownership tags on it') : []),
    ...fieldLines(style, stated, inner, tagOf),
    ...(restored.length > 0
      ? [
          ...section("back to AWS's default, because the file does not mention them:"),
          ...fieldLines(style, restored, `${inner}  `, tagOf),
        ]
      : []),
    ...(change.flows ?? []).flatMap(flow => wrap(flowText(flow), inner, 100).map(style.yellow)),
    ...blockedLines(style, change.blocked, inner),
    ...(change.preserved.length > 0
      ? section(
          `left as they are, though the file does not list them: ${change.preserved.map(safe).join(', ')}`,
        )
      : []),
  ]
}

/** How to show, for every change alike. */
interface Show {
  style: Style
  title: (kind: string) => string
  placeOf?: PlaceOf
  origins?: Origins
}

const changes = (plan: Plan, show: Show): string[] =>
  groupsOf(plan).flatMap(({ root, change, children }) => {
    const alone = children.length === 0
    const top = change ? changeLines(change, '', show) : alone ? [] : [show.style.dim(`  ${safe(root)}`)]
    const people = peopleText(plan, root, [...(change ? [change] : []), ...children])
    return [
      ...top,
      ...(people === undefined ? [] : [`    ${show.style.yellow(people)}`]),
      '',
      ...children.flatMap(child => [...changeLines(child, '  ', show), '']),
    ]
  })

const unlisted = ({ unlisted }: Plan, style: Style, title: (kind: string) => string): string[] => {
  if (unlisted.length === 0) return []
  const line = ({ address, kind, name, id, drift }: Plan['unlisted'][number]) =>
    `  ${drift ? style.yellow('?') : style.dim('?')} ${safe(address)}  ${style.dim(`${title(kind)} "${safe(name)}"${id === undefined || id === name ? '' : `, ${safe(id)}`}`)}${drift ? `  ${style.yellow('[counts as drift]')}` : ''}`
  return ['Exists in AWS, is not listed in the file, and is left alone:', ...unlisted.map(line), '']
}

const unread = ({ unread }: Plan, style: Style): string[] =>
  unread.length === 0
    ? []
    : [
        style.red('Could not be read, so this is not the whole answer:'),
        ...unread.flatMap(({ address, operation, reason }) => [
          `  ${style.red('×')} ${safe(address)}  ${style.dim(safe(operation))}`,
          `    ${safe(reason)}`,
        ]),
        '',
      ]

const unseen = (plan: Plan, style: Style, title: (kind: string) => string): string[] => {
  const texts = unseenTexts(plan, title)
  return texts.length === 0 ? [] : [...texts.flatMap(text => wrap(text).map(style.dim)), '']
}

export const targetText = ({ stack, environment, account, region }: Plan['target']): string =>
  [stack, environment, account, region]
    .filter(part => part !== undefined)
    .map(safe)
    .join(' · ')

/** The same for what drift found. */
export const driftVerdict = (plan: Plan): string => {
  const differing = groupsOf(plan).reduce(
    (sum, group) => sum + group.children.length + (group.change ? 1 : 0),
    0,
  )
  const extra = plan.unlisted.filter(({ drift }) => drift).length
  const parts = [
    ...(differing > 0 ? [`${count(differing, 'resource differs', 'resources differ')} from the file`] : []),
    ...(extra > 0
      ? [`${count(extra, 'resource exists', 'resources exist')} that the file does not list`]
      : []),
    ...(plan.unclaimed.length > 0 ? [`${unclaimedText(plan)} that the file does not claim`] : []),
  ]
  if (parts.length > 0) return `Drift: ${parts.join(', ')}.`
  return plan.unread.length > 0 || errorsOf(plan) > 0
    ? verdict(plan)
    : isPartial(plan)
      ? 'No drift in what was looked at.'
      : 'No drift. What AWS has is what the file says.'
}

/** The whole plan, its last line the summary. */
export const renderPlan = (plan: Plan, options: TextOptions = {}): string => {
  const { style = plain, title = titleOf, lineAt, placeOf, drift = false, destroys = false } = options
  const { origins } = options
  const found =
    plan.diagnostics.length > 0
      ? [renderDiagnostics(plan.diagnostics, { style, ...(lineAt ? { lineAt } : {}) }).trimEnd(), '']
      : []
  const gone = destroys && isEmpty(plan) && errorsOf(plan) + plan.unread.length === 0
  const summary = drift ? driftVerdict(plan) : gone ? 'Nothing to delete: it does not exist.' : verdict(plan)
  const key =
    drift && !isEmpty(plan)
      ? [style.dim('Left of each arrow: what AWS has. Right: what the file says.'), '']
      : []
  return `${[
    style.dim(targetText(plan.target)),
    '',
    ...key,
    ...changes(plan, { style, title, ...(placeOf ? { placeOf } : {}), ...(origins ? { origins } : {}) }),
    ...unclaimedLines(plan, style, title),
    ...unlisted(plan, style, title),
    ...unread(plan, style),
    ...unseen(plan, style, title),
    ...found,
    ...(origins ? [...originsText(origins, plan), ''] : []),
    style.bold(summary),
  ].join('\n')}\n`
}
