// A plan as GitHub markdown, for a reviewer who has never seen cogsync: what will happen, what of it is dangerous
// and why, then the details. Whatever the size, the important part stays.
import type { Change, Origins, Plan } from '../../model.ts'
import { changesOf, errorsOf, groupsOf, isEmpty, peopleText, titleOf, verbs, verdict } from '../groups.ts'
import { byRisk, isBlocked, type Risk, risks, risksOf } from '../risk.ts'
import type { PlaceOf } from '../text/plan.ts'
import { count } from '../text/wrap.ts'
import { type Budget, fitting, noBudget } from './budget.ts'
import { renderDetails } from './diff.ts'
import { pictureOf } from './mermaid.ts'
import { renderAsides } from './notices.ts'
import { renderTable } from './table.ts'
import { codeSpan, codeTag, escapeMarkdown, fenced, folded, listed } from './text.ts'

export interface MarkdownOptions {
  placeOf?: PlaceOf
  /** a kind's title: `app client` */
  title?: (kind: string) => string
  /** before the stack's name: `cogsync plan` */
  heading?: string
  /** which differences the change of the file brings, and which are older */
  origins?: Origins
  /** the account's alias */
  alias?: string
  /** the address of a place in the file, `cognito.yaml:12` */
  linkTo?: (place: string) => string | undefined
  /** what makes this plan again, a command a line */
  reproduce?: readonly string[]
  /** said below the verdict, in markdown: what this workflow refuses */
  notices?: readonly string[]
  budget?: Budget
}

type Show = MarkdownOptions & { title: (kind: string) => string }

/** `1 user pool`, `2 identities`. */
const plural = (n: number, title: string): string =>
  count(n, title, title.endsWith('s') ? title : title.replace(/([^aeiou])y$/, '$1ie').concat('s'))

/** `**delete 1 identity provider** and **update 1 app client**`. */
const deeds = (changes: readonly Change[], title: Show['title']): string => {
  const actions = ['delete', 'replace', 'create', 'update', 'adopt'] as const
  return listed(
    actions.flatMap(action => {
      const kinds = new Map<string, number>()
      for (const change of changes)
        if (change.action === action) kinds.set(change.kind, (kinds.get(change.kind) ?? 0) + 1)
      if (kinds.size === 0) return []
      const all = [...kinds].map(([kind, n]) => plural(n, escapeMarkdown(title(kind))))
      const shown = all.length > 4 ? [...all.slice(0, 3), `${all.length - 3} other sorts of resources`] : all
      return [`**${verbs[action]} ${listed(shown)}**`]
    }),
  )
}

const headline = ({ stack, environment }: Plan['target'], heading: string): string =>
  `### ${escapeMarkdown(heading)}: ${escapeMarkdown(stack)}${environment === undefined ? '' : ` in ${escapeMarkdown(environment)}`}`

/** What applying would do, and where, in one sentence. */
const promise = (plan: Plan, { title, alias }: Show): string => {
  const { account, region } = plan.target
  const where = `account **${escapeMarkdown(account)}**${alias === undefined ? '' : ` (${escapeMarkdown(alias)})`}, ${escapeMarkdown(region)}`
  if (isEmpty(plan)) return `**${escapeMarkdown(verdict(plan))}** This is ${where}.`
  const doing = deeds(changesOf(plan), title)
  return doing === ''
    ? `Applying this changes nothing in ${where}: all that differs is blocked.`
    : `Applying this ${changesOf(plan).some(isBlocked) ? 'would' : 'will'} ${doing} in ${where}.`
}

/** How often each risk occurs among these changes, the worst first. */
const countsOfRisks = (changes: readonly Change[]): [Risk, number][] =>
  (Object.keys(risks) as Risk[])
    .map((risk): [Risk, number] => [risk, changes.filter(change => risksOf(change).includes(risk)).length])
    .filter(([, n]) => n > 0)

const meaning = ([risk, n]: [Risk, number]): string =>
  `${risks[risk].sign} **${risk}**${n > 1 ? ` (${n})` : ''}: ${risks[risk].means}.`

