// The details of an identity provider: what each type needs, and what AWS adds to a read.
import type { Call, Members } from '../service.ts'
import { makeTable } from '../table.ts'
import { makeCertificate } from './ids.ts'
import { compact, readText } from './members.ts'
import { readRedirects } from './saml-metadata.ts'
import { invalid, type Pool } from './store.ts'

/** The claim that fills `username`: the first two recorded [2019-01, 2026-08], the others by convention. */
export const userNameClaims: Record<string, string> = makeTable({
  Google: 'sub',
  OIDC: 'sub',
  Facebook: 'id',
  SignInWithApple: 'sub',
  LoginWithAmazon: 'user_id',
})

/** The details as they are stored: those sent, and those that AWS computes. Throws when one is missing. */
export function completeDetails(pool: Pool, type: string, sent: Members, call: Call): Members {
  if (type === 'SAML') return completeSaml(pool, sent, call)
  if (type === 'OIDC') return completeOidc(sent)
  if (type === 'SignInWithApple') return completeApple(sent)
  requireDetails(
    sent,
    ['client_id', 'client_secret', 'authorize_scopes'],
    // [REC: amplify-cli 8266, 2021]
    'client_id, client_secret and authorize_scopes are all required idp details',
  )
  return { ...sent, ...describeSocial(type, readText(sent.api_version) ?? currentFacebook) }
}

/** AWS moves it over time: v2.9 in 2018, v17.0 now [ISS: terraform-provider-aws 4831]. */
const currentFacebook = 'v17.0'

/** What comes back for the social providers with a secret [SDK documentation; Google: cdk-real-drift, recorded]. */
function describeSocial(type: string, version: string): Members {
  if (type === 'Google') {
    return {
      authorize_url: 'https://accounts.google.com/o/oauth2/v2/auth',
      token_url: 'https://www.googleapis.com/oauth2/v4/token',
      attributes_url: 'https://people.googleapis.com/v1/people/me?personFields=',
      attributes_url_add_attributes: 'true',
      oidc_issuer: 'https://accounts.google.com',
      token_request_method: 'POST',
    }
  }
  if (type === 'Facebook') {
    return {
      api_version: version,
      authorize_url: `https://www.facebook.com/${version}/dialog/oauth`,
      token_url: `https://graph.facebook.com/${version}/oauth/access_token`,
      attributes_url: `https://graph.facebook.com/${version}/me?fields=`,
      attributes_url_add_attributes: 'true',
      token_request_method: 'GET',
    }
  }
  return {
    authorize_url: 'https://www.amazon.com/ap/oa',
    token_url: 'https://api.amazon.com/auth/o2/token',
    attributes_url: 'https://api.amazon.com/user/profile',
    attributes_url_add_attributes: 'false',
    token_request_method: 'POST',
  }
}

/** The private key is needed each time the details are sent, since they replace the old ones; it never comes back. */
function completeApple(sent: Members): Members {
  requireDetails(
    sent,
    ['client_id', 'private_key', 'team_id', 'key_id'],
    'clientId, privateKey, teamId, and keyId are all required idp details.', // [badmintoncryer/cdk-preflight]
  )
  return {
    ...sent,
    authorize_url: 'https://appleid.apple.com/auth/authorize',
    token_url: 'https://appleid.apple.com/auth/token',
    oidc_issuer: 'https://appleid.apple.com',
    attributes_url_add_attributes: 'false',
    token_request_method: 'POST',
  }
}

/** Endpoints found by discovery are not stored [REC: Entra OIDC lab log, 2026-08]. */
function completeOidc(sent: Members): Members {
  requireDetails(
    sent,
    ['client_id', 'authorize_scopes', 'oidc_issuer', 'attributes_request_method'],
    // This text and the next two [badmintoncryer/cdk-preflight].
    'clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.',
  )
  const method = readText(sent.attributes_request_method) ?? ''
  if (method !== 'GET' && method !== 'POST') {
    throw invalid(
      `1 validation error detected: Value '${method}' at 'attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]`,
    )
  }
  const endpoints = ['oidc_issuer', 'authorize_url', 'token_url', 'attributes_url', 'jwks_uri']
  const given = endpoints.map(key => readText(sent[key])).filter(url => url !== undefined)
  if (given.some(url => !url.startsWith('https://'))) {
    throw invalid('OIDC endpoint must start with https://')
  }
  if (given.length < endpoints.length && !isReachable(readText(sent.oidc_issuer) ?? '')) {
    throw invalid('Unable to contact well-known endpoint') // [REC: chat log, 2024-07]
  }
  return { ...sent, attributes_url_add_attributes: 'false' }
}

/** The sandbox contacts nobody; names that can never resolve stand for endpoints that do not answer [RFC 2606]. */
function isReachable(issuer: string): boolean {
  return URL.canParse(issuer) && !new URL(issuer).hostname.endsWith('.invalid')
}

const flags = ['IDPSignout', 'IDPInit', 'EncryptedResponses']

function completeSaml(pool: Pool, sent: Members, call: Call): Members {
  const {
    ActiveEncryptionCertificate: _,
    SSORedirectBindingURI: __,
    SLORedirectBindingURI: ___,
    ...own
  } = sent
  const file = readText(own.MetadataFile)
  const url = readText(own.MetadataURL)
  // Both texts [badmintoncryer/cdk-preflight].
  if (file === undefined && url === undefined) {
    throw invalid('At least one of the MetadataURL or MetadataFile should be provided.')
  }
  if (file !== undefined && url !== undefined) {
    throw invalid('Only one of the MetadataURL or MetadataFile should be provided.')
  }
  const flag = flags.find(name => own[name] !== undefined && own[name] !== 'true' && own[name] !== 'false')
  if (flag !== undefined) throw invalid(`${flag} must be true or false.`) // text not recorded
  if (![undefined, 'rsa-sha256'].includes(readText(own.RequestSigningAlgorithm))) {
    throw invalid('RequestSigningAlgorithm must be rsa-sha256.') // text not recorded
  }
  pool.certificate ??= makeCertificate(call.random)
  return compact({ ...own, ActiveEncryptionCertificate: pool.certificate, ...readRedirects(file, url) })
}

function requireDetails(details: Members, keys: readonly string[], message: string): void {
  if (keys.some(key => (readText(details[key]) ?? '') === '')) throw invalid(message)
}
