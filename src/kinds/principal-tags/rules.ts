// What Cognito would refuse of principal tags.

import { checkWith, has, type Rule, rule } from '../../table/rule.ts'
import { lacksProvider } from '../identity-provider/provider-rules.ts'

const rules: readonly Rule[] = [
  rule(
    'COG2441',
    ({ provider }, { parent, key }) =>
      provider !== undefined && provider !== null && lacksProvider(parent, provider, { withClient: false })
        ? typeof provider === 'string'
          ? provider
          : key
        : undefined,
    {
      field: 'provider',
      message: provider => `${provider} is no provider of the identity pool`,
      hint: "add it to the identity pool's providers; a user pool is named without its client",
    },
  ),
  rule('COG2442', values => values['useDefaults'] === true && has(values, 'tags'), {
    field: 'tags',
    message: 'useDefaults is true, and there are tags as well',
    hint: 'set useDefaults to false to use your own tags (`client: aud` and `username: sub` are the defaults)',
    severity: 'warning',
  }),
]

export const checkPrincipalTags = checkWith(rules)
