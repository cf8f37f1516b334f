// cogsync plan: what apply would do.
import { resolve } from 'node:path'
import type { Plan } from '../../model.ts'
import { isQuiet } from '../../render/groups.ts'
import { safe } from '../../render/printable.ts'
import { renderPlan } from '../../render/text/plan.ts'
import { whyNoPlace } from '../../workflows/plan-place.ts'
import { writeFiles } from '../../workflows/written.ts'
import { exits, usageError } from '../exit.ts'
import { document, gate, planNow, sayGate, sayRemarks, stateOf, worst } from '../planning.ts'
import type { PlanningOptions, Run, Session } from '../session.ts'

export interface PlanOptions extends PlanningOptions {
  out?: string
  markdown?: boolean
  detailedExitcode?: boolean
  /** a git ref: what the file changed since then is told from what had drifted */
  base?: string
}

/** Since when, on stderr, where `--quiet` does not silence it; the plan says what was not looked at. */
const saySince = (session: Session, { unseen = [] }: Plan, since: string | undefined): void => {
  if (since === undefined) return
  session.warn(
    unseen.some(({ why }) => why === 'since')
      ? `Only what the file changes since ${since.slice(0, 7)} was looked at.\n\n`
      : `Everything was looked at: since ${since.slice(0, 7)} the file changes what all of it depends on.\n\n`,
  )
}

/** `--out` takes a new file or a plan: anything else would be lost. */
const refuseOther = (path: string, name: string): void => {
  const why = whyNoPlace(path)
  if (why !== undefined)
    throw usageError(
      `--out cannot be ${safe(name)}: ${why}; it was not changed`,
      'name a new file, or an older plan to replace',
    )
}

export const run: Run<PlanOptions> = async (session, options) => {
  if (options.json && options.markdown) throw usageError('--json and --markdown exclude each other')
  const out = options.out === undefined ? undefined : resolve(session.io.cwd, options.out)
  if (out !== undefined) refuseOther(out, options.out as string)
  const planned = await planNow(session, options)
  const { pipeline, settings, plan, remarks, lineAt, placeOf, title } = planned
  const origins =
    options.base === undefined
      ? {}
      : { origins: await pipeline.originsAgainst(planned, options.base, settings) }
  const caught = gate(plan, options)
  const exit = worst(
    stateOf(plan),
    caught.length > 0 ? exits.refused : exits.ok,
    options.detailedExitcode && !isQuiet(plan) ? exits.differences : exits.ok,
  )
  if (out !== undefined) {
    const name = options.out as string
    refuseOther(out, name)
    await writeFiles([{ path: out, name, content: pipeline.savePlan(plan) }])
  }
  sayRemarks(session, remarks, lineAt)
  saySince(session, plan, planned.since)
  if (session.json)
    session.print(
      document(session, exit, {
        diagnostics: remarks,
        plan,
        ...origins,
        ...(planned.since !== undefined && { since: { commit: planned.since } }),
      }),
    )
  else if (options.markdown) {
    const { renderMarkdown } = await import('../../render/markdown/plan.ts')
    session.print(renderMarkdown(plan, { title, placeOf, ...origins }))
  } else session.print(renderPlan(plan, { style: session.out, title, lineAt, placeOf, ...origins }))
  sayGate(session, caught)
  if (options.out !== undefined)
    session.say(`Saved to ${safe(options.out)}. To apply exactly this: cogsync apply ${safe(options.out)}\n`)
  return exit
}
