// cogsync destroy: only what is named, only by whoever gives its name, and in an order that AWS takes.
import {
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  CreateUserPoolReplicaCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test } from 'vitest'
import { command } from './command.ts'
import { type Bench, onBench, writesOf } from './run.ts'
import { differenceOf, thingsIn } from './things.ts'

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const pool = 'userPools.customers'
const two = `${head}userPools: { customers: { name: shop customers, deletionProtection: ACTIVE, clients: { web: {} } }, staff: {} }\n`

const poolIds = async ({ cognito }: Bench): Promise<string[]> =>
  ((await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools ?? []).map(
    ({ Id }) => `${Id}`,
  )

/** Nothing is written, and the command ends with this code. */
async function refuses(bench: Bench, exit: number, ...argv: string[]): Promise<string> {
  bench.sandbox.resetLog()
  const { code, said } = await command(bench, 'destroy', ...argv)
  expect({ code, writes: writesOf(bench.sandbox) }).toEqual({ code: exit, writes: [] })
  return said
}

describe('the name', () => {
  test('must be given: without it, the plan is shown and nothing is deleted', () =>
    onBench(async bench => {
      await bench.make(await bench.file(two))
      const said = await refuses(bench, 5, '--target', pool)
      expect(said).toContain('delete user pool "shop customers"')
      expect(said).toContain('--confirm "shop customers"')
      await refuses(bench, 5, '--target', pool, '--no-input')
    }))

  test('must be the right one, for every target', () =>
    onBench(async bench => {
      await bench.make(await bench.file(two))
      await refuses(bench, 5, '--target', pool, '--confirm', 'customers')
      await refuses(bench, 5, '--target', pool, '--target', 'userPools.staff', '--confirm', 'shop customers')
    }))

  test('passed, deletes that pool, protected as it was, and nothing else', () =>
    onBench(async bench => {
      await bench.make(await bench.file(two))
      const before = thingsIn(bench.sandbox)
      const { code, said } = await command(
        bench,
        'destroy',
        '--target',
        pool,
        '--confirm',
        'shop customers',
        '--json',
      )
      expect(code).toBe(0)
      const document = JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1))
      expect(document).toMatchObject({
        format: 1,
        command: 'destroy',
        exitCode: 0,
        targets: [{ address: pool, name: 'shop customers' }],
        outcomes: [{ address: pool, action: 'delete', status: 'done' }],
        summary: { delete: 2 },
      })
      const { gone, changed, made } = differenceOf(before, thingsIn(bench.sandbox))
      expect(gone).toHaveLength(2)
      expect({ changed, made }).toEqual({ changed: [], made: [] })
      // again: there is nothing to do, and nobody is asked
      expect(await refuses(bench, 0, '--target', pool)).toContain('does not exist')
    }))
})

