// Why a saved plan is not the one that is made now, in words.

import { changedSince, kindNamed, type Moved, movedText, whereOf } from '../apply/staleness.ts'
import { kinds } from '../kinds/index.ts'
import type { Address, Observation, Plan } from '../model.ts'
import { type RunError, runError } from '../problem.ts'
import { fingerprint } from '../values/fingerprint.ts'
import { digest } from '../values/hash.ts'

/** A plan made now, and what it was made from. */
export interface Fresh {
  plan: Plan
  observation: Observation
  /** the file, as messages name it */
  config: string
}

/**
 * The reason to refuse a saved plan, exit 5: the first of these that holds. Another account, another stack or place,
 * another file, something that it touches has changed, or something else is planned. `undefined` when the plan that
 * was made now is the one that was saved.
 */
export const planDifference = (saved: Plan, fresh: Fresh): RunError | undefined =>
  saved.hash === fresh.plan.hash
    ? undefined
    : (otherAccount(saved, fresh) ??
      otherTarget(saved, fresh) ??
      otherFile(saved, fresh) ??
      outOfDate(saved, fresh) ??
      otherPlan(saved, fresh))

const again = 'nothing was changed: plan again, look at the new plan, and apply that'

const otherAccount = ({ target }: Plan, { plan }: Fresh): RunError | undefined =>
  target.account === plan.target.account
    ? undefined
    : runError({
        exit: 5,
        code: 'wrong-account',
        message: `the plan is for account ${target.account}, and these credentials are for account ${plan.target.account}`,
        hint: 'use the credentials of that account',
      })

const targetText = ({ stack, environment, region, partition }: Plan['target']): string =>
  `stack ${stack}${environment === undefined ? '' : `, environment ${environment}`} in ${region}${partition === 'aws' ? '' : ` (${partition})`}`

const otherTarget = ({ target }: Plan, { plan, config }: Fresh): RunError | undefined =>
  targetText(target) === targetText(plan.target)
    ? undefined
    : runError({
        exit: 5,
        code: 'file-changed',
        message: `the plan is for ${targetText(target)}, and ${config} is for ${targetText(plan.target)}`,
        hint: again,
      })

const otherFile = ({ desired }: Plan, { plan, config }: Fresh): RunError | undefined =>
  desired === plan.desired
    ? undefined
    : runError({
        exit: 5,
        code: 'file-changed',
        message: `${config} says something else than when the plan was made`,
        hint: again,
      })

const outOfDate = (saved: Plan, fresh: Fresh): RunError | undefined => {
  const moved = movedSince(saved, fresh)
  return moved.length === 0
    ? undefined
    : runError({
        exit: 5,
        code: 'stale-plan',
        message: `the plan${saved.made === undefined ? '' : ` of ${saved.made}`} is out of date: ${moved.map(movedText).join(', ')} since it was made`,
        hint: again,
      })
}

/** What the saved plan touches and AWS has otherwise by now. */
const movedSince = (saved: Plan, { plan, observation }: Fresh): Moved[] => {
  const doomed = new Map(observation.doomed.map(live => [live.address, live]))
  const unread = new Set(plan.unread.map(({ address }) => address))
  return Object.entries(saved.fingerprints).flatMap(([address, before]): Moved[] => {
    const live = Object.hasOwn(observation.live, address) ? observation.live[address] : doomed.get(address)
    if (live === undefined)
      return before === 'absent' || unread.has(address) ? [] : [{ address, how: 'gone' }]
    if (before === 'absent') return [{ address, how: 'appeared' }]
    if (fingerprint(kindNamed(kinds, live.kind), live.wire, whereOf(plan)) === before) return []
    return [changedSince(address, live)]
  })
}

const otherPlan = (saved: Plan, { plan }: Fresh): RunError => {
  const differing = differences(saved, plan)
  const [named, more] = [differing.slice(0, 5), differing.length - 5]
  return runError({
    exit: 5,
    code: 'plan-changed',
    message: `this is not the plan that was saved: ${[...named, ...(more > 0 ? [`${more} more`] : [])].join('; ')}`,
    hint: 'nothing was changed: the plan file, AWS or cogsync is other than it was; review the new plan',
  })
}

/** Members of a plan that its hash covers, in the words of their differences. */
const members: [member: keyof Plan, text: string][] = [
  ['options', 'it was made with other options'],
  ['scope', 'it was made with another --target'],
  ['unclaimed', 'what is no longer in the file differs'],
  ['unread', 'what could not be read differs'],
  ['secrets', 'secrets come from elsewhere'],
  ['known', 'ids that it knows differ'],
  ['fingerprints', 'what it saw of AWS differs'],
]

const differences = (saved: Plan, now: Plan): string[] => {
  const differs = (one: unknown, other: unknown) => digest({ one }) !== digest({ one: other })
  const [before, after] = [workOf(saved), workOf(now)]
  const changes = [...new Set([...before.keys(), ...after.keys()])].flatMap(address => {
    const [was, is] = [before.get(address), after.get(address)]
    if (was === undefined) return [`it does not have ${address}, which is to be changed now`]
    if (is === undefined) return [`it has ${address}, which is not to be changed now`]
    return differs(was, is) ? [`something else is to be done to ${address}`] : []
  })
  const errors = ({ diagnostics }: Plan) =>
    diagnostics.filter(({ severity }) => severity === 'error').map(({ code, path }) => ({ code, path }))
  const others = members.flatMap(([member, text]) => (differs(saved[member], now[member]) ? [text] : []))
  const found = [...changes, ...others]
  if (differs(errors(saved), errors(now))) found.push('its errors differ')
  return found.length > 0 ? found : ['its hash differs']
}

const workOf = ({ changes }: Plan): Map<Address, unknown> =>
  new Map(changes.filter(({ action }) => action !== 'none').map(change => [change.address, change]))
