// What a row of the user pool's tables may write to.
import type {
  CreateUserPoolRequest,
  SetUserPoolMfaConfigRequest,
} from '@aws-sdk/client-cognito-identity-provider'
import type { Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'

export const row = rows<Leaf<CreateUserPoolRequest> | Leaf<Omit<SetUserPoolMfaConfigRequest, 'UserPoolId'>>>()
