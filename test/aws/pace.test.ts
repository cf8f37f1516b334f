// The scheduler on a clock of its own: on AWS's quotas from the first second, and never over them.
import { describe, expect, test, vi } from 'vitest'
import { awsPace, noPace, type Pace } from '../../src/aws/pace.ts'
import { openPort } from '../../src/aws/port.ts'
import type { JsonObject } from '../../src/model.ts'
import { type VirtualClock, virtualClock } from './clock.ts'

interface Sent {
  operation: string
  pool: string
  at: number
  ended: number
}

interface Run {
  clock: VirtualClock
  pace: Pace
  sent: Sent[]
  /** sends one; `takes` milliseconds, or as AWS does not: refused at that moment */
  send(operation: string, pool: string, options?: { takes?: number; refuse?: () => boolean }): Promise<void>
}

const runOf = (makePace = awsPace): Run => {
  const clock = virtualClock(0)
  const sent: Sent[] = []
  const throttled = new Error('Rate exceeded')
  const pace = makePace({ clock, isThrottle: error => error === throttled })
  return {
    clock,
    pace,
    sent,
    send: (operation, pool, { takes = 40, refuse = () => false } = {}) => {
      const input: JsonObject = operation === 'iam:GetRole' ? {} : { UserPoolId: pool }
      return pace.run(operation, input, async () => {
        const one: Sent = { operation, pool, at: clock.now(), ended: Number.POSITIVE_INFINITY }
        sent.push(one)
        await clock.sleep(takes)
        one.ended = clock.now()
        if (refuse()) throw throttled
      })
    },
  }
}

const times = <T>(n: number, make: (index: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))

/** The most that were sent in any second; the second is half open, as quotas are. */
const mostInASecond = (all: readonly Sent[]): number =>
  Math.max(0, ...all.map(({ at }) => all.filter(one => one.at >= at && one.at < at + 1000).length))

const endOf = (all: readonly Sent[]): number => Math.max(...all.map(({ ended }) => ended))

const describeClient = 'cognito-idp:DescribeUserPoolClient'
const updateClient = 'cognito-idp:UpdateUserPoolClient'

describe('the quotas of AWS', () => {
  test('one operation on one pool: five in every second, from the first on', async () => {
    const run = runOf()
    await Promise.all(times(100, () => run.send(describeClient, 'a')))
    expect(mostInASecond(run.sent)).toBe(5)
    expect(times(20, second => run.sent.filter(({ at }) => Math.floor(at / 1000) === second).length)).toEqual(
      times(20, () => 5),
    )
    // five go at once, and the rest evenly, so that one that is late does not meet the next
    expect(run.sent.slice(0, 8).map(({ at }) => at)).toEqual([0, 0, 0, 0, 0, 1000, 1200, 1400])
  })
  test('a category of the account: fifteen in every second over ten pools', async () => {
    const run = runOf()
    await Promise.all(times(300, index => run.send(describeClient, `pool-${index % 10}`)))
    expect(mostInASecond(run.sent)).toBe(15)
    expect(endOf(run.sent)).toBeLessThan((300 / 15) * 1000 * 1.02)
    for (const pool of times(10, index => `pool-${index}`))
      expect(mostInASecond(run.sent.filter(one => one.pool === pool))).toBeLessThanOrEqual(5)
  })
  test('what shares no quota goes side by side', async () => {
    const run = runOf()
    const operations = [describeClient, 'cognito-idp:DescribeIdentityProvider', 'iam:GetRole']
    await Promise.all(operations.flatMap(operation => times(50, () => run.send(operation, 'a'))))
    for (const operation of operations)
      expect(mostInASecond(run.sent.filter(one => one.operation === operation))).toBeGreaterThanOrEqual(5)
    expect(endOf(run.sent)).toBeLessThan(10_100)
  })
  test('are each Region’s own, but for IAM’s, which are the account’s', async () => {
    const run = runOf()
    const times = { 'cognito-idp:DescribeUserPoolClient': 0, 'iam:GetRole': 0 }
    for (const operation of Object.keys(times) as (keyof typeof times)[]) {
      const start = run.clock.now()
      const pools = ['eu-west-1', 'eu-west-1', 'us-east-1', 'us-east-1'].flatMap(region =>
        Array.from({ length: 5 }, () =>
          run.pace.run(operation, { UserPoolId: 'a' }, () => run.clock.sleep(40), region),
        ),
      )
      await Promise.all(pools)
      times[operation] = run.clock.now() - start
      await run.clock.sleep(10_000)
    }
    // ten in each Region, five at once; twenty of the account, ten at once
    expect(times).toEqual({ 'cognito-idp:DescribeUserPoolClient': 1840, 'iam:GetRole': 1940 })
  })
  test('after a rest, a second’s worth goes at once again', async () => {
    const run = runOf()
    await Promise.all(times(7, () => run.send(describeClient, 'a')))
    await run.clock.sleep(10_000)
    const began = run.clock.now()
    await Promise.all(times(5, () => run.send(describeClient, 'a')))
    expect(run.sent.slice(7).map(({ at }) => at - began)).toEqual([0, 0, 0, 0, 0])
  })
  test('are kept at any hour and in any order', async () => {
    const run = runOf()
    // steps that fit no second, in a fixed disorder
    await Promise.all(
      times(200, async index => {
        await run.clock.sleep((index * 7919) % 9973)
        await run.send(index % 3 === 0 ? 'cognito-idp:ListUserPoolClients' : describeClient, `p${index % 4}`)
      }),
    )
    expect(mostInASecond(run.sent)).toBeLessThanOrEqual(15)
    for (const one of run.sent) {
      const lane = run.sent.filter(({ operation, pool }) => operation === one.operation && pool === one.pool)
      expect(mostInASecond(lane)).toBeLessThanOrEqual(5)
    }
  })
})

