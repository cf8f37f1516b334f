// Secrets from Parameter Store and Secrets Manager: compared when planning, read before the first write of an apply.
import {
  DescribeIdentityProviderCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateSecretCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand } from '@aws-sdk/client-ssm'
import { describe, expect, test } from 'vitest'
import { makePlan, readSpec, savePlan } from '../../src/index.ts'
import { command } from './command.ts'
import { type Bench, changeOf, leftIn, onBench, refusal, writesOf } from './run.ts'
import { canary, isNowhereIn, onVaults, type Vaults } from './vaults.ts'

const other = 'TheSecretBeforeThisOne+123456789'

const file = (source: string, more = '') => `version: 1
stack: shop
region: eu-west-1
secrets: { google: ${source} }
userPools:
  customers:
    identityProviders:
      Google:
        type: Google
        details: { client_id: "123", client_secret: "\${secret.google}", authorize_scopes: "openid email" }
${more}`

const parameter = '{ ssm: /shop/google }'
const managed = '{ secretsManager: shop/google }'
const member = '{ secretsManager: shop/google, key: clientSecret }'

const putParameter = ({ ssm }: Vaults, value: string) =>
  ssm.send(
    new PutParameterCommand({ Name: '/shop/google', Value: value, Type: 'SecureString', Overwrite: true }),
  )
const putManaged = ({ manager }: Vaults, value: string) =>
  manager
    .send(new CreateSecretCommand({ Name: 'shop/google', SecretString: value }))
    .catch(() => manager.send(new PutSecretValueCommand({ SecretId: 'shop/google', SecretString: value })))
const putMember = (vaults: Vaults, value: string) =>
  putManaged(vaults, JSON.stringify({ clientId: '123', clientSecret: value }))

async function heldBy({ cognito }: Bench): Promise<string | undefined> {
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  const { IdentityProvider } = await cognito.send(
    new DescribeIdentityProviderCommand({ UserPoolId: UserPools?.[0]?.Id, ProviderName: 'Google' }),
  )
  return IdentityProvider?.ProviderDetails?.['client_secret']
}

const refused = (bench: Bench, service: string, operation: string) =>
  bench.sandbox.inject({
    when: { service, operation },
    // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
    then: { error: { code: 'AccessDeniedException', message: 'User is not authorized', status: 400 } },
  })

const address = 'userPools.customers.identityProviders.Google'
const notesOf = (plan: { diagnostics: { code: string }[] }) => plan.diagnostics.map(({ code }) => code)

describe.each([
  ['Parameter Store', parameter, putParameter, 'ssm', 'GetParameter'],
  ['Secrets Manager', managed, putManaged, 'secretsmanager', 'GetSecretValue'],
  ['a member of a secret of Secrets Manager', member, putMember, 'secretsmanager', 'GetSecretValue'],
] as const)('a secret from %s', (_, source, put, service, operation) => {
  const onFile = (work: (bench: Bench, vaults: Vaults, config: string) => Promise<void>) =>
    onBench(bench => onVaults(bench, async vaults => work(bench, vaults, await bench.file(file(source)))))

  test('reaches Cognito, and then there is rest', () =>
    onFile(async (bench, vaults, config) => {
      await put(vaults, canary)
      await bench.make(config)
      expect(await heldBy(bench)).toBe(canary)
      await bench.rest(config)
    }))

  test('that differs from what Cognito holds is sent', () =>
    onFile(async (bench, vaults, config) => {
      await put(vaults, other)
      await bench.make(config)
      await put(vaults, canary)
      const plan = await bench.plan(config)
      expect(changeOf(plan, address).action).toBe('update')
      expect(notesOf(plan)).toEqual([])
      await bench.apply(plan)
      expect(await heldBy(bench)).toBe(canary)
      await bench.rest(config)
    }))

  test('that may not be read is unchecked, with a note, and nothing is planned for it', () =>
    onFile(async (bench, vaults, config) => {
      await put(vaults, other)
      await bench.make(config)
      await put(vaults, canary)
      refused(bench, service, operation)
      const plan = await bench.plan(config)
      expect(leftIn(plan)).toEqual([])
      expect(plan.diagnostics).toMatchObject([
        { code: 'COG4004', severity: 'note', path: ['secrets', 'google'] },
      ])
    }))

  test('that may not be read stops an apply before it changes anything', () =>
    onFile(async (bench, vaults, config) => {
      await put(vaults, canary)
      const plan = await bench.plan(config)
      refused(bench, service, operation)
      bench.sandbox.resetLog()
      expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 4, code: 'no-secret' })
      expect(writesOf(bench.sandbox)).toEqual([])
    }))

  test('that does not exist stops an apply before it changes anything', () =>
    onFile(async (bench, _vaults, config) => {
      const plan = await bench.plan(config)
      expect(notesOf(plan)).toEqual(['COG4004'])
      bench.sandbox.resetLog()
      expect(await refusal(bench.apply(plan))).toMatchObject({ exit: 1, code: 'no-secret' })
      expect(writesOf(bench.sandbox)).toEqual([])
    }))

  test('is in no plan, saved plan, error or output of a command', () =>
    onFile(async (bench, vaults, config) => {
      await put(vaults, canary)
      const options = { config, cwd: bench.folder, endpoint: bench.sandbox.url }
      const parsed = await readSpec(options)
      const made = await makePlan({ ...parsed, spec: parsed.spec! }, options)
      isNowhereIn(JSON.stringify(made))
      isNowhereIn(savePlan(made.plan))
      for (const argv of [
        ['plan', '--out', 'plan.json'],
        ['plan', '--json'],
        ['plan', '--markdown'],
        ['show', 'plan.json'],
      ])
        isNowhereIn((await command(bench, ...argv)).said)
      const broken = bench.sandbox.inject({
        when: { operation: 'CreateIdentityProvider' },
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        then: { error: { code: 'InvalidParameterException', message: `Value '${canary}' is wrong` } },
      })
      const failed = await command(bench, 'apply', '--yes', '--json')
      expect(failed.code).toBe(6)
      isNowhereIn(failed.said)
      broken()
      const applied = await command(bench, 'apply', '--yes', '--json')
      expect(applied.code).toBe(0)
      isNowhereIn(applied.said)
      await put(vaults, other)
      for (const argv of [['drift', '--json'], ['plan'], ['apply', '--yes']])
        for (const value of [canary, other]) isNowhereIn((await command(bench, ...argv)).said, value)
    }))
})

test.each([
  'not JSON',
  '{"another":"x"}',
  '{"clientSecret":{"deep":"x"}}',
  '["clientSecret"]',
  '{"clientSecret":""}',
])('a secret whose `key` is not there is refused: %s', text =>
  onBench(bench =>
    onVaults(bench, async vaults => {
      await putManaged(vaults, text)
      const plan = await bench.plan(await bench.file(file(member)))
      const error = await refusal(bench.apply(plan))
      expect(error).toMatchObject({ exit: 1, code: 'no-secret' })
      expect(error.message).not.toContain(text)
    }),
  ),
)

test('a secret that nothing uses, and one that is only written, are not read by a plan', () =>
  onBench(async bench => {
    const config = await bench.file(`version: 1
stack: shop
region: eu-west-1
secrets: { own: { ssm: /shop/own }, idle: { secretsManager: shop/idle } }
userPools: { customers: { clients: { server: { clientSecret: "\${secret.own}" } } } }
`)
    await bench.plan(config)
    expect(bench.sandbox.requests.filter(({ service }) => service === 'ssm')).toEqual([])
    expect(bench.sandbox.requests.filter(({ service }) => service === 'secretsmanager')).toEqual([])
  }))
