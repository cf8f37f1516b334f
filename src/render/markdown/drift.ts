// Drift as an issue: what somebody changed behind the file's back, the worst first, and what to do about each.
import type { Change, Impact, Plan, Unclaimed, Unlisted } from '../../model.ts'
import { changesOf, titleOf } from '../groups.ts'
import { targetText } from '../text/plan.ts'
import { count } from '../text/wrap.ts'
import { sharedStack, waysOf } from '../unclaimed.ts'
import { type Budget, fitting, noBudget } from './budget.ts'
import { renderDetails } from './diff.ts'
import { codeSpan, escapeMarkdown } from './text.ts'

export interface DriftOptions {
  title?: (kind: string) => string
  /** what a change did when it happened; its own impacts are those of the repair */
  impactOf: (change: Change) => readonly Impact[]
  /** options of the command line that name the file: `--config x --env prod` */
  selection?: string
  /** the page of the run that found it */
  runUrl?: string
  budget?: Budget
}

interface Finding {
  /** smaller is worse */
  rank: number
  severity: string
  what: string
  next: string
}

/** What happened: where repairing makes something, somebody deleted it. */
const happened = (
  { action, blocked }: Change,
  impact: readonly Impact[],
): [rank: number, severity: string, what: string] => {
  if (action === 'create') return [0, '🔴 high', 'it is gone']
  if (action === 'delete') return [3, '🟠 medium', 'it is still there, and the file asks for its deletion']
  if (impact.includes('security-loosening')) return [1, '🔴 high', 'its protection was weakened']
  if (impact.includes('login-breaking')) return [2, '🔴 high', 'how people or apps sign in was changed']
  if (impact.includes('security-tightening')) return [3, '🟠 medium', 'its protection was made stricter']
  if (blocked.length > 0 || action === 'blocked')
    return [3, '🟠 medium', 'it was changed in a way that cannot be put back']
  if (impact.includes('cost')) return [4, '🟡 low', 'its price was changed']
  return [5, '🟡 low', 'it was changed']
}

const ofChange =
  (title: (kind: string) => string, selection: string, impactOf: DriftOptions['impactOf']) =>
  (change: Change): Finding => {
    const [rank, severity, what] = happened(change, impactOf(change))
    const paths = [...change.fields, ...change.blocked].map(({ path }) => path)
    const shown = paths.slice(0, 4).map(codeSpan).join(', ')
    const more = paths.length > 4 ? ` and ${paths.length - 4} more` : ''
    const settings = change.action === 'create' || paths.length === 0 ? '' : `<br>${shown}${more}`
    const repair = `repair: ${codeSpan(`cogsync apply${selection} --target ${change.address}`)}`
    const keep = `keep it: ${codeSpan(`cogsync drift${selection} --target ${change.address} --accept`)}`
    return {
      rank,
      severity,
      what: `${escapeMarkdown(title(change.kind))} ${codeSpan(change.address)}: ${what}${settings}`,
      next:
        change.action === 'create'
          ? `${repair}<br>or take it out of the file`
          : change.action === 'delete'
            ? repair
            : change.blocked.length > 0
              ? keep
              : `${repair}<br>${keep}`,
    }
  }

const ofUnlisted =
  (title: (kind: string) => string) =>
  ({ address, kind, name }: Unlisted): Finding => ({
    rank: 0,
    severity: '🔴 high',
    what: `${escapeMarkdown(title(kind))} ${codeSpan(address)}: it appeared, and the file does not list it`,
    next: `keep it: add ${codeSpan(name)} to the file<br>or delete it: name it under ${codeSpan('removed:')}`,
  })

const ofUnclaimed =
  (title: (kind: string) => string, target: Plan['target'], selection: string) =>
  (one: Unclaimed): Finding => ({
    rank: 1,
    severity: '🔴 high',
    what: `${escapeMarkdown(title(one.kind))} ${codeSpan(one.address)} (${codeSpan(one.id)}): it carries the tags of this stack, and the file does not claim it: kept, unwatched`,
    next: [
      ...waysOf(one, target, selection).map(({ to, write }) => `${to}: ${codeSpan(write)}`),
      escapeMarkdown(sharedStack),
    ].join('<br>'),
  })

/** Whether there is anything to tell. */
export const hasDrift = (plan: Plan): boolean =>
  changesOf(plan).length > 0 || plan.unclaimed.length > 0 || plan.unlisted.some(({ drift }) => drift)

/** The issue's title: for people, and the same as long as the file is the same. */
export const driftTitle = ({ target }: Plan, config: string): string =>
  `Drift: AWS is not what ${config} says (${[target.stack, target.environment, target.region].filter(Boolean).join(', ')})`

/** The issue's text. */
export const renderDrift = (plan: Plan, options: DriftOptions): string => {
  const { title = titleOf, impactOf, selection = '', runUrl, budget = noBudget } = options
  const changes = changesOf(plan)
  const findings = [
    ...plan.unlisted.filter(({ drift }) => drift).map(ofUnlisted(title)),
    ...plan.unclaimed.map(ofUnclaimed(title, plan.target, selection)),
    ...changes.map(ofChange(title, selection, impactOf)),
  ].toSorted((a, b) => a.rank - b.rank || (a.what < b.what ? -1 : 1))
  const worst = findings.filter(({ rank }) => rank < 3).length
  const top = [
    `### AWS is not what the file says: ${escapeMarkdown(targetText(plan.target))}`,
    '',
    `**${count(findings.length, 'thing differs', 'things differ')}**${worst > 0 ? `, ${worst} of them severe` : ''}. Somebody changed AWS directly, or a change of the file was never applied. This issue is kept up to date, and closes itself when the drift is gone.`,
    '',
  ]
  const rows = fitting(
    findings.map(({ severity, what, next }) => `| ${severity} | ${what} | ${next} |`),
    { ...budget, most: budget.most * 0.6 },
  )
  const table = [
    '| Severity | What happened | What to do |',
    '|:--|:--|:--|',
    ...rows.kept,
    '',
    ...(rows.left > 0 ? [`…and ${rows.left} more not listed here.`, ''] : []),
  ]
  const end = [
    `To repair everything: ${codeSpan(`cogsync apply${selection}`)}. To see it: ${codeSpan(`cogsync drift${selection}`)}.`,
    ...(runUrl === undefined ? [] : ['', `Found by [this run](${runUrl}).`]),
  ]
  const used = budget.size([...top, ...table, ...end].join('\n')) + 600
  const details = fitting(
    changes.map(change => renderDetails(change, title)),
    { ...budget, most: budget.most - used },
  )
  const guide = details.kept.some(block => block !== '')
    ? ['In each diff, `-` is what AWS has and `+` is what the file says.', '']
    : []
  return `${[...top, ...table, ...guide, ...details.kept, ...end].join('\n')}\n`
}

/** What the issue's last comment says. */
export const driftGone = (runUrl: string): string =>
  `The drift is gone: AWS is what the file says again. [The run that saw it](${runUrl})\n`
