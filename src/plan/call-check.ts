// Whether every call of a plan is one that its kind can make for what the plan shows: the second line of defence for
// plans that are carried out without their file.

import type { Action, Change, Plan } from '../model.ts'
import { isBodyWriter, type Kind } from '../table/kind.ts'
import { secretsIn } from '../term.ts'
import { type Subject, writes } from './call-parts.ts'
import {
  asBody,
  asClear,
  asCreation,
  asDelivery,
  asPut,
  asRemoval,
  asRestart,
  asTaking,
  asUntagging,
  asWait,
} from './call-sorts.ts'

/** What is wrong with a plan's calls, a sentence each: none if every call is what its change shows. */
export const callFaults = (plan: Plan, kinds: readonly Kind[]): string[] => [
  ...repeated(plan),
  ...plan.changes.flatMap(change => {
    const kind = kinds.find(({ name }) => name === change.kind)
    if (kind === undefined) return [`${change.address}: no kind is called ${change.kind}`]
    const faults = [
      ...idFaults(plan, kind, change),
      ...labelFaults(kind, change),
      ...change.calls.flatMap(call => callFault({ plan, kind, change, call })),
    ]
    return faults.map(fault => `${change.address}: ${fault}`)
  }),
  ...sourceFaults(plan),
]

const repeated = ({ changes }: Plan): string[] => {
  const seen = new Set<string>()
  return changes.flatMap(({ address }) => {
    const twice = seen.has(address)
    seen.add(address)
    return twice ? [`${address}: two changes have this address`] : []
  })
}

/** Sources of secrets that nothing is sent from. */
const sourceFaults = ({ changes, secrets }: Plan): string[] => {
  const sent = new Set<string>()
  for (const { calls } of changes) for (const { input } of calls) secretsIn(input, sent)
  return Object.keys(secrets)
    .filter(name => !sent.has(name))
    .map(name => `secrets.${name}: nothing that is sent needs it`)
}

/** The ids of a change against those that the plan knows of it and of what it is under. */
const idFaults = ({ known }: Plan, kind: Kind, { address, ids }: Change): string[] => {
  const above = address
    .split('.')
    .map((_part, index, all) => all.slice(0, index + 1).join('.'))
    .flatMap(one => (known[one] === undefined ? [] : [known[one]]))
  return kind.ids.flatMap(member => {
    const from = kind.idsFrom?.[member]
    const others = above.flatMap(one => [
      one[`ids.${member}`],
      ...(from === undefined ? [] : [one[`ids.${from}`]]),
    ])
    return others.some(id => id !== undefined && ids[member] !== undefined && id !== ids[member])
      ? [`${member} is ${ids[member]}, which is not the one that the plan knows there`]
      : []
  })
}

/** Whether what is shown and what is sent are the same sort of thing. */
const labelFaults = (kind: Kind, { action, calls, goesWith }: Change): string[] => {
  const n = (operation: string | undefined) => calls.filter(call => call.operation === operation).length
  if (action === 'none' || action === 'blocked')
    return calls.length > 0 ? [`it is shown as ${action}, and ${calls.length} calls are sent`] : []
  if (goesWith !== undefined)
    return action !== 'delete' || calls.length > 0 ? ['what goes with another needs no calls of its own'] : []
  // of what AWS makes with its parent there may be nothing to write
  if (writes(action) && calls.length === 0 && (action !== 'create' || kind.create !== undefined))
    return [`it is shown as ${action}, and nothing is sent`]
  const makes = kind.create !== undefined && (action === 'create' || action === 'replace')
  if (makes && n(kind.create?.operation) !== 1)
    return [`it is shown as ${action}, and ${kind.create?.operation} is not sent once`]
  const removes = kind.remove !== undefined && (action === 'delete' || action === 'replace')
  const waits = calls.some(({ operation, until }) => operation === until?.operation)
  return removes && !waits && n(kind.remove?.operation) !== 1
    ? [`it is shown as ${action}, and ${kind.remove?.operation} is not sent once`]
    : []
}

/** Why a call is none of its change; nothing if it is one. */
const callFault = (subject: Subject): string[] => {
  const { kind, change, call } = subject
  const { action } = change
  const reasons = [
    ...(action === 'create' || action === 'replace' ? [asCreation(subject)] : []),
    ...(action === 'delete' || action === 'replace' ? [asRemoval(subject), asWait(subject)] : []),
    ...(action === 'delete' ? [] : [asDelivery(subject), asRestart(subject), asUntagging(subject)]),
    ...kind.writers.flatMap(writer =>
      isBodyWriter(writer)
        ? [asBody(subject, writer), asClear(subject, writer)]
        : [asPut(subject, writer), asTaking(subject, writer)],
    ),
  ]
  if (reasons.includes(true)) return []
  const [why] = reasons.filter(reason => typeof reason === 'string')
  return [
    why === undefined
      ? `${call.operation} is no call of ${verbs[action]} ${kind.title}`
      : `${call.operation}: ${why}`,
  ]
}

const verbs: { [action in Action]: string } = {
  create: 'creating one, of kind',
  update: 'updating one, of kind',
  adopt: 'adopting one, of kind',
  replace: 'replacing one, of kind',
  delete: 'deleting one, of kind',
  blocked: 'a blocked',
  none: 'an unchanged',
}
