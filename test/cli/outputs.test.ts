// cogsync outputs through real HTTP: every format, what is missing, and that no secret gets out unasked.
import { CreateUserPoolCommand, CreateUserPoolDomainCommand } from '@aws-sdk/client-cognito-identity-provider'
import { describe, expect, test, vi } from 'vitest'
import { realParts } from '../../src/cli/real-parts.ts'
import { kinds } from '../../src/kinds/index.ts'
import { type Bench, onBench } from '../journeys/run.ts'
import { type Ran, run, type World } from './fake.ts'

const pipeline = await realParts.pipeline()
const golden = (name: string) => `./__goldens__/outputs-${name}`

const shop = `version: 1
stack: shop
region: eu-west-1
userPools:
  customers:
    name: shop-customers
    usernameAttributes: [email]
    autoVerifiedAttributes: [email]
    attributes: { email: { required: true, mutable: true } }
    passwordPolicy: { minimumLength: 12, requireLowercase: true, requireUppercase: false, requireNumbers: true, requireSymbols: false }
    mfa: { configuration: OPTIONAL, softwareToken: { enabled: true } }
    domain:
      prefix: shop-login
      custom:
        name: login.shop.example
        certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000"
    resourceServers:
      orders: { identifier: "https://api.shop.example", name: Orders, scopes: { read: Read orders } }
    identityProviders:
      Google:
        type: Google
        details: { client_id: 123.apps.googleusercontent.com, client_secret: not-a-secret, authorize_scopes: openid email }
        attributeMapping: { email: email }
    clients:
      web:
        allowedOAuthFlows: [code]
        allowedOAuthScopes: [openid, email, "\${resourceServers.orders.scopes.read}"]
        callbackUrls: ["https://shop.example/callback?a=1&b=2", "https://b.shop.example/callback"]
        logoutUrls: ["https://shop.example/"]
        supportedIdentityProviders: [COGNITO, Google]
      mobile-app: {}
      worker:
        generateSecret: true
        allowedOAuthFlows: [client_credentials]
        allowedOAuthScopes: ["\${resourceServers.orders.scopes.read}"]
identityPools:
  app:
    name: shop app
    cognitoIdentityProviders: [{ client: customers.web }]
    roles: { authenticated: "\${roles.member.arn}" }
roles:
  member:
    name: shop-member
    trust: { identityPool: app }
`
  .replace('client_secret: not-a-secret', 'client_secret: "${secret.google}"')
  .replace('region: eu-west-1\n', 'region: eu-west-1\nsecrets: { google: { env: SHOP_TEST_GOOGLE } }\n')

/** Runs `cogsync outputs` on the bench's file. */
const outputs = (bench: Bench, line = '', world: World = {}): Promise<Ran> =>
  run(`outputs --endpoint-url ${bench.sandbox.url} ${line}`.trim(), {
    parts: realParts,
    pipeline,
    cwd: bench.folder,
    ...world,
  })

/** Ids as AWS chose them are nobody's to compare. */
const masked = (text: string): string =>
  text
    .replace(/eu-west-1_\w{9}\b/g, 'eu-west-1_POOL')
    .replace(/eu-west-1:[\da-f-]{36}/g, 'eu-west-1:IDENTITY-POOL')
    .replace(/\b[a-z0-9]{25,26}\b/g, 'CLIENT')
    .replace(/\b[a-z0-9]+\.cloudfront\.net/g, 'DISTRIBUTION.cloudfront.net')

const withShop = (check: (bench: Bench) => Promise<void>): Promise<void> =>
  onBench(async bench => {
    vi.stubEnv('SHOP_TEST_GOOGLE', 'the secret of google')
    await bench.make(await bench.file(shop))
    await check(bench)
  })

