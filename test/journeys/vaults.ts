// Parameter Store and Secrets Manager beside a bench, and a secret to look for in what it says.
import {
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SSMClient } from '@aws-sdk/client-ssm'
import { expect } from 'vitest'
import { account, type Bench, region } from './run.ts'

export const canary = 'OnlyTheVaultMayKnowThis+12345678'

export interface Vaults {
  ssm: SSMClient
  manager: SecretsManagerClient
}

/** With clients of the bench's Parameter Store and Secrets Manager. */
export async function onVaults(bench: Bench, test: (vaults: Vaults) => Promise<void>): Promise<void> {
  const connection = {
    endpoint: bench.sandbox.url,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: 'unused' },
  }
  const vaults = { ssm: new SSMClient(connection), manager: new SecretsManagerClient(connection) }
  try {
    await test(vaults)
  } finally {
    vaults.ssm.destroy()
    vaults.manager.destroy()
  }
}

/** Neither as it is nor in the ways that machines write it. */
export function isNowhereIn(text: string, value = canary): void {
  for (const form of [
    value,
    encodeURIComponent(value),
    Buffer.from(value).toString('base64'),
    value.slice(0, 12),
  ])
    expect(text).not.toContain(form)
}

/** The secrets of all clients of the bench's only pool, as Cognito has them. */
export async function secretsIn({ cognito }: Bench): Promise<(string | undefined)[]> {
  const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
  const UserPoolId = UserPools?.[0]?.Id
  const { UserPoolClients } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId }))
  return Promise.all(
    (UserPoolClients ?? []).map(
      async ({ ClientId }) =>
        (await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }))).UserPoolClient
          ?.ClientSecret,
    ),
  )
}
