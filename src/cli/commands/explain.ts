// cogsync explain: a setting, a block or a code, in words.

import { safe } from '../../render/printable.ts'
import { renderExplanation } from '../../render/text/explain.ts'
import { exits, usageError } from '../exit.ts'
import { document } from '../planning.ts'
import type { CommonOptions, Run } from '../session.ts'

export const run: Run<CommonOptions> = async (session, _options, path = '') => {
  const { explain } = await session.parts.explain()
  const explanation = explain(path)
  const isCode = /^cog\d+$/i.test(path)
  if (explanation.is === 'unknown')
    throw usageError(
      isCode ? `there is no code ${safe(path)}` : `nothing in a cognito.yaml is called ${safe(path)}`,
      explanation.hint ??
        (isCode
          ? 'docs/diagnostics.md lists them'
          : 'cogsync explain by itself lists what stands in the file'),
    )
  if (session.json) session.print(document(session, exits.ok, { explanation }))
  else session.print(renderExplanation(explanation, session.out))
  return exits.ok
}
