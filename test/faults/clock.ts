// One clock for the command line and whatever it talks to, which moves only when somebody waits.
import type { Clock } from '../../src/aws/retry.ts'
import type { Parts, Pipeline } from '../../src/cli/parts.ts'
import { realParts } from '../../src/cli/real-parts.ts'
import type { Aws } from '../../src/model.ts'

/** A clock on which waiting costs nothing. */
export const makeClock = (): Clock & { waited(): number } => {
  const start = Date.parse('2026-03-01T12:00:00Z')
  let now = start
  return {
    now: () => now,
    sleep: async ms => {
      now += ms
    },
    random: () => 0.5,
    waited: () => now - start,
  }
}

/** The real pipeline on a clock, and with a way to AWS if one is given. */
export const partsWith = (given: { clock: Clock; aws?: Aws }): Parts => {
  const clocked = (pipeline: Pipeline): Pipeline => ({
    ...pipeline,
    makePlan: (parsed, options) => pipeline.makePlan(parsed, { ...options, ...given }),
    applyPlan: (plan, options) => pipeline.applyPlan(plan, { ...options, ...given }),
    readOutputs: (parsed, options) => pipeline.readOutputs(parsed, { ...options, ...given }),
    importAws: options => pipeline.importAws({ ...options, ...given }),
    planRotation: (parsed, options) => pipeline.planRotation(parsed, { ...options, ...given }),
    rotate: (rotation, options) => pipeline.rotate(rotation, { ...options, ...given }),
    planDestruction: (parsed, options) => pipeline.planDestruction(parsed, { ...options, ...given }),
  })
  return { ...realParts, pipeline: async () => clocked(await realParts.pipeline()) }
}
