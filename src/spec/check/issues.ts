// zod's issues → findings, in our words. Terms may stand wherever a string may.
import type { z } from 'zod'
import type { Json, Path, Term } from '../../model.ts'
import { keysAt } from '../read/schema-walk.ts'
import { isHole, isObject, isTerm } from '../read/terms.ts'
import type { Finding, Node } from '../yaml/tree.ts'
import { nodeAt } from '../yaml/tree.ts'
import { choices, didYouMean } from './suggest.ts'

type Issue = z.core.$ZodIssue

interface Subject {
  schema: z.ZodType
  value: Term
  /** where the value stands in the file */
  path: Path
  /** the value as written, for numbers that should have been quoted */
  node?: Node | undefined
  /** not to be shown */
  secret?: boolean
}

/** What is wrong with a value; terms are accepted where the schema takes a string. */
export const findProblems = (subject: Subject): Finding[] => {
  const result = subject.schema.safeParse(subject.value)
  return result.success ? [] : onePerPlace(describe(result.error.issues, subject))
}

/** A value that is too short and of the wrong form has one problem, and its form says more. */
const onePerPlace = (findings: Finding[]): Finding[] => {
  const places = new Map<string, Finding>()
  for (const finding of findings)
    places.set(finding.code === 'COG1104' ? JSON.stringify(finding.path) : JSON.stringify(finding), finding)
  return [...places.values()]
}

const describe = (issues: readonly Issue[], subject: Subject): Finding[] =>
  issues.flatMap(issue => settle(issue, subject.value)).flatMap(issue => describeOne(issue, subject))

/** An issue less what terms excuse: nothing, itself, or the issues of the alternative that was meant. */
const settle = (issue: Issue, value: Term): Issue[] => {
  const at = valueAt(value, issue.path)
  if (isHole(at)) return []
  if (issue.code === 'invalid_type' && issue.expected === 'string' && isTerm(at)) return []
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const alternatives = issue.errors.map(errors =>
    errors
      .flatMap(error => settle(error, at ?? null))
      .map(error => ({ ...error, path: [...issue.path, ...error.path] })),
  )
  if (alternatives.some(errors => errors.length === 0)) return []
  const depth = (errors: Issue[]) => Math.max(...errors.map(error => error.path.length))
  const wrongFromTheStart = (errors: Issue[]) =>
    errors.some(error => error.code === 'invalid_type' && error.path.length === issue.path.length)
  const meant = alternatives
    .filter(errors => !wrongFromTheStart(errors))
    .sort((one, other) => depth(other) - depth(one) || one.length - other.length)[0]
  return meant ?? [issue]
}

const valueAt = (value: Term | undefined, path: readonly PropertyKey[]): Term | undefined => {
  let at = value
  for (const part of path)
    at = Array.isArray(at) ? at[Number(part)] : isObject(at) ? at[String(part)] : undefined
  return at
}

