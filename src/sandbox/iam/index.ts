// IAM, as far as roles go.
import type { Service, State } from '../service.ts'
import { aliasOperations } from './alias.ts'
import { policyOperations } from './policies.ts'
import { rolePolicyOperations } from './role-policies.ts'
import { roleOperations } from './roles.ts'
import { serviceLinkedRoleOperations } from './service-linked-roles.ts'
import { withSpreading } from './spreading.ts'
import { tagOperations } from './tags.ts'

export function iamService(state: State): Service {
  return {
    name: 'iam',
    protocol: 'query',
    operations: {
      ...withSpreading(state, {
        ...roleOperations(state),
        ...rolePolicyOperations(state),
        ...tagOperations(state),
      }),
      ...policyOperations(state),
      ...serviceLinkedRoleOperations(state),
      ...aliasOperations(state),
    },
  }
}
