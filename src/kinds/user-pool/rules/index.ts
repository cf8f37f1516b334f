// What Cognito would refuse of a user pool, as far as its own values tell.
import { checkWith } from '../../../table/rule.ts'
import { factorRules } from './factors.ts'
import { messageRules } from './messages.ts'
import { signInRules } from './sign-in.ts'
import { tierRules } from './tier.ts'
import { triggerRules } from './triggers.ts'

/**
 * Groups of settings of one block: when anything of the block is stated, all of the group must be. Cognito's
 * defaults for the four requirements depend on whether there is a policy, and it takes a registration block that
 * does not say whether it is on for one that is.
 */
export const statedTogether: string[][] = [
  [
    'passwordPolicy.requireLowercase',
    'passwordPolicy.requireUppercase',
    'passwordPolicy.requireNumbers',
    'passwordPolicy.requireSymbols',
  ],
  ['dynamicClientRegistration.enableStatus'],
]

export const checkUserPool = checkWith([
  ...tierRules,
  ...signInRules,
  ...messageRules,
  ...factorRules,
  ...triggerRules,
])
