// What a secondary Region may change of a replicated pool.
import { isDeepStrictEqual } from 'node:util'
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { pick } from './members.ts'
import { listReplicas, type Pool } from './store.ts'

/** What each Region has for itself, besides logs and the sender of threat messages [Cognito guide, multi-Region page, 2026]. */
export const localMembers = ['EmailConfiguration', 'SmsConfiguration', 'LambdaConfig', 'UserPoolTags']

/** The writes that a secondary Region takes; which reads it refuses is not documented in full, so it answers all. */
const secondaryWrites = [
  'UpdateUserPool',
  'TagResource',
  'UntagResource',
  'SetRiskConfiguration',
  'SetLogDeliveryConfiguration',
  'UpdateUserPoolReplica',
]

export function refuseInSecondary(state: State, operation: string, input: Members, call: Call): void {
  if (/^(Describe|Get|List)/.test(operation) || secondaryWrites.includes(operation)) return
  if (input.UserPoolId === undefined) return
  const replicas = listReplicas(state, call)
  if (replicas.some(pool => pool.id === input.UserPoolId)) {
    throw notEnabled(`${operation} is not enabled in a secondary Region of the user pool.`)
  }
}

/** This error's texts are not recorded. */
export function notEnabled(message: string): ServiceError {
  return new ServiceError('OperationNotEnabledException', message)
}

/** In a secondary Region an update repeats the values that all Regions share, and changes only the local ones. */
export function storeInReplica(view: Pool, primary: Pool, settings: Members): void {
  if (!sameJson(withoutLocal(settings), withoutLocal(primary.settings))) {
    throw notEnabled('Settings that all Regions share can only be changed in the primary Region.')
  }
  if (primary.replica !== undefined) primary.replica.settings = pick(settings, localMembers)
  view.settings = settings
}

export function storeTags(pool: Pool, tags: Members): void {
  const settings = pool.primary?.replica?.settings ?? pool.settings
  settings.UserPoolTags = tags
}

function withoutLocal(settings: Members): Members {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !localMembers.includes(name)))
}

/** Whether two values are the same, with and without prototypes: what came in a request has none. */
export function sameJson(left: Json, right: Json): boolean {
  return isDeepStrictEqual(structuredClone(left), structuredClone(right))
}