describe('outputs', () => {
  test('come in every format', () =>
    withShop(async bench => {
      const before = bench.sandbox.writes()
      for (const [line, name] of [
        ['', 'table.txt'],
        ['userPools.customers.clients.web', 'client.txt'],
        ['--format json', 'plain.json'],
        ['--format dotenv --prefix VITE_', 'dotenv.txt'],
        ['--format tfvars', 'tfvars.json'],
        ['--format amplify --client web', 'amplify.json'],
        ['--json', 'document.json'],
      ] as const) {
        const { code, stdout, stderr } = await outputs(bench, line)
        expect({ line, code, stderr: stderr.replace(/^Save.*\n/, '') }).toEqual({ line, code: 0, stderr: '' })
        await expect(masked(stdout).replace(/"cogsync\/[^"]+"/, '"cogsync/VERSION"')).toMatchFileSnapshot(
          golden(name),
        )
        expect(stdout).not.toMatch(/secret/i)
      }
      expect(bench.sandbox.writes()).toBe(before)
    }))

  test('show the request rates of the account when asked, and change none', () =>
    withShop(async bench => {
      const before = bench.sandbox.writes()
      bench.sandbox.inject({
        when: { operation: 'GetProvisionedLimit', nth: 2 },
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        then: { mutate: ({ Limit }) => ({ Limit: { ...(Limit as object), ProvisionedLimitValue: 80 } }) },
      })
      const { code, stdout } = await outputs(bench, '--limits')
      expect(code).toBe(0)
      expect(stdout).toMatch(/UserAuthentication +120\n +UserCreation +80 \(50 are free\)/)
      const { stdout: json } = await outputs(bench, '--limits --json')
      expect(JSON.parse(json).limits).toContainEqual({ category: 'UserToken', provisioned: 120, free: 120 })
      expect(bench.sandbox.writes()).toBe(before)
      expect((await outputs(bench, '--limits --format dotenv')).code).toBe(64)
    }))

  test('say when the request rates may not be read', () =>
    withShop(async bench => {
      bench.sandbox.inject({
        when: { operation: 'GetProvisionedLimit' },
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        then: { error: { code: 'AccessDeniedException', status: 400, message: 'not for you' } },
      })
      const { code, stderr } = await outputs(bench, '--limits')
      expect(code).toBe(4)
      expect(stderr).toContain('GetProvisionedLimit')
      expect((await outputs(bench)).code).toBe(0)
    }))

  test('read and show a secret only when asked, and then only to a person', () =>
    withShop(async bench => {
      const { stdout } = await outputs(bench, '--show-secrets --no-color', { screen: true })
      const [, secret = ''] = /client secret +(\S+)/.exec(stdout) ?? []
      expect(secret.length).toBeGreaterThan(40)
      expect(stdout.match(/client secret/g)).toHaveLength(1)
      expect((await outputs(bench, '--show-secrets --force --format dotenv')).stdout).toContain(
        `CUSTOMERS_WORKER_CLIENT_SECRET=${secret}\n`,
      )
      for (const format of ['table', 'json', 'dotenv', 'tfvars', 'amplify --client web'])
        expect((await outputs(bench, `--format ${format}`, { screen: true })).stdout).not.toContain(secret)
      expect((await outputs(bench, '--json')).stdout).not.toContain(secret)
    }))

  test('say what does not exist yet, print the rest, and end with 1', () =>
    withShop(async bench => {
      await bench.file(shop.replace('      mobile-app: {}', '      mobile-app: {}\n      tablet: {}'))
      const ran = await outputs(bench)
      expect(ran).toMatchObject({ code: 1, stdout: expect.stringContaining('login.shop.example') })
      expect(ran.stderr).toBe(
        'not there: userPools.customers.clients.tablet (app client) does not exist yet\n  help: cogsync apply creates what the file says\n',
      )
      expect(JSON.parse((await outputs(bench, '--json')).stdout)).toMatchObject({
        exitCode: 1,
        missing: [{ address: 'userPools.customers.clients.tablet' }],
      })
      expect((await outputs(bench, 'roles')).code).toBe(0)
    }))

  test('of nothing name each pool once, not all that is under it', () =>
    onBench(async bench => {
      vi.stubEnv('SHOP_TEST_GOOGLE', 'the secret of google')
      await bench.file(shop)
      const { code, stderr, stdout } = await outputs(bench)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr.match(/^not there: \S+/gm)).toEqual([
        'not there: userPools.customers',
        'not there: identityPools.app',
        'not there: roles.member',
      ])
    }))

  test('of somebody else’s pool are its own, and say why', () =>
    onBench(async bench => {
      vi.stubEnv('SHOP_TEST_GOOGLE', 'the secret of google')
      await bench.file(shop)
      await bench.cognito.send(new CreateUserPoolCommand({ PoolName: 'shop-customers' }))
      const { code, stderr, stdout } = await outputs(bench, 'userPools.customers')
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toContain('error[COG4003]')
      expect(stderr).not.toContain('does not exist yet')
    }))

  test('for an app on an existing pool open the sign-in pages of its platform', () =>
    onBench(async bench => {
      const { UserPool } = await bench.cognito.send(new CreateUserPoolCommand({ PoolName: 'platform' }))
      await bench.cognito.send(
        new CreateUserPoolDomainCommand({ UserPoolId: UserPool?.Id as string, Domain: 'platform-login' }),
      )
      await bench.make(
        await bench.file(`version: 1
stack: app
region: eu-west-1
userPools:
  platform:
    existing: { name: platform }
    clients:
      web:
        allowedOAuthFlows: [implicit]
        allowedOAuthScopes: [openid]
        callbackUrls: [myapp://callback]
`),
      )
      const { code, stdout } = await outputs(bench, '--format dotenv')
      expect(code).toBe(0)
      expect(masked(stdout)).toContain(
        `PLATFORM_WEB_SIGN_IN_URL='https://platform-login.auth.eu-west-1.amazoncognito.com/login?client_id=CLIENT&response_type=token&scope=openid&redirect_uri=myapp%3A%2F%2Fcallback'\n`,
      )
      // the only client need not be named
      const amplify = await outputs(bench, '--format amplify')
      expect(JSON.parse(amplify.stdout)).toMatchObject({
        version: '1',
        auth: { oauth: { response_type: 'token', redirect_sign_out_uri: [] } },
      })
    }))

  test('name the issuer that a pool’s tokens carry', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(`version: 1
stack: app
region: eu-west-1
userPools: { people: { issuer: { type: UPDATED } } }
`),
      )
      const { stdout } = await outputs(bench, '--format json')
      expect(masked(stdout)).toContain('"https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_POOL"')
    }))

  test('for Amplify want one client that needs no secret', () =>
    withShop(async bench => {
      expect(await outputs(bench, '--format amplify')).toMatchObject({
        code: 64,
        stdout: '',
        stderr: expect.stringContaining(
          'userPools.customers.clients.web, userPools.customers.clients.mobile-app',
        ),
      })
      expect(await outputs(bench, '--format amplify --client worker')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('no client without a secret named worker'),
      })
      for (const name of ['customers.mobile-app', 'userPools.customers.clients.mobile-app']) {
        const { auth } = JSON.parse((await outputs(bench, `--format amplify --client ${name}`)).stdout)
        expect(Object.keys(auth)).not.toContain('oauth')
        expect(Object.keys(auth)).not.toContain('identity_pool_id')
      }
    }))

  test('refuse two names that are one', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(`version: 1
stack: app
region: eu-west-1
userPools: { people: { clients: { web-app: {}, webApp: {} } } }
`),
      )
      expect(await outputs(bench, '--format dotenv')).toMatchObject({
        code: 1,
        stdout: '',
        stderr: expect.stringContaining('PEOPLE_WEB_APP_CLIENT_ID'),
      })
      expect((await outputs(bench, '--format json')).code).toBe(0)
    }))
})

