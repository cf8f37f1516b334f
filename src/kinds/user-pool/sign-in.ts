// Who may sign in, by what name, and with what password.

import { durationIn, recoveryOrder } from '../../table/codecs.ts'
import {
  additionLoosens,
  always,
  both,
  ranked,
  stricterWhenHigher,
  stricterWhenOn,
} from '../../table/impact.ts'
import type { Field } from '../../table/kind.ts'
import { duration, flag, listOf, oneOf, resourceName, whole } from '../../table/schemas.ts'
import { attributeMap, attributeSchema, isCustom } from './attributes.ts'
import { row } from './row.ts'

const newPool =
  'create a second pool with the new setting and move users over with a user-migration trigger or an import; this pool keeps the old one'

const requirement = (
  letter: string,
  member: 'RequireLowercase' | 'RequireUppercase' | 'RequireNumbers' | 'RequireSymbols',
) =>
  row({
    path: `passwordPolicy.${member[0]?.toLowerCase()}${member.slice(1)}`,
    wire: `Policies.PasswordPolicy.${member}`,
    schema: flag,
    unset: true,
    examples: [false, true],
    given: statedPolicy,
    impact: stricterWhenOn,
    doc: `Whether passwords need ${letter}. A stated policy states all four requirements, because AWS's default for them depends on whether there is a policy.`,
  })

const statedPolicy = {
  'passwordPolicy.requireLowercase': true,
  'passwordPolicy.requireUppercase': true,
  'passwordPolicy.requireNumbers': true,
  'passwordPolicy.requireSymbols': true,
}

