// A plan that AWS has overtaken is refused with what it saw and what is there now, where it holds the first.
import { UpdateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { changeOf, onBench, refusal, writesOf } from './run.ts'

const file = (minutes: number) =>
  `version: 1\nstack: shop\nregion: eu-west-1\nuserPools: { customers: { clients: { web: { authSessionValidity: ${minutes}m } } } }\n`

test('what has changed since the plan is told with its address and both values', () =>
  onBench(async bench => {
    await bench.make(await bench.file(file(5)))
    const plan = await bench.plan(await bench.file(file(6)))
    const { UserPoolId, ClientId } = changeOf(plan, 'userPools.customers.clients.web').ids
    await bench.cognito.send(
      new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ClientName: 'web', AuthSessionValidity: 9 }),
    )
    bench.sandbox.resetLog()
    const error = await refusal(bench.apply(plan))
    expect([error['exit'], error['code'], writesOf(bench.sandbox)]).toEqual([5, 'stale-plan', []])
    expect(error.message).toMatch(
      /userPools\.customers\.clients\.web has changed \(.*authSessionValidity was "5m" and is "9m"/,
    )
  }))
