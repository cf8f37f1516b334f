// One measurement in a process of its own: `plan-size.ts <pools> <clients>` prints how long a plan takes.

import { kinds } from '../../src/kinds/index.ts'
import type { Live, Observation } from '../../src/model.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { fileOf, median } from './bench.ts'

const [pools = 0, clients = 0] = process.argv.slice(2).map(Number)
const where = { region: 'eu-west-1', account: '111122223333', partition: 'aws' }
const empty: Observation = {
  ...where,
  live: {},
  unlisted: [],
  unclaimed: [],
  doomed: [],
  unread: [],
  diagnostics: [],
}
const plan = (observation: Observation) => makePlan(spec, observation, kinds, { tool: 'cogsync/bench' })
const timed = <T>(run: () => T): [T, number] => {
  const began = performance.now()
  const answer = run()
  return [answer, performance.now() - began]
}

const text = fileOf(pools, clients)
const [parsed, validating] = timed(() => parseSpec({ file: 'cognito.yaml', text }, { kinds }))
if (parsed.spec === undefined) throw new Error(JSON.stringify(parsed.diagnostics[0]))
const spec = parsed.spec

// AWS as it is once the file has been applied: what the creating calls send
const [first, creating] = timed(() => plan(empty))
const live = Object.fromEntries(
  first.changes.map(({ address, kind, name, calls }): [string, Live] => {
    const { UserPoolId: _pool, ...wire } = calls[0]?.input ?? {}
    const own = address.replace(/\W/g, '')
    const pool = address.split('.').slice(0, 2).join('')
    const ids = kind === 'userPool' ? { UserPoolId: pool } : { UserPoolId: pool, ClientId: own }
    return [address, { address, kind, ids, name, wire, owned: true, strangers: [] }]
  }),
)
// the third time is what the plan itself takes: by then it is compiled
const runs = Array.from({ length: 3 }, () => timed(() => plan({ ...empty, live })))
const left = runs[0]?.[0].changes.filter(({ action }) => action !== 'none') ?? []
if (left.length > 0) throw new Error(`not at rest: ${JSON.stringify(left[0])}`)
console.log(
  JSON.stringify({
    validating,
    creating,
    planning: median(runs.map(([, took]) => took)),
    first: runs[0]?.[1] ?? 0,
    // kilobytes
    rss: process.resourceUsage().maxRSS / 1000,
  }),
)
