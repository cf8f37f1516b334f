// The policies of cogsync iam, evaluated by the sandbox: enough for their purpose, and not for more.
import { CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider'
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { describe, expect, test, vi } from 'vitest'
import { permissionsFor, readSpec } from '../../src/index.ts'
import { command } from './command.ts'
import { account, type Bench, leftIn, onBench, writesOf } from './run.ts'

const none = { apply: false, rotate: false, destroy: false }

const shop = (pool = '') => `version: 1
stack: shop
region: eu-west-1
secrets: { google: { ssm: /shop/google } }
userPools:
  customers:
    sms: { snsCallerArn: "\${roles.texts.arn}", externalId: shop }
    ${pool}
    clients:
      web: { analyticsConfiguration: null }
      worker: { generateSecret: true, clientSecretTo: { secretsManager: shop/worker }, analyticsConfiguration: null }
identityPools:
  app: { cognitoIdentityProviders: [{ client: customers.web }] }
roles:
  texts:
    path: /shop/
    trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: cognito-idp.amazonaws.com }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": shop } } }] }
    policies: { text: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "sns:Publish", Resource: "*" }] } }
`

const policyOf = async (config: string, purposes = none) => {
  const { spec, diagnostics } = await readSpec({ config })
  if (spec === undefined) throw new Error(JSON.stringify(diagnostics))
  const { document, notes } = await permissionsFor(spec, purposes, account)
  return { policy: JSON.parse(JSON.stringify(document)), notes, statements: document.Statement }
}

const permit = async ({ sandbox }: Bench, config: string, purposes = none) =>
  sandbox.permit((await policyOf(config, purposes)).policy)

describe('a plan role', () => {
  test('reads everything, and writes nothing', () =>
    onBench(async bench => {
      const config = await bench.file(shop())
      await permit(bench, config, { ...none, apply: true })
      await bench.make(config)
      await permit(bench, config)
      expect(leftIn(await bench.plan(config))).toEqual([])
      await bench.file(shop('deletionProtection: ACTIVE'))
      const plan = await bench.plan(config)
      expect(plan.unread).toEqual([])
      bench.sandbox.resetLog()
      const { outcomes } = await bench.apply(plan)
      expect(outcomes.find(({ status }) => status === 'failed')?.error?.name).toBe('AccessDeniedException')
      expect(bench.sandbox.requests.filter(({ write, status }) => write && status === 200)).toEqual([])
    }))
  test('does not read secrets that need not be compared', () =>
    onBench(async bench => {
      const { statements } = await policyOf(await bench.file(shop()))
      expect(statements.flatMap(({ Action }) => Action)).not.toContain('ssm:GetParameter')
    }))
})

describe('an apply role', () => {
  test('writes no pool that is not this stack’s', () =>
    onBench(async bench => {
      const { UserPool } = await bench.cognito.send(new CreateUserPoolCommand({ PoolName: 'partners' }))
      const file = 'version: 1\nstack: shop\nregion: eu-west-1\nuserPools: { customers: {} }\n'
      await permit(bench, await bench.file(file), { ...none, apply: true })
      const config = await bench.file(file.replace('{}', `{ id: ${UserPool?.Id} }`))
      const plan = await bench.plan(config, { allow: ['restore-defaults'] })
      expect(plan.unread.map(({ operation }) => operation)).toContain('cognito-idp:ListUserPoolClients')
      bench.sandbox.resetLog()
      await bench.apply({ ...plan, changes: plan.changes.filter(({ kind }) => kind === 'userPool') })
      const sent = bench.sandbox.requests.filter(({ service, write }) => write && service === 'cognito-idp')
      expect(sent.map(({ operation, error }) => `${operation}: ${error}`)).toEqual([
        'UpdateUserPool: AccessDeniedException',
      ])
    }))
  test('of a file whose pools are pinned may create none and names them', () =>
    onBench(async bench => {
      const pinned = shop('id: eu-west-1_AbCdEfGhI').replace(
        'app: {',
        'app: { id: "eu-west-1:0a1b2c3d-0000-4000-8000-000000000000",',
      )
      const { statements } = await policyOf(await bench.file(pinned), { ...none, apply: true })
      const actions = statements.flatMap(({ Action }) => Action)
      expect(actions.filter(action => /Create(User|Identity)Pool$/.test(action))).toEqual([])
      expect(statements.flatMap(({ Resource }) => Resource)).toEqual(
        expect.arrayContaining([
          `arn:aws:cognito-idp:eu-west-1:${account}:userpool/eu-west-1_AbCdEfGhI`,
          `arn:aws:cognito-identity:eu-west-1:${account}:identitypool/eu-west-1:0a1b2c3d-0000-4000-8000-000000000000`,
        ]),
      )
    }))
  test('hands over the roles of the file, and others only where the file is silent', () =>
    onBench(async bench => {
      const passing = async (text: string) => {
        const { statements, notes } = await policyOf(await bench.file(text), { ...none, apply: true })
        const some = statements.filter(({ Action }) => Action.includes('iam:PassRole'))
        return { passed: some.map(({ Resource }) => Resource), notes }
      }
      const stated = await passing(shop())
      expect(stated.passed).toContain(`arn:aws:iam::${account}:role/shop/texts`)
      const silent = await passing(shop().replace(/ {4}sms:.*\n/, ''))
      expect(silent.passed).toEqual([`arn:aws:iam::${account}:role/*`])
      expect(silent.notes.join()).toMatch(/userPools\.customers\.sms\.snsCallerArn .*PassCarriedRoles/)
    }))
})

test('the policy of a pool that is given by its name says that it is wide', () =>
  onBench(async bench => {
    const lent = `version: 1
stack: shop
region: eu-west-1
userPools: { platform: { existing: { name: people }, clients: { web: { analyticsConfiguration: null } } } }
`
    const { notes } = await policyOf(await bench.file(lent), { ...none, apply: true })
    expect(notes.join()).toMatch(/^userPools\.platform is given by its name/)
  }))

test('cogsync iam wants to know for what', () =>
  onBench(async bench => {
    await bench.file(shop())
    const { code, said } = await command(bench, 'iam')
    expect([code, said]).toEqual([64, expect.stringContaining('--plan, --apply, --rotate or --destroy')])
    expect(writesOf(bench.sandbox)).toEqual([])
  }))

test('cogsync iam asks AWS nothing, and needs no credentials', () =>
  onBench(async bench => {
    await bench.file(shop())
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined)
    const { code } = await command(bench, 'iam', '--plan')
    vi.unstubAllEnvs()
    expect([code, bench.sandbox.requests]).toEqual([0, []])
  }))