describe('refused is', () => {
  test('to destroy nothing in particular', () =>
    onBench(async bench => {
      await bench.file(two)
      await refuses(bench, 64)
      expect(bench.sandbox.requests).toEqual([])
    }))

  test('what neither the file nor AWS has, with the nearest name', () =>
    onBench(async bench => {
      await bench.make(await bench.file(two))
      expect(await refuses(bench, 1, '--target', 'userPools.custommers')).toContain(pool)
      expect(await refuses(bench, 1, '--target', `${pool}.clients.phone`)).toContain('neither')
    }))

  test('what others own, whether referred to, untagged, or tagged by another stack', () =>
    onBench(async bench => {
      const make = async (PoolName: string, UserPoolTags = {}) =>
        (await bench.cognito.send(new CreateUserPoolCommand({ PoolName, UserPoolTags }))).UserPool?.Id
      await make('customers')
      await bench.file(`${head}userPools: { customers: { existing: { name: customers } } }\n`)
      expect(await refuses(bench, 5, '--target', pool, '--confirm', 'customers')).toContain("others'")
      await bench.file(`${head}userPools: { customers: {} }\n`)
      expect(await refuses(bench, 5, '--target', pool, '--confirm', 'customers')).toContain('COG4003')
      const id = await make('pinned', { 'cogsync:stack': 'other', 'cogsync:key': 'customers' })
      await bench.file(`${head}userPools: { customers: { id: ${id} } }\n`)
      expect(await refuses(bench, 5, '--target', pool, '--confirm', 'pinned')).toContain('COG4003')
      expect(await poolIds(bench)).toHaveLength(2)
    }))

  test('a client that is not in the file, of a pool that others own', () =>
    onBench(async bench => {
      const { UserPool } = await bench.cognito.send(new CreateUserPoolCommand({ PoolName: 'customers' }))
      await bench.cognito.send(
        new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: 'theirs' }),
      )
      await bench.file(`${head}userPools: { customers: { existing: { name: customers } } }\n`)
      await refuses(bench, 1, '--target', `${pool}.clients.theirs`, '--confirm', 'theirs')
    }))

  test('one of two that bear the name', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const [UserPoolId] = await poolIds(bench)
      for (const ClientName of ['old', 'old'])
        await bench.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName }))
      expect(await refuses(bench, 5, '--target', `${pool}.clients.old`, '--confirm', 'old')).toContain(
        'COG4002',
      )
    }))

  test('what cannot be read', () =>
    onBench(async bench => {
      await bench.make(await bench.file(two))
      bench.sandbox.inject({
        when: { operation: 'DescribeUserPool' },
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        then: { error: { code: 'AccessDeniedException', message: 'no' } },
      })
      await refuses(bench, 4, '--target', pool, '--confirm', 'shop customers')
    }))

  test('what somebody cannot let go of: a group keeps its role', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(`${head}userPools: { customers: { groups: { admins: { roleArn: "\${roles.admin.arn}" } } } }
roles: { admin: { trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: cognito-idp.amazonaws.com }, Action: "sts:AssumeRole" }] } } }
`),
      )
      const said = await refuses(bench, 5, '--target', 'roles.admin', '--confirm', 'admin')
      expect(said).toContain('COG3013')
      // both at once is a way out
      const both = ['--target', 'roles.admin', '--target', `${pool}.groups.admins`, '--confirm', 'admin']
      expect((await command(bench, 'destroy', ...both, '--confirm', 'admins')).code).toBe(0)
    }))

  test('the only provider of a client, since an empty list means another', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(`${head}userPools:
  customers:
    identityProviders: { Corp: { type: SAML, details: { MetadataURL: "https://id.corp.example/saml" } } }
    clients: { web: { supportedIdentityProviders: [Corp] } }
`),
      )
      const said = await refuses(bench, 5, '--target', `${pool}.identityProviders.Corp`, '--confirm', 'Corp')
      expect(said).toContain('COG3013')
    }))
})

/** What an operation tells of is still being made, for some times. */
const beingMade = ({ sandbox }: Bench, operation: string, member: string, times: number): void => {
  const making = (one: object) => ({ ...one, Status: 'CREATING' })
  sandbox.inject({
    when: { operation },
    // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
    then: {
      mutate: answer => {
        const told = answer[member] as object | object[]
        return { ...answer, [member]: Array.isArray(told) ? told.map(making) : making(told) }
      },
    },
    times,
  })
}

