// Plans as files: written, read back, and refused when somebody edited them.

import { planHash } from './engine/hash.ts'
import type { Plan } from './model.ts'
import { runError } from './run-error.ts'

/** A plan as text that `loadPlan` reads back. Holds no secret. */
export const savePlan = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`

/** A saved plan; throws a `RunError` when it is none, is of another version, or was edited. */
export const loadPlan = (text: string): Plan => {
  const plan = parsedPlan(text)
  const { hash, ...body } = plan
  if (planHash(body) !== hash)
    throw runError({
      exit: 5,
      code: 'edited-plan',
      message: 'the plan file was changed after it was saved',
      hint: 'plan again: a plan can be reviewed, but not edited',
    })
  return plan
}

const parsedPlan = (text: string): Plan => {
  try {
    const plan = JSON.parse(text) as Partial<Plan>
    if (plan.format === 1 && Array.isArray(plan.changes) && typeof plan.hash === 'string') return plan as Plan
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
