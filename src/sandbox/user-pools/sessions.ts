// Session tracking of a user pool, and how long its clients silently reuse a session.
import type { Call, Members, State } from '../service.ts'
import { requireClient } from './clients.ts'
import { readMembers, readNumber } from './members.ts'
import { type Client, invalid, type Pool, requirePool } from './store.ts'
import { requireEssentials } from './tiers.ts'

const feature = 'Session Management'
/** Never set [SDK documentation]. */
const untracked: Members = { UserSessionTracking: 'DISABLED', TokenSession: { MaxPerUser: 20 } }
const usualMinutes = 60

export function getPoolSessions(state: State, input: Members, call: Call): Members {
  return describePool(requirePool(state, call, input.UserPoolId))
}

/** Replaces all of it; clients keep their values, dormant while tracking is off [SDK documentation]. */
export function setPoolSessions(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  requireEssentials(pool, feature)
  pool.sessions = {
    UserSessionTracking: input.UserSessionTracking ?? 'DISABLED',
    TokenSession: readMembers(input.TokenSession),
  }
  return describePool(pool)
}

export function getClientSessions(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  return describeClient(pool, requireClient(pool, input.ClientId))
}

export function setClientSessions(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const client = requireClient(pool, input.ClientId)
  requireEssentials(pool, feature)
  // [SDK documentation]; neither the name nor the text of the refusal is recorded
  if (pool.sessions?.UserSessionTracking !== 'ENABLED') {
    throw invalid('User session tracking must be enabled for the user pool.')
  }
  client.ssoMinutes = readNumber(readMembers(input.SSOSession).MaxValidityMinutes) ?? usualMinutes
  return describeClient(pool, client)
}

function describePool(pool: Pool): Members {
  return { UserPoolId: pool.id, ...(pool.sessions ?? untracked) }
}

function describeClient(pool: Pool, client: Client): Members {
  return {
    UserPoolId: pool.id,
    ClientId: client.id,
    SSOSession: { MaxValidityMinutes: client.ssoMinutes ?? usualMinutes },
  }
}
