// A request's body, of which only so much is held in memory.
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Beyond any request that AWS's services take here: images of a managed login style are the largest. */
export const largestBody = 4 * 1024 * 1024

/** Whether a request announces more than that. */
export function announcesTooMuch({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > largestBody
}

/** The body as text, or undefined once it is too large; throws when it is cut off. */
export function readBody(request: IncomingMessage): Promise<string | undefined> {
  let chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= largestBody) return void chunks.push(chunk)
      chunks = []
      resolve(undefined)
    })
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })
}

/** How long, in milliseconds, what a client still sends is thrown away before the connection is closed. */
const lingering = 500

/**
 * Answers a request whose body is not read to its end, and closes the connection. Closed at once, it would be reset
 * by what the client still sends, and the client would never see the answer.
 */
export function endUnread(request: IncomingMessage, response: ServerResponse, body: string): void {
  const close = () => {
    clearTimeout(timer)
    response.end()
    request.socket.destroySoon()
  }
  const timer = setTimeout(() => request.socket.destroy(), lingering).unref()
  request.on('end', close)
  request.on('error', close)
  request.on('close', close)
  response.write(body)
  request.resume()
}
