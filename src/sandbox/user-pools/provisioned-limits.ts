// The request rates of an account, as far as they can be bought. They are read only here.
import type { Members } from '../service.ts'
import { readMembers, readText } from './members.ts'
import { missing } from './store.ts'

/** Requests a second that are free [Cognito developer guide, quotas page, 2026]. */
const freeRates: Record<string, number> = {
  UserAuthentication: 120,
  UserCreation: 50,
  UserFederation: 25,
  UserAccountRecovery: 30,
  UserRead: 120,
  UserUpdate: 25,
  UserToken: 120,
  UserResourceRead: 50,
  UserResourceUpdate: 25,
  UserList: 30,
  UserPoolRead: 15,
  UserPoolUpdate: 15,
  UserPoolResourceRead: 20,
  UserPoolResourceUpdate: 15,
  UserPoolClientRead: 15,
  UserPoolClientUpdate: 15,
  ClientAuthentication: 150,
  LimitManagement: 1,
}

export function getLimit(input: Members): Members {
  const definition = readMembers(input.LimitDefinition)
  const category = readText(readMembers(definition.Attributes).Category) ?? ''
  // Text not recorded.
  if (!Object.hasOwn(freeRates, category)) throw missing(`Limit for category ${category} does not exist.`)
  const rate = freeRates[category] ?? 0
  return { Limit: { LimitDefinition: definition, ProvisionedLimitValue: rate, FreeLimitValue: rate } }
}
