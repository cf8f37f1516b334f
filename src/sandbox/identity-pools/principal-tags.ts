// Attributes for access control: which claims of a provider become principal tags.
import type { Members, Operation, State } from '../service.ts'
import { lookUp } from '../table.ts'
import { listTagProviders } from './providers.ts'
import { findPool, invalid, openPools } from './store.ts'

export function principalTagOperations(state: State): { [operation: string]: Operation } {
  return {
    SetPrincipalTagAttributeMap: (input, call) => {
      const pool = findPool(openPools(state, call), input['IdentityPoolId'] as string)
      const provider = input['IdentityProviderName'] as string
      // every recorded use configures the provider first; whether AWS insists is not known, the sandbox does
      if (!listTagProviders(pool.settings).includes(provider)) {
        throw invalid(`${provider} is not a configured provider of this identity pool`)
      }
      // the whole is put; what an omitted member means is not documented, so the defaults are the empty ones
      const map: Members = {
        UseDefaults: input['UseDefaults'] ?? false,
        PrincipalTags: { ...((input['PrincipalTags'] ?? {}) as Members) },
      }
      pool.principalTags[provider] = map
      return { IdentityPoolId: pool.id, IdentityProviderName: provider, ...structuredClone(map) }
    },
    GetPrincipalTagAttributeMap: (input, call) => {
      const pool = findPool(openPools(state, call), input['IdentityPoolId'] as string)
      const provider = input['IdentityProviderName'] as string
      // for a provider never configured AWS's answer is not documented: the two ids alone, or not found
      return {
        IdentityPoolId: pool.id,
        IdentityProviderName: provider,
        ...structuredClone(lookUp(pool.principalTags, provider) ?? {}),
      }
    },
  }
}
