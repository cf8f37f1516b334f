// What is common to every rendering of a plan: order, counts, words, and which labels a change deserves.

import { rootOf } from '../address.ts'
import type { Action, Change, FieldChange, Impact, Plan, Unseen } from '../model.ts'
import { effectOf, removesOf } from './effect.ts'
import { count } from './text/wrap.ts'

export const marks: { [action in Action]: string } = {
  create: '+',
  update: '~',
  adopt: '=',
  replace: '-/+',
  delete: '-',
  blocked: '!',
  none: ' ',
}

export const verbs: { [action in Action]: string } = {
  create: 'create',
  update: 'update',
  adopt: 'adopt',
  replace: 'replace',
  delete: 'delete',
  blocked: 'blocked',
  none: 'unchanged',
}

/** The worst first. `in-place` is not worth a label. */
export const impacts: readonly Impact[] = [
  'login-breaking',
  'security-loosening',
  'secret-flow',
  'irreversible',
  'cost',
  'security-tightening',
  'in-place',
]

const worth = (impact: Impact) => impact !== 'in-place'

export const labelsOf = (list: readonly Impact[]): Impact[] =>
  impacts.filter(impact => worth(impact) && list.includes(impact))

/** The labels of the change as a whole that none of its settings carries. */
export const ownLabels = (change: Change): Impact[] =>
  labelsOf(change.impact).filter(impact => !change.fields.some(field => field.impact.includes(impact)))

/** `userPool` → `user pool`. Renderings know no kinds; who has the registry passes their titles. */
export const titleOf = (kind: string): string => kind.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)

export interface Counts {
  create: number
  update: number
  adopt: number
  replace: number
  delete: number
  blocked: number
}

export const countsOf = (plan: Plan): Counts => {
  const counts: Counts = { create: 0, update: 0, adopt: 0, replace: 0, delete: 0, blocked: 0 }
  for (const change of plan.changes) {
    const action = effectOf(change)
    if (change.action === 'blocked' || change.blocked.length > 0) counts.blocked += 1
    if (action === 'delete') counts.delete += removesOf(change)
    else if (action !== 'none' && action !== 'blocked') counts[action] += 1
  }
  return counts
}

/** Nothing to do. Says nothing about whether everything could be read. */
export const isEmpty = (plan: Plan): boolean => changesOf(plan).length === 0

export const changesOf = (plan: Plan): Change[] =>
  plan.changes.filter(change => effectOf(change) !== 'none' || change.blocked.length > 0)

/** Changes of one root (`userPools.customers`), itself first, then its children by address. */
export interface Group {
  root: string
  change?: Change
  children: Change[]
}

const byAddress = (a: Change, b: Change) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0)

export const groupsOf = (plan: Plan): Group[] => {
  const groups = new Map<string, Group>()
  for (const change of changesOf(plan)) {
    const root = rootOf(change.address)
    const group = groups.get(root) ?? { root, children: [] }
    if (change.address === root) group.change = change
    else group.children.push(change)
    groups.set(root, group)
  }
  const order = ['userPools', 'identityPools', 'roles']
  const rank = (root: string) => (order.indexOf(root.split('.')[0]!) + order.length + 1) % (order.length + 1)
  return [...groups.values()]
    .map(group => ({ ...group, children: group.children.toSorted(byAddress) }))
    .toSorted((a, b) => rank(a.root) - rank(b.root) || (a.root < b.root ? -1 : 1))
}

/** Settings that the file states, and those that only go back to a default. */
export const settingsOf = (change: Change): { stated: FieldChange[]; restored: FieldChange[] } => ({
  stated: change.fields.filter(field => !field.restored),
  restored: change.fields.filter(field => field.restored),
})

