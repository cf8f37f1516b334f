// From arguments to an exit code: the one place where errors become messages.

import { isRunError } from '../problem.ts'
import { safe, safeLines } from '../render/printable.ts'
import { renderDiagnostics } from '../render/text/diagnostics.ts'
import { coloured, plain, type Style } from '../render/text/style.ts'
import { version } from '../workflows/version.ts'
import { exits, invalidFile, isUsageError } from './exit.ts'
import { type Io, wantsColour } from './io.ts'
import type { Parts } from './parts.ts'
import { type Invocation, isCommanderError, makeProgram } from './program.ts'
import type { CommonOptions, Session } from './session.ts'

const issuesUrl = 'https://github.com/cogsync/cogsync/issues'

const sessionOf = (io: Io, parts: Parts, { command, options }: Invocation): Session => {
  const { color = true, json = false, quiet = false } = options as CommonOptions
  const style = (sink: Io['stdout']): Style => (wantsColour(sink, io.env, color) ? coloured : plain)
  return {
    io,
    parts,
    command,
    json,
    quiet,
    out: style(io.stdout),
    err: style(io.stderr),
    print: text => void io.stdout.write(text),
    say: text => void (quiet || io.stderr.write(text)),
    warn: text => void io.stderr.write(text),
  }
}

const explain = (style: Style, message: string, hint?: string): string =>
  [
    `${style.red('error:')} ${safeLines(message).join('\n  ')}`,
    ...(hint === undefined ? [] : [`  ${style.cyan('help:')} ${safeLines(hint).join('\n  ')}`]),
    '',
  ].join('\n')

const usage = (io: Io, style: Style, message: string, hint: string): number => {
  io.stderr.write(explain(style, message, hint))
  return exits.usage
}

/** What the invocation is, or the exit code of a command line that is none (or only asks for help). */
const understand = async (argv: readonly string[], io: Io): Promise<Invocation | number> => {
  const style = wantsColour(io.stderr, io.env, !argv.includes('--no-color')) ? coloured : plain
  let chosen: Invocation | undefined
  const program = makeProgram(invocation => (chosen = invocation), {
    out: text => io.stdout.write(text),
    err: text => io.stderr.write(text),
  })
  if (argv.length === 0) {
    io.stderr.write(`${program.helpInformation()}\n${explain(style, 'no command was given')}`)
    return exits.usage
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!isCommanderError(error)) throw error
    if (error.exitCode === 0) return exits.ok
    const command = program.commands.find(each => each.name() === argv[0])
    const message = error.message.replace(/^error: /, '').replace(/\(outputHelp\)/, 'no such command')
    return usage(io, style, message, `see cogsync ${command ? `${command.name()} ` : ''}--help`)
  }
  return chosen ?? exits.usage
}

const report = async (session: Session, error: unknown): Promise<number> => {
  const { io, err } = session
  if (isUsageError(error))
    return usage(io, err, error.message, error.hint ?? `see cogsync ${session.command} --help`)
  if (isRunError(error)) {
    const { exit, code, message, hint, diagnostics = [], lineAt } = error
    if (session.json) {
      const { document } = await import('./planning.ts')
      session.print(
        document(session, exit, {
          error: { code, message, ...(hint === undefined ? {} : { hint }) },
          diagnostics,
        }),
      )
    }
    if (diagnostics.length > 0)
      io.stderr.write(`${renderDiagnostics(diagnostics, { style: err, ...(lineAt ? { lineAt } : {}) })}\n`)
    // an invalid file has said everything already
    if (code !== invalidFile) io.stderr.write(explain(err, message, hint))
    if (wantsStack(io)) io.stderr.write(`${stackOf(error)}\n`)
    return exit
  }
  if (isFileError(error)) {
    io.stderr.write(explain(err, error.message))
    return exits.failure
  }
  const text = error instanceof Error ? error.message : String(error)
  io.stderr.write(
    explain(
      err,
      `this is a bug in cogsync ${version}: ${safe(text)}`,
      `please report it, with what DEBUG=cogsync prints, at ${issuesUrl}`,
    ),
  )
  if (wantsStack(io)) io.stderr.write(`${stackOf(error)}\n`)
  return exits.failure
}

const wantsStack = ({ env }: Io) => /\b(cogsync|\*)/.test(env['DEBUG'] ?? '')

const stackOf = (error: unknown): string =>
  error instanceof Error ? safeLines(error.stack ?? '').join('\n') : ''

/** A file that cannot be read or written is the user's to see to, not a bug. */
const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  /^E(ACCES|NOENT|NOTDIR|ISDIR|EXIST|NOSPC|ROFS|PERM|MFILE|ADDRNOTAVAIL)$/.test(
    (error as NodeJS.ErrnoException).code ?? '',
  )

/** Runs one command line. Never throws, and answers with the exit code. */
export const main = async (argv: readonly string[], io: Io, parts: Parts): Promise<number> => {
  const invocation = await understand(argv, io)
  if (typeof invocation === 'number') return invocation
  const session = sessionOf(io, parts, invocation)
  try {
    const { run } = await invocation.load()
    return await run(session, invocation.options as never, ...invocation.args)
  } catch (error) {
    return report(session, error)
  }
}
