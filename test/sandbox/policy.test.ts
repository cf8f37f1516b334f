// Policies that cannot be evaluated are refused in words, and none takes long to be looked at.
import { expect, test } from 'vitest'
import { allows, readPolicy } from '../../src/sandbox/authorization/policy.ts'
import type { Json } from '../../src/sandbox/service.ts'

const statement = { Effect: 'Allow', Action: '*', Resource: '*' }

test.each<[string, Json]>([
  ['null', null],
  ['a list', []],
  ['a text', 'Allow'],
  ['no statements', { Statement: [] }],
  ['a statement that is null', { Statement: [null] }],
  ['a statement that is a text', { Statement: ['Allow'] }],
  ['an effect that every object has', { Statement: { ...statement, Effect: 'constructor' } }],
  ['an operator that every object has', { Statement: { ...statement, Condition: { toString: {} } } }],
  ['a condition that is a text', { Statement: { ...statement, Condition: 'x' } }],
  ['an operator without keys', { Statement: { ...statement, Condition: { StringEquals: null } } }],
  ['an exception', { Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } }],
])('%s is no policy', (_what, document) => {
  expect(() => readPolicy(document)).toThrow(/^it has /)
})

test('a condition on a key that every object has is on a key that the request has not', () => {
  const policy = readPolicy({ Statement: { ...statement, Condition: { StringLike: { constructor: '*' } } } })
  expect(allows(policy, { action: 'iam:GetRole', resource: '*', context: {} })).toBe(false)
})

test.each([
  ['*', 'anything', true],
  ['a*c', 'abc', true],
  ['a*c', 'abcd', false],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*b*', 'abc', true],
  ['', '', true],
  ['a.c', 'abc', false],
  [`${'*a'.repeat(2000)}b`, 'a'.repeat(20_000), false],
])('a resource like %s', (pattern, resource, expected) => {
  const policy = readPolicy({ Statement: { ...statement, Resource: pattern } })
  expect(allows(policy, { action: 'iam:GetRole', resource, context: {} })).toBe(expected)
})
