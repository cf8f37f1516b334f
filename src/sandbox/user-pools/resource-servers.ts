// Resource servers of a user pool, and the scopes they define.
import { compareText } from '../java-order.ts'
import type { Call, Json, Members, State } from '../service.ts'
import { compact, readList, readMembers, readText } from './members.ts'
import { mergeUpdate } from './omission.ts'
import { addToken, cutPage } from './pages.ts'
import { invalid, lookUp, missing, overLimit, type Pool, requirePool } from './store.ts'

const maxServers = 25
const registrationServer = 'aws.cognito/dcr'

export function createServer(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const identifier = readText(input.Identifier) ?? ''
  // There is no exception of its own for this.
  if (lookUp(pool.servers, identifier) !== undefined) {
    throw invalid(`${identifier} already exists in user pool ${pool.id}.`)
  }
  if (Object.keys(pool.servers).length >= maxServers)
    throw overLimit('Exceeded the number of resource servers.')
  const server = compact({
    UserPoolId: pool.id,
    Identifier: identifier,
    Name: input.Name,
    Scopes: sortScopes(input.Scopes),
  })
  pool.servers[identifier] = server
  return { ResourceServer: server }
}

export function describeServer(state: State, input: Members, call: Call): Members {
  return { ResourceServer: requireServer(requirePool(state, call, input.UserPoolId), input.Identifier) }
}

export function updateServer(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const server = requireServer(pool, input.Identifier)
  refuseManaged(server)
  const { Scopes } = mergeUpdate('UpdateResourceServer', server, input)
  const next = compact({
    UserPoolId: pool.id,
    Identifier: server.Identifier,
    Name: input.Name,
    Scopes: sortScopes(Scopes),
  })
  pool.servers[String(server.Identifier)] = next
  return { ResourceServer: next }
}

/** Accepted also while clients list its scopes [ISS: cloudformation-coverage-roadmap 173, 2019]. */
export function deleteServer(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  const server = requireServer(pool, input.Identifier)
  refuseManaged(server)
  delete pool.servers[String(server.Identifier)]
  return undefined
}

/** The page size must be sent: left out, it counts as 0 and is refused [REC: imo-tikuwa/cognito-demo, 2025-07]. */
export function listServers(state: State, input: Members, call: Call): Members {
  if (input.MaxResults === undefined) {
    throw invalid(
      "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    )
  }
  const pool = requirePool(state, call, input.UserPoolId)
  const page = cutPage(Object.values(pool.servers), server => String(server.Identifier), {
    size: input.MaxResults,
    fallback: 50,
    token: input.NextToken,
  })
  return addToken({ ResourceServers: page.items }, page)
}

/** Every scope a client may ask for in this pool, as `identifier/name`. */
export function listScopes(pool: Pool): string[] {
  return Object.values(pool.servers).flatMap(server =>
    readList(server.Scopes).map(scope => `${server.Identifier}/${scope.ScopeName}`),
  )
}

/** Dynamic client registration rests on a resource server that Cognito manages [documented]. */
export function keepRegistrationServer(pool: Pool): void {
  if (readMembers(pool.settings.DcrConfiguration).EnableStatus !== 'Enabled') return
  pool.servers[registrationServer] ??= {
    UserPoolId: pool.id,
    Identifier: registrationServer,
    Name: registrationServer,
    Scopes: [{ ScopeName: 'register', ScopeDescription: 'Register clients dynamically' }],
    ManagedBy: 'COGNITO',
  }
}

function refuseManaged(server: Members): void {
  if (server.ManagedBy === 'COGNITO') throw invalid('The resource server is managed by Cognito.')
}

function requireServer(pool: Pool, identifier: Json | undefined): Members {
  const server = lookUp(pool.servers, identifier)
  if (server === undefined) throw missing('Resource server does not exist.')
  return server
}

/** Scopes come back sorted by name [cdk-real-drift, recorded]; without any, the member is absent. */
function sortScopes(scopes: Json | undefined): Members[] | undefined {
  const list = readList(scopes)
  if (list.length === 0) return undefined
  const names = list.map(scope => String(scope.ScopeName))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw invalid(`Duplicate scope: ${twice}.`)
  return list.sort((left, right) => compareText(String(left.ScopeName), String(right.ScopeName)))
}
