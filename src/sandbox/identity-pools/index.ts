// Amazon Cognito identity pools. Every client-side error is a 400 on the wire [REC: Kibana notes].
import type { Service, State } from '../service.ts'
import { poolOperations } from './pools.ts'
import { principalTagOperations } from './principal-tags.ts'
import { roleOperations } from './roles.ts'
import { tagOperations } from './tags.ts'

export function identityPoolService(state: State): Service {
  return {
    name: 'cognito-identity',
    protocol: 'json',
    operations: {
      ...poolOperations(state),
      ...roleOperations(state),
      ...principalTagOperations(state),
      ...tagOperations(state),
    },
  }
}
