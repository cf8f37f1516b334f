// What DescribeUserPool shows of a pool.
import type { Call, Members } from '../service.ts'
import { listDomains } from './domains.ts'
import { compact, readMembers } from './members.ts'
import { formatPoolArn, type Pool } from './store.ts'

/** Members in the order of a recorded answer, mirrors filled in. CreateUserPool leaves out empty tags [REC: 2024-12]. */
export function describePool(pool: Pool, call: Call, answer: 'create' | 'describe'): Members {
  const { settings, fixed } = pool
  const policy = readMembers(readMembers(settings.Policies).PasswordPolicy)
  const template = readMembers(settings.VerificationMessageTemplate)
  const tags = readMembers(settings.UserPoolTags)
  const domains = listDomains(pool, call)
  return compact({
    Id: pool.id,
    Name: settings.PoolName,
    Policies: settings.Policies,
    DeletionProtection: settings.DeletionProtection,
    LambdaConfig: settings.LambdaConfig,
    LastModifiedDate: pool.modified,
    CreationDate: pool.created,
    SchemaAttributes: pool.schema,
    AutoVerifiedAttributes: settings.AutoVerifiedAttributes,
    AliasAttributes: fixed.AliasAttributes,
    UsernameAttributes: fixed.UsernameAttributes,
    SmsVerificationMessage: template.SmsMessage,
    EmailVerificationMessage: template.EmailMessage,
    EmailVerificationSubject: template.EmailSubject,
    VerificationMessageTemplate: settings.VerificationMessageTemplate,
    SmsAuthenticationMessage: settings.SmsAuthenticationMessage,
    UserAttributeUpdateSettings: settings.UserAttributeUpdateSettings,
    MfaConfiguration: settings.MfaConfiguration,
    DeviceConfiguration: settings.DeviceConfiguration,
    EstimatedNumberOfUsers: Object.keys(pool.users).length,
    EmailConfiguration: settings.EmailConfiguration,
    SmsConfiguration: settings.SmsConfiguration,
    UserPoolTags: answer === 'create' && Object.keys(tags).length === 0 ? undefined : tags,
    Domain: domains.find(domain => !domain.custom)?.name,
    CustomDomain: domains.find(domain => domain.custom)?.name,
    AdminCreateUserConfig: {
      ...readMembers(settings.AdminCreateUserConfig),
      UnusedAccountValidityDays: policy.TemporaryPasswordValidityDays ?? 7,
    },
    UserPoolAddOns: settings.UserPoolAddOns,
    UsernameConfiguration: fixed.UsernameConfiguration,
    Arn: formatPoolArn(pool),
    AccountRecoverySetting: settings.AccountRecoverySetting,
    UserPoolTier: settings.UserPoolTier,
    KeyConfiguration: settings.KeyConfiguration,
    IssuerConfiguration: settings.IssuerConfiguration,
    DcrConfiguration: settings.DcrConfiguration,
    AcrConfiguration: settings.AcrConfiguration,
  })
}
