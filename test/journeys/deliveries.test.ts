// clientSecretTo: the secret that AWS generates for a client reaches its place, and nobody sees it on the way.
import { CreateUserPoolClientCommand, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider'
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
} from '@aws-sdk/client-secrets-manager'
import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm'
import { describe, expect, test } from 'vitest'
import { savePlan } from '../../src/index.ts'
import type { Fault } from '../../src/sandbox/index.ts'
import { command } from './command.ts'
import { type Bench, changeOf, leftIn, onBench, pathsOf, refusal, writesOf } from './run.ts'
import { isNowhereIn, onVaults, secretsIn, type Vaults } from './vaults.ts'

const address = 'userPools.customers.clients.worker'
const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
const file = (to: string, more = '') =>
  `${head}userPools: { customers: { clients: { worker: { generateSecret: true${to === '' ? '' : `, clientSecretTo: ${to}`}${more} } } } }\n`

interface Place {
  to: string
  service: string
  /** the operation that looks, and the one that delivers where nothing is */
  look: string
  deliver: string
  read: (vaults: Vaults) => Promise<string | undefined>
  occupy: (vaults: Vaults) => Promise<unknown>
  clear: (vaults: Vaults) => Promise<unknown>
}

const places: [string, Place][] = [
  [
    'Parameter Store',
    {
      to: '{ ssm: /shop/worker }',
      service: 'ssm',
      look: 'GetParameter',
      deliver: 'PutParameter',
      read: async ({ ssm }) => {
        const { Parameter } = await ssm.send(
          new GetParameterCommand({ Name: '/shop/worker', WithDecryption: true }),
        )
        expect(Parameter?.Type).toBe('SecureString')
        return Parameter?.Value
      },
      occupy: ({ ssm }) =>
        ssm.send(new PutParameterCommand({ Name: '/shop/worker', Value: 'not ours', Type: 'SecureString' })),
      clear: ({ ssm }) => ssm.send(new DeleteParameterCommand({ Name: '/shop/worker' })),
    },
  ],
  [
    'Secrets Manager',
    {
      to: '{ secretsManager: shop/worker }',
      service: 'secretsmanager',
      look: 'DescribeSecret',
      deliver: 'CreateSecret',
      read: async ({ manager }) =>
        (await manager.send(new GetSecretValueCommand({ SecretId: 'shop/worker' }))).SecretString,
      occupy: ({ manager }) =>
        manager.send(new CreateSecretCommand({ Name: 'shop/worker', SecretString: 'not ours' })),
      clear: ({ manager }) =>
        manager.send(new DeleteSecretCommand({ SecretId: 'shop/worker', ForceDeleteWithoutRecovery: true })),
    },
  ],
]

const fault = (bench: Bench, service: string, operation: string, action: Fault['then'], times = 1) =>
  // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
  bench.sandbox.inject({ when: { service, operation }, then: action, times })

const denial: Fault['then'] = {
  error: { code: 'AccessDeniedException', message: 'User is not authorized', status: 400 },
}

