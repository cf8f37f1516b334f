// Second factors and passkeys: the truth table of SetUserPoolMfaConfig, most of it measured against AWS.
import type { Values } from '../../../table/kind.ts'
import { type Rule, rule, textOf, textsOf, wholeList } from '../../../table/rule.ts'
import { cannotText, canText } from './messages.ts'

const factors = ['mfa.sms.enabled', 'mfa.softwareToken.enabled', 'mfa.email.enabled']
const isOn = (values: Values, field: string): boolean => values[field] === true
const isOff = (values: Values, field: string): boolean => values[field] === false || values[field] === null

const mode = (values: Values): string | undefined => textOf(values, 'mfa.configuration')
const isUsed = (values: Values): boolean => mode(values) === 'ON' || mode(values) === 'OPTIONAL'

const firstFactors = (values: Values): string[] => textsOf(values, 'signInPolicy.allowedFirstAuthFactors')

/** The only way to recover an account, where there is one only. */
const onlyRecovery = (values: Values): string | undefined => {
  const recovery = wholeList(values, 'accountRecovery')
  return recovery?.length === 1 ? recovery[0] : undefined
}

/** A known value other than the one that counts as two factors. */
const countsAsOne = (values: Values): boolean => {
  const stated = values['mfa.webAuthn.factorConfiguration']
  return stated === null || stated === 'SINGLE_FACTOR'
}

export const factorRules: readonly Rule[] = [
  rule('COG2060', values => isUsed(values) && factors.every(field => isOff(values, field)) && mode(values), {
    field: 'mfa.configuration',
    message: mode => `MFA is ${mode}, and no factor is enabled`,
    hint: 'enable mfa.softwareToken, mfa.sms or mfa.email (a passkey does not count), or set it to OFF',
  }),
  rule(
    'COG2061',
    values =>
      mode(values) === 'OFF'
        ? factors
            .filter(field => isOn(values, field))
            .map(field => ({ value: field.split('.')[1] ?? '', field }))
        : undefined,
    {
      field: 'mfa.configuration',
      message: factor => `${factor} is enabled while MFA is OFF`,
      hint: 'set mfa.configuration to OPTIONAL or ON, or disable the factor',
    },
  ),
  rule(
    'COG2062',
    values =>
      mode(values) === 'ON'
        ? firstFactors(values).filter(factor => factor === 'EMAIL_OTP' || factor === 'SMS_OTP')
        : undefined,
    {
      field: 'signInPolicy.allowedFirstAuthFactors',
      message: factor => `people cannot sign in with ${factor} while MFA is ON`,
      hint: 'keep PASSWORD and WEB_AUTHN, or set mfa.configuration to OPTIONAL',
    },
  ),
  rule(
    'COG2063',
    values => mode(values) === 'ON' && firstFactors(values).includes('WEB_AUTHN') && countsAsOne(values),
    {
      field: 'mfa.webAuthn.factorConfiguration',
      message: 'a passkey is a SINGLE_FACTOR, which is not enough while MFA is ON',
      hint: 'set it to MULTI_FACTOR_WITH_USER_VERIFICATION, or take WEB_AUTHN out of signInPolicy.allowedFirstAuthFactors',
    },
  ),
  rule(
    'COG2064',
    values =>
      isOn(values, 'mfa.email.enabled') && textOf(values, 'email.emailSendingAccount') === 'COGNITO_DEFAULT',
    {
      field: 'mfa.email.enabled',
      message: 'codes by email cannot be sent through COGNITO_DEFAULT',
      hint: 'set email.emailSendingAccount to DEVELOPER with an SES identity',
    },
  ),
  rule('COG2065', values => isOn(values, 'mfa.email.enabled') && onlyRecovery(values) === 'verified_email', {
    field: 'accountRecovery',
    message: 'verified_email is the only way to recover an account whose second factor is email',
    hint: 'add verified_phone_number, so that one mailbox is not both factors',
  }),
  rule(
    'COG2066',
    values => {
      const only = onlyRecovery(values)
      return isOn(values, 'mfa.email.enabled') && only !== 'verified_email' ? only : undefined
    },
    {
      field: 'accountRecovery',
      message: only => `${only} is the only way to recover an account, and codes by email ask for two`,
      hint: 'name verified_email and verified_phone_number, in the order you prefer',
      severity: 'warning',
    },
  ),
  rule(
    'COG2067',
    values =>
      isUsed(values) && isOn(values, 'mfa.sms.enabled') && onlyRecovery(values) === 'verified_phone_number',
    {
      field: 'accountRecovery',
      message:
        'verified_phone_number is the only way to recover an account whose second factor is a text message',
      hint: 'add verified_email, so that one phone is not both factors',
      // refused in one report [aws/aws-cdk 11478], while the CDK offers exactly this setting
      severity: 'warning',
    },
  ),
  rule('COG2068', values => isOn(values, 'mfa.sms.enabled') && cannotText(values), {
    field: 'mfa.sms.enabled',
    message: 'codes by text message are enabled, and the pool has no sms',
    hint: 'give sms.snsCallerArn',
  }),
  rule(
    'COG2069',
    values =>
      isUsed(values) &&
      isOff(values, 'mfa.sms.enabled') &&
      canText(values) &&
      factors.some(field => isOn(values, field)),
    {
      field: 'mfa.sms.enabled',
      message: (_, values) =>
        `codes by text message cannot be off while MFA is ${mode(values)} and the pool has sms`,
      hint: 'set it to true: a pool cannot lose its sms again',
      // a pool whose MFA is on may be given sms before its factors are [INF]
      by: 'cognito-idp:SetUserPoolMfaConfig',
    },
  ),
  rule('COG2070', values => firstFactors(values).includes('SMS_OTP') && cannotText(values), {
    field: 'signInPolicy.allowedFirstAuthFactors',
    message: 'SMS_OTP needs text messages, and the pool has no sms',
    hint: 'give sms.snsCallerArn, or take SMS_OTP out',
  }),
  rule(
    'COG2071',
    values => {
      const known = wholeList(values, 'signInPolicy.allowedFirstAuthFactors')
      return known?.length === 1 && known[0] === 'WEB_AUTHN' && isUsed(values) ? mode(values) : undefined
    },
    {
      field: 'mfa.configuration',
      message: mode => `MFA is ${mode} on a pool with passkeys only`,
      hint: 'set it to OFF, or add PASSWORD to signInPolicy.allowedFirstAuthFactors',
    },
  ),
  rule(
    'COG2072',
    values => {
      const id = textOf(values, 'mfa.webAuthn.relyingPartyId')
      return id !== undefined &&
        !/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/.test(id)
        ? id
        : undefined
    },
    {
      field: 'mfa.webAuthn.relyingPartyId',
      message: id => `${id} is not the bare name of a domain`,
      hint: 'write login.shop.example: no https://, no port, no path',
    },
  ),
]
