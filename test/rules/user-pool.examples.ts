// Examples of the rules about user pools.
import type { Values } from '../../src/table/kind.ts'
import type { Example } from './example.ts'

const role = 'arn:aws:iam::111122223333:role/sms'
const lambda = 'arn:aws:lambda:eu-west-1:111122223333:function:f'
const key = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d'
const ses = 'arn:aws:ses:eu-west-1:111122223333:identity/shop.example'
const invitation = 'adminCreateUser.inviteMessageTemplate.emailMessage'
const firstFactors = 'signInPolicy.allowedFirstAuthFactors'

const lite = (field: string, value: Values[string], code: string): Example => ({
  code,
  field,
  bad: { userPoolTier: 'LITE', [field]: value },
  good: { userPoolTier: 'ESSENTIALS', [field]: value },
})
const attributes = (code: string, bad: Values[string], good: Values[string], rest: Values = {}): Example => ({
  code,
  field: 'attributes',
  bad: { ...rest, attributes: bad },
  good: { ...rest, attributes: good },
})
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`custom:a${index}`, {}]))

const totp = {
  'mfa.configuration': 'OPTIONAL',
  'mfa.sms.enabled': false,
  'mfa.softwareToken.enabled': true,
  'mfa.email.enabled': false,
}
const silent = { 'sms.snsCallerArn': null, 'sms.eumsSms.callerArn': null }

