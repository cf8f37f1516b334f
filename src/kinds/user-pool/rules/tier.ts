// What the feature plan of a user pool does not include. Unknown plans include everything.
import type { Values } from '../../../table/kind.ts'
import { has, isObject, type Rule, rule, textOf, textsOf } from '../../../table/rule.ts'

const raise = (_: string, values: Values) =>
  `raise userPoolTier from ${textOf(values, 'userPoolTier')}, which changes the price, or take the setting out`

export const isLite = (values: Values | undefined): boolean => textOf(values, 'userPoolTier') === 'LITE'

const onLite =
  <Found>(find: (values: Values) => Found) =>
  (values: Values) =>
    isLite(values) ? find(values) : undefined

/** The version of a trigger that has one; a plain ARN is version 1. */
const versionOf = (values: Values, field: string): string | undefined => {
  const trigger = values[field]
  return isObject(trigger) && typeof trigger['version'] === 'string' ? trigger['version'] : undefined
}

export const tierRules: readonly Rule[] = [
  rule(
    'COG2001',
    onLite(values =>
      textsOf(values, 'signInPolicy.allowedFirstAuthFactors').filter(factor => factor !== 'PASSWORD'),
    ),
    {
      field: 'signInPolicy.allowedFirstAuthFactors',
      message: factor => `signing in with ${factor} needs ESSENTIALS or PLUS, and the pool is on LITE`,
      hint: raise,
    },
  ),
  rule(
    'COG2002',
    onLite(values => values['mfa.email.enabled'] === true),
    {
      field: 'mfa.email.enabled',
      message: 'codes by email need ESSENTIALS or PLUS, and the pool is on LITE',
      hint: raise,
    },
  ),
  rule(
    'COG2003',
    onLite(
      values => textOf(values, 'mfa.webAuthn.factorConfiguration') === 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    ),
    {
      field: 'mfa.webAuthn.factorConfiguration',
      message: 'MULTI_FACTOR_WITH_USER_VERIFICATION needs ESSENTIALS or PLUS, and the pool is on LITE',
      hint: raise,
    },
  ),
  rule(
    'COG2004',
    onLite(values => {
      const version = versionOf(values, 'triggers.preTokenGeneration')
      return version !== 'V1_0' && version
    }),
    {
      field: 'triggers.preTokenGeneration',
      message: version =>
        `version ${version} of the pre-token trigger needs ESSENTIALS or PLUS, and the pool is on LITE`,
      hint: (_, values) => `use version V1_0, or ${raise(_, values)}`,
    },
  ),
  rule(
    'COG2005',
    onLite(values => {
      const size = values['passwordPolicy.passwordHistorySize']
      return typeof size === 'number' && size > 0 ? String(size) : undefined
    }),
    {
      field: 'passwordPolicy.passwordHistorySize',
      message: size => `a password history of ${size} needs ESSENTIALS or PLUS, and the pool is on LITE`,
      hint: raise,
    },
  ),
  rule(
    'COG2006',
    onLite(values => textOf(values, 'dynamicClientRegistration.enableStatus') === 'Enabled'),
    {
      field: 'dynamicClientRegistration.enableStatus',
      message:
        'dynamic client registration is Enabled, which needs ESSENTIALS or PLUS, and the pool is on LITE',
      hint: (_, values) => `set it to Disabled, or ${raise(_, values)}`,
    },
  ),
  rule(
    'COG2007',
    onLite(values => has(values, 'acr')),
    {
      field: 'acr',
      message: 'names for levels of authentication need ESSENTIALS or PLUS, and the pool is on LITE',
      hint: raise,
    },
  ),
  rule(
    'COG2008',
    values => {
      const mode = textOf(values, 'addOns.advancedSecurityMode')
      return textOf(values, 'userPoolTier') === 'ESSENTIALS' && mode !== 'OFF' ? mode : undefined
    },
    {
      field: 'addOns.advancedSecurityMode',
      message: mode => `threat protection ${mode} needs PLUS, and the pool is on ESSENTIALS`,
      hint: raise,
    },
  ),
  rule(
    'COG2009',
    values => {
      const mode = textOf(values, 'addOns.advancedSecurityMode')
      return isLite(values) && mode !== 'OFF' ? mode : undefined
    },
    {
      field: 'addOns.advancedSecurityMode',
      message: mode => `threat protection ${mode} needs PLUS, and the pool is on LITE`,
      hint: (_, values) =>
        `keep it only on a pool that had it before November 2024; else ${raise(_, values)}`,
      // pools that had it when the plans came keep it [ISS: aws/aws-cdk 36023]; a new one cannot be one of them
      severity: ({ creating }) => (creating ? 'error' : 'warning'),
    },
  ),
  rule(
    'COG2010',
    values => {
      const tier = textOf(values, 'userPoolTier')
      return tier === 'LITE' || tier === 'ESSENTIALS'
        ? textOf(values, 'addOns.advancedSecurityAdditionalFlows.customAuthMode')
        : undefined
    },
    {
      field: 'addOns.advancedSecurityAdditionalFlows.customAuthMode',
      message: (mode, values) =>
        `threat protection ${mode} for custom authentication needs PLUS, and the pool is on ${textOf(values, 'userPoolTier')}`,
      hint: raise,
      severity: 'warning',
    },
  ),
]
