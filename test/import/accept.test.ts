// cogsync drift --accept: console changes go into the file, everything else in it stays.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { realParts } from '../../src/cli/real-parts.ts'
import { kinds } from '../../src/kinds/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { run } from '../cli/fake.ts'
import { openWorld, type World } from '../laws/world.ts'

const file = `# the shop's people
version: 1
stack: shop
region: eu-west-1
vars: { app: "https://shop.example" }

userPools:
  people:
    # why so long: PCI
    passwordPolicy: { minimumLength: 12, requireLowercase: true, requireUppercase: true, requireNumbers: true, requireSymbols: true }
    autoVerifiedAttributes: [email] # checked
    clients:
      web:
        accessTokenValidity: 15m
        allowedOAuthFlows: [code]
        allowedOAuthScopes:
          - openid
          - email
        callbackUrls: ["\${var.app}/callback"]
# the end
`

let world: World
const cwd = mkdtempSync(join(tmpdir(), 'cogsync-accept-'))
const text = () => readFileSync(join(cwd, 'cognito.yaml'), 'utf8')
const drift = async (more = '') =>
  run(`drift ${more}--endpoint-url ${world.sandbox.url}`, {
    cwd,
    parts: { ...realParts, pipeline: () => import('../../src/index.ts') },
  })
const certificate = (id: string) =>
  `arn:aws:acm:us-east-1:111122223333:certificate/${id}2c3d-0000-4000-8000-000000000000`
const start = async (written = file, environment?: string) => {
  world = await openWorld()
  writeFileSync(join(cwd, 'cognito.yaml'), written)
  const { spec, diagnostics } = parseSpec(
    { file: 'cognito.yaml', text: written },
    { kinds, ...(environment && { environment }) },
  )
  if (spec === undefined) throw new Error(JSON.stringify(diagnostics))
  await world.apply(await world.plan(spec))
  const { UserPools } = (await world.aws.send('cognito-idp:ListUserPools', { MaxResults: 60 })) as {
    UserPools: { Id: string }[]
  }
  const UserPoolId = UserPools[0]?.Id as string
  const { UserPoolClients } = (await world.aws.send('cognito-idp:ListUserPoolClients', {
    UserPoolId,
    MaxResults: 60,
  })) as { UserPoolClients: { ClientId: string; ClientName: string }[] }
  const web = UserPoolClients.find(({ ClientName }) => ClientName === 'web')
  return { UserPoolId, ClientId: web?.ClientId as string }
}
const change = async ({ UserPoolId, ClientId }: { UserPoolId: string; ClientId: string }, more: object) =>
  world.aws.send('cognito-idp:UpdateUserPoolClient', {
    UserPoolId,
    ClientId,
    AccessTokenValidity: 15,
    TokenValidityUnits: { AccessToken: 'minutes' },
    AllowedOAuthFlows: ['code'],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthScopes: ['email', 'openid'],
    CallbackURLs: ['https://shop.example/callback'],
    ...more,
  } as never)

