// Which changes of a plan are carried out side by side, and which wait for others.
import { expect, test } from 'vitest'
import { inLanes } from '../../src/apply/concurrency.ts'
import type { Change } from '../../src/model.ts'
import { virtualClock } from './clock.ts'

const change = (action: 'create' | 'delete', address: string, ...after: string[]) =>
  ({ action, address, after }) as Change

/** When each change began, by address; each takes a second. */
const began = async (...changes: Change[]): Promise<{ [address: string]: number }> => {
  const clock = virtualClock(0)
  const times: { [address: string]: number } = {}
  await inLanes(changes, async ({ address }) => {
    times[address] = clock.now() / 1000
    await clock.sleep(1000)
  })
  return times
}

test('roots go side by side, what is under one in order, and each after what it names', async () => {
  expect(
    await began(
      change('create', 'userPools.a'),
      change('create', 'userPools.a.clients.web', 'userPools.a'),
      change('create', 'userPools.b'),
      change('create', 'identityPools.app', 'userPools.a.clients.web'),
    ),
  ).toEqual({
    'userPools.a': 0,
    'userPools.a.clients.web': 1,
    'userPools.b': 0,
    'identityPools.app': 2,
  })
})

test('a deletion that makes room is over before what needs the room begins', async () => {
  expect(
    await began(
      change('delete', 'userPools.a.branding.old'),
      change('create', 'userPools.a.branding.new'),
      change('create', 'userPools.b'),
    ),
  ).toEqual({ 'userPools.a.branding.old': 0, 'userPools.a.branding.new': 1, 'userPools.b': 1 })
})

test('deletions at the end go one at a time, after everything else', async () => {
  expect(
    await began(
      change('create', 'userPools.a'),
      change('create', 'roles.new'),
      change('delete', 'roles.one'),
      change('delete', 'roles.two'),
    ),
  ).toEqual({ 'userPools.a': 0, 'roles.new': 0, 'roles.one': 1, 'roles.two': 2 })
})
