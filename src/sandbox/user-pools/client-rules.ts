// Cross-member rules of an app client.
import { type Members, ServiceError } from '../service.ts'
import { makeTable } from '../table.ts'
import { readMembers, readNumber, readText, readTexts } from './members.ts'
import { listScopes } from './resource-servers.ts'
import { type Client, invalid, type Pool } from './store.ts'
import { requireEssentials } from './tiers.ts'

/** Throws on the first rule that the completed client breaks. */
export function checkClient(pool: Pool, client: Client, doing: 'creating' | 'updating'): void {
  const { settings } = client
  checkProviders(pool, settings)
  checkAttributes(pool, settings, doing)
  checkAuthFlows(pool, settings)
  checkOAuth(pool, settings, client.secrets.length > 0)
  checkUrls(settings)
  checkValidities(settings)
  checkAnalytics(readMembers(settings.AnalyticsConfiguration))
  // [documented]
  if (settings.EnablePropagateAdditionalUserContextData === true && client.secrets.length === 0) {
    throw invalid('EnablePropagateAdditionalUserContextData needs a client secret.')
  }
}

function checkProviders(pool: Pool, settings: Members): void {
  const unknown = readTexts(settings.SupportedIdentityProviders).find(
    name => name !== 'COGNITO' && !Object.hasOwn(pool.providers, name),
  )
  // [ISS: lgallard/terraform-aws-cognito-user-pool PR 72]
  if (unknown !== undefined) throw invalid(`The provider ${unknown} does not exist for User Pool ${pool.id}.`)
}

const neverWritable = ['sub', 'identities', 'email_verified', 'phone_number_verified']

function checkAttributes(pool: Pool, settings: Members, doing: string): void {
  const names = pool.schema.map(attribute => readText(attribute.Name) ?? '')
  if (readTexts(settings.ReadAttributes).some(name => !names.includes(name))) {
    throw invalid(`Invalid read attributes specified while ${doing} a client`)
  }
  const write = readTexts(settings.WriteAttributes)
  if (write.length === 0) return
  const writable = pool.schema.filter(
    attribute => attribute.Mutable === true && !neverWritable.includes(readText(attribute.Name) ?? ''),
  )
  const writableNames = writable.map(attribute => readText(attribute.Name) ?? '')
  const required = writable
    .filter(attribute => attribute.Required === true)
    .map(attribute => readText(attribute.Name) ?? '')
  // Unknown or immutable [ISS: aws/aws-cdk 20760, aws/aws-sdk-java 1395]; required ones must be there [documented].
  if (write.some(name => !writableNames.includes(name)) || required.some(name => !write.includes(name))) {
    throw invalid(`Invalid write attributes specified while ${doing} a client`)
  }
}

function checkAuthFlows(pool: Pool, settings: Members): void {
  const flows = readTexts(settings.ExplicitAuthFlows)
  const modern = flows.filter(flow => flow.startsWith('ALLOW_'))
  if (modern.length > 0 && modern.length < flows.length) {
    throw invalid('Auth flows with and without the ALLOW_ prefix can not be combined.') // [documented]
  }
  if (flows.includes('ALLOW_USER_AUTH')) requireEssentials(pool, 'Choice-Based Authentication')
  const rotates = readMembers(settings.RefreshTokenRotation).Feature === 'ENABLED'
  // [ISS: terraform-provider-aws 47196]
  if (rotates && flows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalid('ALLOW_REFRESH_TOKEN_AUTH can not be enabled when refresh token rotation is enabled.')
  }
}

const builtInScopes = ['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin']

