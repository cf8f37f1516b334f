// What is wrong with a plan file, in one sentence.
import type { core } from 'zod'
import { savedPlan } from './plan-schema.ts'

const words: { [type: string]: string } = {
  array: 'a list',
  object: 'an object',
  record: 'an object',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  json: 'JSON',
}

/** `changes[3].calls`, or what the whole is called. */
const placeText = (path: readonly PropertyKey[]): string =>
  path.length === 0
    ? 'all of it'
    : path
        .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
        .join('')
        .replace(/^\./, '')

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text)

/** A value as a sentence names it: never more than a line of it. */
const valueText = (value: unknown): string => {
  if (value === undefined) return 'missing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return short(JSON.stringify(value))
}

const valueAt = (whole: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as { [part: PropertyKey]: unknown })[part]
        : undefined,
    whole,
  )

const expectation = (issue: core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return words[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.map(value => JSON.stringify(value)).join(' or ')
    case 'invalid_format':
      return issue.format === 'datetime' ? 'a time such as 2026-11-21T10:00:00.000Z' : 'a SHA-256 digest'
    case 'too_small':
      return `at least ${issue.minimum}`
    default:
      return 'another form'
  }
}

/** The innermost issue: of a union, that of the form which came nearest. */
const innermost = (issue: core.$ZodIssue, before: readonly PropertyKey[] = []): core.$ZodIssue => {
  const path = [...before, ...issue.path]
  if (issue.code !== 'invalid_union') return { ...issue, path }
  const inner = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0]
  return inner === undefined || inner.path.length === 0 ? { ...issue, path } : innermost(inner, path)
}

/** What is wrong with a value that should be a saved plan; `undefined` if nothing is. */
export const planFault = (value: unknown): string | undefined => {
  const found = savedPlan.safeParse(value)
  const [first] = found.error?.issues ?? []
  if (first === undefined) return undefined
  const issue = innermost(first)
  const place = placeText(issue.path)
  if (issue.code === 'unrecognized_keys')
    return `${place === 'all of it' ? 'a plan' : place} has no member ${short(issue.keys.join(', '))}`
  const got = valueText(valueAt(value, issue.path))
  return `${place} is ${got}, and ${expectation(issue)} is expected`
}
