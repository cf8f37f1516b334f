// Ctrl-C while several pools are written side by side: what is in flight ends, nothing more is sent, everything is
// reported, and the next run finishes the work.
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Aws } from '../../src/model.ts'
import { count } from './counts.ts'
import { likeness } from './likeness.ts'
import { openWorld, type Ran, type World } from './world.ts'

const pools = ['customers', 'partners', 'staff']
const config = join(tmpdir(), `cogsync-interrupts-${process.pid}.yaml`)
const pool = (key: string) => `  ${key}:
    mfa: { configuration: OPTIONAL, softwareToken: { enabled: true } }
    risk: { riskExceptionConfiguration: { blockedIpRangeList: ["192.0.2.0/24"] } }
    userPoolTier: PLUS
    addOns: { advancedSecurityMode: ENFORCED }
    sessions: { userSessionTracking: ENABLED }
    resourceServers: { orders: { identifier: orders, scopes: { read: Read orders } } }
    groups: { admins: { precedence: 1 } }
    clients:
      web: { sessions: { ssoSession: { maxValidity: 8h } } }
      worker: { generateSecret: true, clientSecretTo: { ssm: /${key}/worker } }
`

let world: World
let empty: string
let undisturbed: string
/** how many requests each pool takes, from its creation on */
let rounds = 0
const cases = { presses: 0 }

beforeAll(async () => {
  await writeFile(
    config,
    `version: 1\nstack: shop\nregion: eu-west-1\nuserPools:\n${pools.map(pool).join('')}`,
  )
  world = await openWorld()
  empty = world.sandbox.state.snapshot()
  const { aws, met } = inStep(world.aws, 'before', () => undefined)
  expect((await world.apply({ aws, config })).code).toBe(0)
  rounds = met()
  undisturbed = likeness(world.sandbox.state.snapshot())
})
afterAll(() => world.close())

/**
 * A way to AWS on which the pools go in step from the first write on: requests go in rounds, one for each pool, until
 * `meet` says of one, which is then under way, that it was the last. `met`: how many there were.
 */
const inStep = (aws: Aws, when: 'before' | 'after', meet: (round: number) => true | undefined) => {
  let round = 0
  let free = false
  let waiting: (() => void)[] = []
  const together = async () => {
    await new Promise<void>(resolve => {
      waiting.push(resolve)
      if (waiting.length < pools.length) return
      round += 1
      free = meet(round) === true
      for (const go of waiting) go()
      waiting = []
    })
  }
  const send: Aws['send'] = async (operation, input, region) => {
    // what lists is before the first write and after the last one
    const inLane =
      !free && !operation.includes(':List') && (round > 0 || operation.endsWith(':CreateUserPool'))
    if (inLane && when === 'before') await together()
    const answer = await aws.send(operation, input, region)
    if (inLane && when === 'after') await together()
    return answer
  }
  return { aws: { ...aws, send }, met: () => round }
}

const interruptedIn = async (round: number, when: 'before' | 'after'): Promise<Ran> => {
  let press: () => void = () => undefined
  const { aws } = inStep(world.aws, when, met => {
    if (met !== round) return undefined
    press()
    return true
  })
  const onInterrupt = (does: () => void) => {
    press = does
  }
  return world.apply({ aws, config, onInterrupt })
}

test.each(['before', 'after'] as const)(
  'whatever three pools are at, just %s AWS acts, it ends, is reported, and the next run goes on',
  async when => {
    for (let round = 1; round <= rounds; round++) {
      world.restore(empty)
      const what = `${when}, round ${round} of ${rounds}`
      const ran = await interruptedIn(round, when)
      expect(ran.code, what).toBe(130)
      expect(ran.said, what).toContain('Stopping after the request in flight')
      const { plan, outcomes = [] } = ran.document
      const work = plan?.changes.filter(({ calls }) => calls.length > 0).map(({ address }) => address)
      expect(
        outcomes.map(({ address }) => address),
        what,
      ).toEqual(work)
      for (const { status, error } of outcomes)
        if (status === 'failed') expect(error?.name, what).toBe('Interrupted')
      // each pool had one request under way, and none after it
      const began = world.sandbox.requests.findIndex(({ write }) => write)
      expect(world.sandbox.requests.slice(began), what).toHaveLength(pools.length * round)

      expect((await world.apply({ config })).code, what).toBe(0)
      expect(likeness(world.sandbox.state.snapshot()), what).toBe(undisturbed)
      world.sandbox.resetLog()
      expect((await world.apply({ config })).code, what).toBe(0)
      expect(world.sandbox.writes(), what).toBe(0)
      cases.presses += 1
    }
  },
)

test('every case was tried', () =>
  count('interrupts', { 'a run of several pools is interrupted at a request of each': cases.presses }))
