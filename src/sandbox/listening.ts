// The server's life: it listens, and it closes without leaving anybody hanging.
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Waits, but not beyond the closing of the sandbox. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal.aborted) return Promise.resolve()
  return new Promise(resolve => {
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}

export function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(`http://${host}:${(server.address() as AddressInfo).port}`)
    })
  })
}

const patience = 1000

/** Lets requests in flight finish, and drops the connections that are only being kept alive. */
export function closeServer(server: Server, closing: AbortController): Promise<void> {
  closing.abort()
  return new Promise((resolve, reject) => {
    server.close(error => {
      if (error === undefined || (error as NodeJS.ErrnoException).code === 'ERR_SERVER_NOT_RUNNING') resolve()
      else reject(error)
    })
    server.closeIdleConnections()
    // A client that stopped halfway through its request would otherwise hold it open.
    setTimeout(() => server.closeAllConnections(), patience).unref()
  })
}
