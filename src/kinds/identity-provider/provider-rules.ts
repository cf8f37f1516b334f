// By which names the providers of an identity pool are known to role mappings and principal tags.
import type { Json, Term } from '../../model.ts'
import type { Values } from '../../table/kind.ts'
import { isHole, isObject, lacks, mapOf, textOf } from '../../table/rule.ts'

/** Social providers, by the names that identity pools have for them [D]. */
export const logins = [
  'graph.facebook.com',
  'accounts.google.com',
  'appleid.apple.com',
  'www.amazon.com',
  'api.twitter.com',
  'www.digits.com',
] as const

const listAt = (values: Values, field: string): Json[] | undefined => {
  const value = values[field]
  return value === null ? [] : Array.isArray(value) ? value : undefined
}

const addressesIn = (term: Term | undefined): string[] => {
  if (Array.isArray(term)) return term.flatMap(addressesIn)
  if (!isObject(term)) return []
  const address = term['$ref']
  return typeof address === 'string' ? [address] : Object.values(term).flatMap(addressesIn)
}

/** What a term refers to: the longest address in it, since a client's is longer than its pool's. */
export const addressOf = (term: Term | undefined): string | undefined =>
  addressesIn(term).sort((a, b) => b.length - a.length)[0]

/** What a pool's clients are called: in AWS's words, or by address; `vague` where neither is known. */
const clientsOf = (pool: Values) => {
  const clients = listAt(pool, 'cognitoIdentityProviders')
    ?.filter(isObject)
    .map(({ providerName, clientId, client }) =>
      typeof providerName === 'string' && typeof clientId === 'string'
        ? { provider: providerName, name: `${providerName}:${clientId}` }
        : { address: addressOf(client ?? clientId) },
    )
  return {
    written: clients?.filter(client => 'provider' in client) ?? [],
    addresses: clients?.flatMap(client => client.address ?? []) ?? [],
    vague:
      clients === undefined ||
      clients.some(client => !('provider' in client) && client.address === undefined),
  }
}

/** A provider of IAM goes by its ARN, or by what stands after the sort in it. */
const arnsOf = (pool: Values) => {
  const lists = ['openIdConnectProviderArns', 'samlProviderArns'].map(field => listAt(pool, field))
  const arns = lists.flatMap(list => list ?? []).filter(arn => typeof arn === 'string')
  return {
    names: [...arns, ...arns.map(arn => arn.replace(/^.*?-provider\//, ''))],
    vague: lists.some(list => list === undefined || list.some(isHole)),
  }
}

/**
 * Whether the identity pool, for sure, has no such provider. `withClient`: keys of clients are
 * `PROVIDER:CLIENT`, as in role mappings; without, a user pool is named alone.
 */
export const lacksProvider = (
  pool: Values | undefined,
  key: Term,
  { withClient }: { withClient: boolean },
): boolean => {
  if (pool === undefined) return false
  if (typeof key !== 'string') return lacksAddress(pool, addressOf(key), withClient)
  if (key.startsWith('cognito-idp.')) {
    const { written, addresses, vague } = clientsOf(pool)
    // a client of the file may be the very one
    if (vague || addresses.length > 0) return false
    return !written.some(({ provider, name }) => key === (withClient ? name : provider))
  }
  if (logins.some(login => login === key)) {
    const known = mapOf(pool, 'supportedLoginProviders')
    return lacks(pool, 'supportedLoginProviders') || (known !== undefined && !(key in known))
  }
  const { names, vague } = arnsOf(pool)
  if (vague || names.includes(key)) return false
  if (key.startsWith('arn:')) return true
  const developer = textOf(pool, 'developerProviderName')
  return lacks(pool, 'developerProviderName') || (developer !== undefined && developer !== key)
}

const lacksAddress = (pool: Values, address: string | undefined, withClient: boolean): boolean => {
  const { written, addresses, vague } = clientsOf(pool)
  if (address === undefined || vague || written.length > 0) return false
  return !addresses.some(other => other === address || (!withClient && other.startsWith(`${address}.`)))
}
