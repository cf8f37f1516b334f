// The files whose bytes a plan sends: read when it is applied, and refused when they are not what the plan saw.
import { dirname, resolve } from 'node:path'
import { digestOf } from '../aws/digest.ts'
import type { Plan } from '../model.ts'
import { runError } from '../problem.ts'
import { bytesReader } from './files.ts'
import type { RunOptions } from './session.ts'

/**
 * Gives the bytes of each file that the plan's calls name, as base64. Throws a `RunError` (exit 5) when one is
 * gone, outside the repository, or has changed since the plan was made; nothing was sent then.
 */
export const readPlanFiles = async (
  plan: Plan,
  options: RunOptions,
): Promise<(file: { $file: string }) => string> => {
  const { filesIn } = await import('../term.ts')
  const read = bytesReader(dirname(resolve(options.cwd ?? process.cwd(), options.config)))
  const wanted = plan.changes.flatMap(change => change.calls.flatMap(call => filesIn(call.input)))
  const found = new Map<string, string>()
  for (const { $file, sha256 } of wanted) {
    const bytes = readOrRefuse($file, read)
    if (digestOf(bytes).sha256 !== sha256)
      throw runError({
        exit: 5,
        code: 'changed-file',
        message: `${$file} has changed since the plan was made`,
        hint: 'nothing was changed: plan again, look at the new plan, and apply that',
      })
    found.set($file, bytes.toString('base64'))
  }
  return ({ $file }) => found.get($file) as string
}

const readOrRefuse = (path: string, read: (path: string) => Buffer): Buffer => {
  try {
    return read(path)
  } catch (cause) {
    throw runError(
      {
        exit: 5,
        code: 'changed-file',
        message: `${path} cannot be read, and the plan sends it`,
        hint: 'apply a saved plan beside the files that it was made from, with --config where that is elsewhere',
      },
      cause,
    )
  }
}
