// An apply of the largest example, change by change: the state before and after each, so that each can be tried alone.
import { makePlan, readSpec } from '../../src/cogsync.ts'
import { applyPlan } from '../../src/engine/apply.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Change, Observation, Outcome, Plan } from '../../src/model.ts'
import { likeness } from './likeness.ts'
import { environment, everything, type World } from './world.ts'

export const planNow = async (
  { aws, clock }: World,
  config = everything,
): Promise<{ plan: Plan; observation: Observation }> => {
  const options = { config, aws, clock }
  const parsed = await readSpec(options)
  if (parsed.spec === undefined) throw new Error(JSON.stringify(parsed.diagnostics))
  return makePlan({ ...parsed, spec: parsed.spec }, options)
}

const secrets: { [name: string]: string } = {
  google: environment.FAULTS_GOOGLE_SECRET,
  own: environment.FAULTS_CLIENT_SECRET,
}

/** Carries out one change of a plan as if all before it were done. */
export const carryOut = async (
  world: World,
  plan: Plan,
  change: Change,
  signal?: AbortSignal,
): Promise<Outcome> => {
  const alone = { ...plan, changes: [{ ...change, after: [] }] }
  return (await carryOutAll(world, alone, signal))[0] as Outcome
}

/** Carries out a plan without looking whether it still fits. */
export const carryOutAll = async (
  { aws, clock }: World,
  plan: Plan,
  signal?: AbortSignal,
): Promise<Outcome[]> => {
  const secret = (name: string) => secrets[name] ?? ''
  return (await applyPlan(plan, kinds, aws, { clock, secret, ...(signal && { signal }) })).outcomes
}

/** One change in its place. */
export interface Step {
  plan: Plan
  change: Change
  /** a snapshot */
  before: string
  /** what it comes to, undisturbed */
  after: string
  /** how many requests it takes */
  requests: number
}

/** The steps of a file, each carried out undisturbed; the world is then as the file says. */
export const stepsOf = async (world: World, config = everything): Promise<Step[]> => {
  const steps: Step[] = []
  for (;;) {
    const { plan } = await planNow(world, config)
    const change = plan.changes.find(({ calls }) => calls.length > 0)
    if (change === undefined) return steps
    const before = world.sandbox.state.snapshot()
    world.sandbox.resetLog()
    const outcome = await carryOut(world, plan, change)
    if (outcome.status !== 'done') throw new Error(JSON.stringify(outcome))
    steps.push({
      plan,
      change,
      before,
      after: likeness(world.sandbox.state.snapshot()),
      requests: world.sandbox.requests.length,
    })
  }
}
