// cogsync rotate: a second secret is added and delivered, the first is removed later, and nobody sees either.
import {
  AddUserPoolClientSecretCommand,
  CreateUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../src/sandbox/index.ts'
import { command } from './command.ts'
import { type Bench, onBench, writesOf } from './run.ts'
import { isNowhereIn, onVaults, type Vaults } from './vaults.ts'

const address = 'userPools.customers.clients.worker'
const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const file = (client: string) => `${head}userPools: { customers: { clients: { worker: { ${client} } } } }\n`

interface Place {
  to: string
  service: string
  deliver: string
  read: (vaults: Vaults) => Promise<string>
  overwrite: (vaults: Vaults) => Promise<unknown>
}

const places: [string, Place][] = [
  [
    'Parameter Store',
    {
      to: '{ ssm: /shop/worker }',
      service: 'ssm',
      deliver: 'PutParameter',
      read: async ({ ssm }) => {
        const { Parameter } = await ssm.send(
          new GetParameterCommand({ Name: '/shop/worker', WithDecryption: true }),
        )
        expect(Parameter?.Type).toBe('SecureString')
        return Parameter?.Value ?? ''
      },
      overwrite: ({ ssm }) =>
        ssm.send(new PutParameterCommand({ Name: '/shop/worker', Value: 'not ours', Overwrite: true })),
    },
  ],
  [
    'Secrets Manager',
    {
      to: '{ secretsManager: shop/worker }',
      service: 'secretsmanager',
      deliver: 'PutSecretValue',
      read: async ({ manager }) =>
        (await manager.send(new GetSecretValueCommand({ SecretId: 'shop/worker' }))).SecretString ?? '',
      overwrite: ({ manager }) =>
        manager.send(new PutSecretValueCommand({ SecretId: 'shop/worker', SecretString: 'not ours' })),
    },
  ],
]

async function idsOf({ cognito }: Bench): Promise<{ UserPoolId: string; ClientId: string }> {
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  const UserPoolId = UserPools?.[0]?.Id ?? ''
  const { UserPoolClients } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId }))
  return { UserPoolId, ClientId: UserPoolClients?.[0]?.ClientId ?? '' }
}

/** The ids of the client's secrets, as Cognito lists them. */
async function secretsOf(bench: Bench): Promise<string[]> {
  const { ClientSecrets } = await bench.cognito.send(new ListUserPoolClientSecretsCommand(await idsOf(bench)))
  return (ClientSecrets ?? []).map(({ ClientSecretId }) => ClientSecretId ?? '')
}

const fault = (bench: Bench, service: string, operation: string, action: Fault['then']) =>
  // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
  bench.sandbox.inject({ when: { service, operation }, then: action, times: 1 })

const denial: Fault['then'] = {
  error: { code: 'AccessDeniedException', message: 'User is not authorized', status: 400 },
}

const rotate = (bench: Bench, ...more: string[]) => command(bench, 'rotate', address, '--yes', ...more)
const writesIn = async (bench: Bench, work: () => Promise<unknown>): Promise<string[]> => {
  bench.sandbox.resetLog()
  await work()
  return writesOf(bench.sandbox)
}

