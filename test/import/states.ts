// Live states for the import law: made by the engine from rows' examples, then bent by hand into what AWS has seen.
import fc from 'fast-check'
import { kinds } from '../../src/kinds/index.ts'
import type { Kind } from '../../src/kinds/kind.ts'
import type { Desired, Json, JsonObject, Spec, Term } from '../../src/model.ts'
import { required, type World, where, withSecrets } from '../laws/world.ts'

const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind
type Settings = { [field: string]: Term }

/** A selection of a kind's rows with an example each, and what the examples need. */
export const settingsOf = (name: string, most = 8): fc.Arbitrary<Settings> => {
  const kind = kindNamed(name)
  return fc
    .uniqueArray(
      fc.record({
        field: fc.constantFrom(
          ...kind.fields.filter(
            field =>
              !field.secret &&
              !Object.values(kind.natural ?? {}).includes(field.path) &&
              field.path !== kind.nameField,
          ),
        ),
        example: fc.constantFrom(0 as const, 1 as const),
      }),
      { maxLength: most, selector: ({ field }) => field.path },
    )
    .map(chosen => ({
      ...Object.assign({}, ...chosen.map(({ field }) => field.given ?? {})),
      ...Object.fromEntries(
        chosen.map(({ field, example }) => [field.path, field.examples[example] as Term]),
      ),
    }))
}

const poolName = fc.constantFrom(
  'customers',
  'shop-customers',
  'Shop Customers',
  'laws_people',
  'constructor',
  '123',
  'true',
  'x=y+z@home',
  `long ${'name '.repeat(20)}end`,
)
const clientName = fc.constantFrom(
  'web',
  'web app',
  'worker',
  'mobile.ios',
  '__proto__',
  'null',
  '1e3',
  'a+b,c',
)
const groupName = fc.constantFrom('admins', 'Администраторы', 'équipe', '日本', 'a:b', 'no', '${x}', "it's")

export interface Child {
  kind: string
  name: string
  settings: Settings
}

export interface PoolPlan {
  name: string
  tier: 'LITE' | 'ESSENTIALS' | 'PLUS'
  settings: Settings
  children: Child[]
  domain: boolean
  facets: { [kind: string]: Settings }
}

export interface StatePlan {
  pools: PoolPlan[]
  roles: { name: string; settings: Settings }[]
  identityPools: { name: string; settings: Settings; trusts: number; mapped: boolean; amr: string }[]
  awkward: Awkward[]
  /** imported under the name of the stack that made it */
  sameStack: boolean
}

const named = <T>(kind: string, name: fc.Arbitrary<string>, count: number) =>
  fc.uniqueArray(fc.record({ kind: fc.constant(kind), name, settings: settingsOf(kind, 6) }), {
    maxLength: count,
    selector: one => one.name,
  }) as fc.Arbitrary<Child[]> & T

const pool = fc
  .record({
    name: poolName,
    tier: fc.constantFrom('LITE' as const, 'ESSENTIALS' as const, 'PLUS' as const),
    settings: settingsOf('userPool', 10),
    clients: named('userPoolClient', clientName, 3),
    groups: named('group', groupName, 3),
    servers: named('resourceServer', fc.constantFrom('https://api.example.com', 'orders', 'email'), 2),
    domain: fc.boolean(),
    sessions: settingsOf('poolSessions', 2),
    logs: settingsOf('logDelivery', 1),
  })
  .map(
    ({ clients, groups, servers, sessions, logs, ...rest }): PoolPlan => ({
      ...rest,
      children: [...servers, ...clients, ...groups],
      facets: { poolSessions: sessions, logDelivery: logs },
    }),
  )

/** What no spec makes: done by hand, as people and other tools did. */
export const awkwardness = [
  'twins',
  'opensearch',
  'legacy flows',
  'many clients',
  'grandfathered',
  'cloudformation',
  'deep role',
  'scalar policies',
  'custom attributes',
  'odd text',
  'foreign role',
  'providers',
  'sms message',
  'two domains',
  'styles',
  'classic pages',
] as const
export type Awkward = (typeof awkwardness)[number]