export const userPoolExamples: Example[] = [
  lite(firstFactors, ['PASSWORD', 'WEB_AUTHN'], 'COG2001'),
  lite('mfa.email.enabled', true, 'COG2002'),
  lite('mfa.webAuthn.factorConfiguration', 'MULTI_FACTOR_WITH_USER_VERIFICATION', 'COG2003'),
  lite('triggers.preTokenGeneration', { arn: lambda, version: 'V2_0' }, 'COG2004'),
  lite('passwordPolicy.passwordHistorySize', 5, 'COG2005'),
  lite('dynamicClientRegistration.enableStatus', 'Enabled', 'COG2006'),
  lite('acr', { Level2: { acrValue: 'urn:shop:2' } }, 'COG2007'),
  {
    code: 'COG2008',
    field: 'addOns.advancedSecurityMode',
    bad: { userPoolTier: 'ESSENTIALS', 'addOns.advancedSecurityMode': 'AUDIT' },
    good: { userPoolTier: 'PLUS', 'addOns.advancedSecurityMode': 'AUDIT' },
  },
  {
    code: 'COG2009',
    field: 'addOns.advancedSecurityMode',
    bad: { userPoolTier: 'LITE', 'addOns.advancedSecurityMode': 'ENFORCED' },
    good: { userPoolTier: 'LITE', 'addOns.advancedSecurityMode': 'OFF' },
  },
  {
    code: 'COG2010',
    field: 'addOns.advancedSecurityAdditionalFlows.customAuthMode',
    severity: 'warning',
    bad: { userPoolTier: 'ESSENTIALS', 'addOns.advancedSecurityAdditionalFlows.customAuthMode': 'AUDIT' },
    good: { userPoolTier: 'PLUS', 'addOns.advancedSecurityAdditionalFlows.customAuthMode': 'AUDIT' },
  },
  {
    code: 'COG2020',
    field: 'aliasAttributes',
    bad: { usernameAttributes: ['email'], aliasAttributes: ['phone_number'] },
    good: { usernameAttributes: ['email'], aliasAttributes: [] },
  },
  attributes(
    'COG2021',
    { preferred_username: { required: true } },
    { preferred_username: {} },
    {
      aliasAttributes: ['preferred_username'],
    },
  ),
  attributes('COG2022', { 'custom:tenant': { required: true } }, { email: { required: true } }),
  attributes(
    'COG2023',
    { email: { type: 'Number' } },
    { email: { type: 'String' }, updated_at: { type: 'Number' } },
  ),
  attributes('COG2024', { tenant: {} }, { 'custom:tenant': {}, email: {}, identities: {} }),
  attributes(
    'COG2025',
    { 'custom:a': { minLength: 9, maxLength: 8 } },
    { 'custom:a': { minLength: 8, maxLength: 8 } },
  ),
  attributes(
    'COG2026',
    { 'custom:a': { type: 'Number', minValue: 9, maxValue: 8 } },
    { 'custom:a': { type: 'Number', minValue: 8, maxValue: 8 } },
  ),
  {
    ...attributes(
      'COG2027',
      { 'custom:a': { type: 'Number', maxLength: 8 } },
      { 'custom:a': { maxLength: 8 } },
    ),
    severity: 'warning',
  },
  attributes('COG2028', many(51), many(50)),
  {
    code: 'COG2029',
    field: 'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate',
    bad: {
      autoVerifiedAttributes: [],
      'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate': ['email'],
    },
    good: {
      autoVerifiedAttributes: ['email'],
      'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate': ['email'],
    },
  },
  {
    code: 'COG2030',
    field: 'accountRecovery',
    bad: { accountRecovery: ['admin_only', 'verified_email'] },
    good: { accountRecovery: ['admin_only'] },
  },
  {
    code: 'COG2031',
    field: 'accountRecovery',
    bad: { accountRecovery: ['verified_email', 'verified_email'] },
    good: { accountRecovery: ['verified_email', 'verified_phone_number'] },
  },
  {
    code: 'COG2032',
    field: 'acr',
    bad: { acr: { Level2: { acrValue: 'urn:cognito:loa:3' } } },
    good: { acr: { Level2: { acrValue: 'urn:shop:2' }, Level3: { acrValue: 'urn:cognito:loa:2' } } },
  },
  {
    code: 'COG2033',
    field: 'dynamicClientRegistration.allowedScopes',
    severity: 'warning',
    bad: { 'dynamicClientRegistration.allowedScopes': ['openid'] },
    good: { 'dynamicClientRegistration.allowedScopes': ['orders/read', 'aws.cognito.signin.user.admin'] },
  },
  {
    code: 'COG2034',
    field: 'dynamicClientRegistration.openDcrGrantTypes',
    severity: 'warning',
    bad: { 'dynamicClientRegistration.openDcrGrantTypes': ['implicit'] },
    good: { 'dynamicClientRegistration.openDcrGrantTypes': ['code'] },
  },
  {
    code: 'COG2035',
    field: 'key',
    bad: { key: { keyType: 'CUSTOMER_MANAGED_KEY' } },
    good: {
      key: { keyType: 'CUSTOMER_MANAGED_KEY', kmsKeyArn: { $join: ['arn:', { $ref: 'x', attr: 'y' }] } },
    },
  },
  {
    code: 'COG2040',
    field: invitation,
    bad: { [invitation]: 'Your password is {####}' },
    good: { [invitation]: 'You are {username}, your password is {####}' },
  },
  {
    code: 'COG2041',
    field: invitation,
    bad: { [invitation]: 'Welcome {username}', [firstFactors]: ['PASSWORD'] },
    good: { [invitation]: 'Welcome {username}', [firstFactors]: ['PASSWORD', 'WEB_AUTHN'] },
  },
  {
    code: 'COG2042',
    field: 'verificationMessageTemplate.emailMessageByLink',
    bad: {
      'verificationMessageTemplate.emailMessage': '{####}',
      'verificationMessageTemplate.emailMessageByLink': '{##here##}',
    },
    good: { 'verificationMessageTemplate.emailMessageByLink': '{##here##}' },
  },
  {
    code: 'COG2043',
    field: 'verificationMessageTemplate.emailSubject',
    severity: 'warning',
    bad: {
      'email.emailSendingAccount': 'COGNITO_DEFAULT',
      'verificationMessageTemplate.emailSubject': 'Hello',
    },
    good: { 'email.emailSendingAccount': 'DEVELOPER', 'verificationMessageTemplate.emailSubject': 'Hello' },
  },
  {
    code: 'COG2044',
    field: 'email.sourceArn',
    bad: { 'email.emailSendingAccount': 'DEVELOPER', 'email.sourceArn': null },
    good: { 'email.emailSendingAccount': 'DEVELOPER', 'email.sourceArn': ses },
  },
  {
    code: 'COG2045',
    field: 'email.sourceArn',
    bad: { 'email.sourceArn': 'arn:aws:sns:eu-west-1:111122223333:topic' },
    good: { 'email.sourceArn': ses },
  },
  {
    code: 'COG2046',
    field: 'email.sourceArn',
    severity: 'warning',
    bad: { 'email.sourceArn': ses.replace('eu-west-1', 'eu-north-1') },
    good: { 'email.sourceArn': ses.replace('eu-west-1', 'us-east-1') },
  },
  {
    code: 'COG2047',
    field: 'email.sourceArn',
    severity: 'warning',
    bad: { 'email.sourceArn': ses.replace('111122223333', '444455556666') },
    good: { 'email.sourceArn': ses },
  },
  {
    code: 'COG2048',
    field: 'email.sourceArn',
    severity: 'warning',
    bad: { 'email.emailSendingAccount': 'COGNITO_DEFAULT', 'email.sourceArn': ses },
    good: { 'email.emailSendingAccount': 'DEVELOPER', 'email.sourceArn': ses },
  },
  {
    code: 'COG2049',
    field: 'email.from',
    bad: { 'email.from': 'The Shop' },
    good: { 'email.from': 'The Shop <no-reply@shop.example>' },
  },
  {
    code: 'COG2050',
    field: 'autoVerifiedAttributes',
    bad: { autoVerifiedAttributes: ['phone_number'], ...silent },
    good: {
      autoVerifiedAttributes: ['phone_number'],
      ...silent,
      'sms.snsCallerArn': { $ref: 'roles.sms', attr: 'arn' },
    },
  },
  {
    code: 'COG2051',
    field: 'sms.eumsSms.callerArn',
    bad: { 'sms.snsCallerArn': role, 'sms.eumsSms.callerArn': role },
    good: { 'sms.snsCallerArn': role, 'sms.eumsSms.callerArn': null },
  },
  {
    code: 'COG2052',
    field: 'sms.eumsSms.originationIdentity',
    bad: { 'sms.eumsSms.callerArn': null, 'sms.eumsSms.originationIdentity': 'SHOP' },
    good: { 'sms.eumsSms.callerArn': role, 'sms.eumsSms.originationIdentity': 'SHOP' },
  },
  {
    code: 'COG2053',
    field: 'sms.eumsSms.region',
    bad: { 'sms.eumsSms.region': 'us-east-1' },
    good: { 'sms.eumsSms.region': 'eu-west-1' },
  },
  {
    code: 'COG2054',
    field: 'sms.externalId',
    bad: { ...silent, 'sms.externalId': 'shop' },
    good: { ...silent, 'sms.snsCallerArn': role, 'sms.externalId': 'shop' },
  },
  {
    code: 'COG2055',
    field: 'sms.snsCallerArn',
    bad: { 'sms.snsCallerArn': 'arn:aws:iam::111122223333:user/ann' },
    good: { 'sms.snsCallerArn': 'arn:aws:iam::111122223333:role/service-role/sms' },
  },
  {
    code: 'COG2056',
    field: 'sms.snsCallerArn',
    bad: { 'sms.snsCallerArn': role.replace('111122223333', '444455556666') },
    good: { 'sms.snsCallerArn': role },
  },
  {
    code: 'COG2057',
    field: 'sms.snsRegion',
    severity: 'warning',
    bad: { 'sms.snsRegion': 'us-east-1' },
    good: { 'sms.snsRegion': 'eu-west-1' },
  },
  {
    code: 'COG2060',
    field: 'mfa.configuration',
    bad: { ...totp, 'mfa.softwareToken.enabled': false },
    good: totp,
  },
  {
    code: 'COG2061',
    field: 'mfa.softwareToken.enabled',
    bad: { ...totp, 'mfa.configuration': 'OFF' },
    good: { ...totp, 'mfa.configuration': 'OFF', 'mfa.softwareToken.enabled': false },
  },
  {
    code: 'COG2062',
    field: firstFactors,
    bad: { ...totp, 'mfa.configuration': 'ON', [firstFactors]: ['PASSWORD', 'EMAIL_OTP'] },
    good: { ...totp, 'mfa.configuration': 'OPTIONAL', [firstFactors]: ['PASSWORD', 'EMAIL_OTP'] },
  },
  {
    code: 'COG2063',
    field: 'mfa.webAuthn.factorConfiguration',
    bad: {
      ...totp,
      'mfa.configuration': 'ON',
      [firstFactors]: ['PASSWORD', 'WEB_AUTHN'],
      'mfa.webAuthn.factorConfiguration': 'SINGLE_FACTOR',
    },
    good: {
      ...totp,
      'mfa.configuration': 'ON',
      [firstFactors]: ['PASSWORD', 'WEB_AUTHN'],
      'mfa.webAuthn.factorConfiguration': 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    },
  },
  {
    code: 'COG2064',
    field: 'mfa.email.enabled',
    bad: { ...totp, 'mfa.email.enabled': true, 'email.emailSendingAccount': 'COGNITO_DEFAULT' },
    good: { ...totp, 'mfa.email.enabled': true, 'email.emailSendingAccount': 'DEVELOPER' },
  },
  {
    code: 'COG2065',
    field: 'accountRecovery',
    bad: { ...totp, 'mfa.email.enabled': true, accountRecovery: ['verified_email'] },
    good: {
      ...totp,
      'mfa.email.enabled': true,
      accountRecovery: ['verified_email', 'verified_phone_number'],
    },
  },
  {
    code: 'COG2066',
    field: 'accountRecovery',
    severity: 'warning',
    bad: { ...totp, 'mfa.email.enabled': true, accountRecovery: ['verified_phone_number'] },
    good: { ...totp, accountRecovery: ['verified_phone_number'] },
  },
  {
    code: 'COG2067',
    field: 'accountRecovery',
    severity: 'warning',
    bad: { ...totp, 'mfa.sms.enabled': true, accountRecovery: ['verified_phone_number'] },
    good: { ...totp, 'mfa.sms.enabled': true, accountRecovery: ['verified_phone_number', 'verified_email'] },
  },
  {
    code: 'COG2068',
    field: 'mfa.sms.enabled',
    bad: { ...totp, ...silent, 'mfa.sms.enabled': true },
    good: { ...totp, ...silent, 'mfa.sms.enabled': true, 'sms.eumsSms.callerArn': role },
  },
  {
    code: 'COG2069',
    field: 'mfa.sms.enabled',
    bad: { ...totp, 'sms.snsCallerArn': role },
    good: { ...totp, 'sms.snsCallerArn': role, 'mfa.sms.enabled': true },
  },
  {
    code: 'COG2070',
    field: firstFactors,
    bad: { ...silent, [firstFactors]: ['PASSWORD', 'SMS_OTP'] },
    good: { ...silent, 'sms.snsCallerArn': role, [firstFactors]: ['PASSWORD', 'SMS_OTP'] },
  },
  {
    code: 'COG2071',
    field: 'mfa.configuration',
    bad: { ...totp, [firstFactors]: ['WEB_AUTHN'] },
    good: { ...totp, [firstFactors]: ['PASSWORD', 'WEB_AUTHN'] },
  },
  {
    code: 'COG2072',
    field: 'mfa.webAuthn.relyingPartyId',
    bad: { 'mfa.webAuthn.relyingPartyId': 'https://login.shop.example' },
    good: { 'mfa.webAuthn.relyingPartyId': 'login.shop.example' },
  },
  {
    code: 'COG2080',
    field: 'triggers.customSmsSender',
    bad: { 'triggers.customSmsSender': lambda, 'triggers.kmsKeyId': null },
    good: { 'triggers.customSmsSender': lambda, 'triggers.kmsKeyId': key },
  },
  {
    code: 'COG2081',
    field: 'triggers.preSignUp',
    bad: { 'triggers.preSignUp': 'arn:aws:sns:eu-west-1:111122223333:topic' },
    good: { 'triggers.preSignUp': `${lambda}:live` },
  },
  {
    code: 'COG2082',
    field: 'triggers.preTokenGeneration',
    bad: {
      'triggers.preTokenGeneration': { arn: lambda.replace('eu-west-1', 'us-east-1'), version: 'V1_0' },
    },
    good: {
      'triggers.preTokenGeneration': { arn: lambda.replace('111122223333', '444455556666'), version: 'V1_0' },
    },
  },
  {
    code: 'COG2083',
    field: 'triggers.kmsKeyId',
    bad: { 'triggers.kmsKeyId': role },
    good: { 'triggers.kmsKeyId': key },
  },
  {
    code: 'COG2084',
    field: 'key',
    bad: { key: { keyType: 'CUSTOMER_MANAGED_KEY', kmsKeyArn: key.replace('eu-west-1', 'us-east-1') } },
    good: { key: { keyType: 'CUSTOMER_MANAGED_KEY', kmsKeyArn: key } },
  },
  {
    code: 'COG2085',
    field: 'triggers.preSignUp',
    bad: { 'triggers.preSignUp': lambda.replace('arn:aws:', 'arn:aws-cn:') },
    good: { 'triggers.preSignUp': lambda },
  },
]
