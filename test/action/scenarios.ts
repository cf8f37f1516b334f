// The seven pull requests that a reviewer must understand from the comment alone, planned against the sandbox.
import {
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { makePlan, readSpec } from '../../src/index.ts'
import { kinds } from '../../src/kinds/index.ts'
import { originsOf } from '../../src/plan/origin.ts'
import type { Bench } from '../journeys/run.ts'

/** The file before every scenario. */
export const before = `version: 1
stack: shop
region: eu-west-1

secrets:
  google: { env: GOOGLE_CLIENT_SECRET }

userPools:
  customers:
    name: shop-customers
    deletionProtection: ACTIVE
    usernameAttributes: [email]
    autoVerifiedAttributes: [email]
    attributes:
      "custom:tenant": { type: String, maxLength: 64 }
    mfa: { configuration: "ON", softwareToken: { enabled: true } }
    domain: { prefix: shop-login }
    identityProviders:
      Google:
        type: Google
        details: { client_id: 123.apps.googleusercontent.com, client_secret: "\${secret.google}", authorize_scopes: openid email }
        attributeMapping: { email: email }
    clients:
      web:
        explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
        allowedOAuthFlows: [code]
        allowedOAuthScopes: [openid, email]
        callbackUrls: ["https://shop.example/callback"]
        logoutUrls: ["https://shop.example/"]
        supportedIdentityProviders: [COGNITO, Google]
        accessTokenValidity: 1h
`

const swap = (from: string, to: string) => {
  if (!before.includes(from)) throw new Error(`the file has no ${from}`)
  return before.replace(from, to)
}

/** What somebody does in the console meanwhile: one more callback URL on the client that has one. */
export const clickInConsole = async ({ cognito }: Pick<Bench, 'cognito'>): Promise<void> => {
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 10 }))
  const UserPoolId = UserPools[0]?.Id ?? ''
  const { UserPoolClients = [] } = await cognito.send(
    new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 10 }),
  )
  const ClientId = UserPoolClients.find(({ ClientName }) => ClientName === 'web')?.ClientId ?? ''
  const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))
  const { CreationDate: _c, LastModifiedDate: _l, ClientSecret: _s, ...client } = UserPoolClient ?? {}
  const CallbackURLs = [...(client.CallbackURLs ?? []), 'https://somebody.example/callback']
  await cognito.send(new UpdateUserPoolClientCommand({ ...client, UserPoolId, ClientId, CallbackURLs }))
}

export interface Scenario {
  /** the file of the pull request */
  file: string
  /** whether somebody clicked before */
  drifted?: true
}

export const scenarios: { [name: string]: Scenario } = {
  'a new callback URL': {
    file: swap(
      '["https://shop.example/callback"]',
      '["https://shop.example/callback", "https://beta.shop.example/callback"]',
    ),
  },
  'a removed provider': {
    file: swap(
      '    identityProviders:\n',
      '    removed: { identityProviders: [Google] }\n    identityProviders:\n',
    )
      .replace(/ {4}identityProviders:\n(?: {6}.*\n)+/, '')
      .replace('[COGNITO, Google]', '[COGNITO]'),
  },
  'MFA made optional': { file: swap('configuration: "ON"', 'configuration: OPTIONAL') },
  'a new custom attribute': {
    file: swap(
      '      "custom:tenant":',
      '      "custom:plan": { type: String, maxLength: 16 }\n      "custom:tenant":',
    ),
  },
  'a changed username attribute': {
    file: swap('usernameAttributes: [email]', 'usernameAttributes: [phone_number]'),
  },
  'a drifted client': { file: swap('accessTokenValidity: 1h', 'accessTokenValidity: 30m'), drifted: true },
  'several things at once': {
    file: swap(
      '    identityProviders:\n',
      '    removed: { identityProviders: [Google] }\n    identityProviders:\n',
    )
      .replace(/ {4}identityProviders:\n(?: {6}.*\n)+/, '')
      .replace(
        '"https://shop.example/callback"',
        '"https://shop.example/callback", "https://beta.shop.example/callback"',
      )
      .replace('[COGNITO, Google]', '[COGNITO]')
      .replace('configuration: "ON"', 'configuration: OPTIONAL'),
    drifted: true,
  },
  'an unchanged file': { file: before },
}

/** Makes what was there before, lets happen what happened, and plans the pull request's file. */
export const planOf = async (bench: Bench, { file, drifted }: Scenario) => {
  await bench.make(await bench.file(before))
  const earlier = await readSpec({ config: 'cognito.yaml', cwd: bench.folder })
  if (drifted) await clickInConsole(bench)
  await bench.file(file)
  const options = { config: 'cognito.yaml', cwd: bench.folder, endpoint: bench.sandbox.url }
  const parsed = await readSpec(options)
  const { spec } = parsed
  if (spec === undefined || earlier.spec === undefined) throw new Error(JSON.stringify(parsed.diagnostics))
  const { plan, observation } = await makePlan({ ...parsed, spec }, options)
  return {
    plan,
    origins: originsOf(plan, { now: spec, base: earlier.spec }, observation, kinds, {
      tool: plan.tool,
      commit: 'base',
    }),
    parsed,
  }
}
