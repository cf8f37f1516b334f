// What stands beside a plan's changes: what could not be read, remarks, and what the file does not list.
import type { Origins, Plan } from '../../model.ts'
import { unseenTexts } from '../groups.ts'
import { count } from '../text/wrap.ts'
import { sharedStack, unclaimedHeading, waysOf } from '../unclaimed.ts'
import { codeSpan, escapeMarkdown, folded } from './text.ts'

const most = 20

const aside = <T>(heading: string, all: readonly T[], line: (one: T) => string): string[] =>
  all.length === 0
    ? []
    : [
        `**${heading}**`,
        '',
        ...all.slice(0, most).map(one => `- ${line(one)}`),
        ...(all.length > most ? [`- …and ${all.length - most} more`] : []),
        '',
      ]

const unlistedText = ({ unlisted }: Plan, title: (kind: string) => string): string[] => {
  if (unlisted.length === 0) return []
  const alarming = unlisted.filter(({ drift }) => drift)
  const ordered = [...alarming, ...unlisted.filter(({ drift }) => !drift)]
  const line = ({ address, kind, drift }: Plan['unlisted'][number]) =>
    `- ${codeSpan(address)} (${escapeMarkdown(title(kind))})${drift ? ', **counts as drift**' : ''}`
  const one = unlisted.length === 1
  return [
    folded(
      `${count(unlisted.length, 'thing exists', 'things exist')} in AWS and ${one ? 'is' : 'are'} not in the file: left alone${alarming.length > 0 ? `; ${alarming.length} count as drift` : ''}`,
      [
        ...ordered.slice(0, most).map(line),
        ...(ordered.length > most ? [`- …and ${ordered.length - most} more`] : []),
      ].join('\n'),
    ),
  ]
}

/** At most twenty of each sort. */
export const renderAsides = (
  plan: Plan,
  { title, origins }: { title: (kind: string) => string; origins?: Origins },
): string[] => [
  ...aside(
    'Could not be read',
    plan.unread,
    ({ address, operation, reason }) =>
      `${codeSpan(address)} (${codeSpan(operation)}): ${escapeMarkdown(reason)}`,
  ),
  ...aside(
    unclaimedHeading,
    plan.unclaimed,
    one =>
      `${codeSpan(one.address)} (${escapeMarkdown([title(one.kind), one.name, ...(one.id === one.name ? [] : [one.id])].join(' '))}), **counts as drift**. ${waysOf(
        one,
        plan.target,
      )
        .map(({ to, write }) => `${to}: ${codeSpan(write)}`)
        .join('; ')}`,
  ),
  ...(plan.unclaimed.length > 0 ? [sharedStack, ''] : []),
  // what the file says nothing of, at every run, would be noise in a review
  ...unseenTexts({ unseen: (plan.unseen ?? []).filter(({ why }) => why !== 'unmanaged') }, title).flatMap(
    text => [escapeMarkdown(text), ''],
  ),
  ...aside(
    'Remarks',
    plan.diagnostics,
    ({ severity, code, message, hint, at, path }) =>
      `${severity} ${codeSpan(code)} at ${codeSpan(at ? `${at.file}:${at.line}` : path.join('.') || 'the file')}: ${escapeMarkdown(message)}${hint === undefined ? '' : `; ${escapeMarkdown(hint)}`}`,
  ),
  ...aside(
    'Taken over from AWS: these had drifted, and the file now says the same',
    origins?.accepted ?? [],
    ({ address, path }) => `${codeSpan(address)} ${codeSpan(path)}`,
  ),
  ...aside('Change of the file, or drift? Not known', origins?.unknown ?? [], escapeMarkdown),
  ...unlistedText(plan, title),
]
