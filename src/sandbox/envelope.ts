// Reads what surrounds a request's members: who calls, which service, which operation.
import type { IncomingHttpHeaders } from 'node:http'
import { type Members, type Service, ServiceError } from './service.ts'
import { makeTable } from './table.ts'
import { readJson } from './wire/json.ts'
import { findServiceOfVersion, readQuery } from './wire/query.ts'
import { findRoute } from './wire/rest.ts'

export interface Envelope {
  service: string
  operation: string
  protocol: Service['protocol']
  /** the status of a success */
  status: number
  account: string
  region: string
  signed: boolean
  /** whether the Region it names looks like one */
  scoped: boolean
  /** read lazily, because a malformed body is the service's error to answer */
  readInput(): Members
}

const serviceOfTarget = makeTable({
  AWSCognitoIdentityProviderService: 'cognito-idp',
  AWSCognitoIdentityService: 'cognito-identity',
  AWSWAF_20190729: 'wafv2',
  AmazonSSM: 'ssm',
})

/** What came over HTTP, before anything is made of it. */
export interface Received {
  method: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export function readEnvelope(
  { method, url, headers, body }: Received,
  services: Iterable<Service>,
  defaultAccount: string,
): Envelope {
  const scope = readScope(headers.authorization ?? '')
  const caller = {
    account: scope !== undefined && /^\d{12}$/.test(scope.key) ? scope.key : defaultAccount,
    region: scope?.region ?? 'us-east-1',
    signed: scope !== undefined,
    scoped: scope === undefined || regionForm.test(scope.region),
    status: 200,
  }
  const target = String(headers['x-amz-target'] ?? '')
  if (target !== '') {
    const [prefix = '', operation = ''] = target.split('.')
    const service = scope?.service ?? serviceOfTarget[prefix] ?? prefix
    return { ...caller, service, operation, protocol: 'json', readInput: () => readJson(body) }
  }
  for (const { name, protocol, routes = [] } of services) {
    if (protocol !== 'rest') continue
    const routed = findRoute(routes, method, url, body)
    if (routed === undefined && scope?.service !== name) continue
    const { operation = '', status = 200 } = routed?.route ?? {}
    const readInput = routed?.readInput ?? (() => ({}))
    return { ...caller, service: name, operation, protocol, status, readInput }
  }
  const form = new URLSearchParams(body === '' ? (url.split('?')[1] ?? '') : body)
  const operation = form.get('Action') ?? ''
  const service = scope?.service ?? findServiceOfVersion(form.get('Version')) ?? ''
  return {
    ...caller,
    service,
    operation,
    protocol: 'query',
    readInput: () => readQuery(service, operation, form),
  }
}

/** The credential scope of a Signature Version 4 Authorization header. */
function readScope(authorization: string): { key: string; region: string; service: string } | undefined {
  const match = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization)
  if (!match) return undefined
  return { key: match[1] ?? '', region: match[2] ?? '', service: match[3] ?? '' }
}

/** `eu-west-1`, `us-gov-west-1`, `us-isob-east-1` */
const regionForm = /^[a-z]{2,4}(?:-[a-z]{1,12}){1,3}-\d{1,2}$/

export function refuseUnsigned(envelope: Envelope): void {
  const isQuery = envelope.protocol === 'query'
  if (!envelope.signed) {
    const code = isQuery ? 'MissingAuthenticationToken' : 'MissingAuthenticationTokenException'
    throw new ServiceError(code, 'Missing Authentication Token', 403)
  }
  if (envelope.scoped) return
  const code = isQuery ? 'SignatureDoesNotMatch' : 'InvalidSignatureException'
  throw new ServiceError(code, 'Credential should be scoped to a valid region.', isQuery ? 403 : 400)
}

export function refuseUnknown(envelope: Envelope): never {
  if (envelope.protocol === 'query') {
    throw new ServiceError('InvalidAction', `Could not find operation ${envelope.operation}`)
  }
  const status = envelope.protocol === 'rest' ? 404 : 400
  throw new ServiceError('UnknownOperationException', `Unknown operation ${envelope.operation}`, status)
}
