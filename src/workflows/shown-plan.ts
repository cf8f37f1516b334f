// Whether a saved plan would send what it shows, as far as the plan alone can tell.

import { kinds } from '../kinds/index.ts'
import type { Plan } from '../model.ts'
import { callFaults } from '../plan/call-check.ts'
import { runError } from '../problem.ts'
import { safe } from '../render/printable.ts'

/**
 * Makes sure that a plan would send what it shows and nothing else, as far as that can be told without its file.
 * Throws a `RunError`, exit 5.
 */
export const requireShown = (plan: Plan): void => {
  const [fault, ...more] = callFaults(plan, kinds)
  if (fault === undefined) return
  throw runError({
    exit: 5,
    code: 'foreign-call',
    message: `the plan would send what it does not show: ${safe(fault)}${more.length > 0 ? `, and ${more.length} more like it` : ''}`,
    hint: 'cogsync made no such plan: somebody changed the file; plan again',
  })
}
