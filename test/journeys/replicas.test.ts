// Replicas of user pools: what a stream of files cannot show.
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  CreateUserPoolReplicaCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { command } from './command.ts'
import { account, type Bench, leftIn, onBench, refusal, writesOf } from './run.ts'

const west = 'us-west-2'
const key =
  'key: { keyType: CUSTOMER_MANAGED_KEY, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-1" }'
const encrypted = {
  KeyConfiguration: {
    KeyType: 'CUSTOMER_MANAGED_KEY',
    KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1',
  },
} as const
const file = (settings: string, region = 'eu-west-1') => `version: 1
stack: shop
region: ${region}
userPools:
  customers: ${settings}
`
const replicated = file(`{ name: customers, ${key}, replicas: { ${west}: { status: ACTIVE } } }`)

const inWest = (bench: Bench) =>
  new CognitoIdentityProviderClient({
    endpoint: bench.sandbox.url,
    region: west,
    credentials: { accessKeyId: account, secretAccessKey: 'unused' },
  })

/** The id of the one pool that a Region shows. */
const poolId = async (cognito: CognitoIdentityProviderClient) =>
  (await cognito.send(new ListUserPoolsCommand({ MaxResults: 2 }))).UserPools?.[0]?.Id as string

test.each([
  ['by its name', (_id: string) => '{ name: customers }', {}],
  ['by its name, to be taken over', (_id: string) => '{ name: customers }', { adopt: true as const }],
  ['by its id', (id: string) => `{ name: other, id: ${id} }`, {}],
  ['as somebody else’s, by its id', (id: string) => `{ existing: { id: ${id} }, clients: { web: {} } }`, {}],
  ['as somebody else’s, by its name', () => '{ existing: { name: customers }, clients: { web: {} } }', {}],
])('a replica found %s manages nothing', (_how, settings, options) =>
  onBench(async bench => {
    await bench.make(await bench.file(replicated))
    const config = await bench.file(file(settings(await poolId(bench.cognito)), west))
    const plan = await bench.plan(config, options)
    expect(plan.changes).toEqual([])
    expect(plan.diagnostics).toMatchObject([
      { code: 'COG4006', severity: 'error', hint: expect.stringContaining('region: eu-west-1') },
    ])
    expect((await refusal(bench.apply(plan, options)))['exit']).toBe(5)
  }),
)

test('two Regions may each have a pool of one name and key, and one of them a replica of the other', () =>
  onBench(async bench => {
    await bench.make(await bench.file(file('{ name: customers }', west)))
    await bench.make(await bench.file(replicated))
    const there = await bench.file(file('{ name: customers }', west))
    expect(leftIn(await bench.plan(there))).toEqual([])
  }))

test('each Region gets its own settings, and nothing else', () =>
  onBench(async bench => {
    const regional = (text: string) =>
      file(`{ name: customers, autoVerifiedAttributes: [email], ${key}, replicas: { ${west}: ${text} } }`)
    const function_ = `arn:aws:lambda:${west}:${account}:function:tokens`
    const config = await bench.file(regional(`{ triggers: { preTokenGeneration: "${function_}" } }`))
    await bench.make(config)
    const UserPoolId = await poolId(bench.cognito)
    const read = async (cognito: CognitoIdentityProviderClient) =>
      (await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool
    expect(await read(inWest(bench))).toMatchObject({
      LambdaConfig: { PreTokenGeneration: function_ },
      AutoVerifiedAttributes: ['email'],
      UserPoolTags: { 'cogsync:stack': 'shop', 'cogsync:key': west },
    })
    expect((await read(bench.cognito))?.LambdaConfig).toEqual({})

    const ResourceArn = `arn:aws:cognito-idp:${west}:${account}:userpool/${UserPoolId}`
    await inWest(bench).send(new TagResourceCommand({ ResourceArn, Tags: { by: 'hand' } }))
    expect(leftIn(await bench.plan(config))).toMatchObject([
      { address: `userPools.customers.replicas.${west}`, fields: [{ path: 'tags' }] },
    ])
    await bench.make(config)
    await bench.rest(config)
  }))

test('one that is still being made is waited for, and says so when a plan comes too early', () =>
  onBench(async bench => {
    const { UserPool } = await bench.cognito.send(
      new CreateUserPoolCommand({
        PoolName: 'customers',
        ...encrypted,
      }),
    )
    await bench.cognito.send(new CreateUserPoolReplicaCommand({ UserPoolId: UserPool?.Id, RegionName: west }))
    const early = await bench.file(
      file(`{ existing: { name: customers }, replicas: { ${west}: { status: ACTIVE } } }`),
    )
    const settle = bench.sandbox.inject({
      when: { operation: 'ListUserPoolReplicas' },
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      then: {
        mutate: ({ UserPoolReplicas }) => ({
          UserPoolReplicas: (UserPoolReplicas as { Role: string }[]).map(one =>
            one.Role === 'PRIMARY' ? one : { ...one, Status: 'PENDING_CREATE' },
          ),
        }),
      },
    })
    const [change] = leftIn(await bench.plan(early)) as [{ blocked: object[] }]
    expect(change.blocked).toMatchObject([
      { path: 'status', code: 'COG3009', reason: expect.stringContaining('PENDING_CREATE') },
    ])
    settle()
    await bench.make(early)
    await bench.rest(early)
  }))

test('a creation whose answer is lost is found again', () =>
  onBench(async bench => {
    await bench.make(await bench.file(file(`{ name: customers, ${key} }`)))
    bench.sandbox.inject({
      when: { operation: 'CreateUserPoolReplica' },
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      then: { drop: 'after' },
      times: 1,
    })
    const config = await bench.file(replicated)
    await bench.make(config)
    expect(writesOf(bench.sandbox).filter(name => name === 'CreateUserPoolReplica')).toHaveLength(1)
    await bench.rest(config)
  }))

test('a file with replicas in two Regions is refused', () =>
  onBench(async bench => {
    await bench.file(file(`{ ${key}, replicas: { ${west}: {}, us-east-1: {} } }`))
    const { code, said } = await command(bench, 'validate')
    expect(code).toBe(3)
    expect(said).toContain('COG2982')
  }))

test('one named under `removed` is switched off and deleted before another is made', () =>
  onBench(async bench => {
    await bench.make(await bench.file(replicated))
    const east = `{ name: customers, ${key}, replicas: { us-east-1: {} }, removed: { replicas: [${west}] } }`
    const config = await bench.file(file(east))
    bench.sandbox.resetLog()
    await bench.make(config)
    expect(writesOf(bench.sandbox)).toEqual([
      'UpdateUserPoolReplica',
      'DeleteUserPoolReplica',
      'CreateUserPoolReplica',
    ])
    await bench.rest(config)
  }))
