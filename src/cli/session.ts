// What every command has at hand: where it writes, in which colours, and what it loads.
import type { Style } from '../render/text/style.ts'
import type { Io } from './io.ts'
import type { Parts } from './parts.ts'

export interface Session {
  io: Io
  parts: Parts
  /** the command's name, as documents carry it */
  command: string
  json: boolean
  quiet: boolean
  /** colours for stdout and stderr */
  out: Style
  err: Style
  /** data, to stdout */
  print(text: string): void
  /** anything else, to stderr; --quiet silences it */
  say(text: string): void
  /** to stderr, always */
  warn(text: string): void
  /** is told every secret that is read */
  onSecret?(secret: string): void
}

/** Options that most commands share, as commander leaves them. */
export interface CommonOptions {
  config?: string
  env?: string
  profile?: string
  endpointUrl?: string
  pace?: 'aws' | 'none'
  json?: boolean
  color?: boolean
  quiet?: boolean
  debug?: boolean
}

export interface PlanningOptions extends CommonOptions {
  target?: string[]
  full?: boolean
  allow?: string[]
  adopt?: (string | true)[]
  failOn?: string[]
  /** a git ref: only what the file changed since then is looked at */
  since?: string
}

/** What a command's file exports. Answers with the exit code. */
export type Run<Options = CommonOptions> = (
  session: Session,
  options: Options,
  ...args: string[]
) => Promise<number>
