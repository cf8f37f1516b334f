// The real command line, in process, against a bench's sandbox.

import type { Parts } from '../../src/cli/parts.ts'
import { realParts } from '../../src/cli/real-parts.ts'
import { main } from '../../src/cli/run.ts'
import type { Bench } from './run.ts'

/** The real parts, which wait on the bench's clock. */
const partsOn = ({ clock }: Bench): Parts => ({
  ...realParts,
  pipeline: async () => {
    const real = await realParts.pipeline()
    return {
      ...real,
      makePlan: (file, options) => real.makePlan(file, { ...options, clock }),
      applyPlan: (plan, options) => real.applyPlan(plan, { ...options, clock }),
      planDestruction: (file, options) => real.planDestruction(file, { ...options, clock }),
    }
  },
})

/**
 * A command of the real command line, against the bench's sandbox; `said` is everything that anybody could read,
 * `printed` what went to stdout.
 */
export async function command(
  bench: Bench,
  ...argv: string[]
): Promise<{ code: number; said: string; printed: string }> {
  const [said, printed]: [string[], string[]] = [[], []]
  const io = {
    stdout: { write: (text: string) => said.push(text) && printed.push(text), isTTY: false },
    stderr: { write: (text: string) => said.push(text), isTTY: false },
    env: { ...process.env, DEBUG: 'cogsync' },
    cwd: bench.folder,
    interactive: false,
    ask: async () => undefined,
    onInterrupt: () => () => undefined,
    exit: () => undefined,
    now: () => Date.now(),
  }
  process.env['AWS_ENDPOINT_URL'] = bench.sandbox.url
  try {
    const code = await main(argv, io, partsOn(bench))
    return { code, said: said.join(''), printed: printed.join('') }
  } finally {
    delete process.env['AWS_ENDPOINT_URL']
  }
}
