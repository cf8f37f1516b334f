// App clients of a user pool.
import { orderAscending, orderAsHashSet } from '../java-order.ts'
import type { Call, Json, Members, State } from '../service.ts'
import { checkClient } from './client-rules.ts'
import { makeClientId, makeClientSecret } from './ids.ts'
import { compact, readMembers, readNumber, readText, readTexts } from './members.ts'
import { mergeUpdate } from './omission.ts'
import { addToken, cutPage } from './pages.ts'
import {
  type Client,
  invalid,
  lookUp,
  missing,
  overLimit,
  type Pool,
  readSeconds,
  requirePool,
} from './store.ts'

const maxClients = 1000

export function createClient(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  if (Object.keys(pool.clients).length >= maxClients) throw overLimit('Exceeded the number of app clients.')
  if (input.GenerateSecret === true && input.ClientSecret !== undefined) {
    throw invalid('GenerateSecret and ClientSecret can not both be set.') // [documented]
  }
  const now = readSeconds(call)
  const secret =
    readText(input.ClientSecret) ??
    (input.GenerateSecret === true ? makeClientSecret(call.random) : undefined)
  const id = makeClientId(call.random)
  const client: Client = {
    id,
    created: now,
    modified: now,
    settings: completeClient(mergeUpdate('UpdateUserPoolClient', {}, input), call.account),
    secrets: secret === undefined ? [] : [{ id: nameSecret(id, call), value: secret, created: now }],
  }
  checkClient(pool, client, 'creating')
  pool.clients[client.id] = client
  return { UserPoolClient: describe(pool, client, orderAsHashSet) }
}

export function describeClient(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  return { UserPoolClient: describe(pool, requireClient(pool, input.ClientId), orderAscending) }
}

export function updateClient(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const client = requireClient(pool, input.ClientId)
  const merged = mergeUpdate('UpdateUserPoolClient', client.settings, input)
  const next: Client = {
    ...client,
    settings: completeClient(merged, call.account),
    modified: readSeconds(call),
  }
  checkClient(pool, next, 'updating')
  pool.clients[client.id] = next
  return { UserPoolClient: describe(pool, next, orderAsHashSet) }
}

export function deleteClient(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  const { id } = requireClient(pool, input.ClientId)
  delete pool.clients[id]
  forgetClient(pool, id)
  return undefined
}

/** What belongs to a client goes with it; not documented, but nothing could show it any more. */
function forgetClient(pool: Pool, id: string): void {
  delete pool.brandings[id]
  delete pool.uiCustomizations[id]
  delete pool.risks[id]
  for (const [key, terms] of Object.entries(pool.terms)) if (terms.ClientId === id) delete pool.terms[key]
}

/** The ClientType filter applies to each page, so a page can be short and still carry a token [documented]. */
export function listClients(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const page = cutPage(Object.values(pool.clients), client => client.id, {
    size: input.MaxResults,
    fallback: 60,
    token: input.NextToken,
  })
  const wanted = readText(input.ClientType)
  const shown = page.items.filter(client => wanted === undefined || wanted === readType(client))
  return addToken(
    {
      UserPoolClients: shown.map(client =>
        compact({ ClientId: client.id, UserPoolId: pool.id, ClientName: client.settings.ClientName }),
      ),
    },
    page,
  )
}

export function requireClient(pool: Pool, id: Json | undefined): Client {
  const client = lookUp(pool.clients, id)
  // [REC: troubleshooting notes, 2024]
  if (client === undefined) throw missing('User pool client ID does not exist.')
  return client
}

export function readType(client: Client): string {
  return client.type ?? 'REGULAR'
}

/** The client id and a time [documented shape]. */
export function nameSecret(clientId: string, call: Call): string {
  return `${clientId}--${call.now().getTime()}`
}

/** Defaults [REC: 14 clients 2017 to 2025]: what was never set is absent, lists included. */
function completeClient(settings: Members, account: string): Members {
  const complete: Members = {
    ...settings,
    // 0 becomes 30 days [documented].
    RefreshTokenValidity: readNumber(settings.RefreshTokenValidity) || 30,
    // Empty also when validities are set without units [REC: since 2021-07].
    TokenValidityUnits: settings.TokenValidityUnits ?? {},
    AllowedOAuthFlowsUserPoolClient: settings.AllowedOAuthFlowsUserPoolClient ?? false,
    EnableTokenRevocation: settings.EnableTokenRevocation ?? true,
    EnablePropagateAdditionalUserContextData: settings.EnablePropagateAdditionalUserContextData ?? false,
    AuthSessionValidity: settings.AuthSessionValidity ?? 3,
  }
  const analytics = readMembers(settings.AnalyticsConfiguration)
  if (analytics.ApplicationArn !== undefined) {
    const role = `arn:aws:iam::${account}:role/aws-service-role/cognito-idp.amazonaws.com/AWSServiceRoleForAmazonCognitoIdp`
    complete.AnalyticsConfiguration = { UserDataShared: false, ...analytics, RoleArn: role }
  }
  for (const [name, value] of Object.entries(complete)) {
    if (Array.isArray(value) && value.length === 0) delete complete[name]
  }
  return complete
}

/** Lists are sorted in reads, and in hash order in the answers to writes [REC: 2018 to 2025]. */
function describe(pool: Pool, client: Client, order: (texts: readonly string[]) => string[]): Members {
  const settings = Object.entries(client.settings).map(
    ([name, value]) => [name, Array.isArray(value) ? order(readTexts(value)) : value] as const,
  )
  return compact({
    UserPoolId: pool.id,
    ClientId: client.id,
    ClientSecret: client.secrets[0]?.value,
    LastModifiedDate: client.modified,
    CreationDate: client.created,
    ClientType: readType(client),
    ...Object.fromEntries(settings),
  })
}
