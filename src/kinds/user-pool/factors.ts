// Second factors: the settings of SetUserPoolMfaConfig, and device tracking.
import { z } from 'zod'
import { block, presence } from '../../table/codecs.ts'
import { always, ranked, stricterWhenOn } from '../../table/impact.ts'
import type { Field } from '../../table/kind.ts'
import { flag, oneOf, text } from '../../table/schemas.ts'
import { row } from './row.ts'

const words = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`
const on = { 'mfa.configuration': 'OPTIONAL' } as const
const withTotp = { ...on, 'mfa.softwareToken.enabled': true } as const
const withSms = {
  ...withTotp,
  'mfa.sms.enabled': true,
  'sms.snsCallerArn': 'arn:aws:iam::111122223333:role/cognito-sms',
} as const
const forEmail = {
  ...withTotp,
  userPoolTier: 'ESSENTIALS',
  'email.emailSendingAccount': 'DEVELOPER',
  'email.sourceArn': 'arn:aws:ses:eu-west-1:111122223333:identity/shop.example',
} as const
const withEmail = { ...forEmail, 'mfa.email.enabled': true } as const

export const factors: readonly Field[] = [
  row({
    path: 'mfa.configuration',
    wire: 'MfaConfiguration',
    schema: () => oneOf('OFF', 'OPTIONAL', 'ON'),
    unset: 'OFF',
    examples: ['OPTIONAL', 'ON'],
    given: { 'mfa.softwareToken.enabled': true },
    impact: ranked('OFF', 'OPTIONAL', 'ON'),
    doc: 'Whether people need a second factor. OPTIONAL and ON need a factor that is enabled.',
  }),
  row({
    path: 'mfa.sms.enabled',
    wire: ['SmsMfaConfiguration'],
    codec: presence('SmsMfaConfiguration'),
    schema: flag,
    unset: false,
    implied: spec => (spec['mfa.sms.smsAuthenticationMessage'] === undefined ? undefined : true),
    // once on with `sms` set, AWS refuses to turn it off [REC: amplify-backend 1481]
    examples: [true, true],
    given: { ...withTotp, 'sms.snsCallerArn': 'arn:aws:iam::111122223333:role/cognito-sms' },
    doc: 'Codes by text message. Needs `sms`; while the pool has `sms` and any factor is on, AWS does not let it be off.',
  }),
  row({
    path: 'mfa.sms.smsAuthenticationMessage',
    wire: 'SmsAuthenticationMessage',
    schema: () => text(6, 140, String.raw`.*\{####\}.*`, 'text with the code placeholder {####}'),
    unset: 'keep',
    clear: 'unproven',
    examples: ['Your sign-in code is {####}', '{####} is your code'],
    given: withSms,
    doc: 'The text message with a sign-in code.',
  }),
  row({
    path: 'mfa.softwareToken.enabled',
    wire: 'SoftwareTokenMfaConfiguration.Enabled',
    schema: flag,
    unset: false,
    examples: [true, false],
    given: { ...on, 'mfa.email.enabled': true, ...pick(forEmail) },
    doc: 'Codes from an authenticator app (TOTP).',
  }),
  row({
    path: 'mfa.email.enabled',
    wire: ['EmailMfaConfiguration'],
    codec: presence('EmailMfaConfiguration'),
    schema: flag,
    unset: false,
    implied: spec =>
      spec['mfa.email.message'] === undefined && spec['mfa.email.subject'] === undefined ? undefined : true,
    examples: [true, false],
    given: forEmail,
    doc: 'Codes by email. Needs ESSENTIALS or PLUS, your own SES identity, and two recovery mechanisms.',
  }),
  row({
    path: 'mfa.email.message',
    wire: 'EmailMfaConfiguration.Message',
    schema: () =>
      text(6, 20_000, String.raw`${words}\{####\}${words}`, 'text with the code placeholder {####}'),
    unset: 'keep',
    clear: 'unproven',
    examples: ['Your sign-in code is {####}', '{####} is your code'],
    given: withEmail,
    doc: 'The email with a sign-in code.',
  }),
  row({
    path: 'mfa.email.subject',
    wire: 'EmailMfaConfiguration.Subject',
    schema: () => text(1, 140, String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s]+`, 'printable text'),
    unset: 'keep',
    clear: 'unproven',
    examples: ['Sign in', 'Your code'],
    given: withEmail,
    doc: 'The subject of the email with a sign-in code.',
  }),
  row({
    path: 'mfa.webAuthn.relyingPartyId',
    wire: 'WebAuthnConfiguration.RelyingPartyId',
    schema: () => text(1, 127),
    unset: 'keep',
    clear: 'unproven',
    examples: ['login.shop.example', 'shop.example'],
    impact: always('login-breaking'),
    doc: 'The domain that passkeys belong to. A change orphans every registered passkey; with a custom domain it must be that domain.',
  }),
  row({
    path: 'mfa.webAuthn.userVerification',
    wire: 'WebAuthnConfiguration.UserVerification',
    schema: () => oneOf('required', 'preferred'),
    unset: 'keep',
    default: 'preferred',
    examples: ['required', 'preferred'],
    impact: ranked('preferred', 'required'),
    doc: 'Whether a passkey must check the person (a PIN or a fingerprint).',
  }),
  row({
    path: 'mfa.webAuthn.factorConfiguration',
    wire: 'WebAuthnConfiguration.FactorConfiguration',
    schema: () => oneOf('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
    unset: 'keep',
    default: 'SINGLE_FACTOR',
    examples: ['MULTI_FACTOR_WITH_USER_VERIFICATION', 'SINGLE_FACTOR'],
    given: { userPoolTier: 'ESSENTIALS', 'mfa.webAuthn.userVerification': 'required' },
    impact: ranked('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
    doc: 'Whether a passkey with user verification counts as two factors.',
  }),
  row({
    path: 'device',
    wire: [
      'DeviceConfiguration',
      'DeviceConfiguration.ChallengeRequiredOnNewDevice',
      'DeviceConfiguration.DeviceOnlyRememberedOnUserPrompt',
    ],
    codec: block('DeviceConfiguration', {
      challengeRequiredOnNewDevice: 'ChallengeRequiredOnNewDevice',
      deviceOnlyRememberedOnUserPrompt: 'DeviceOnlyRememberedOnUserPrompt',
    }),
    schema: () =>
      z.strictObject({
        challengeRequiredOnNewDevice: flag(),
        deviceOnlyRememberedOnUserPrompt: flag(),
      }),
    unset: 'keep',
    clear: 'unproven',
    examples: [
      { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: false },
      { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true },
    ],
    impact: (before, after) => {
      const challenged = (value: unknown) =>
        (value as { challengeRequiredOnNewDevice?: boolean } | null)?.challengeRequiredOnNewDevice === true
      return stricterWhenOn(challenged(before), challenged(after))
    },
    doc: 'Device tracking. Any value, even two times false, turns it on; AWS has no proven way to turn it off.',
  }),
]

function pick(given: typeof forEmail) {
  const { 'mfa.softwareToken.enabled': _own, ...rest } = given
  return rest
}