describe('fairness', () => {
  test('a slow pool does not hold another up', async () => {
    const run = runOf()
    const slow = times(40, () => run.send(describeClient, 'slow', { takes: 20_000 }))
    await Promise.all(times(25, () => run.send(describeClient, 'quick')))
    expect(run.clock.now()).toBeLessThan(5_100)
    await Promise.all(slow)
  })
  test('a pool with many clients leaves the others their share of a category', async () => {
    const run = runOf()
    const pools = ['many', 'b', 'c', 'd', 'e']
    const many = times(300, () => run.send(describeClient, 'many'))
    await Promise.all(pools.slice(1).flatMap(pool => times(10, () => run.send(describeClient, pool))))
    // fifteen a second for five pools that all want some: three each
    expect(run.clock.now()).toBeLessThan(4_500)
    await Promise.all(many)
  })
  test('first come, first served on one pool', async () => {
    const run = runOf()
    const order: number[] = []
    await Promise.all(
      times(12, index =>
        run.pace.run(describeClient, { UserPoolId: 'a' }, async () => void order.push(index)),
      ),
    )
    expect(order).toEqual(times(12, index => index))
  })
})

describe('writes', () => {
  const overlapping = (sent: readonly Sent[]) =>
    sent.filter(one => sent.some(other => other !== one && other.at <= one.at && other.ended > one.at))

  test.each([
    ['paced', awsPace],
    ['unpaced', noPace],
  ])('%s, go one at a time on a pool, whatever they are', async (_name, makePace) => {
    const run = runOf(makePace)
    const operations = [updateClient, 'cognito-idp:UpdateUserPool', 'cognito-idp:CreateGroup']
    await Promise.all(times(9, index => run.send(operations[index % 3] as string, 'a', { takes: 300 })))
    expect(overlapping(run.sent)).toEqual([])
    expect(endOf(run.sent)).toBeGreaterThanOrEqual(2700)
  })
  test('on other pools go meanwhile, and so do reads', async () => {
    const run = runOf()
    const slow = run.send(updateClient, 'a', { takes: 9_000 })
    await Promise.all([run.send(updateClient, 'b'), run.send(describeClient, 'a')])
    expect(run.clock.now()).toBe(40)
    await slow
  })
  test('a failed write lets the next one go', async () => {
    const run = runOf()
    const failed = run.send(updateClient, 'a', { refuse: () => true })
    const next = run.send(updateClient, 'a')
    await expect(failed).rejects.toThrow('Rate exceeded')
    await next
    expect(run.sent).toHaveLength(2)
  })
})

