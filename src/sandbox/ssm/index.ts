// AWS Systems Manager: Parameter Store.
import type { Service, State } from '../service.ts'
import { parameterOperations } from './parameters.ts'
import { tagOperations } from './tags.ts'

export function parameterStoreService(state: State): Service {
  return {
    name: 'ssm',
    protocol: 'json',
    operations: { ...parameterOperations(state), ...tagOperations(state) },
  }
}
