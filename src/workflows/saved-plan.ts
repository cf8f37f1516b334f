// Plans as files: written, read back, and refused when they are none, were edited, or another version made them.

import type { Plan } from '../model.ts'
import { type RunError, runError } from '../problem.ts'
import { safeJson } from '../render/printable.ts'
import { majorOf, planHash, sealOf } from '../values/hash.ts'
import { planFault } from './plan-fault.ts'
import { tool } from './version.ts'

/**
 * A plan as text that `loadPlan` reads back: the plan, and a seal over all of it. Holds no secret, and is as safe to
 * print as what is printed anyway.
 */
export const savePlan = (plan: Plan): string => `${safeJson({ ...plan, seal: sealOf(plan) })}\n`

/**
 * A saved plan; throws a `RunError`, exit 5, when it is none, is of another version, or is not as it was saved. That
 * it is says nothing of who saved it: hash and seal have no key, so anybody can make both again.
 */
export const loadPlan = (text: string): Plan => {
  try {
    return checked(parsed(text))
  } catch (error) {
    // what is nested too deeply to be a plan is too deep to be walked through
    if (error instanceof RangeError) throw noPlan('it is nested too deeply')
    throw error
  }
}

const noPlan = (why: string): RunError =>
  runError({
    exit: 5,
    code: 'no-plan',
    message: `the file is no plan that cogsync can read: ${why}`,
    hint: 'make one with cogsync plan --out',
  })

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw noPlan(text.trim() === '' ? 'it is empty' : 'it is not JSON')
  }
}

const checked = (value: unknown): Plan => {
  const { format, tool: maker } = (value ?? {}) as { format?: unknown; tool?: unknown }
  const isNumbered = typeof format === 'number' && typeof maker === 'string'
  if (isNumbered && format < 2)
    throw runError({
      exit: 5,
      code: 'plan-of-another-version',
      message: 'the plan was made by an older cogsync: plan again',
      hint: `its format is ${format}, and ${tool} reads format 2`,
    })
  if (typeof maker === 'string' && /^cogsync\/\d/.test(maker) && majorOf(maker) !== majorOf(tool))
    throw runError({
      exit: 5,
      code: 'plan-of-another-version',
      message: `the plan was made by ${maker}, and this is ${tool}: plans are carried out only by the major version that made them`,
      hint: 'plan again with this version, or apply with the one that made it',
    })
  const fault = planFault(value)
  if (fault !== undefined) throw noPlan(fault)
  const { seal, ...plan } = value as Plan & { seal: string }
  if (seal !== sealOf(plan) || planHash(plan) !== plan.hash)
    throw runError({
      exit: 5,
      code: 'edited-plan',
      message: 'the plan file was changed after it was saved',
      hint: 'plan again: a plan can be reviewed, but not edited',
    })
  return plan
}
