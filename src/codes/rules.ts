// The codes of the offline rules, by what they look at: 20xx pools, 21xx clients, 22xx domains, 23xx resource
// servers, 24xx identity pools, 25xx IAM roles. The explanations become documentation.
import type { Code } from './code.ts'

export const rulesCodes: { [code: string]: Code } = {
  COG2001: {
    title: 'a first factor that the feature plan does not include',
    explain:
      'LITE pools let people sign in with a password only; AWS answers FeatureUnavailableInTierException to anything else. Raise `userPoolTier` (which changes the price) or keep PASSWORD. See the feature plans in the Cognito developer guide.',
  },
  COG2002: {
    title: 'codes by email on LITE',
    explain:
      'Email as a second factor needs ESSENTIALS or PLUS; AWS refuses it on LITE. See the feature plans in the Cognito developer guide.',
  },
  COG2003: {
    title: 'passkeys as two factors on LITE',
    explain:
      'MULTI_FACTOR_WITH_USER_VERIFICATION needs ESSENTIALS or PLUS; AWS refuses it on LITE. See WebAuthnConfigurationType in the Cognito API reference.',
  },
  COG2004: {
    title: 'a newer pre-token trigger on LITE',
    explain:
      'Versions V2_0 and V3_0 of the pre-token trigger change access tokens, which needs ESSENTIALS or PLUS; AWS names "Token Customization with Pre-Token Generation Lambda" when it refuses. Use V1_0 or raise the plan.',
  },
  COG2005: {
    title: 'a password history on LITE',
    explain:
      'Remembering former passwords needs ESSENTIALS or PLUS. Set `passwordHistorySize` to 0 or raise the plan. See the feature plans in the Cognito developer guide.',
  },
  COG2006: {
    title: 'dynamic client registration on LITE',
    explain:
      'Clients can register themselves only on ESSENTIALS or PLUS, and a pool can only go down to LITE with registration Disabled. See DcrConfigurationType in the Cognito API reference.',
  },
  COG2007: {
    title: 'named levels of authentication on LITE',
    explain: 'An AcrConfiguration needs ESSENTIALS or PLUS. Take `acr` out or raise the plan.',
  },
  COG2008: {
    title: 'threat protection on ESSENTIALS',
    explain:
      'Threat protection belongs to PLUS; AWS refuses to turn it on otherwise (terraform-provider-aws pull request 40734). Set the mode to OFF or raise the plan.',
  },
  COG2009: {
    title: 'threat protection on LITE',
    explain:
      'Threat protection belongs to PLUS. Pools that had it before the feature plans came in November 2024 may keep it on LITE (aws/aws-cdk issue 36023), so this is an error only for a pool that does not exist yet.',
  },
  COG2010: {
    title: 'threat protection for custom authentication below PLUS',
    explain: 'The mode for custom authentication is a part of threat protection, which belongs to PLUS.',
  },
  COG2020: {
    title: 'user names replaced and aliased at once',
    explain:
      'AWS takes `usernameAttributes` or `aliasAttributes`, not both; neither can be changed once the pool exists. With the first there is no user name to choose; with the second there is one, and the aliases work beside it.',
  },
  COG2021: {
    title: 'a required alias',
    explain:
      '`preferred_username` can be chosen only once a user exists, so AWS refuses it as a required attribute while it is an alias (Cognito developer guide, user pool attributes).',
  },
  COG2022: {
    title: 'a required custom attribute',
    explain:
      'AWS answers "Required custom attributes are not supported currently." A pre-sign-up trigger can refuse people who do not give a value.',
  },
  COG2023: {
    title: 'a standard attribute of another type',
    explain:
      'The types of the standard attributes are fixed; AWS answers "You can not change AttributeDataType ... for standard schema attribute". Leave the type out.',
  },
  COG2024: {
    title: 'an unknown standard attribute',
    explain:
      'Names without a prefix are the standard attributes of OpenID Connect. Any other name would become a custom attribute under another name, so write it with `custom:` in front.',
  },
  COG2025: {
    title: 'lengths the wrong way round',
    explain:
      'AWS refuses an attribute whose smallest length exceeds its greatest ("cannot have a max length shorter than it\'s min length").',
  },
  COG2026: {
    title: 'bounds the wrong way round',
    explain:
      'AWS refuses an attribute whose smallest value exceeds its greatest ("cannot have a max value smaller than it\'s min value").',
  },
  COG2027: {
    title: 'bounds of another type',
    explain:
      'Lengths are for String attributes and values for Number attributes; on others they mean nothing, and since an attribute can never be changed, the mistake would stay.',
  },
  COG2028: {
    title: 'too many custom attributes',
    explain:
      'A pool can have 50 custom attributes, a quota that cannot be raised (quotas page of the Cognito developer guide), and none can ever be removed.',
  },
  COG2029: {
    title: 'an update to verify that is never verified',
    explain:
      'AWS answers "All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes".',
  },
  COG2030: {
    title: 'recovery by administrators and by others',
    explain:
      'AWS answers "Account Recovery Setting cannot use admin_only setting with any other recovery mechanisms."',
  },
  COG2031: {
    title: 'a way of recovery named twice',
    explain:
      'AWS answers "Account Recovery Setting cannot have duplicate priorities or recovery mechanisms."',
  },
  COG2032: {
    title: 'two levels of authentication with one name',
    explain:
      'The names in `acr` must differ, the default names of unnamed levels included (`urn:cognito:loa:1` to `4`). See AcrConfiguration in the Cognito API reference.',
  },
  COG2033: {
    title: 'a scope that registration ignores',
    explain:
      'Registered clients may always ask for the OpenID Connect scopes, and never get `aws.cognito/dcr/register`, whatever the list says (DcrConfigurationType in the Cognito API reference).',
  },
  COG2034: {
    title: 'a grant that registration ignores',
    explain:
      'Cognito accepts `implicit` for registered clients and ignores it (DcrConfigurationType in the Cognito API reference).',
  },
  COG2035: {
    title: 'an encryption key that does not match its type',
    explain:
      'A customer managed key needs its ARN, and an AWS owned key has none (KeyConfigurationType in the Cognito API reference).',
  },
  COG2040: {
    title: 'an invitation without the user name',
    explain: 'An invitation must contain {username}; AWS documents it and Terraform checks it.',
  },
  COG2041: {
    title: 'an invitation without the password',
    explain:
      'Where people sign in with passwords only, an invitation must contain {####}; AWS lets it out only for pools without passwords (AdminCreateUserConfigType in the Cognito API reference).',
  },
  COG2042: {
    title: 'a code and a link in one template',
    explain:
      'AWS documents an error when both email messages are given, whichever option is the default (VerificationMessageTemplateType in the Cognito API reference). Keep the one that fits `defaultEmailOption`.',
  },
  COG2043: {
    title: 'templates with the default sender',
    explain:
      'AWS documents email templates only for pools that send through SES (EmailSendingAccount DEVELOPER). Pools with the default sender have been seen to keep them, so this is a warning.',
  },
  COG2044: {
    title: 'an own sender without an identity',
    explain: 'AWS answers "Source ARN is required to use DEVELOPER email sending owner".',
  },
  COG2045: {
    title: 'not an SES identity',
    explain: '`email.sourceArn` is the ARN of an identity of SES: a verified address or domain.',
  },
  COG2046: {
    title: 'an SES identity in an unusual Region',
    explain:
      'Each Region of Cognito can send from some Regions of SES only: most from their own and from us-east-1, us-west-2 and eu-west-1. The list is in the Cognito developer guide (email settings) and changes, so this is a warning.',
  },
  COG2047: {
    title: 'an SES identity of another account',
    explain: "The Cognito developer guide asks for an identity in the pool's own account.",
  },
  COG2048: {
    title: 'an identity beside the default sender',
    explain:
      'With COGNITO_DEFAULT an identity is only a FROM address, and AWS answers "Cognito is not allowed to use your email identity" unless the identity\'s policy lets Cognito in.',
  },
  COG2049: {
    title: 'not a sender',
    explain:
      'AWS answers "Provided From email address is invalid" to anything but an address, or a name and an address in angle brackets.',
  },
  COG2050: {
    title: 'phone numbers verified without text messages',
    explain:
      'AWS answers "SMS configuration is required when phone_number is selected for auto verification".',
  },
  COG2051: {
    title: 'two senders of text messages',
    explain:
      'A pool sends through SNS or through AWS End User Messaging, not both (SmsConfigurationType in the Cognito API reference).',
  },
  COG2052: {
    title: 'End User Messaging without a role',
    explain: 'CallerArn is the one required member of an EumsSms configuration.',
  },
  COG2053: {
    title: 'End User Messaging in another Region',
    explain:
      "AWS answers InvalidParameterException to any Region but the pool's own (EumsSmsConfigurationType in the Cognito API reference).",
  },
  COG2054: {
    title: 'SNS settings without a role',
    explain:
      'The external id and the Region of SNS mean nothing without the role with which Cognito publishes.',
  },
  COG2055: {
    title: 'not a role for text messages',
    explain:
      "Cognito sends text messages with an IAM role; anything else is refused with InvalidSmsRoleTrustRelationshipException or InvalidParameterException. The role's path is a part of its ARN.",
  },
  COG2056: {
    title: 'a role of another account for text messages',
    explain: 'AWS answers "Cross-account pass role is not allowed."',
  },
  COG2057: {
    title: 'SNS in another Region',
    explain:
      'AWS allows the pool\'s own Region and, for some pools, an older alternate ("Invalid snsRegion. Allowed SNS region ..."); Seoul uses Tokyo. See SMS settings in the Cognito developer guide.',
  },
  COG2060: {
    title: 'MFA without a factor',
    explain:
      'AWS answers "SMS MFA, Email MFA, or Software Token MFA must be enabled". A passkey alone does not count.',
  },
  COG2061: {
    title: 'a factor while MFA is off',
    explain:
      'AWS answers "Invalid MFA configuration given, can\'t turn off MFA and configure an MFA together".',
  },
  COG2062: {
    title: 'one-time passwords while MFA is required',
    explain:
      'AWS answers "Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled". OPTIONAL is accepted.',
  },
  COG2063: {
    title: 'passkeys as one factor while MFA is required',
    explain:
      'AWS answers "Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor".',
  },
  COG2064: {
    title: 'codes by email through the default sender',
    explain:
      'AWS answers "Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT".',
  },
  COG2065: {
    title: 'one mailbox for both factors',
    explain:
      'AWS refuses email as a second factor while email is the only way to recover an account (terraform-provider-aws issue 41049).',
  },
  COG2066: {
    title: 'one way of recovery with codes by email',
    explain:
      "The documentation of Terraform's AWS provider asks for two recovery mechanisms with email as a second factor. AWS has been seen to refuse only `verified_email` alone, so this is a warning.",
  },
  COG2067: {
    title: 'one phone for both factors',
    explain:
      'AWS has answered "Account Recovery Setting cannot use verified_phone_number as a recovery mechanism when SMS MFA is configured" (aws/aws-cdk issue 11478); exactly when is not documented, so this is a warning.',
  },
  COG2068: {
    title: 'codes by text message without a sender',
    explain:
      'AWS answers "SMS configuration and Auto verification for phone_number are required when MFA is required/optional".',
  },
  COG2069: {
    title: 'text messages that cannot be off',
    explain:
      'AWS answers "Can\'t turn off SMS_MFA when SMS configuration is set for the user pool" (aws-amplify/amplify-backend issue 1481). An SMS configuration cannot be taken away again.',
  },
  COG2070: {
    title: 'one-time passwords by text message without a sender',
    explain: 'SMS_OTP as a first factor needs an SMS configuration when the pool is written.',
  },
  COG2071: {
    title: 'MFA on a pool with passkeys only',
    explain: 'A pool whose only first factor is a passkey must have MFA OFF.',
  },
  COG2072: {
    title: 'not a relying party',
    explain:
      'The relying party of passkeys is the bare name of a domain, without scheme, port or path (WebAuthn).',
  },
  COG2080: {
    title: 'a custom sender without a key',
    explain: 'AWS answers "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used."',
  },
  COG2081: {
    title: 'not a function',
    explain: 'Triggers are ARNs of Lambda functions, their versions or their aliases.',
  },
  COG2082: {
    title: 'a function in another Region',
    explain:
      'AWS answers "Cross-region lambda functions are not supported". A function of another account is accepted.',
  },
  COG2083: {
    title: 'not a KMS key',
    explain: 'The key that encrypts a pool, or the codes for its custom senders, is named by its ARN.',
  },
  COG2084: {
    title: 'a key in another Region',
    explain:
      'KMS keys are used in their own Region; AWS answers "Invalid arn" and the Region. A multi-Region key has a replica with its own ARN in each.',
  },
  COG2085: {
    title: 'a trigger or key of another partition',
    explain:
      'The partitions of AWS (the commercial Regions, China, GovCloud) share nothing, functions and keys included.',
  },
  COG2101: {
    title: 'OAuth settings on a client that may not use OAuth',
    explain:
      'The flag `allowedOAuthFlowsUserPoolClient` must be true before flows, scopes, callback or logout URLs are taken (CreateUserPoolClient in the Cognito API reference). In the file it follows from `allowedOAuthFlows`.',
  },
  COG2102: {
    title: 'OAuth without flows or scopes',
    explain:
      'AWS answers "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows."',
  },
  COG2103: {
    title: 'machines and people on one client',
    explain:
      'AWS answers "client_credentials flow can not be selected along with code flow or implicit flow."',
  },
  COG2104: {
    title: 'a machine without a secret',
    explain:
      'AWS answers "client_credentials flow can not be selected if client does not have a client secret." A client gets its secret when it is made, and never later.',
  },
  COG2105: {
    title: 'scopes about people for a machine',
    explain:
      'AWS answers "openid is not supported with client_credentials flow": machines get scopes of resource servers only.',
  },
  COG2106: {
    title: 'nowhere to return to',
    explain: 'AWS answers "CallbackUrls can not be empty when code flow or implicit flow is selected".',
  },
  COG2107: {
    title: 'not an absolute URL',
    explain:
      'Redirect URLs must be absolute (OAuth 2.0, section 3.1.2). Schemes of apps, such as `myapp://callback`, count.',
  },
  COG2108: {
    title: 'a URL with a fragment',
    explain: 'AWS answers "cannot use fragment": OAuth 2.0 forbids it in redirect URLs.',
  },
  COG2109: {
    title: 'a URL with http',
    explain:
      'AWS answers "cannot use the HTTP protocol." Only localhost, 127.0.0.1 and [::1] may, for testing.',
  },
  COG2110: {
    title: 'a default that is not among the callback URLs',
    explain:
      'DefaultRedirectURI must be in the list of callback URLs (CreateUserPoolClient in the Cognito API reference).',
  },
  COG2111: {
    title: 'old and new names of flows',
    explain: 'AWS answers "Auth flow name with prefix \'ALLOW\' cannot be used with legacy auth flow names."',
  },
  COG2112: {
    title: 'refresh tokens that rotate and do not',
    explain:
      'With rotation ENABLED, ALLOW_REFRESH_TOKEN_AUTH must be absent (refresh tokens in the Cognito developer guide; terraform-provider-aws issue 47196).',
  },
  COG2113: {
    title: 'choice-based sign-in on LITE',
    explain: 'ALLOW_USER_AUTH needs ESSENTIALS or PLUS (CreateUserPoolClient in the Cognito API reference).',
  },
  COG2114: {
    title: 'an unknown scope',
    explain:
      "AWS answers ScopeDoesNotExistException. A scope is one of Cognito's own, or a resource server's identifier, a slash and a scope of it.",
  },
  COG2115: {
    title: 'an unknown identity provider',
    explain: 'A client can only offer providers of its own pool; names are case-sensitive.',
  },
  COG2116: {
    title: 'an unknown attribute',
    explain:
      'AWS answers "Invalid read attributes specified while creating a client", or write. Custom attributes are written with `custom:`.',
  },
  COG2117: {
    title: 'an attribute that no client may write',
    explain:
      'AWS answers "Invalid write attributes specified while creating a client" to immutable attributes and to `sub`, `email_verified`, `phone_number_verified` and `identities`.',
  },
  COG2118: {
    title: 'a required attribute that cannot be written',
    explain:
      'A client that states what it may write must be able to write what the pool requires, or nobody could sign up with it; AWS answers "Invalid write attributes specified while creating a client".',
  },
  COG2119: {
    title: 'user context without a secret',
    explain:
      'AWS answers "Client Secret is required to set EnablePropagateAdditionalUserContextData as true".',
  },
  COG2120: {
    title: 'two secrets',
    explain: 'A secret is generated or given, not both (CreateUserPoolClient in the Cognito API reference).',
  },
  COG2121: {
    title: 'analytics named twice',
    explain:
      'AWS answers "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid".',
  },
  COG2122: {
    title: 'analytics named by half',
    explain:
      'AWS answers "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid".',
  },
  COG2123: {
    title: 'a token that outlives its refresh token',
    explain:
      'AWS answers "Access and Id Token expiration times must be less than or equal to refresh token expiration times."',
  },
  COG2201: {
    title: 'not a prefix',
    explain:
      'A prefix is up to 63 lower-case letters, digits and hyphens, and neither begins nor ends with a hyphen (CreateUserPoolDomain in the Cognito API reference).',
  },
  COG2202: {
    title: 'a reserved word in a prefix',
    explain: 'AWS answers "Domain cannot contain reserved word": aws, amazon and cognito.',
  },
  COG2203: {
    title: 'a reserved word inside a word of a prefix',
    explain:
      'The Cognito developer guide forbids aws, amazon and cognito in a prefix. AWS has been measured to refuse them between hyphens only, so this is a warning.',
  },
  COG2204: {
    title: 'not the name of a domain',
    explain:
      'A custom domain is the full name of a domain of your own, in lower case; AWS answers "Custom domain is not a valid subdomain" to anything else.',
  },
  COG2205: {
    title: 'a domain right below a top-level domain',
    explain:
      'The parent of a custom domain must resolve to an A record and cannot be a top-level domain; AWS answers "Custom domain is not a valid subdomain".',
  },
  COG2206: {
    title: 'a certificate elsewhere',
    explain:
      "Custom domains are served by CloudFront, whose certificates are in ACM in us-east-1 whatever the pool's Region; AWS answers \"The specified SSL certificate doesn't exist, isn't in us-east-1 region ...\".",
  },
  COG2207: {
    title: 'a domain of your own without a certificate',
    explain:
      'It is the certificate that makes a domain a custom one (CustomDomainConfigType in the Cognito API reference).',
  },
  COG2208: {
    title: 'settings of custom domains on a prefix',
    explain:
      "A prefix of Cognito's domain uses Cognito's certificate; with a certificate of your own the API would take the name for a custom domain.",
  },
  COG2209: {
    title: 'failover of a prefix',
    explain: 'Routing is for custom domains only (CreateUserPoolDomain in the Cognito API reference).',
  },
  COG2210: {
    title: 'failover by half',
    explain:
      'Both members of a failover are required: the secondary Region, and the Route 53 health check that decides (FailoverType in the Cognito API reference).',
  },
  COG2211: {
    title: 'failover to the same Region',
    explain: "The secondary Region is where a replica of the pool is, which is another than the pool's.",
  },
  COG2212: {
    title: 'managed login on LITE',
    explain:
      'AWS answers "The following feature is not available for the LITE pricing tier configured: Managed Login Version 2".',
  },
  COG2213: {
    title: 'a client without sign-in pages',
    explain:
      "Managed login shows nothing for a client without a style. cogsync gives Cognito's own style to clients of which the file says nothing, as long as all of them fit into the 20 that a pool can have. Here they do not, so none is made unasked.",
  },
  COG2214: {
    title: 'passkeys of another domain',
    explain:
      "With a custom domain and Cognito's own sign-in pages, the relying party of passkeys must be that domain (WebAuthnConfigurationType in the Cognito API reference).",
  },
  COG2801: {
    title: 'logs that go nowhere, or to several places',
    explain: 'Each event source is delivered to exactly one log group, bucket or stream.',
  },
  COG2802: {
    title: 'notification logs of another sort',
    explain: 'Cognito delivers userNotification at level ERROR, and only to CloudWatch.',
  },
  COG2803: {
    title: 'sign-in logs of another level',
    explain: 'Cognito delivers userAuthEvents at level INFO.',
  },
  COG2804: {
    title: 'sign-in logs without PLUS',
    explain: 'userAuthEvents is part of the PLUS tier.',
  },
  COG2901: {
    title: 'people to be told, and no way to tell them',
    explain: 'A risk level that notifies people needs an SES identity to send from.',
  },
  COG2961: {
    title: 'too much CSS',
    explain:
      'The CSS of the classic sign-in pages has 3 KB (Cognito developer guide). cogsync adds a comment of about 100 bytes that tells which logo is there, since AWS never gives it back.',
  },
  COG2962: {
    title: 'a logo that is too large',
    explain: 'The logo of the classic sign-in pages has 100 KB (Cognito developer guide).',
  },
  COG2963: {
    title: 'CSS for something else',
    explain:
      'Only the classes of the classic sign-in pages can be styled, all of which end in `-customizable`; AWS answers "The CSS class ... is not in the list of allowed classes."',
  },
  COG2964: {
    title: 'CSS with more than rules',
    explain:
      'The CSS cannot contain HTML, scripts, `@import`, `@supports`, `@page` or `@media` (Cognito developer guide).',
  },
  COG2965: {
    title: 'a logo of another sort',
    explain: 'The logo of the classic sign-in pages is a PNG or a JPEG (Cognito developer guide).',
  },
  COG2966: {
    title: 'CSS and logo too large together',
    explain:
      'The request that sets both has 135 KB, the logo encoded, which makes it a third larger (Cognito developer guide).',
  },
  COG2967: {
    title: 'a customization of no pages',
    explain: 'AWS customizes the classic sign-in pages only of a pool that has a domain.',
  },
  COG2971: {
    title: 'an image that is too large',
    explain: 'An image of a managed login style has 1,000,000 bytes (CreateManagedLoginBranding).',
  },
  COG2972: {
    title: 'two images for one place',
    explain: 'AWS keeps one image for each category and colour mode, and overwrites the first by the second.',
  },
  COG2973: {
    title: 'an image of an unknown sort',
    explain: 'AWS must be told what sort of image it is, and the name of the file does not say it.',
  },
  COG2974: {
    title: 'an icon in another place',
    explain: 'AWS takes ICO files as FAVICON_ICO, and nowhere else.',
  },
  COG2975: {
    title: 'a button of no provider',
    explain:
      '`resourceId` ties an IDP_BUTTON_ICON to its identity provider. AWS makes up the ids of all other images.',
  },
  COG2976: {
    title: 'settings too large for a request',
    explain:
      'A request has 2 MB, and the settings of a managed login style go in one. What the branding editor exports merged with its defaults need not be stated.',
  },
  COG2977: {
    title: 'too many styles',
    explain:
      'A user pool has 20 managed login styles at most, and the quota cannot be raised (Cognito quotas).',
  },
  COG2941: {
    title: 'sessions reused and not tracked',
    explain:
      'How long a session may sign somebody in again can be set only where the user pool tracks sessions (SetUserPoolClientSessionConfiguration in the Cognito API reference).',
  },
  COG2951: {
    title: 'a web ACL of another scope',
    explain:
      'A user pool can have a web ACL of scope REGIONAL; those of scope CLOUDFRONT are for distributions (AssociateWebACL in the AWS WAF API reference).',
  },
  COG2952: {
    title: 'a web ACL in another Region',
    explain: 'A regional web ACL protects resources of its own Region only (AWS WAF developer guide).',
  },
  COG2953: {
    title: 'a web ACL in another partition',
    explain:
      "China, GovCloud and the other Regions are apart from each other: nothing can name another's resources.",
  },
  COG2981: {
    title: 'a replica where the pool is',
    explain:
      'A replica is a copy of the user pool in another Region (Cognito developer guide, multi-Region replication).',
  },
  COG2982: {
    title: 'several replicas',
    explain: 'A user pool has one secondary Region at most (Cognito quotas).',
  },
  COG2983: {
    title: 'a replica on LITE',
    explain:
      'Multi-Region replication needs ESSENTIALS or PLUS (feature plans in the Cognito developer guide).',
  },
  COG2984: {
    title: 'a replica without a key of its own',
    explain:
      'A replicated pool is encrypted with a customer managed, multi-Region KMS key that has a replica in the other Region. Ids of such keys begin with `mrk-`.',
  },
  COG2985: {
    title: 'something of another Region in a replica',
    explain:
      'Triggers, keys, log groups, web ACLs and AWS End User Messaging of a replica are used in its own Region, so they must be there.',
  },
  COG2601: {
    title: 'a group whose role is no role',
    explain: 'Tokens name the role of a group for AWS credentials, so it must be the ARN of an IAM role.',
  },
  COG2701: {
    title: 'an identity provider without a type',
    explain: 'The type is fixed when the provider is made, and decides which details it takes.',
  },
  COG2702: {
    title: 'a social provider under another name',
    explain:
      'Cognito allows one provider of each social type, named as the type, and answers "Provider NAME cannot be of type Google." to any other.',
  },
  COG2703: {
    title: 'a detail that is missing',
    explain:
      'Each type has details that it cannot do without; Cognito answers "client_id, client_secret and authorize_scopes are all required idp details".',
  },
  COG2704: {
    title: 'SAML metadata from none or two places',
    explain: 'A SAML provider takes its metadata from MetadataURL or from MetadataFile, not from both.',
  },
  COG2705: {
    title: 'a detail that is neither true nor false',
    explain: 'All details are text, those that are yes or no as well: "true" or "false".',
  },
  COG2706: {
    title: 'a mapping to an attribute that is not there',
    explain:
      'Cognito answers "AttributeMapping contains invalid mapping" when an attribute is not in the schema of the pool.',
  },
  COG2707: {
    title: 'a mapping to an attribute that cannot change',
    explain:
      'Mapped attributes are written at every sign-in through the provider, so an attribute that is not mutable lets people in once and never again.',
  },
  COG2708: {
    title: 'levels of authentication for a provider that has none',
    explain: 'Only OpenID Connect providers take a mapping of authentication context classes.',
  },
  COG2301: {
    title: 'two resource servers with one identifier',
    explain: 'Identifiers are unique in a pool, and fixed; AWS answers InvalidParameterException.',
  },
  COG2302: {
    title: "Cognito's own resource server",
    explain:
      '`aws.cognito` is the identifier behind dynamic client registration (its scope is `aws.cognito/dcr/register`); a server of yours would get in its way.',
  },
  COG2401: {
    title: 'not a user pool',
    explain:
      'AWS answers "Invalid Cognito Identity Provider" unless the name is cognito-idp, the Region, amazonaws.com and the pool\'s id; the id alone is the usual mistake.',
  },
  COG2402: {
    title: 'a client named twice',
    explain:
      'Providers of an identity pool are told apart by provider and client; the second entry would contradict or repeat the first.',
  },
  COG2403: {
    title: 'many app clients',
    explain:
      '50 user pool clients an identity pool is the default quota, and can be raised (quotas page of the Cognito developer guide).',
  },
  COG2404: {
    title: 'not a provider of IAM',
    explain: 'OpenID Connect and SAML providers are named by the ARNs of their IAM objects.',
  },
  COG2405: {
    title: 'a provider of another account',
    explain:
      'AWS answers "Identity provider ... is not valid for account ..." to SAML providers of other accounts; OpenID Connect providers of other accounts are accepted, other partitions never.',
  },
  COG2421: {
    title: 'not a role',
    explain:
      'The roles of an identity pool are ARNs of IAM roles; AWS answers "Access to Role ... is forbidden" to anything else.',
  },
  COG2422: {
    title: 'a role of another account',
    explain:
      'AWS answers NotAuthorizedException "Access to Role ... is forbidden" to roles of other accounts.',
  },
  COG2423: {
    title: 'rules in a mapping by token',
    explain: "A mapping of type Token takes the role from the token's claims; AWS refuses it with rules.",
  },
  COG2424: {
    title: 'a mapping by rules without rules',
    explain: 'A mapping of type Rules needs at least one (RoleMapping in the identity pools API reference).',
  },
  COG2425: {
    title: 'too many rules',
    explain: 'AWS answers "The number of rules in the request exceeded 25."',
  },
  COG2426: {
    title: 'a mapping that does not decide',
    explain:
      'AmbiguousRoleResolution is required for both types (RoleMapping in the identity pools API reference).',
  },
  COG2427: {
    title: 'a mapping of a provider the pool does not have',
    explain: 'AWS answers "is not a valid RoleMapping ProviderName or is not a configured provider."',
  },
  COG2428: {
    title: 'two mappings of one provider',
    explain: 'There is one mapping a provider, and the second would replace the first.',
  },
  COG2429: {
    title: 'too many mappings',
    explain: 'Ten mappings an identity pool are the most that SetIdentityPoolRoles takes.',
  },
  COG2430: {
    title: 'a role for guests who are not let in',
    explain:
      'Nobody gets the role while `allowUnauthenticatedIdentities` is false; one click in the console would change that.',
  },
  COG2431: {
    title: 'guests without a role',
    explain: 'Guests get an identity and then no credentials: GetCredentialsForIdentity fails.',
  },
  COG2432: {
    title: 'a role that trusts others',
    explain:
      'AWS takes the role and then fails at GetCredentialsForIdentity with InvalidIdentityPoolConfigurationException, because its trust policy asks for another `amr`.',
  },
  COG2441: {
    title: 'tags of a provider the pool does not have',
    explain:
      'Principal tags belong to a provider of the identity pool; a user pool is named without its client here.',
  },
  COG2442: {
    title: 'tags beside the defaults',
    explain:
      'With UseDefaults AWS maps `client` and `username` itself; tags of your own are for when it is false (attributes for access control in the Cognito developer guide).',
  },
  COG2501: {
    title: 'the path of service-linked roles',
    explain:
      'AWS makes roles under /aws-service-role/ itself, and answers UnmodifiableEntity to anybody else.',
  },
  COG2502: {
    title: 'the name of a service-linked role',
    explain: 'Names that begin with AWSServiceRoleFor are how people recognise roles that AWS made itself.',
  },
  COG2503: {
    title: 'many managed policies',
    explain: 'Ten managed policies a role is the default quota of IAM, and can be raised.',
  },
  COG2504: {
    title: 'an ARN of another partition',
    explain:
      'The partitions of AWS (the commercial Regions, China, GovCloud) share no policies and no principals.',
  },
  COG2510: {
    title: 'a document without a known version',
    explain:
      'IAM knows 2012-10-17 and 2008-10-17. A document without a version is taken for the older, in which variables are plain text.',
  },
  COG2511: {
    title: 'a document of the older version',
    explain: 'Under 2008-10-17 variables such as ${aws:username} are plain text (IAM user guide, Version).',
  },
  COG2512: {
    title: 'a document without statements',
    explain: 'IAM answers MalformedPolicyDocument unless Statement is a map or a list of maps.',
  },
  COG2513: {
    title: 'a statement without an effect',
    explain: 'Effect is Allow or Deny, in just that case; IAM answers MalformedPolicyDocument otherwise.',
  },
  COG2514: {
    title: 'a statement without an action',
    explain:
      'A statement has Action or NotAction, and not both; IAM answers MalformedPolicyDocument otherwise.',
  },
  COG2515: {
    title: 'a statement without a resource',
    explain:
      'A statement of a role\'s policy has Resource or NotResource, and not both; IAM answers "Policy statement must contain resources."',
  },
  COG2516: {
    title: 'a resource in a trust policy',
    explain: 'The resource of a trust policy is the role; IAM answers "Has prohibited field Resource".',
  },
  COG2517: {
    title: "a principal in a role's policy",
    explain:
      'IAM answers "Policy document should not specify a principal." Who may assume the role stands in its trust policy.',
  },
  COG2518: {
    title: 'a trust policy without a principal',
    explain: 'IAM answers "Missing required field Principal", and refuses NotPrincipal.',
  },
  COG2519: {
    title: 'something other than text',
    explain:
      'Actions and resources are texts or lists of texts; IAM answers MalformedPolicyDocument otherwise.',
  },
  COG2520: {
    title: 'not an action',
    explain:
      'An action is the prefix of a service, one colon and an operation; IAM answers "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."',
  },
  COG2521: {
    title: 'a trust policy for something else',
    explain: 'IAM answers "AssumeRole policy may only specify STS AssumeRole actions."',
  },
  COG2522: {
    title: 'not a resource',
    explain: 'IAM answers "Resource ... must be in ARN format or "*"."',
  },
  COG2523: {
    title: 'not a condition',
    explain:
      'A condition is an operator of IAM, a key and one or more texts; IAM answers "Invalid Condition type" or a syntax error.',
  },
  COG2524: {
    title: 'a Sid twice',
    explain: 'IAM answers "Statement IDs (SID) in a single policy must be unique."',
  },
  COG2525: {
    title: 'a Sid with other characters',
    explain:
      'IAM answers "Statement IDs (SID) must be alpha-numeric." in policies of a role; trust policies allow more.',
  },
  COG2526: {
    title: 'characters that IAM does not take',
    explain:
      'Documents may hold tabs, line breaks and Latin-1 characters only (CreateRole in the IAM API reference).',
  },
  COG2527: {
    title: 'a long trust policy',
    explain:
      'The default quota is 2,048 characters, white space aside, and can be raised to 8,192 (IAM quotas).',
  },
  COG2528: {
    title: 'a trust policy too long for any quota',
    explain: 'The quota of 2,048 characters can be raised to 8,192 and no further (IAM quotas).',
  },
  COG2529: {
    title: 'long inline policies',
    explain:
      'All inline policies of a role together may have 10,240 characters, white space aside; the quota cannot be raised (IAM quotas).',
  },
  COG2540: {
    title: 'a role for any identity pool',
    explain:
      'Without a condition on `aud`, identities of any identity pool, in any account, can assume the role. Name the identity pool in the condition, as the Cognito developer guide shows (role trust and permissions).',
  },
  COG2541: {
    title: 'a role for guests as well',
    explain:
      'Without a condition on `amr`, guests of the identity pool can assume the role. Ask for `authenticated` or `unauthenticated` (role trust and permissions in the Cognito developer guide).',
  },
  COG2542: {
    title: 'a pattern that lets guests in',
    explain:
      'StringLike takes `*` and `?` for wild, so that the pattern matches `unauthenticated` as well as `authenticated`.',
  },
  COG2543: {
    title: 'a pattern for identity pools',
    explain:
      'Ids of identity pools are random: a pattern matches pools of other accounts too. Name the whole id.',
  },
  COG2544: {
    title: 'identities of another partition',
    explain:
      "China and GovCloud have Cognito principals of their own, and a role can only trust its own partition's.",
  },
}
