// What the properties of whole files found, each shrunk to what it takes.
import { expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import type { Spec } from '../../src/model.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { digestOfFile, openWorld, pathsIn } from './world.ts'

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'

const problems = (text: string): string[] =>
  parseSpec({ file: 'cognito.yaml', text: head + text }, { kinds }).diagnostics.map(
    ({ code, at }) => `${code} ${at?.line}:${at?.column}`,
  )

it.each([
  'prefix: shop-7f3a',
  'custom: { name: login.shop.example, certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000" }',
])('two pools cannot have one domain, which AWS would say halfway through: %s', domain => {
  const pool = (name: string, domain: string) => `  ${name}: { domain: { ${domain} } }\n`
  expect(problems(`userPools:\n${pool('a', domain)}${pool('b', domain)}`)).toEqual([
    `COG1216 6:${domain.startsWith('prefix') ? 26 : 34}`,
  ])
  expect(problems(`userPools:\n${pool('a', domain)}${pool('b', domain.replace('shop', 'shoes'))}`)).toEqual(
    [],
  )
})

const specIn = (text: string): Spec =>
  parseSpec({ file: 'cognito.yaml', text: head + text }, { kinds, digest: digestOfFile }).spec as Spec

const key =
  'key: { keyType: CUSTOMER_MANAGED_KEY, kmsKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-1" }'

it('a replica made with its pool repeats a list that the pool states as empty, which is not silence', async () => {
  const world = await openWorld()
  try {
    const spec = specIn(`userPools:
  pool:
    ${key}
    dynamicClientRegistration: { enableStatus: Enabled, authenticatedGrantTypes: [] }
    replicas: { us-west-2: { sms: { snsCallerArn: "arn:aws:iam::111122223333:role/cognito-sms", snsRegion: us-west-2 } } }
`)
    await world.apply(await world.plan(spec))
    expect(pathsIn(await world.plan(spec))).toEqual([])
  } finally {
    await world.close()
  }
})
