// How long other services go on knowing of a role what they knew before: IAM is eventually consistent [D].
import { isWrite } from '../requests.ts'
import type { Call, Operation, State } from '../service.ts'
import { lookUp, openAccount, type Role } from './account.ts'

/** What others still see of a role, until a time in milliseconds; without `role`, nothing. */
export interface Former {
  until: number
  role?: Role
}

/** From now on, what IAM is told of the roles of an account takes this long to reach other services. */
export function slowRoles(state: State, account: string, milliseconds: number): void {
  openAccount(state, account).slowness = milliseconds
}

/** The operations, remembering what others still see. */
export function withSpreading(
  state: State,
  operations: { [operation: string]: Operation },
): { [operation: string]: Operation } {
  const remembering =
    (name: string, act: Operation): Operation =>
    (input, call) => {
      const account = openAccount(state, call.account)
      const { slowness, roles } = account
      const key = String(input['RoleName']).toLowerCase()
      const role = structuredClone(lookUp(roles, key))
      const output = act(input, call)
      if (slowness !== undefined && isWrite(name)) {
        const former = formerOf(account.former, key, call)
        account.former = {
          ...account.former,
          [key]: former ?? { until: call.now().getTime() + slowness, ...(role && { role }) },
        }
      }
      return output
    }
  return Object.fromEntries(Object.entries(operations).map(([name, act]) => [name, remembering(name, act)]))
}

/** What others still see of a role, if it is something else than what it is. */
export function formerOf(
  all: { [role: string]: Former } | undefined,
  key: string,
  call: Pick<Call, 'now'>,
): Former | undefined {
  const former = lookUp(all ?? {}, key)
  return former !== undefined && call.now().getTime() < former.until ? former : undefined
}
