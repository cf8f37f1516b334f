// A sandbox with a clock that stands still until moved, and the real SDK's clients pointed at it.
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect } from 'vitest'
import { type Fault, type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'

export interface Access {
  account?: string
  region?: string
}

interface Client {
  destroy(): void
}

interface ClientConfig {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  maxAttempts: number
}

export interface World {
  sandbox: Sandbox
  cognito: CognitoIdentityProviderClient
  /** moves the clock */
  pass(milliseconds: number): void
  connect(access?: Access): CognitoIdentityProviderClient
  /** makes a client of another service, which goes when the sandbox does */
  client<T extends Client>(make: new (config: ClientConfig) => T, access?: Access): T
  /** creates a pool and answers its id */
  pool(input?: Partial<CreateUserPoolCommandInput>): Promise<string>
}

/** Runs a test against a fresh sandbox, and closes it whatever happens. */
export async function withSandbox(
  test: (world: World) => Promise<void>,
  options: SandboxOptions = {},
): Promise<void> {
  let now = Date.parse('2026-11-21T08:00:00.981Z')
  const sandbox = await startSandbox({ clock: () => new Date(now), seed: 1, ...options })
  const clients: Client[] = []
  const open: World['client'] = (make, { account = '123456789012', region = 'eu-west-1' } = {}) => {
    const client = new make({
      endpoint: sandbox.url,
      region,
      credentials: { accessKeyId: account, secretAccessKey: 'unused' },
      maxAttempts: 1,
    })
    clients.push(client)
    return client
  }
  const connect: World['connect'] = access => open(CognitoIdentityProviderClient, access)
  const cognito = connect()
  try {
    await test({
      sandbox,
      cognito,
      connect,
      client: open,
      pass: milliseconds => {
        now += milliseconds
      },
      pool: async input => {
        const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'people', ...input }))
        return UserPool?.Id ?? ''
      },
    })
  } finally {
    for (const client of clients) client.destroy()
    await sandbox.close()
  }
}

/** Expects AWS's error by name and the whole of its message. */
export async function expectRefusal(
  call: Promise<unknown>,
  name: string,
  message: string | RegExp,
): Promise<void> {
  const error = await call.then(
    () => undefined,
    (thrown: Error) => thrown,
  )
  expect(error, `${name} was expected`).toBeDefined()
  expect([error?.name, error?.message]).toEqual([
    name,
    typeof message === 'string' ? message : expect.stringMatching(message),
  ])
}

/** A fault, written as when and what. */
export function fault(when: Fault['when'], action: Fault['then'], times?: number): Fault {
  // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
  return { when, then: action, ...(times !== undefined && { times }) }
}
