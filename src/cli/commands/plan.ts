// cogsync plan: what apply would do.
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isEmpty } from '../../render/groups.ts'
import { safe } from '../../render/safe.ts'
import { renderPlan } from '../../render/text.ts'
import { count } from '../../render/wrap.ts'
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

/** What was not looked at, on stderr, where `--quiet` does not silence it: the plan is not about the rest. */
const sayNarrowed = (session: Session, narrowed: { commit: string; skipped: string[] } | undefined): void => {
  if (narrowed === undefined) return
  const { commit, skipped } = narrowed
  const shown = skipped.slice(0, 10).map(safe).join(', ')
  const more = skipped.length > 10 ? ` and ${skipped.length - 10} more` : ''
  session.warn(
    skipped.length === 0
      ? `Everything was looked at: since ${commit.slice(0, 7)} the file changes what all of it depends on.\n\n`
      : `Not looked at, because the file does not change it since ${commit.slice(0, 7)}: ${count(skipped.length, 'resource')} (${shown}${more}).\n\n`,
  )
}

export const run: Run<PlanOptions> = async (session, options) => {
  if (options.json && options.markdown) throw usageError('--json and --markdown exclude each other')
  const planned = await planNow(session, options)
  const { pipeline, settings, plan, remarks, lineAt, placeOf, title } = planned
  const origins =
    options.base === undefined
      ? {}
      : { origins: await pipeline.originsAgainst(planned, options.base, settings) }
  const partial = (planned.narrowed?.skipped.length ?? 0) > 0
  const caught = gate(plan, options)
  const exit = worst(
    stateOf(plan),
    caught.length > 0 ? exits.refused : exits.ok,
    options.detailedExitcode && !isEmpty(plan) ? exits.differences : exits.ok,
  )
  if (options.out !== undefined)
    await writeFile(resolve(session.io.cwd, options.out), pipeline.savePlan(plan))
  sayRemarks(session, remarks, lineAt)
  sayNarrowed(session, planned.narrowed)
  if (session.json)
    session.print(
      document(session, exit, {
        diagnostics: remarks,
        plan,
        ...origins,
        ...(planned.narrowed && { since: planned.narrowed }),
      }),
    )
  else if (options.markdown) {
    const { renderMarkdown } = await import('../../render/markdown.ts')
    session.print(renderMarkdown(plan, { title, placeOf, partial, ...origins }))
  } else session.print(renderPlan(plan, { style: session.out, title, lineAt, placeOf, partial, ...origins }))
  sayGate(session, caught)
  if (options.out !== undefined)
    session.say(`Saved to ${safe(options.out)}. To apply exactly this: cogsync apply ${safe(options.out)}\n`)
  return exit
}
