// The parts of import on their own: keys, text, what is added to a file, and what has to be said about a resource.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { openPort } from '../../src/aws/port.ts'
import { importFile } from '../../src/import/index.ts'
import { claimed, keyFrom, variableFrom, withoutStack } from '../../src/import/keys.ts'
import { splice } from '../../src/import/splice.ts'
import { branch, branchAt, put } from '../../src/import/tree.ts'
import { write } from '../../src/import/write.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Json, JsonObject } from '../../src/model.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { openWorld, type World, where } from '../laws/world.ts'
import { awkwardness } from './awkward.ts'
import { makeState } from './states.ts'

describe('a key', () => {
  it.each([
    ['web', 'web'],
    ['ShopWeb', 'ShopWeb'],
    ['Shop Web (old)', 'shop-web-old'],
    ['Kunden für Österreich', 'kunden-fur-osterreich'],
    ['Straße Ærø', 'strasse-aero'],
    ['日本', 'group'],
    ['__proto__', 'proto'],
    ['constructor', 'group'],
    ['  ', 'group'],
    ['https://api.shop.example', 'https-api-shop-example'],
  ])('from %s is %s', (name, key) => {
    expect(keyFrom(name, 'group')).toBe(key)
  })
  it('is always a key, and each only once', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 })), names => {
        const taken = new Set<string>()
        const keys = names.map(name => claimed(keyFrom(name, 'thing'), taken))
        expect(new Set(keys).size).toBe(names.length)
        for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
      }),
    )
  })
  it('does without the name of the stack', () => {
    expect(withoutStack('shop-customers', 'shop')).toBe('customers')
    expect(withoutStack('Shop Customers', 'shop')).toBe('Customers')
    expect(withoutStack('shopping', 'shop')).toBe('shopping')
    expect(withoutStack('shop', 'shop')).toBe('shop')
    expect(withoutStack('shop-1', 'shop')).toBe('shop-1')
  })
  it('gives the name of a variable', () => {
    expect(variableFrom('customers-google', 'client_secret')).toBe('CUSTOMERS_GOOGLE_CLIENT_SECRET')
    expect(variableFrom('1x', 'y')).toBe('_1X_Y')
  })
})

const json: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>(tie => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(
      '',
      ' x',
      'x ',
      'a: b',
      'a #b',
      '- a',
      'no',
      '~',
      '1e3',
      '0x1',
      'a\nb\n',
      '\n',
      'a\n\n',
      ' a\n b',
      'a \nb',
      '{a}',
      '"',
      "'",
      '&a',
      '*a',
      '!a',
      '|',
      '>',
      '%',
      '@',
      '`',
      '---',
      '2012-10-17',
      '30d',
      '.5',
      '\t',
      'a\rb',
      '\u2028',
    ),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: 'grapheme', minLength: 1 }).filter(key => key !== '__proto__'),
      tie('json'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ),
})).json

describe('what is written', () => {
  it('reads back as it was, whatever it is', () => {
    fc.assert(
      fc.property(json, fc.boolean(), (value, open) => {
        const tree = branch({ open: true })
        put(tree, ['some', 'thing'], value)
        branchAt(tree, ['some']).open = open
        branchAt(tree, ['some']).after.push('a comment\nof lines')
        expect(parse(write(tree))).toEqual({ some: { thing: value } })
      }),
      { numRuns: 2000 },
    )
  })
  it('is on one line if that is short, and over several if not', () => {
    const tree = branch({ open: true })
    put(tree, ['a'], { b: [1, 'two'], c: {} })
    put(tree, ['long'], ['x'.repeat(60), 'y'.repeat(60)])
    put(tree, ['text'], 'one\ntwo\n')
    expect(write(tree)).toBe(
      `a: { b: [1, two], c: {} }\nlong:\n  - ${'x'.repeat(60)}\n  - ${'y'.repeat(60)}\ntext: |\n  one\n  two\n`,
    )
  })
})

