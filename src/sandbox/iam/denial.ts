// The refusal of a request for what belongs to another account.
import { type Call, ServiceError } from '../service.ts'
import { callerIdentity } from './account.ts'

/** In the words for a resource whose own policy would have to allow it. */
export function denyForeign(call: Call, action: string, arn: string, status: number): ServiceError {
  const { arn: caller } = callerIdentity(call.account, call.region)
  return new ServiceError(
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform: ${action} on resource: ${arn} because no resource-based policy allows the ${action} action`,
    status,
  )
}
