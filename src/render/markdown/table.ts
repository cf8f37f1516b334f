// The table of a plan by risk: what happens to each resource, and exactly what of it is dangerous.
import type { Change, FieldChange, Origins } from '../../model.ts'
import { settingsOf, verbs } from '../groups.ts'
import { risks, risksOf, worstFirst } from '../risk.ts'
import { flowText } from '../secret-flows.ts'
import { fieldShape, type PlaceOf } from '../text/plan.ts'
import { type Shape, shapeOf } from '../text/value.ts'
import { count } from '../text/wrap.ts'
import { type Budget, fitting } from './budget.ts'
import { codeSpan, escapeMarkdown } from './text.ts'

export interface TableOptions {
  title: (kind: string) => string
  placeOf?: PlaceOf
  /** the address of a place in the file, `cognito.yaml:12` */
  linkTo?: (place: string) => string | undefined
  /** which differences the change of the file brings, and which are older */
  origins?: Origins
}

/** A value in a cell. */
const value = (text: string): string => codeSpan(text.length > 90 ? `${text.slice(0, 89)}…` : text)

const inCell = (path: string, shape: Shape): string => {
  const name = codeSpan(path)
  if (shape.form === 'line')
    return shape.before === undefined
      ? `${name}: ${value(shape.after ?? '')}`
      : `${name}: ${value(shape.before)} → ${value(shape.after ?? '')}`
  const marked = shape.lines.filter(({ mark, depth }) => mark !== ' ' && depth === 0)
  const [first, second] = marked
  if (shape.lines.length === 2 && first?.mark === '-' && second?.mark === '+')
    return `${name}: ${value(first.text)} → ${value(second.text)}`
  if (marked.length === 0 || marked.length > 4 || marked.some(({ mark }) => mark === '~'))
    return `${name} changes`
  return `${name}: ${marked.map(({ mark, text }) => `${mark === '-' ? 'without' : 'with'} ${value(text)}`).join(', ')}`
}

/** At most this many settings of a resource stand in the table; the worst do. */
const settingsShown = 3

const blockedCells = ({ blocked }: Change): string[] =>
  blocked.map(({ path, before, after, reason, remedy }) => {
    const what =
      before === undefined && after === undefined
        ? codeSpan(path)
        : inCell(path, shapeOf(path, before, after))
    return `${what}<br>**Why not:** ${escapeMarkdown(reason)}.<br>**Instead:** ${escapeMarkdown(remedy)}.`
  })

const exactly = (change: Change, origins: Origins | undefined): string => {
  const flows = (change.flows ?? []).map(flow => flowText(flow, codeSpan, codeSpan))
  if (change.action === 'create') {
    const what = change.fields.length > 0 ? `new, with ${count(change.fields.length, 'setting')}` : 'new'
    return [what, ...flows].join('<br>')
  }
  const origin = origins?.changes[change.address]
  const { stated, restored } = settingsOf(change)
  const shown = [...worstFirst(stated), ...worstFirst(restored)].slice(0, settingsShown)
  const rest = change.fields.length - shown.length
  const tag = ({ path }: FieldChange) =>
    origin?.origin === 'both'
      ? { change: '', drift: ' (had drifted)', both: ' (had drifted too)' }[origin.fields[path] ?? 'change']
      : ''
  return [
    ...blockedCells(change),
    ...flows,
    ...(change.action === 'delete' ? ['it is removed from AWS'] : []),
    ...(change.action === 'adopt' ? ['exists already; cogsync writes its ownership tags on it'] : []),
    ...shown.map(
      field =>
        `${inCell(field.path, fieldShape(field))}${field.restored ? ' (not in the file: back to the default)' : ''}${tag(field)}`,
    ),
    ...(rest > 0 ? [`and ${count(rest, 'more setting')}`] : []),
  ].join('<br>')
}

const riskCell = (change: Change): string =>
  risksOf(change)
    .map(risk => {
      // a narrow column must not break the word
      const word = risk.replaceAll('-', '&#8209;')
      return `${risks[risk].sign}&nbsp;${risks[risk].alarming ? `**${word}**` : word}`
    })
    .join('<br>') || (change.action === 'create' ? 'new' : 'in place')

const row = (change: Change, { title, placeOf, linkTo, origins }: TableOptions): string => {
  const name = change.name || (change.address.split('.').at(-1) ?? '')
  const place = placeOf?.(change.path)
  const link = place === undefined ? undefined : linkTo?.(place)
  const at =
    place === undefined ? '' : `<br>${link === undefined ? codeSpan(place) : `[${codeSpan(place)}](${link})`}`
  const verb = change.action === 'blocked' ? 'cannot change' : verbs[change.action]
  return `| ${riskCell(change)} | **${verb}** ${escapeMarkdown(title(change.kind))} ${codeSpan(name)}${at} | ${exactly(change, origins)} |`
}

const tableOf = (changes: readonly Change[], options: TableOptions, budget: Budget) => {
  const { kept, left, used } = fitting(
    changes.map(change => row(change, options)),
    budget,
  )
  const more = left > 0 ? ['', `…and ${count(left, 'change')} not listed here.`] : []
  return { lines: ['| Risk | What happens | Exactly |', '|:--|:--|:--|', ...kept, ...more, ''], used }
}

/** The rows that fit, and what to say of those that do not; what had drifted before stands apart. */
export const renderTable = (changes: readonly Change[], options: TableOptions, budget: Budget): string[] => {
  if (changes.length === 0) return []
  const isOlder = ({ address }: Change) => options.origins?.changes[address]?.origin === 'drift'
  const older = changes.filter(isOlder)
  const fresh = changes.filter(change => !isOlder(change))
  const first = fresh.length === 0 ? { lines: [], used: 0 } : tableOf(fresh, options, budget)
  const mixed = fresh.some(({ address }) => options.origins?.changes[address]?.origin === 'both')
  const note = mixed
    ? ['"Had drifted": somebody changed AWS before this change of the file, and applying puts it back.', '']
    : []
  if (older.length === 0) return [...first.lines, ...note]
  return [
    '**What this change of the file brings**',
    '',
    ...(fresh.length === 0 ? ['Nothing.', ''] : [...first.lines, ...note]),
    '**Not from this change: had drifted before**',
    '',
    'Somebody changed AWS, or an earlier change was never applied. Applying puts it back.',
    '',
    ...tableOf(older, options, { ...budget, most: budget.most - first.used }).lines,
  ]
}
