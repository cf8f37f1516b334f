// Real processes: killed, they leave what a run leaves that ends in process; interrupted, they finish and report.
// And what a run that was told to stop no longer waits for.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rootOf } from '../../src/address.ts'
import type { FaultAction } from '../../src/sandbox/index.ts'
import { count } from './counts.ts'
import { atEvery, atRequest } from './faults.ts'
import { killedAt } from './kill.ts'
import { likeness } from './likeness.ts'
import { carryOut, planNow, type Step, stepsOf } from './steps.ts'
import { environment, everything, openWorld, type World } from './world.ts'

// what people run; .ci/run holds it to the sources
const entry = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

let world: World
let empty: string
let undisturbed: string
const cases = { kills: 0, interrupts: 0, waits: 0 }

beforeAll(async () => {
  world = await openWorld()
  empty = world.sandbox.state.snapshot()
  await world.apply()
  undisturbed = likeness(world.sandbox.state.snapshot())
})
beforeEach(() => world.restore(empty))
afterAll(() => world.close())

interface Running {
  child: ChildProcess
  /** settles when the process said that, on whichever stream */
  says(text: string): Promise<void>
  /** its exit code and all that it said */
  ended: Promise<{ code: number | null; said: string }>
}

/** `cogsync apply --yes` in a process of its own, of the largest example unless told otherwise. */
const startApply = (config = everything): Running => {
  const child = spawn(
    process.execPath,
    [entry, 'apply', '--yes', '--config', config, '--endpoint-url', world.sandbox.url],
    { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      said += String(chunk)
    })
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, said }))
  const says = (text: string) =>
    new Promise<void>(resolve => {
      const look = () => said.includes(text) && resolve()
      child.stderr?.on('data', look)
      look()
    })
  return { child, ended, says }
}

/** While an operation is under way, before or after AWS acts, does something to the process. */
const during = (operation: string, hold: 'before' | 'after', act: (running: Running) => Promise<unknown>) => {
  const heal = world.sandbox.inject(atRequest(1, { hold, until: () => act(running) }, operation))
  const running = startApply()
  return running.ended.finally(heal)
}

const kill = async ({ child, ended }: Running): Promise<void> => {
  child.kill('SIGKILL')
  await ended
}

/** What is left to do under a root; how far other roots have come by then is a matter of chance. */
const leftUnder = async (root: string): Promise<string[]> =>
  (await planNow(world)).plan.changes
    .filter(({ address, calls }) => calls.length > 0 && rootOf(address) === root)
    .map(({ address, action }) => `${action} ${address}`)

test.each([
  ['before', 'CreateUserPoolClient', 'userPools.customers'],
  ['after', 'CreateUserPoolClient', 'userPools.customers'],
  ['after', 'CreateIdentityPool', 'identityPools.app'],
] as const)(
  'killed just %s %s, a process leaves of %s what a run leaves that ends there in process',
  async (when, operation, root) => {
    const lost: FaultAction = { drop: 'before' }
    const never = when === 'before' ? world.sandbox.inject(atRequest(1, lost, operation)) : () => undefined
    const { code } = await during(operation, when, kill)
    never()
    expect(code).toBeNull()
    const left = world.sandbox.state.snapshot()
    const leftToDo = await leftUnder(root)

    world.restore(empty)
    const { aws, killed } = killedAt(world.aws, 1, when, sent => sent.endsWith(`:${operation}`))
    void world.apply({ aws })
    await killed
    expect(leftToDo).toEqual(await leftUnder(root))
    expect(leftToDo).not.toEqual([])

    world.restore(left)
    expect((await world.apply()).code).toBe(0)
    expect(likeness(world.sandbox.state.snapshot())).toBe(undisturbed)
    cases.kills += 1
  },
)

test('the first Ctrl-C lets the request in flight end, and reports', async () => {
  const { code, said } = await during('CreateResourceServer', 'before', async ({ child, says }) => {
    child.kill('SIGINT')
    await says('Stopping after the request in flight')
  })
  expect(code).toBe(130)
  expect(said).toContain('userPools.customers.resourceServers.orders  created')
  expect(said).toMatch(/Partly applied: \d+ created, 0 failed, \d+ not tried/)
  expect(said).toContain('Stopped because you asked')
  const writes = world.sandbox.requests.filter(({ write }) => write)
  expect(writes.at(-1)?.operation).toBe('CreateResourceServer')
  expect((await world.apply()).code).toBe(0)
  expect(likeness(world.sandbox.state.snapshot())).toBe(undisturbed)
  cases.interrupts += 1
})

