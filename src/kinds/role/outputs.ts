// What a role tells those who refer to it.
import type { Output } from '../../table/output.ts'

export const roleOutputs: readonly Output[] = [{ name: 'roleArn', title: 'ARN', attribute: 'arn' }]