describe.each(places)('a secret delivered to %s', (_, place) => {
  /** A client whose first secret has been delivered. */
  const onClient = (work: (bench: Bench, vaults: Vaults, config: string) => Promise<void>) =>
    onBench(bench =>
      onVaults(bench, async vaults => {
        const config = await bench.file(file(`generateSecret: true, clientSecretTo: ${place.to}`))
        await bench.make(config)
        await work(bench, vaults, config)
      }),
    )

  test('is rotated in two steps, again and again, and plans stay empty', () =>
    onClient(async (bench, vaults, config) => {
      for (const _round of [1, 2, 3]) {
        const [[first], before] = [await secretsOf(bench), await place.read(vaults)]
        expect((await rotate(bench)).code).toBe(0)
        const [kept, second] = await secretsOf(bench)
        expect(kept).toBe(first)
        const after = await place.read(vaults)
        expect(after).toMatch(/^\w{40,}$/)
        expect(after).not.toBe(before)
        await bench.rest(config)
        expect((await rotate(bench, '--finish')).code).toBe(0)
        expect(await secretsOf(bench)).toEqual([second])
        expect(await place.read(vaults)).toBe(after)
        await bench.rest(config)
      }
    }))

  test('waits once it is delivered: the first step again writes nothing', () =>
    onClient(async bench => {
      await rotate(bench)
      expect(
        await writesIn(bench, async () => {
          const ran = await rotate(bench)
          expect(ran.code).toBe(0)
          expect(ran.said).toContain(`cogsync rotate ${address} --finish`)
        }),
      ).toEqual([])
    }))

  test('is not finished while there is one', () =>
    onClient(async bench => {
      expect(
        await writesIn(bench, async () => expect((await rotate(bench, '--finish')).code).toBe(0)),
      ).toEqual([])
      expect(await secretsOf(bench)).toHaveLength(1)
    }))

  test.each([
    ['the delivery is denied', place.service, place.deliver, denial],
    ['the reply to the addition is lost', 'cognito-idp', 'AddUserPoolClientSecret', { drop: 'after' }],
  ] as const)('that was lost because %s is recognised and replaced', (_what, service, operation, action) =>
    onClient(async (bench, vaults, config) => {
      const before = await place.read(vaults)
      const [first] = await secretsOf(bench)
      fault(bench, service, operation, action)
      expect((await rotate(bench)).code).toBe(6)
      const [, lost] = await secretsOf(bench)
      expect(lost).toBeDefined()
      expect(await place.read(vaults)).toBe(before)
      await bench.rest(config)

      // it is not taken for delivered, so the first one stays
      expect(
        await writesIn(bench, async () => expect((await rotate(bench, '--finish')).code).toBe(5)),
      ).toEqual([])

      expect((await rotate(bench)).code).toBe(0)
      const [kept, second] = await secretsOf(bench)
      expect(kept).toBe(first)
      expect(second).not.toBe(lost)
      expect(await place.read(vaults)).not.toBe(before)
      expect((await rotate(bench, '--finish')).code).toBe(0)
      expect(await secretsOf(bench)).toEqual([second])
    }),
  )

  test.each([
    ['the addition itself is lost', 'cognito-idp', 'AddUserPoolClientSecret', { drop: 'before' }],
    ['the addition is denied', 'cognito-idp', 'AddUserPoolClientSecret', denial],
  ] as const)('is simply begun again when %s', (_what, service, operation, action) =>
    onClient(async bench => {
      fault(bench, service, operation, action)
      expect((await rotate(bench)).code).toBe(6)
      expect(await secretsOf(bench)).toHaveLength(1)
      expect((await rotate(bench)).code).toBe(0)
      expect(await secretsOf(bench)).toHaveLength(2)
    }),
  )

  test.each([['after'], ['before']] as const)('is delivered though the message is lost %s it arrived', drop =>
    onClient(async (bench, vaults) => {
      const before = await place.read(vaults)
      fault(bench, place.service, place.deliver, { drop })
      expect((await rotate(bench)).code).toBe(0)
      expect(await place.read(vaults)).not.toBe(before)
      expect((await rotate(bench, '--finish')).code).toBe(0)
    }),
  )

  test.each([['after'], ['before']] as const)('is removed though the message is lost %s it arrived', drop =>
    onClient(async bench => {
      await rotate(bench)
      const [, second] = await secretsOf(bench)
      fault(bench, 'cognito-idp', 'DeleteUserPoolClientSecret', { drop })
      expect((await rotate(bench, '--finish')).code).toBe(0)
      expect(await secretsOf(bench)).toEqual([second])
    }),
  )

  test('that somebody else added is left alone', () =>
    onClient(async (bench, vaults) => {
      const before = await place.read(vaults)
      await bench.cognito.send(new AddUserPoolClientSecretCommand(await idsOf(bench)))
      for (const step of [[], ['--finish']])
        expect(
          await writesIn(bench, async () => expect((await rotate(bench, ...step)).code).toBe(5)),
        ).toEqual([])
      expect(await secretsOf(bench)).toHaveLength(2)
      expect(await place.read(vaults)).toBe(before)
    }))

  test('is not written over what is not ours', () =>
    onClient(async (bench, vaults) => {
      await place.overwrite(vaults)
      expect(await writesIn(bench, async () => expect((await rotate(bench)).code).toBe(5))).toEqual([])
      expect(await place.read(vaults)).toBe('not ours')
    }))

  test.each([
    ['cognito-idp', 'ListUserPoolClientSecrets'],
    [place.service, place.service === 'ssm' ? 'GetParameter' : 'DescribeSecret'],
  ])('is not touched when %s:%s is denied', (service, operation) =>
    onClient(async bench => {
      fault(bench, service, operation, denial)
      expect(await writesIn(bench, async () => expect((await rotate(bench)).code).toBe(4))).toEqual([])
    }),
  )

  test('is not touched unless somebody approves', () =>
    onClient(async bench => {
      expect(
        await writesIn(bench, async () => expect((await command(bench, 'rotate', address)).code).toBe(5)),
      ).toEqual([])
    }))

  test('is in nothing that is printed, whatever goes wrong', () =>
    onClient(async (bench, vaults) => {
      const said: string[] = []
      const values = new Set([await place.read(vaults)])
      fault(bench, place.service, place.deliver, denial)
      said.push((await rotate(bench)).said)
      const [value] = values
      fault(bench, 'cognito-idp', 'AddUserPoolClientSecret', {
        error: { code: 'InvalidParameterException', message: `Value '${value}' is wrong` },
      })
      said.push((await rotate(bench, '--json')).said)
      for (const argv of [['--json'], [], ['--finish', '--json'], []]) {
        said.push((await rotate(bench, ...argv)).said)
        values.add(await place.read(vaults))
      }
      expect(values.size).toBeGreaterThanOrEqual(3)
      for (const text of said) for (const each of values) isNowhereIn(text, each)
    }))
})

