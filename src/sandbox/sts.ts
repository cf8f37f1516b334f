// STS: who is calling.
import { callerIdentity } from './iam/account.ts'
import type { Service } from './service.ts'

export function stsService(): Service {
  return {
    name: 'sts',
    protocol: 'query',
    operations: {
      GetCallerIdentity: (_input, call) => {
        const { arn, id } = callerIdentity(call.account, call.region)
        return { UserId: id, Account: call.account, Arn: arn }
      },
    },
  }
}