export const statePlan: fc.Arbitrary<StatePlan> = fc.record({
  pools: fc.array(pool, { minLength: 1, maxLength: 2 }),
  roles: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('shop-member', 'Shop+Guest', 'sms,role', 'plain'),
      settings: settingsOf('role', 5),
    }),
    { maxLength: 3, selector: one => one.name },
  ),
  identityPools: fc.array(
    fc.record({
      name: fc.constantFrom('app', 'shop app', 'laws-app'),
      settings: settingsOf('identityPool', 4),
      trusts: fc.integer({ min: 0, max: 3 }),
      mapped: fc.boolean(),
      amr: fc.constantFrom('authenticated', 'unauthenticated'),
    }),
    { maxLength: 2 },
  ),
  awkward: fc.uniqueArray(fc.constantFrom(...awkwardness), { maxLength: 4 }),
  sameStack: fc.boolean(),
})

/** The spec stage fills in what is implied; so do states. */
const withImplied = (kind: Kind, stated: Settings, key: string): Settings => {
  const spec = { ...stated }
  for (const field of kind.fields) {
    const implied = spec[field.path] === undefined ? field.implied?.(spec, key) : undefined
    if (implied !== undefined) spec[field.path] = implied
  }
  return spec
}

const desired = (kindName: string, key: string, settings: Settings, parent?: Desired): Desired => {
  const kind = kindNamed(kindName)
  const { place } = kind
  const own = new Set(kind.fields.map(field => field.path))
  const mine = Object.fromEntries(Object.entries(settings).filter(([path]) => own.has(path)))
  const local = place.form === 'facet' ? place.key : `${place.block}.${key}`
  return {
    address: parent === undefined ? local : `${parent.address}.${local}`,
    kind: kindName,
    key: place.form === 'facet' ? place.key : key,
    path: [],
    ...(parent && { parent: parent.address }),
    spec: withImplied(kind, withSecrets(mine) as Settings, key),
  }
}

/** The spec that makes most of a state. */
export const specOfState = (plan: StatePlan): Spec => {
  const resources: Desired[] = []
  const add = (one: Desired): Desired => {
    resources.push(one)
    return one
  }
  plan.pools.forEach((one, index) => {
    const made = add(
      desired('userPool', `pool${index}`, {
        ...one.settings,
        userPoolTier: one.settings['userPoolTier'] ?? one.tier,
        name: one.name,
      }),
    )
    one.children.forEach((child, at) => {
      const { nameField, natural } = kindNamed(child.kind)
      const isServer = natural?.['Identifier'] !== undefined
      add(
        desired(
          child.kind,
          `c${at}`,
          isServer
            ? {
                scopes: { read: 'Read', 'a.b': 'Dotted' },
                ...child.settings,
                identifier: child.name,
                name: `API ${at}`,
              }
            : { ...child.settings, [nameField as string]: child.name },
          made,
        ),
      )
    })
    if (one.domain) add(desired('userPoolDomain', 'prefix', { name: `law-${index}-7f3a` }, made))
    for (const [kind, settings] of Object.entries(one.facets))
      if (Object.keys(settings).length > 0 && made.spec['userPoolTier'] !== 'LITE')
        add(desired(kind, kind, settings, made))
  })
  plan.roles.forEach((one, index) => {
    add(desired('role', `role${index}`, { ...required['role'], ...one.settings, name: one.name }))
  })
  const clients = resources.filter(one => one.kind === 'userPoolClient')
  plan.identityPools.forEach((one, index) => {
    const trusted = clients.slice(0, one.trusts)
    const made = add(
      desired('identityPool', `ids${index}`, {
        ...required['identityPool'],
        ...one.settings,
        name: one.name,
        ...(trusted.length > 0 && {
          cognitoIdentityProviders: trusted.map((client, at) => ({
            client: { $ref: client.address, attr: '' },
            serverSideTokenCheck: at > 0,
          })),
        }),
      }),
    )
    const role = add(
      desired('role', `user${index}`, {
        name: `user-${index}`,
        trust: { identityPool: { $ref: made.address, attr: '' }, amr: one.amr },
      }),
    )
    const slot = one.amr === 'authenticated' || one.settings['allowUnauthenticatedIdentities'] === true
    const [first] = trusted
    add(
      desired(
        'identityPoolRoles',
        'roles',
        {
          ...(slot && { [`roles.${one.amr}`]: { $ref: role.address, attr: 'arn' } }),
          ...(one.mapped &&
            first && {
              roleMappings: {
                $entries: [
                  [
                    { $ref: first.address, attr: '' },
                    { type: 'Token', ambiguousRoleResolution: 'AuthenticatedRole' },
                  ],
                ] as unknown as Json,
              },
            }),
        },
        made,
      ),
    )
    const pool0 = resources.find(each => each.kind === 'userPool') as Desired
    if (trusted.some(client => client.parent === pool0.address) && one.mapped)
      add(
        desired(
          'principalTags',
          'p',
          { provider: { $ref: pool0.address, attr: 'provider' }, tags: { tenant: 'custom:tenant' } },
          made,
        ),
      )
  })
  return {
    version: 1,
    stack: 'laws',
    region: where.region,
    tags: {},
    unspecified: 'default',
    secrets: {},
    resources,
    removed: [],
  }
}