describe('a file that is added to', () => {
  const tree = () => {
    const made = branch({ open: true })
    Object.assign(branchAt(made, ['pools', 'new']), { open: true, gap: true })
    put(made, ['pools', 'new', 'id'], 'x')
    put(made, ['pools', 'old', 'clients', 'web'], {})
    return made
  }
  const merged = { pools: { old: { name: 'o', clients: { web: {} } }, new: { id: 'x' } } }
  it.each([
    ['pools:\n  old:\n    name: o # why\n'],
    ['# top\npools:\n    old: # here\n        name: o\n        # last\n\n# end\n'],
    ['pools: { old: { name: o } }\n'],
    ['pools:\n  old:\n    name: o\n    clients: {}\n'],
    ['pools:\n  old:\n    name: o\n    clients:\n'],
    ['pools:\n  old:\n    name: o\n    clients: # none yet\n\n# end\n'],
    ['pools:\n  old: { name: o }'],
    ['pools: { old: { name: o, clients: {} } }\n'],
    ['pools: {\n  old: { name: o, }, # why\n}\n'],
    ['"pools":\n  "old":\n    name: >-\n      o\n'],
  ])('keeps every line of %j', text => {
    const after = splice(text, tree())
    expect(parse(after)).toEqual(merged)
    for (const comment of text.match(/#.*/g) ?? []) expect(after).toContain(comment)
  })
})

describe('what a person has to know', () => {
  let world: World
  afterEach(() => world.close())

  const importNow = () => importFile(world.aws, where, { kinds, wanted: 'all', stack: 'shop' })
  const makePool = async (): Promise<string> => {
    world = await openWorld()
    const { UserPool } = (await world.aws.send('cognito-idp:CreateUserPool', { PoolName: 'people' })) as {
      UserPool: { Id: string }
    }
    return UserPool.Id
  }

  it('what could not be read is in the file, and in the answer', async () => {
    const UserPoolId = await makePool()
    await world.aws.send('cognito-idp:CreateUserPoolClient', { UserPoolId, ClientName: 'web' })
    world.sandbox.inject({
      when: { operation: 'ListUserPoolClients' },
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      then: { error: { code: 'AccessDeniedException', status: 400, message: 'not for you' } },
    })
    const { text, unread } = await importNow()
    expect(unread).toMatchObject([{ operation: 'cognito-idp:ListUserPoolClients' }])
    expect(text).toMatch(/# could not be read, so it is missing here: .*ListUserPoolClients/)
  })

  it('CloudFormation is named, and its tags are nobody’s', async () => {
    await makePool()
    const pools = JSON.stringify(world.sandbox.state.slice('cognito-idp', () => ({})))
    expect(pools).toContain('people')
    const found: JsonObject[] = []
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('settings' in value && 'clients' in value) found.push(value.settings as JsonObject)
      for (const inner of Object.values(value)) visit(inner)
    }
    visit(world.sandbox.state.slice('cognito-idp', () => ({})))
    for (const settings of found)
      settings['UserPoolTags'] = { team: 'a', 'aws:cloudformation:stack-name': 'shop-stack' }
    const { text } = await importNow()
    expect(text).toContain('  # CloudFormation stack shop-stack manages this too')
    expect(text).toContain('tags: { team: a }')
  })

  it('all of it, on one pool', async () => {
    world = await openWorld()
    await makeState(world, {
      pools: [
        {
          name: 'shop-people',
          tier: 'PLUS',
          settings: {},
          children: [],
          domain: {},
          replica: null,
          facets: {},
        },
      ],
      roles: [],
      identityPools: [],
      awkward: awkwardness.filter(what => what !== 'a hundred clients' && what !== 'two clients of one name'),
      sameStack: false,
    })
    const { text, objections } = await importNow()
    expect(objections).toEqual([])
    await expect(
      text
        .replace(/eu-west-1_\w{9}/g, 'eu-west-1_AbC123xyz')
        .replace(/eu-west-1:[-0-9a-f]{36}/g, 'eu-west-1:0a1b2c3d-0000-4000-8000-000000000000')
        .replace(/"?\b[0-9a-v]{25,26}\b"?/g, '1example23456789'),
    ).toMatchFileSnapshot('__goldens__/awkward.yaml')
  })

  it('a client more is five requests more, whatever the others have', async () => {
    world = await openWorld()
    const requestsFor = async (count: number) => {
      world.renew()
      const { UserPool } = await world.aws.send('cognito-idp:CreateUserPool', { PoolName: 'many' })
      const UserPoolId = String((UserPool as JsonObject)['Id'])
      for (let index = 0; index < count; index++) {
        const { UserPoolClient } = await world.aws.send('cognito-idp:CreateUserPoolClient', {
          UserPoolId,
          ClientName: `app ${index}`,
        })
        if (index < 5)
          await world.aws.send('cognito-idp:CreateTerms', {
            UserPoolId,
            ClientId: (UserPoolClient as JsonObject)['ClientId'] as string,
            TermsName: 'terms-of-use',
            TermsSource: 'LINK',
            Enforcement: 'NONE',
            Links: { 'cognito:default': 'https://shop.example/terms' },
          })
      }
      world.sandbox.resetLog()
      expect((await importNow()).objections).toEqual([])
      return world.sandbox.requests.length
    }
    expect((await requestsFor(40)) - (await requestsFor(10))).toBe(5 * 30)
  })

  it('twins are told apart by their ids', async () => {
    const UserPoolId = await makePool()
    for (const _twin of [1, 2])
      await world.aws.send('cognito-idp:CreateUserPoolClient', { UserPoolId, ClientName: 'web' })
    const { text } = await importNow()
    expect(text.replace(/id: "?\w{20,}"?/g, 'id: ID')).toContain(
      '      web:\n        id: ID\n      web-2:\n        id: ID\n        name: web\n',
    )
  })

  it('the key in its tags stays the key', async () => {
    const UserPoolId = await makePool()
    await world.aws.send('cognito-idp:TagResource', {
      ResourceArn: `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${UserPoolId}`,
      Tags: { 'cogsync:stack': 'shop', 'cogsync:key': 'visitors' },
    })
    const { text } = await importNow()
    const { spec } = parseSpec({ file: 'x', text }, { kinds })
    expect(spec?.resources[0]).toMatchObject({ address: 'userPools.visitors', spec: { name: 'people' } })
    const plan = await world.plan(spec as NonNullable<typeof spec>)
    expect(plan.changes.filter(change => change.action !== 'none')).toEqual([])
  })

  it('one without room for the ownership tags is left alone', async () => {
    world = await openWorld()
    const UserPoolTags = Object.fromEntries(Array.from({ length: 48 }, (_, index) => [`t${index}`, 'x']))
    await world.aws.send('cognito-idp:CreateUserPool', { PoolName: 'people', UserPoolTags })
    const { text } = await importNow()
    expect(text).toMatch(/# left alone: user pool people .*has 48 tags/)
    await expect(importFile(world.aws, where, { kinds, wanted: ['people'], stack: 'shop' })).rejects.toThrow(
      'has 48 tags',
    )
  })

  it('a replica comes with its pool, and in its own Region is left alone', async () => {
    world = await openWorld()
    const west = 'us-west-2'
    const KmsKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1'
    const { UserPool } = (await world.aws.send('cognito-idp:CreateUserPool', {
      PoolName: 'people',
      KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn },
    })) as { UserPool: { Id: string } }
    const replica = { UserPoolId: UserPool.Id, RegionName: west }
    await world.aws.send('cognito-idp:CreateUserPoolReplica', replica)
    await world.aws.send('cognito-idp:ListUserPoolReplicas', { UserPoolId: UserPool.Id })
    await world.aws.send('cognito-idp:UpdateUserPoolReplica', { ...replica, Status: 'ACTIVE' })
    const { text, objections } = await importNow()
    expect(objections).toEqual([])
    expect(text).toContain('    replicas:\n      us-west-2:\n        status: ACTIVE\n')
    const there = await importFile(
      openPort({ region: west, endpoint: world.sandbox.url }),
      { ...where, region: west },
      { kinds, wanted: 'all', stack: 'shop' },
    )
    expect(there.text).toMatch(/# left alone: user pool people .*its primary Region is eu-west-1/)
  })

  it('tags of a developer provider are in the file', async () => {
    world = await openWorld()
    const { IdentityPoolId } = (await world.aws.send('cognito-identity:CreateIdentityPool', {
      IdentityPoolName: 'people',
      AllowUnauthenticatedIdentities: false,
      DeveloperProviderName: 'login.shop',
    })) as { IdentityPoolId: string }
    await world.aws.send('cognito-identity:SetPrincipalTagAttributeMap', {
      IdentityPoolId,
      IdentityProviderName: 'login.shop',
      UseDefaults: false,
      PrincipalTags: { tenant: 'tenant' },
    })
    const { text, objections } = await importNow()
    expect(objections).toEqual([])
    expect(text).toContain('principalTags:')
    expect(text).toContain('tenant: tenant')
  })
})