describe('destroyed is', () => {
  test('a pool whose block is gone from the file, found by its tags', () =>
    onBench(async bench => {
      await bench.make(await bench.file(two))
      const config = await bench.file(`${head}userPools: { staff: {} }\n`)
      const { code } = await command(bench, 'destroy', '--target', pool, '--confirm', 'shop customers')
      expect(code).toBe(0)
      expect(await poolIds(bench)).toHaveLength(1)
      await bench.rest(config)
    }))

  test('what the file does not list, by the address that plans print', () =>
    onBench(async bench => {
      const config = await bench.file(`${head}userPools: { customers: { clients: { web: {} } } }\n`)
      await bench.make(config)
      const [UserPoolId] = await poolIds(bench)
      await bench.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'old' }))
      const [unlisted] = (await bench.plan(config)).unlisted
      const before = thingsIn(bench.sandbox)
      const { code } = await command(
        bench,
        'destroy',
        '--target',
        unlisted?.address ?? '',
        '--confirm',
        'old',
      )
      expect(code).toBe(0)
      const { gone, changed } = differenceOf(before, thingsIn(bench.sandbox))
      expect({ gone: gone.length, changed }).toEqual({ gone: 1, changed: [] })
    }))

  test('a pool with a domain that the file does not list, the domain first', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const [UserPoolId] = await poolIds(bench)
      await bench.cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'made-in-the-console' }))
      await bench.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'old' }))
      beingMade(bench, 'DescribeUserPoolDomain', 'DomainDescription', 3)
      bench.sandbox.resetLog()
      const { code, said } = await command(bench, 'destroy', '--target', pool, '--confirm', 'customers')
      expect(said).toContain('delete app client "old"')
      expect(code).toBe(0)
      expect(await poolIds(bench)).toEqual([])
      expect(writesOf(bench.sandbox)).toEqual(['DeleteUserPoolDomain', 'DeleteUserPool'])
      // it was still being made, and that was waited for; the last look is the one right before the write
      const all = bench.sandbox.requests.map(({ operation }) => operation)
      const looks = all.slice(0, all.indexOf('DeleteUserPoolDomain'))
      expect(looks.filter(operation => operation === 'DescribeUserPoolDomain')).toHaveLength(5)
    }))

  test.each([
    ['that the file has', ', replicas: { us-west-2: { status: ACTIVE } }', true],
    ['that is still being made', '', false],
  ])('a pool with a replica %s, the replica first', (_which, replicas, ready) =>
    onBench(async bench => {
      const key =
        'key: { keyType: CUSTOMER_MANAGED_KEY, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-1" }'
      await bench.make(await bench.file(`${head}userPools: { customers: { ${key}${replicas} } }\n`))
      const [UserPoolId] = await poolIds(bench)
      if (!ready)
        await bench.cognito.send(new CreateUserPoolReplicaCommand({ UserPoolId, RegionName: 'us-west-2' }))
      if (!ready) beingMade(bench, 'ListUserPoolReplicas', 'UserPoolReplicas', 4)
      bench.sandbox.resetLog()
      const { code, said } = await command(bench, 'destroy', '--target', pool, '--confirm', 'customers')
      expect(said).toContain('delete replica "us-west-2"')
      expect(code).toBe(0)
      expect(await poolIds(bench)).toEqual([])
      expect(writesOf(bench.sandbox)).toEqual([
        'UpdateUserPoolReplica',
        'DeleteUserPoolReplica',
        'DeleteUserPool',
      ])
    }),
  )

  test('a provider or a resource server once the clients have let go of it, whose other settings stay', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(`${head}userPools:
  customers:
    resourceServers: { orders: { identifier: orders, scopes: { read: Read } } }
    identityProviders: { Corp: { type: SAML, details: { MetadataURL: "https://id.corp.example/saml" } } }
    clients:
      web: { supportedIdentityProviders: [COGNITO, Corp], allowedOAuthFlows: [code], allowedOAuthScopes: [openid, "\${resourceServers.orders.scopes.read}"], callbackUrls: ["https://shop.example/"], authSessionValidity: 5m }
`),
      )
      bench.sandbox.resetLog()
      for (const [target, name] of [
        ['identityProviders.Corp', 'Corp'],
        ['resourceServers.orders', 'orders'],
      ] as const) {
        const { code } = await command(bench, 'destroy', '--target', `${pool}.${target}`, '--confirm', name)
        expect(code).toBe(0)
      }
      expect(writesOf(bench.sandbox)).toEqual([
        'UpdateUserPoolClient',
        'DeleteIdentityProvider',
        'UpdateUserPoolClient',
        'DeleteResourceServer',
      ])
      const update = bench.sandbox.requests.find(({ operation }) => operation === 'UpdateUserPoolClient')
      const { UserPoolClient } = await bench.cognito.send(
        new DescribeUserPoolClientCommand({
          UserPoolId: update?.input['UserPoolId'] as string,
          ClientId: update?.input['ClientId'] as string,
        }),
      )
      expect(UserPoolClient).toMatchObject({
        SupportedIdentityProviders: ['COGNITO'],
        AllowedOAuthScopes: ['openid'],
        AllowedOAuthFlows: ['code'],
        AuthSessionValidity: 5,
      })
    }))

  test('a provider that an unlisted client may name, with a warning and without writing that client', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(`${head}userPools:
  customers:
    identityProviders: { Corp: { type: SAML, details: { MetadataURL: "https://id.corp.example/saml" } } }
`),
      )
      const [UserPoolId] = await poolIds(bench)
      await bench.cognito.send(
        new CreateUserPoolClientCommand({
          UserPoolId,
          ClientName: 'theirs',
          SupportedIdentityProviders: ['Corp'],
        }),
      )
      bench.sandbox.resetLog()
      const target = `${pool}.identityProviders.Corp`
      const { code, said } = await command(bench, 'destroy', '--target', target, '--confirm', 'Corp')
      expect({ code, writes: writesOf(bench.sandbox) }).toEqual({
        code: 0,
        writes: ['DeleteIdentityProvider'],
      })
      expect(said).toContain('COG3014')
      expect(said).toContain('theirs')
    }))

  test('a pool whose triggers have permissions of ours, which go with it', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(
          `${head}userPools: { customers: { invokePermission: manage, triggers: { preSignUp: "arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up" } } }\n`,
        ),
      )
      bench.sandbox.resetLog()
      expect((await command(bench, 'destroy', '--target', pool, '--confirm', 'customers')).code).toBe(0)
      expect(writesOf(bench.sandbox)).toEqual(['RemovePermission', 'DeleteUserPool'])
    }))

  test('nothing, when the pool has settings that an update would lose, until the file accepts that', () =>
    onBench(async bench => {
      await bench.make(await bench.file(two))
      bench.sandbox.inject({
        when: { operation: 'DescribeUserPool' },
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        then: {
          mutate: answer => ({
            ...answer,
            UserPool: { ...(answer['UserPool'] as object), FutureSetting: 1 },
          }),
        },
      })
      const argv = ['--target', pool, '--confirm', 'shop customers']
      expect(await refuses(bench, 5, ...argv)).toContain('COG3005')
      await bench.file(
        two.replace(
          'deletionProtection',
          'strangers: { accept: [UserPool.FutureSetting] }, deletionProtection',
        ),
      )
      const { code, said } = await command(bench, 'destroy', ...argv)
      expect(code, said).toBe(0)
    }))
})

test('the plan says about how many users a pool has', () =>
  onBench(async bench => {
    await bench.make(await bench.file(two))
    bench.sandbox.inject({
      when: { operation: 'DescribeUserPool' },
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      then: {
        mutate: answer => ({
          ...answer,
          UserPool: { ...(answer['UserPool'] as object), EstimatedNumberOfUsers: 12_345 },
        }),
      },
    })
    expect(await refuses(bench, 5, '--target', pool)).toContain('about 12,345 users in this pool')
  }))

test('deletion protection is switched off by no plan of the file that does not say so', () =>
  onBench(async bench => {
    await bench.make(await bench.file(two))
    const config = await bench.file(two.replace(' deletionProtection: ACTIVE,', ''))
    await bench.rest(config)
    const [UserPoolId] = await poolIds(bench)
    const { UserPool } = await bench.cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
    const [, other] = await poolIds(bench)
    const { UserPool: second } = await bench.cognito.send(new DescribeUserPoolCommand({ UserPoolId: other }))
    expect([UserPool?.DeletionProtection, second?.DeletionProtection].sort()).toEqual(['ACTIVE', 'INACTIVE'])
  }))
