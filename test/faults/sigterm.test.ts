// A real process that somebody else ends counts it like Ctrl-C: it finishes the request in flight, reports, and stops.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { onBench, writesOf } from '../journeys/run.ts'
import { atRequest } from './faults.ts'

// what people run; .ci/run holds it to the sources
const entry = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

test(
  'SIGTERM lets the request in flight end, and reports',
  () =>
    onBench(async ({ sandbox, file, rest, make }) => {
      const config = await file(
        'version: 1\nstack: shop\nregion: eu-west-1\nuserPools: { customers: { clients: { web: {}, worker: {} } } }\n',
      )
      const argv = [entry, 'apply', '--yes', '--config', config, '--endpoint-url', sandbox.url]
      const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] })
      let said = ''
      const stopping = new Promise<void>(resolve => {
        for (const stream of [child.stdout, child.stderr])
          stream.on('data', (chunk: Buffer) => {
            said += String(chunk)
            if (said.includes('Stopping after the request in flight')) resolve()
          })
      })
      const until = async () => {
        child.kill('SIGTERM')
        await stopping
      }
      const heal = sandbox.inject(atRequest(1, { hold: 'before', until }, 'CreateUserPoolClient'))
      const [code] = await once(child, 'close')
      heal()
      expect([code, writesOf(sandbox)], said).toEqual([130, ['CreateUserPool', 'CreateUserPoolClient']])
      expect(said).toMatch(/Partly applied: 2 created, 0 failed, 1 not tried/)
      expect(said).toContain('Stopped because you asked')
      await make(config)
      await rest(config)
    }),
  60_000,
)
