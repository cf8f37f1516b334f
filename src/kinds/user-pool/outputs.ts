// What a user pool tells apps: where its tokens come from, and where people sign in.
import type { JsonObject } from '../../model.ts'
import { type AmplifyMembers, listOf, type Output, textOf, type View } from '../../table/output.ts'
import { hostOf } from '../domain/index.ts'

/**
 * The pool's own record of its domains, which also tells of one that the file does not list. People sign in at
 * the custom one if there is one.
 */
export const hostOfPool = (pool: View | undefined): string | undefined => {
  if (pool === undefined) return undefined
  const name = [pool.wire['CustomDomain'], pool.wire['Domain']].find(one => typeof one === 'string')
  return name === undefined ? undefined : hostOf(name as string, pool.where.region)
}

const issuerOf = (pool: View): string | undefined => pool.attribute('issuer')

const below =
  (start: (view: View) => string | undefined, path: string) =>
  (view: View): string | undefined => {
    const base = start(view)
    return base === undefined ? undefined : `${base}${path}`
  }

const siteOf = (pool: View): string | undefined => {
  const host = hostOfPool(pool)
  return host === undefined ? undefined : `https://${host}`
}

export const userPoolOutputs: readonly Output[] = [
  { name: 'userPoolId', title: 'user pool id', attribute: 'id' },
  { name: 'userPoolArn', title: 'ARN', attribute: 'arn' },
  { name: 'issuer', title: 'issuer', attribute: 'issuer' },
  { name: 'jwksUrl', title: 'JWKS', value: below(issuerOf, '/.well-known/jwks.json') },
  { name: 'discoveryUrl', title: 'discovery', value: below(issuerOf, '/.well-known/openid-configuration') },
  { name: 'domain', title: 'domain', value: hostOfPool },
  { name: 'authorizationEndpoint', title: 'authorization', value: below(siteOf, '/oauth2/authorize') },
  { name: 'tokenEndpoint', title: 'token', value: below(siteOf, '/oauth2/token') },
  { name: 'userInfoEndpoint', title: 'user info', value: below(siteOf, '/oauth2/userInfo') },
]

const mfaConfigurations: { [ours: string]: string } = { OFF: 'NONE', OPTIONAL: 'OPTIONAL', ON: 'REQUIRED' }

/** Version 1 knows two methods; EMAIL came with a later one. */
const mfaMethods = { SMS: 'mfa.sms.enabled', TOTP: 'mfa.softwareToken.enabled' }

const orNothing = (list: string[]): string[] | undefined => (list.length === 0 ? undefined : list)

const requirements = {
  min_length: 'minimumLength',
  require_lowercase: 'requireLowercase',
  require_numbers: 'requireNumbers',
  require_symbols: 'requireSymbols',
  require_uppercase: 'requireUppercase',
}

export const userPoolAmplify: AmplifyMembers = {
  aws_region: pool => pool.where.region,
  user_pool_id: pool => pool.attribute('id'),
  // Amplify takes the policy whole or not at all
  password_policy: pool => {
    const policy = Object.entries(requirements).map(([member, name]) => [
      member,
      pool.values[`passwordPolicy.${name}`],
    ])
    return policy.every(([, value]) => value !== undefined && value !== null)
      ? (Object.fromEntries(policy) as JsonObject)
      : undefined
  },
  // every pool says that `sub` is required, and nobody is asked for it
  standard_required_attributes: pool =>
    Object.entries((pool.values['attributes'] ?? {}) as { [name: string]: JsonObject })
      .filter(([name, attribute]) => attribute['required'] === true && name !== 'sub')
      .map(([name]) => name)
      .sort(),
  username_attributes: pool => orNothing(listOf(pool, 'usernameAttributes')),
  user_verification_types: pool => listOf(pool, 'autoVerifiedAttributes'),
  mfa_configuration: pool => mfaConfigurations[textOf(pool, 'mfa.configuration') ?? ''],
  mfa_methods: pool =>
    textOf(pool, 'mfa.configuration') === 'OFF'
      ? []
      : Object.entries(mfaMethods).flatMap(([method, field]) =>
          pool.values[field] === true ? [method] : [],
        ),
}
