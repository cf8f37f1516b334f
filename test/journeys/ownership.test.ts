// Whose a resource is: tags say it, names only suggest it, and what is not ours is left alone.

import { CreateIdentityPoolCommand, ListIdentityPoolsCommand } from '@aws-sdk/client-cognito-identity'
import {
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateRoleCommand, GetRoleCommand } from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { type Bench, changeOf, leftIn, onBench, refusal, writesOf } from './run.ts'

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const environments = 'environments: { dev: {}, prod: {} }\n'
const pool = 'userPools.customers'

const tagsOf = (key: string, environment?: string) => ({
  'cogsync:stack': 'shop',
  'cogsync:key': key,
  ...(environment && { 'cogsync:environment': environment }),
})

async function makePool({ cognito }: Bench, PoolName: string, UserPoolTags = {}): Promise<string> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName, UserPoolTags }))
  return UserPool?.Id as string
}

const poolsIn = async ({ cognito }: Bench): Promise<string[]> =>
  ((await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools ?? []).map(
    ({ Id }) => `${Id}`,
  )

const errorsIn = (plan: { diagnostics: { code: string; severity: string }[] }) =>
  plan.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)

/** The plan may not be applied, and nothing is written. */
async function isRefused(bench: Bench, plan: Awaited<ReturnType<Bench['plan']>>): Promise<void> {
  bench.sandbox.resetLog()
  expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
  expect(writesOf(bench.sandbox)).toEqual([])
}

describe('before anything is created, tags are looked for', () => {
  test('a pool that was renamed in the console is still ours, and gets its name back', () =>
    onBench(async bench => {
      const id = await makePool(bench, 'renamed by hand', tagsOf('customers'))
      const config = await bench.file(`${head}userPools: { customers: {} }\n`)
      const plan = await bench.make(config)
      expect(changeOf(plan, pool)).toMatchObject({ action: 'update', ids: { UserPoolId: id } })
      expect(await poolsIn(bench)).toEqual([id])
      await bench.rest(config)
    }))

  test('a stranger that has taken the name of our renamed pool is no candidate', () =>
    onBench(async bench => {
      const ours = await makePool(bench, 'renamed by hand', tagsOf('customers'))
      const stranger = await makePool(bench, 'customers')
      const config = await bench.file(`${head}userPools: { customers: {} }\n`)
      expect(changeOf(await bench.make(config), pool).ids).toEqual({ UserPoolId: ours })
      await bench.rest(config)
      const { UserPool } = await bench.cognito.send(new DescribeUserPoolCommand({ UserPoolId: stranger }))
      expect(UserPool?.UserPoolTags ?? {}).toEqual({})
    }))

  test('two pools with our tags are an error with both ids, whatever their names', () =>
    onBench(async bench => {
      const ids = [
        await makePool(bench, 'one', tagsOf('customers')),
        await makePool(bench, 'two', tagsOf('customers')),
      ]
      const plan = await bench.plan(await bench.file(`${head}userPools: { customers: {} }\n`))
      expect(errorsIn(plan)).toEqual(['COG4002'])
      for (const id of ids) expect(plan.diagnostics[0]?.message).toContain(id)
      await isRefused(bench, plan)
    }))

  test('an identity pool is found by its tags too, and two are an error with both ids', () =>
    onBench(async bench => {
      const make = async (IdentityPoolName: string) =>
        (
          await bench.identity.send(
            new CreateIdentityPoolCommand({
              IdentityPoolName,
              AllowUnauthenticatedIdentities: false,
              IdentityPoolTags: tagsOf('app'),
            }),
          )
        ).IdentityPoolId as string
      const first = await make('renamed by hand')
      const config = await bench.file(`${head}identityPools: { app: {} }\n`)
      expect(changeOf(await bench.make(config), 'identityPools.app').action).toBe('update')
      const { IdentityPools } = await bench.identity.send(new ListIdentityPoolsCommand({ MaxResults: 60 }))
      expect(IdentityPools?.map(({ IdentityPoolId }) => IdentityPoolId)).toEqual([first])
      const second = await make('app')
      const plan = await bench.plan(config)
      expect(errorsIn(plan)).toEqual(['COG4002'])
      for (const id of [first, second]) expect(plan.diagnostics[0]?.message).toContain(id)
    }))

  test('what is made between the plan and the apply is found, and no second one is made', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(`${head}userPools: { customers: {} }\n`))
      const id = await makePool(bench, 'customers', tagsOf('customers'))
      await isRefused(bench, plan)
      expect(await poolsIn(bench)).toEqual([id])
    }))
})

