// Another writer while a plan is carried out: what changed meanwhile is not written, the rest is.
import { expect, test } from 'vitest'
import { applyPlan } from '../../src/apply/apply.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Desired, Plan, Spec } from '../../src/model.ts'
import { openWorld, specOf, type World } from './world.ts'

const client = kinds.find(({ name }) => name === 'userPoolClient') as (typeof kinds)[number]

/** A pool with two clients. */
const two = (minutes: number): Spec => {
  const spec = specOf(client, { authSessionValidity: `${minutes}m` })
  const one = spec.resources.find(({ kind }) => kind === 'userPoolClient') as Desired
  const other = { ...one, address: `${one.address}2`, key: 'two', spec: { ...one.spec, name: 'second' } }
  return { ...spec, resources: [...spec.resources, other] }
}

/** Applies a plan, whose first change takes this many milliseconds. */
function applySlowly(world: World, plan: Plan, passing: number) {
  let now = 0
  return applyPlan(plan, kinds, world.aws, {
    clock: { now: () => now, sleep: async () => undefined, random: () => 0.5 },
    secret: () => '',
    file: () => '',
    onOutcome: () => {
      now += passing
    },
  })
}

test('a resource that somebody changed since the look at the beginning is not written', async () => {
  const world = await openWorld()
  try {
    await world.apply(await world.plan(two(5)))
    const plan = await world.plan(two(6))
    const work = plan.changes.filter(({ calls }) => calls.length > 0)
    expect(work).toHaveLength(2)
    // the look at the beginning was before this
    await world.aws.send('cognito-idp:UpdateUserPoolClient', {
      ...work[1]?.ids,
      ClientName: 'second',
      AuthSessionValidity: 9,
    })
    const report = await applySlowly(world, plan, 0)
    expect(report.outcomes).toMatchObject([
      { status: 'done' },
      {
        status: 'failed',
        calls: 0,
        error: { name: 'Moved' },
        moved: [{ path: 'authSessionValidity', before: '5m', after: '9m' }],
      },
    ])
    expect(report.outcomes[1]?.error?.message).toContain(`${work[1]?.address} has changed (last at `)
    const { UserPoolClient } = await world.aws.send('cognito-idp:DescribeUserPoolClient', {
      ...work[1]?.ids,
    })
    expect(UserPoolClient).toMatchObject({ AuthSessionValidity: 9 })
  } finally {
    await world.close()
  }
})

test('each write of what is there is preceded by a read of it, however fresh the plan is', async () => {
  const world = await openWorld()
  try {
    await world.apply(await world.plan(two(5)))
    const plan = await world.plan(two(6))
    world.sandbox.resetLog()
    const report = await applySlowly(world, plan, 0)
    expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done'])
    expect(world.sandbox.requests.map(({ operation }) => operation)).toEqual([
      'DescribeUserPoolClient',
      'UpdateUserPoolClient',
      'DescribeUserPoolClient',
      'UpdateUserPoolClient',
    ])
  } finally {
    await world.close()
  }
})
