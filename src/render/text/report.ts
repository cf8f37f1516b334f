// What apply did: a line for each change as it ends, and the end.
import type { Action, MovedField, Outcome, Report, Term } from '../../model.ts'
import { safe } from '../printable.ts'
import { plain, type Style } from './style.ts'
import { flow } from './value.ts'
import { count, elapsed, wrap } from './wrap.ts'

const done: { [action in Action]: string } = {
  create: 'created',
  update: 'updated',
  adopt: 'adopted',
  replace: 'replaced',
  delete: 'deleted',
  blocked: 'blocked',
  none: 'unchanged',
}

/** AWS's error, with the operation that met it, on lines of our width. */
const errorLines = ({ error, moved = [] }: Outcome, indent: string): string[] =>
  error === undefined
    ? []
    : [
        ...wrap(
          `${safe(error.name)}: ${safe(error.message)}${error.operation === undefined ? '' : ` (${safe(error.operation)})`}`,
          indent,
        ),
        ...moved.flatMap(field => wrap(movedLine(field), `${indent}  `)),
      ]

/** `mfa.configuration: the plan saw ON, now it is OFF` */
export const movedLine = ({ path, before, after }: MovedField): string =>
  `${safe(path)}: the plan saw ${shown(before)}, now it is ${shown(after)}`

const shown = (value: Term | undefined): string => (value === undefined ? 'nothing' : flow(value))

/** One change's end: `✓ userPools.customers  created  1.2 s`. */
export const renderOutcome = (
  outcome: Outcome,
  options: { style?: Style; milliseconds?: number } = {},
): string => {
  const { style = plain, milliseconds } = options
  const address = safe(outcome.address)
  if (outcome.status === 'not tried') return `${style.dim(`· ${address}  not tried`)}\n`
  const time = milliseconds === undefined ? '' : style.dim(`  ${elapsed(milliseconds)}`)
  if (outcome.status === 'done') return `${style.green('✓')} ${address}  ${done[outcome.action]}${time}\n`
  return `${style.red('✗')} ${address}  ${style.red('failed')}${time}\n${errorLines(outcome, '    ')
    .map(text => `${text}\n`)
    .join('')}`
}

const tally = (outcomes: readonly Outcome[]): string => {
  const finished = outcomes.filter(({ status }) => status === 'done')
  const n = (action: Action) => finished.filter(outcome => outcome.action === action).length
  const words = (['create', 'update', 'adopt', 'replace', 'delete'] as const)
    .filter(action => n(action) > 0)
    .map(action => `${n(action)} ${done[action]}`)
  return words.length > 0 ? words.join(', ') : 'nothing changed'
}

/** The end of a run that changed something, or tried to. */
export const renderReport = (
  report: Report,
  options: { style?: Style; milliseconds?: number; interrupted?: boolean; withoutFile?: boolean } = {},
): string => {
  const { style = plain, milliseconds, interrupted = false, withoutFile = false } = options
  const how = withoutFile ? ['A saved plan, carried out without its file (--no-file).'] : []
  const of = (status: Outcome['status']) => report.outcomes.filter(outcome => outcome.status === status)
  const [failed, untried] = [of('failed'), of('not tried')]
  const calls = report.outcomes.reduce((sum, outcome) => sum + outcome.calls, 0)
  const time = milliseconds === undefined ? '' : ` in ${elapsed(milliseconds)}`
  if (failed.length === 0 && untried.length === 0)
    return `${[`${style.bold(style.green(`Applied: ${tally(report.outcomes)}.`))} ${style.dim(`${count(calls, 'request')}${time}.`)}`, ...how].join('\n')}\n`
  const lines = [
    style.bold(
      style.red(
        `${of('done').length > 0 ? 'Partly applied' : 'Not applied'}: ${tally(report.outcomes)}, ${failed.length} failed, ${untried.length} not tried.`,
      ),
    ) + style.dim(` ${count(calls, 'request')}${time}.`),
    ...how,
    ...(interrupted ? ['Stopped because you asked.'] : []),
    ...failed.flatMap(outcome => [
      `  ${style.red('✗')} ${safe(outcome.address)}`,
      ...errorLines(outcome, '      '),
    ]),
    ...untried.map(outcome => style.dim(`  · ${safe(outcome.address)}  not tried`)),
    'What was done stays done. Plan and apply again to finish the rest.',
  ]
  return `${lines.join('\n')}\n`
}
