// Ownership from AWS to the file: what carries our tags and is in no file is told, kept, and never made a second time.

import { CreateIdentityPoolCommand } from '@aws-sdk/client-cognito-identity'
import {
  CreateUserPoolCommand,
  ListUserPoolsCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { GetRoleCommand } from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { unasked } from '../../src/cli/planning.ts'
import { planDestruction, readSpec } from '../../src/index.ts'
import type { Plan } from '../../src/model.ts'
import { verdict } from '../../src/render/groups.ts'
import { hasDrift } from '../../src/render/markdown/drift.ts'
import { driftVerdict } from '../../src/render/text/plan.ts'
import { account, type Bench, changeOf, onBench, refusal, writesOf } from './run.ts'

const head = 'version: 1\nstack: shop\nregion: eu-west-1\n'
/** Without names: the keys are the names. */
const bare = `${head}userPools: { customers: {} }\nidentityPools: { app: {} }\n`
const whole = `${head}
userPools: { customers: { name: shop-customers } }
identityPools: { app: { name: shop } }
roles: { member: { name: shop-member, trust: { identityPool: app, amr: authenticated } } }
`
const withEnvironment = (text: string, ...names: string[]) =>
  text.replace('eu-west-1\n', `eu-west-1\nenvironments: { ${names.map(name => `${name}: {}`).join(', ')} }\n`)

const found = (plan: Plan, severity: string) =>
  plan.diagnostics.filter(one => one.severity === severity).map(({ code }) => code)
const errorsIn = (plan: Plan) => [...new Set(found(plan, 'error'))]
const unclaimedIn = (plan: Plan) => plan.unclaimed.map(({ address }) => address)
const poolsIn = async ({ cognito }: Bench): Promise<string[]> =>
  ((await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools ?? []).map(
    ({ Id }) => `${Id}`,
  )
const makePool = async ({ cognito }: Bench, PoolName: string): Promise<string> =>
  (await cognito.send(new CreateUserPoolCommand({ PoolName }))).UserPool?.Id as string

async function isRefused(bench: Bench, plan: Plan): Promise<void> {
  bench.sandbox.resetLog()
  expect((await refusal(bench.apply(plan)))['exit']).toBe(5)
  expect(writesOf(bench.sandbox)).toEqual([])
}

/** The first file is applied; what the second one plans. */
const planAfter = async (
  bench: Bench,
  before: string,
  text: string,
  options: Parameters<Bench['plan']>[1] = {},
) => {
  await bench.make(await bench.file(before))
  return bench.plan(await bench.file(text), options)
}

describe('what the file no longer has', () => {
  test.each([
    ['whose blocks were taken out', head],
    ['whose blocks are empty', `${head}userPools: null\nidentityPools: null\nroles: null\n`],
    ['whose file has an environment and nothing else', withEnvironment(head, 'dev')],
  ])('is listed and counts as drift: a stack %s', (_what, text) =>
    onBench(async bench => {
      const environment = text.includes('environments') ? { environment: 'dev' } : {}
      const plan = await planAfter(bench, whole, text, environment)
      expect(unclaimedIn(plan)).toEqual(['userPools.customers', 'identityPools.app', 'roles.member'])
      expect(plan.changes).toEqual([])
      expect(errorsIn(plan)).toEqual([])
      expect(verdict(plan)).not.toMatch(/^No changes/)
      expect(driftVerdict(plan)).toMatch(/^Drift/)
      expect(hasDrift(plan)).toBe(true)
    }),
  )

  test('is not listed while the environment that it belongs to is declared', () =>
    onBench(async bench => {
      const text = withEnvironment(`${head}userPools: { customers: {} }\n`, 'dev', 'prod')
      const config = await bench.file(text)
      await bench.make(config, { environment: 'prod' })
      expect(unclaimedIn(await bench.make(config, { environment: 'dev' }))).toEqual([])
      await bench.file(text.replace(', prod: {}', ''))
      const plan = await bench.plan(config, { environment: 'dev' })
      const mine = changeOf(plan, 'userPools.customers').ids['UserPoolId']
      const [id] = (await poolsIn(bench)).filter(one => one !== mine)
      expect(plan.unclaimed).toEqual([
        {
          kind: 'userPool',
          address: `userPools.${id}`,
          name: 'customers',
          id,
          key: 'customers',
          environment: 'prod',
        },
      ])
    }))

  test('and is only referred to with `existing` is still unclaimed', () =>
    onBench(async bench => {
      const text = whole.replace('{ name: shop-customers }', '{ existing: { name: shop-customers } }')
      expect((await planAfter(bench, whole, text)).unclaimed.map(({ kind }) => kind)).toEqual(['userPool'])
    }))

  test('loses our tags and nothing else once it is released, and the line may stay', () =>
    onBench(async bench => {
      await bench.make(
        await bench.file(whole.replace('shop-member,', 'shop-member, tags: { team: identity },')),
      )
      const config = await bench.file(
        `${head}released: { userPools: [customers], identityPools: [app], roles: [member] }\n`,
      )
      bench.sandbox.resetLog()
      expect(unclaimedIn(await bench.make(config))).toEqual([])
      expect(writesOf(bench.sandbox).sort()).toEqual(['UntagResource', 'UntagResource', 'UntagRole'])
      const { Role } = await bench.iam.send(new GetRoleCommand({ RoleName: 'shop-member' }))
      expect(Role?.Tags).toEqual([{ Key: 'team', Value: 'identity' }])
      await bench.rest(config)
      expect((await bench.plan(await bench.file(head))).unclaimed).toEqual([])
    }))

  test('is made anew beside once it is released', () =>
    onBench(async bench => {
      const renamed = bare.replace('customers:', 'people:')
      expect(errorsIn(await planAfter(bench, bare, renamed))).toEqual(['COG4008'])
      const config = await bench.file(`${renamed}released: { userPools: [customers] }\n`)
      await bench.make(config)
      await bench.rest(config)
      expect(await poolsIn(bench)).toHaveLength(2)
    }))

  test('and is moved or pinned is claimed', () =>
    onBench(async bench => {
      await bench.make(await bench.file(whole))
      const [id] = await poolsIn(bench)
      const moved = whole
        .replace(
          'customers: { name: shop-customers }',
          'people: { name: shop-customers, movedFrom: customers }',
        )
        .replace('app: { name: shop }', 'web: { name: shop, movedFrom: app }')
        .replace('identityPool: app', 'identityPool: web')
      const config = await bench.file(moved)
      expect(unclaimedIn(await bench.make(config))).toEqual([])
      await bench.rest(config)
      await bench.file(moved.replace('movedFrom: customers', `id: ${id}`))
      await bench.rest(config)
    }))

  test('is destroyed by the key of its tags, and by its id where the file has the key', () =>
    onBench(async bench => {
      await bench.make(await bench.file(whole))
      const pinned = `userPools: { customers: { id: ${await makePool(bench, 'another')} } }\n`
      const config = await bench.file(`${withEnvironment(head, 'dev')}unspecified: keep\n${pinned}`)
      const options = { config, cwd: bench.folder, environment: 'dev', endpoint: bench.sandbox.url }
      const parsed = await readSpec(options)
      const { spec } = parsed
      if (spec === undefined) throw new Error(JSON.stringify(parsed.diagnostics))
      const { unclaimed } = await bench.plan(config, { environment: 'dev' })
      expect(unclaimed.map(({ kind }) => kind)).toEqual(['userPool', 'identityPool', 'role'])
      for (const { address } of unclaimed) {
        const { plan } = await planDestruction({ ...parsed, spec }, { ...options, targets: [address] })
        expect(errorsIn(plan)).toEqual([])
        await bench.apply(plan, { environment: 'dev' })
      }
      expect((await bench.plan(config, { environment: 'dev' })).unclaimed).toEqual([])
    }))

  test('cannot be both listed and released', () =>
    onBench(async bench => {
      const config = await bench.file(`${bare}released: { userPools: [customers], pools: [x] }\n`)
      const { diagnostics } = await readSpec({ config })
      expect(diagnostics.map(({ code }) => code)).toEqual(['COG1116', 'COG1112'])
    }))

  test('was not looked for by a run of less than everything, which says so', () =>
    onBench(async bench => {
      const plan = await planAfter(bench, whole, whole, { targets: ['userPools.customers'] })
      expect(plan.unseen?.filter(({ why }) => why === 'unclaimed').map(({ kind }) => kind)).toEqual([
        'userPool',
        'identityPool',
        'role',
      ])
      expect(driftVerdict(plan)).toBe('No drift in what was looked at.')
    }))
})

describe('nothing is made beside what is ours and unclaimed', () => {
  test.each([
    ['when a key is renamed', bare, bare.replace('customers:', 'people:')],
    [
      'when a key is renamed and the name is another',
      whole,
      whole.replace('customers: {', 'people: {').replace('shop-customers', 'shop-people'),
    ],
    ['when environments are added', bare, withEnvironment(bare, 'prod')],
    [
      'when environments are added, to the names too',
      whole,
      withEnvironment(whole, 'prod')
        .replaceAll('name: shop', 'name: "${environment}-shop')
        .replaceAll(/("\$[^ ,]*)([ ,])/g, '$1"$2'),
    ],
    ['when an environment is renamed', withEnvironment(bare, 'prod'), withEnvironment(bare, 'production')],
  ])('%s', (_what, before, text) =>
    onBench(async bench => {
      const environmentOf = (file: string) => {
        const [, environment] = /environments: \{ (\w+)/.exec(file) ?? []
        return environment === undefined ? {} : { environment }
      }
      await bench.make(await bench.file(before), environmentOf(before))
      const config = await bench.file(text)
      for (const targets of [
        undefined,
        [text.includes('people') ? 'userPools.people' : 'userPools.customers'],
      ]) {
        const plan = await bench.plan(config, { ...environmentOf(text), ...(targets && { targets }) })
        expect(errorsIn(plan)).toContain('COG4008')
        await isRefused(bench, plan)
      }
      expect(await poolsIn(bench)).toHaveLength(1)
    }),
  )

  const inProd = withEnvironment(bare, 'prod')
  test.each([
    [
      'by its former key in the environment of the run',
      inProd,
      inProd.replace('customers:', 'people:'),
      true,
    ],
    ['by its id where it has another environment', bare, inProd.replace('customers:', 'people:'), false],
  ])('and is claimed %s, as the error says', (_what, before, text, byKey) =>
    onBench(async bench => {
      await bench.make(await bench.file(before), before === inProd ? { environment: 'prod' } : {})
      const [id] = await poolsIn(bench)
      const config = await bench.file(text)
      const plan = await bench.plan(config, { environment: 'prod' })
      const { hint } =
        plan.diagnostics.find(({ code, message }) => code === 'COG4008' && message.includes(`${id}`)) ?? {}
      expect(hint?.includes('movedFrom: customers')).toBe(byKey)
      expect(hint).toContain('cogsync destroy --env prod --target')
      const claim = byKey ? 'movedFrom: customers' : `id: ${id}`
      const claimed = await bench.plan(await bench.file(text.replace('people: {}', `people: { ${claim} }`)), {
        environment: 'prod',
      })
      expect(claimed.changes.find(({ address }) => address === 'userPools.people')?.ids).toEqual({
        UserPoolId: id,
      })
      expect(unclaimedIn(claimed).filter(address => address.startsWith('userPools.'))).toEqual([])
    }),
  )

  test('though one of another key that the file has does not stand in the way', () =>
    onBench(async bench => {
      const config = await bench.file(bare)
      await bench.make(config)
      await bench.file(bare.replace('customers: {}', 'customers: {}, people: {}'))
      await bench.make(config)
      await bench.rest(config)
    }))
})

describe('what was found by its tags under another name', () => {
  const renamed = bare.replace('customers: {', 'customers: { name: somebody-elses')

  test('is a warning of its own, until the file or the command line says that it is meant', () =>
    onBench(async bench => {
      const plan = await planAfter(bench, bare, renamed)
      expect(found(plan, 'warning')).toEqual(['COG4009'])
      // what nobody can be asked about is refused, unless it was allowed before
      expect(unasked(plan, {}).map(({ word }) => word)).toEqual(['rename'])
      expect(unasked(plan, { allow: ['rename'] })).toEqual([])
      const [id] = await poolsIn(bench)
      expect(changeOf(plan, 'userPools.customers').ids).toEqual({ UserPoolId: id })
      const config = await bench.file(renamed)
      expect(found(await bench.plan(config, { allow: ['rename'] }), 'note')).toEqual(['COG4009'])
      await bench.file(renamed.replace('elses', 'elses, renamedFrom: customers'))
      expect(found(await bench.make(config), 'warning')).toEqual([])
      await bench.rest(config)
    }))

  test('is told when the console renamed it', () =>
    onBench(async bench => {
      const config = await bench.file(bare)
      await bench.make(config)
      const [UserPoolId] = await poolsIn(bench)
      await bench.cognito.send(
        new UpdateUserPoolCommand({
          UserPoolId,
          PoolName: 'by hand',
          UserPoolTags: { 'cogsync:stack': 'shop', 'cogsync:key': 'customers' },
        }),
      )
      expect(found(await bench.plan(config), 'warning')).toEqual(['COG4009'])
    }))
})

describe('a domain', () => {
  const domain = `${head}userPools: { customers: { name: NAME, domain: { prefix: shop-login-7f3a } } }\n`

  test('that another pool has is found at plan time: the pool has lost its tags and its name', () =>
    onBench(async bench => {
      await bench.make(await bench.file(domain.replace('NAME', 'one')))
      const [id] = await poolsIn(bench)
      await bench.cognito.send(
        new UntagResourceCommand({
          ResourceArn: `arn:aws:cognito-idp:eu-west-1:${account}:userpool/${id}`,
          TagKeys: ['cogsync:stack', 'cogsync:key'],
        }),
      )
      const plan = await bench.plan(await bench.file(domain.replace('NAME', 'two')))
      expect(errorsIn(plan)).toEqual(['COG4010'])
      expect(plan.diagnostics[0]?.hint).toContain(`id: ${id}`)
      await isRefused(bench, plan)
    }))

  test('that a pool of ours has is found for one that exists already, too', () =>
    onBench(async bench => {
      const two = domain.replace('{ customers', '{ people: {}, customers').replace('NAME', 'one')
      const moved = `${head}userPools: { customers: { name: one }, people: { domain: { prefix: shop-login-7f3a } } }\n`
      const plan = await planAfter(bench, two, moved)
      expect(errorsIn(plan)).toEqual(['COG4010'])
      expect(plan.diagnostics[0]?.path).toEqual(['userPools', 'people', 'domain', 'prefix'])
    }))

  test('that the same file takes from one pool may go to another', () =>
    onBench(async bench => {
      const two = domain.replace('{ customers', '{ people: {}, customers').replace('NAME', 'one')
      const moved = `${head}userPools: { customers: { name: one, removed: { domain: [shop-login-7f3a] } }, people: { domain: { prefix: shop-login-7f3a } } }\n`
      expect(errorsIn(await planAfter(bench, two, moved))).toEqual([])
    }))
})

describe('a role of ours', () => {
  const role = (trust: string, more = '') =>
    `${head}identityPools: { app: {} }\nroles: { member: { trust: ${trust}${more} } }\n`
  const short = '{ identityPool: app }'
  const document = (aud: string) =>
    `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Federated: cognito-identity.amazonaws.com }, Action: "sts:AssumeRoleWithWebIdentity", Condition: { StringEquals: { "cognito-identity.amazonaws.com:aud": ${aud} }, "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": authenticated } } }] }`
  const elsewhere = 'us-east-1:0a1b2c3d-0000-4000-8000-000000000000'
  const theirs = async ({ identity }: Bench): Promise<string> => {
    const IdentityPoolName = 'theirs'
    const made = await identity.send(
      new CreateIdentityPoolCommand({ IdentityPoolName, AllowUnauthenticatedIdentities: false }),
    )
    return made.IdentityPoolId as string
  }

  test('is not taken from an identity pool that is not the file’s, unless the file states it', () =>
    onBench(async bench => {
      const id = await theirs(bench)
      const both = role(document(`["${id}", "\${identityPools.app.id}"]`))
      const config = await bench.file(both)
      await bench.make(config)
      await bench.rest(config)
      const plan = await bench.plan(await bench.file(role(short)))
      expect(errorsIn(plan)).toEqual(['COG4011'])
      expect(plan.diagnostics[0]?.hint).toContain(`id: ${id}`)
      await isRefused(bench, plan)
      const buried = await bench.plan(await bench.file(`${head}removed: { roles: [member] }\n`))
      expect(errorsIn(buried)).toEqual(['COG4011'])
    }))

  test('may be taken from an identity pool that is gone', () =>
    onBench(async bench => {
      const gone = 'eu-west-1:0a1b2c3d-0000-4000-8000-000000000000'
      const plan = await planAfter(bench, role(document(gone)), role(short))
      expect(errorsIn(plan)).toEqual([])
      expect(changeOf(plan, 'roles.member').action).toBe('update')
    }))

  test('belongs to the Region whose identity pools it serves, and is changed from nowhere else', () =>
    onBench(async bench => {
      const file = role(short)
      await bench.make(await bench.file(file))
      const there = file.replace('eu-west-1', 'us-east-1')
      const plan = await bench.plan(await bench.file(there))
      expect(errorsIn(plan)).toEqual(['COG4012'])
      expect(plan.diagnostics[0]?.hint).toContain('member-${region}')
      await isRefused(bench, plan)
      const config = await bench.file(there.replace('trust:', 'name: "member-${region}", trust:'))
      expect(unclaimedIn(await bench.make(config))).toEqual([])
      await bench.rest(config)
      expect(unclaimedIn(await bench.plan(await bench.file(file)))).toEqual([])
      const buried = await bench.plan(
        await bench.file(`${head.replace('eu-west-1', 'us-east-1')}removed: { roles: [member] }\n`),
      )
      expect(errorsIn(buried)).toEqual(['COG4012'])
    }))

  test('that the file itself gives to another Region is changed as any other', () =>
    onBench(async bench => {
      const file = role(document(`["${elsewhere}", "\${identityPools.app.id}"]`))
      const config = await bench.file(file)
      await bench.make(config)
      await bench.file(file.replace('roles: { member: {', 'roles: { member: { description: Members,'))
      await bench.make(config)
      await bench.rest(config)
    }))
})

describe('a client of a pool that others own', () => {
  const text = (client: string) =>
    `${head}userPools: { shared: { existing: { name: platform }, clients: { web: { ${client} } } } }\n`
  const urls = (...list: string[]) =>
    `allowedOAuthFlows: [code], allowedOAuthScopes: [openid], callbackUrls: [${list.join(', ')}], supportedIdentityProviders: [COGNITO]`
  const both = text(urls('https://a.example/cb', 'https://b.example/cb'))
  const one = text(urls('https://b.example/cb'))

  test('and that was found by its name alone is not changed so that sign-in breaks', () =>
    onBench(async bench => {
      await makePool(bench, 'platform')
      const plan = await planAfter(bench, both, one)
      expect(errorsIn(plan)).toEqual(['COG3031'])
      await isRefused(bench, plan)
      const id = changeOf(plan, 'userPools.shared.clients.web').ids['ClientId']
      const config = await bench.file(one)
      expect(errorsIn(await bench.plan(config, { adopt: ['userPools.shared.clients.web'] }))).toEqual([])
      await bench.file(text(`id: ${id}, ${urls('https://b.example/cb')}`))
      await bench.make(config)
      await bench.rest(config)
    }))

  test('is not deleted by its name alone either', () =>
    onBench(async bench => {
      await makePool(bench, 'platform')
      const gone = (name: string) =>
        `${head}userPools: { shared: { existing: { name: platform }, removed: { clients: [${name}] } } }\n`
      const plan = await planAfter(bench, both, gone('web'))
      expect(errorsIn(plan)).toEqual(['COG3031'])
      const id = plan.changes[0]?.ids['ClientId'] as string
      await bench.make(await bench.file(gone(id)))
    }))
})
