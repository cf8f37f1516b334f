// Plans as files: written, read back, and refused when somebody edited them or another major version made them.

import { majorOf, planHash, sealOf } from './engine/hash.ts'
import type { Plan } from './model.ts'
import { safeJson } from './render/safe.ts'
import { runError } from './run-error.ts'
import { tool } from './version.ts'

/**
 * A plan as text that `loadPlan` reads back: the plan, and a seal over all of it. Holds no secret, and is as safe to
 * print as what is printed anyway.
 */
export const savePlan = (plan: Plan): string => `${safeJson({ ...plan, seal: sealOf(plan) })}\n`

/** A saved plan; throws a `RunError`, exit 5, when it is none, is of another version, or was edited. */
export const loadPlan = (text: string): Plan => {
  const { seal, ...plan } = parsedPlan(text)
  if (majorOf(plan.tool) !== majorOf(tool))
    throw runError({
      exit: 5,
      code: 'plan-of-another-version',
      message: `the plan was made by ${plan.tool}, and this is ${tool}: plans are carried out only by the major version that made them`,
      hint: 'plan again with this version, or apply with the one that made it',
    })
  const { hash, ...body } = plan
  if (seal !== sealOf(plan) || planHash(body) !== hash)
    throw runError({
      exit: 5,
      code: 'edited-plan',
      message: 'the plan file was changed after it was saved',
      hint: 'plan again: a plan can be reviewed, but not edited',
    })
  return plan
}

const parsedPlan = (text: string): Plan & { seal: string } => {
  try {
    const plan = JSON.parse(text) as Partial<Plan & { seal: string }>
    const isPlan =
      plan.format === 1 &&
      typeof plan.tool === 'string' &&
      Array.isArray(plan.changes) &&
      typeof plan.hash === 'string' &&
      typeof plan.seal === 'string'
    if (isPlan) return plan as Plan & { seal: string }
  } catch {
    // said below
  }
  throw runError({
    exit: 5,
    code: 'no-plan',
    message: 'the file is no plan that this version of cogsync can read',
    hint: 'make one with cogsync plan --out',
  })
}
