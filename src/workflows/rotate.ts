// Rotating an app client's secret: what the next step is, and taking it.

import { openAws, orRunError } from '../aws/session.ts'
import { kinds } from '../kinds/index.ts'
import type { Rotation, RotationResult, Spec } from '../model.ts'
import { runError } from '../problem.ts'
import type { Parsed } from '../spec/index.ts'
import { observeNow, type RunOptions } from './session.ts'

/** What the next step is in rotating a client's secret. Throws a `RunError`, exit 5, when there is none to take. */
export const planRotation = async (
  parsed: Parsed & { spec: Spec },
  options: RunOptions & { address: string; finish?: boolean },
): Promise<Rotation> => {
  const { address, finish = false } = options
  const desired = parsed.spec.resources.find(one => one.address === address)
  const kind = kinds.find(one => one.name === desired?.kind)
  const refuse = (code: string, message: string, hint: string, exit: 1 | 4 | 5 = 5) =>
    runError({ exit, code, message: `${message}; nothing was changed`, hint })
  if (kind?.issued?.rotate === undefined)
    throw refuse('no-secret', `${address} has no secret that could be rotated`, 'name an app client')
  const place = desired?.secretTo
  if (place === undefined)
    throw refuse(
      'no-destination',
      `${address} has no \`clientSecretTo\`, so a new secret would reach nobody`,
      'a client whose secret AWS generates can have one; add it and run cogsync apply',
    )
  const { aws, observation } = await observeNow(parsed.spec, options)
  const { account, region, partition, live, unread, diagnostics } = observation
  const ids = live[address]?.ids
  if (ids === undefined) {
    const denied = unread.find(one => `${address}.`.startsWith(`${one.address}.`))
    if (denied)
      throw refuse(
        'access-denied',
        `${address} cannot be read: ${denied.operation}: ${denied.reason}`,
        'these credentials lack that permission',
        4,
      )
    const wrong = diagnostics.find(one => one.severity === 'error')
    throw wrong
      ? refuse(wrong.code, wrong.message, wrong.hint ?? 'see cogsync plan', 1)
      : refuse('no-client', `${address} does not exist`, 'cogsync apply makes it')
  }
  const where = { account, region, partition }
  const { nextStep } = await import('../apply/rotate.ts')
  const next = await orRunError(() =>
    nextStep({ address, ids, place }, kind, aws, where, { finish, hide: aws.hide }),
  )
  if ('refused' in next) throw refuse(next.refused, next.message, next.hint)
  const { stack, environment } = parsed.spec
  const target = { stack, ...(environment !== undefined && { environment }), ...where }
  return { target, address, kind: kind.name, ids, place, ...next }
}

/** Carries out a step, if it still is the next one: otherwise a `RunError`, exit 5. */
export const rotate = async (rotation: Rotation, options: RunOptions): Promise<RotationResult> => {
  const { target, address, step, secrets } = rotation
  const kind = kinds.find(one => one.name === rotation.kind)
  if (kind === undefined) throw new Error(`no kind ${rotation.kind}`)
  const aws = await openAws(target.region, options)
  const [{ nextStep, carryOutStep }, { isDenied }] = await Promise.all([
    import('../apply/rotate.ts'),
    import('../aws/errors.ts'),
  ])
  const now = await orRunError(() =>
    nextStep(rotation, kind, aws, target, { finish: step === 'finish', hide: aws.hide }),
  )
  if (!('step' in now) || now.step !== step || now.secrets.join() !== secrets.join())
    throw runError({
      exit: 5,
      code: 'stale-rotation',
      message: `the secrets of ${address} have changed since; nothing was changed`,
      hint: 'run the command again',
    })
  const { done, error } = await carryOutStep(rotation, kind, aws, aws.hide)
  if (error === undefined) return { done }
  const { code, message, operation, unknownOutcome } = error
  return { done, error: { code, message, operation, unknownOutcome }, denied: isDenied(error) }
}
