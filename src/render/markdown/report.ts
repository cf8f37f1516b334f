// What an apply did, for the pull request that it came from; and a run that has no answer.
import type { Diagnostic, Plan, Report } from '../../model.ts'
import { type LineAt, renderDiagnostics } from '../text/diagnostics.ts'
import { targetText } from '../text/plan.ts'
import { movedLine, renderReport } from '../text/report.ts'
import { type Budget, fitting, noBudget } from './budget.ts'
import { codeSpan, escapeMarkdown, fenced } from './text.ts'

export interface ReportOptions {
  /** the page of the run */
  runUrl?: string
  budget?: Budget
}

const signs = { done: '✅', failed: '❌', 'not tried': '⏸️' }

/** The outcome of every change, what failed first. */
export const renderReportMarkdown = (
  plan: Plan,
  report: Report,
  { runUrl, budget = noBudget }: ReportOptions = {},
): string => {
  const [summary = ''] = renderReport(report).split('\n')
  const order = ['failed', 'not tried', 'done']
  const rows = fitting(
    report.outcomes
      .toSorted((a, b) => order.indexOf(a.status) - order.indexOf(b.status))
      .map(
        ({ status, action, address, error, moved = [] }) =>
          `| ${signs[status]} ${status} | ${action} ${codeSpan(address)} | ${error === undefined ? '' : `${codeSpan(error.name)}: ${escapeMarkdown([error.message, ...moved.map(movedLine)].join('; '))}`} |`,
      ),
    { ...budget, most: budget.most - 2000 },
  )
  const whole = report.outcomes.every(({ status }) => status === 'done')
  return `${[
    `### cogsync apply: ${escapeMarkdown(targetText(plan.target))}`,
    '',
    report.outcomes.length === 0
      ? '**Nothing to do:** AWS is what the file says.'
      : `**${escapeMarkdown(summary)}**`,
    '',
    ...(whole ? [] : ['What was done stays done. The next apply does the rest.', '']),
    ...(rows.kept.length > 0 ? ['| | Change | |', '|:--|:--|:--|', ...rows.kept, ''] : []),
    ...(rows.left > 0 ? [`…and ${rows.left} more.`, ''] : []),
    `Plan ${codeSpan(plan.hash)}${runUrl === undefined ? '' : `, applied by [this run](${runUrl})`}`,
  ].join('\n')}\n`
}

/** Why there is no answer, or nothing was done. */
export const renderFailure = (
  heading: string,
  {
    message,
    hint,
    diagnostics = [],
    lineAt,
  }: { message: string; hint?: string; diagnostics?: readonly Diagnostic[]; lineAt?: LineAt | undefined },
  budget: Budget = noBudget,
): string => {
  const lines = renderDiagnostics(diagnostics, lineAt && { lineAt })
    .trimEnd()
    .split('\n')
  const { kept, left } = fitting(lines, { ...budget, most: budget.most - 2000 })
  return `${[
    `### ${escapeMarkdown(heading)}`,
    '',
    '> [!CAUTION]',
    `> **${escapeMarkdown(message)}**${hint === undefined ? '' : `<br>${escapeMarkdown(hint)}`}`,
    '',
    ...(diagnostics.length > 0 ? [fenced(kept), ''] : []),
    ...(left > 0 ? ['There is more than fits here: see the log of the run.', ''] : []),
  ].join('\n')}`
}