describe('a wrong command line of outputs', () => {
  test.each([
    ['outputs --json --format json', 'exclude each other'],
    ['outputs --prefix VITE_', '--format dotenv'],
    ['outputs --format dotenv --prefix 1-', 'letters, digits'],
    ['outputs --client web', '--format amplify'],
    ['outputs --format xml', 'Allowed choices'],
    ['outputs userPools.custmers', 'did you mean `userPools.customers`?'],
    ['outputs --show-secrets', 'no terminal'],
    ['outputs --show-secrets --format amplify', 'part of an app'],
  ])('%s', async (line, words) => {
    const { code, stdout, stderr, asked } = await run(line)
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' })
    expect(stderr).toContain(words)
    expect(asked).not.toContain('readOutputs')
  })
  test('that would show secrets in CI, even to a terminal', async () => {
    const world = { screen: true, env: { CI: 'true' } }
    expect(await run('outputs --show-secrets', world)).toMatchObject({ code: 64, asked: [] })
    expect(await run('outputs --show-secrets --force', world)).toMatchObject({ code: 0 })
  })
})

test('outputs that could not all be read end with 4', async () => {
  const { code, stderr, stdout } = await run('outputs', {
    outputs: {
      target: { stack: 'shop', account: '111122223333', region: 'eu-west-1', partition: 'aws' },
      resources: [],
      missing: [],
      unread: [{ address: 'roles.member', operation: 'iam:GetRole', reason: 'denied' }],
      diagnostics: [],
    },
  })
  expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
  expect(stderr).toContain('not read: roles.member: iam:GetRole: denied')
})

test('every kind’s outputs have names of their own, and come from what the kind has', () => {
  for (const kind of kinds) {
    const rows = kind.outputs ?? []
    expect(new Set(rows.map(({ name }) => name)).size, kind.name).toBe(rows.length)
    for (const row of rows) {
      expect(row.name).toMatch(/^[a-z][A-Za-z0-9]*$/)
      if ('attribute' in row) expect(Object.keys(kind.attributes)).toContain(row.attribute)
      // no permission beyond those that a plan needs
      if ('secret' in row) expect(kind.read.operations).toContain(row.secret.operation)
    }
  }
})
