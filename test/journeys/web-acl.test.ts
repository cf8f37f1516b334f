// The association of a web ACL while AWS WAF has not heard of everything yet.
import { expect, test } from 'vitest'
import { account, leftIn, onBench, region, writesOf } from './run.ts'

const file = `version: 1
stack: shop
region: ${region}
userPools:
  customers:
    webAcl: "arn:aws:wafv2:${region}:${account}:regional/webacl/shop/0a1b2c3d-0000-4000-8000-000000000000"
`

test.each(['WAFUnavailableEntityException', 'WAFNonexistentItemException'])(
  'is tried again after %s, since the ACL may just have been made',
  code =>
    onBench(async bench => {
      const config = await bench.file(file)
      bench.sandbox.inject({
        when: { service: 'wafv2', operation: 'AssociateWebACL' },
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        then: { error: { code, message: 'not there yet', status: 400 } },
        times: 1,
      })
      await bench.make(config)
      expect(writesOf(bench.sandbox)).toEqual(['CreateUserPool', 'AssociateWebACL', 'AssociateWebACL'])
      await bench.rest(config)
    }),
)

test('is planned for a pool that WAF does not know yet', () =>
  onBench(async bench => {
    const config = await bench.file(file)
    await bench.make(config)
    bench.sandbox.inject({
      when: { service: 'wafv2', operation: 'GetWebACLForResource' },
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      then: { error: { code: 'WAFNonexistentItemException', message: 'not there yet', status: 400 } },
    })
    expect(leftIn(await bench.plan(config))).toMatchObject([
      { action: 'update', address: 'userPools.customers.webAcl' },
    ])
  }))
