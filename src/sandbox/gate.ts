// Who may ask at all: clients on this machine that mean this machine. A web page can make a browser send requests
// here, under a name of its own that it has rebound to loopback, or as another origin; signatures are not checked,
// so nothing else would stop it. All of it is decided before a body is read.
import type { IncomingMessage } from 'node:http'

export interface Refusal {
  status: 400 | 403 | 413 | 421
  /** in the style of AWS's error names */
  code: string
  message: string
}

const label = '[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?'
const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const authority = new RegExp(
  `^(?:(?:${label}\\.)*localhost|127\\.${byte}\\.${byte}\\.${byte}|\\[::1\\])(?::\\d{1,5})?$`,
  'i',
)

/** A loopback address or a name under `.localhost`, with or without a port, and written in no other way. */
export function isLoopback(host: string): boolean {
  return authority.test(host)
}

/** An origin of a page that this machine serves. */
export function isLoopbackOrigin(origin: string): boolean {
  const [, host] = /^https?:\/\/(.*)$/i.exec(origin) ?? []
  return host !== undefined && isLoopback(host)
}

/** Why a request is not served, or undefined when it is. `allowed`: origins beside those of this machine. */
export function findRefusal(request: IncomingMessage, allowed: readonly string[]): Refusal | undefined {
  const { url = '', headers, headersDistinct } = request
  const hosts = headersDistinct['host'] ?? []
  if (hosts.length !== 1) return refuse(400, 'InvalidHost', 'a request must have one Host')
  // The absolute form, `GET http://example.com/`, would have a host of its own.
  if (!/^(?:\/|\*$)/.test(url)) return refuse(400, 'InvalidRequestTarget', 'a request target must be a path')
  if (!isLoopback(hosts[0] ?? ''))
    return refuse(421, 'HostNotAllowed', 'the sandbox answers as a loopback address or localhost only')
  const origins = headersDistinct['origin'] ?? []
  const foreign = origins.filter(origin => !isLoopbackOrigin(origin))
  if (foreign.some(origin => !allowed.includes(origin)))
    return refuse(403, 'OriginNotAllowed', 'a page of another origin may not ask; --allow-origin allows one')
  if (foreign.length > 0 && isSigned(request))
    return refuse(
      403,
      'OriginNotAllowed',
      'a page of another origin may not send signed requests, since signatures are not checked',
    )
  if (origins.length === 0 && headers['sec-fetch-site'] === 'cross-site')
    return refuse(403, 'OriginNotAllowed', 'a page of another site may not ask')
  return undefined
}

function refuse(status: Refusal['status'], code: string, message: string): Refusal {
  return { status, code, message }
}

function isSigned({ headers, url = '' }: IncomingMessage): boolean {
  return headers.authorization !== undefined || /[?&]x-amz-(?:credential|signature|algorithm)=/i.test(url)
}

/** Whether a browser asks if it may ask. */
export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'OPTIONS' &&
    headers.origin !== undefined &&
    headers['access-control-request-method'] !== undefined
  )
}

/** What lets a page that may ask read the answer; nothing for requests that no page made. */
export function shareHeaders({ headers }: IncomingMessage): Record<string, string> {
  const { origin } = headers
  if (origin === undefined) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': 'x-amzn-errortype, x-amzn-errormessage, x-amzn-requestid',
    vary: 'origin',
  }
}

/** What a page that may ask may send: to sign, it must be of this machine. */
export function preflightHeaders(request: IncomingMessage): Record<string, string> {
  const asked = String(request.headers['access-control-request-headers'] ?? '')
    .toLowerCase()
    .split(',')
    .map(name => name.trim())
  const signs = isLoopbackOrigin(request.headers.origin ?? '')
  const may = asked.filter(name => sendable.test(name) && (signs || name !== 'authorization'))
  return {
    ...shareHeaders(request),
    'access-control-allow-methods': 'GET, POST, DELETE',
    ...(may.length > 0 && { 'access-control-allow-headers': may.join(', ') }),
    'access-control-max-age': '600',
  }
}

/** Headers that AWS's clients send. */
const sendable =
  /^(?:authorization|content-type|cache-control|x-amz-[a-z0-9-]+|amz-sdk-[a-z-]+|x-amzn-[a-z-]+)$/