const alert = (sort: 'CAUTION' | 'WARNING' | 'IMPORTANT' | 'NOTE', lines: readonly string[]): string[] => [
  `> [!${sort}]`,
  ...lines.map((line, index) => `> ${line}${index < lines.length - 1 ? '<br>' : ''}`),
  '',
]

/** What must not be missed, the worst first. */
const alarms = (plan: Plan): string[] => {
  const changes = changesOf(plan)
  const errors = errorsOf(plan)
  const unread = plan.unread.length
  const blocked = changes.filter(isBlocked).length
  const found = countsOfRisks(changes).filter(([risk]) => risk !== 'blocked')
  const alarming = found.filter(([risk]) => risks[risk].alarming)
  const stops = [
    ...(errors > 0
      ? [`**This cannot be applied:** the plan has ${count(errors, 'error')}, see the remarks below.`]
      : []),
    ...(unread > 0
      ? [
          `**This is not the whole answer, and is not applied like this:** AWS refused ${count(unread, 'read')}, see below.`,
        ]
      : []),
    ...(blocked > 0
      ? [
          `**This cannot be applied as it is:** ${risks.blocked.sign} ${count(blocked, 'resource has', 'resources have')} a blocked change. The table says why, and what to do instead.`,
        ]
      : []),
  ]
  return [
    ...(stops.length > 0 ? alert('CAUTION', stops) : []),
    ...(alarming.length > 0
      ? alert('WARNING', found.map(meaning))
      : found.length > 0
        ? alert('NOTE', found.map(meaning))
        : []),
  ]
}

/** How many people what is dangerous concerns, where the pool knows. */
const people = (plan: Plan): string[] => {
  const lines = groupsOf(plan).flatMap(({ root, change, children }) => {
    const text = peopleText(plan, root, [...(change ? [change] : []), ...children])
    return text === undefined ? [] : [`- ${codeSpan(root)}: ${text}`]
  })
  return lines.length === 0 ? [] : ['**Who is concerned**', ...lines, '']
}

const footer = ({ hash, tool }: Plan, { reproduce }: Show): string =>
  folded(
    `Plan ${codeTag(hash.slice(0, 12))}${reproduce === undefined ? '' : ', and how to make it yourself'}`,
    [
      ...(reproduce === undefined ? [] : [fenced(reproduce, 'sh'), '']),
      `The plan's hash is ${codeSpan(hash)}, made by ${codeSpan(tool)}.`,
    ].join('\n'),
  )

const picture = (plan: Plan, { title }: Show): string[] => {
  const lines = pictureOf(plan.changes, title)
  return lines === undefined ? [] : [folded('What is touched, as a picture', fenced(lines, 'mermaid'))]
}

/** Of the room that is left, rows of the table may take this part; the rest is for diffs. */
const shareOfTable = 0.6
/** For what is said about that which does not fit. */
const reserve = 400

/** The whole plan within the budget: diffs are left out first, then rows, both from the harmless end. */
export const renderMarkdown = (plan: Plan, options: MarkdownOptions = {}): string => {
  const show: Show = { ...options, title: options.title ?? titleOf }
  const { heading = 'cogsync plan', budget = noBudget, notices = [], origins } = options
  const changes = changesOf(plan).toSorted(byRisk)
  const top = [
    headline(plan.target, heading),
    '',
    promise(plan, show),
    '',
    ...alarms(plan),
    ...people(plan),
    ...notices.flatMap(notice => alert('IMPORTANT', [notice])),
  ]
  const end = [...renderAsides(plan, show), footer(plan, show)]
  const room = budget.most - budget.size([...top, ...end].join('\n')) - reserve
  const middle = [
    ...renderTable(changes, show, { ...budget, most: room * shareOfTable }),
    ...picture(plan, show),
  ]
  const blocks = changes.map(change => renderDetails(change, show.title, origins?.changes[change.address]))
  const details = fitting(
    blocks.filter(block => block !== ''),
    { ...budget, most: room - budget.size(middle.join('\n')) },
  )
  const more =
    details.left > 0
      ? [
          `${count(details.left, 'diff')} did not fit here; \`cogsync plan\` and the saved plan have everything.`,
          '',
        ]
      : []
  return `${[...top, ...middle, ...details.kept, ...more, ...end].join('\n').trimEnd()}\n`
}
