// A label says little: what a change takes away is counted by the calls that it sends, wherever it is counted.
import { describe, expect, test } from 'vitest'
import type { Action } from '../../src/model.ts'
import { effectOf, impactsOf, removesOf } from '../../src/render/effect.ts'
import { countsOf } from '../../src/render/groups.ts'
import { change, plan } from './plans.ts'

const removal = { operation: 'cognito-idp:DeleteUserPool', input: { UserPoolId: 'eu-west-1_a' } }
const mild: Action[] = ['create', 'update', 'adopt', 'none', 'blocked']
const labelled = (action: Action, removals: number) =>
  change({
    address: 'userPools.customers',
    kind: 'userPool',
    action,
    calls: Array.from({ length: removals }, () => removal),
  })

describe('a change that deletes', () => {
  test.each(mild)('is counted as one, by its calls, whatever it is labelled: %s', action => {
    for (const removals of [1, 2]) {
      const one = labelled(action, removals)
      expect([removesOf(one), effectOf(one)]).toEqual([removals, 'delete'])
      expect(impactsOf(one)).toContain('login-breaking')
      expect(countsOf(plan({ changes: [one] })).delete).toBe(removals)
    }
  })
  test('takes away no less than its label says, though it sends nothing', () => {
    expect(removesOf(labelled('delete', 0))).toBe(1)
    expect(countsOf(plan({ changes: [labelled('delete', 0)] })).delete).toBe(1)
  })
})