/** Makes the state; what the sandbox would refuse is left out, settings first. */
export const makeState = async (world: World, plan: StatePlan): Promise<void> => {
  let spec = specOfState(plan)
  for (let round = 0; round < 4; round++) {
    const made = await world.plan(spec)
    const wrong = new Set(
      made.changes.filter(change => change.blocked.length > 0).map(({ address }) => address),
    )
    if (wrong.size === 0) {
      // what the sandbox refuses all the same is not in the state
      await world.apply(made).catch(() => undefined)
      break
    }
    const bare = (one: Desired): Desired => ({
      ...one,
      spec: Object.fromEntries(
        Object.entries(one.spec).filter(([path]) =>
          [...keepers, kindNamed(one.kind).nameField].includes(path),
        ),
      ),
    })
    spec = {
      ...spec,
      resources:
        round === 0
          ? spec.resources.map(one => (wrong.has(one.address) ? bare(one) : one))
          : spec.resources.filter(
              one =>
                ![...wrong].some(address => one.address === address || one.address.startsWith(`${address}.`)),
            ),
    }
  }
  const { UserPools = [] } = (await world.aws.send('cognito-idp:ListUserPools', { MaxResults: 60 })) as {
    UserPools?: { Id: string }[]
  }
  const [first] = UserPools
  if (first) for (const what of plan.awkward) await bend(world, what, first.Id).catch(ignoreRefusals)
  if (!plan.sameStack) await disown(world)
}

const keepers = [
  'name',
  'identifier',
  'trust',
  'allowUnauthenticatedIdentities',
  'cognitoIdentityProviders',
  'userPoolTier',
  'scopes',
  'provider',
]

const ignoreRefusals = (error: unknown): void => {
  if (!(error instanceof Error) || !('aws' in error)) throw error
}

const ownTags = ['cogsync:stack', 'cogsync:key', 'cogsync:environment']

/** Takes cogsync's tags off everything, as if it had never been there. */
export const disown = async ({ aws }: World): Promise<void> => {
  const list = async (operation: string, input: JsonObject, member: string) =>
    ((await aws.send(operation, input))[member] ?? []) as JsonObject[]
  const arn = (service: string, rest: string) => `arn:aws:${service}:${where.region}:${where.account}:${rest}`
  for (const { Id } of await list('cognito-idp:ListUserPools', { MaxResults: 60 }, 'UserPools'))
    await aws.send('cognito-idp:UntagResource', {
      ResourceArn: arn('cognito-idp', `userpool/${Id}`),
      TagKeys: ownTags,
    })
  for (const one of await list('cognito-identity:ListIdentityPools', { MaxResults: 60 }, 'IdentityPools'))
    await aws.send('cognito-identity:UntagResource', {
      ResourceArn: arn('cognito-identity', `identitypool/${one['IdentityPoolId']}`),
      TagKeys: ownTags,
    })
  for (const { RoleName } of await list('iam:ListRoles', {}, 'Roles'))
    await aws.send('iam:UntagRole', { RoleName: RoleName as string, TagKeys: ownTags })
}

