// The one versioned document of `--json`: the same head for every command, then what the command found.
import type { Diagnostic, Plan, Report } from '../model.ts'
import { impactsOf } from './effect.ts'
import { countsOf, errorsOf, isEmpty } from './groups.ts'
import { safeJson } from './printable.ts'
import { foremost } from './text/diagnostics.ts'

export interface Head {
  /** `cogsync/1.2.3` */
  tool: string
  command: string
  /** what the process ends with */
  exitCode: number
}

export interface Failure {
  code: string
  message: string
  hint?: string
}

export interface Found {
  /** at most a hundred are written, and `moreDiagnostics` counts the rest */
  diagnostics?: readonly Diagnostic[]
  plan?: Plan
  /** drift only: whether something differs, and whether everything could be read */
  drift?: boolean
  report?: Report
  error?: Failure
  /** anything else a command has to say */
  [key: string]: unknown
}

/** Only a summary of what the plan itself says in full. */
const summaryOf = (plan: Plan) => ({
  empty: isEmpty(plan),
  complete: plan.unread.length === 0,
  errors: errorsOf(plan),
  ...countsOf(plan),
  impacts: [...new Set(plan.changes.flatMap(impactsOf))].sort(),
})

export const renderJson = ({ tool, command, exitCode }: Head, found: Found): string => {
  const { plan, report, error, ...rest } = found
  const { diagnostics } = rest
  const shown = diagnostics && foremost(diagnostics)
  const more = (diagnostics?.length ?? 0) - (shown?.length ?? 0)
  return `${safeJson({
    format: 1,
    tool,
    command,
    exitCode,
    ...(error ? { error } : {}),
    ...rest,
    ...(shown && { diagnostics: shown, ...(more > 0 && { moreDiagnostics: more }) }),
    ...(plan ? { summary: summaryOf(plan), plan } : {}),
    ...(report ? { outcomes: report.outcomes, known: report.known } : {}),
  })}\n`
}
