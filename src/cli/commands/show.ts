// cogsync show: a saved plan, to read.
import { renderPlan } from '../../render/text.ts'
import { exits, usageError } from '../exit.ts'
import { document } from '../planning.ts'
import type { CommonOptions, Run } from '../session.ts'
import { readPlanFile } from './apply.ts'

export const run: Run<CommonOptions & { markdown?: boolean }> = async (session, options, file = '') => {
  if (options.json && options.markdown) throw usageError('--json and --markdown exclude each other')
  const text = await readPlanFile(session, file)
  const plan = (await session.parts.pipeline()).loadPlan(text)
  const title = await session.parts.titles()
  if (session.json) session.print(document(session, exits.ok, { plan }))
  else if (options.markdown) {
    const { renderMarkdown } = await import('../../render/markdown.ts')
    session.print(renderMarkdown(plan, { title }))
  } else session.print(renderPlan(plan, { style: session.out, title }))
  return exits.ok
}
