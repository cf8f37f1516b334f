// npm run bench: all benchmarks, or those that are named. --long waits for the real clock and repeats more often,
// --check compares with what is recorded, --record writes down what was measured.
import { cpus } from 'node:os'
import { environment, type Mode, type Result } from './bench.ts'
import { plans } from './plans.ts'
import { reading } from './reading.ts'
import { comparedWith, readRecord, record } from './recorded.ts'
import { requests } from './requests.ts'
import { start } from './start.ts'
import { terraform } from './terraform.ts'

const benchmarks: { [name: string]: (mode: Mode) => Promise<Result> } = {
  start,
  reading,
  requests,
  plans,
  terraform,
}

const given = process.argv.slice(2)
const has = (flag: string) => given.includes(`--${flag}`)
const names = given.filter(arg => !arg.startsWith('--'))
const unknown = [
  ...names.filter(name => benchmarks[name] === undefined),
  ...given.filter(arg => /^--(?!(long|check|record)$)/.test(arg)),
]
if (unknown.length > 0) {
  console.error(
    `no ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}, --long, --check and --record`,
  )
  process.exit(64)
}
for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name]
Object.assign(process.env, environment(), { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' })

const results: { [name: string]: Result } = {}
for (const [name, run] of Object.entries(benchmarks)) {
  if (names.length > 0 && !names.includes(name)) continue
  const result = await run({ long: has('long') })
  results[name] = result
  console.log(`\n${result.title}${result.skipped === undefined ? '' : `: skipped, ${result.skipped}`}`)
  for (const { name: what, value, most, measured } of result.ratios)
    console.log(
      `  ${most === undefined || value <= most ? ' ' : '!'} ${value.toFixed(3).padStart(7)}${most === undefined ? '' : ` (aim ${most.toFixed(2)})`}  ${what}: ${measured}`,
    )
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, node ${process.version}`
if (has('record')) record(results, machine)
if (has('check')) {
  const worse = comparedWith(readRecord(), results)
  for (const line of worse) console.error(line)
  console.log(worse.length === 0 ? '\nNo ratio is worse than recorded by a fifth.' : '')
  process.exitCode = worse.length === 0 ? 0 : 1
}
