// Takes a request in, or refuses it: by who asks before its body is read, by its size at the latest while it is.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { announcesTooMuch, endUnread, largestBody, readBody } from './body.ts'
import type { Received } from './envelope.ts'
import { findRefusal, isPreflight, preflightHeaders, type Refusal } from './gate.ts'
import { ServiceError } from './service.ts'
import { jsonContentType, writeJsonError } from './wire/json.ts'
import { queryContentType, writeQueryError } from './wire/query.ts'

export { shareHeaders } from './gate.ts'

const tooLarge: Refusal = {
  status: 413,
  code: 'RequestEntityTooLargeException',
  message: `a body may have ${largestBody} bytes`,
}

/** The request, or undefined once it has been answered. Throws when it is cut off. */
export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  allowed: readonly string[],
): Promise<Received | undefined> {
  const refusal = findRefusal(request, allowed) ?? (announcesTooMuch(request) ? tooLarge : undefined)
  if (refusal !== undefined) return refuse(request, response, refusal)
  if (isPreflight(request)) return void response.writeHead(204, preflightHeaders(request)).end()
  if (request.headers.expect !== undefined) response.writeContinue()
  const body = await readBody(request)
  if (body === undefined) return refuse(request, response, tooLarge)
  const { method = 'POST', url = '/', headers } = request
  return { method, url, headers, body }
}

/** In the form that the client reads, as far as its headers tell. */
function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): undefined {
  const { status, code, message } = refusal
  const requestId = randomUUID()
  const isForm = /^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '')
  const error = new ServiceError(code, message, status)
  const body = isForm ? writeQueryError('', error, requestId) : writeJsonError(error, 'message')
  response.writeHead(status, {
    connection: 'close',
    'content-type': isForm ? queryContentType : jsonContentType,
    'content-length': String(Buffer.byteLength(body)),
    'x-amzn-requestid': requestId,
    ...(!isForm && { 'x-amzn-errortype': code }),
  })
  endUnread(request, response, body)
  return undefined
}
