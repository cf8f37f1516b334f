// cogsync drift: whether AWS still is what the file says.
import { resolve } from 'node:path'
import { isQuiet } from '../../render/groups.ts'
import { safe } from '../../render/printable.ts'
import { renderPlan } from '../../render/text/plan.ts'
import { count } from '../../render/text/wrap.ts'
import { writeFiles } from '../../workflows/written.ts'
import { type Exit, exits } from '../exit.ts'
import type { Accepted } from '../parts.ts'
import { document, planNow, sayRemarks, stateOf, worst } from '../planning.ts'
import type { PlanningOptions, Run, Session } from '../session.ts'

export interface DriftOptions extends PlanningOptions {
  accept?: boolean
}

export const run: Run<DriftOptions> = async (session, options) => {
  const seen = await planNow(session, options)
  const { plan, remarks, lineAt, placeOf, title } = seen
  const unlisted = plan.unlisted.some(each => each.drift)
  const drift = !isQuiet(plan) || unlisted
  const taken = options.accept && drift ? await accept(session, seen) : undefined
  const settled = taken !== undefined && taken.kept.length === 0 && !unlisted && plan.unclaimed.length === 0
  // whoever could not look cannot say that there is none
  const denied = plan.unseen?.some(({ why }) => why === 'denied') === true
  const exit = worst(
    stateOf(plan),
    denied ? exits.denied : exits.ok,
    drift && !settled ? exits.differences : exits.ok,
  )
  sayRemarks(session, remarks, lineAt)
  if (session.json) {
    const { accepted, kept } = taken ?? {}
    session.print(
      document(session, exit, { drift, ...(taken && { accepted, kept }), diagnostics: remarks, plan }),
    )
    return exit
  }
  session.print(renderPlan(plan, { style: session.out, title, lineAt, placeOf, drift: true }))
  if (taken) report(session, seen.settings.config, taken)
  return exit
}

/** Writes what AWS has into the file. An answer that is not complete is no answer to write down. */
const accept = async (
  session: Session,
  { pipeline, settings, spec, plan, observation }: Awaited<ReturnType<typeof planNow>>,
): Promise<Accepted | undefined> => {
  if (stateOf(plan) !== (exits.ok as Exit)) return undefined
  const taken = await pipeline.acceptDrift({ spec, plan, observation }, settings)
  const { config } = settings
  if (taken.accepted.length > 0)
    await writeFiles([{ path: resolve(session.io.cwd, config), name: config, content: taken.text }])
  return taken
}

const report = (session: Session, config: string, { accepted, kept }: Accepted): void => {
  session.say(
    accepted.length > 0
      ? `\nWrote ${count(accepted.length, 'setting')} into ${safe(config)} as AWS has ${accepted.length === 1 ? 'it' : 'them'}. Look at the difference, then commit it.\n`
      : '\nNothing could be written into the file.\n',
  )
  if (kept.length > 0)
    session.say(
      `\nNot written:\n${kept.map(({ address, path, why }) => `  ${safe(address)} ${safe(path)}: ${safe(why)}\n`).join('')}`,
    )
}
