// The request rates of an account that can be bought, as they are: read for people, and never planned.
import type { Aws, Limit } from '../model.ts'

/** The categories that are adjustable [G26: quotas]; a purchase is the account's, and no stack's. */
const categories = [
  'UserAuthentication',
  'UserCreation',
  'UserFederation',
  'UserRead',
  'UserToken',
  'UserResourceRead',
]

/**
 * What the account may send in a Region, and what is free, in requests a second. One after the other: AWS takes one
 * such request a second [G26], and the port waits for it. Throws `AwsError`s, such as that of a lacking permission.
 */
export const readLimits = async (aws: Aws): Promise<Limit[]> => {
  const limits: Limit[] = []
  for (const Category of categories) {
    const answer = await aws.send('cognito-idp:GetProvisionedLimit', {
      LimitDefinition: { LimitClass: 'API_CATEGORY', Attributes: { Category } },
    })
    const { ProvisionedLimitValue, FreeLimitValue } = (answer['Limit'] ?? {}) as { [member: string]: number }
    limits.push({ category: Category, provisioned: ProvisionedLimitValue ?? 0, free: FreeLimitValue ?? 0 })
  }
  return limits
}
