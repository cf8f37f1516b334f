// What the runner of GitHub Actions understands: inputs, outputs, log commands, the job summary.
import { appendFileSync } from 'node:fs'
import { safeLines } from '../render/printable.ts'

/** The process as a value. */
export interface Host {
  env: { [name: string]: string | undefined }
  write(text: string): void
  /** something nobody can guess: ends a pause of commands, or a value in a file */
  token(): string
}

export type Level = 'error' | 'warning' | 'notice'

export interface Annotation {
  level: Level
  message: string
  title: string
  /** from the workspace */
  file?: string
  line?: number
  endLine?: number
}

export interface Runner {
  env: Host['env']
  /** an input without the blanks around it; empty when it is not given */
  input(name: string): string
  output(name: string, value: string): void
  /** text from anywhere; nothing in it is taken for a command */
  log(text: string): void
  /** the same, folded */
  group(title: string, text: string): void
  /** what is said until `close` is folded; there is one fold at a time */
  open(title: string): void
  close(): void
  /** beside a line or on the run's page; the runner takes ten of a level, so `end` says how many more there were */
  annotate(annotation: Annotation): void
  /** keeps a value out of the log and the summary, as far as the runner can */
  mask(secret: string): void
  /** markdown for the page of the run */
  summary(markdown: string): void
  /** the last word */
  end(): void
}

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** An annotation holds 4,096 characters. */
const longestAnnotation = 4000
/** Of ten that a step may have of a level, one is kept for how many more there are. */
const mostAnnotations = 9

/** The runner's side of a run; `redact` goes over everything that is said. */
export const openRunner = ({ env, write, token }: Host, redact: (text: string) => string): Runner => {
  const command = (name: string, properties: { [name: string]: string | undefined }, text: string) => {
    const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '')
    const list = given.map(([key, value]) => `${key}=${escapeProperty(value ?? '')}`).join(',')
    write(`::${name}${list === '' ? '' : ` ${list}`}::${escapeData(text)}\n`)
  }
  const append = (variable: string, text: string): boolean => {
    const path = env[variable]
    if (path) appendFileSync(path, text)
    return Boolean(path)
  }
  // the runner looks for commands in every line, indented or not; AWS's texts are not the place for them
  const log = (text: string) => {
    const end = token()
    write(`::stop-commands::${end}\n`)
    write(`${safeLines(redact(text.replace(/\n$/, ''))).join('\n')}\n`)
    write(`::${end}::\n`)
  }
  const open = (title: string) => command('group', {}, safeLines(redact(title)).join(' '))
  const close = () => command('endgroup', {}, '')
  const counts: { [level in Level]: number } = { error: 0, warning: 0, notice: 0 }
  const annotateNow = ({ level, message, title, file, line, endLine }: Annotation) =>
    command(
      level,
      { title, file, line: line?.toString(), endLine: endLine?.toString() },
      safeLines(redact(message)).join('\n').slice(0, longestAnnotation),
    )
  return {
    env,
    input: name => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim(),
    output: (name, value) => {
      const end = `end-${token()}`
      append('GITHUB_OUTPUT', `${name}<<${end}\n${redact(value)}\n${end}\n`)
    },
    log,
    group: (title, text) => {
      open(title)
      log(text)
      close()
    },
    open,
    close,
    annotate: annotation => {
      counts[annotation.level] += 1
      if (counts[annotation.level] <= mostAnnotations) annotateNow(annotation)
    },
    mask: secret => command('add-mask', {}, secret),
    summary: markdown => void append('GITHUB_STEP_SUMMARY', redact(markdown)),
    end: () => {
      for (const level of ['error', 'warning', 'notice'] as const) {
        const more = counts[level] - mostAnnotations
        if (more > 0)
          annotateNow({ level, title: 'cogsync', message: `${more} more in the summary of this run` })
      }
    },
  }
}
