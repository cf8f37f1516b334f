// What the SDK throws, as an error that the engine can tell from others.
import { requestIdForm, wordsWithheld } from './carried.ts'
import { type AwsError, awsError, isKnown } from './errors.ts'

/** How an error is told. */
export interface Telling {
  /** takes secrets out of a text */
  redact(text: string): string
  /** the members of the request that held a secret: then nothing is told in AWS's own words */
  carried?: readonly string[]
  /** whether the SDK has an error of that name */
  isModelled?(name: string): boolean
}

/** Nobody was there: the request cannot have been carried out, and asking again at once will not help. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

type Thrown = Error & {
  $metadata?: { httpStatusCode?: number; requestId?: string }
  Code?: string
  code?: string
}

/** What was said, in our words where the SDK's would say too much or too little. */
const wordsFor = (thrown: Thrown, unreadable: boolean, status: number | undefined): string => {
  // a parser quotes what it could not parse, which may be half a secret
  if (unreadable)
    return `the answer${status === undefined ? '' : ` (HTTP ${status})`} is none that AWS gives: is a proxy on the way?`
  return thrown.code === 'ETIMEDOUT' ? 'no answer came in time' : thrown.message
}

/** An error's name, if somebody is known to give it: a name that the answer made up could be a secret. */
const nameFor = (name: string, { redact, carried = [], isModelled = () => false }: Telling): string => {
  if (carried.length > 0 && !isKnown(name) && !isModelled(name)) return 'UnknownError'
  return redact(name)
}

/** An error of AWS, of the network or of credentials; `undefined` for any other, which is a bug. */
export const asAwsError = (operation: string, thrown: unknown, telling: Telling): AwsError | undefined => {
  if (!(thrown instanceof Error)) return undefined
  const { redact, carried = [] } = telling
  const facts: Thrown = thrown
  const status = facts.$metadata?.httpStatusCode
  const isService = status !== undefined
  const isCredentials = /Credentials|TokenProvider/.test(facts.name)
  const isNetwork =
    !isService &&
    !isCredentials &&
    (facts.code !== undefined || /Timeout|AbortError|NetworkingError/.test(facts.name))
  // the SDK keeps the answer that it could make nothing of beside the error
  const unmade = thrown instanceof TypeError && '$response' in thrown
  const unreadable = unmade || thrown instanceof SyntaxError || (isService && facts.name === 'Unknown')
  if (!isService && !isCredentials && !isNetwork && !unreadable) return undefined
  const name = isNetwork ? (facts.code ?? facts.name) : (facts.Code ?? facts.name)
  const said = carried.length > 0 && isService && !unreadable
  const requestId = requestIdOf(thrown, telling)
  return awsError({
    code: unreadable ? 'UnreadableAnswer' : isNetwork ? name : nameFor(name, telling),
    message: said ? wordsWithheld(carried) : redact(wordsFor(facts, unreadable, status)),
    operation,
    ...(isService && { status }),
    ...(requestId !== undefined && { requestId }),
    // an answer that cannot be parsed was an answer: something happened
    unknownOutcome:
      (isNetwork && !neverSent.has(facts.code ?? '')) ||
      unreadable ||
      (isService && (status >= 500 || status === 200)),
  })
}

/** What AWS calls a request, if it can be nothing else. */
export const requestIdOf = (value: unknown, { redact, carried = [] }: Telling): string | undefined => {
  const { requestId } = (value as Thrown | undefined)?.$metadata ?? {}
  if (requestId === undefined || (carried.length > 0 && !requestIdForm.test(requestId))) return undefined
  return redact(requestId)
}
