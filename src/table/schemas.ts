// Short names for the schemas that rows use again and again. Bounds and patterns are AWS's (API models, 2026-08).
import { z } from 'zod'

/** A schema that is built once, when it is first asked for: a run needs few of them, and each takes its time. */
export const lazily = <T extends z.ZodType>(build: () => T): (() => T) => {
  let built: T | undefined
  return () => {
    built ??= build()
    return built
  }
}

/** The same for each schema of a table. */
export const lazyTable = <T extends { [key: string]: () => z.ZodType }>(table: T): T =>
  Object.fromEntries(Object.entries(table).map(([key, build]) => [key, lazily(build)])) as T

const full = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'u')

/** Text of a length, and of a pattern that must match as a whole. */
export const text = (min: number, max: number, pattern?: string, what?: string) => {
  const sized = z.string().min(min).max(max)
  return pattern === undefined
    ? sized
    : sized.regex(full(pattern), what === undefined ? undefined : `must be ${what}`)
}

export const flag = () => z.boolean()

export const whole = (min: number, max: number) => z.int().min(min).max(max)

export const oneOf = <const T extends readonly [string, ...string[]]>(...values: T) => z.enum(values)

export const listOf = (item: z.ZodType, min = 0, max?: number) =>
  max === undefined ? z.array(item).min(min) : z.array(item).min(min).max(max)

/** The pattern of every `ArnType` of the user-pool API. */
const arnPattern = String.raw`arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?`

export const arn = (
  what = 'an ARN with an account id, such as arn:aws:lambda:eu-west-1:111122223333:function:name',
) => text(20, 2048, arnPattern, what)

/** Names of pools, clients, resource servers and identity pools. */
export const resourceName = () =>
  text(1, 128, String.raw`[\w\s+=,.@-]+`, 'letters, digits, spaces and _ + = , . @ -')

/** Printable text without control characters, as AWS's `[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+`. */
export const printable = (min: number, max: number) =>
  text(min, max, String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+`, 'printable text')

const unitSeconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const
export type Unit = keyof typeof unitSeconds

/**
 * Seconds of a duration as the file writes it (`90s`, `15m`, `1h`, `30d`), or `undefined` for anything else.
 */
export const secondsOf = (text: unknown): number | undefined => {
  const match = typeof text === 'string' ? /^(\d{1,9})([smhd])$/.exec(text) : null
  return match ? Number(match[1]) * unitSeconds[match[2] as Unit] : undefined
}

/** The shortest way to write a number of seconds: the largest unit that divides it. `3600` → `1h`. */
export const durationOf = (seconds: number): string => {
  const unit =
    (['d', 'h', 'm'] as const).find(unit => seconds % unitSeconds[unit] === 0 && seconds > 0) ?? 's'
  return `${seconds / unitSeconds[unit]}${unit}`
}

/** A duration between two others, in whole `step`s: `duration('5m', '24h')`. */
export const duration = (min: string, max: string, step: Unit = 's') => {
  const [least, most] = [secondsOf(min) ?? 0, secondsOf(max) ?? 0]
  return z
    .string()
    .regex(/^\d{1,9}[smhd]$/, 'must be a duration: a number and s, m, h or d, such as 15m or 30d')
    .refine(value => {
      const seconds = secondsOf(value)
      return seconds === undefined || (seconds >= least && seconds <= most)
    }, `must be between ${min} and ${max}`)
    .refine(
      value => {
        const seconds = secondsOf(value)
        return seconds === undefined || seconds % unitSeconds[step] === 0
      },
      `must be whole ${{ s: 'seconds', m: 'minutes', h: 'hours', d: 'days' }[step]}`,
    )
}

/** A map of at most so many entries; its JSON Schema says so too. */
export const atMost = <T extends z.ZodRecord>(most: number, map: T, message: string) =>
  map.refine(entries => Object.keys(entries).length <= most, message).meta({ maxProperties: most })

/** Resource tags (Cognito and IAM: 50; two or three are cogsync's own). `aws:` is reserved. */
export const tags = () =>
  atMost(
    47,
    z.record(
      text(
        1,
        128,
        String.raw`(?!aws:)(?!cogsync:)[\p{L}\p{Z}\p{N}_.:/=+\-@]+`,
        'a tag key; aws: and cogsync: are reserved',
      ),
      text(0, 256, String.raw`[\p{L}\p{Z}\p{N}_.:/=+\-@]*`, 'letters, digits, spaces and _ . : / = + - @'),
    ),
    'must be at most 47 tags: AWS allows 50, and cogsync writes up to three',
  )
