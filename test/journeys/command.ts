// The real command line, in process, against a bench's sandbox.
import { realParts } from '../../src/cli/real-parts.ts'
import { main } from '../../src/cli/run.ts'
import type { Bench } from './run.ts'

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
    const code = await main(argv, io, realParts)
    return { code, said: said.join(''), printed: printed.join('') }
  } finally {
    delete process.env['AWS_ENDPOINT_URL']
  }
}
