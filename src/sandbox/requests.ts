// The log of requests that a sandbox has received, without secrets.
import type { Json, Members } from './service.ts'
import { lookUp, makeTable } from './table.ts'

export interface RequestRecord {
  service: string
  operation: string
  input: Members
  region: string
  account: string
  /** 0 when the connection was dropped instead of a reply */
  status: number
  error?: string
  /** what went wrong in the sandbox itself, with its stack: for whoever runs it, never in an answer */
  fault?: string
  write: boolean
}

/** Operations that only read are the ones AWS names so. */
export function isWrite(operation: string): boolean {
  return !/^(Describe|Get|List|$)/.test(operation)
}

const secretName = /(^|_)(secret|private_key|password)$|Secret$|SecretValue$|Secret(String|Binary)$|Password$/

/** Members that hold secrets under names which elsewhere hold none, by operation. */
const secretMembers = makeTable({
  'ssm.PutParameter': ['Value'],
  'lambda.CreateFunction': ['Code', 'Environment'],
})

/** A copy of a request's input with every secret's value taken out. */
export function redactSecrets(service: string, operation: string, input: Members): Members {
  const log = redact(input, '') as Members
  for (const name of secretMembers[`${service}.${operation}`] ?? []) {
    if (lookUp(log, name) !== undefined) log[name] = redacted
  }
  return log
}

const redacted = '(redacted)'

function redact(value: Json, name: string): Json {
  if (typeof value === 'string') return secretName.test(name) ? redacted : value
  if (Array.isArray(value)) return value.map(element => redact(element, name))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([inner, each]) => [inner, redact(each, inner)]))
}
