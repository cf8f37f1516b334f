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
    parts: { ...realParts, pipeline: () => import('../../src/cogsync.ts') },
  })
const start = async (written = file) => {
  world = await openWorld()
  writeFileSync(join(cwd, 'cognito.yaml'), written)
  const { spec, diagnostics } = parseSpec({ file: 'cognito.yaml', text: written }, { kinds })
  if (spec === undefined) throw new Error(JSON.stringify(diagnostics))
  await world.apply(await world.plan(spec))
  const { UserPools } = (await world.aws.send('cognito-idp:ListUserPools', { MaxResults: 60 })) as {
    UserPools: { Id: string }[]
  }
  const UserPoolId = UserPools[0]?.Id as string
  const { UserPoolClients } = (await world.aws.send('cognito-idp:ListUserPoolClients', {
    UserPoolId,
    MaxResults: 60,
  })) as { UserPoolClients: { ClientId: string }[] }
  return { UserPoolId, ClientId: UserPoolClients[0]?.ClientId as string }
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
        .replace(
          '          - openid\n          - email\n',
          '          - email\n          - openid\n          - phone\n',
        )
        .replace('/callback"]\n', '/callback"]\n        preventUserExistenceErrors: ENABLED\n'),
    )
    expect((await drift()).code).toBe(0)
  })

  it('leaves what stands by reference to somebody, and says so', async () => {
    const ids = await start()
    await change(ids, { CallbackURLs: ['https://shop.example/callback', 'https://evil.example/'] })
    const ran = await drift('--accept ')
    expect([ran.code, ran.stderr]).toEqual([
      2,
      expect.stringContaining('userPools.people.clients.web callbackUrls: it is stated by reference'),
    ])
    expect(text()).toBe(file)
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
