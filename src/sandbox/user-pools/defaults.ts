// Fills what a pool's settings leave open, with the defaults AWS documents or was seen to return.
import type { Json, Members } from '../service.ts'
import { compact, readList, readMembers, readText } from './members.ts'

/** All settings of a pool, complete. Absent stays absent where AWS returns nothing. */
export function completeSettings(settings: Members, region: string): Members {
  const tier = readText(settings.UserPoolTier) ?? 'ESSENTIALS'
  return compact({
    ...settings,
    Policies: completePolicies(settings.Policies),
    DeletionProtection: settings.DeletionProtection ?? 'INACTIVE',
    LambdaConfig: mirrorPreToken(readMembers(settings.LambdaConfig)),
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
      ...readMembers(settings.VerificationMessageTemplate),
    },
    UserAttributeUpdateSettings: {
      AttributesRequireVerificationBeforeUpdate: [],
      ...readMembers(settings.UserAttributeUpdateSettings),
    },
    MfaConfiguration: settings.MfaConfiguration ?? 'OFF',
    AutoVerifiedAttributes: dropEmpty(settings.AutoVerifiedAttributes),
    DeviceConfiguration: completeDevices(settings.DeviceConfiguration),
    EmailConfiguration: {
      EmailSendingAccount: 'COGNITO_DEFAULT',
      ...readMembers(settings.EmailConfiguration),
    },
    SmsConfiguration: completeSms(settings.SmsConfiguration, region),
    UserPoolTags: settings.UserPoolTags ?? {},
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...readMembers(settings.AdminCreateUserConfig),
    },
    UserPoolAddOns: completeAddOns(settings.UserPoolAddOns),
    AccountRecoverySetting: completeRecovery(settings.AccountRecoverySetting),
    UserPoolTier: tier,
    KeyConfiguration: { KeyType: 'AWS_OWNED_KEY', ...readMembers(settings.KeyConfiguration) },
    IssuerConfiguration: { Type: 'ORIGINAL', ...readMembers(settings.IssuerConfiguration) },
    DcrConfiguration: completeRegistration(settings.DcrConfiguration),
    // Needs Essentials, so a LITE pool has none.
    AcrConfiguration: tier === 'LITE' ? undefined : completeLevels(settings.AcrConfiguration),
  })
}

/**
 * Nothing declared: all four kinds of character are required. Partly declared: each one left out is false
 * [cdk-real-drift, recorded].
 */
function completePolicies(value: Json | undefined): Members {
  const policies = readMembers(value)
  const undeclared = policies.PasswordPolicy === undefined
  const password = readMembers(policies.PasswordPolicy)
  return {
    PasswordPolicy: {
      MinimumLength: 8,
      RequireUppercase: undeclared,
      RequireLowercase: undeclared,
      RequireNumbers: undeclared,
      RequireSymbols: undeclared,
      ...password,
      // 0 is stored as 7 [documented].
      TemporaryPasswordValidityDays: password.TemporaryPasswordValidityDays || 7,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'], ...readMembers(policies.SignInPolicy) },
  }
}

/** The legacy trigger and its successor's ARN both come back [REC: amplify-js 12887, 2024-01]. */
function mirrorPreToken(lambda: Members): Members {
  const successor = readMembers(lambda.PreTokenGenerationConfig)
  const arn = lambda.PreTokenGeneration ?? successor.LambdaArn
  if (arn === undefined) return lambda
  return {
    ...lambda,
    PreTokenGeneration: arn,
    PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: arn, ...successor },
  }
}

/** Any member present, even none, turns the feature on [documented]. */
function completeDevices(value: Json | undefined): Json | undefined {
  if (value === undefined) return undefined
  return {
    ChallengeRequiredOnNewDevice: false,
    DeviceOnlyRememberedOnUserPrompt: false,
    ...readMembers(value),
  }
}

function completeSms(value: Json | undefined, region: string): Json | undefined {
  if (value === undefined) return undefined
  const sms = readMembers(value)
  return sms.EumsSms === undefined ? { SnsRegion: region, ...sms } : sms
}

/** A read adds the empty additional flows [REC: aws-cli describe-user-pool, 2024-09]. */
function completeAddOns(value: Json | undefined): Json | undefined {
  return value === undefined ? undefined : { AdvancedSecurityAdditionalFlows: {}, ...readMembers(value) }
}

/** [REC: 2025-05, 2025-07] */
function completeRecovery(value: Json | undefined): Members {
  const mechanisms = readList(readMembers(value).RecoveryMechanisms)
  if (mechanisms.length > 0) return { RecoveryMechanisms: mechanisms }
  return {
    RecoveryMechanisms: [
      { Priority: 1, Name: 'verified_email' },
      { Priority: 2, Name: 'verified_phone_number' },
    ],
  }
}

/** An omitted EnableStatus inside a sent object turns registration on [documented]. */
function completeRegistration(value: Json | undefined): Json | undefined {
  return value === undefined
    ? undefined
    : { EnableStatus: 'Enabled', OpenDcrEnabled: false, ...readMembers(value) }
}

/** Levels always come back merged with the defaults [documented]. */
function completeLevels(value: Json | undefined): Members {
  const levels = readMembers(value)
  return Object.fromEntries(
    [1, 2, 3, 4].map(level => [
      `Level${level}`,
      levels[`Level${level}`] ?? { AcrValue: `urn:cognito:loa:${level}` },
    ]),
  )
}

/** An empty list is no list in an answer [REC: imo-tikuwa/cognito-demo, 2025-07]. */
function dropEmpty(value: Json | undefined): Json | undefined {
  return Array.isArray(value) && value.length === 0 ? undefined : value
}
