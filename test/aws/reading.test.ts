// Whole reads and writes under AWS's quotas, on a virtual clock: as long as the quotas make them, and never refused.
import { beforeAll, describe, expect, test } from 'vitest'
import { useAccount } from '../journeys/run.ts'
import { boundOf, makeOn, onVirtualTime, planOn, specOf, type VirtualAws } from './virtual.ts'

beforeAll(() => useAccount('111122223333'))

const latency = 40

/** How long a run took, against the least that the quotas allow for the requests that it sent. */
const measured = async ({ clock, sandbox }: VirtualAws, run: () => Promise<unknown>) => {
  await clock.sleep(10_000)
  sandbox.resetLog()
  const began = clock.now()
  await run()
  return {
    ratio: (clock.now() - began) / boundOf(sandbox.requests, latency),
    throttled: sandbox.requests.filter(({ error }) => error === 'TooManyRequestsException').length,
    requests: sandbox.requests.length,
  }
}

describe('under the quotas of AWS', () => {
  test('a pool with 300 clients is read in the time that 300 clients take, and so written', async () => {
    await onVirtualTime(latency, async virtual => {
      const spec = specOf(1, 300)
      const made = await measured(virtual, () => makeOn(virtual, spec))
      expect(made.throttled).toBe(0)
      expect(made.ratio).toBeLessThan(1.05)
      const read = await measured(virtual, async () => {
        const { changes } = await planOn(virtual, spec)
        expect(changes.filter(({ action }) => action !== 'none')).toEqual([])
      })
      expect(read.throttled).toBe(0)
      expect(read.ratio).toBeLessThan(1.05)
    })
  })
  test('ten pools with 30 clients each share what the account has', async () => {
    await onVirtualTime(latency, async virtual => {
      const spec = specOf(10, 30)
      const made = await measured(virtual, () => makeOn(virtual, spec))
      expect(made.throttled).toBe(0)
      expect(made.ratio).toBeLessThan(1.1)
      const read = await measured(virtual, () => planOn(virtual, spec))
      expect(read.throttled).toBe(0)
      expect(read.ratio).toBeLessThan(1.1)
    })
  })
  test('a service that is slow to answer does not make the read any slower than its quotas do', async () => {
    await onVirtualTime(latency, async virtual => {
      const spec = specOf(1, 60)
      await makeOn(virtual, spec)
      virtual.sandbox.setLatency(1_000)
      const read = await measured(virtual, () => planOn(virtual, spec))
      expect(read.throttled).toBe(0)
      // four requests that need each other's answers, and then the last client's
      expect(read.ratio).toBeLessThan(1.5)
    })
  })
})
