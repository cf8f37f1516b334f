// External identity providers of a user pool.
import { compareText } from '../java-order.ts'
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { checkMapping } from './attribute-mapping.ts'
import { addProviderGroup } from './groups.ts'
import { compact, pick, readMembers, readText, readTexts } from './members.ts'
import { mergeUpdate } from './omission.ts'
import { addToken, cutPage } from './pages.ts'
import { completeDetails, userNameClaims } from './provider-details.ts'
import { invalid, lookUp, missing, overLimit, type Pool, readSeconds, requirePool } from './store.ts'

const maxProviders = 300
const socialTypes = ['Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple']

export function createProvider(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const name = readText(input.ProviderName) ?? ''
  const type = readText(input.ProviderType) ?? ''
  checkName(name, type)
  if (lookUp(pool.providers, name) !== undefined) {
    // [ISS: floci-io/floci PR 2858, measured 2026-09]
    throw new ServiceError('DuplicateProviderException', `${name} already exists for tenant ${pool.id}.`)
  }
  if (Object.keys(pool.providers).length >= maxProviders)
    throw overLimit('Exceeded the number of identity providers.')
  const sent = mergeUpdate('UpdateIdentityProvider', {}, input)
  const claim = userNameClaims[type]
  const provider = compact({
    UserPoolId: pool.id,
    ProviderName: name,
    ProviderType: type,
    ...completeProvider(pool, type, sent, call),
    // `username` is mapped where the request does not map it, except for SAML [REC: 2019-01, 2026-08].
    AttributeMapping: { ...(claim && { username: claim }), ...readMembers(sent.AttributeMapping) },
    LastModifiedDate: readSeconds(call),
    CreationDate: readSeconds(call),
  })
  checkProvider(pool, provider)
  pool.providers[name] = provider
  addProviderGroup(pool, name, call)
  return { IdentityProvider: answerWrite(provider, input) }
}

export function describeProvider(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  return { IdentityProvider: describe(requireProvider(pool, input.ProviderName, 'for tenantId')) }
}

export function findProviderByIdentifier(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const provider = Object.values(pool.providers).find(each =>
    readTexts(each.IdpIdentifiers).includes(readText(input.IdpIdentifier) ?? ''),
  )
  // Text not recorded.
  if (provider === undefined)
    throw missing(`Identity provider with identifier ${input.IdpIdentifier} does not exist.`)
  return { IdentityProvider: describe(provider) }
}

/** A member left out is kept, one that is sent replaces all of it, `{}` and `[]` too [ISS: floci-io/floci PR 2858]. */
export function updateProvider(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  refuseBuiltIn(input.ProviderName)
  const provider = requireProvider(pool, input.ProviderName, 'in User Pool')
  const type = readText(provider.ProviderType) ?? ''
  const sent = pick(input, ['ProviderDetails', 'AttributeMapping', 'IdpIdentifiers', 'AcrMapping'])
  const next = {
    ...provider,
    ...mergeUpdate('UpdateIdentityProvider', provider, input),
    ...completeProvider(pool, type, sent, call),
    LastModifiedDate: readSeconds(call),
  }
  checkProvider(pool, next)
  pool.providers[String(provider.ProviderName)] = next
  return { IdentityProvider: answerWrite(next, input) }
}

/**
 * Whether a provider that a client still lists can be deleted is not known. It can here, and the client goes on
 * listing it, so that the client's next whole update is refused. The group made for it stays behind.
 */
export function deleteProvider(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  refuseBuiltIn(input.ProviderName)
  delete pool.providers[String(requireProvider(pool, input.ProviderName, 'for tenantId').ProviderName)]
  return undefined
}

/** Names, types and dates only. */
export function listProviders(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const page = cutPage(Object.values(pool.providers), provider => String(provider.ProviderName), {
    size: input.MaxResults,
    fallback: 60,
    token: input.NextToken,
  })
  const shown = ['ProviderName', 'ProviderType', 'LastModifiedDate', 'CreationDate']
  return addToken({ Providers: page.items.map(provider => pick(provider, shown)) }, page)
}

function completeProvider(pool: Pool, type: string, sent: Members, call: Call): Members {
  if (sent.ProviderDetails === undefined) return sent
  return { ...sent, ProviderDetails: completeDetails(pool, type, readMembers(sent.ProviderDetails), call) }
}

/** A social provider is named as its type, and only it [REC: aws-cli 3179, 2018]. */
function checkName(name: string, type: string): void {
  const reserved = [...socialTypes, 'COGNITO'].includes(name)
  if (socialTypes.includes(type) ? name !== type : reserved) {
    throw invalid(`Provider ${name} cannot be of type ${type}.`)
  }
}

function checkProvider(pool: Pool, provider: Members): void {
  checkMapping(pool, readMembers(provider.AttributeMapping))
  checkIdentifiers(pool, provider)
  checkLevels(provider)
}

/** Identifiers are unique in the pool; the text is not recorded. */
function checkIdentifiers(pool: Pool, provider: Members): void {
  const own = readTexts(provider.IdpIdentifiers)
  const others = Object.values(pool.providers).filter(each => each.ProviderName !== provider.ProviderName)
  const taken = others.flatMap(each => readTexts(each.IdpIdentifiers))
  const twice = own.find((each, index) => taken.includes(each) || own.indexOf(each) !== index)
  if (twice !== undefined) {
    throw new ServiceError('DuplicateProviderException', `${twice} already exists for tenant ${pool.id}.`)
  }
}

/** For OIDC providers only [SDK documentation]; the texts are not recorded. */
function checkLevels(provider: Members): void {
  const levels = Object.keys(readMembers(provider.AcrMapping))
  if (levels.length === 0) return
  if (provider.ProviderType !== 'OIDC') throw invalid('AcrMapping is for OIDC identity providers.')
  const stranger = levels.find(level => !/^Level[1-4]$/.test(level))
  if (stranger !== undefined) throw invalid(`Invalid ACR level: ${stranger}.`)
}

/** The name is not in the pool's list; the text is not recorded. */
function refuseBuiltIn(name: Json | undefined): void {
  if (name === 'COGNITO') {
    throw new ServiceError(
      'UnsupportedIdentityProviderException',
      'The identity provider COGNITO can not be changed.',
    )
  }
}

/** Reads and updates word it differently [ISS: floci-io/floci PR 2858, measured 2026-09]. */
function requireProvider(
  pool: Pool,
  name: Json | undefined,
  where: 'for tenantId' | 'in User Pool',
): Members {
  const provider = lookUp(pool.providers, name)
  if (provider === undefined) throw missing(`Identity provider ${name} ${where} ${pool.id} does not exist.`)
  return provider
}

/** Reads show an empty list of identifiers where there is none. */
function describe(provider: Members): Members {
  const { private_key: _, ...details } = readMembers(provider.ProviderDetails)
  return {
    ...provider,
    ProviderDetails: sortKeys(details),
    IdpIdentifiers: readTexts(provider.IdpIdentifiers),
  }
}

/** Answers to writes show the identifiers only when they were sent [ISS: floci-io/floci PR 2858, measured 2026-09]. */
function answerWrite(provider: Members, input: Members): Members {
  const { IdpIdentifiers, ...rest } = describe(provider)
  return input.IdpIdentifiers === undefined ? rest : { ...rest, IdpIdentifiers: IdpIdentifiers ?? [] }
}

function sortKeys(members: Members): Members {
  return Object.fromEntries(Object.entries(members).sort(([left], [right]) => compareText(left, right)))
}
