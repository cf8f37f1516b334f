// How dangerous a change is, in words for somebody who has never seen cogsync.
import type { Change, Impact } from '../model.ts'
import { impacts, labelsOf } from './groups.ts'

/** What a label says beside its change; `--fail-on` and `--allow` take the impacts among them. */
export type Risk = 'blocked' | 'deletes' | Exclude<Impact, 'in-place'>

/** The worst first: its sign, what it means to whom, and whether somebody should stop and look. */
export const risks: { [risk in Risk]: { sign: string; means: string; alarming: boolean } } = {
  blocked: {
    sign: '⛔',
    means: 'this is not done, and nothing else is either until the file no longer asks for it',
    alarming: true,
  },
  deletes: { sign: '🔴', means: 'something that exists in AWS is removed', alarming: true },
  'login-breaking': {
    sign: '🔴',
    means: 'people or apps that rely on what is changed or removed can no longer sign in',
    alarming: true,
  },
  'security-loosening': {
    sign: '🟠',
    means: 'protection becomes weaker, or more places, people or systems are let in',
    alarming: true,
  },
  'secret-flow': {
    sign: '🟠',
    means: 'a secret is read from a new source, or sent to a new destination',
    alarming: true,
  },
  irreversible: { sign: '🟣', means: 'AWS has no way to take this back', alarming: true },
  cost: { sign: '🟡', means: 'AWS charges another price', alarming: false },
  'security-tightening': {
    sign: '🔵',
    means: 'protection becomes stricter; who relied on less may be refused',
    alarming: false,
  },
}

const order = Object.keys(risks) as Risk[]

export const isBlocked = ({ action, blocked }: Change): boolean => action === 'blocked' || blocked.length > 0

const isRemoval = ({ action }: Change): boolean => action === 'delete' || action === 'replace'

/** What is dangerous about a change, the worst first; none when it is a change in place. */
export const risksOf = (change: Change): Risk[] => {
  const has = (risk: Risk) =>
    risk === 'blocked'
      ? isBlocked(change)
      : risk === 'deletes'
        ? isRemoval(change)
        : labelsOf(change.impact).includes(risk)
  return order.filter(has)
}

const rank = (change: Change): number => {
  const [worst] = risksOf(change)
  return worst === undefined ? order.length : order.indexOf(worst)
}

/** Blocked and destructive first, then by impact, then by address. */
export const byRisk = (a: Change, b: Change): number =>
  rank(a) - rank(b) || (a.address < b.address ? -1 : a.address > b.address ? 1 : 0)

/** Settings, those of the worst impact first. */
export const worstFirst = <T extends { impact: readonly Impact[] }>(fields: readonly T[]): T[] => {
  const of = ({ impact }: T) => Math.min(impacts.length, ...impact.map(each => impacts.indexOf(each)))
  return fields.toSorted((a, b) => of(a) - of(b))
}