const describeOne = (issue: Issue, subject: Subject): Finding[] => {
  const inner = issue.path.map(part => (typeof part === 'number' ? part : String(part)))
  const path = [...subject.path, ...inner]
  const value = valueAt(subject.value, issue.path)
  const shown = subject.secret === true && typeof value === 'string' ? 'the secret' : show(value)

  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => {
      const known = keysAt(subject.schema, issue.path)
      return {
        code: 'COG1101',
        path: [...path, key],
        onKey: true,
        message: `there is no \`${key}\` here, only ${choices(known)}`,
        hint: didYouMean(key, known),
      }
    })
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') {
    const [first] = issue.issues
    return [
      {
        code: 'COG1104',
        path,
        onKey: true,
        message: `the key \`${inner.at(-1)}\` ${first === undefined ? 'is not allowed' : complaint(first, String(inner.at(-1)))}`,
        hint: undefined,
      },
    ]
  }
  if (
    value === undefined &&
    (issue.code === 'invalid_type' || issue.code === 'invalid_value' || issue.code === 'invalid_union')
  )
    return [
      { code: 'COG1105', path: path.slice(0, -1), onKey: true, message: `\`${path.at(-1)}\` is missing` },
    ]
  if (isTerm(value))
    return [{ code: 'COG1106', path, message: `a reference cannot be used here: ${expected(issue)}` }]
  if (issue.code === 'invalid_type')
    return [
      {
        code: 'COG1102',
        path,
        message: `${shown} is not what belongs here: ${expected(issue)}`,
        hint: typeHint(issue.expected, value, nodeAt(subject.node, inner)),
      },
    ]
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String)
    return [
      {
        code: 'COG1103',
        path,
        message: `${shown} is not ${allowed.length > 1 ? 'one of ' : ''}${choices(allowed)}`,
        hint: typeof value === 'string' ? didYouMean(value, allowed) : undefined,
      },
    ]
  }
  if (issue.code === 'invalid_union') {
    const options = (issue as { options?: unknown[] }).options?.map(String)
    if (options !== undefined)
      return [
        {
          code: 'COG1103',
          path,
          message: `${shown} is not one of ${choices(options)}`,
          hint: typeof value === 'string' ? didYouMean(value, options) : undefined,
        },
      ]
    const types = [...new Set(issue.errors.flatMap(errors => errors.slice(0, 1)).map(expected))]
    return [{ code: 'COG1102', path, message: `${shown} is not what belongs here: ${types.join(', or ')}` }]
  }
  return [{ code: 'COG1104', path, message: `${shown} ${complaint(issue, value)}` }]
}

const nouns: { [type: string]: string } = {
  string: 'expected text',
  boolean: 'expected true or false',
  number: 'expected a number',
  int: 'expected a whole number',
  array: 'expected a list',
  object: 'expected a map',
  record: 'expected a map',
  null: 'expected nothing',
}

const expected = (issue: Issue): string => {
  if (issue.code === 'invalid_type') return nouns[issue.expected] ?? `expected ${issue.expected}`
  if (issue.code === 'invalid_value') return `expected ${choices(issue.values.map(String))}`
  if (issue.code === 'invalid_union')
    return [...new Set(issue.errors.flatMap(errors => errors.slice(0, 1)).map(expected))].join(', or ')
  return 'expected another value'
}

const typeHint = (wanted: string, value: Term | undefined, node: Node | undefined): string | undefined => {
  if (wanted === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    const source = node?.is === 'scalar' ? (node.source ?? String(value)) : String(value)
    return `quote it: "${source}"`
  }
  if (wanted === 'boolean' && typeof value === 'string') {
    if (/^(yes|on|true)$/i.test(value)) return 'write true'
    if (/^(no|off|false)$/i.test(value)) return 'write false'
  }
  if ((wanted === 'number' || wanted === 'int') && typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
    return `write it without quotes: ${value}`
  if (wanted === 'array' && value !== null && !isObject(value))
    return `write it as a list: [${String(value)}]`
  return undefined
}

/** What is wrong, to be read after the value. */
const complaint = (issue: Issue, value: unknown): string => {
  if (issue.code === 'too_small' || issue.code === 'too_big') {
    const small = issue.code === 'too_small'
    const bound = small ? issue.minimum : issue.maximum
    const much = small ? 'at least' : 'at most'
    if (issue.origin === 'string')
      return `must have ${much} ${bound} characters, it has ${String(value).length}`
    if (issue.origin === 'array') return `must have ${much} ${bound} entries`
    return issue.inclusive === false
      ? `must be ${small ? 'more' : 'less'} than ${bound}`
      : `must be ${much} ${bound}`
  }
  // our own messages read on from the value; zod's do not
  if (!/^(Invalid|Too|Unrecognized)\b/.test(issue.message)) return issue.message
  if (issue.code === 'invalid_format' && typeof issue.pattern === 'string')
    return `must match ${issue.pattern}`
  return `is not allowed: ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`
}

/** A value, short enough for a message. */
export const show = (value: Json | undefined): string => {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (isTerm(value)) return 'a reference'
  if (isObject(value)) return 'a map'
  const text = JSON.stringify(value ?? null)
  return text.length > 60 ? `${text.slice(0, 56)}…"` : text
}
