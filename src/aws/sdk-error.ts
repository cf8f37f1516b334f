// What the SDK throws, as an error that the engine can tell from others.

import { requestIdForm, wordsWithheld } from './carried.ts'
import { type AwsError, awsError, configurationCode, isKnown, unreadableCode } from './errors.ts'
import { notAnAnswer } from './response-guard.ts'

/** How an error is told. */
export interface Telling {
  /** takes secrets out of a text */
  redact(text: string): string
  /** the members of the request that held a secret: then nothing is told in AWS's own words */
  carried?: readonly string[]
  /** whether the SDK has an error of that name */
  isModelled?(name: string): boolean
}

/**
 * Nobody was there, or nobody who could be talked to: the request cannot have been carried out, and asking again at
 * once will not help.
 */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM|EPROTO|ERR_SSL_.*|ERR_TLS_.*|ERR_INVALID_(URL|CHAR)|CERT_.*|.*_CERT(_.*)?|UNABLE_TO_.*)$/

type Thrown = Error & {
  $metadata?: { httpStatusCode?: number; requestId?: string }
  Code?: string
  code?: string
}

export const notAws = 'is none that AWS gives'

/** What the network said, in our words where its own would say too much or too little. */
const networkWords = ({ code = '', name, message }: Thrown): string => {
  if (code === 'ETIMEDOUT' || (code === '' && name === 'TimeoutError')) return 'no answer came in time'
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
    return 'no TLS is spoken there: is it http:// rather than https://?'
  if (code.startsWith('HPE_')) return 'what answers there speaks no HTTP: is it https:// rather than http://?'
  if (code === 'ERR_INVALID_URL') return 'the address is no URL'
  if (code === 'ERR_INVALID_CHAR') return 'the credentials hold a character that none can hold'
  return message
}

const unreadableWords = (thrown: Thrown, status: number | undefined): string => {
  // a parser quotes what it could not parse, which may be half a secret
  const why = thrown.name === notAnAnswer ? `: ${thrown.message}` : ''
  return `the answer${status === undefined ? '' : ` (HTTP ${status})`} ${notAws}${why}: is a proxy on the way?`
}

/** The SDK refuses to send anything as it is set up: two settings exclude each other, or one means nothing. */
const isConfiguration = ({ name, message }: Thrown): boolean =>
  name === 'EndpointError' ||
  (name === 'Error' && /^Invalid (configuration|parameter for|value)|^Region /i.test(message))

/** An error's name, if somebody is known to give it: a name that the answer made up could be a secret. */
const nameFor = (name: string, { redact, carried = [], isModelled = () => false }: Telling): string => {
  if (carried.length > 0 && !isKnown(name) && !isModelled(name)) return 'UnknownError'
  return redact(name)
}

/** An error of AWS, of the network or of credentials; `undefined` for any other, which is a bug. */
export const asAwsError = (
  operation: string,
  thrown: unknown,
  telling: Telling,
  address?: string,
): AwsError | undefined => {
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
  // the SDK keeps the answer that it could make nothing of beside the error; only what AWS says has a fault
  const unmade = '$response' in thrown && !('$fault' in thrown)
  const unreadable = unmade || thrown instanceof SyntaxError || (isService && facts.name === 'Unknown')
  const common = { operation, ...(address !== undefined && { address }) }
  if (!isService && !unreadable && isConfiguration(facts))
    return awsError({
      ...common,
      code: configurationCode,
      message: redact(facts.message),
      unknownOutcome: false,
    })
  if (!isService && !isCredentials && !isNetwork && !unreadable) return undefined
  const name = isNetwork ? (facts.code ?? facts.name) : (facts.Code ?? facts.name)
  const said = carried.length > 0 && isService && !unreadable
  const requestId = requestIdOf(thrown, telling)
  const words = unreadable ? unreadableWords(facts, status) : isNetwork ? networkWords(facts) : facts.message
  return awsError({
    ...common,
    code: unreadable ? unreadableCode : isNetwork ? name : nameFor(name, telling),
    message: said ? wordsWithheld(carried) : redact(words),
    ...(isService && { status }),
    ...(requestId !== undefined && { requestId }),
    // an answer that cannot be parsed was an answer: something happened
    unknownOutcome:
      (isNetwork && !neverSent.test(facts.code ?? '')) ||
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
