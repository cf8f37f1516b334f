// AWS Secrets Manager.
import type { Service, State } from '../service.ts'
import { secretOperations } from './secrets.ts'
import { versionOperations } from './versions.ts'

export function secretsManagerService(state: State): Service {
  return {
    name: 'secretsmanager',
    protocol: 'json',
    operations: { ...secretOperations(state), ...versionOperations(state) },
    // [REC: localstack snapshot, 2023-05]
    messageMember: () => 'Message',
  }
}
