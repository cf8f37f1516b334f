// The request rates of an account, as far as they can be bought. They are read only here.
import { categoryRates } from '../quotas.ts'
import type { Members } from '../service.ts'
import { readMembers, readText } from './members.ts'
import { missing } from './store.ts'

export function getLimit(input: Members): Members {
  const definition = readMembers(input.LimitDefinition)
  const category = readText(readMembers(definition.Attributes).Category) ?? ''
  // Text not recorded.
  if (!Object.hasOwn(categoryRates, category)) throw missing(`Limit for category ${category} does not exist.`)
  const rate = categoryRates[category] ?? 0
  return { Limit: { LimitDefinition: definition, ProvisionedLimitValue: rate, FreeLimitValue: rate } }
}
