// Styles of managed login: one for an app client.
import { compareText } from '../java-order.ts'
import { makeUuid } from '../random.ts'
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'
import { requireClient } from './clients.ts'
import { providedAssets, providedSettings } from './managed-login-defaults.ts'
import { compact, readList, readMembers, readText } from './members.ts'
import { type Branding, invalid, missing, overLimit, type Pool, readSeconds, requirePool } from './store.ts'

const maxStyles = 20
const maxRequest = 2 * 1024 * 1024

export function createBranding(state: State, input: Members, call: Call): Members {
  checkRequest(input)
  const pool = requirePool(state, call, input.UserPoolId)
  const client = requireClient(pool, input.ClientId)
  checkSource(input)
  if (pool.brandings[client.id] !== undefined) {
    // [ISS: floci-io/floci PR 2869, measured 2026-09]
    throw new ServiceError(
      'ManagedLoginBrandingExistsException',
      `A ManagedLoginBranding already exists for client ${client.id}`,
    )
  }
  if (Object.keys(pool.brandings).length >= maxStyles)
    throw overLimit('Exceeded the number of managed login branding styles.')
  const now = readSeconds(call)
  const branding: Branding = {
    id: makeUuid(call.random),
    created: now,
    modified: now,
    useProvided: input.UseCognitoProvidedValues === true,
    ...(input.Settings !== undefined && { settings: readMembers(input.Settings) }),
    assets: mergeAssets([], input.Assets, call),
  }
  pool.brandings[client.id] = branding
  return { ManagedLoginBranding: describe(pool, branding) }
}

export function describeBranding(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  return answerRead(pool, requireBranding(pool, input.ManagedLoginBrandingId), input)
}

export function describeBrandingByClient(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const client = requireClient(pool, input.ClientId)
  const branding = pool.brandings[client.id]
  // [ISS: floci-io/floci PR 2869, measured 2026-09]
  if (branding === undefined) throw missing(`ManagedLoginBranding for client ${client.id} does not exist.`)
  return answerRead(pool, branding, input)
}

/**
 * Settings that are sent are merged into those stored, assets are added or overwritten by category and colour mode;
 * none goes away [documented]. Going over to the provided values reverts both [documented].
 */
export function updateBranding(state: State, input: Members, call: Call): Members {
  checkRequest(input)
  const pool = requirePool(state, call, input.UserPoolId)
  const branding = requireBranding(pool, input.ManagedLoginBrandingId)
  // A source must be named each time, so assets cannot be sent alone [ISS: floci-io/floci PR 2869, measured 2026-09].
  checkSource(input)
  if (input.UseCognitoProvidedValues === true) {
    delete branding.settings
    Object.assign(branding, { useProvided: true, assets: [] })
  } else {
    const settings = mergeSettings(branding.settings ?? {}, readMembers(input.Settings))
    const assets = mergeAssets(branding.assets, input.Assets, call)
    Object.assign(branding, { useProvided: false, settings, assets })
  }
  branding.modified = readSeconds(call)
  return { ManagedLoginBranding: describe(pool, branding) }
}

export function deleteBranding(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  const branding = requireBranding(pool, input.ManagedLoginBrandingId)
  for (const [client, each] of Object.entries(pool.brandings)) {
    if (each.id === branding.id) delete pool.brandings[client]
  }
  return undefined
}

/** Settings are absent where none were given, assets never are [ISS: floci-io/floci PR 2869, measured 2026-09]. */
function describe(pool: Pool, branding: Branding): Members {
  return compact({
    ManagedLoginBrandingId: branding.id,
    UserPoolId: pool.id,
    UseCognitoProvidedValues: branding.useProvided,
    Settings: branding.settings === undefined ? undefined : sortMembers(branding.settings),
    Assets: branding.assets,
    CreationDate: branding.created,
    LastModifiedDate: branding.modified,
  })
}

function answerRead(pool: Pool, branding: Branding, input: Members): Members {
  if (input.ReturnMergedResources !== true) return { ManagedLoginBranding: describe(pool, branding) }
  const own = branding.assets.map(keyAsset)
  const merged: Branding = {
    ...branding,
    settings: mergeSettings(providedSettings, branding.settings ?? {}),
    assets: [...providedAssets.filter(asset => !own.includes(keyAsset(asset))), ...branding.assets],
  }
  return { ManagedLoginBranding: describe(pool, merged) }
}

/** Objects are merged member by member, everything else is replaced. */
function mergeSettings(stored: Members, sent: Members): Members {
  const merged: Members = makeTable(stored)
  for (const [name, value] of Object.entries(sent)) {
    const old = lookUp(stored, name)
    merged[name] = isMembers(value) && isMembers(old) ? mergeSettings(old, value) : value
  }
  return merged
}

/** The order of members is not kept. */
function sortMembers(settings: Members): Members {
  const sorted = Object.entries(settings).sort(([left], [right]) => compareText(left, right))
  return Object.fromEntries(
    sorted.map(([name, value]) => [name, isMembers(value) ? sortMembers(value) : value] as const),
  )
}

function isMembers(value: Json | undefined): value is Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function mergeAssets(stored: readonly Members[], sent: Json | undefined, call: Call): Members[] {
  const assets = new Map(stored.map(asset => [keyAsset(asset), asset] as const))
  for (const asset of readList(sent)) {
    checkAsset(asset)
    const key = keyAsset(asset)
    const id = asset.ResourceId ?? assets.get(key)?.ResourceId ?? makeUuid(call.random)
    assets.set(key, { ...asset, ResourceId: id })
  }
  return [...assets.values()]
}

function keyAsset(asset: Members): string {
  return `${asset.Category} ${asset.ColorMode}`
}

/** [badmintoncryer/cdk-preflight]; the text is not recorded */
function checkAsset(asset: Members): void {
  if (asset.Extension === 'ICO' && asset.Category !== 'FAVICON_ICO') {
    throw invalid(`The extension ICO is not valid for the asset category ${asset.Category}.`)
  }
  // [ISS: lgallard/terraform-aws-cognito-user-pool PR 238]; the text is not recorded
  if (asset.Category === 'FAVICON_ICO' && asset.Extension !== 'ICO') {
    throw invalid(`The extension ${asset.Extension} is not valid for the asset category FAVICON_ICO.`)
  }
}

/** [REC: imo-tikuwa/cognito-demo, 2025-07; floci-io/floci PR 2869, measured 2026-09]; `Settings: {}` counts as given. */
function checkSource(input: Members): void {
  const provided = input.UseCognitoProvidedValues === true
  if (provided === (input.Settings !== undefined)) {
    throw invalid('useCognitoProvidedValues or settings should be specified (but not both)')
  }
  // Documented; one measurement says that assets pass (badmintoncryer/cdk-preflight, 2026-09). The text is not recorded.
  if (provided && input.Assets !== undefined) {
    throw invalid('Assets can not be specified when useCognitoProvidedValues is true.')
  }
}

/** [documented]; neither the name nor the text of the refusal is recorded */
function checkRequest(input: Members): void {
  if (Buffer.byteLength(JSON.stringify(input)) > maxRequest) {
    throw invalid('The request exceeds the maximum size of 2 MB.')
  }
}

/** [ISS: floci-io/floci PR 2869, measured 2026-09] */
function requireBranding(pool: Pool, id: Json | undefined): Branding {
  const wanted = readText(id)?.toLowerCase()
  const branding = Object.values(pool.brandings).find(each => each.id === wanted)
  if (branding === undefined) throw missing('ManagedLoginBranding does not exist.')
  return branding
}