function checkOAuth(pool: Pool, settings: Members, confidential: boolean): void {
  const flows = readTexts(settings.AllowedOAuthFlows)
  const scopes = readTexts(settings.AllowedOAuthScopes)
  if (settings.AllowedOAuthFlowsUserPoolClient !== true) {
    const members = ['AllowedOAuthFlows', 'AllowedOAuthScopes', 'CallbackURLs', 'LogoutURLs']
    const sent = members.find(member => settings[member] !== undefined)
    // [documented: must be true before any of the four is set]
    if (sent !== undefined) throw invalid(`${sent} needs AllowedOAuthFlowsUserPoolClient to be true.`)
    return
  }
  // [REC: terraform-provider-aws 5140, 2018]
  if (flows.length === 0 || scopes.length === 0) {
    throw invalid(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    )
  }
  if (flows.includes('client_credentials')) checkMachineFlow(flows, scopes, confidential)
  else if (readTexts(settings.CallbackURLs).length === 0) {
    // [ISS: cisagov/crossfeed 440]
    throw badFlow('CallbackUrls can not be empty when code flow or implicit flow is selected')
  }
  const known = [...builtInScopes, ...listScopes(pool)]
  const unknown = scopes.find(scope => !known.includes(scope))
  // [REC: aws-cloudformation-user-guide 564, 2020]
  if (unknown !== undefined) {
    throw new ServiceError('ScopeDoesNotExistException', `Invalid scope requested: ${unknown}`)
  }
}

function checkMachineFlow(flows: string[], scopes: string[], confidential: boolean): void {
  if (flows.length > 1) {
    throw badFlow('client_credentials flow can not be selected along with code flow or implicit flow.')
  }
  // [REC: Korean notes; Cognito developer guide]
  if (!confidential) {
    throw badFlow('client_credentials flow can not be selected if client does not have a client secret.')
  }
  const builtIn = scopes.find(scope => builtInScopes.includes(scope))
  // [REC: terraform-provider-aws 4984, 2018]
  if (builtIn !== undefined) throw badFlow(`${builtIn} is not supported with client_credentials flow`)
}

function badFlow(message: string): ServiceError {
  return new ServiceError('InvalidOAuthFlowException', message)
}

function checkUrls(settings: Members): void {
  const callbacks = readTexts(settings.CallbackURLs)
  const bad = [...callbacks, ...readTexts(settings.LogoutURLs)].find(url => !isRedirectUrl(url))
  if (bad !== undefined) throw invalid(`${bad} is not a valid redirect URL.`) // text not recorded
  const redirect = readText(settings.DefaultRedirectURI)
  if (redirect !== undefined && !callbacks.includes(redirect)) {
    throw invalid('DefaultRedirectURI must be in the list of CallbackURLs.') // text not recorded
  }
}

/** Absolute, no fragment, https; http for the local machine only; an app's own scheme passes [documented]. */
function isRedirectUrl(url: string): boolean {
  if (!URL.canParse(url) || url.includes('#')) return false
  const { protocol, hostname } = new URL(url)
  return protocol !== 'http:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

const secondsOfUnit: Record<string, number> = makeTable({
  seconds: 1,
  minutes: 60,
  hours: 3600,
  days: 86_400,
})
const day = 86_400

/** Access and ID tokens 5 minutes to a day, refresh tokens an hour to ten years [documented]. */
function checkValidities(settings: Members): void {
  const units = readMembers(settings.TokenValidityUnits)
  const tokens = [
    { token: 'AccessToken', unit: 'hours', least: 300, most: day },
    { token: 'IdToken', unit: 'hours', least: 300, most: day },
    { token: 'RefreshToken', unit: 'days', least: 3600, most: 3650 * day },
  ]
  for (const { token, unit, least, most } of tokens) {
    const value = readNumber(settings[`${token}Validity`])
    if (value === undefined) continue
    const seconds = value * (secondsOfUnit[readText(units[token]) ?? unit] ?? 1)
    // [REC: aws-samples/cloudfront-authorization-at-edge 144, 2021; terraform-provider-aws 32504, 2023]
    if (seconds < least || seconds > most) throw invalid('Invalid range for token validity.')
  }
}

/** An application's ARN alone, or its id with a role and an external id [documented; Terraform]. */
function checkAnalytics(analytics: Members): void {
  if (Object.keys(analytics).length === 0 || analytics.ApplicationArn !== undefined) {
    if (analytics.ApplicationId !== undefined)
      throw invalid('ApplicationArn and ApplicationId can not both be set.')
    return
  }
  if ([analytics.ApplicationId, analytics.RoleArn, analytics.ExternalId].includes(undefined as never)) {
    throw invalid(
      'AnalyticsConfiguration needs ApplicationArn, or ApplicationId with RoleArn and ExternalId.',
    )
  }
}
