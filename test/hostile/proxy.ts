// A man in the middle: between cogsync and the sandbox, it spoils one answer in a way that shows what was asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Ways to spoil an answer; those that quote put the whole request into the message. */
export const manners = [
  'refused, quoting',
  'denied, quoting',
  'a fault of the server, quoting',
  'no reply',
  'half a reply',
  'no JSON',
  'strangers',
] as const
export type Manner = (typeof manners)[number]

export interface Proxy {
  url: string
  /** the operations that were asked for, as often as they were */
  asked: string[]
  /** spoils the nth answer, from 1, to an operation */
  spoil(operation: string, manner: Manner, nth?: number): void
  close(): Promise<void>
}

const errors: { [manner in Manner]?: [status: number, code: string] } = {
  'refused, quoting': [400, 'InvalidParameterException'],
  'denied, quoting': [400, 'AccessDeniedException'],
  'a fault of the server, quoting': [500, 'InternalErrorException'],
}

export const openProxy = async (target: string): Promise<Proxy> => {
  let next: { operation: string; manner: Manner; nth: number } | undefined
  const asked: string[] = []

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? ''
    asked.push(operation)
    if (next?.operation === operation) next.nth -= 1
    const manner = next?.operation === operation && next.nth === 0 ? next.manner : undefined
    if (manner !== undefined) next = undefined
    const [status, code] = (manner && errors[manner]) ?? []
    if (status !== undefined) {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
      response.end(JSON.stringify({ __type: code, message: `Value ${body} is wrong` }))
      return
    }
    const { host: _host, 'content-length': _length, connection: _connection, ...headers } = request.headers
    const { method = 'POST', url = '/' } = request
    const reply = await fetch(`${target}${url}`, {
      method,
      headers: headers as { [name: string]: string },
      ...(body !== '' && { body }),
    })
    const text = await reply.text()
    if (manner === 'no reply') return void response.destroy()
    const spoilt =
      manner === 'half a reply'
        ? text.slice(0, text.length - 3)
        : manner === 'no JSON'
          ? `oops ${text} ${body}`
          : manner === 'strangers' && text.startsWith('{')
            ? JSON.stringify({ ...JSON.parse(text), Unheard: { of: text, by: body } })
            : text
    const kept = [...reply.headers].filter(([name]) => /^(content-type|x-amz)/.test(name))
    response.writeHead(reply.status, Object.fromEntries(kept))
    response.end(spoilt)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    spoil: (operation, manner, nth = 1) => {
      next = { operation, manner, nth }
    },
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
