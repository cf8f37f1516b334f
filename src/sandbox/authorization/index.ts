// Authorization: with a policy in force, every request must be allowed by it.
import { type Call, type Json, ServiceError, type State } from '../service.ts'
import { needsOf, refusalOf } from './needs.ts'
import { allows, type Policy, readPolicy } from './policy.ts'

export interface Authorization {
  /** puts a policy in force, or none; answers with the actions that it has allowed since, as they come */
  permit(document: Json | undefined): Set<string>
  /** throws AWS's refusal of what is not allowed */
  check(call: Call): void
}

export function makeAuthorization(state: State): Authorization {
  let policy: Policy | undefined
  let used = new Set<string>()
  return {
    permit(document) {
      policy = document === undefined ? undefined : readPolicy(document)
      used = new Set()
      return used
    },
    check(call) {
      if (policy === undefined) return
      for (const need of needsOf(state, call)) {
        if (!allows(policy, need)) throw denial(refusalOf(need, call), call)
        used.add(need.action)
      }
    },
  }
}

/** IAM's own API has its own name and status for it [D: common errors]. */
function denial(message: string, { service }: Call): ServiceError {
  return service === 'iam'
    ? new ServiceError('AccessDenied', message, 403)
    : new ServiceError('AccessDeniedException', message, service === 'lambda' ? 403 : 400)
}
