// A server that says bytes, whatever it is asked, or nothing.
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface Raw {
  url: string
  /** what the next request is answered with; nothing keeps it waiting */
  say: () => string | undefined
  /** how many requests there were */
  asked: number
  close(): void
}

export const openRaw = async (): Promise<Raw> => {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      raw.asked += 1
      const said = raw.say()
      if (said !== undefined) socket.end(said)
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const raw: Raw = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    say: () => undefined,
    asked: 0,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
  return raw
}
