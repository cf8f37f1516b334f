// Answers that no AWS gives: of another form, about something else, or without end. None is taken for an answer, none
// is called a bug, and nothing is written.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { pages } from '../../src/aws/pages.ts'
import { openPort } from '../../src/aws/port.ts'
import type { JsonObject } from '../../src/model.ts'
import { count } from '../faults/counts.ts'
import { cli, crashIn } from '../hostile/cli.ts'
import { type Bench, onBench, region } from '../journeys/run.ts'
import { openRaw, type Raw } from './raw.ts'

const file = `version: 1
stack: shop
region: ${region}
userPools:
  customers:
    name: shop-customers
    clients:
      web: { generateSecret: false }
identityPools:
  app:
    allowUnauthenticatedIdentities: false
roles:
  member:
    name: shop-member
    trust: { identityPool: app, amr: authenticated }
    policies:
      uploads: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:PutObject", Resource: "*" }] }
`

const json = (body: unknown) => ({
  answer: {
    status: 200,
    type: 'application/x-amz-json-1.1',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  },
  acts: false,
})
const xml = (operation: string, inner: string) => ({
  answer: {
    status: 200,
    type: 'text/xml',
    body: `<${operation}Response><${operation}Result>${inner}</${operation}Result></${operation}Response>`,
  },
  acts: false,
})
const role = (name: string, document: string) =>
  `<Role><Path>/</Path><Arn>arn:aws:iam::111122223333:role/${name}</Arn><RoleName>${name}</RoleName><RoleId>AROA</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${document}</AssumeRolePolicyDocument></Role>`

const pool = (more: object) =>
  json({ UserPool: { Id: 'eu-west-1_Other0000', Name: 'shop-customers', ...more } })
const strange: [what: string, operation: string, action: object][] = [
  ['another pool', 'DescribeUserPool', pool({})],
  ['a pool whose id is a number', 'DescribeUserPool', pool({ Id: 7 })],
  ['a pool whose tags are a text', 'DescribeUserPool', pool({ UserPoolTags: 'x' })],
  ['a pool whose tags are a list', 'DescribeUserPool', pool({ UserPoolTags: ['x'] })],
  ['a pool that is a list', 'DescribeUserPool', json({ UserPool: [] })],
  [
    'another client',
    'DescribeUserPoolClient',
    json({ UserPoolClient: { ClientId: 'other', ClientName: 'web' } }),
  ],
  ['a text for a list', 'ListUserPools', json({ UserPools: 'none' })],
  ['an object for a list', 'ListUserPools', json({ UserPools: {} })],
  ['a list with nothing in it', 'ListUserPools', json({ UserPools: [null] })],
  ['a list of numbers', 'ListUserPools', json({ UserPools: [1, 2] })],
  ['entries without ids', 'ListUserPools', json({ UserPools: [{ Name: 'shop-customers' }] })],
  ['ids that are numbers', 'ListUserPools', json({ UserPools: [{ Id: 5, Name: 'shop-customers' }] })],
  ['a token that is a number', 'ListUserPools', json({ UserPools: [], NextToken: 5 })],
  ['the same page for ever', 'ListUserPools', json({ UserPools: [], NextToken: 'again' })],
  [
    'clients of another pool',
    'ListUserPoolClients',
    json({ UserPoolClients: [{ ClientId: 'a', ClientName: 'web', UserPoolId: 'eu-west-1_Other0000' }] }),
  ],
  [
    'the same page of clients for ever',
    'ListUserPoolClients',
    json({ UserPoolClients: [], NextToken: 'again' }),
  ],
  [
    'another identity pool',
    'DescribeIdentityPool',
    json({
      IdentityPoolId: 'eu-west-1:00000000-0000-4000-8000-000000000000',
      IdentityPoolName: 'app',
      AllowUnauthenticatedIdentities: false,
    }),
  ],
  [
    'a prototype',
    'DescribeUserPool',
    json('{"UserPool":{"__proto__":{"Id":"x"},"Id":"eu-west-1_Other0000"}}'),
  ],
  ['a prototype at the top', 'ListUserPools', json('{"__proto__":{"UserPools":[]},"UserPools":[]}')],
  ['another role', 'GetRole', xml('GetRole', role('somebody', '%7B%7D'))],
  ['a role whose document is no JSON', 'GetRole', xml('GetRole', role('shop-member', 'oops'))],
  ['a role whose document is no text of a URL', 'GetRole', xml('GetRole', role('shop-member', '%E0%A4%A'))],
  ['a role whose document is a list', 'GetRole', xml('GetRole', role('shop-member', '%5B%5D'))],
  [
    'XML that ends in the middle',
    'GetRole',
    {
      answer: { status: 200, type: 'text/xml', body: '<GetRoleResponse><GetRoleResult><Role><RoleName>shop' },
      acts: false,
    },
  ],
  [
    'policies that go on for ever',
    'ListRolePolicies',
    xml(
      'ListRolePolicies',
      '<PolicyNames><member>uploads</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>again</Marker>',
    ),
  ],
  [
    'policies that go on nowhere',
    'ListRolePolicies',
    xml('ListRolePolicies', '<PolicyNames></PolicyNames><IsTruncated>true</IsTruncated>'),
  ],
]

const on = async ({ folder, sandbox }: Bench, line: string) =>
  cli(folder, [...line.split(' '), '--endpoint-url', sandbox.url])

