// cogsync iam: the least that IAM must allow.
import { safe, safeJson } from '../../render/printable.ts'
import { exits, usageError } from '../exit.ts'
import { document, readFileOrFail, runOptionsOf } from '../planning.ts'
import type { CommonOptions, Run } from '../session.ts'

export interface IamOptions extends CommonOptions {
  plan?: boolean
  apply?: boolean
  rotate?: boolean
  destroy?: boolean
  account?: string
}

/** A managed policy may have so many characters, white space not counted [D: IAM quotas]. */
const most = 6144

export const run: Run<IamOptions> = async (session, options) => {
  const { plan, apply = false, rotate = false, destroy = false } = options
  if (!(plan || apply || rotate || destroy))
    throw usageError('say for what: --plan, --apply, --rotate or --destroy', 'each includes what plan needs')
  const pipeline = await session.parts.pipeline()
  const { spec } = await readFileOrFail(pipeline, runOptionsOf(session, options))
  const permissions = await pipeline.permissionsFor(
    spec,
    { apply: apply || destroy, rotate, destroy },
    options.account,
  )
  if (session.json) {
    session.print(document(session, exits.ok, { policy: permissions.document, notes: permissions.notes }))
    return exits.ok
  }
  session.print(`${safeJson(permissions.document)}\n`)
  for (const note of permissions.notes) session.say(`${session.err.cyan('note:')} ${safe(note)}\n`)
  const size = JSON.stringify(permissions.document).length
  if (size > most)
    session.warn(
      `${session.err.yellow('warning:')} the policy has ${size} characters, and a managed policy holds ${most}: attach it as an inline policy, or split it\n`,
    )
  return exits.ok
}
