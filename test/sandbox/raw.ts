// Requests as bytes, for what no client would send.
import { connect } from 'node:net'

/** The status line's code and everything that came back, until the server closed the connection. */
export function sendRaw(
  url: string,
  ...parts: (string | Buffer)[]
): Promise<{ status: number; text: string }> {
  const { port, hostname } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', chunk => {
      text += chunk
    })
    // What is written after the server has closed is reset; what it answered before counts.
    socket.on('error', error => (text === '' ? reject(error) : done()))
    socket.on('close', done)
    for (const part of parts) socket.write(part)
    function done() {
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text })
    }
  })
}