it('every one of them ends plan, drift and apply with exit 1 and its operation, and nothing is written', () =>
  onBench(async bench => {
    await bench.file(file)
    expect((await on(bench, 'apply --yes')).code).toBe(0)
    for (const [index, [what, operation, then]] of strange.entries()) {
      const mend = bench.sandbox.inject({ when: { operation }, then } as never)
      bench.sandbox.resetLog()
      const ran = await on(bench, ['plan', 'drift', 'apply --yes'][index % 3] as string)
      mend()
      expect([what, ran.code, crashIn(ran)], ran.stderr).toEqual([what, 1, []])
      expect([what, ran.stderr.includes(operation)], ran.stderr).toEqual([what, true])
      expect(ran.stderr).not.toMatch(/hidden field|\$response|credentials/)
      expect(bench.sandbox.writes()).toBe(0)
    }
    expect((await on(bench, 'drift')).code).toBe(0)
  }))

it('every case was tried', () =>
  count('answers', { 'a command meets an answer without form or end': strange.length }))

it('a cut answer of IAM is asked for again', () =>
  onBench(async bench => {
    await bench.file(file)
    expect((await on(bench, 'apply --yes')).code).toBe(0)
    // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
    bench.sandbox.inject({ when: { operation: 'GetRole' }, then: { truncate: true }, times: 2 })
    expect((await on(bench, 'drift')).code).toBe(0)
  }))

const clock = { now: () => 0, sleep: async () => undefined, random: () => 0 }
const listing = (answer: (input: JsonObject, asked: number) => JsonObject) => {
  const asked = { count: 0 }
  const aws = {
    send: async (_operation: string, input: JsonObject) => answer(input, asked.count++),
    hide: () => undefined,
    strangersOf: () => [],
  }
  const all = pages(aws as never, 'cognito-idp:ListUserPools', {}, 'UserPools')
  return { asked, all }
}

it('pages that never end are given up when there are more than a quota allows, and others had their turn', async () => {
  let turns = 0
  const tick = setInterval(() => turns++, 0)
  const { asked, all } = listing((_input, asked) => ({ UserPools: [], NextToken: `token ${asked}` }))
  await expect(all).rejects.toMatchObject({
    code: 'UnreadableAnswer',
    operation: 'cognito-idp:ListUserPools',
  })
  clearInterval(tick)
  expect(asked.count).toBeLessThan(1100)
  expect(turns).toBeGreaterThan(0)
})

it('tokens that come back after a while are noticed', async () => {
  const { asked, all } = listing((_input, asked) => ({ UserPools: [], NextToken: `token ${asked % 7}` }))
  await expect(all).rejects.toMatchObject({ code: 'UnreadableAnswer' })
  expect(asked.count).toBe(8)
})

it('a page may hold a hundred and fifty thousand entries, and short and empty pages are read on', async () => {
  const many = Array.from({ length: 150_000 }, (_one, index) => ({ Id: `${index}` }))
  const { all } = listing((_input, asked) =>
    asked < 20 ? { UserPools: [], NextToken: `token ${asked}` } : { UserPools: many },
  )
  expect(await all).toHaveLength(150_000)
})

/** A server that answers with bytes of a test's own, or not at all. */
let raw: Raw
beforeAll(async () => {
  raw = await openRaw()
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test')
})
afterAll(() => raw.close())

const askRaw = async (
  say: Raw['say'],
  options: object = {},
  [operation, input]: [string, JsonObject] = ['cognito-idp:DescribeUserPool', { UserPoolId: 'eu-west-1_a' }],
) => {
  raw.say = say
  raw.asked = 0
  const aws = openPort({ region, endpoint: raw.url, clock, ...options })
  return aws.send(operation as never, input).then(
    () => undefined,
    (error: unknown) => error,
  )
}
const reply = (body: string, status = '200 OK', type = 'application/x-amz-json-1.1') =>
  `HTTP/1.1 ${status}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`

it('a clock that is off is neither a bug nor missing credentials; what AWS says of the time is used once', async () => {
  const skew = reply(
    '{"__type":"InvalidSignatureException","message":"Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z"}',
    '400 Bad Request',
  )
  expect(await askRaw(() => skew)).toMatchObject({ code: 'InvalidSignatureException', unknownOutcome: false })
  expect(raw.asked).toBe(2)
})

it('who speaks no HTTP, or no TLS, is not asked for long', async () => {
  expect(await askRaw(() => 'SSH-2.0-OpenSSH\r\n')).toMatchObject({
    code: expect.stringMatching(/^HPE_/),
    message: expect.stringContaining('no HTTP'),
  } as never)
  expect(raw.asked).toBeLessThanOrEqual(3)
  const tls = openPort({ region, endpoint: raw.url.replace('http:', 'https:'), clock })
  raw.say = () => 'HTTP/1.1 400 Bad Request\r\n\r\n'
  raw.asked = 0
  await expect(tls.send('sts:GetCallerIdentity' as never, {})).rejects.toMatchObject({
    unknownOutcome: false,
    message: expect.stringContaining('TLS'),
  })
  expect(raw.asked).toBeLessThanOrEqual(1)
})

it('when nobody has answered for a minute, the run ends and says where, and nothing more is asked', async () => {
  let now = 0
  const passing = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
    random: () => 0,
  }
  const events: unknown[] = []
  const silent = () => {
    // each request takes its half minute on this clock, and a moment on the real one
    now += 30_000
    return undefined
  }
  raw.say = silent
  raw.asked = 0
  const aws = openPort({
    region,
    endpoint: raw.url,
    clock: passing,
    patience: 60,
    contact: event => events.push(event),
  })
  const ask = () => aws.send('cognito-idp:DescribeUserPool' as never, { UserPoolId: 'eu-west-1_a' })
  const ended = { code: 'NoAnswer', message: expect.stringContaining(raw.url) }
  await expect(ask()).rejects.toMatchObject(ended)
  expect(raw.asked).toBe(2)
  await expect(ask()).rejects.toMatchObject(ended)
  expect(raw.asked).toBe(2)
  expect(events).toContainEqual({ address: raw.url })
})
