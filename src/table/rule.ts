// How rules are written: a code, what to look for, and what to say about it.
import type { Json, JsonObject, Severity, Term } from '../model.ts'
import type { Context, Operation, Values, Violation } from './kind.ts'

/** What is wrong: the wrong value, several of them, or just that something is. `field` where it differs. */
export type Wrong = string | { value: string; field: string }
export type Found = Wrong | readonly Wrong[] | boolean | undefined

export interface Says {
  field: string
  /** lower case, no full stop; gets the wrong value */
  message: string | ((wrong: string, see: Values) => string)
  /** what to change */
  hint: string | ((wrong: string, see: Values) => string)
  severity?: Severity | ((context: Context) => Severity)
  /** the one operation that refuses it, where the others do not */
  by?: Operation
}

export interface Rule {
  code: string
  check: (values: Values, context: Context) => readonly Violation[]
}

/** Broken when `find` finds something: one violation for each wrong value. */
export const rule = (code: string, find: (values: Values, context: Context) => Found, says: Says): Rule => ({
  code,
  check: (values, context) => {
    const found = find(values, context)
    if (found === undefined || found === false) return none
    return each(found).map(wrong => {
      const { value, field } = typeof wrong === 'string' ? { value: wrong, field: says.field } : wrong
      const severity = typeof says.severity === 'function' ? says.severity(context) : says.severity
      return {
        code,
        field,
        message: typeof says.message === 'string' ? says.message : says.message(value, values),
        hint: typeof says.hint === 'string' ? says.hint : says.hint(value, values),
        ...(severity !== undefined && { severity }),
        ...(says.by !== undefined && { by: says.by }),
      }
    })
  },
})

const none: readonly Violation[] = []

const each = (found: Wrong | readonly Wrong[] | true): readonly Wrong[] => {
  if (found === true) return ['']
  return Array.isArray(found) ? (found as readonly Wrong[]) : [found as Wrong]
}

export const checkWith =
  (rules: readonly Rule[]) =>
  (values: Values, context: Context): Violation[] => {
    const broken: Violation[] = []
    // nearly all rules hold
    for (const { check } of rules) broken.push(...check(values, context))
    return broken
  }

/** What is worked out of a list once: every resource beside it asks the same. */
export const once = <List extends object, Found>(find: (list: List) => Found): ((list: List) => Found) => {
  const known = new WeakMap<List, { found: Found }>()
  return list => {
    const kept = known.get(list) ?? { found: find(list) }
    known.set(list, kept)
    return kept.found
  }
}

const holes = ['$ref', '$join', '$json', '$secret']

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value that is known only later: some text, for all that can be said. */
export const isHole = (value: unknown): boolean => isObject(value) && holes.some(hole => hole in value)

/** The text of a setting, if it is known and there is one. */
export const textOf = (values: Values | undefined, field: string): string | undefined => {
  const value = values?.[field]
  return typeof value === 'string' ? value : undefined
}

/** The texts of a list, as far as they are known. */
export const textsOf = (values: Values | undefined, field: string): string[] => {
  const value = values?.[field]
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : []
}

/** A list that is known to the last entry; nothing where AWS holds nothing. */
export const wholeList = (values: Values | undefined, field: string): string[] | undefined => {
  const value = values?.[field]
  if (value === null) return []
  return Array.isArray(value) && value.every(item => typeof item === 'string') ? value : undefined
}

/** The entries of a map, if they are known. */
export const mapOf = (values: Values | undefined, field: string): JsonObject | undefined => {
  const value = values?.[field]
  return isObject(value) && !isHole(value) ? value : undefined
}

/** There is something, be it known only later. */
export const has = (values: Values | undefined, field: string): boolean => {
  const value = values?.[field]
  return value !== undefined && !isNothing(value)
}

/** There is nothing, for sure. */
export const lacks = (values: Values | undefined, field: string): boolean => {
  const value = values?.[field]
  return value !== undefined && isNothing(value)
}

const isNothing = (value: Term): boolean =>
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isObject(value) && Object.keys(value).length === 0)

/** The texts inside one value: a text, or a list of them. */
export const plainTexts = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).filter(item => typeof item === 'string')

/** The parts of an ARN, if it is one. */
export const arnParts = (text: string | undefined) => {
  const [arn, partition = '', service = '', region = '', account = '', ...resource] = (text ?? '').split(':')
  return arn === 'arn' && resource.length > 0
    ? { partition, service, region, account, resource: resource.join(':') }
    : undefined
}

/** Whether a text is an ARN of this service and this sort of resource. */
export const isArnOf = (text: string, service: string, resource: RegExp): boolean => {
  const parts = arnParts(text)
  return parts?.service === service && resource.test(parts.resource)
}

/** The account is known only online, so that its absence says nothing. */
export const otherAccount = (arn: string | undefined, context: Context): string | undefined => {
  const account = arnParts(arn)?.account
  return /^\d{12}$/.test(context.account) &&
    account !== undefined &&
    /^\d{12}$/.test(account) &&
    account !== context.account
    ? account
    : undefined
}

export const otherPartition = (arn: string | undefined, context: Context): string | undefined => {
  const partition = arnParts(arn)?.partition
  return partition !== undefined && context.partition !== '' && partition !== context.partition
    ? partition
    : undefined
}

/** For sentences: `a`, `a and b`, `a, b and c`. */
export const sentence = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** An address, or a name and an address: `Shop <no-reply@shop.example>`. */
export const isMailbox = (text: string): boolean => {
  const inAngles = text.endsWith('>') ? text.slice(text.lastIndexOf('<') + 1, -1) : text
  return [text, inAngles].some(address => /^[^@\s]+@[^@\s]+$/.test(address))
}
