// What was measured before: as numbers for the comparison, and as docs/performance.md for people.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Ratio, Result } from './bench.ts'

const numbers = 'test/bench/recorded.json'
const page = 'docs/performance.md'
const marks = ['<!-- measured by npm run bench -- --record -->', '<!-- end of what was measured -->'] as const

/** Ratios by benchmark and name. */
export type Recorded = { [benchmark: string]: { [ratio: string]: number } }

export const readRecord = (): Recorded =>
  existsSync(numbers) ? (JSON.parse(readFileSync(numbers, 'utf8')) as Recorded) : {}

/** A ratio that was so small that a fifth of it is nothing. */
const slack = 0.02

/** A line for every ratio that is a fifth worse than it was; lower is better. */
export const comparedWith = (before: Recorded, results: { [benchmark: string]: Result }): string[] =>
  Object.entries(results).flatMap(([benchmark, { ratios }]) =>
    ratios.flatMap(({ name, value }) => {
      const was = before[benchmark]?.[name]
      return was !== undefined && value > was * 1.2 + slack
        ? [`${benchmark}: ${name}: ${value.toFixed(3)}, and ${was.toFixed(3)} is recorded`]
        : []
    }),
  )

/** Writes both; benchmarks that were not run stay as they are. */
export const record = (results: { [benchmark: string]: Result }, machine: string): void => {
  const before = readRecord()
  for (const [benchmark, { ratios, skipped }] of Object.entries(results))
    if (skipped === undefined)
      before[benchmark] = Object.fromEntries(ratios.map(({ name, value }) => [name, round(value)]))
  writeFileSync(numbers, `${JSON.stringify(before, null, 2)}\n`)
  const text = readFileSync(page, 'utf8')
  const [first, last] = [text.indexOf(marks[0]), text.indexOf(marks[1])]
  const body = [`Measured on ${machine}.`, ...Object.values(results).map(section)].join('\n\n')
  writeFileSync(page, `${text.slice(0, first)}${marks[0]}\n\n${body}\n\n${text.slice(last)}`)
}

const round = (value: number): number => Math.round(value * 1000) / 1000

const section = ({ title, ratios, notes, skipped }: Result): string =>
  [
    `### ${title}`,
    ...(skipped === undefined ? [table(ratios)] : [`Skipped: ${skipped}.`]),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ].join('\n\n')

const table = (ratios: readonly Ratio[]): string =>
  [
    '| | ratio | aim | measured |',
    '|---|---|---|---|',
    ...ratios.map(
      ({ name, value, most, measured }) =>
        `| ${name} | ${round(value)} | ${most === undefined ? '' : round(most)} | ${measured} |`,
    ),
  ].join('\n')
