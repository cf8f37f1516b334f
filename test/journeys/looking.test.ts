// Reading only what is needed, and saying what was not looked at.
import {
  CreateGroupCommand,
  SetLogDeliveryConfigurationCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { command } from './command.ts'
import { type Bench, leftIn, onBench } from './run.ts'

const text = `version: 1
stack: shop
region: eu-west-1
userPools:
  customers:
    clients:
      web: { supportedIdentityProviders: [COGNITO], allowedOAuthScopes: [orders/read], allowedOAuthFlows: [code], allowedOAuthFlowsUserPoolClient: true, callbackUrls: [https://shop.example/back] }
      ios: {}
      android: {}
    resourceServers:
      orders: { identifier: orders, scopes: { read: Reads orders } }
    groups:
      admins: { precedence: 1 }
  partners:
    clients:
      portal: {}
`

/** What a sandbox was asked since its log was cleared, each operation once for every time. */
const asked = ({ sandbox }: Bench): string[] => sandbox.requests.map(({ operation }) => operation).sort()

const poolId = async ({ sandbox }: Bench, name: string): Promise<string> => {
  const made = sandbox.requests.find(
    ({ operation, input }) => operation === 'CreateUserPoolClient' && input['ClientName'] === name,
  )
  return String(made?.input['UserPoolId'])
}

test('--target reads a client, its pool and what it names, and nothing else', () =>
  onBench(async bench => {
    const config = await bench.file(text)
    await bench.make(config)
    bench.sandbox.resetLog()
    const plan = await bench.plan(config, { targets: ['userPools.customers.clients.web'] })
    expect(asked(bench)).toEqual([
      'DescribeUserPool',
      'DescribeUserPoolClient',
      'GetCallerIdentity',
      'GetUserPoolMfaConfig',
      'ListResourceServers',
      'ListUserPoolClients',
      'ListUserPools',
    ])
    expect(leftIn(plan)).toEqual([])
    expect(plan.changes.map(({ address }) => address).sort()).toEqual([
      'userPools.customers',
      'userPools.customers.clients.web',
      'userPools.customers.resourceServers.orders',
    ])
    expect(plan.unseen?.filter(({ why }) => why === 'target')).toEqual([
      { kind: 'userPool', why: 'target', count: 1 },
      { kind: 'userPoolClient', why: 'target', count: 3 },
      { kind: 'group', why: 'target', count: 1 },
    ])
  }))

test('--target takes nothing that it does not look at for what the file does not list', () =>
  onBench(async bench => {
    const config = await bench.file(text)
    await bench.make(config)
    const UserPoolId = await poolId(bench, 'web')
    await bench.cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'guests' }))
    const targets = (await bench.plan(config, { targets: ['userPools.customers.clients.web'] })).unlisted
    expect(targets).toEqual([])
    const whole = await bench.plan(config, { targets: ['userPools.customers'] })
    expect(whole.unlisted.map(({ address }) => address)).toEqual(['userPools.customers.groups.guests'])
  }))

test('drift --full reads what the file says nothing of, and says what there is', () =>
  onBench(async bench => {
    const config = await bench.file(text)
    await bench.make(config)
    const UserPoolId = await poolId(bench, 'web')
    await bench.cognito.send(
      new SetLogDeliveryConfigurationCommand({
        UserPoolId,
        LogConfigurations: [
          {
            EventSource: 'userNotification',
            LogLevel: 'ERROR',
            CloudWatchLogsConfiguration: {
              LogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:people',
            },
          },
        ],
      }),
    )
    bench.sandbox.resetLog()
    const quick = await command(bench, 'drift')
    expect(quick.said).toContain('Not looked at, because the file says nothing of it:')
    expect(quick.said).toContain('session tracking, session reuse and 8 more')
    expect(asked(bench)).not.toContain('GetLogDeliveryConfiguration')
    const { plan } = JSON.parse((await command(bench, 'drift', '--json')).printed)
    expect(plan.unseen).toContainEqual({ kind: 'logDelivery', why: 'unmanaged', count: 2 })
    const full = await command(bench, 'drift', '--full')
    expect(full.said).not.toContain('Not looked at')
    expect(full.said).toContain('userPools.customers.logDelivery')
    expect(asked(bench).filter(name => name === 'GetLogDeliveryConfiguration')).toHaveLength(2)
  }))

test('what the file does say is read, for its resource alone', () =>
  onBench(async bench => {
    const config = await bench.file(
      text
        .replace('ios: {}', 'ios: { sessions: { ssoSession: { maxValidity: 30m } } }')
        .replace('customers:\n', 'customers:\n    sessions: { userSessionTracking: ENABLED }\n'),
    )
    await bench.make(config)
    bench.sandbox.resetLog()
    await bench.plan(config)
    expect(asked(bench).filter(name => name === 'GetUserPoolClientSessionConfiguration')).toHaveLength(1)
  }))

test('creations look for what has their name once for all of them, before and after', () =>
  onBench(async bench => {
    const config = await bench.file(text)
    await bench.make(config)
    const more = Array.from({ length: 70 }, (_, index) => `      app-${index}: {}\n`).join('')
    const plan = await bench.plan(
      await bench.file(text.replace('    resourceServers:', `${more}    resourceServers:`)),
    )
    bench.sandbox.resetLog()
    await bench.apply(plan)
    // one page before, and the two that there are after
    expect(asked(bench).filter(name => name === 'ListUserPoolClients')).toHaveLength(3)
    expect(asked(bench).filter(name => name === 'CreateUserPoolClient')).toHaveLength(70)
  }))

test('--target that names nothing is an error, not an empty plan', () =>
  onBench(async bench => {
    await bench.make(await bench.file(text))
    for (const argv of [['plan'], ['apply', '--yes'], ['drift']]) {
      const { code, said } = await command(bench, ...argv, '--target', 'userPools.customer')
      expect(said).toContain(
        'the file has no userPools.customer\n  help: did you mean `userPools.customers`?',
      )
      expect(code).toBe(1)
    }
    // what the file does not list is not looked for, so nothing is said of AWS
    const fewer = await bench.file(text.replace('      android: {}\n', ''))
    const android = 'userPools.customers.clients.android'
    const { code, said } = await command(bench, 'drift', '--config', fewer, '--target', android)
    expect([code, said]).toEqual([1, expect.stringContaining(`error: the file has no ${android}\n`)])
    expect((await command(bench, 'plan', '--target', 'userPools.customers.clients')).code).toBe(0)
    const empty = await bench.file(
      text.replace('clients:\n      web', 'removed: { clients: [old] }\n    clients:\n      web'),
    )
    expect(
      (await command(bench, 'plan', '--config', empty, '--target', 'userPools.customers.clients.old')).code,
    ).toBe(0)
  }))

test('--target finds what is to be removed, though the file has no such resource any more', () =>
  onBench(async bench => {
    await bench.make(await bench.file(text))
    const without = text
      .replace('      android: {}\n', '')
      .replace('    resourceServers:', '    removed: { clients: [android] }\n    resourceServers:')
    const config = await bench.file(without)
    const address = 'userPools.customers.clients.android'
    const { changes, unlisted } = await bench.plan(config, { targets: [address] })
    expect(changes.filter(({ action }) => action !== 'none').map(({ action }) => action)).toEqual(['delete'])
    expect(unlisted).toEqual([])
  }))
