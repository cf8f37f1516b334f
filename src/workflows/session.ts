// What every run begins with: the file read and parsed, AWS opened and observed.

import { dirname, relative, resolve } from 'node:path'
import type { Clock } from '../aws/retry.ts'
import { openAws, orRunError, whoAmI, wrongAccount } from '../aws/session.ts'
import type { Contact } from '../aws/silence.ts'
import { kinds } from '../kinds/index.ts'
import type { Aws, Observation, Progress, Spec } from '../model.ts'
import type { ObserveOptions } from '../observe/reader.ts'
import { runError } from '../problem.ts'
import { type Parsed, parseSpec } from '../spec/index.ts'
import { fileDigest, noting, readOrdinary, textReader } from './files.ts'
import type { SecretSite } from './secrets.ts'

export interface RunOptions {
  config: string
  environment?: string
  /** `--allow` words */
  allow?: string[]
  adopt?: string[] | true
  targets?: string[]
  /** where the file stands and which commit is checked out, for plans to say */
  source?: { file: string; commit?: string }
  /** of the file's resources only these are looked at */
  scope?: ReadonlySet<string>
  /** look for what the file says nothing of, too, where every one costs a read of its own */
  full?: boolean
  progress?: Progress
  endpoint?: string
  profile?: string
  pace?: 'aws' | 'none'
  /** a way to AWS that is open already */
  aws?: Aws
  /** the system's, unless given */
  clock?: Clock
  region?: string
  cwd?: string
  /** takes the lines of the debug log */
  trace?: (line: string) => void
  /** hears of requests and answers */
  contact?: Contact
  /** is told every secret that is read */
  onSecret?: (secret: string) => void
}

interface Reads {
  /** all files that were read, the links on the way too, from the working folder, sorted */
  files: string[]
}

/** Reads and parses the file; loads no SDK. Throws a `RunError` only when there is no file to read. */
export const readSpec = async (options: RunOptions): Promise<Parsed & Reads> => {
  const cwd = options.cwd ?? process.cwd()
  const path = resolve(cwd, options.config)
  const text = configBytes(path, options.config)
  const folder = dirname(path)
  const { note, after, files } = noting(cwd, folder)
  note(path)
  const parsed = parseSpec(
    { file: relative(cwd, path) || path, text },
    {
      kinds,
      ...(options.environment !== undefined && { environment: options.environment }),
      readText: after(textReader(folder)),
      digest: after(fileDigest(folder)),
    },
  )
  return { ...parsed, files: files() }
}

/** More than what parsing a file takes, so that it can say what it takes. */
const mostBytes = 16 * 1024 * 1024

/** The bytes of a configuration file. Throws a `RunError`, exit 3, when it is no ordinary file that can be read. */
export const configBytes = (path: string, name: string): Buffer => {
  try {
    return readOrdinary(path, mostBytes)
  } catch (error) {
    const cause = error as NodeJS.ErrnoException
    throw runError(
      {
        exit: 3,
        code: 'no-file',
        message:
          cause.code === 'ENOENT' ? `there is no file ${name}` : `${name} cannot be read: ${cause.message}`,
        hint: 'run cogsync init, or name your file with --config',
      },
      cause,
    )
  }
}

/** Reads AWS: what the file names, and what stands beside it; to compare them, where secrets come from and go too. */
export const observeNow = async (
  spec: Spec,
  options: RunOptions,
  { compare, doom, strays }: { compare?: boolean } & Pick<ObserveOptions, 'doom' | 'strays'> = {},
): Promise<{ aws: Aws; observation: Observation }> => {
  const aws = await openAws(spec.region, options)
  const where = await whoAmI(aws, spec.region)
  if (spec.account !== undefined && spec.account !== where.account)
    throw wrongAccount(where.account, spec.account)
  const { observe } = await import('../observe/observe.ts')
  const { readComparable } = await import('./secrets.ts')
  const { secret, notes } = compare
    ? await orRunError(() => readComparable(spec, kinds, secretSite(aws, options)))
    : { secret: () => undefined, notes: [] }
  const observation = await orRunError(() =>
    observe(spec, kinds, aws, where, {
      ...(options.adopt !== undefined && { adopt: options.adopt }),
      ...(options.progress && { progress: options.progress }),
      secret,
      ...(compare
        ? { ...(options.targets && { targets: options.targets }), unclaimed: true }
        : { deliveries: false }),
      ...(doom && { doom }),
      ...(strays && { strays }),
      ...(options.scope && { scope: options.scope }),
      ...(options.full && { full: true }),
    }),
  )
  return { aws, observation: { ...observation, diagnostics: [...notes, ...observation.diagnostics] } }
}

export const secretSite = (aws: Aws, { cwd }: RunOptions): SecretSite => ({
  aws,
  readText: textReader(cwd ?? process.cwd()),
})