describe('when AWS says that it was too much', () => {
  /** Somebody else uses the pool's quota until `until`; each request is sent again until it passes. */
  const contended = async (run: Run, n: number, until: number) => {
    let refused = 0
    const persist = async (): Promise<void> => {
      const others = () => run.clock.now() < until && run.clock.now() % 1000 < 500
      const passed = await run.send(describeClient, 'a', { refuse: others }).then(
        () => true,
        () => false,
      )
      if (passed) return
      refused += 1
      await run.clock.sleep(400)
      await persist()
    }
    await Promise.all(times(n, persist))
    return refused
  }

  test('it goes slower, and at full speed again later', async () => {
    const run = runOf()
    await contended(run, 400, 20_000)
    const inSecond = (second: number) =>
      run.sent.filter(({ at }) => at >= second * 1000 && at < (second + 1) * 1000).length
    expect(Math.max(...times(15, index => inSecond(index + 2)))).toBeLessThanOrEqual(3)
    const later = Math.floor(endOf(run.sent) / 1000) - 5
    expect(times(4, index => inSecond(later + index))).toEqual([5, 5, 5, 5])
    expect(mostInASecond(run.sent)).toBeLessThanOrEqual(5)
  })
  test('one pool’s trouble is not another’s', async () => {
    const run = runOf()
    const trouble = contended(run, 10, 8_000)
    await Promise.all(times(50, () => run.send(describeClient, 'b')))
    expect(run.clock.now()).toBeLessThan(10_100)
    await trouble
  })
  test('trouble of several pools is the category’s', async () => {
    const run = runOf()
    const refuse = () => run.clock.now() < 100
    await Promise.allSettled(times(15, index => run.send(describeClient, `p${index}`, { refuse })))
    const before = run.sent.length
    await Promise.all(times(30, index => run.send(describeClient, `q${index}`)))
    // half of fifteen, and a little more each second
    expect(mostInASecond(run.sent.slice(before, before + 12))).toBeLessThanOrEqual(9)
  })
})

describe('the estimate', () => {
  test('is what the narrowest quota allows', async () => {
    const run = runOf()
    const all = times(100, () => run.send(describeClient, 'a'))
    const guesses = [{ at: 0, left: run.pace.left() }]
    for (const at of [5_000, 10_000, 15_000]) {
      await run.clock.sleep(5_000)
      guesses.push({ at, left: run.pace.left() })
    }
    await Promise.all(all)
    for (const { at, left } of guesses)
      expect(Math.abs(at + left - endOf(run.sent)), `at ${at}`).toBeLessThan(1_000)
    expect(run.pace.left()).toBe(0)
  })
  test('says nothing where nothing is paced', async () => {
    const run = runOf(noPace)
    const all = times(100, () => run.send(describeClient, 'a'))
    expect(run.pace.left()).toBe(0)
    await Promise.all(all)
    expect(endOf(run.sent)).toBe(280)
  })
})

describe('ports of one process', () => {
  test('wait in the same queues when they reach the same account', async () => {
    const there = { region: 'eu-west-1', endpoint: 'http://127.0.0.1:9', pace: 'aws' } as const
    const port = openPort(there)
    // seven of them wait; nobody answers, and nobody waits for them
    for (let nth = 0; nth < 12; nth += 1)
      void port.send(describeClient, { UserPoolId: 'a', ClientId: 'b' }).catch(() => undefined)
    const other = openPort({ ...there, region: 'us-east-1' })
    const apart = [
      openPort({ ...there, profile: 'b' }),
      openPort({ ...there, pace: 'none' }),
      openPort({ ...there, clock: virtualClock() }),
    ]
    await vi.waitUntil(() => (other.left?.() ?? 0) > 0)
    expect(apart.map(one => one.left?.())).toEqual([0, 0, 0])
  })
})
