// A sign of life on stderr for anything over a second: a spinner on a terminal, now and then a line elsewhere.
import type { Progress } from '../model.ts'
import { safe } from '../render/safe.ts'
import { elapsed } from '../render/wrap.ts'
import type { Session } from './session.ts'

export interface Watch {
  progress: Progress
  /** writes a line without tearing the spinner */
  line(text: string): void
  stop(): void
}

const patience = 1000
const between = 10_000

/** Quiet for a second, then shows the last thing heard. */
export const watch = ({ io, quiet }: Session, first: string): Watch => {
  const animated = io.stderr.isTTY && !io.env['CI'] && io.env['TERM'] !== 'dumb'
  const began = io.now()
  let text = first
  let spinner: { text: string; stop(): unknown; start(): unknown } | undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const wait = (milliseconds: number) => {
    timer = setTimeout(show, milliseconds)
    timer.unref()
  }
  const show = async () => {
    if (!animated) {
      const waited = io.now() - began
      io.stderr.write(waited > between ? `${text} (${elapsed(waited)})\n` : `${text}\n`)
      return wait(between)
    }
    const { default: spin } = await import('yocto-spinner')
    if (stopped) return
    // Ctrl-C is the command's to handle; the cursor comes back whatever ends the process
    spinner = spin({ text, stream: process.stderr, handleSignals: false }).start()
    process.once('exit', stop)
  }
  const stop = () => {
    stopped = true
    clearTimeout(timer)
    spinner?.stop()
    process.off('exit', stop)
  }
  if (!quiet) wait(patience)

  return {
    progress: ({ stage, done, total, text: what, left = 0 }) => {
      const counted = total > 0 ? `${done}/${total} ` : ''
      const waits = left < patience ? '' : `, ${elapsed(left)} left at AWS's pace`
      text = `${stage === 'read' ? 'Reading' : 'Applying'} ${counted}${safe(what)}`.trimEnd() + waits
      if (spinner) spinner.text = text
    },
    line: out => {
      spinner?.stop()
      if (!quiet) io.stderr.write(out)
      if (!stopped) spinner?.start()
    },
    stop,
  }
}