describe.each(places)('a generated secret delivered to %s', (_, place) => {
  const onPlace = (work: (bench: Bench, vaults: Vaults, config: string) => Promise<void>) =>
    onBench(bench => onVaults(bench, async vaults => work(bench, vaults, await bench.file(file(place.to)))))

  test('arrives right after the client is made, and then there is rest', () =>
    onPlace(async (bench, vaults, config) => {
      const plan = await bench.plan(config)
      expect(changeOf(plan, address).calls.map(({ operation }) => operation)).toEqual([
        'cognito-idp:CreateUserPoolClient',
        `${place.service}:${place.deliver}`,
      ])
      expect(pathsOf(plan, address)).toContain('clientSecretTo')
      const report = await bench.apply(plan)
      expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done'])
      const [secret] = await secretsIn(bench)
      expect(secret).toMatch(/^\w{40,}$/)
      expect(await place.read(vaults)).toBe(secret)
      await bench.rest(config)
    }))

  test('is delivered for a client that has its secret already', () =>
    onPlace(async (bench, vaults) => {
      await bench.make(await bench.file(file('')))
      const [secret] = await secretsIn(bench)
      const config = await bench.file(file(place.to))
      const plan = await bench.make(config)
      expect(changeOf(plan, address)).toMatchObject({ action: 'update' })
      expect(pathsOf(plan, address)).toEqual(['clientSecretTo'])
      expect(changeOf(plan, address).calls).toHaveLength(1)
      expect(await place.read(vaults)).toBe(secret)
      await bench.rest(config)
    }))

  test('is delivered again when its place is empty again', () =>
    onPlace(async (bench, vaults, config) => {
      await bench.make(config)
      await place.clear(vaults)
      await bench.make(config)
      expect([await place.read(vaults)]).toEqual(await secretsIn(bench))
    }))

  test.each([
    ['the reply to the creation is lost', 'cognito-idp', 'CreateUserPoolClient', { drop: 'after' }],
    ['the reply to the delivery is lost', place.service, place.deliver, { drop: 'after' }],
    ['the delivery itself is lost', place.service, place.deliver, { drop: 'before' }],
  ] as const)('arrives once, though %s', (_what, service, operation, action) =>
    onPlace(async (bench, vaults, config) => {
      const plan = await bench.plan(config)
      fault(bench, service, operation, action)
      const report = await bench.apply(plan)
      expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'done'])
      expect([await place.read(vaults)]).toEqual(await secretsIn(bench))
      await bench.rest(config)
    }),
  )

  test('that may not be delivered is left for the next run', () =>
    onPlace(async (bench, vaults, config) => {
      const plan = await bench.plan(config)
      fault(bench, place.service, place.deliver, denial)
      const report = await bench.apply(plan)
      expect(report.outcomes.map(({ status }) => status)).toEqual(['done', 'failed'])
      await bench.make(config)
      expect([await place.read(vaults)]).toEqual(await secretsIn(bench))
      await bench.rest(config)
    }))

  test('is never written over something else', () =>
    onPlace(async (bench, vaults, config) => {
      await place.occupy(vaults)
      const plan = await bench.plan(config)
      expect(plan.diagnostics).toMatchObject([
        { code: 'COG4005', path: ['userPools', 'customers', 'clients', 'worker', 'clientSecretTo'] },
      ])
      bench.sandbox.resetLog()
      expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 5 })
      expect(writesOf(bench.sandbox)).toEqual([])
      expect(await place.read(vaults)).toBe('not ours')
    }))

  test('makes the plan stale when something has taken its place since', () =>
    onPlace(async (bench, vaults, config) => {
      const plan = await bench.plan(config)
      await place.occupy(vaults)
      bench.sandbox.resetLog()
      expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 5, code: 'stale-plan' })
      expect(writesOf(bench.sandbox)).toEqual([])
      expect(await place.read(vaults)).toBe('not ours')
    }))

  test('whose place may not be looked at makes the answer incomplete', () =>
    onPlace(async (bench, _vaults, config) => {
      await bench.make(config)
      fault(bench, place.service, place.look, denial, 100)
      const plan = await bench.plan(config)
      expect(plan.unread.map(unread => unread.address)).toEqual([address])
      expect(leftIn(plan)).not.toEqual([])
      expect((await command(bench, 'drift')).code).toBe(4)
    }))

  test('that AWS does not give back is not replaced by nothing', () =>
    onPlace(async (bench, vaults) => {
      await bench.make(await bench.file(file('')))
      const config = await bench.file(file(place.to))
      const saved = await bench.plan(config)
      const plan = {
        ...saved,
        changes: saved.changes.map(change => ({
          ...change,
          calls: JSON.parse(JSON.stringify(change.calls).replaceAll('#ClientSecret', '#Nothing')),
        })),
      }
      const report = await bench.apply(plan)
      expect(report.outcomes).toMatchObject([{ status: 'failed', error: { name: 'SecretGone' } }])
      await expect(place.read(vaults)).rejects.toThrow()
    }))

  test('is in no plan, saved plan, report or output of a command, whatever goes wrong', () =>
    onPlace(async (bench, vaults, config) => {
      const said: string[] = [JSON.stringify(await bench.plan(config))]
      said.push((await command(bench, 'plan', '--out', 'plan.json')).said)
      fault(bench, place.service, place.deliver, denial)
      said.push((await command(bench, 'apply', 'plan.json', '--yes')).said)
      const [secret = ''] = await secretsIn(bench)
      expect(secret.length).toBeGreaterThan(40)
      fault(bench, place.service, place.deliver, {
        error: { code: 'ValidationException', message: `1 validation error: Value '${secret}' is wrong` },
      })
      const failed = await command(bench, 'apply', '--yes', '--json')
      said.push(failed.said)
      expect(failed.said).toContain('ValidationException')
      expect(failed.said).not.toContain('1 validation error')
      said.push(savePlan(await bench.plan(config)))
      for (const argv of [
        ['plan', '--json'],
        ['plan', '--markdown'],
        ['apply', '--yes', '--json'],
        ['drift', '--json'],
        ['outputs', '--json'],
      ]) {
        const ran = await command(bench, ...argv)
        expect(ran.code).toBe(0)
        said.push(ran.said)
      }
      for (const text of said) isNowhereIn(text, secret)
      expect(await place.read(vaults)).toBe(secret)
    }))
})

