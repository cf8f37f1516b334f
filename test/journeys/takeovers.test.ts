// What bears our name without being ours, what is ours under another name, and what cannot be made ours.
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { GetRoleCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { type Bench, leftIn, onBench, refusal, writesOf } from './run.ts'

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const trust = (service: string) =>
  `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: ${service} }, Action: "sts:AssumeRole" }] }`
const roles = (name: string, more = '') =>
  `${head}roles:\n  sms: { name: ${name}, trust: ${trust('cognito-idp.amazonaws.com')} }\n${more}`

test('a role renamed in the file is the same role, and stays blocked', () =>
  onBench(async bench => {
    await bench.make(await bench.file(roles('shop-sms')))
    const config = await bench.file(roles('shop-text'))
    const plan = await bench.plan(config)
    expect(leftIn(plan)).toMatchObject([
      {
        address: 'roles.sms',
        action: 'blocked',
        blocked: [{ path: 'name', before: 'shop-sms', after: 'shop-text', code: 'COG3001' }],
      },
    ])
    expect(plan.changes[0]?.blocked[0]?.remedy).toContain('a role cannot be renamed')
    expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
  }))

test('a role whose old name is under `removed` is made again under the new one', () =>
  onBench(async bench => {
    await bench.make(await bench.file(roles('shop-sms')))
    const config = await bench.file(roles('shop-text', 'removed: { roles: [shop-sms] }\n'))
    const plan = await bench.make(config)
    expect(plan.changes.map(({ action, name }) => `${action} ${name}`)).toEqual([
      'create shop-text',
      'delete shop-sms',
    ])
    await bench.rest(config)
    await expect(bench.iam.send(new GetRoleCommand({ RoleName: 'shop-sms' }))).rejects.toThrow(
      'cannot be found',
    )
  }))

test('a role goes only once whatever had it has another', () =>
  onBench(async bench => {
    const web = 'trust: { identityPool: app, amr: authenticated }'
    const app = (role: string) =>
      `${head}identityPools:\n  app: { allowUnauthenticatedIdentities: false, roles: { authenticated: "\${roles.${role}.arn}" } }\n`
    await bench.make(await bench.file(`${app('old')}roles:\n  old: { name: shop-old, ${web} }\n`))
    bench.sandbox.inject({
      when: { operation: 'SetIdentityPoolRoles' },
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      then: { error: { code: 'NotAuthorizedException', message: 'not you', status: 400 } },
    })
    const config = await bench.file(
      `${app('new')}removed: { roles: [shop-old] }\nroles:\n  new: { name: shop-new, ${web} }\n`,
    )
    const { outcomes } = await bench.apply(await bench.plan(config))
    expect(outcomes.map(({ address, status }) => `${address} ${status}`)).toEqual([
      'roles.new done',
      'identityPools.app.roles failed',
      'roles.shop-old not tried',
    ])
  }))

test('roles are searched for every look at everything, and else only when one is about to be made', () =>
  onBench(async bench => {
    const config = await bench.file(roles('shop-sms'))
    const searches = async (options = {}) => {
      bench.sandbox.resetLog()
      await bench.plan(config, options)
      return bench.sandbox.requests.filter(({ operation }) => operation === 'ListRoles').length
    }
    const options = { targets: ['roles.sms'] }
    expect(await searches(options)).toBe(1)
    await bench.make(config)
    expect(await searches(options)).toBe(0)
    expect(await searches()).toBe(1)
  }))

test('without permission to search roles none is made, since it may be there under another name', () =>
  onBench(async bench => {
    bench.sandbox.inject({
      when: { operation: 'ListRoles' },
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      then: { error: { code: 'AccessDenied', message: 'not you', status: 403 } },
    })
    const plan = await bench.plan(await bench.file(roles('shop-sms')))
    expect(plan.unread).toMatchObject([
      { address: 'roles.sms', operation: 'iam:ListRoles' },
      { address: 'roles.*', operation: 'iam:ListRoles' },
    ])
    expect(plan.changes).toEqual([])
    // a file without roles is applied all the same, and drift cannot say that there are none
    const other = await bench.make(await bench.file(head))
    expect(other.unread).toEqual([])
    expect(other.unseen).toEqual([{ kind: 'role', why: 'denied', count: 1 }])
    expect(other.diagnostics).toMatchObject([{ code: 'COG4007', severity: 'note' }])
  }))

const platformPool = async ({ cognito }: Bench, client?: object) => {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'platform' }))
  if (client !== undefined)
    await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'web', ...client }),
    )
}
const ownClient = (settings: string) =>
  `${head}userPools:\n  platform: { existing: { name: platform }, clients: { web: ${settings} } }\n`

test('a client of an existing pool that is known by its name alone is taken over with a warning', () =>
  onBench(async bench => {
    await platformPool(bench, { AccessTokenValidity: 2 })
    const config = await bench.file(ownClient('{}'))
    const plan = await bench.plan(config)
    expect(plan.diagnostics).toMatchObject([
      { code: 'COG3031', severity: 'warning', path: ['userPools', 'platform', 'clients', 'web'] },
    ])
    const id = plan.changes.find(({ action }) => action === 'update')?.ids['ClientId']
    expect(plan.diagnostics[0]?.hint).toContain(`id: ${id}`)
    expect((await bench.plan(await bench.file(ownClient(`{ id: ${id} }`)))).diagnostics).toEqual([])
  }))

test('a client of an existing pool that is as the file says needs no warning', () =>
  onBench(async bench => {
    await platformPool(bench)
    const config = await bench.file(ownClient('{ accessTokenValidity: 2h }'))
    expect((await bench.make(config)).diagnostics).toEqual([])
    expect((await bench.plan(config)).diagnostics).toEqual([])
  }))

test('what has no room for the ownership tags is not taken over', () =>
  onBench(async bench => {
    const UserPoolTags = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`t${index}`, 'x']))
    await bench.cognito.send(new CreateUserPoolCommand({ PoolName: 'customers', UserPoolTags }))
    const config = await bench.file(`${head}unspecified: keep\nuserPools: { customers: {} }\n`)
    bench.sandbox.resetLog()
    const plan = await bench.plan(config, { adopt: true })
    expect(leftIn(plan)).toMatchObject([{ action: 'blocked', blocked: [{ path: 'tags', code: 'COG3030' }] }])
    expect((await refusal(bench.apply(plan, { adopt: true })))['exit']).toBe(5)
    expect(writesOf(bench.sandbox)).toEqual([])
    const { UserPools } = await bench.cognito.send(new ListUserPoolsCommand({ MaxResults: 2 }))
    expect(UserPools).toHaveLength(1)
  }))
