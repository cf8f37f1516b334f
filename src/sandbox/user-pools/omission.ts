// What each update does with a member that the request leaves out. One table, readable at a glance.
import type { Members } from '../service.ts'

/**
 * `keep`: the stored value stays. `reset`: back to the default, which for most members is absence.
 * `reject`: the request is refused without it.
 */
export type Omission = 'reset' | 'keep' | 'reject'

/**
 * The documentation says "omitted = default" of whole operations. `keep` stands only where somebody measured it;
 * where nothing was measured the documentation is taken at its word, because that is what hurts an omitting client.
 */
export const whenOmitted = {
  UpdateUserPool: {
    UserPoolId: 'reject',
    PoolName: 'keep', // a pool cannot be without a name
    Policies: 'keep', // and each of PasswordPolicy and SignInPolicy when only the other is sent [cdkd, measured]
    DeletionProtection: 'keep', // [cdk-real-drift, recorded]
    LambdaConfig: 'reset', // documented
    AutoVerifiedAttributes: 'reset', // [cdkd, measured]
    VerificationMessageTemplate: 'keep', // [cdk-real-drift, recorded]; its three legacy mirrors go with it
    SmsAuthenticationMessage: 'reset', // documented
    UserAttributeUpdateSettings: 'keep', // [ISS: ekristen/aws-nuke 477]
    MfaConfiguration: 'keep', // [cdkd, measured]
    DeviceConfiguration: 'reset', // [ISS: aws/aws-cli 6484]
    EmailConfiguration: 'keep', // [cdk-real-drift, recorded]
    SmsConfiguration: 'reset', // documented
    UserPoolTags: 'reset', // [ISS: aws/aws-cli 3302]
    AdminCreateUserConfig: 'reset', // documented
    UserPoolAddOns: 'reset', // documented
    AccountRecoverySetting: 'keep', // [cdk-real-drift, recorded]
    UserPoolTier: 'keep', // [cdk-real-drift, recorded; API reference]
    KeyConfiguration: 'keep', // [cdk-real-drift, recorded]
    IssuerConfiguration: 'keep', // [cdk-real-drift, recorded]
    DcrConfiguration: 'keep', // documented
    AcrConfiguration: 'reset', // documented
  },
  /** All of it is replaced; without MfaConfiguration MFA goes OFF [cdkd, measured]. */
  SetUserPoolMfaConfig: {
    UserPoolId: 'reject',
    MfaConfiguration: 'reset', // OFF
    SmsMfaConfiguration: 'reset',
    SoftwareTokenMfaConfiguration: 'reset',
    EmailMfaConfiguration: 'reset',
    WebAuthnConfiguration: 'reset', // not measured
  },
  UpdateUserPoolClient: {
    UserPoolId: 'reject',
    ClientId: 'reject',
    ClientName: 'keep', // [REC: imo-tikuwa/cognito-demo, 2025-07]
    RefreshTokenValidity: 'keep', // [cdk-real-drift, recorded]
    AccessTokenValidity: 'reset', // documented, as every `reset` below without another source
    IdTokenValidity: 'reset',
    TokenValidityUnits: 'reset',
    ReadAttributes: 'reset', // [ISS: rosberglinhares/CloudFormationCognitoCustomResources 7]
    WriteAttributes: 'reset', // the same
    ExplicitAuthFlows: 'reset', // [ISS: boto/boto3 1607]
    SupportedIdentityProviders: 'reset', // [ISS: cloudformation-coverage-roadmap 676]
    CallbackURLs: 'reset',
    LogoutURLs: 'reset',
    DefaultRedirectURI: 'reset',
    AllowedOAuthFlows: 'reset',
    AllowedOAuthScopes: 'reset',
    AllowedOAuthFlowsUserPoolClient: 'reset',
    AnalyticsConfiguration: 'reset',
    PreventUserExistenceErrors: 'reset',
    EnableTokenRevocation: 'keep', // [cdk-real-drift, recorded]
    EnablePropagateAdditionalUserContextData: 'reset',
    AuthSessionValidity: 'keep', // [cdk-real-drift, recorded]
    RefreshTokenRotation: 'keep', // [ISS: terraform-provider-aws 47196]: off needs an explicit DISABLED
  },
  UpdateUserPoolDomain: {
    UserPoolId: 'reject',
    Domain: 'reject',
    ManagedLoginVersion: 'reset', // not measured; the default is 1
    CustomDomainConfig: 'keep', // optional since 2024-12-09; presence decides the kind of domain
    Routing: 'reset', // not measured
  },
  UpdateResourceServer: {
    UserPoolId: 'reject',
    Identifier: 'reject',
    Name: 'reject',
    Scopes: 'reset', // documented
  },
  /** Nothing is documented; the API reference's own example omits RoleArn and gets the old one back. */
  UpdateGroup: {
    UserPoolId: 'reject',
    GroupName: 'reject',
    Description: 'keep',
    RoleArn: 'keep',
    Precedence: 'keep',
  },
  /** Each member that is left out is kept, one that is sent replaces all of it [ISS: floci-io/floci PR 2858, measured]. */
  UpdateIdentityProvider: {
    UserPoolId: 'reject',
    ProviderName: 'reject',
    ProviderDetails: 'keep', // but within it nothing is kept [ISS: aws/aws-cdk 29494]
    AttributeMapping: 'keep',
    IdpIdentifiers: 'keep',
    AcrMapping: 'keep', // not measured; as the others
  },
  /** Merged deeper than this table can say: managed-login-branding.ts [ISS: floci-io/floci PR 2869, measured]. */
  UpdateManagedLoginBranding: {
    UserPoolId: 'reject',
    ManagedLoginBrandingId: 'reject',
    UseCognitoProvidedValues: 'keep', // settings that are sent turn it off
    Settings: 'keep',
    Assets: 'keep',
  },
  /** Every member is optional [API model]; a map that is sent replaces the old one, which is not measured. */
  UpdateTerms: {
    UserPoolId: 'reject',
    TermsId: 'reject',
    TermsName: 'keep',
    TermsSource: 'keep',
    Enforcement: 'keep',
    Links: 'keep',
  },
  /** All of it is replaced; nothing but the ids goes back to the default, or to what the pool has [documented]. */
  SetRiskConfiguration: {
    UserPoolId: 'reject',
    ClientId: 'reset', // the whole pool
    CompromisedCredentialsRiskConfiguration: 'reset',
    AccountTakeoverRiskConfiguration: 'reset',
    RiskExceptionConfiguration: 'reset',
  },
  /** CSS and image are one: the one left out is gone [Cognito developer guide, 2023]. */
  SetUICustomization: {
    UserPoolId: 'reject',
    ClientId: 'reset', // the whole pool
    CSS: 'reset',
    ImageFile: 'reset',
  },
  SetLogDeliveryConfiguration: {
    UserPoolId: 'reject',
    LogConfigurations: 'reject', // the list replaces the old one [ISS: floci-io/floci PR 2867, measured]
  },
  SetUserPoolSessionConfiguration: {
    UserPoolId: 'reject',
    UserSessionTracking: 'reject', // every member is required [documented]
    TokenSession: 'reject',
  },
  SetUserPoolClientSessionConfiguration: {
    UserPoolId: 'reject',
    ClientId: 'reject',
    SSOSession: 'reject', // required [documented]
  },
  UpdateUserPoolReplica: {
    UserPoolId: 'reject',
    RegionName: 'reject',
    Status: 'reject',
  },
} as const satisfies Record<string, Record<string, Omission>>

/** The members after an update: those sent, and of the others those that the operation keeps. */
export function mergeUpdate(operation: keyof typeof whenOmitted, stored: Members, input: Members): Members {
  const merged: Members = {}
  for (const [name, omission] of Object.entries(whenOmitted[operation])) {
    if (omission === 'reject') continue
    const value = input[name] ?? (omission === 'keep' ? stored[name] : undefined)
    if (value !== undefined) merged[name] = value
  }
  return merged
}
