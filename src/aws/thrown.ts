// What the SDK throws, as an error that the engine can tell from others.
import { type AwsError, awsError } from './errors.ts'

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

/** An error of AWS, of the network or of credentials; `undefined` for any other, which is a bug. */
export const asAwsError = (
  operation: string,
  thrown: unknown,
  redact: (text: string) => string,
): AwsError | undefined => {
  if (!(thrown instanceof Error)) return undefined
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
  return awsError({
    code: unreadable ? 'UnreadableAnswer' : name,
    message: redact(wordsFor(facts, unreadable, status)),
    operation,
    ...(isService && { status }),
    ...(facts.$metadata?.requestId !== undefined && { requestId: facts.$metadata.requestId }),
    // an answer that cannot be parsed was an answer: something happened
    unknownOutcome:
      (isNetwork && !neverSent.has(facts.code ?? '')) ||
      unreadable ||
      (isService && (status >= 500 || status === 200)),
  })
}
