// The identity providers of a pool: which are accepted, and by which names other operations know them.
import { type Json, type Members, ServiceError } from '../service.ts'
import { invalid } from './store.ts'

/** The only keys that SupportedLoginProviders takes [M]. */
const LOGIN_PROVIDERS = [
  ...['graph.facebook.com', 'accounts.google.com', 'appleid.apple.com'],
  ...['www.amazon.com', 'api.twitter.com', 'www.digits.com'],
]

const COGNITO_PROVIDER = /^cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/\1_[0-9a-zA-Z]+$/

interface CognitoProvider {
  ProviderName?: string
  ClientId?: string
}

/** Throws InvalidParameterException unless AWS would take these provider members of a Create or Update. */
export function checkProviders(input: Members): void {
  for (const key of Object.keys((input['SupportedLoginProviders'] ?? {}) as Members)) {
    if (!LOGIN_PROVIDERS.includes(key)) throw invalid(`${key} is not a supported login provider`)
  }
  checkCognitoProviders((input['CognitoIdentityProviders'] ?? []) as CognitoProvider[])
  checkArns(input['OpenIdConnectProviderARNs'], 'oidc-provider', 'OpenID Connect')
  checkArns(input['SamlProviderARNs'], 'saml-provider', 'SAML')
}

function checkCognitoProviders(providers: CognitoProvider[]): void {
  const seen = new Set<string>()
  for (const { ProviderName: name, ClientId: client } of providers) {
    // missing or malformed ProviderName [REC: amazon-quicksight-embedding-sample 1, aws-cdk 11054]
    if (name === undefined || client === undefined || !COGNITO_PROVIDER.test(name)) {
      throw invalid('Invalid Cognito Identity Provider')
    }
    const key = `${name}:${client}`
    if (seen.has(key)) throw invalid(`Duplicate Cognito Identity Provider ${key}`)
    seen.add(key)
  }
  if (providers.length > 50) {
    throw new ServiceError(
      'LimitExceededException',
      'User pool providers per identity pool quota of 50 exceeded',
    )
  }
}

/** Whether the provider exists in IAM is not checked: the sandbox has no OIDC or SAML providers. */
function checkArns(value: Json | undefined, type: string, label: string): void {
  const arns = (value ?? []) as string[]
  const form = new RegExp(`^arn:aws[a-z-]*:iam::\\d{12}:${type}/.+$`)
  const wrong = arns.find(arn => !form.test(arn))
  if (wrong !== undefined) throw invalid(`Invalid ${label} provider ARN: ${wrong}`)
  if (new Set(arns).size < arns.length) throw invalid(`Duplicate ${label} provider ARN`)
}

/**
 * The names a RoleMappings key may have: a login provider, `userPoolProvider:clientId` [D], and for OIDC and SAML
 * the ARN or the provider's name [INF].
 */
export function listMappingKeys(settings: Members): string[] {
  const arns = listArns(settings)
  return [
    ...Object.keys((settings['SupportedLoginProviders'] ?? {}) as Members),
    ...listCognitoProviders(settings).map(({ ProviderName, ClientId }) => `${ProviderName}:${ClientId}`),
    ...arns,
    ...arns.map(arn => arn.replace(/^.*?-provider\//, '')),
  ]
}

/** The names principal tags go by: without client id for user pools, ARNs for OIDC and SAML [TF acceptance tests]. */
export function listTagProviders(settings: Members): string[] {
  const developer = settings['DeveloperProviderName'] as string | undefined
  return [
    ...Object.keys((settings['SupportedLoginProviders'] ?? {}) as Members),
    ...listCognitoProviders(settings).map(({ ProviderName }) => ProviderName ?? ''),
    ...listArns(settings),
    ...(developer === undefined ? [] : [developer]),
  ]
}

function listCognitoProviders(settings: Members): CognitoProvider[] {
  return (settings['CognitoIdentityProviders'] ?? []) as CognitoProvider[]
}

function listArns(settings: Members): string[] {
  const lists = [settings['OpenIdConnectProviderARNs'], settings['SamlProviderARNs']]
  return lists.flatMap(list => (list ?? []) as string[])
}