/** What AWS estimates of the people whom changes of a root may keep from signing in. */
export const peopleText = (plan: Plan, root: string, list: readonly Change[]): string | undefined => {
  const people = plan.people?.[root]
  const hurts = list.some(({ action, impact }) => action === 'delete' || impact.includes('login-breaking'))
  return people === undefined || !hurts
    ? undefined
    : `about ${people.toLocaleString('en-US')} ${people === 1 ? 'user' : 'users'} in this pool`
}

/** `2 to create, 1 to update, 0 to delete, 1 blocked`. */
export const countsText = ({ create, update, adopt, replace, delete: gone, blocked }: Counts): string =>
  [
    `${create} to create`,
    `${update} to update`,
    ...(adopt > 0 ? [`${adopt} to adopt`] : []),
    ...(replace > 0 ? [`${replace} to replace`] : []),
    `${gone} to delete`,
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
  ].join(', ')

/** Errors that AWS's state brought up; a plan that has any is not applied. */
export const errorsOf = (plan: Plan): number =>
  plan.diagnostics.filter(({ severity }) => severity === 'error').length

/** `2 resources carry this stack's tags` */
export const unclaimedText = ({ unclaimed: { length } }: Plan): string =>
  `${count(length, 'resource carries', 'resources carry')} the tags of this stack`

/** Whether something that the file names, or that may be ours, was not looked at. */
export const isPartial = ({ unseen = [] }: Pick<Plan, 'unseen'>): boolean =>
  unseen.some(({ why }) => why !== 'unmanaged')

/** Whether there is nothing to tell: no difference, and nothing of ours that is in no file. */
export const isQuiet = (plan: Plan): boolean => isEmpty(plan) && plan.unclaimed.length === 0

/** The one sentence a plan comes to. */
export const verdict = (plan: Plan): string => {
  const errors = errorsOf(plan)
  const counted = isEmpty(plan) ? undefined : `Plan: ${countsText(countsOf(plan))}.`
  if (errors > 0)
    return `${counted === undefined ? 'The plan' : `${counted} It`} has ${count(errors, 'error')} and cannot be applied.`
  if (counted !== undefined) return counted
  if (plan.unclaimed.length > 0)
    return `Nothing to change, but ${unclaimedText(plan)} that the file does not claim.`
  if (plan.unread.length > 0) return 'No differences in what could be read, but not everything could be read.'
  if (isPartial(plan)) return 'No changes in what was looked at.'
  return 'No changes. What the file says is what AWS has.'
}

/** The first of many names, and how many more there are: a plan says this at every run, so it stays on one line. */
const someOf = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`

/** What was left out of reading, in sentences. */
export const unseenTexts = (
  { unseen = [] }: Pick<Plan, 'unseen'>,
  title: (kind: string) => string,
): string[] => {
  const listed = (why: Unseen['why']) =>
    unseen.filter(one => one.why === why).map(({ kind, count }) => `${title(kind)} (${count})`)
  const [since, target] = [listed('since'), listed('target')]
  const [unmanaged, unclaimed, denied] = (['unmanaged', 'unclaimed', 'denied'] as const).map(reason =>
    unseen.filter(({ why }) => why === reason).map(({ kind }) => title(kind)),
  ) as [string[], string[], string[]]
  return [
    ...(since.length > 0 ? [`Not looked at, because the file does not change it: ${since.join(', ')}.`] : []),
    ...(target.length > 0 ? [`Not looked at, because of --target: ${target.join(', ')}.`] : []),
    ...(unclaimed.length > 0
      ? [
          `Not looked for, because not everything was to be looked at: what carries this stack's tags and is not in the file (${someOf(unclaimed)}).`,
        ]
      : []),
    ...(denied.length > 0
      ? [
          `Not looked for, because AWS did not allow it: what carries this stack's tags and is not in the file (${someOf(denied)}).`,
        ]
      : []),
    ...(unmanaged.length > 0
      ? [`Not looked at, because the file says nothing of it: ${someOf(unmanaged)}. drift --full looks.`]
      : []),
  ]
}
