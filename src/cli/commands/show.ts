// cogsync show: a saved plan, to read.
import { renderPlan } from '../../render/text/plan.ts'
import { exits, usageError } from '../exit.ts'
import { document } from '../planning.ts'
import type { CommonOptions, Run } from '../session.ts'
import { readPlanFile } from './apply.ts'

const unverified =
  'This is what the plan file says. It was not checked against the file that it was made from, nor against AWS; cogsync apply does both.'

export const run: Run<CommonOptions & { markdown?: boolean }> = async (session, options, file = '') => {
  if (options.json && options.markdown) throw usageError('--json and --markdown exclude each other')
  const text = await readPlanFile(session, file)
  const pipeline = await session.parts.pipeline()
  const plan = pipeline.loadPlan(text)
  await pipeline.requireShown(plan)
  const title = await session.parts.titles()
  if (session.json) session.print(document(session, exits.ok, { verified: false, plan }))
  else if (options.markdown) {
    const { renderMarkdown } = await import('../../render/markdown/plan.ts')
    session.print(`${renderMarkdown(plan, { title }).trimEnd()}\n\n> ${unverified}\n`)
  } else session.print(`${renderPlan(plan, { style: session.out, title }).trimEnd()}\n\n${unverified}\n`)
  return exits.ok
}
