// The process as a value: what a command may see and touch of the world around it.
import { exits } from './exit.ts'

export interface Sink {
  write(text: string): unknown
  isTTY: boolean
}

export interface Io {
  stdout: Sink
  stderr: Sink
  env: { [name: string]: string | undefined }
  cwd: string
  /** whether somebody can answer */
  interactive: boolean
  /** one line from whoever is there; `undefined` when there is none */
  ask(question: string): Promise<string | undefined>
  /** calls the handler at each Ctrl-C, and at what else ends a process, instead of ending it, until undone */
  onInterrupt(handler: () => void): () => void
  /** ends the process at once */
  exit(code: number): void
  now(): number
}

/** Colours: NO_COLOR and --no-color say no, FORCE_COLOR says yes, otherwise a terminal decides. */
export const wantsColour = (sink: Sink, env: Io['env'], asked: boolean): boolean => {
  if (!asked || env['NO_COLOR']) return false
  if (env['FORCE_COLOR'] && env['FORCE_COLOR'] !== '0') return true
  return sink.isTTY && env['TERM'] !== 'dumb'
}

const ask = async (question: string): Promise<string | undefined> => {
  const { createInterface } = await import('node:readline')
  return new Promise(resolve => {
    const lines = createInterface({ input: process.stdin, output: process.stderr })
    lines.on('close', () => resolve(undefined))
    // on a terminal, readline takes Ctrl-C for itself
    lines.on('SIGINT', () => {
      process.stderr.write('\n')
      process.exit(exits.interrupted)
    })
    lines.question(question, answer => {
      resolve(answer)
      lines.close()
    })
  })
}

/** A closed terminal, like one that says stop; Windows knows no SIGHUP, and node makes one up there. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What minds being ended, and whether it has been told. */
const minding = new Map<() => void, boolean>()
/** Whether what is said reaches nobody any more, or may not for long. */
let alone = false

/**
 * Nobody reads any more: `cogsync plan | head` ends quietly, and a command that must not be cut off is told once, as by
 * Ctrl-C. What it says from then on goes nowhere, and its exit code still tells how it ended.
 */
export const whenOutputCloses = (): void => {
  const close = (error: NodeJS.ErrnoException) => {
    if (minding.size === 0 && !alone) process.exit(error.code === 'EPIPE' ? process.exitCode : exits.failure)
    alone = true
    for (const [handler, told] of minding) {
      minding.set(handler, true)
      if (!told) handler()
    }
  }
  for (const stream of [process.stdout, process.stderr]) stream.on('error', close)
}

export const processIo = (): Io => ({
  stdout: { write: text => process.stdout.write(text), isTTY: process.stdout.isTTY === true },
  stderr: { write: text => process.stderr.write(text), isTTY: process.stderr.isTTY === true },
  env: process.env,
  cwd: process.cwd(),
  interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
  ask,
  onInterrupt: handler => {
    const tell = (signal: NodeJS.Signals) => {
      minding.set(handler, true)
      alone ||= signal === 'SIGHUP'
      handler()
    }
    minding.set(handler, false)
    for (const signal of endings) process.on(signal, tell)
    return () => {
      minding.delete(handler)
      for (const signal of endings) process.off(signal, tell)
    }
  },
  exit: code => process.exit(code),
  now: () => performance.now(),
})
