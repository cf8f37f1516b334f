// cogsync import: what AWS has, as a file.
import { lstat, readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { runError } from '../../problem.ts'
import { safe } from '../../render/printable.ts'
import { count } from '../../render/text/wrap.ts'
import { readOrdinary } from '../../workflows/files.ts'
import { version } from '../../workflows/version.ts'
import { writeFiles } from '../../workflows/written.ts'
import { type Exit, exits, usageError } from '../exit.ts'
import type { Imported, ImportOptions } from '../parts.ts'
import { configOf, document, readFileOrFail, runOptionsOf, traceTo, worst } from '../planning.ts'
import { watch } from '../progress.ts'
import type { CommonOptions, Run, Session } from '../session.ts'

export interface ImportCommandOptions extends CommonOptions {
  all?: boolean
  pool?: string[]
  stack?: string
  region?: string
  out?: string
  into?: string
  force?: boolean
}

export const run: Run<ImportCommandOptions> = async (session, options) => {
  refuseMixed(options)
  const { io } = session
  const file = options.into ?? options.out ?? configOf(session, options)
  const request = await (options.into === undefined
    ? fresh(session, options, file)
    : added(session, options, file))
  const seen = watch(session, 'Reading AWS')
  const imported = await (await session.parts.pipeline())
    .importAws({ ...request, progress: seen.progress, contact: seen.contact })
    .finally(seen.stop)
  refuseNothing(imported, options)
  const folder = dirname(resolve(io.cwd, file))
  refuseOthers(imported, folder, options)
  await writeFiles([
    ...imported.files.map(({ path, base64 }) => ({
      path: resolve(folder, path),
      name: path,
      content: Buffer.from(base64, 'base64'),
      within: folder,
    })),
    { path: resolve(io.cwd, file), name: file, content: imported.text, ...expected(request, options) },
  ])
  const exit: Exit = worst(
    imported.unread.length > 0 ? exits.denied : exits.ok,
    imported.objections.length > 0 ? exits.failure : exits.ok,
  )
  if (session.json) {
    const { text: _written, files, ...found } = imported
    session.print(document(session, exit, { file, files: files.map(({ path }) => path), ...found }))
  } else report(session, file, imported, options)
  return exit
}

/** What the file must still be when it is written: reading AWS takes a while. */
const expected = ({ into }: ImportOptions, { force }: ImportCommandOptions): { was?: string | null } =>
  into !== undefined ? { was: into.text } : force ? {} : { was: null }

const refuseMixed = ({ all, pool, stack, into, out }: ImportCommandOptions): void => {
  if ((all === true) === (pool !== undefined))
    throw usageError('say what to import', 'either --all, or --pool with an id or a name')
  if (into !== undefined && out !== undefined)
    throw usageError('--into and --out exclude each other', '--into writes the file that it adds to')
  if (into === undefined && stack === undefined)
    throw usageError('--stack is missing', 'name what is to own it all, such as --stack shop')
  if (stack !== undefined && !/^[a-z][a-z0-9-]{0,63}$/.test(stack))
    throw usageError(
      `--stack ${safe(stack)} is not a stack's name`,
      'use lower-case letters, digits and hyphens, a letter first',
    )
}

/** A file of its own. */
const fresh = async (
  session: Session,
  options: ImportCommandOptions,
  file: string,
): Promise<ImportOptions> => {
  const { io } = session
  const region = options.region ?? (io.env['AWS_REGION'] || io.env['AWS_DEFAULT_REGION'])
  if (region === undefined || region === '')
    throw usageError('--region is missing', 'name the Region to look in, or set AWS_REGION')
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    throw usageError(`--region ${safe(region)} is not a Region`, 'write one such as eu-west-1')
  if (!options.force && (await exists(resolve(io.cwd, file))))
    throw runError({
      exit: 1,
      code: 'file-exists',
      message: `${safe(file)} exists already`,
      hint: 'choose another with --out, add to it with --into, or overwrite it with --force',
    })
  return { ...common(session, options), stack: options.stack as string, region }
}

/** More for a file that is there. */
const added = async (
  session: Session,
  options: ImportCommandOptions,
  file: string,
): Promise<ImportOptions> => {
  const settings = runOptionsOf(session, { ...options, config: file })
  const { spec } = await readFileOrFail(await session.parts.pipeline(), settings)
  for (const key of ['stack', 'region'] as const)
    if (options[key] !== undefined && options[key] !== spec[key])
      throw usageError(
        `--${key} is ${safe(options[key])}, and ${safe(file)} says ${spec[key]}`,
        'leave it out: the file says it',
      )
  return {
    ...common(session, options),
    stack: spec.stack,
    region: spec.region,
    into: {
      file,
      text: await readFile(resolve(session.io.cwd, file), 'utf8'),
      ...(spec.account !== undefined && { account: spec.account }),
    },
  }
}

const common = (session: Session, options: ImportCommandOptions) => ({
  wanted: options.all ? ('all' as const) : (options.pool ?? []),
  schema: `https://unpkg.com/cogsync@${version}/schemas/cognito.schema.json`,
  cwd: session.io.cwd,
  ...traceTo(session, options),
  ...(options.env !== undefined && { environment: options.env }),
  ...(options.endpointUrl !== undefined && { endpoint: options.endpointUrl }),
  ...(options.pace !== undefined && { pace: options.pace }),
  ...(options.profile !== undefined && { profile: options.profile }),
})

const exists = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  )

