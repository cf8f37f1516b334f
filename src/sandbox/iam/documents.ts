// Policy documents as text: parsing, size as IAM counts it, and the encoding in which IAM gives them back.
import { type Json, type Members, ServiceError } from '../service.ts'

export function malformed(message: string): ServiceError {
  return new ServiceError('MalformedPolicyDocument', message)
}

export function isObject(value: Json | undefined): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The document as a JSON object, or undefined when it is not one. */
export function parseDocument(text: string): Members | undefined {
  try {
    const value = JSON.parse(text) as Json
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** A statement list, or the one statement that stands for a list of one. */
export function statementsOf(document: Members): Json[] {
  const statement = document['Statement']
  if (statement === undefined) return []
  return Array.isArray(statement) ? statement : [statement]
}

/** A string or a list of strings as a list; undefined for anything else. */
export function stringsOf(value: Json | undefined): string[] | undefined {
  const list = Array.isArray(value) ? value : [value]
  return list.every(item => typeof item === 'string') ? (list as string[]) : undefined
}

/** IAM does not count white space against its size quotas (documentation of GetAccountSummary) [D]. */
export function sizeOf(text: string): number {
  return text.replace(/\s/g, '').length
}

/** Documents come back URL-encoded per RFC 3986, which reserves more than encodeURIComponent does [D]. */
export function encodeDocument(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

const OPERATORS = new Set(
  [
    ...['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'],
    ...['StringLike', 'StringNotLike', 'NumericEquals', 'NumericNotEquals', 'NumericLessThan'],
    ...['NumericLessThanEquals', 'NumericGreaterThan', 'NumericGreaterThanEquals', 'DateEquals'],
    ...['DateNotEquals', 'DateLessThan', 'DateLessThanEquals', 'DateGreaterThan', 'DateGreaterThanEquals'],
    ...['Bool', 'BinaryEquals', 'IpAddress', 'NotIpAddress', 'ArnEquals', 'ArnLike', 'ArnNotEquals'],
    ...['ArnNotLike', 'Null'],
  ].map(operator => operator.toLowerCase()),
)

/** What is wrong with a Condition: an operator IAM does not know, or a shape that is no condition at all. */
export function findConditionFault(condition: Json | undefined): { operator?: string } | undefined {
  if (condition === undefined) return undefined
  if (!isObject(condition)) return {}
  for (const [operator, keys] of Object.entries(condition)) {
    const bare = operator
      .toLowerCase()
      .replace(/^for(anyvalue|allvalues):/, '')
      .replace(/ifexists$/, '')
    if (!OPERATORS.has(bare)) return { operator }
    if (!isObject(keys) || !Object.values(keys).every(isConditionValue)) return {}
  }
  return undefined
}

function isConditionValue(value: Json): boolean {
  const list = Array.isArray(value) ? value : [value]
  return list.every(item => ['string', 'number', 'boolean'].includes(typeof item))
}
