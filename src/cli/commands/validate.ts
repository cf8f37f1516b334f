// cogsync validate: whether the file is one, without asking AWS.

import { safe } from '../../render/printable.ts'
import { renderDiagnostics, sorted } from '../../render/text/diagnostics.ts'
import { count } from '../../render/text/wrap.ts'
import { exits } from '../exit.ts'
import { document, isValid, placesOf, runOptionsOf } from '../planning.ts'
import type { CommonOptions, Run } from '../session.ts'

export const run: Run<CommonOptions> = async (session, options) => {
  const settings = runOptionsOf(session, options)
  const parsed = await (await session.parts.pipeline()).readSpec(settings)
  const exit = isValid(parsed) ? exits.ok : exits.invalid
  if (session.json) {
    const resources = parsed.spec?.resources.map(({ address, kind }) => ({ address, kind }))
    session.print(
      document(session, exit, {
        valid: exit === exits.ok,
        diagnostics: sorted(parsed.diagnostics),
        files: parsed.files,
        ...(resources ? { resources } : {}),
      }),
    )
    return exit
  }
  session.print(
    renderDiagnostics(parsed.diagnostics, { style: session.out, lineAt: placesOf(parsed).lineAt }),
  )
  if (isValid(parsed)) {
    const gap = parsed.diagnostics.length > 0 ? '\n' : ''
    session.print(
      `${gap}${session.out.green('✓')} ${safe(settings.config)} is valid: ${count(parsed.spec.resources.length, 'resource')} in stack ${safe(parsed.spec.stack)}.\n`,
    )
  }
  return exit
}
