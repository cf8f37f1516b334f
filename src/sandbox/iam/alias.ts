// The name of an account: at most one.
import type { Operation, State } from '../service.ts'
import { openAccount } from './account.ts'

export function aliasOperations(state: State): { [operation: string]: Operation } {
  return {
    // a second one takes the place of the first [D: IAM user guide, account alias]
    CreateAccountAlias: (input, call) => {
      openAccount(state, call.account).alias = input['AccountAlias'] as string
      return undefined
    },
    ListAccountAliases: (_input, call) => {
      const { alias } = openAccount(state, call.account)
      return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false }
    },
  }
}
