// A run that nobody answers ends like any other that failed: with an exit code, and with the address in its words.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPort } from '../../src/aws/port.ts'
import { main } from '../../src/cli/run.ts'
import { partsWith } from '../faults/clock.ts'
import { onBench, region } from '../journeys/run.ts'
import { openRaw, type Raw } from './raw.ts'

let raw: Raw
beforeAll(async () => {
  raw = await openRaw()
})
afterAll(() => raw.close())

it.each(['plan', 'drift', 'apply --yes'])(
  'without any answer for a minute %s ends with exit 1 and the address',
  line =>
    onBench(async bench => {
      await bench.file(`version: 1\nstack: shop\nregion: ${region}\nuserPools: { customers: {} }\n`)
      let now = 0
      const clock = {
        now: () => now,
        sleep: async (ms: number) => {
          now += ms
        },
        random: () => 0,
      }
      raw.say = () => {
        // each request takes its half minute on this clock, and a moment on the real one
        now += 30_000
        return undefined
      }
      const aws = openPort({ region, endpoint: raw.url, clock, patience: 60 })
      let said = ''
      const sink = { write: (text: string) => (said += text), isTTY: false }
      const io = {
        stdout: sink,
        stderr: sink,
        env: process.env,
        cwd: bench.folder,
        interactive: false,
        ask: async () => undefined,
        onInterrupt: () => () => undefined,
        exit: () => undefined,
        now: () => now,
      }
      const code = await main(line.split(' '), io, partsWith({ aws, clock }))
      expect([code, said]).toEqual([1, expect.stringContaining(`no answer has come from ${raw.url}`)])
      expect(said).not.toContain('bug in cogsync')
    }),
)
