// A plan as GitHub markdown, for a reviewer who has never seen cogsync: what will happen, what of it is dangerous
// and why, then the details. Whatever the size, the important part stays.
import type { Change, FieldChange, Origins, Plan } from '../model.ts'
import { type Budget, fitting, noBudget } from './fit.ts'
import { changesOf, errorsOf, isEmpty, settingsOf, titleOf, verbs, verdict } from './groups.ts'
import { renderDetails } from './markdown-diff.ts'
import { codeSpan, escapeMarkdown, fenced, folded, listed } from './markdown-text.ts'
import { pictureOf } from './mermaid.ts'
import { byRisk, isBlocked, type Risk, risks, risksOf, worstFirst } from './risk.ts'
import { fieldShape, type PlaceOf } from './text.ts'
import { shapeOf } from './value.ts'
import { count } from './wrap.ts'

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
  /** said below the verdict, in markdown: refusals, hints */
  notices?: readonly string[]
  budget?: Budget
}

type Show = MarkdownOptions & { title: (kind: string) => string }

/** `user pool` → `user pools`. */
const plural = (n: number, title: string): string =>
  count(n, title, title.endsWith('s') ? title : title.replace(/([^aeiou])y$/, '$1ie').concat('s'))

/** `update 1 app client and delete 1 identity provider`. */
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

const whereText = ({ account, region }: Plan['target'], alias: string | undefined): string =>
  `account **${escapeMarkdown(account)}**${alias === undefined ? '' : ` (${escapeMarkdown(alias)})`}, ${escapeMarkdown(region)}`

const headline = ({ stack, environment }: Plan['target'], heading: string): string =>
  `### ${heading}: ${escapeMarkdown(stack)}${environment === undefined ? '' : ` in ${escapeMarkdown(environment)}`}`

/** What applying would do, in one sentence. */
const promise = (plan: Plan, { title, alias }: Show): string => {
  const changes = changesOf(plan)
  const where = whereText(plan.target, alias)
  if (isEmpty(plan)) return `${escapeMarkdown(verdict(plan))} That is ${where}.`
  const doing = deeds(changes, title)
  return doing === ''
    ? `Applying this changes nothing in ${where}: all that differs is blocked.`
    : `Applying this will ${doing} in ${where}.`
}

/** How often each risk occurs among these changes. */
const countsOfRisks = (changes: readonly Change[]): [Risk, number][] =>
  (Object.keys(risks) as Risk[])
    .map((risk): [Risk, number] => [risk, changes.filter(change => risksOf(change).includes(risk)).length])
    .filter(([, n]) => n > 0)

const alert = (sort: 'CAUTION' | 'WARNING' | 'IMPORTANT', text: string): string => `> [!${sort}]\n> ${text}\n`

/** The worst thing about the plan, which must not be missed. */
const alarms = (plan: Plan): string[] => {
  const changes = changesOf(plan)
  const errors = errorsOf(plan)
  const blocked = changes.filter(isBlocked).length
  const dangers = countsOfRisks(changes).filter(([risk]) => risk !== 'blocked' && risks[risk].alarming)
  return [
    ...(errors > 0
      ? [alert('CAUTION', `**This cannot be applied:** the plan has ${count(errors, 'error')}, see below.`)]
      : []),
    ...(plan.unread.length > 0
      ? [
          alert(
            'CAUTION',
            `**This is not the whole answer:** ${count(plan.unread.length, 'read was', 'reads were')} refused by AWS, see below. It is not applied like this.`,
          ),
        ]
      : []),
    ...(blocked > 0
      ? [
          alert(
            'CAUTION',
            `**This cannot be applied as it is:** ${count(blocked, 'resource has a change that is', 'resources have changes that are')} blocked. The table says why, and what to do instead.`,
          ),
        ]
      : []),
    ...(dangers.length > 0
      ? [
          alert(
            dangers.some(([risk]) => risk !== 'irreversible') ? 'WARNING' : 'IMPORTANT',
            `**Look twice:** ${dangers.map(([risk, n]) => `${risks[risk].sign} ${n} × **${risk}**`).join(', ')}.`,
          ),
        ]
      : []),
  ]
}

/** A value in a table's cell. */
const cell = (text: string): string => codeSpan(text.length > 90 ? `${text.slice(0, 89)}…` : text)

