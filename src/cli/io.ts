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
  /** calls the handler at each Ctrl-C instead of ending the process, until undone */
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

export const processIo = (): Io => ({
  stdout: { write: text => process.stdout.write(text), isTTY: process.stdout.isTTY === true },
  stderr: { write: text => process.stderr.write(text), isTTY: process.stderr.isTTY === true },
  env: process.env,
  cwd: process.cwd(),
  interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
  ask,
  onInterrupt: handler => {
    process.on('SIGINT', handler)
    process.on('SIGTERM', handler)
    return () => {
      process.off('SIGINT', handler)
      process.off('SIGTERM', handler)
    }
  },
  exit: code => process.exit(code),
  now: () => performance.now(),
})
