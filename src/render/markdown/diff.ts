// One resource's change as a diff, folded under its name.
import type { Change, FieldChange, Impact, Origin, ResourceOrigin } from '../../model.ts'
import { labelsOf, marks, settingsOf, verbs } from '../groups.ts'
import { safe } from '../printable.ts'
import { flowText } from '../secret-flows.ts'
import { fieldShape } from '../text/plan.ts'
import { type Line, type Shape, shapeOf } from '../text/value.ts'
import { codeTag, escapeHtml, fenced, folded } from './text.ts'

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

const tailOf = (list: readonly Impact[], origin: Origin | undefined): string =>
  [...labelsOf(list), ...(origin === 'both' ? ['had drifted too'] : [])].map(label => `  [${label}]`).join('')

const headed = (heading: string, lines: readonly string[]): string[] =>
  lines.length > 0 ? [`# ${heading}:`, ...lines] : []

const diffOf = (change: Change, origin: ResourceOrigin | undefined): string[] => {
  const lines = (fields: readonly FieldChange[]) =>
    fields.flatMap(field =>
      shapeLines(field.path, fieldShape(field), tailOf(field.impact, origin?.fields[field.path])),
    )
  const drifted = ({ path }: FieldChange) => origin?.fields[path] === 'drift'
  const { stated, restored } = settingsOf(change)
  const fresh = <T extends FieldChange>(fields: T[]) => fields.filter(field => !drifted(field))
  return [
    ...lines(fresh(stated)),
    ...headed("back to AWS's default, because the file does not mention them", lines(fresh(restored))),
    ...headed('had drifted before; applying puts it back', lines(change.fields.filter(drifted))),
    ...(change.flows ?? []).map(flow => `# ${flowText(flow)}`),
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

/** One resource's folded diff; nothing when there is none. */
export const renderDetails = (
  change: Change,
  title: (kind: string) => string,
  origin?: ResourceOrigin,
): string => {
  const lines = diffOf(change, origin)
  if (lines.length === 0) return ''
  const mark = codeTag(`${marks[change.action]} ${change.address}`)
  const what = change.action === 'blocked' ? 'cannot change' : verbs[change.action]
  const name = change.name === '' ? '' : ` ${codeTag(change.name)}`
  return folded(`${mark} ${what} ${escapeHtml(title(change.kind))}${name}`, fenced(lines, 'diff'))
}
