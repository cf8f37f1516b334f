// Cross-member rules of a user pool that the model cannot say.
import type { Json, Members } from '../service.ts'
import { readList, readMembers, readNumber, readText, readTexts } from './members.ts'
import { invalid } from './store.ts'

/** Throws on the first rule that the completed settings break. */
export function checkSettings(settings: Members, region: string): void {
  checkVerification(settings)
  checkTemplates(settings)
  checkEmail(readMembers(settings.EmailConfiguration), region)
  checkSms(settings.SmsConfiguration, region)
  checkLambda(readMembers(settings.LambdaConfig))
  checkRecovery(settings)
  checkKey(readMembers(settings.KeyConfiguration))
  checkLevels(readMembers(settings.AcrConfiguration))
  checkRegistration(readMembers(settings.DcrConfiguration))
}

/** Rules of what only CreateUserPool takes. */
export function checkFixed(input: Members, schema: readonly Members[]): void {
  const aliases = readTexts(input.AliasAttributes)
  if (aliases.length > 0 && readTexts(input.UsernameAttributes).length > 0) {
    throw invalid('Only one of the aliasAttributes or usernameAttributes can be set in a user pool.')
  }
  const preferred = schema.find(attribute => attribute.Name === 'preferred_username')
  if (aliases.includes('preferred_username') && preferred?.Required === true) {
    throw invalid('preferred_username can not be a required attribute when it is selected as an alias.')
  }
}

/**
 * The deprecated days are refused once the new ones were sent [REC: tutorial], which is what a client meets that
 * sends back what it has read.
 */
export function checkTemporaryDays(input: Members, declaredBefore: boolean): void {
  const old = readMembers(input.AdminCreateUserConfig).UnusedAccountValidityDays
  if (old === undefined) return
  if (declaredBefore || sendsTemporaryDays(input)) {
    throw invalid(
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
    )
  }
}

export function sendsTemporaryDays(input: Members): boolean {
  const policy = readMembers(readMembers(input.Policies).PasswordPolicy)
  return policy.TemporaryPasswordValidityDays !== undefined
}

function checkVerification(settings: Members): void {
  const verified = readTexts(settings.AutoVerifiedAttributes)
  // [ISS: terraform-provider-aws 28294]
  if (verified.includes('phone_number') && settings.SmsConfiguration === undefined) {
    throw invalid('SMS configuration is required when phone_number is selected for auto verification')
  }
  const updates = readMembers(settings.UserAttributeUpdateSettings)
  const before = readTexts(updates.AttributesRequireVerificationBeforeUpdate)
  // [ISS: ekristen/aws-nuke 477]
  if (before.some(attribute => !verified.includes(attribute))) {
    throw invalid(
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    )
  }
}

function checkTemplates(settings: Members): void {
  const template = readMembers(settings.VerificationMessageTemplate)
  // [documented]
  if (template.EmailMessage !== undefined && template.EmailMessageByLink !== undefined) {
    throw invalid('EmailMessage and EmailMessageByLink can not both be set.')
  }
}

const mainSesRegions = ['us-east-1', 'us-west-2', 'eu-west-1']
/** Pools here may also use the three main Regions, besides their own [Cognito developer guide, 2023]. */
const regionsNearMain = [
  ...mainSesRegions,
  'us-east-2',
  'ca-central-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-west-2',
  'eu-central-1',
]

function checkEmail(email: Members, region: string): void {
  const source = readText(email.SourceArn)
  if (email.EmailSendingAccount === 'DEVELOPER' && source === undefined) {
    throw invalid('SourceArn is required when EmailSendingAccount is DEVELOPER.')
  }
  if (source === undefined) return
  const from = source.split(':')[3] ?? ''
  const allowed = regionsNearMain.includes(region) ? [region, ...mainSesRegions] : [region]
  if (!allowed.includes(from)) throw invalid(`Invalid SES region ${from} for a user pool in ${region}.`)
}

function checkSms(value: Json | undefined, region: string): void {
  if (value === undefined) return
  const { SnsCallerArn, EumsSms } = readMembers(value)
  if (SnsCallerArn !== undefined && EumsSms !== undefined) {
    throw invalid('SnsCallerArn and EumsSms can not both be set.')
  }
  if (EumsSms === undefined && (readText(SnsCallerArn) ?? '') === '') {
    throw invalid('SmsConfiguration needs SnsCallerArn or EumsSms.')
  }
  const eumsRegion = readMembers(EumsSms).Region
  if (eumsRegion !== undefined && eumsRegion !== region)
    throw invalid('EumsSms must be in the Region of the user pool.')
}

function checkLambda(lambda: Members): void {
  const successor = readMembers(lambda.PreTokenGenerationConfig)
  if (successor.LambdaArn !== undefined && successor.LambdaArn !== lambda.PreTokenGeneration) {
    throw invalid('PreTokenGeneration and PreTokenGenerationConfig must name the same Lambda function.')
  }
  const sender = lambda.CustomSMSSender ?? lambda.CustomEmailSender
  if (sender !== undefined && lambda.KMSKeyID === undefined) {
    throw invalid('KMSKeyID is required when a custom sender is configured.')
  }
}

function checkRecovery(settings: Members): void {
  const mechanisms = readList(readMembers(settings.AccountRecoverySetting).RecoveryMechanisms)
  const names = mechanisms.map(each => readText(each.Name))
  const priorities = mechanisms.map(each => readNumber(each.Priority))
  if (new Set(names).size < names.length || new Set(priorities).size < priorities.length) {
    throw invalid('Invalid account recovery setting parameter. Names and priorities must be unique.')
  }
  if (names.includes('admin_only') && names.length > 1) {
    throw invalid(
      'Invalid account recovery setting parameter. admin_only can not be combined with other mechanisms.',
    )
  }
}

function checkKey(key: Members): void {
  if ((key.KeyType === 'CUSTOMER_MANAGED_KEY') !== (key.KmsKeyArn !== undefined)) {
    throw invalid('KmsKeyArn must be given for CUSTOMER_MANAGED_KEY, and only for it.')
  }
}

function checkLevels(levels: Members): void {
  const values = Object.values(levels).map(level => readText(readMembers(level).AcrValue))
  if (new Set(values).size < values.length) throw invalid('AcrValue must be unique across levels.')
  const stranger = Object.keys(levels).find(level => !/^Level[1-4]$/.test(level))
  if (stranger !== undefined) throw invalid(`Invalid ACR level: ${stranger}.`)
}

const openIdScopes = ['openid', 'email', 'phone', 'profile']

function checkRegistration(registration: Members): void {
  const refused = readTexts(registration.AllowedScopes).find(
    scope => openIdScopes.includes(scope) || scope === 'aws.cognito/dcr/register',
  )
  if (refused !== undefined) throw invalid(`AllowedScopes can not contain ${refused}.`)
}
