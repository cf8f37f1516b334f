// A second writer at any moment of an apply: whatever they changed before the look at its resource stands.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rootOf } from '../../src/address.ts'
import { applyPlan } from '../../src/apply/apply.ts'
import { findMoved } from '../../src/apply/staleness.ts'
import { isAwsError } from '../../src/aws/errors.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Address, JsonObject, Live, Plan } from '../../src/model.ts'
import { observe } from '../../src/observe/observe.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { isBodyWriter } from '../../src/table/kind.ts'
import { handOf } from './hands.ts'
import { around, leaving, namesOf, openSlips, type Slip, type Slips, valueIn } from './slips.ts'
import { where } from './world.ts'

const runs = Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? 2)
const seed = Number(process.env['COGSYNC_PROPERTY_SEED'] ?? 20261121)

let all: Slips
const cases = { stood: 0, told: 0 }
beforeAll(async () => {
  all = await openSlips()
})
afterAll(async () => {
  console.info(`interleavings: ${cases.stood} stood, ${cases.told} of them told`)
  await all.world.close()
})

const isRead = (operation: string): boolean => /^(Get|List|Describe)/.test(operation)

/** Changes a setting by hand; whether AWS let them. */
const edit = async ({ desired, kind, field, value }: Slip, live: Live | undefined): Promise<boolean> => {
  try {
    await handOf(kind, field)?.(all.world.aws, { live: live as Live, field, value })
    return live?.address === desired.address
  } catch (error) {
    if (isAwsError(error)) return false
    throw error
  }
}

/** What `apply` does with a plan: looks at everything, then carries it out. */
const carryOut = async (plan: Plan) => {
  // nobody waits, and patience ends
  let now = 0
  const sleep = async (ms: number) => {
    now += ms
  }
  const seen = new Map<Address, JsonObject>()
  const moved = await findMoved(plan, kinds, all.world.aws, seen)
  if (moved.length > 0) return { refused: moved, outcomes: [] }
  const { outcomes } = await applyPlan(plan, kinds, all.world.aws, {
    clock: { now: () => now, sleep, random: () => 0.5 },
    secret: () => 'a-secret-of-24-characters+'.replace(/-/g, '_'),
    file: ({ $file }) => Buffer.from(`\x89PNG\r\n\x1a\n${$file}`, 'latin1').toString('base64'),
    seen,
  })
  return { refused: [], outcomes }
}

/**
 * The requests of an apply before which somebody may change a resource so that the look at it must show it: none
 * that is a write, none within the look that comes right before one, and of what follows another resource none
 * between that one's write and the look after it, which nobody can tell from what the write does.
 */
const moments = (operations: readonly string[], follows: boolean): number[] =>
  operations.flatMap((operation, index) => {
    const write = operations.findIndex((one, at) => at >= index && !isRead(one))
    const again = operations.slice(index + 1, write < 0 ? undefined : write)
    if (follows && index > 0 && !isRead(operations[index - 1] as string)) return []
    return isRead(operation) && write >= 0 && again.includes(operation) ? [index + 1] : []
  })

/** Kinds with one setting to change by hand: whoever else changes it changes the same one. */
const single = [
  'resourceServer',
  'clientSessions',
  'poolSessions',
  'terms',
  'logDelivery',
  'webAcl',
  'poolUiCustomization',
  'clientUiCustomization',
]
/** A style is made blank on the way; of a replica, only what AWS has copied can be changed by hand. */
const others = ['managedLoginBranding', 'replica']
const names = kinds
  .filter(({ name, writers }) => writers.some(isBodyWriter) && ![...single, ...others].includes(name))
  .map(({ name }) => name)

test.each(names)(
  'what somebody changes of %s while it is written stands, and what is told of it is true',
  async name => {
    const { world, spec, slips, applied } = all
    const own = [...slips.keys()].filter(one => slips.get(one)?.kind.name === name)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...own),
        fc.constantFrom(...slips.keys()),
        fc.constantFrom(...slips.keys()),
        fc.nat(),
        fc.boolean(),
        async (first, second, third, chance, ignored) => {
          const theirs = slips.get(first) as Slip
          const root = rootOf(theirs.desired.address)
          const near = [...slips.values()].filter(
            one =>
              one.desired.address === theirs.desired.address &&
              !namesOf(theirs).some(path => namesOf(one).includes(path)),
          )
          fc.pre(near.length > 0)
          const ours = [
            near[chance % near.length] as Slip,
            ...[second, third]
              .map(one => slips.get(one) as Slip)
              .filter(({ desired }) => rootOf(desired.address) === root),
          ].filter(one => namesOf(theirs).every(path => !namesOf(one).includes(path)))
          world.sandbox.state.restore(applied)
          const whole = around(spec, theirs)
          const file = ignored ? leaving(whole, theirs) : whole
          const see = () => observe(file, kinds, world.aws, where)
          const before = await see()
          for (const one of ours) fc.pre(await edit(one, before.live[one.desired.address]))
          const drifted = await see()
          const plan = makePlan(file, drifted, kinds, { tool: 'cogsync/test' })
          const start = world.sandbox.state.snapshot()
          // a style is made blank on the way: what is changed then is beyond telling
          fc.pre(
            plan.changes.every(({ calls: [one], kind }) => {
              const { restart } = kinds.find(each => each.name === kind) ?? {}
              return restart === undefined || one?.operation !== restart.operation
            }),
          )
          world.sandbox.resetLog()
          const alone = await carryOut(plan)
          fc.pre(alone.refused.length === 0 && alone.outcomes.every(({ status }) => status === 'done'))
          const follows = ours.some(({ desired }) => theirs.desired.address.startsWith(`${desired.address}.`))
          const nths = moments(
            world.sandbox.requests.map(({ operation }) => operation),
            follows,
          )
          fc.pre(nths.length > 0)
          const nth = nths[chance % nths.length] as number

          world.sandbox.state.restore(start)
          let changed = false
          let asIs: ReturnType<typeof valueIn>
          const until = async () => {
            changed = await edit(theirs, drifted.live[theirs.desired.address])
            asIs = valueIn(await see(), theirs)
          }
          // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
          const heal = world.sandbox.inject({ when: { nth }, then: { hold: 'before', until }, times: 1 })
          const { refused, outcomes } = await carryOut(plan).finally(heal)
          fc.pre(changed)
          expect(valueIn(await see(), theirs), `request ${nth}`).toEqual(asIs)
          cases.stood += 1
          const told = [
            ...refused.map(({ address, fields }) => ({ address, fields })),
            ...outcomes.flatMap(({ address, error, moved }) =>
              error?.name === 'Moved' ? [{ address, fields: moved }] : [],
            ),
          ]
          for (const { address, fields } of told) {
            cases.told += 1
            expect(address).toBe(theirs.desired.address)
            if (fields !== undefined)
              expect(fields.find(({ path }) => path === theirs.field.path)?.after).toEqual(asIs)
          }
        },
      ),
      { numRuns: runs, seed, maxSkipsPerRun: 1000 },
    )
  },
)