const inCell = (path: string, shape: ReturnType<typeof shapeOf>): string => {
  const name = codeSpan(path)
  if (shape.form === 'line')
    return shape.before === undefined
      ? `${name}: ${cell(shape.after ?? '')}`
      : `${name}: ${cell(shape.before)} → ${cell(shape.after ?? '')}`
  const marked = shape.lines.filter(({ mark, depth }) => mark !== ' ' && depth === 0)
  const plain = marked.filter(({ mark }) => mark !== '~')
  if (plain.length === 0 || plain.length < marked.length || plain.length > 4) return `${name} changes`
  return `${name}: ${plain.map(({ mark, text }) => `${mark === '-' ? 'without' : 'with'} ${cell(text)}`).join(', ')}`
}

/** At most this many settings of a resource stand in the table; the worst do. */
const settingsShown = 3

const settingsCell = (change: Change, drifted: (field: FieldChange) => boolean): string => {
  const blocked = change.blocked.map(
    ({ path, before, after, reason, remedy }) =>
      `${before === undefined && after === undefined ? codeSpan(path) : inCell(path, shapeOf(path, before, after))}<br>**Why:** ${escapeMarkdown(reason)}.<br>**Instead:** ${escapeMarkdown(remedy)}.`,
  )
  if (change.action === 'create')
    return change.fields.length > 0 ? `new, with ${count(change.fields.length, 'setting')}` : 'new'
  const { restored } = settingsOf(change)
  const fields = worstFirst(change.fields.filter(field => !field.restored))
  const shown = [...fields, ...worstFirst(restored)].slice(0, settingsShown)
  const rest = change.fields.length - shown.length
  const line = (field: FieldChange) =>
    `${inCell(field.path, fieldShape(field))}${field.restored ? ' (not in the file: the default)' : ''}${drifted(field) ? ' (had drifted)' : ''}`
  return [
    ...blocked,
    ...(change.action === 'delete' ? ['it is removed from AWS'] : []),
    ...(change.action === 'adopt' ? ['exists already; cogsync writes its ownership tags on it'] : []),
    ...shown.map(line),
    ...(rest > 0 ? [`and ${count(rest, 'more setting')}`] : []),
  ].join('<br>')
}

const riskCell = (change: Change): string =>
  risksOf(change)
    .map(risk => `${risks[risk].sign} ${risks[risk].alarming ? `**${risk}**` : risk}`)
    .join('<br>') || 'in place'

const row = (change: Change, { title, placeOf, linkTo, origins }: Show): string => {
  const origin = origins?.changes[change.address]
  const name = change.name || (change.address.split('.').at(-1) ?? '')
  const place = placeOf?.(change.path)
  const link = place === undefined ? undefined : linkTo?.(place)
  const at =
    place === undefined ? '' : `<br>${link === undefined ? codeSpan(place) : `[${codeSpan(place)}](${link})`}`
  const verb = change.action === 'blocked' ? 'cannot change' : verbs[change.action]
  return `| ${riskCell(change)} | **${verb}** ${escapeMarkdown(title(change.kind))} ${codeSpan(name)}${at} | ${settingsCell(change, ({ path }) => origin?.origin === 'both' && origin.fields[path] === 'drift')} |`
}

const heads = ['| Risk | What happens | Settings |', '|:--|:--|:--|']

/** The rows that fit, and what to say of those that do not. */
const table = (changes: readonly Change[], show: Show, budget: Budget): { lines: string[]; used: number } => {
  const { kept, left, used } = fitting(
    changes.map(change => row(change, show)),
    budget,
  )
  const more = left > 0 ? ['', `…and ${count(left, 'change')} not listed here.`] : []
  return { lines: [...heads, ...kept, ...more, ''], used }
}

const isOlder = ({ address }: Change, origins: Origins | undefined): boolean =>
  origins?.changes[address]?.origin === 'drift'

/** What the labels in the table mean: only those that are there. */
const legend = (changes: readonly Change[]): string[] => {
  const found = countsOfRisks(changes)
  return found.length === 0
    ? []
    : [...found.map(([risk]) => `- ${risks[risk].sign} **${risk}**: ${risks[risk].means}.`), '']
}

const mostAsides = 20

const aside = <T>(heading: string, all: readonly T[], line: (one: T) => string): string[] => {
  if (all.length === 0) return []
  const more = all.length - mostAsides
  return [
    `**${heading}**`,
    '',
    ...all.slice(0, mostAsides).map(one => `- ${line(one)}`),
    ...(more > 0 ? [`- …and ${more} more`] : []),
    '',
  ]
}

