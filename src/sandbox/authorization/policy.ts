// An identity policy as IAM evaluates it, as far as Allow statements and text conditions go [D: IAM reference].
import type { Json, Members } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'

/** One thing that a request must be allowed. */
export interface Need {
  action: string
  /** an ARN, or `*` where the action knows no resources */
  resource: string
  /** condition keys that the request has */
  context: { [key: string]: string }
}

interface Statement {
  effect: string
  actions: string[]
  resources: string[]
  conditions: [operator: string, key: string, values: string[]][]
}

export type Policy = readonly Statement[]

/** Reads a policy document. Throws a TypeError in words for what it cannot evaluate, rather than guess. */
export function readPolicy(document: Json): Policy {
  const statements = listOf(isObject(document) ? document.Statement : undefined)
  if (statements.length === 0) throw new TypeError('it has no statements')
  if (!statements.every(isObject)) throw new TypeError('it has a statement that is no object')
  return statements.map(({ Effect, Action, Resource, Condition, ...others }) => {
    const unknown = Object.keys(others).find(key => key !== 'Sid')
    if (unknown !== undefined)
      throw new TypeError(`it has a statement with ${unknown}, which is not evaluated here`)
    if (Effect !== 'Allow' && Effect !== 'Deny') throw new TypeError('it has a statement without an Effect')
    if (!isObject(Condition ?? {}) || !Object.values(Condition ?? {}).every(isObject))
      throw new TypeError('it has a Condition that is none')
    const conditions = Object.entries((Condition ?? {}) as { [operator: string]: Members })
    return {
      effect: Effect,
      actions: textsOf(Action),
      resources: textsOf(Resource),
      conditions: conditions.flatMap(([operator, keys]) => {
        if (operators[operator] === undefined)
          throw new TypeError(`it has a condition ${operator}, which is not evaluated here`)
        return Object.entries(keys).map(([key, values]): [string, string, string[]] => [
          operator,
          key,
          textsOf(values),
        ])
      }),
    }
  })
}

/** Whether the policy allows it: some statement does, and none denies it. */
export function allows(policy: Policy, need: Need): boolean {
  const matching = policy.filter(statement => matches(statement, need))
  return matching.length > 0 && matching.every(({ effect }) => effect === 'Allow')
}

function matches(
  { actions, resources, conditions }: Statement,
  { action, resource, context }: Need,
): boolean {
  return (
    actions.some(pattern => isLike(pattern.toLowerCase(), action.toLowerCase())) &&
    resources.some(pattern => isLike(pattern, resource)) &&
    conditions.every(
      ([operator, key, values]) => operators[operator]?.(lookUp(context, key), values) ?? false,
    )
  )
}

const operators: Record<string, (value: string | undefined, values: string[]) => boolean> = makeTable({
  StringEquals: (value, values) => value !== undefined && values.includes(value),
  StringEqualsIfExists: (value, values) => value === undefined || values.includes(value),
  StringLike: (value, values) => value !== undefined && values.some(pattern => isLike(pattern, value)),
})

/** `*` stands for any text, `?` for one character. Goes back to the last `*` only, so that none costs more. */
function isLike(pattern: string, text: string): boolean {
  let [at, read, star, mark] = [0, 0, -1, 0]
  while (read < text.length) {
    if (pattern[at] === '*') [star, mark, at] = [at, read, at + 1]
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[read]))
      [at, read] = [at + 1, read + 1]
    else if (star >= 0) [at, mark, read] = [star + 1, mark + 1, mark + 1]
    else return false
  }
  while (pattern[at] === '*') at += 1
  return at === pattern.length
}

function isObject(value: Json | undefined): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function textsOf(value: Json | undefined): string[] {
  return listOf(value).filter(each => typeof each === 'string')
}

function listOf(value: Json | undefined): Json[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
