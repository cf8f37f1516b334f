// Lost replies: whoever does not know whether something was made looks first, and makes it once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FaultAction, Members } from '../../src/sandbox/index.ts'
import { count } from './counts.ts'
import { atEvery, atRequest } from './faults.ts'
import { likeness } from './likeness.ts'
import { carryOut, type Step, stepsOf } from './steps.ts'
import { openWorld, type World } from './world.ts'

let world: World
let creations: Step[]
let cases = 0

beforeAll(async () => {
  world = await openWorld()
  creations = (await stepsOf(world)).filter(({ change }) => change.calls[0]?.creates)
})
afterAll(() => world.close())

const lost: FaultAction = { drop: 'after' }
const unsent: FaultAction = { drop: 'before' }
const broken: FaultAction = { error: { code: 'InternalErrorException', message: 'oops', status: 500 } }

/** Carries out each creation while its first requests meet these; answers with what was asked of AWS each time. */
const under = async (actions: readonly FaultAction[], check: (step: Step, sent: string[]) => void) => {
  for (const step of creations) {
    world.restore(step.before)
    const operation = operationOf(step)
    const heals = actions.map((then, index) => world.sandbox.inject(atRequest(index + 1, then, operation)))
    expect(await carryOut(world, step.plan, step.change), step.change.address).toMatchObject({
      status: 'done',
    })
    for (const heal of heals) heal()
    expect(likeness(world.sandbox.state.snapshot()), step.change.address).toBe(step.after)
    cases += 1
    check(
      step,
      world.sandbox.requests.map(request => request.operation),
    )
  }
}

const operationOf = ({ change }: Step): string => change.calls[0]?.operation.split(':')[1] as string

/** How often the creation was asked for; between two times there was something else, which was a look. */
const times = (step: Step, sent: readonly string[]): number => {
  const at = sent.flatMap((operation, index) => (operation === operationOf(step) ? [index] : []))
  for (const [index, place] of at.slice(1).entries()) expect(place - (at[index] as number)).toBeGreaterThan(1)
  return at.length
}

describe('a creation', () => {
  test('whose reply is lost is found, and not asked for again', () =>
    under([lost], (step, sent) => expect(times(step, sent)).toBe(1)))

  test.each([
    ['never arrives', unsent],
    ['meets a fault of the server', broken],
  ] as const)('that %s, three times in a row, is asked for a fourth time after three looks', (_, action) =>
    under([action, action, action], (step, sent) => expect(times(step, sent)).toBe(4)),
  )

  test('that never arrives, and whose reply is lost the second time, is made once', () =>
    under([unsent, lost], (step, sent) => expect(times(step, sent)).toBe(2)))

  test('is waited for before the look: AWS may not show at once what it has made', async () => {
    for (const step of creations) {
      world.restore(step.before)
      const began = world.clock.now()
      const isEarly = () => world.clock.now() - began < 1500
      const heals = [
        world.sandbox.inject(atRequest(1, lost, operationOf(step))),
        ...['ListUserPools', 'ListUserPoolClients', 'ListIdentityPools', 'ListTerms'].map(operation =>
          world.sandbox.inject(atEvery({ mutate: reply => (isEarly() ? hidden(reply) : reply) }, operation)),
        ),
      ]
      expect(await carryOut(world, step.plan, step.change)).toMatchObject({ status: 'done' })
      for (const heal of heals) heal()
      expect(likeness(world.sandbox.state.snapshot()), step.change.address).toBe(step.after)
      cases += 1
    }
  })
})

test('every case was tried', () => count('replies', { 'a creation whose outcome is unknown': cases }))

/** A list without its last item. */
const hidden = (reply: Members): Members =>
  Object.fromEntries(
    Object.entries(reply).map(([name, value]) => [name, Array.isArray(value) ? value.slice(0, -1) : value]),
  )
