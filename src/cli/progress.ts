// A sign of life on stderr for anything over a second: a spinner on a terminal, now and then a line elsewhere.
import type { Progress } from '../model.ts'
import { safe } from '../render/safe.ts'
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
  let text = first
  let spinner: { text: string; stop(): unknown; start(): unknown } | undefined
  let stopped = false

  const show = async () => {
    if (stopped) return
    if (!io.stderr.isTTY || io.env['CI'] || io.env['TERM'] === 'dumb') {
      io.stderr.write(`${text}\n`)
      timer = setTimeout(show, between)
      timer.unref()
      return
    }
    const { default: spin } = await import('yocto-spinner')
    if (!stopped) spinner = spin({ text, stream: process.stderr }).start()
  }
  let timer = setTimeout(show, patience)
  timer.unref()
  if (quiet) clearTimeout(timer)

  return {
    progress: ({ stage, done, total, text: what }) => {
      text =
        `${stage === 'read' ? 'Reading' : 'Applying'} ${total > 0 ? `${done}/${total} ` : ''}${safe(what)}`.trimEnd()
      if (spinner) spinner.text = text
    },
    line: out => {
      spinner?.stop()
      if (!quiet) io.stderr.write(out)
      spinner?.start()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
      spinner?.stop()
    },
  }
}
