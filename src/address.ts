// Addresses of resources: `userPools.customers.clients.web`.
import type { Address } from './model.ts'

/** Whether an address is the other's, or its ancestor's. */
export const covers = (outer: Address, inner: Address): boolean =>
  inner === outer || inner.startsWith(`${outer}.`)

/** `userPools.customers.clients.web` → `userPools.customers` */
export const parentOf = (address: Address): Address => address.split('.').slice(0, -2).join('.')

/** The resource without parent that an address is under: `userPools.customers`. */
export const rootOf = (address: Address): Address => {
  const end = address.indexOf('.', address.indexOf('.') + 1)
  return end < 0 ? address : address.slice(0, end)
}
