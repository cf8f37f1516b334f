// Whether Cognito may invoke the functions of triggers: what is said of it, and what counts as a permission.
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider'
import { AddPermissionCommand, GetPolicyCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import type { Plan } from '../../src/model.ts'
import { account, type Bench, changeOf, leftIn, onBench, region, writesOf } from './run.ts'

const functionArn = (name: string, owner = account) => `arn:aws:lambda:${region}:${owner}:function:${name}`

const file = (mode: string, arn = functionArn('pre-sign-up')) =>
  `version: 1\nstack: shop\nregion: eu-west-1\nuserPools:\n  customers:\n    ${mode}\n    triggers: { preSignUp: "${arn}" }\n`

const poolArnOf = async (bench: Bench, plan: () => Promise<Plan>): Promise<string> => {
  await plan()
  const { UserPools } = await bench.cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))
  return `arn:aws:cognito-idp:${region}:${account}:userpool/${UserPools?.[0]?.Id}`
}

const lambdaOf = (bench: Bench) =>
  new LambdaClient({
    endpoint: bench.sandbox.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: 'unused' },
  })

const said = (plan: Plan) =>
  plan.diagnostics.map(({ code, severity, path }) => [code, severity, path.join('.')])

const at = 'userPools.customers.triggers.preSignUp'

describe('check', () => {
  test('warns of a function without a permission, at the trigger, before and after the pool is made', () =>
    onBench(async bench => {
      const config = await bench.file(file(''))
      const first = await bench.make(config)
      expect(said(first)).toEqual([['COG3008', 'warning', at]])
      const second = await bench.plan(config)
      expect(said(second)).toEqual([['COG3008', 'warning', at]])
      expect(leftIn(second)).toEqual([])
    }))

  test('says nothing of a permission for every pool of the account, whoever made it', () =>
    onBench(async bench => {
      const config = await bench.file(file('invokePermission: check'))
      await bench.make(config)
      await lambdaOf(bench).send(
        new AddPermissionCommand({
          FunctionName: 'pre-sign-up',
          StatementId: 'by-hand',
          Action: 'lambda:InvokeFunction',
          Principal: 'cognito-idp.amazonaws.com',
          SourceArn: `arn:aws:cognito-idp:${region}:${account}:userpool/*`,
        }),
      )
      expect(said(await bench.plan(config))).toEqual([])
    }))

  test.each([
    ['another service', { Principal: 's3.amazonaws.com' }],
    ['another pool', { SourceArn: `arn:aws:cognito-idp:${region}:${account}:userpool/${region}_Another00` }],
    ['pools of another account', { SourceAccount: '444455556666' }],
    ['another action', { Action: 'lambda:GetFunction' }],
    ['an alias alone', { Qualifier: 'live' }],
  ])('is not content with a permission for %s', (_what, other) =>
    onBench(async bench => {
      const config = await bench.file(file(''))
      const arn = await poolArnOf(bench, () => bench.make(config))
      await lambdaOf(bench).send(
        new AddPermissionCommand({
          FunctionName: 'pre-sign-up',
          StatementId: 'by-hand',
          Action: 'lambda:InvokeFunction',
          Principal: 'cognito-idp.amazonaws.com',
          SourceArn: arn,
          ...other,
        }),
      )
      expect(said(await bench.plan(config))).toEqual([['COG3008', 'warning', at]])
    }),
  )

  test('takes a refused read for a note, not for a failure or an absence', () =>
    onBench(async bench => {
      const config = await bench.file(file(''))
      await bench.make(config)
      bench.sandbox.inject({
        when: { service: 'lambda', operation: 'GetPolicy' },
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        then: { error: { code: 'AccessDeniedException', message: 'User is not authorized', status: 403 } },
      })
      const plan = await bench.plan(config)
      expect(said(plan)).toEqual([['COG3011', 'note', at]])
      expect(plan.unread).toEqual([])
    }))
})

describe('manage', () => {
  test('adds a statement of its own name, for this pool of this account alone', () =>
    onBench(async bench => {
      const config = await bench.file(file('invokePermission: manage'))
      const arn = await poolArnOf(bench, () => bench.make(config))
      const { Policy } = await lambdaOf(bench).send(new GetPolicyCommand({ FunctionName: 'pre-sign-up' }))
      expect(JSON.parse(Policy as string).Statement).toEqual([
        {
          Sid: `cogsync-shop-customers-${arn.split('/')[1]}`,
          Effect: 'Allow',
          Principal: { Service: 'cognito-idp.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: functionArn('pre-sign-up'),
          Condition: {
            StringEquals: { 'AWS:SourceAccount': account },
            ArnLike: { 'AWS:SourceArn': arn },
          },
        },
      ])
      expect(said(await bench.plan(config))).toEqual([])
    }))

  test('takes a permission that others made for its own purpose, and never removes it', () =>
    onBench(async bench => {
      const arn = await poolArnOf(bench, async () => bench.make(await bench.file(file(''))))
      await lambdaOf(bench).send(
        new AddPermissionCommand({
          FunctionName: 'pre-sign-up',
          StatementId: 'by-hand',
          Action: 'lambda:InvokeFunction',
          Principal: 'cognito-idp.amazonaws.com',
          SourceArn: arn,
        }),
      )
      await bench.rest(await bench.file(file('invokePermission: manage')))
      bench.sandbox.resetLog()
      await bench.make(await bench.file(file('invokePermission: manage', functionArn('tokens'))))
      expect(writesOf(bench.sandbox)).toEqual(['UpdateUserPool', 'AddPermission'])
    }))

  test("leaves another account's function alone, with a note", () =>
    onBench(async bench => {
      const config = await bench.file(
        file('invokePermission: manage', functionArn('pre-sign-up', '444455556666')),
      )
      const plan = await bench.make(config)
      expect(said(plan)).toEqual([['COG3010', 'note', at]])
      expect(bench.sandbox.requests.filter(({ service }) => service === 'lambda')).toEqual([])
    }))

  test('says which statement it would add', () =>
    onBench(async bench => {
      const plan = await bench.plan(await bench.file(file('invokePermission: manage')))
      const { action, calls } = changeOf(plan, 'userPools.customers.invokePermission.pre-sign-up')
      expect(action).toBe('create')
      expect(calls).toMatchObject([
        {
          operation: 'lambda:AddPermission',
          input: {
            FunctionName: functionArn('pre-sign-up'),
            Action: 'lambda:InvokeFunction',
            Principal: 'cognito-idp.amazonaws.com',
            SourceAccount: account,
            SourceArn: { $ref: 'userPools.customers', attr: 'ids.Arn' },
          },
        },
      ])
    }))
})

test('a function that two triggers write in two ways has one permission', () =>
  onBench(async bench => {
    const [literal, reference] = [functionArn('tokens'), functionArn('tokens', '${account}')]
    const config = await bench.file(
      `version: 1\nstack: shop\nregion: eu-west-1\nuserPools:\n  customers:\n    invokePermission: manage\n    triggers: { preSignUp: "${literal}", postConfirmation: "${reference}" }\n`,
    )
    await bench.make(config)
    expect(writesOf(bench.sandbox)).toEqual(['CreateUserPool', 'AddPermission'])
    await bench.rest(config)
  }))
