// How many requests a second AWS allows, as data: facts of the quotas pages, and careful guesses marked as such.
import type { JsonObject } from '../model.ts'

/** A quota that a request counts against. */
export interface Limit {
  /** the same for all requests that share it */
  name: string
  /** requests a second */
  rate: number
}

interface Category {
  /** requests a second, all pools of the account and Region together */
  rate: number
  /** requests a second for each of its operations on one pool */
  perPool?: number
  operations: readonly string[]
}

/** Cognito's categories, without those of people signing in [D: Cognito developer guide, quotas, 2026]. */
const categories: { [name: string]: Category } = {
  UserPoolRead: { rate: 15, operations: ['DescribeUserPool', 'ListUserPools'] },
  UserPoolUpdate: { rate: 15, operations: ['CreateUserPool', 'UpdateUserPool', 'DeleteUserPool'] },
  UserPoolClientRead: {
    rate: 15,
    perPool: 5,
    operations: ['DescribeUserPoolClient', 'ListUserPoolClients'],
  },
  UserPoolClientUpdate: {
    rate: 15,
    perPool: 5,
    operations: ['CreateUserPoolClient', 'UpdateUserPoolClient', 'DeleteUserPoolClient'],
  },
  // The page does not list all of them. Terms, log delivery, secrets and sessions of clients count here too [INF].
  UserPoolResourceRead: { rate: 20, perPool: 5, operations: [] },
  UserPoolResourceUpdate: { rate: 15, perPool: 5, operations: [] },
}

const categoryOf = new Map(
  Object.entries(categories).flatMap(([name, { operations }]) =>
    operations.map(operation => [operation, name] as const),
  ),
)

/** Operations that have a rate of their own, for an account and Region. */
const single: { [operation: string]: number } = {
  // [D: Cognito developer guide, quotas of identity pools, 2026]
  'cognito-identity:TagResource': 5,
  'cognito-identity:UntagResource': 5,
  'cognito-identity:ListTagsForResource': 10,
}

/** Requests a second of services for which AWS publishes no figure: polite ones [INF]. */
const services: { [service: string]: number } = { wafv2: 5, lambda: 5 }
const elsewhere = 10

/** Whether an operation changes nothing: those are the ones that AWS names so. */
const isRead = (name: string): boolean => /^(Describe|Get|List)/.test(name)

/** The pool that a request is about, by id; by whatever it names instead, where it names none. */
const poolOf = ({ UserPoolId, ResourceArn, Domain }: JsonObject): string | undefined => {
  if (typeof UserPoolId === 'string') return UserPoolId
  if (typeof ResourceArn === 'string') return /:userpool\/(.+)$/.exec(ResourceArn)?.[1]
  return typeof Domain === 'string' ? '' : undefined
}

/** The quotas that a request counts against, the narrowest first. IAM's are the account's; others, the Region's. */
export const limitsOf = (operation: string, input: JsonObject, region: string): Limit[] => {
  const [service = '', name = ''] = operation.split(':')
  const place = service === 'iam' ? '' : `${region} `
  const own = single[operation]
  if (own !== undefined) return [{ name: `${place}${operation}`, rate: own }]
  if (service !== 'cognito-idp') return [{ name: `${place}${service}`, rate: services[service] ?? elsewhere }]
  const category = categoryOf.get(name) ?? (isRead(name) ? 'UserPoolResourceRead' : 'UserPoolResourceUpdate')
  const { rate, perPool } = categories[category] as Category
  const wide = { name: `${place}${category}`, rate }
  if (perPool === undefined) return [wide]
  return [{ name: `${place}${operation} ${poolOf(input) ?? ''}`, rate: perPool }, wide]
}

/** The pool that a request changes, if it does: AWS refuses two changes of a pool at once. */
export const poolChangedBy = (operation: string, input: JsonObject): string | undefined => {
  const [service, name = ''] = operation.split(':')
  return service !== 'cognito-idp' || isRead(name) ? undefined : poolOf(input)
}

/** How many of a kind AWS lets there be at most, raised as far as it raises them [D: quotas of Cognito and IAM, 2026]. */
const mostItems: { [operation: string]: number } = {
  'cognito-idp:ListUserPools': 10_000,
  'cognito-idp:ListUserPoolClients': 10_000,
  'cognito-idp:ListGroups': 10_000,
  'cognito-idp:ListIdentityProviders': 1000,
  'cognito-idp:ListResourceServers': 300,
  'cognito-idp:ListTerms': 40,
  'cognito-idp:ListUserPoolReplicas': 1,
  'cognito-identity:ListIdentityPools': 10_000,
  'iam:ListRoles': 10_000,
  'iam:ListRoleTags': 50,
  'iam:ListRolePolicies': 100,
  'iam:ListAttachedRolePolicies': 25,
}

/** A page that holds no more is short, and AWS may give short ones. */
const shortPage = 10

/** How many pages a list may have: as many short ones as its quota fills, and some that are empty. */
export const pagesOf = (operation: string): number => 20 + (mostItems[operation] ?? 10_000) / shortPage