test('an apply role may write permissions of functions for Cognito only', () =>
  onBench(async bench => {
    const file = `version: 1
stack: shop
region: eu-west-1
userPools:
  customers:
    invokePermission: manage
    triggers: { preSignUp: "arn:aws:lambda:eu-west-1:${account}:function:pre-sign-up" }
`
    await permit(bench, await bench.file(file), { ...none, apply: true })
    const lambda = new LambdaClient({ endpoint: bench.sandbox.url, region: 'eu-west-1', maxAttempts: 1 })
    const allow = (Principal: string) =>
      lambda.send(
        new AddPermissionCommand({
          FunctionName: 'pre-sign-up',
          StatementId: 'x',
          Action: 'lambda:InvokeFunction',
          Principal,
        }),
      )
    await expect(allow('111122223333')).rejects.toMatchObject({ name: 'AccessDeniedException' })
    await allow('cognito-idp.amazonaws.com')
    lambda.destroy()
  }))

test('--debug tells the requests, and neither secrets nor the account', () =>
  onBench(async bench => {
    await bench.file(shop())
    const { code, said } = await command(bench, 'apply', '--yes', '--debug', '--quiet')
    expect(code).toBe(0)
    const log = said.split('\n').filter(line => line.startsWith('debug: '))
    expect(log.join('\n')).toMatch(
      /cognito-idp:CreateUserPoolClient UserPoolId=\S+ → 200 in \d+ ms \(request \S+\)/,
    )
    expect(log.filter(line => line.includes(account))).toEqual([])
    const secrets = JSON.stringify(bench.sandbox.state.slice('secretsmanager', () => ({})))
    const [, secret = ''] = /"SecretString":"([^"]+)"/.exec(secrets) ?? []
    expect(secret.length).toBeGreaterThan(20)
    expect(said).not.toContain(secret)
  }))