test('a terminal that closes lets the request in flight end, though nobody can read the report', async () => {
  const { code } = await during('CreateResourceServer', 'before', async ({ child, says }) => {
    child.kill('SIGHUP')
    await says('Stopping after the request in flight')
    child.stdout?.destroy()
    child.stderr?.destroy()
  })
  expect(code).toBe(130)
  const writes = world.sandbox.requests.filter(({ write }) => write)
  expect(writes.at(-1)?.operation).toBe('CreateResourceServer')
  expect((await world.apply()).code).toBe(0)
  expect(likeness(world.sandbox.state.snapshot())).toBe(undisturbed)
  cases.interrupts += 1
})

test('the first Ctrl-C lets the requests of all pools in flight end', async () => {
  const config = join(tmpdir(), `cogsync-process-${process.pid}.yaml`)
  const pools = ['customers', 'staff'].map(key => `  ${key}: { clients: { web: {}, worker: {} } }\n`).join('')
  await writeFile(config, `version: 1\nstack: shop\nregion: eu-west-1\nuserPools:\n${pools}`)
  let flying = 0
  let press: () => void = () => undefined
  const pressed = new Promise<void>(resolve => {
    press = resolve
  })
  const until = () => {
    flying += 1
    if (flying === 2) press()
    return pressed.then(() => says('Stopping after the request in flight'))
  }
  const heals = [1, 2].map(nth =>
    world.sandbox.inject(atRequest(nth, { hold: 'before', until }, 'CreateUserPoolClient')),
  )
  const { child, says, ended } = startApply(config)
  void pressed.then(() => child.kill('SIGINT'))
  const { code, said } = await ended
  for (const heal of heals) heal()
  expect([code, said.match(/clients\.\w+ {2}created/g)?.length], said).toEqual([130, 2])
  expect(said).toContain('2 not tried')
  expect(world.sandbox.writes()).toBe(4)
  expect((await world.apply({ config })).code).toBe(0)
  world.sandbox.resetLog()
  expect((await world.apply({ config })).code).toBe(0)
  expect(world.sandbox.writes()).toBe(0)
  cases.interrupts += 1
})

test('the second Ctrl-C ends the process while the request is still in flight', async () => {
  const { code } = await during('CreateUserPoolClient', 'after', async ({ child, says, ended }) => {
    child.kill('SIGINT')
    await says('Stopping after the request in flight')
    child.kill('SIGINT')
    // the reply is held back until the process has ended
    await ended
  })
  expect(code).toBe(130)
  expect((await world.apply()).code).toBe(0)
  expect(likeness(world.sandbox.state.snapshot())).toBe(undisturbed)
  cases.interrupts += 1
})

test('the first Ctrl-C ends a process that only reads, at once', async () => {
  const { code } = await during('ListUserPools', 'before', async ({ child, ended }) => {
    child.kill('SIGINT')
    // the answer is held back until the process has ended
    await ended
  })
  // ended by the signal itself, or by our own code for it
  expect([null, 130]).toContain(code)
  expect(world.sandbox.requests.filter(({ write }) => write)).toEqual([])
  cases.interrupts += 1
})

test.each([
  ['a domain that is being made', 'CreateUserPoolDomain', 'DescribeUserPoolDomain', 'done'],
  ['a role that is not known yet', 'SetIdentityPoolRoles', 'SetIdentityPoolRoles', 'failed'],
] as const)('who was told to stop no longer waits for %s', async (_, call, repeated, status) => {
  const steps = await stepsOf(world)
  const step = steps.find(({ change }) => change.calls[0]?.operation.endsWith(`:${call}`)) as Step
  world.restore(step.before)
  const stop = new AbortController()
  const heals = [
    atRequest(1, { hold: 'before', until: async () => stop.abort() }, repeated),
    atEvery(
      { error: { code: 'NotAuthorizedException', message: 'Access to Role is forbidden.' } },
      'SetIdentityPoolRoles',
    ),
  ].map(world.sandbox.inject)
  const waited = world.clock.waited()
  expect(await carryOut(world, step.plan, step.change, stop.signal)).toMatchObject({ status })
  for (const heal of heals) heal()
  expect(world.sandbox.requests.filter(({ operation }) => operation === repeated)).toHaveLength(1)
  expect(world.clock.waited()).toBe(waited)
  cases.waits += 1
})

test('every case was tried', () =>
  count('process', {
    'a process killed at a request': cases.kills,
    'a process interrupted at a request': cases.interrupts,
    'a run told to stop while it waits': cases.waits,
  }))
