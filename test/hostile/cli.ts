// The real command line in this process, as a pipeline runs it: no terminal, nobody to ask, and no time to lose.
import { main } from '../../src/cli/run.ts'
import { makeClock, partsWith } from '../faults/clock.ts'

export interface Ran {
  code: number
  stdout: string
  stderr: string
}

/** Runs a command line in a folder. */
export const cli = async (cwd: string, argv: readonly string[], env = process.env): Promise<Ran> => {
  const ran: Ran = { code: -1, stdout: '', stderr: '' }
  const io = {
    stdout: { write: (text: string) => (ran.stdout += text), isTTY: false },
    stderr: { write: (text: string) => (ran.stderr += text), isTTY: false },
    env,
    cwd,
    interactive: false,
    ask: async () => undefined,
    onInterrupt: () => () => undefined,
    exit: () => undefined,
    now: () => 0,
  }
  ran.code = await main([...argv], io, partsWith({ clock: makeClock() }))
  return ran
}

/** What a crash would leave in an output: the frames of a stack, the words of a bug, values that are none. */
export const crashIn = ({ stdout, stderr }: Ran): string[] =>
  [...`${stdout}${stderr}`.matchAll(/^ +at .*:\d+:\d+|this is a bug|TypeError|RangeError|\[object /gm)].map(
    ([found]) => found,
  )
