// The roles of a pool and the mappings that choose between them.
import { findRole } from '../iam/roles.ts'
import { type Call, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { listMappingKeys } from './providers.ts'
import { findPool, invalid, openPools, type Pool } from './store.ts'

interface Mapping {
  Type: 'Token' | 'Rules'
  AmbiguousRoleResolution?: string
  RulesConfiguration?: { Rules: { RoleARN: string }[] }
}

export function roleOperations(state: State): { [operation: string]: Operation } {
  return {
    SetIdentityPoolRoles: (input, call) => {
      const pool = findPool(openPools(state, call), input['IdentityPoolId'] as string)
      const roles = (input['Roles'] ?? {}) as Pool['roles']
      const mappings = (input['RoleMappings'] ?? {}) as Pool['roleMappings']
      for (const arn of Object.values(roles)) checkRole(arn, state, call)
      if (Object.keys(mappings).length > 10) throw invalid('No more than 10 role mappings are allowed')
      for (const [key, mapping] of Object.entries(mappings)) {
        checkMapping(key, mapping as Members & Mapping, pool, state, call)
      }
      // the whole is put: whatever is not sent is gone [TF: pool_roles_attachment.go]
      pool.roles = { ...roles }
      pool.roleMappings = structuredClone(mappings)
      return undefined
    },
    GetIdentityPoolRoles: (input, call) => {
      const pool = findPool(openPools(state, call), input['IdentityPoolId'] as string)
      const answer: Members = { IdentityPoolId: pool.id }
      // without mappings the member is missing [REC: aws-cli get-identity-pool-roles]; without roles, a guess
      if (Object.keys(pool.roles).length > 0) answer['Roles'] = { ...pool.roles }
      if (Object.keys(pool.roleMappings).length > 0)
        answer['RoleMappings'] = structuredClone(pool.roleMappings)
      return answer
    },
  }
}

/**
 * The caller must be able to pass the role. A name in place of an ARN, a role of another account and a role that
 * does not exist all get this answer [ISS: aws-sdk-js 908, boto3 73]. The trust policy is not looked at [D].
 */
function checkRole(arn: string, state: State, call: Call): void {
  if (!findRole(state, call, arn)) {
    throw new ServiceError('NotAuthorizedException', `Access to Role '${arn}' is forbidden.`)
  }
}

/** The rules are documented; except for the first, the words of the refusals are not. */
function checkMapping(key: string, mapping: Mapping, pool: Pool, state: State, call: Call): void {
  if (!listMappingKeys(pool.settings).includes(key)) {
    // [REC: aws-cdk 22951, 7670]
    throw invalid(`(${key}) is not a valid RoleMapping ProviderName or is not a configured provider.`)
  }
  if (mapping.AmbiguousRoleResolution === undefined) {
    throw invalid(`AmbiguousRoleResolution is required for the role mapping of ${key}`)
  }
  const rules = mapping.RulesConfiguration?.Rules
  if (mapping.Type === 'Token') {
    if (rules) throw invalid(`RulesConfiguration is not allowed for the Token role mapping of ${key}`)
    return
  }
  if (!rules || rules.length === 0) {
    throw invalid(`RulesConfiguration is required for the Rules role mapping of ${key}`)
  }
  // 25 by documentation and quota, though the model allows 400 [D]
  if (rules.length > 25) throw invalid(`No more than 25 rules are allowed for the role mapping of ${key}`)
  for (const rule of rules) checkRole(rule.RoleARN, state, call)
}