describe('environments', () => {
  test('of one stack have pools of the same name side by side in one account', () =>
    onBench(async bench => {
      const config = await bench.file(
        `${head}${environments}userPools: { customers: { clients: { web: {} } } }\n`,
      )
      await bench.make(config, { environment: 'dev' })
      const plan = await bench.make(config, { environment: 'prod' })
      expect(changeOf(plan, pool).action).toBe('create')
      expect(await poolsIn(bench)).toHaveLength(2)
      await bench.rest(config, { environment: 'dev' })
      await bench.rest(config, { environment: 'prod' })
    }))

  test('are part of whose a pool is: another one of the same stack is nobody to be adopted', () =>
    onBench(async bench => {
      const dev = await makePool(bench, 'customers', tagsOf('customers', 'dev'))
      const config = await bench.file(`${head}${environments}userPools: { customers: {} }\n`)
      const plan = await bench.make(config, { environment: 'prod', adopt: true })
      expect(changeOf(plan, pool).action).toBe('create')
      const { UserPool } = await bench.cognito.send(new DescribeUserPoolCommand({ UserPoolId: dev }))
      expect(UserPool?.UserPoolTags).toEqual(tagsOf('customers', 'dev'))
    }))

  test('do not delete the roles of one another, though a tombstone names one', () =>
    onBench(async bench => {
      const trust = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      })
      const Tags = Object.entries(tagsOf('member', 'dev')).map(([Key, Value]) => ({ Key, Value }))
      await bench.iam.send(
        new CreateRoleCommand({ RoleName: 'member', AssumeRolePolicyDocument: trust, Tags }),
      )
      const config = await bench.file(`${head}${environments}removed: { roles: [member] }\n`)
      const plan = await bench.plan(config, { environment: 'prod' })
      expect(errorsIn(plan)).toEqual(['COG4003'])
      expect(plan.changes).toEqual([])
      const { Role } = await bench.iam.send(new GetRoleCommand({ RoleName: 'member' }))
      expect(Role?.RoleName).toBe('member')
      expect((await bench.plan(config, { environment: 'dev' })).changes.map(({ action }) => action)).toEqual([
        'delete',
      ])
    }))
})

describe('what is not ours', () => {
  test('and bears the name is an error, until it is pinned or adopted', () =>
    onBench(async bench => {
      const id = await makePool(bench, 'customers')
      const config = await bench.file(`${head}unspecified: keep\nuserPools: { customers: {} }\n`)
      const plan = await bench.plan(config)
      expect(errorsIn(plan)).toEqual(['COG4003'])
      expect(plan.diagnostics[0]?.hint).toContain(`id: ${id}`)
      expect(plan.diagnostics[0]?.hint).toContain('--adopt')
      await isRefused(bench, plan)
      expect(changeOf(await bench.plan(config, { adopt: [pool] }), pool).action).toBe('adopt')
    }))

  test.each([
    ['another stack', { 'cogsync:stack': 'other', 'cogsync:key': 'customers' }, 'with `id: '],
    ['another key of this stack', tagsOf('people'), 'movedFrom: people'],
  ])('and belongs to %s is not adopted, neither by address nor with all', (_what, tags, hint) =>
    onBench(async bench => {
      const id = await makePool(bench, 'customers', tags)
      const config = await bench.file(`${head}unspecified: keep\nuserPools: { customers: {} }\n`)
      for (const adopt of [true as const, [pool]]) {
        const plan = await bench.plan(config, { adopt })
        expect(errorsIn(plan)).toEqual(['COG4003'])
        expect(plan.diagnostics[0]?.hint).toContain(hint)
      }
      await bench.file(`${head}unspecified: keep\nuserPools: { customers: { id: ${id} } }\n`)
      expect(changeOf(await bench.plan(config), pool).action).toBe('adopt')
    }),
  )

  test('in our own pool, made by other services or by Cognito, is not even unlisted', () =>
    onBench(async bench => {
      const config = await bench.file(`${head}userPools: { customers: {} }\n`)
      await bench.make(config)
      const [UserPoolId = ''] = await poolsIn(bench)
      for (const ClientName of ['AmazonOpenSearchService-shop-eu-west-1-abc', 'AWSElasticsearch-shop'])
        await bench.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName }))
      await bench.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: `${UserPoolId}_Google` }))
      const plan = await bench.plan(config)
      expect(plan.unlisted).toEqual([])
      await bench.rest(config)
      const { UserPoolClients } = await bench.cognito.send(new ListUserPoolClientsCommand({ UserPoolId }))
      expect(UserPoolClients).toHaveLength(2)
    }))

  test('and has lost its tags is not ours any more, and never made again beside', () =>
    onBench(async bench => {
      const config = await bench.file(`${head}userPools: { customers: {} }\n`)
      await bench.make(config)
      const [UserPoolId = ''] = await poolsIn(bench)
      const { UserPool } = await bench.cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
      await bench.cognito.send(
        new TagResourceCommand({ ResourceArn: UserPool?.Arn, Tags: { 'cogsync:stack': 'other' } }),
      )
      const plan = await bench.plan(config)
      expect(errorsIn(plan)).toEqual(['COG4003'])
      await isRefused(bench, plan)
      expect(leftIn(plan)).toHaveLength(1)
      expect(await poolsIn(bench)).toEqual([UserPoolId])
    }))
})