describe('cogsync drift --accept', () => {
  afterEach(() => world.close())

  it('writes stated settings in their place and others as new lines', async () => {
    const ids = await start()
    await change(ids, {
      AccessTokenValidity: 20,
      AllowedOAuthScopes: ['email', 'openid', 'phone'],
      PreventUserExistenceErrors: 'ENABLED',
    })
    expect((await drift()).code).toBe(2)
    const ran = await drift('--accept ')
    expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('Wrote 3 settings into cognito.yaml')])
    expect(text()).toBe(
      file
        .replace('15m', '20m')
        .replace('          - email\n', '          - email\n          - phone\n')
        .replace('/callback"]\n', '/callback"]\n        preventUserExistenceErrors: ENABLED\n'),
    )
    expect((await drift()).code).toBe(0)
  })

  it('keeps the words, the order and the comments of what still holds', async () => {
    const written = file
      .replace('["${var.app}/callback"]', '["${var.app}/callback"] # by app')
      .replace('          - openid\n', '          - openid # always\n          # to write to people\n')
    const ids = await start(written)
    await change(ids, {
      CallbackURLs: ['https://new.example/', 'https://shop.example/callback'],
      AllowedOAuthScopes: ['openid', 'phone', 'profile'],
    })
    expect((await drift('--accept ')).code).toBe(0)
    expect(text()).toBe(
      written
        .replace('["${var.app}/callback"]', '["${var.app}/callback", "https://new.example/"]')
        .replace('          - email\n', '          - phone\n          - profile\n'),
    )
    expect((await drift()).code).toBe(0)
  })

  it('changes the variable that a setting is, unless it is anything else too', async () => {
    const written = file
      .replace('"https://shop.example" }', '"https://shop.example", access: 15m, refresh: 30d }')
      .replace(
        'accessTokenValidity: 15m',
        'accessTokenValidity: ${var.access}\n        refreshTokenValidity: ${var.refresh}',
      )
      .replace('# the end', '      app: { refreshTokenValidity: "${var.refresh}" }\n# the end')
    const ids = await start(written)
    await change(ids, { AccessTokenValidity: 20, RefreshTokenValidity: 10 })
    const ran = await drift('--accept ')
    expect([ran.code, ran.stderr]).toEqual([
      2,
      expect.stringContaining(
        'web refreshTokenValidity: userPools.people.clients.app refreshTokenValidity would change with it',
      ),
    ])
    expect(text()).toBe(written.replace('access: 15m', 'access: 20m'))
  })

  it('takes over together what is valid only together', async () => {
    const written = `${file}      app: { enableTokenRevocation: false }\n`.replace('# the end\n', '')
    const { UserPoolId } = await start(written)
    const { UserPoolClients } = await world.aws.send('cognito-idp:ListUserPoolClients', { UserPoolId })
    const app = (UserPoolClients as { ClientId: string; ClientName: string }[]).find(
      one => one.ClientName === 'app',
    )
    await world.aws.send('cognito-idp:UpdateUserPoolClient', {
      UserPoolId,
      ClientId: app?.ClientId as string,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
      CallbackURLs: ['https://app.example/'],
    })
    expect((await drift('--accept ')).code).toBe(0)
    expect(text()).toBe(
      written.replace(
        'enableTokenRevocation: false }',
        'enableTokenRevocation: false, callbackUrls: ["https://app.example/"], allowedOAuthFlows: [code], allowedOAuthScopes: [openid], allowedOAuthFlowsUserPoolClient: true }',
      ),
    )
  })

  it('leaves a reference to a resource to somebody, and says what AWS has', async () => {
    const written = `${file}    groups: { staff: { roleArn: "\${roles.staff.arn}" } }
roles: { staff: { trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: cognito-idp.amazonaws.com }, Action: "sts:AssumeRole" }] } } }
`
    const { UserPoolId } = await start(written)
    await world.aws.send('cognito-idp:UpdateGroup', {
      UserPoolId,
      GroupName: 'staff',
      RoleArn: 'arn:aws:iam::111122223333:role/member',
    })
    const ran = await drift('--accept ')
    expect([ran.code, ran.stderr]).toEqual([
      2,
      expect.stringContaining(
        'groups.staff roleArn: it is stated by reference, and AWS has "arn:aws:iam::111122223333:role/member"',
      ),
    ])
    expect(text()).toBe(written)
  })

  describe('of a domain', () => {
    const domains = file.replace(
      '    clients:',
      `    domain:
      prefix: accept-7f3a
      managedLoginVersion: 2 # the new pages
      custom: { name: login.shop.example, certificateArn: "${certificate('0a1b')}" }
    clients:`,
    )

    it('changes what is its own, and says for itself what it no longer shares', async () => {
      const { UserPoolId } = await start(domains)
      await world.aws.send('cognito-idp:UpdateUserPoolDomain', {
        UserPoolId,
        Domain: 'login.shop.example',
        ManagedLoginVersion: 1,
        CustomDomainConfig: { CertificateArn: certificate('1b2c') },
      })
      const ran = await drift('--accept ')
      expect([ran.code, ran.stderr]).toEqual([0, expect.stringContaining('Wrote 2 settings')])
      expect(text()).toBe(
        domains.replace('0a1b', '1b2c').replace('000000000000" }', '000000000000", managedLoginVersion: 1 }'),
      )
    })

    it('changes what both share only if both have changed', async () => {
      const { UserPoolId } = await start(domains)
      const classic = (Domain: string, more = {}) =>
        world.aws.send('cognito-idp:UpdateUserPoolDomain', {
          UserPoolId,
          Domain,
          ManagedLoginVersion: 1,
          ...more,
        })
      await classic('accept-7f3a')
      const ran = await drift('--accept ')
      expect([ran.code, ran.stderr]).toEqual([
        2,
        expect.stringContaining('domain.custom managedLoginVersion would change with it'),
      ])
      expect(text()).toBe(domains)
      await classic('login.shop.example', { CustomDomainConfig: { CertificateArn: certificate('0a1b') } })
      expect((await drift('--accept ')).code).toBe(0)
      expect(text()).toBe(domains.replace('2 # the', '1 # the'))
    })
  })

  it('writes for one of several environments only', async () => {
    const written = `${file}environments:
  dev: {}
  prod:
    vars: { app: "https://shop.example" } # prod
`
    const ids = await start(written, 'prod')
    await change(ids, {
      AccessTokenValidity: 20,
      CallbackURLs: ['https://new.example/', 'https://shop.example/callback'],
    })
    expect((await drift('--env prod --accept ')).code).toBe(0)
    expect(text()).toBe(
      `${written}    override:
      userPools:
        people:
          clients:
            web:
              accessTokenValidity: 20m
              callbackUrls: ["\${var.app}/callback", "https://new.example/"]
`,
    )
    expect((await drift('--env prod ')).code).toBe(0)
  })

  it('writes nothing while something could not be read', async () => {
    const ids = await start()
    await change(ids, { AccessTokenValidity: 20 })
    world.sandbox.inject({
      when: { operation: 'ListGroups' },
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      then: { error: { code: 'AccessDeniedException', status: 400, message: 'no' } },
    })
    expect((await drift('--accept ')).code).toBe(4)
    expect(text()).toBe(file)
  })

  it('says the default aloud where AWS has nothing any more', async () => {
    const ids = await start()
    await world.aws.send('cognito-idp:UpdateUserPool', {
      UserPoolId: ids.UserPoolId,
      Policies: {
        PasswordPolicy: {
          MinimumLength: 10,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: false,
        },
      },
      UserPoolTags: { 'cogsync:stack': 'shop', 'cogsync:key': 'people', team: 'a' },
    })
    expect((await drift('--accept ')).code).toBe(0)
    expect(text()).toContain('minimumLength: 10,')
    expect(text()).toContain('requireSymbols: false }')
    expect(text()).toContain('autoVerifiedAttributes: null # checked')
    expect(text()).toContain('    tags: { team: a }\n')
    expect((await drift()).code).toBe(0)
  })
})