export const signIn: readonly Field[] = [
  row({
    path: 'name',
    wire: 'PoolName',
    schema: resourceName,
    unset: 'keep',
    implied: (_spec, key) => key,
    examples: ['customers', 'shop customers'],
    doc: "The pool's name. Need not be unique in AWS; can be changed in place.",
  }),
  row({
    path: 'userPoolTier',
    wire: 'UserPoolTier',
    schema: () => oneOf('LITE', 'ESSENTIALS', 'PLUS'),
    unset: 'keep',
    default: 'ESSENTIALS',
    examples: ['ESSENTIALS', 'PLUS'],
    impact: always('cost'),
    doc: 'The feature plan, which is also the price class. Never changed by silence: pools made before November 2024 are on LITE.',
  }),
  row({
    path: 'deletionProtection',
    wire: 'DeletionProtection',
    schema: () => oneOf('ACTIVE', 'INACTIVE'),
    unset: 'keep',
    default: 'INACTIVE',
    examples: ['ACTIVE', 'INACTIVE'],
    impact: ranked('INACTIVE', 'ACTIVE'),
    doc: 'Whether AWS refuses to delete the pool. Never changed by silence.',
  }),
  row({
    path: 'usernameAttributes',
    wire: 'UsernameAttributes',
    shape: 'set',
    schema: () => listOf(oneOf('email', 'phone_number')),
    unset: [],
    examples: [['email'], ['email', 'phone_number']],
    remedy: newPool,
    doc: 'Attributes that people sign in with instead of a user name. Fixed at creation; not together with `aliasAttributes`.',
  }),
  row({
    path: 'aliasAttributes',
    wire: 'AliasAttributes',
    shape: 'set',
    schema: () => listOf(oneOf('email', 'phone_number', 'preferred_username')),
    unset: [],
    examples: [['email'], ['preferred_username']],
    remedy: newPool,
    doc: 'Attributes that people may sign in with beside their user name. Fixed at creation; not together with `usernameAttributes`.',
  }),
  row({
    path: 'usernameConfiguration.caseSensitive',
    wire: 'UsernameConfiguration.CaseSensitive',
    schema: flag,
    unset: true,
    examples: [false, true],
    remedy: newPool,
    doc: "Whether `Ann` and `ann` are two users. Fixed at creation; AWS's default is true, the console makes pools with false.",
  }),
  row({
    path: 'attributes',
    wire: 'Schema',
    codec: attributeMap,
    shape: 'declared',
    schema: attributeSchema,
    unset: {},
    collection: { name: 'attributes', drift: true, permanent: true, of: isCustom },
    examples: [
      { email: { required: true, mutable: true } },
      { email: { required: true, mutable: true }, 'custom:tenant': { type: 'String', maxLength: 64 } },
    ],
    impact: always('irreversible'),
    remedy:
      'an attribute can never be changed or removed: add a new one under another name, or create a second pool and move users over',
    doc: 'Standard attributes (`email`) and custom ones (`custom:tenant`). Custom attributes can be added later, but never changed or removed. Only what is stated is compared.',
  }),
  row({
    path: 'autoVerifiedAttributes',
    wire: 'AutoVerifiedAttributes',
    shape: 'set',
    schema: () => listOf(oneOf('email', 'phone_number')),
    unset: [],
    clear: { wire: [] },
    examples: [['email'], []],
    doc: 'Attributes that Cognito verifies by sending a code. `phone_number` needs `sms`.',
  }),
  row({
    path: 'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate',
    wire: 'UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate',
    shape: 'set',
    schema: () => listOf(oneOf('email', 'phone_number')),
    unset: [],
    examples: [['email'], []],
    given: { autoVerifiedAttributes: ['email'] },
    doc: 'Attributes whose new value counts only once verified. Each must be in `autoVerifiedAttributes`.',
  }),
  row({
    path: 'passwordPolicy.minimumLength',
    wire: 'Policies.PasswordPolicy.MinimumLength',
    schema: () => whole(6, 99),
    unset: 8,
    examples: [12, 8],
    given: statedPolicy,
    impact: stricterWhenHigher,
    doc: 'The shortest password allowed.',
  }),
  requirement('a lower-case letter', 'RequireLowercase'),
  requirement('an upper-case letter', 'RequireUppercase'),
  requirement('a digit', 'RequireNumbers'),
  requirement('a symbol', 'RequireSymbols'),
  row({
    path: 'passwordPolicy.passwordHistorySize',
    wire: 'Policies.PasswordPolicy.PasswordHistorySize',
    schema: () => whole(0, 24),
    unset: 0,
    examples: [5, 0],
    given: { ...statedPolicy, userPoolTier: 'ESSENTIALS' },
    impact: stricterWhenHigher,
    doc: 'How many former passwords may not be used again. More than 0 needs ESSENTIALS or PLUS.',
  }),
  row({
    path: 'passwordPolicy.temporaryPasswordValidity',
    wire: 'Policies.PasswordPolicy.TemporaryPasswordValidityDays',
    codec: durationIn('Policies.PasswordPolicy.TemporaryPasswordValidityDays', 'd'),
    schema: () => duration('1d', '365d', 'd'),
    unset: '7d',
    examples: ['3d', '7d'],
    given: statedPolicy,
    doc: 'How long the password of an invitation works, in whole days.',
  }),
  row({
    path: 'signInPolicy.allowedFirstAuthFactors',
    wire: 'Policies.SignInPolicy.AllowedFirstAuthFactors',
    shape: 'set',
    schema: () => listOf(oneOf('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'), 1, 5),
    unset: ['PASSWORD'],
    empty: 'refused',
    examples: [['PASSWORD', 'WEB_AUTHN'], ['PASSWORD']],
    given: { userPoolTier: 'ESSENTIALS' },
    impact: additionLoosens,
    doc: 'What people may begin to sign in with. Anything but PASSWORD needs ESSENTIALS or PLUS.',
  }),
  row({
    path: 'accountRecovery',
    wire: 'AccountRecoverySetting.RecoveryMechanisms',
    codec: recoveryOrder('AccountRecoverySetting.RecoveryMechanisms'),
    schema: () => listOf(oneOf('verified_email', 'verified_phone_number', 'admin_only'), 1, 2),
    unset: ['verified_email', 'verified_phone_number'],
    empty: 'refused',
    examples: [['verified_email'], ['verified_phone_number', 'verified_email']],
    impact: both(additionLoosens),
    doc: 'How people who forgot their password get back in, best first. `admin_only` stands alone.',
  }),
]
