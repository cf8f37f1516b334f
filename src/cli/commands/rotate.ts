// cogsync rotate: another secret for an app client, in two steps with time for the apps between them.
import type { Rotation, RotationResult } from '../../model.ts'
import { safe } from '../../render/printable.ts'
import { didYouMean } from '../../spec/index.ts'
import { type Exit, exits, usageError } from '../exit.ts'
import { document, readFileOrFail, runOptionsOf } from '../planning.ts'
import { watch } from '../progress.ts'
import type { CommonOptions, Run, Session } from '../session.ts'
import { approved } from './apply.ts'

export interface RotateOptions extends CommonOptions {
  finish?: boolean
  yes?: boolean
  input?: boolean
}

const placeOf = ({ place }: Rotation): string =>
  'ssm' in place ? `the parameter ${safe(place.ssm)}` : `the secret ${safe(place.secretsManager)}`

/** What will be done, as sentences. */
const intentOf = (rotation: Rotation): string => {
  const [first = '', second = ''] = rotation.secrets.map(safe)
  const name = safe(rotation.address)
  return {
    add: `${name} has one secret, ${first}. A second one will be added and put into ${placeOf(rotation)}. Both will work.`,
    replace: `${name} has a second secret, ${second}, that was never delivered. It will be deleted, and another added and put into ${placeOf(rotation)}. The first, ${first}, keeps working.`,
    finish: `${name} has two secrets, and the second, ${second}, is in ${placeOf(rotation)}. The first, ${first}, will be deleted: whoever still uses it can sign nobody in.`,
    wait: `${name} has two secrets, and the second, ${second}, is in ${placeOf(rotation)}. Both work.`,
    none: `${name} has one secret, ${first}. There is nothing to finish.`,
  }[rotation.step]
}

const next = (rotation: Rotation, { env }: RotateOptions): string =>
  `Next: let every app take the new secret from ${placeOf(rotation)}. Then remove the old one:\n  cogsync rotate ${safe(rotation.address)} --finish${env === undefined ? '' : ` --env ${safe(env)}`}\n`

const exitOf = ({ done, error, denied }: RotationResult): Exit =>
  error === undefined
    ? exits.ok
    : done.length > 0 || error.unknownOutcome
      ? exits.partial
      : denied
        ? exits.denied
        : exits.failure

export const run: Run<RotateOptions> = async (session, options, address = '') => {
  const pipeline = await session.parts.pipeline()
  const settings = runOptionsOf(session, options)
  const parsed = await readFileOrFail(pipeline, settings)
  const known = parsed.spec.resources.map(one => one.address)
  if (!known.includes(address))
    throw usageError(
      `the file has no ${safe(address)}`,
      didYouMean(address, known) ??
        'say which client by its address, such as userPools.customers.clients.web',
    )
  const seen = watch(session, 'Reading AWS')
  const rotation = await pipeline
    .planRotation(parsed, {
      ...settings,
      address,
      ...(options.finish && { finish: true }),
      progress: seen.progress,
      contact: seen.contact,
    })
    .finally(seen.stop)
  if (!session.json) session.print(`${intentOf(rotation)}\n`)
  if (rotation.step === 'wait' || rotation.step === 'none') return end(session, options, rotation, undefined)
  if (!(await approved(session, options, 'Go on?', 'this'))) {
    if (session.json) session.print(document(session, exits.refused, { rotation }))
    return exits.refused
  }
  return end(session, options, rotation, await pipeline.rotate(rotation, settings))
}

const end = (
  session: Session,
  options: RotateOptions,
  rotation: Rotation,
  result: RotationResult | undefined,
): Exit => {
  const exit = result === undefined ? exits.ok : exitOf(result)
  if (session.json) session.print(document(session, exit, { rotation, ...result }))
  if (result?.error !== undefined) {
    const { operation, code, message } = result.error
    session.warn(`${session.err.red('failed:')} ${safe(operation)}: ${safe(code)}: ${safe(message)}\n`)
    session.warn(
      exit === exits.partial
        ? '  What was done stays done. Run the same command again: it finds out where it stopped.\n'
        : '  Nothing was changed.\n',
    )
    return exit
  }
  if (session.json) return exit
  if (rotation.step === 'finish') session.print('Deleted. The rotation is complete.\n')
  else if (rotation.step !== 'none')
    session.print(`${result === undefined ? '' : 'Added and delivered.\n'}${next(rotation, options)}`)
  return exit
}
