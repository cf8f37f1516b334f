// AWS JSON 1.1: the body in, the body out.
import { type Json, type Members, ServiceError } from '../service.ts'
import { isTooDeep, parseBare } from '../table.ts'

export const jsonContentType = 'application/x-amz-json-1.1'

/** The request's members; nulls count as absent. */
export function readJson(body: string): Members {
  if (body.trim() === '') return {}
  let value: Json
  if (isTooDeep(body)) throw unreadable()
  try {
    value = parseBare(body)
  } catch {
    throw unreadable()
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new ServiceError('SerializationException', 'Start of structure or map found where not expected.')
  }
  dropNulls(value)
  return value
}

function unreadable(): ServiceError {
  return new ServiceError('SerializationException', 'Unable to parse the request body')
}

function dropNulls(value: Json): void {
  if (Array.isArray(value)) value.forEach(dropNulls)
  else if (isMembers(value))
    for (const [name, inner] of Object.entries(value)) {
      if (inner === null) delete value[name]
      else dropNulls(inner)
    }
}

function isMembers(value: Json): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** The reply's text; an operation without output has an empty body, not `{}` [REC: cloud-custodian placebo, 2017]. */
export function writeJson(output: Members | undefined): string {
  return output === undefined ? '' : printMembers(output)
}

export type MessageMember = 'message' | 'Message'

/** Some errors have no text at all: their body then has no member for it. */
export function writeJsonError(error: ServiceError, member: MessageMember): string {
  return JSON.stringify({ __type: error.code, ...nameMessage(error, member), ...error.extra })
}

export function nameMessage(error: ServiceError, member: MessageMember): Members {
  return error.message === '' ? {} : { [member]: error.message }
}

function print(value: Json, name: string): string {
  if (Array.isArray(value)) return `[${value.map(element => print(element, '')).join(',')}]`
  if (isMembers(value)) return printMembers(value)
  if (typeof value === 'number' && name.endsWith('Date')) return printSeconds(value)
  return JSON.stringify(value)
}

function printMembers(members: Members): string {
  const printed = Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${print(value, name)}`)
  return `{${printed.join(',')}}`
}

/** Seconds as Java prints a double, `1.747648876981E9` [REC: public fixture, 2025-05, by its content length]. */
export function printSeconds(seconds: number): string {
  const [mantissa = '0', exponent = '0'] = seconds.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}
