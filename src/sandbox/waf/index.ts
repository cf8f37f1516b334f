// AWS WAF, version 2: which web ACL protects which user pool, and as much of web ACLs as that needs.
import type { Service, State } from '../service.ts'
import { aclOperations } from './acls.ts'
import { associationOperations, type HasUserPool } from './associations.ts'

/** `hasUserPool` looks into the sandbox's user pools. */
export function wafService(state: State, hasUserPool: HasUserPool): Service {
  return {
    name: 'wafv2',
    protocol: 'json',
    operations: { ...aclOperations(state), ...associationOperations(state, hasUserPool) },
    // as the service's model has it
    messageMember: code =>
      code.startsWith('WAF') && code !== 'WAFInvalidParameterException' ? 'Message' : 'message',
  }
}
