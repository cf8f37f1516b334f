// A sign of life on stderr for anything over a second: a spinner on a terminal, now and then a line elsewhere.
import type { Progress } from '../model.ts'
import { safe } from '../render/printable.ts'
import { elapsed } from '../render/text/wrap.ts'
import type { RunOptions } from './parts.ts'
import type { Session } from './session.ts'

export interface Watch {
  progress: Progress
  /** hears of requests and answers: a long silence is said */
  contact: NonNullable<RunOptions['contact']>
  /** writes a line without tearing the spinner */
  line(text: string): void
  stop(): void
}

const patience = 1000
const between = 10_000
/** After so long without an answer, who has not answered is said. */
const silent = 15_000

/** Quiet for a second, then shows the last thing heard. */
export const watch = ({ io, quiet }: Session, first: string): Watch => {
  const animated = io.stderr.isTTY && !io.env['CI'] && io.env['TERM'] !== 'dumb'
  const began = io.now()
  let text = first
  let spinner: { text: string; stop(): unknown; start(): unknown } | undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  // who was asked last, how many requests are under way, since when nobody has answered, and whether that was said
  let [address, under, since, told, heard] = ['AWS', 0, began, false, true]

  const silence = (): string => {
    const waited = io.now() - since
    return (under > 0 || !heard) && waited >= silent
      ? `: no answer from ${safe(address)} for ${elapsed(waited)}`
      : ''
  }
  const alarm = setInterval(() => {
    const said = silence()
    if (spinner) spinner.text = text + said
    else if (said !== '' && !told && !quiet && !animated) {
      told = true
      io.stderr.write(`${text}${said}\n`)
    }
  }, patience)
  alarm.unref()

  const wait = (milliseconds: number) => {
    timer = setTimeout(show, milliseconds)
    timer.unref()
  }
  const show = async () => {
    if (!animated) {
      const waited = io.now() - began
      io.stderr.write(`${text}${silence() || (waited > between ? ` (${elapsed(waited)})` : '')}\n`)
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
    clearInterval(alarm)
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
    contact: event => {
      if (typeof event === 'object') address = event.address
      if (event === 'answered' || (event === 'asked' && under === 0 && heard)) {
        since = io.now()
        told = false
      }
      // what is asked again has still not been answered
      if (event === 'answered' || event === 'asked') heard = event === 'answered'
      if (event === 'asked') under += 1
      if (event === 'ended') under -= 1
    },
    line: out => {
      spinner?.stop()
      if (!quiet) io.stderr.write(out)
      if (!stopped) spinner?.start()
    },
    stop,
  }
}
