// What carries the stack's tags and is not in the file, in words, with the three ways to say what becomes of it.
import type { Plan, Unclaimed } from '../model.ts'
import { safe } from './printable.ts'
import type { Style } from './text/style.ts'
import { wrap } from './text/wrap.ts'

export const unclaimedHeading = 'Carries the tags of this stack, is no longer in the file: kept, unwatched'

/** The ways, each as a sentence's part and what to write. */
export interface Way {
  to: string
  write: string
}

/** `selection`: how a command names the file and its environment; the environment alone, unless given. */
export const waysOf = (
  one: Unclaimed,
  target: Plan['target'],
  selection = target.environment === undefined ? '' : ` --env ${target.environment}`,
): Way[] => {
  const { address, id, key, environment } = one
  const [block = '', ...rest] = address.split('.')
  const isHere = key !== undefined && address === `${block}.${key}` && environment === target.environment
  return [
    { to: 'claim it', write: isHere ? `movedFrom: ${key} (or id: ${id})` : `id: ${id}` },
    { to: 'delete it', write: `cogsync destroy${selection} --target ${address}` },
    { to: 'give it up', write: `released: { ${block}: [${rest.join('.')}] }` },
  ]
}

/** Said once for all of them. */
export const sharedStack = 'If another file uses this stack, give each file a stack of its own.'

/** `key old, environment prod` */
export const tagsText = ({ key, environment }: Unclaimed): string =>
  [
    ...(key === undefined ? [] : [`key ${key}`]),
    ...(environment === undefined ? [] : [`environment ${environment}`]),
  ].join(', ')

/** Every one with what to do about it: until the file says which, it is drift. */
export const unclaimedLines = (plan: Plan, style: Style, title: (kind: string) => string): string[] => {
  if (plan.unclaimed.length === 0) return []
  const lines = plan.unclaimed.flatMap(one => [
    `  ${style.yellow('?')} ${safe(one.address)}  ${style.dim(
      [
        `${title(one.kind)} "${safe(one.name)}"`,
        ...(one.id === one.name ? [] : [safe(one.id)]),
        safe(tagsText(one)),
      ]
        .filter(part => part !== '')
        .join(', '),
    )}  ${style.yellow('[counts as drift]')}`,
    ...waysOf(one, plan.target).map(
      ({ to, write }) => `      ${style.dim(`${to}:`.padEnd(11))} ${safe(write)}`,
    ),
  ])
  return [`${unclaimedHeading}:`, ...lines, ...wrap(sharedStack, '  ', 100).map(style.dim), '']
}
