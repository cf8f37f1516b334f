// cogsync matrix: every file with every environment, as JSON for a job matrix.
import { resolve } from 'node:path'
import { runError } from '../../problem.ts'
import { safe } from '../../render/printable.ts'
import { environmentsIn } from '../../spec/index.ts'
import { readOrdinary } from '../../workflows/files.ts'
import { exits } from '../exit.ts'
import { configOf, readFileOrFail } from '../planning.ts'
import type { CommonOptions, Run } from '../session.ts'

/** Of one matrix, in one run (GitHub documentation, workflow limits). */
const mostJobs = 256

interface MatrixOptions extends Omit<CommonOptions, 'env'> {
  env?: string[]
}

/** More than what is read of a file. */
const mostBytes = 16 * 1024 * 1024

/** A file that cannot be read is said so when it is parsed. */
const textOf = (path: string): string => {
  try {
    return readOrdinary(path, mostBytes).toString('utf8')
  } catch {
    return ''
  }
}

export const run: Run<MatrixOptions> = async (session, options, files) => {
  const { cwd } = session.io
  const pattern = files ?? configOf(session, {})
  const pipeline = await session.parts.pipeline()
  const found = await pipeline.configFiles(pattern, cwd)
  const include: { [key: string]: string }[] = []
  for (const config of found) {
    for (const environment of environmentsIn(textOf(resolve(cwd, config)))) {
      if (options.env !== undefined && !options.env.includes(environment ?? '')) continue
      const { spec } = await readFileOrFail(pipeline, {
        config,
        cwd,
        ...(environment !== undefined && { environment }),
      })
      // no account: an output of a job that contains a masked text is lost, and some workflows mask account ids
      const { stack, region } = spec
      include.push({ config, environment: environment ?? '', stack, region })
    }
  }
  if (include.length === 0)
    throw runError({
      exit: 1,
      code: 'no-targets',
      message: `there is no file ${safe(pattern)}${options.env === undefined ? '' : ` with an environment ${options.env.map(safe).join(' or ')}`}`,
      hint: 'quote a glob, so that it reaches cogsync: cogsync matrix "stacks/*/cognito.yaml"',
    })
  if (include.length > mostJobs)
    session.warn(
      `${include.length} targets, and GitHub runs at most ${mostJobs} jobs of a matrix: choose fewer files, or use --env\n`,
    )
  session.print(`${JSON.stringify({ include })}\n`)
  return exits.ok
}