const client = (UserPoolId: string, ClientName: string, more: JsonObject = {}) =>
  ['cognito-idp:CreateUserPoolClient', { UserPoolId, ClientName, ...more }] as const

/** One thing that specs do not make. */
const bend = async ({ aws, sandbox }: World, what: Awkward, UserPoolId: string): Promise<void> => {
  const send = ([operation, input]: readonly [string, JsonObject]) => aws.send(operation, input)
  switch (what) {
    case 'twins':
      for (const ExplicitAuthFlows of [[], ['ALLOW_USER_SRP_AUTH']])
        await send(client(UserPoolId, 'twin', { ...(ExplicitAuthFlows.length > 0 && { ExplicitAuthFlows }) }))
      return
    case 'opensearch':
      await send(client(UserPoolId, 'AmazonOpenSearchService-logs-eu-west-1-abc'))
      return
    case 'legacy flows':
      await send(
        client(UserPoolId, 'old', { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH'] }),
      )
      return
    case 'many clients':
      for (let index = 0; index < 100; index++) await send(client(UserPoolId, `app ${index % 90}`))
      return
    case 'grandfathered': {
      const { UserPool } = (await aws.send('cognito-idp:CreateUserPool', {
        PoolName: 'pool 2016',
        UserPoolTier: 'LITE',
        AliasAttributes: ['phone_number', 'preferred_username'],
        Schema: [
          { Name: 'given_name', Required: true, Mutable: false },
          { Name: 'birthdate', Required: true },
        ],
      })) as { UserPool: { Id: string } }
      rawPool(sandbox, UserPool.Id)['UserPoolAddOns'] = { AdvancedSecurityMode: 'ENFORCED' }
      return
    }
    case 'cloudformation': {
      const settings = rawPool(sandbox, UserPoolId)
      settings['UserPoolTags'] = {
        ...(settings['UserPoolTags'] as JsonObject | undefined),
        'aws:cloudformation:stack-name': 'shop-stack',
        'aws:cloudformation:logical-id': 'Pool',
      }
      return
    }
    case 'deep role':
    case 'scalar policies': {
      const RoleName = what.replace(' ', '-')
      const { Role } = (await aws.send('iam:CreateRole', {
        RoleName,
        Path: what === 'deep role' ? '/teams/shop/' : '/',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: { Effect: 'Allow', Principal: { AWS: where.account }, Action: 'sts:AssumeRole' },
        }),
      })) as { Role: { Arn: string } }
      await aws.send('iam:PutRolePolicy', {
        RoleName,
        PolicyName: 'own',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: {
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: [
              `arn:aws:cognito-idp:${where.region}:${where.account}:userpool/${UserPoolId}`,
              'arn:aws:s3:::b/${aws:username}/*',
              'arn:aws:s3:::c/$${x}/*',
            ],
            Condition: {
              NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' },
              Bool: { 'aws:SecureTransport': true },
            },
          },
        }),
      })
      await aws.send('cognito-idp:CreateGroup', { UserPoolId, GroupName: RoleName, RoleArn: Role.Arn })
      return
    }
    case 'custom attributes':
      await aws.send('cognito-idp:AddCustomAttributes', {
        UserPoolId,
        CustomAttributes: [
          { Name: 'plan', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '2048' } },
          {
            Name: 'points',
            AttributeDataType: 'Number',
            Mutable: false,
            NumberAttributeConstraints: { MinValue: '-5', MaxValue: '2147483647' },
          },
          { Name: 'secret', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
          { Name: 'since', AttributeDataType: 'DateTime' },
        ],
      })
      return
    case 'odd text':
      await aws.send('cognito-idp:CreateGroup', {
        UserPoolId,
        GroupName: 'odd',
        Description: ' ${account} $${x} # no: comment\n\ttabs\n\n"quotes" \\ \'single\'  ',
      })
      await aws.send('cognito-idp:CreateGroup', { UserPoolId, GroupName: 'lines', Description: 'one\ntwo\n' })
      return
    case 'foreign role':
      await aws.send('cognito-idp:CreateGroup', {
        UserPoolId,
        GroupName: 'partners',
        RoleArn: 'arn:aws:iam::999999999999:role/partner',
      })
      return
    case 'providers':
      await aws.send('cognito-idp:CreateIdentityProvider', {
        UserPoolId,
        ProviderName: 'SignInWithApple',
        ProviderType: 'SignInWithApple',
        ProviderDetails: {
          client_id: 'a',
          team_id: 'b',
          key_id: 'c',
          private_key: 'x'.repeat(24),
          authorize_scopes: 'email name',
        },
        AttributeMapping: { email: 'email' },
      })
      await aws.send('cognito-idp:CreateIdentityProvider', {
        UserPoolId,
        ProviderName: 'Corp.SAML',
        ProviderType: 'SAML',
        ProviderDetails: { MetadataURL: 'https://idp.corp.example/metadata', IDPSignout: 'true' },
        AttributeMapping: { email: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress' },
        IdpIdentifiers: ['corp.example'],
      })
      return
    case 'sms message': {
      rawPool(sandbox, UserPoolId)['SmsAuthenticationMessage'] = 'Your code is {####}'
      return
    }
    case 'two domains':
      await aws.send('cognito-idp:CreateUserPoolDomain', {
        UserPoolId,
        Domain: 'login.law.example',
        CustomDomainConfig: {
          CertificateArn:
            'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000',
        },
        ManagedLoginVersion: 2,
      })
      return
    case 'styles': {
      await aws.send('cognito-idp:CreateUserPoolDomain', {
        UserPoolId,
        Domain: 'law-styles-7f3a',
        ManagedLoginVersion: 2,
      })
      const Assets = ['LIGHT', 'DARK'].map(ColorMode => ({
        Category: 'FORM_LOGO',
        ColorMode,
        Extension: 'PNG',
        Bytes: png(ColorMode),
      }))
      const styles = [{ Settings: { 'a ${b}': [1, { c: null }] }, Assets }, { Settings: {} }, undefined]
      for (const [index, style] of styles.entries()) {
        const pages = {
          AllowedOAuthFlows: ['code'],
          AllowedOAuthScopes: ['openid'],
          AllowedOAuthFlowsUserPoolClient: true,
          CallbackURLs: ['https://law.example/'],
        }
        const made = await send(client(UserPoolId, `styled ${index}`, pages))
        const { ClientId } = made['UserPoolClient'] as { ClientId: string }
        if (style)
          await aws.send('cognito-idp:CreateManagedLoginBranding', { UserPoolId, ClientId, ...style })
      }
      return
    }
    case 'classic pages': {
      await aws.send('cognito-idp:CreateUserPoolDomain', { UserPoolId, Domain: 'law-pages-7f3a' })
      await aws.send('cognito-idp:DescribeUserPoolDomain', { Domain: 'law-pages-7f3a' })
      const made = await send(client(UserPoolId, 'classic'))
      const { ClientId } = made['UserPoolClient'] as { ClientId: string }
      const CSS = '.label-customizable { color: red; }\n'
      await aws.send('cognito-idp:SetUICustomization', { UserPoolId, CSS, ImageFile: png('pool') })
      await aws.send('cognito-idp:SetUICustomization', { UserPoolId, ClientId, ImageFile: png('client') })
      return
    }
  }
}

/** Something that begins like a PNG, as base64. */
const png = (text: string): string => Buffer.from(`\x89PNG\r\n\x1a\n${text}`, 'latin1').toString('base64')

/** The sandbox's own record of a pool, for what no request makes. */
const rawPool = (sandbox: World['sandbox'], id: string): JsonObject => {
  const found: JsonObject[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const record = value as JsonObject
    if (record['id'] === id && typeof record['settings'] === 'object')
      found.push(record['settings'] as JsonObject)
    else for (const inner of Object.values(record)) visit(inner)
  }
  visit(sandbox.state.slice('cognito-idp', () => ({})))
  if (found[0] === undefined) throw new Error(`no record of ${id}`)
  return found[0]
}
