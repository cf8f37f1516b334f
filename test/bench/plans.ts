// The pure plan for 100, 1,000 and 10,000 clients over 20 pools: no I/O, AWS as a snapshot in memory.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { environment, type Mode, median, type Result, seconds } from './bench.ts'

const call = promisify(execFile)

interface Measured {
  validating: number
  creating: number
  planning: number
  first: number
  rss: number
}

const sizes = [5, 50, 500]
/** Megabytes: without a bound, V8 collects late, and what is measured is how much there is to take. */
const heap = 320

export const plans = async ({ long }: Mode): Promise<Result> => {
  const all: Measured[][] = sizes.map(() => [])
  for (let round = 0; round < (long ? 7 : 3); round++)
    for (const [index, clients] of sizes.entries()) {
      const args = [
        `--max-old-space-size=${heap}`,
        '--import',
        'tsx',
        'test/bench/plan-size.ts',
        '20',
        String(clients),
      ]
      const { stdout } = await call(process.execPath, args, { env: environment() })
      all[index]?.push(JSON.parse(stdout) as Measured)
    }
  const of = (index: number, what: keyof Measured) => median((all[index] ?? []).map(one => one[what]))
  const growth = (what: 'planning' | 'validating', from: number) => ({
    name: `${what}, ${20 * (sizes[from + 1] as number)} clients against 10 times ${20 * (sizes[from] as number)}`,
    value: of(from + 1, what) / (10 * of(from, what)),
    most: 1.1,
    measured: `${seconds(of(from + 1, what))}, ${seconds(of(from, what))}`,
  })
  return {
    title: 'Plans of many clients',
    ratios: [
      growth('planning', 0),
      growth('planning', 1),
      growth('validating', 0),
      growth('validating', 1),
      {
        name: 'planning 10000 clients, against a second',
        value: of(2, 'planning') / 1000,
        most: 1,
        measured: `${seconds(of(2, 'planning'))}; the first time ${seconds(of(2, 'first'))}; all of them new ${seconds(of(2, 'creating'))}`,
      },
      {
        name: 'memory for 10000 clients, against 500 MB',
        value: of(2, 'rss') / 500,
        most: 1,
        measured: `${of(2, 'rss').toFixed(0)} MB at most`,
      },
    ],
    notes: [
      `The memory is that of the whole process, with a heap of ${heap} MB: the reading of the file, the snapshot, the plan that makes all of them and the plan that finds nothing to do.`,
    ],
  }
}
