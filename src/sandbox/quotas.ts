// Request rates as AWS documents them: by category for an account and Region, and by operation for one pool.
import { type Members, ServiceError } from './service.ts'
import { makeTable } from './table.ts'

/** Requests a second for all pools of an account in a Region [Cognito developer guide, quotas page, 2026]. */
export const categoryRates: Record<string, number> = makeTable({
  UserAuthentication: 120,
  UserCreation: 50,
  UserFederation: 25,
  UserAccountRecovery: 30,
  UserRead: 120,
  UserUpdate: 25,
  UserToken: 120,
  UserResourceRead: 50,
  UserResourceUpdate: 25,
  UserList: 30,
  UserPoolRead: 15,
  UserPoolUpdate: 15,
  UserPoolResourceRead: 20,
  UserPoolResourceUpdate: 15,
  UserPoolClientRead: 15,
  UserPoolClientUpdate: 15,
  ClientAuthentication: 150,
  LimitManagement: 1,
})

/** In the categories of a pool's resources and clients, one operation on one pool. */
export const ratePerPool = 5

/** Identity pools publish figures for their tagging operations only [quotas page, 2026]. */
const identityPoolRates: Record<string, number> = makeTable({
  TagResource: 5,
  UntagResource: 5,
  ListTagsForResource: 10,
})

interface Bucket {
  tokens: number
  filledAt: number
}

export interface Quotas {
  /** Throws TooManyRequestsException when the request is one too many. */
  spend(request: {
    service: string
    operation: string
    account: string
    region: string
    input: Members
    at: number
  }): void
}

export function makeQuotas(): Quotas {
  const buckets = new Map<string, Bucket>()
  return {
    spend({ service, operation, account, region, input, at }) {
      const scope = `${account}/${region}/${service}`
      if (service === 'cognito-identity') {
        const rate = identityPoolRates[operation]
        if (rate !== undefined) takeToken(buckets, `${scope}/${operation}`, rate, at)
      }
      if (service !== 'cognito-idp') return
      const category = findCategory(operation)
      takeToken(buckets, `${scope}/${category}`, categoryRates[category] ?? ratePerPool, at)
      if (!/^UserPool(Resource|Client)/.test(category)) return
      const pool = input.UserPoolId ?? input.ResourceArn ?? ''
      takeToken(buckets, `${scope}/${pool}/${operation}`, ratePerPool, at)
    },
  }
}

const specialCategories: Record<string, string> = makeTable({
  GetProvisionedLimit: 'LimitManagement',
  ListUsers: 'UserList',
  ListUsersInGroup: 'UserList',
  AdminCreateUser: 'UserCreation',
  AdminDeleteUser: 'UserUpdate',
  AdminAddUserToGroup: 'UserUpdate',
  AdminRemoveUserFromGroup: 'UserUpdate',
})

/** The category that an operation of user pools counts against. */
export function findCategory(operation: string): string {
  const special = specialCategories[operation]
  if (special !== undefined) return special
  const kind = /^(Describe|Get|List)/.test(operation) ? 'Read' : 'Update'
  if (/^(Create|Describe|Update|Delete)UserPool$|^ListUserPools$/.test(operation)) return `UserPool${kind}`
  if (/UserPoolClients?$/.test(operation)) return `UserPoolClient${kind}`
  return `UserPoolResource${kind}`
}

/** A bucket holds one second's worth and refills steadily. */
function takeToken(buckets: Map<string, Bucket>, name: string, rate: number, at: number): void {
  const bucket = buckets.get(name) ?? { tokens: rate, filledAt: at }
  const refill = ((at - bucket.filledAt) / 1000) * rate
  const tokens = Math.min(rate, bucket.tokens + Math.max(0, refill))
  if (tokens < 1) throw new ServiceError('TooManyRequestsException', 'Rate exceeded')
  buckets.set(name, { tokens: tokens - 1, filledAt: at })
}