/** Files that are there already and hold something else. */
const refuseOthers = ({ files }: Imported, folder: string, { force }: ImportCommandOptions): void => {
  if (force) return
  for (const { path, base64 } of files) {
    if (holdsOther(resolve(folder, path), base64))
      throw runError({
        exit: 1,
        code: 'file-exists',
        message: `${safe(path)} exists already and holds something else; nothing was written`,
        hint: 'move it away, or overwrite it with --force',
      })
  }
}

const holdsOther = (path: string, base64: string): boolean => {
  try {
    return readOrdinary(path, mostImageBytes).toString('base64') !== base64
  } catch (error) {
    // what is missing may be made; what may not be read is refused when it is written
    return (error as NodeJS.ErrnoException).code === undefined
  }
}

/** More than any image that AWS takes. */
const mostImageBytes = 16 * 1024 * 1024

const refuseNothing = ({ addresses, unread, left }: Imported, { into }: ImportCommandOptions): void => {
  if (addresses.length > 0 || unread.length > 0) return
  throw runError(
    into === undefined
      ? {
          exit: 1,
          code: 'nothing-found',
          message: `there is nothing to import; no file was written${left.map(({ what, name, why }) => `\n  ${what} ${safe(name)} ${why}`).join('')}`,
          hint:
            left.length > 0
              ? 'import with the --stack and --env that own it, or refer to it with `existing:`'
              : 'look at the Region and the account, or start a new file with cogsync init',
        }
      : {
          exit: 1,
          code: 'nothing-new',
          message: `everything is in ${into} already; it was not changed`,
        },
  )
}

const report = (session: Session, file: string, imported: Imported, options: ImportCommandOptions): void => {
  const { addresses, left, unread, secrets, unsaid, objections } = imported
  const env = options.env === undefined ? '' : ` --env ${safe(options.env)}`
  const config = file === 'cognito.yaml' ? '' : ` --config ${safe(file)}`
  session.print(
    `${options.into === undefined ? 'Wrote' : 'Added to'} ${safe(file)}: ${count(addresses.length, 'resource')}.\n`,
  )
  if (imported.files.length > 0) session.print(`Wrote ${count(imported.files.length, 'file')} beside it.\n`)
  const list = (title: string, lines: string[]) => {
    if (lines.length > 0) session.say(`\n${title}\n${lines.map(line => `  ${safe(line)}\n`).join('')}`)
  }
  list(
    'Set these variables where cogsync runs; AWS has the values, the file never will:',
    secrets.map(({ variable }) => variable),
  )
  list(
    'Left alone:',
    left.map(({ what, name, why }) => `${what} ${name}: ${why}`),
  )
  list(
    'Not stated in the file, and marked there:',
    unsaid.map(({ address, path, why }) => `${address} ${path}: ${why}`),
  )
  list(
    'Could not be read, so the file is not complete:',
    unread.map(({ address, operation, reason }) => `${address}: ${operation}: ${reason}`),
  )
  list(
    'This is a bug in cogsync, please report it. The plan will show more than ownership:',
    objections.map(
      ({ address, field, path, why }) => `${address ?? path?.join('.') ?? ''} ${field ?? ''}: ${why}`,
    ),
  )
  session.say(
    `\nNext:\n  cogsync plan${config}${env}    shows that nothing but ownership would change\n  cogsync apply${config}${env}   takes ownership\n`,
  )
}
