// What every run begins with: the file read and parsed, AWS opened and observed.

import { readFileSync, realpathSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { openAws, orRunError, whoAmI, wrongAccount } from './aws/session.ts'
import { kinds } from './kinds/index.ts'
import type { Aws, Observation, Progress, Spec } from './model.ts'
import { runError } from './run-error.ts'
import type { SecretSite } from './secrets.ts'
import { type Parsed, parseSpec } from './spec/index.ts'

export interface RunOptions {
  config: string
  environment?: string
  /** `--allow` words */
  allow?: string[]
  adopt?: string[] | true
  targets?: string[]
  progress?: Progress
  endpoint?: string
  profile?: string
  region?: string
  cwd?: string
  /** takes the lines of the debug log */
  trace?: (line: string) => void
}

/** Reads and parses the file; loads no SDK. Throws a `RunError` only when there is no file to read. */
export const readSpec = async (options: RunOptions): Promise<Parsed> => {
  const cwd = options.cwd ?? process.cwd()
  const path = resolve(cwd, options.config)
  const text = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw runError(
      {
        exit: 3,
        code: 'no-file',
        message:
          cause.code === 'ENOENT'
            ? `there is no file ${options.config}`
            : `${options.config} cannot be read: ${cause.code ?? cause.message}`,
        hint: 'run cogsync init, or name your file with --config',
      },
      cause,
    )
  })
  return parseSpec(
    { file: relative(cwd, path) || path, text },
    {
      kinds,
      ...(options.environment !== undefined && { environment: options.environment }),
      readText: textReader(dirname(path)),
    },
  )
}

/** More than any message or document that AWS takes. */
const maxTextBytes = 1024 * 1024

/**
 * Reads texts below a folder, and nothing outside it, symbolic links included. Throws, with a reason that names no
 * place of the machine, for what is missing, no ordinary file, too large or not UTF-8.
 */
export const textReader =
  (folder: string) =>
  (path: string): string => {
    const root = realpathSync(folder)
    const real = orReason(() => realpathSync(resolve(root, path)))
    if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) throw new Error('it is outside the folder')
    // a pipe would keep the reader waiting, and a device may never end
    const found = orReason(() => statSync(real))
    if (!found.isFile()) throw new Error('it is no file')
    if (found.size > maxTextBytes)
      throw new Error(`it has ${found.size} bytes, and at most ${maxTextBytes} are read`)
    const bytes = orReason(() => readFileSync(real))
    const text = bytes.toString('utf8')
    if (!Buffer.from(text).equals(bytes)) throw new Error('it is not UTF-8')
    return text
  }

const reasons: { [code: string]: string } = {
  ENOENT: 'it does not exist',
  ENOTDIR: 'it does not exist',
  EACCES: 'it may not be read',
  ELOOP: 'its symbolic links go round in a circle',
  ENAMETOOLONG: 'its name is too long',
}

const orReason = <T>(read: () => T): T => {
  try {
    return read()
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    throw new Error(reasons[code] ?? code, { cause })
  }
}

/** Reads AWS: what the file names, and what stands beside it; to compare them, where secrets come from and go too. */
export const observeNow = async (
  spec: Spec,
  options: RunOptions,
  { compare }: { compare?: boolean } = {},
): Promise<{ aws: Aws; observation: Observation }> => {
  const aws = await openAws(spec.region, options)
  const where = await whoAmI(aws, spec.region)
  if (spec.account !== undefined && spec.account !== where.account)
    throw wrongAccount(where.account, spec.account)
  const { observe } = await import('./engine/observe.ts')
  const { readComparable } = await import('./secrets.ts')
  const { secret, notes } = compare
    ? await orRunError(() => readComparable(spec, kinds, secretSite(aws, options)))
    : { secret: () => undefined, notes: [] }
  const observation = await orRunError(() =>
    observe(spec, kinds, aws, where, {
      ...(options.adopt !== undefined && { adopt: options.adopt }),
      ...(options.progress && { progress: options.progress }),
      secret,
      ...(!compare && { deliveries: false }),
    }),
  )
  return { aws, observation: { ...observation, diagnostics: [...notes, ...observation.diagnostics] } }
}

export const secretSite = (aws: Aws, { cwd }: RunOptions): SecretSite => ({
  aws,
  readText: textReader(cwd ?? process.cwd()),
})
