// What a change of a trust policy, or of a boundary, is labelled: whom it shuts out and whom it lets in.
import { describe, expect, test } from 'vitest'
import { role } from '../../src/kinds/role/index.ts'
import { trustImpact } from '../../src/kinds/role/trust-impact.ts'
import type { Impact, Json, JsonObject } from '../../src/model.ts'

const breaks: Impact[] = ['login-breaking']
const loosens: Impact[] = ['security-loosening']
const both: Impact[] = [...breaks, ...loosens]

const doc = (...Statement: Json[]): JsonObject => ({ Version: '2012-10-17', Statement })
const allow = (Principal: Json, more: JsonObject = {}): JsonObject => ({
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...more,
})
const deny = (Principal: Json, more: JsonObject = {}): JsonObject => ({
  ...allow(Principal, more),
  Effect: 'Deny',
})
const federated = 'cognito-identity.amazonaws.com'
const web = (Condition: JsonObject): JsonObject =>
  allow({ Federated: federated }, { Action: 'sts:AssumeRoleWithWebIdentity', Condition })
const aud = (...pools: Json[]): JsonObject => ({ StringEquals: { [`${federated}:aud`]: pools } })
const amr = (operator: string, ...values: Json[]): JsonObject => ({
  ...aud('pool-1'),
  [operator]: { [`${federated}:amr`]: values },
})
const one = { AWS: 'arn:aws:iam::111122223333:role/one' }
const two = { AWS: ['arn:aws:iam::111122223333:role/one', 'arn:aws:iam::111122223333:role/two'] }
const service = { Service: 'lambda.amazonaws.com' }
const org = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }

/** From the first to the second, and back. */
const pairs: [string, JsonObject, JsonObject, Impact[], Impact[]][] = [
  [
    'another spelling of the same',
    doc(allow(one)),
    doc(allow({ AWS: [one.AWS] }, { Action: ['STS:AssumeRole'] })),
    [],
    [],
  ],
  ['a statement in two', doc(allow(two)), doc(...two.AWS.map(AWS => allow({ AWS }))), [], []],
  ['one more principal', doc(allow(one)), doc(allow(two)), loosens, breaks],
  ['one more statement', doc(allow(one)), doc(allow(one), allow(service)), loosens, breaks],
  ['another type of principal beside', doc(allow(one)), doc(allow({ ...one, ...service })), loosens, breaks],
  ['another principal', doc(allow(one)), doc(allow(service)), both, both],
  ['everybody', doc(allow(one)), doc(allow('*')), loosens, breaks],
  ['everybody, spelt as AWS', doc(allow('*')), doc(allow({ AWS: '*' })), [], []],
  ['a condition', doc(allow(one)), doc(allow(one, { Condition: org })), breaks, loosens],
  ['another aud', doc(web(aud('pool-1'))), doc(web(aud('pool-2'))), both, both],
  ['one more aud', doc(web(aud('pool-1'))), doc(web(aud('pool-1', 'pool-2'))), loosens, breaks],
  ['no aud', doc(web(aud('pool-1'))), doc(web({})), loosens, breaks],
  [
    'an aud known only later',
    doc(web(aud('pool-1'))),
    doc(web(aud({ $ref: 'identityPools.app', attr: 'id' }))),
    both,
    both,
  ],
  [
    'one more amr',
    doc(web(amr('ForAnyValue:StringLike', 'authenticated'))),
    doc(web(amr('ForAnyValue:StringLike', 'authenticated', 'unauthenticated'))),
    loosens,
    breaks,
  ],
  [
    'a wild amr',
    doc(web(amr('ForAnyValue:StringLike', 'authenticated'))),
    doc(web(amr('ForAnyValue:StringLike', '*auth*'))),
    loosens,
    breaks,
  ],
  [
    'a pattern for a text',
    doc(web(amr('StringEquals', 'authenticated'))),
    doc(web(amr('StringLike', 'auth*'))),
    both,
    both,
  ],
  [
    'a test that passes where the key is missing',
    doc(web(amr('StringLike', 'authenticated'))),
    doc(web(amr('StringLikeIfExists', 'authenticated'))),
    loosens,
    breaks,
  ],
  [
    'an exception',
    doc(allow(one, { Condition: { StringNotEquals: { 'aws:SourceVpc': ['a'] } } })),
    doc(allow(one, { Condition: { StringNotEquals: { 'aws:SourceVpc': ['a', 'b'] } } })),
    both,
    both,
  ],
  ['a denial', doc(allow(one)), doc(allow(one), deny(service)), breaks, loosens],
  [
    'a denial with a condition',
    doc(allow(one), deny(service)),
    doc(allow(one), deny(service, { Condition: org })),
    loosens,
    breaks,
  ],
  [
    'one more action',
    doc(allow(one)),
    doc(allow(one, { Action: ['sts:AssumeRole', 'sts:TagSession'] })),
    loosens,
    breaks,
  ],
  ['every action', doc(allow(one)), doc(allow(one, { Action: 'sts:*' })), loosens, breaks],
  [
    'whom it does not name',
    doc({ Effect: 'Allow', NotPrincipal: one, Action: 'sts:AssumeRole' }),
    doc({ Effect: 'Allow', NotPrincipal: two, Action: 'sts:AssumeRole' }),
    both,
    both,
  ],
  ['another language', doc(allow(one)), { ...doc(allow(one)), Version: '2008-10-17' }, both, both],
  ['a name of a statement', doc(allow(one)), doc(allow(one, { Sid: 'People' })), [], []],
]

describe('a trust policy gets', () => {
  test.each(pairs)('%s', (_, before, after, there, back) => {
    expect(trustImpact(before, after).sort()).toEqual([...there].sort())
    expect(trustImpact(after, before).sort()).toEqual([...back].sort())
  })
})

test('a boundary that goes loosens, one that comes tightens, and of another nobody can tell', () => {
  const impact = role.fields.find(({ path }) => path === 'permissionsBoundary')?.impact
  const [a, b] = ['a', 'b'].map(name => `arn:aws:iam::aws:policy/${name}`) as [string, string]
  expect(impact?.(a, null)).toEqual(['security-loosening'])
  expect(impact?.(null, a)).toEqual(['security-tightening'])
  expect(impact?.(a, b)).toEqual(['security-loosening', 'security-tightening'])
})