test('a secret of Secrets Manager that has no value yet is filled', () =>
  onBench(bench =>
    onVaults(bench, async ({ manager }) => {
      await manager.send(new CreateSecretCommand({ Name: 'shop/worker' }))
      const config = await bench.file(file('{ secretsManager: shop/worker }'))
      const plan = await bench.plan(config)
      expect(changeOf(plan, address).calls.at(1)?.operation).toBe('secretsmanager:PutSecretValue')
      await bench.apply(plan)
      const { SecretString } = await manager.send(new GetSecretValueCommand({ SecretId: 'shop/worker' }))
      expect([SecretString]).toEqual(await secretsIn(bench))
      await bench.rest(config)
    }),
  ))

test('a secret of Secrets Manager that is being deleted is no place', () =>
  onBench(bench =>
    onVaults(bench, async ({ manager }) => {
      await manager.send(new CreateSecretCommand({ Name: 'shop/worker', SecretString: 'x' }))
      await manager.send(new DeleteSecretCommand({ SecretId: 'shop/worker' }))
      const plan = await bench.plan(await bench.file(file('{ secretsManager: shop/worker }')))
      expect(plan.diagnostics.map(({ code }) => code)).toEqual(['COG4005'])
    }),
  ))

test('the place may be named with variables', () =>
  onBench(bench =>
    onVaults(bench, async ({ ssm }) => {
      await bench.make(
        await bench.file(`vars: { stage: dev }\n${file('{ ssm: "/${stack}/${var.stage}/worker" }')}`),
      )
      const { Parameter } = await ssm.send(
        new GetParameterCommand({ Name: '/shop/dev/worker', WithDecryption: true }),
      )
      expect([Parameter?.Value]).toEqual(await secretsIn(bench))
    }),
  ))

test('a client that was made public stays blocked, and nothing is delivered', () =>
  onBench(async bench => {
    await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
    const { UserPools } = await bench.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
    await bench.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPools?.[0]?.Id, ClientName: 'worker' }),
    )
    const plan = await bench.plan(await bench.file(file('{ ssm: /shop/worker }')))
    expect(changeOf(plan, address)).toMatchObject({ action: 'blocked', calls: [] })
  }))

test('of two clients of the name nothing more is said than that there are two', () =>
  onBench(bench =>
    onVaults(bench, async ({ ssm }) => {
      await ssm.send(
        new PutParameterCommand({ Name: '/shop/worker', Value: 'not ours', Type: 'SecureString' }),
      )
      await bench.make(await bench.file(`${head}userPools: { customers: {} }\n`))
      const { UserPools } = await bench.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
      for (const ClientName of ['worker', 'worker'])
        await bench.cognito.send(
          new CreateUserPoolClientCommand({
            UserPoolId: UserPools?.[0]?.Id,
            ClientName,
            GenerateSecret: true,
          }),
        )
      const plan = await bench.plan(await bench.file(file('{ ssm: /shop/worker }')))
      expect(plan.diagnostics.map(({ code }) => code)).toEqual(['COG4002'])
    }),
  ))
