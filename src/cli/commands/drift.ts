// cogsync drift: whether AWS still is what the file says.
import { isEmpty } from '../../render/groups.ts'
import { renderPlan } from '../../render/text.ts'
import { exits } from '../exit.ts'
import { document, planNow, sayRemarks, stateOf, worst } from '../planning.ts'
import type { PlanningOptions, Run } from '../session.ts'

export const run: Run<PlanningOptions> = async (session, options) => {
  const { plan, remarks, lineAt, placeOf, title } = await planNow(session, options)
  const drift = !isEmpty(plan) || plan.unlisted.some(each => each.drift)
  const exit = worst(stateOf(plan), drift ? exits.differences : exits.ok)
  sayRemarks(session, remarks, lineAt)
  if (session.json) session.print(document(session, exit, { drift, diagnostics: remarks, plan }))
  else session.print(renderPlan(plan, { style: session.out, title, lineAt, placeOf, drift: true }))
  return exit
}
