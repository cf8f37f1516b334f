// An apply of the largest example, change by change: the state before and after each, so that each can be tried alone.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { applyPlan } from '../../src/apply/apply.ts'
import { makePlan, readSpec } from '../../src/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Change, Observation, Outcome, Plan, Report } from '../../src/model.ts'
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

/** Carries out a plan without looking whether it still fits. */
export const carryOutAll = ({ aws, clock }: World, plan: Plan, signal?: AbortSignal): Promise<Report> => {
  const secret = (name: string) => secrets[name] ?? ''
  const file = ({ $file }: { $file: string }) => readFileSync(join(dirname(everything), $file), 'base64')
  return applyPlan(plan, kinds, aws, { clock, secret, file, ...(signal && { signal }) })
}

const alone = (plan: Plan, change: Change): Plan => ({ ...plan, changes: [{ ...change, after: [] }] })

/** Carries out one change of a plan as if all before it were done. */
export const carryOut = async (
  world: World,
  plan: Plan,
  change: Change,
  signal?: AbortSignal,
): Promise<Outcome> => (await carryOutAll(world, alone(plan, change), signal)).outcomes[0] as Outcome

/** One change in its place. */
export interface Step {
  /** with everything known that was made before */
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
  let { plan } = await planNow(world, config)
  for (const change of plan.changes.filter(({ calls }) => calls.length > 0)) {
    const before = world.sandbox.state.snapshot()
    world.sandbox.resetLog()
    const { outcomes, known } = await carryOutAll(world, alone(plan, change))
    if (outcomes[0]?.status !== 'done') throw new Error(JSON.stringify(outcomes))
    const after = likeness(world.sandbox.state.snapshot())
    steps.push({ plan, change, before, after, requests: world.sandbox.requests.length })
    // the next one refers to what this one made
    plan = { ...plan, known }
  }
  return steps
}