describe('rotate refuses', () => {
  const refused = (client: string, exit: number, code: string, ...argv: string[]) =>
    onBench(async bench => {
      await bench.make(await bench.file(file(client)))
      const writes = await writesIn(bench, async () => {
        const ran = await command(bench, 'rotate', ...(argv.length > 0 ? argv : [address]), '--yes', '--json')
        expect(ran.code).toBe(exit)
        if (code !== '') expect(ran.said).toContain(`"code": "${code}"`)
      })
      expect(writes).toEqual([])
    })

  test('a client without a destination', () => refused('generateSecret: true', 5, 'no-destination'))
  test('a public client', () => refused('', 5, 'no-destination'))
  test('what is no client', () => refused('', 5, 'no-secret', 'userPools.customers'))
  test('what the file does not have', () => refused('', 64, '', 'userPools.customers.clients.wroker'))

  test('a client that has turned out to be public', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const { UserPools } = await bench.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
      await bench.cognito.send(
        new CreateUserPoolClientCommand({ UserPoolId: UserPools?.[0]?.Id, ClientName: 'worker' }),
      )
      await bench.file(file('generateSecret: true, clientSecretTo: { ssm: /shop/worker }'))
      const ran = await rotate(bench, '--json')
      expect(ran.code).toBe(5)
      expect(ran.said).toContain('"code": "no-secret"')
    }))

  test('a client that does not exist, and one whose secret was not delivered', () =>
    onBench(async bench => {
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const client = 'generateSecret: true, clientSecretTo: { ssm: /shop/worker }'
      await bench.file(file(client))
      expect((await rotate(bench, '--json')).said).toContain('"code": "no-client"')
      await bench.make(await bench.file(file('generateSecret: true')))
      await bench.file(file(client))
      const ran = await rotate(bench, '--json')
      expect(ran.code).toBe(5)
      expect(ran.said).toContain('"code": "nothing-delivered"')
    }))
})