const unlistedText = ({ unlisted }: Plan, title: Show['title']): string => {
  if (unlisted.length === 0) return ''
  const alarming = unlisted.filter(({ drift }) => drift)
  const line = ({ address, kind, drift }: Plan['unlisted'][number]) =>
    `- ${codeSpan(address)} (${escapeMarkdown(title(kind))})${drift ? ', **counts as drift**' : ''}`
  const ordered = [...alarming, ...unlisted.filter(({ drift }) => !drift)]
  const more = ordered.length - mostAsides
  return folded(
    `${count(unlisted.length, 'thing exists', 'things exist')} in AWS and ${unlisted.length === 1 ? 'is' : 'are'} not in the file: left alone${alarming.length > 0 ? `, ${alarming.length} of them unexpected` : ''}`,
    [...ordered.slice(0, mostAsides).map(line), ...(more > 0 ? [`- …and ${more} more`] : [])].join('\n'),
  )
}

const asides = (plan: Plan, { title, origins }: Show): string[] => [
  ...aside(
    'Could not be read',
    plan.unread,
    ({ address, operation, reason }) =>
      `${codeSpan(address)} (${codeSpan(operation)}): ${escapeMarkdown(reason)}`,
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
  ...aside('Drift or change? Not known', origins?.unknown ?? [], escapeMarkdown),
  unlistedText(plan, title),
]

const footer = (plan: Plan, { reproduce }: Show): string[] => [
  ...(reproduce === undefined ? [] : ['Make this plan yourself:', '', fenced([...reproduce], 'sh'), '']),
  `Plan ${codeSpan(plan.hash)}, made by ${codeSpan(plan.tool)}`,
]

const picture = (plan: Plan, { title }: Show): string[] => {
  const lines = pictureOf(plan.changes, title)
  return lines === undefined ? [] : [folded('What is touched', fenced(lines, 'mermaid'))]
}

const tables = (changes: readonly Change[], show: Show, budget: Budget): string[] => {
  const { origins } = show
  const older = changes.filter(change => isOlder(change, origins))
  const fresh = changes.filter(change => !isOlder(change, origins))
  if (origins === undefined) return changes.length === 0 ? [] : table(changes, show, budget).lines
  const first =
    fresh.length === 0
      ? { lines: ['**From this change of the file:** nothing.', ''], used: 0 }
      : table(fresh, show, budget)
  return [
    ...(older.length > 0 && fresh.length > 0 ? ['**From this change of the file**', ''] : []),
    ...(older.length > 0 || fresh.length > 0 ? first.lines : []),
    ...(older.length === 0
      ? []
      : [
          '**Not from this change: had drifted before.** Somebody changed AWS, or an earlier change was not applied. Applying puts it back.',
          '',
          ...table(older, show, { ...budget, most: budget.most - first.used }).lines,
        ]),
  ]
}

/** The whole plan within the budget: diffs are left out first, then rows, both from the harmless end. */
export const renderMarkdown = (plan: Plan, options: MarkdownOptions = {}): string => {
  const show: Show = { ...options, title: options.title ?? titleOf }
  const { heading = 'cogsync plan', budget = noBudget, notices = [] } = options
  const changes = changesOf(plan).toSorted(byRisk)
  const top = [
    headline(plan.target, heading),
    '',
    promise(plan, show),
    '',
    ...alarms(plan),
    ...notices.flatMap(notice => [notice, '']),
  ]
  const under = legend(changes)
  const end = [...asides(plan, show), ...footer(plan, show)]
  const room = budget.most - budget.size([...top, ...under, ...end].join('\n')) - 400
  const middle = [...tables(changes, show, { ...budget, most: room * 0.6 }), ...under, ...picture(plan, show)]
  const details = fitting(
    changes.map(change => renderDetails(change, show.title, show.origins?.changes[change.address])),
    { ...budget, most: room - budget.size(middle.join('\n')) },
  )
  const more =
    details.left > 0
      ? [
          `The ${count(details.left, 'diff')} that did not fit here ${details.left === 1 ? 'is' : 'are'} in the saved plan.`,
          '',
        ]
      : []
  return `${[...top, ...middle, ...details.kept, ...more, ...end].join('\n').trimEnd()}\n`
}
