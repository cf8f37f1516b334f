// Every example is parsed, planned and applied, and then there is nothing left to do.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CreateResourceServerCommand, CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { type Bench, onBench, pathsOf, useAccount } from './run.ts'

const folder = fileURLToPath(new URL('../../examples', import.meta.url))
const fileOf = (example: string) => `${folder}/${example}/cognito.yaml`

const examples = [
  'app-team',
  'branded-login',
  'environments',
  'mobile-uploads',
  'quickstart',
  'server-web-app',
  'shop-lab',
  'spa-with-identity-pool',
]

/** What must exist before an example can be applied. */
const beforehand: { [example: string]: (bench: Bench) => Promise<void> } = { 'app-team': makePlatformPool }

test('every folder of examples is tested here and says what it is for', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory())
  // workflows are linted in test/action/contract.test.ts
  expect(folders.map(({ name }) => name).sort()).toEqual([...examples, 'workflows'])
  for (const example of examples)
    expect(readdirSync(`${folder}/${example}`)).toEqual(expect.arrayContaining(['README.md', 'cognito.yaml']))
})

for (const example of examples.filter(name => name !== 'environments'))
  test(`${example} is applied, and then nothing is left to do`, () =>
    onBench(async bench => {
      await beforehand[example]?.(bench)
      await bench.make(fileOf(example))
      await bench.rest(fileOf(example))
    }))

test('the environments of one file live side by side in one account', () =>
  onBench(async bench => {
    const config = fileOf('environments')
    await bench.make(config, { environment: 'dev' })
    const prod = await bench.make(config, { environment: 'prod' })
    expect(prod.changes.map(({ action }) => action)).toEqual(prod.changes.map(() => 'create'))
    expect(pathsOf(prod, 'userPools.customers')).toContain('mfa.configuration')
    await bench.rest(config, { environment: 'dev' })
    await bench.rest(config, { environment: 'prod' })
  }))

test('app-team writes nothing but its clients', () =>
  onBench(async bench => {
    await makePlatformPool(bench)
    bench.sandbox.resetLog()
    await bench.make(fileOf('app-team'))
    const writes = bench.sandbox.requests.filter(({ write }) => write)
    expect(writes.map(({ operation }) => operation)).toEqual(['CreateUserPoolClient', 'CreateUserPoolClient'])
  }))

const product = fileURLToPath(new URL('product.yaml', import.meta.url))
for (const [environment, account] of [
  ['dev', '444455556666'],
  ['prod', '111122223333'],
] as const)
  test(`the example of the product's description is applied in ${environment}, and then nothing is left to do`, () =>
    onBench(async bench => {
      useAccount(account)
      await bench.make(product, { environment })
      await bench.rest(product, { environment })
    }))

/** The pool that the app team does not own. */
async function makePlatformPool({ cognito }: Bench): Promise<void> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: 'platform-people' }))
  await cognito.send(
    new CreateResourceServerCommand({
      UserPoolId: UserPool?.Id,
      Identifier: 'https://api.platform.example',
      Name: 'Platform',
      Scopes: [
        { ScopeName: 'profile.read', ScopeDescription: 'Read profiles' },
        { ScopeName: 'mail.send', ScopeDescription: 'Send mail' },
      ],
    }),
  )
}
