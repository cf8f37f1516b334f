// Multi-factor authentication: GetUserPoolMfaConfig, SetUserPoolMfaConfig, and the rules both writers share.
import type { Call, Members, State } from '../service.ts'
import { completeSettings } from './defaults.ts'
import { compact, readList, readMembers, readText, readTexts } from './members.ts'
import { checkSettings } from './pool-rules.ts'
import { checkSmsRole, type FindRole } from './sms-role.ts'
import { type Factors, invalid, type Pool, readSeconds, requirePool } from './store.ts'
import { checkTier } from './tiers.ts'

export function getMfa(state: State, input: Members, call: Call): Members {
  return describeMfa(requirePool(state, call, input.UserPoolId))
}

/** Only the blocks that are set; a pool never configured answers MfaConfiguration alone [REC: cognito-demo, 2025-07]. */
function describeMfa({ settings, factors }: Pool): Members {
  const on = settings.MfaConfiguration !== 'OFF'
  const sms = on && settings.SmsConfiguration !== undefined
  return compact({
    SmsMfaConfiguration: sms
      ? compact({
          SmsAuthenticationMessage: settings.SmsAuthenticationMessage,
          SmsConfiguration: settings.SmsConfiguration,
        })
      : undefined,
    SoftwareTokenMfaConfiguration:
      factors.softwareToken === undefined ? undefined : { Enabled: factors.softwareToken },
    EmailMfaConfiguration: factors.email,
    MfaConfiguration: settings.MfaConfiguration,
    WebAuthnConfiguration: factors.webAuthn,
  })
}

/** Replaces the whole of it: without MfaConfiguration, MFA is OFF [cdkd, measured]. */
export function setMfa(state: State, input: Members, call: Call, findRole: FindRole): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const mode = readText(input.MfaConfiguration) ?? 'OFF'
  const sms = input.SmsMfaConfiguration === undefined ? undefined : readMembers(input.SmsMfaConfiguration)
  const settings = completeSettings(
    compact({
      ...pool.settings,
      MfaConfiguration: mode,
      SmsConfiguration: sms?.SmsConfiguration ?? pool.settings.SmsConfiguration,
      SmsAuthenticationMessage: sms?.SmsAuthenticationMessage ?? pool.settings.SmsAuthenticationMessage,
    }),
    pool.region,
  )
  const factors = readFactors(input)
  checkBlocks(mode, input, pool.settings, settings)
  checkMfa(settings, factors)
  checkSettings(settings, pool.region)
  checkTier(settings, factors, input)
  checkSmsRole(state, call, settings.SmsConfiguration, findRole)
  Object.assign(pool, { settings, factors, modified: readSeconds(call) })
  return describeMfa(pool)
}

function readFactors(input: Members): Factors {
  const {
    SoftwareTokenMfaConfiguration: token,
    EmailMfaConfiguration: email,
    WebAuthnConfiguration: passkey,
  } = input
  const factors: Factors = {}
  if (token !== undefined) factors.softwareToken = readMembers(token).Enabled === true
  if (email !== undefined) factors.email = readMembers(email)
  if (passkey !== undefined) {
    factors.webAuthn = {
      UserVerification: 'preferred',
      FactorConfiguration: 'SINGLE_FACTOR',
      ...readMembers(passkey),
    }
  }
  return factors
}

/** What may be sent together. Texts and table: [cdkd, measured against AWS, 2026-08]. */
function checkBlocks(mode: string, input: Members, before: Members, after: Members): void {
  const { SmsMfaConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration } = input
  const blocks = [SmsMfaConfiguration, SoftwareTokenMfaConfiguration, EmailMfaConfiguration]
  if (mode === 'OFF') {
    // Even a disabled factor counts.
    if (blocks.some(block => block !== undefined)) {
      throw invalid("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.")
    }
    return
  }
  const sms = SmsMfaConfiguration !== undefined && after.SmsConfiguration !== undefined
  const token = readMembers(SoftwareTokenMfaConfiguration).Enabled === true
  const email = EmailMfaConfiguration !== undefined
  // A passkey does not count as a second factor.
  if (!sms && !token && !email) throw invalid('SMS MFA, Email MFA, or Software Token MFA must be enabled')
  // [REC: aws-cdk 12075]
  if (SmsMfaConfiguration !== undefined && !sms) throw smsNeeded()
  // [REC: amplify-backend 1481, 2024-05]
  if (SmsMfaConfiguration === undefined && before.SmsConfiguration !== undefined) {
    throw invalid("Can't turn off SMS_MFA when SMS configuration is set for the user pool")
  }
}

/** What must hold between MFA and the rest of the pool, whoever writes it [cdkd, measured]. */
export function checkMfa(settings: Members, factors: Factors): void {
  const mode = settings.MfaConfiguration
  const policies = readMembers(settings.Policies)
  const firstFactors = readTexts(readMembers(policies.SignInPolicy).AllowedFirstAuthFactors)
  if (mode === 'ON' && firstFactors.some(factor => factor === 'EMAIL_OTP' || factor === 'SMS_OTP')) {
    throw invalid(
      'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
    )
  }
  const multiFactor = factors.webAuthn?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION'
  if (mode === 'ON' && firstFactors.includes('WEB_AUTHN') && !multiFactor) {
    throw invalid(
      'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
    )
  }
  if (firstFactors.includes('SMS_OTP') && settings.SmsConfiguration === undefined) {
    throw invalid('SMS configuration is required when SMS_OTP is an allowed first auth factor')
  }
  // [documented]
  if (firstFactors.includes('SOFTWARE_TOKEN'))
    throw invalid('SOFTWARE_TOKEN can not be an allowed first auth factor')
  checkEmailFactor(settings, factors)
  checkSmsFactor(settings, factors)
}

function checkEmailFactor(settings: Members, factors: Factors): void {
  if (factors.email === undefined) return
  if (readMembers(settings.EmailConfiguration).EmailSendingAccount === 'COGNITO_DEFAULT') {
    throw invalid(
      'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT',
    )
  }
  // [ISS: terraform-provider-aws 41049]; the text is not recorded
  if (isOnlyRecovery(settings, 'verified_email')) {
    throw invalid(
      'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_email as a recovery mechanism when Email MFA is configured.',
    )
  }
}

function checkSmsFactor(settings: Members, factors: Factors): void {
  if (settings.MfaConfiguration === 'OFF') return
  if (settings.SmsConfiguration === undefined) {
    if (factors.softwareToken !== true && factors.email === undefined) throw smsNeeded()
    return
  }
  // [REC: aws-cdk 11478, 2023-07]
  if (isOnlyRecovery(settings, 'verified_phone_number')) {
    throw invalid(
      'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured.',
    )
  }
}

function isOnlyRecovery(settings: Members, name: string): boolean {
  const mechanisms = readList(readMembers(settings.AccountRecoverySetting).RecoveryMechanisms)
  return mechanisms.length === 1 && mechanisms[0]?.Name === name
}

/** [REC: aws-cdk 12075, cloudformation-coverage-roadmap 2221] */
function smsNeeded(): Error {
  return invalid(
    'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
  )
}
