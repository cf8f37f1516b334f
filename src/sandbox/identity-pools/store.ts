// What is remembered of each identity pool, by account and Region.
import { type Call, type Members, ServiceError, type State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'

export interface Pool {
  id: string
  /** the members of Create and Update as they read back: what was never set is missing */
  settings: Members
  tags: { [key: string]: string }
  roles: { [role: string]: string }
  roleMappings: { [provider: string]: Members }
  /** by provider name: what SetPrincipalTagAttributeMap was last given */
  principalTags: { [provider: string]: Members }
}

export type Pools = { [id: string]: Pool }

/** The pools of the caller's account in the Region of the call. */
export function openPools(state: State, call: Call): Pools {
  const slice = state.slice<{ places: { [place: string]: Pools } }>('cognito-identity', () => ({
    places: makeTable(),
  }))
  const place = `${call.account}/${call.region}`
  slice.places[place] ??= makeTable()
  return slice.places[place]
}

export function findPool(pools: Pools, id: string): Pool {
  const pool = lookUp(pools, id)
  // [REC: code comment in a public repository]
  if (!pool) throw new ServiceError('ResourceNotFoundException', `IdentityPool '${id}' not found.`)
  return pool
}

export function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message)
}
