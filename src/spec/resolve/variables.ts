// Values that references put in: variables, each resolved once, and how much of it all there may be.
import type { Term } from '../../model.ts'
import { isObject } from '../read/terms.ts'
import type { Node, Report } from '../yaml/tree.ts'
import { cut } from './interpolation.ts'
import type { At } from './resource-references.ts'

/** Characters that references may add to the file: four times as many as the longest file has. */
const most = 20 * 1024 * 1024

/** How long a value is when it is written out. */
const weightOf = (term: Term | undefined): number =>
  typeof term === 'string'
    ? term.length
    : isObject(term) && Array.isArray(term['$join'])
      ? term['$join'].reduce<number>((sum, part) => sum + 1 + (typeof part === 'string' ? part.length : 0), 0)
      : 1

/** Lets values in until there are too many: variables that double each other would fill any memory. */
export const makeAllowance = (report: Report): ((term: Term | undefined, at: At) => Term | undefined) => {
  let [inserted, isSaid] = [0, false]
  return (term, at) => {
    inserted += weightOf(term)
    if (inserted <= most) return term
    if (!isSaid)
      report({
        code: 'COG1012',
        ...at,
        message: `references put more than ${most} characters into the file`,
        hint: 'refer to long values less often',
      })
    isSaid = true
    return undefined
  }
}

/** The variables that a value names. */
const namedIn = (node: Node | undefined): string[] =>
  node?.is === 'scalar' && typeof node.value === 'string'
    ? cut(node.value).flatMap(part =>
        'reference' in part && part.reference.startsWith('var.') ? [part.reference.slice('var.'.length)] : [],
      )
    : []

/** Gives the value of a variable: `none` when there is no such, `open` while it is being worked out. */
export const makeVariables = (
  vars: ReadonlyMap<string, Node>,
  resolve: (node: Node, name: string) => Term | undefined,
): { find(name: string): Term | undefined | 'open' | 'none' } => {
  const known = new Map<string, { value: Term | undefined } | 'open'>()

  const settled = (name: string): { value: Term | undefined } => {
    const node = vars.get(name)
    return { value: node?.is === 'scalar' && node.value !== null ? resolve(node, name) : undefined }
  }

  /** What a variable names comes first, without recursion: chains may be as long as the file. */
  const settle = (name: string): void => {
    const trail: { name: string; named: string[]; next: number }[] = []
    const begin = (name: string) => {
      known.set(name, 'open')
      trail.push({ name, named: namedIn(vars.get(name)), next: 0 })
    }
    begin(name)
    for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
      const inner = top.named[top.next++]
      if (inner === undefined) {
        known.set(top.name, settled(top.name))
        trail.pop()
      } else if (vars.has(inner) && !known.has(inner)) begin(inner)
    }
  }

  return {
    find: name => {
      if (!vars.has(name)) return 'none'
      if (!known.has(name)) settle(name)
      const found = known.get(name)
      return found === 'open' || found === undefined ? 'open' : found.value
    },
  }
}
