// AWS's errors, as the engine needs to tell them apart.

export interface AwsError extends Error {
  readonly aws: true
  /** AWS's name: `ResourceNotFoundException`, `NoSuchEntity` */
  readonly code: string
  readonly operation: string
  readonly status?: number
  readonly requestId?: string
  /** where it was sent, as far as it was: `https://iam.amazonaws.com` */
  readonly address?: string
  /** the request may have been carried out: nothing came back, or half of it, or a server's fault */
  readonly unknownOutcome: boolean
}

/** The codes of what is not AWS's to say. */
export const unreadableCode = 'UnreadableAnswer'
export const configurationCode = 'Configuration'
export const silentCode = 'NoAnswer'

export const awsError = (
  facts: Omit<AwsError, 'aws' | 'name' | 'message'> & { message: string },
  cause?: unknown,
): AwsError =>
  Object.assign(new Error(facts.message, cause === undefined ? undefined : { cause }), {
    name: facts.code,
    aws: true as const,
    ...facts,
  })

export const isAwsError = (error: unknown): error is AwsError =>
  error instanceof Error && 'aws' in error && error.aws === true

/** Whether somebody has said it who speaks as AWS does. */
export const isUnderstood = ({ status, code }: AwsError): boolean =>
  status !== undefined && code !== unreadableCode

/** IAM's names come with and without `Exception`, by SDK and by wire. */
const bare = (code: string): string => code.replace(/Exception$|Error$/, '')

/**
 * The third is threat protection's: what is not enabled has no settings. The last is WAF's, of a pool that it has not
 * heard of yet.
 */
const missing = new Set(['ResourceNotFound', 'NoSuchEntity', 'UserPoolAddOnNotEnabled', 'WAFNonexistentItem'])
const denied = new Set([
  'AccessDenied',
  'NotAuthorized',
  'UnauthorizedOperation',
  'Forbidden',
  'AuthorizationError',
])
const credentials = new Set([
  'CredentialsProvider',
  'ExpiredToken',
  'InvalidClientTokenId',
  'UnrecognizedClient',
  'InvalidSignature',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'TokenProvider',
  'InvalidToken',
  'RequestExpired',
])
const throttled = new Set([
  'TooManyRequests',
  'Throttling',
  'ThrottledRequest',
  'RequestLimitExceeded',
  'RequestThrottled',
  'SlowDown',
  'BandwidthLimitExceeded',
])
/** Another writer was there at that moment; the same request may pass a second later. */
const concurrent = new Set(['ConcurrentModification', 'EntityTemporarilyUnmodifiable'])

/** What every service of AWS may answer with, beside what its own operations do [D: common errors]. */
const common = new Set([
  'InternalFailure',
  'InternalError',
  'InternalServer',
  'ServiceUnavailable',
  'ServiceFailure',
  'InvalidAction',
  'InvalidParameter',
  'InvalidParameterCombination',
  'InvalidParameterValue',
  'MalformedQueryString',
  'MissingAction',
  'MissingParameter',
  'NotAuthorized',
  'OptInRequired',
  'RequestEntityTooLarge',
  'Serialization',
  'UnknownOperation',
  'Validation',
  'LimitExceeded',
  'ServiceQuotaExceeded',
])

/** Whether it is an error's name that we know. */
export const isKnown = (name: string): boolean =>
  [common, missing, denied, credentials, throttled, concurrent].some(
    names => names.has(name) || names.has(bare(name)),
  )

const isOneOf = (names: ReadonlySet<string>) => (error: AwsError) =>
  names.has(error.code) || names.has(bare(error.code))

/** What a clock that is off is called [D: AWS general reference, common errors; IAM, signature troubleshooting]. */
const skewed = new Set(['RequestExpired', 'RequestTimeTooSkewed', 'RequestInTheFuture'])

/** The clock of this machine, or of what stands between, is off: the signature is of another time. */
export const isSkewed = (error: AwsError): boolean =>
  isOneOf(skewed)(error) ||
  (isCredentials(error) && /signature (expired|not yet current)/i.test(error.message))

export const isMissing = isOneOf(missing)
export const isDenied = isOneOf(denied)
export const isCredentials = isOneOf(credentials)
export const isThrottled = (error: AwsError): boolean =>
  isOneOf(throttled)(error) || (error.status === 429 && !isQuota(error))
export const isConcurrent = isOneOf(concurrent)
/** A hard quota: trying again does not help, though the SDK would [ISS: terraform-provider-aws 49837]. */
export const isQuota = isOneOf(new Set(['LimitExceeded', 'ServiceQuotaExceeded']))

/** Whether an error's name is one of a list that may or may not say `Exception`. */
export const isNamed = (error: AwsError, names: readonly string[]): boolean =>
  names.some(name => name === error.code || bare(name) === bare(error.code))
