// Live states for the import law: made by the engine from rows' examples, then bent into what AWS has seen.
import fc from 'fast-check'
import { kinds } from '../../src/kinds/index.ts'
import type { Desired, Json, JsonObject, Observation, Spec, Term } from '../../src/model.ts'
import { makePlan } from '../../src/plan/plan.ts'
import type { Kind } from '../../src/table/kind.ts'
import { furniture, required, requiredOfParent, type World, where, withSecrets } from '../laws/world.ts'
import { type Awkward, awkwardness, bend } from './awkward.ts'

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

type Facets = { [kind: string]: Settings }

export interface Child {
  kind: string
  name: string
  settings: Settings
  facets: Facets
  children: Child[]
}

export interface PoolPlan {
  name: string
  tier: 'LITE' | 'ESSENTIALS' | 'PLUS'
  settings: Settings
  children: Child[]
  domain: Settings | null
  replica: Settings | null
  facets: Facets
}

export interface StatePlan {
  pools: PoolPlan[]
  roles: { name: string; settings: Settings }[]
  identityPools: {
    name: string
    settings: Settings
    trusts: number
    mapped: boolean
    amr: string
    defaults: boolean
  }[]
  awkward: Awkward[]
  /** imported under the name of the stack that made it */
  sameStack: boolean
}

/** A facet in one of `in`: its kind's rows, and what they need of those around. */
const facet = (kind: string, most: number, times: number): fc.Arbitrary<Settings> =>
  fc.option(settingsOf(kind, most), { freq: times, nil: {} })

const named = (
  kind: string,
  name: fc.Arbitrary<string>,
  count: number,
  more: { most?: number; facets?: fc.Arbitrary<Facets>; children?: fc.Arbitrary<Child[]> } = {},
): fc.Arbitrary<Child[]> =>
  fc.uniqueArray(
    fc.record({
      kind: fc.constant(kind),
      name,
      settings: settingsOf(kind, more.most ?? 6),
      facets: more.facets ?? fc.constant({}),
      children: more.children ?? fc.constant([]),
    }),
    { maxLength: count, selector: one => one.name },
  )

const documentName = fc.constantFrom('terms-of-use', 'privacy-policy')

const pool = fc
  .record({
    name: poolName,
    tier: fc.constantFrom('LITE' as const, 'ESSENTIALS' as const, 'PLUS' as const),
    settings: settingsOf('userPool', 10),
    clients: named('userPoolClient', clientName, 3, {
      facets: fc.record({
        clientSessions: facet('clientSessions', 1, 3),
        clientRisk: facet('clientRisk', 2, 3),
      }),
      children: fc.option(named('terms', documentName, 2, { most: 2 }), { freq: 3, nil: [] }),
    }),
    groups: named('group', groupName, 3),
    servers: named('resourceServer', fc.constantFrom('https://api.example.com', 'orders', 'email'), 2),
    providers: named('identityProvider', fc.constantFrom('Google', 'Corp', 'it'), 2, { most: 1 }),
    domain: fc.option(settingsOf('userPoolDomain', 1), { freq: 2 }),
    replica: fc.oneof(
      { arbitrary: fc.constant(null), weight: 3 },
      { arbitrary: settingsOf('replica', 12), weight: 1 },
    ),
    facets: fc.record({
      poolSessions: facet('poolSessions', 2, 2),
      logDelivery: facet('logDelivery', 1, 2),
      webAcl: facet('webAcl', 1, 2),
      poolRisk: facet('poolRisk', 3, 2),
    }),
  })
  .map(
    ({ clients, groups, servers, providers, ...rest }): PoolPlan => ({
      ...rest,
      children: [...servers, ...providers, ...clients, ...groups],
    }),
  )

export const statePlan: fc.Arbitrary<StatePlan> = fc.record({
  pools: fc.oneof(
    { arbitrary: fc.array(pool, { minLength: 1, maxLength: 1 }), weight: 3 },
    { arbitrary: fc.array(pool, { minLength: 2, maxLength: 2 }), weight: 1 },
  ),
  roles: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('shop-member', 'Shop+Guest', 'sms,role', 'plain'),
      settings: settingsOf('role', 5),
    }),
    { maxLength: 2, selector: one => one.name },
  ),
  identityPools: fc.array(
    fc.record({
      name: fc.constantFrom('app', 'shop app', 'laws-app'),
      settings: settingsOf('identityPool', 4),
      trusts: fc.integer({ min: 0, max: 3 }),
      mapped: fc.boolean(),
      amr: fc.constantFrom('authenticated', 'unauthenticated'),
      defaults: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  awkward: fc.uniqueArray(
    fc.oneof(
      ...awkwardness.map(what => ({
        arbitrary: fc.constant(what),
        weight: what === 'a hundred clients' ? 1 : 10,
      })),
    ),
    { maxLength: 4 },
  ),
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

/** What the facets of a resource, and of all under it, need of it. */
const needsOf = (kindName: string, { facets, children }: Pick<Child, 'facets' | 'children'>): Settings => {
  const own = new Set(kindNamed(kindName).fields.map(field => field.path))
  const all = [...children.flatMap(child => [child, ...child.children]), { facets }]
  return Object.fromEntries(
    all
      .flatMap(one => Object.values(one.facets))
      .flatMap(settings => Object.entries(settings))
      .filter(([path]) => own.has(path))
      // of tiers the highest
      .sort(([, a], [, b]) => (a === 'PLUS' ? 1 : b === 'PLUS' ? -1 : 0)),
  )
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
        ...(one.replica !== null && requiredOfParent['replica']),
        ...needsOf('userPool', one),
        name: one.name,
      }),
    )
    const addFacets = (facets: Facets, parent: Desired): void => {
      for (const [kind, settings] of Object.entries(facets))
        if (Object.keys(settings).length > 0) add(desired(kind, kind, settings, parent))
    }
    const addChild = (child: Child, at: number, parent: Desired): void => {
      const { nameField, natural } = kindNamed(child.kind)
      const settings =
        natural?.['Identifier'] === undefined
          ? { ...child.settings, [nameField as string]: child.name }
          : {
              scopes: { read: 'Read', 'a.b': 'Dotted' },
              ...child.settings,
              identifier: child.name,
              name: `API ${at}`,
            }
      const all = { ...required[child.kind], ...settings, ...needsOf(child.kind, child) }
      const added = add(desired(child.kind, `c${at}`, all, parent))
      addFacets(child.facets, added)
      for (const [under, inner] of child.children.entries()) addChild(inner, under, added)
    }
    for (const [at, child] of one.children.entries()) addChild(child, at, made)
    if (one.domain !== null)
      add(desired('userPoolDomain', 'prefix', { ...one.domain, name: `law-${index}-7f3a` }, made))
    if (one.replica !== null) add(desired('replica', 'us-west-2', one.replica, made))
    addFacets(one.facets, made)
  })
  plan.roles.forEach((one, index) => {
    const role = add(
      desired('role', `role${index}`, { ...required['role'], ...one.settings, name: one.name }),
    )
    // a role comes with what uses it
    const wears = { name: `wears-${index}`, roleArn: { $ref: role.address, attr: 'arn' } }
    add(desired('group', wears.name, wears, resources[0]))
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
          {
            provider: { $ref: pool0.address, attr: 'provider' },
            ...(one.defaults ? { useDefaults: true } : { tags: { tenant: 'custom:tenant' } }),
          },
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

const empty: Observation = {
  ...where,
  live: {},
  unlisted: [],
  unclaimed: [],
  doomed: [],
  unread: [],
  diagnostics: [],
}

/** Makes the state, and answers with what is awkward about it; what AWS would refuse is left out, settings first. */
export const makeState = async (world: World, plan: StatePlan): Promise<Awkward[]> => {
  let spec = specOfState(plan)
  for (let round = 0; round < 4; round++) {
    const made = makePlan(spec, empty, kinds, { tool: 'cogsync/test' })
    const wrong = new Set(
      made.changes.filter(change => change.blocked.length > 0).map(({ address }) => address),
    )
    if (wrong.size === 0) {
      // what the sandbox refuses all the same is not in the state
      await world.apply(made, { alone: true }).catch(() => undefined)
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
  const awkward: Awkward[] = []
  if (first) for (const what of plan.awkward) if (await bend(world, what, first.Id)) awkward.push(what)
  if (!plan.sameStack) await disown(world)
  return awkward
}

const keepers = [
  'name',
  'key',
  'identifier',
  'trust',
  'allowUnauthenticatedIdentities',
  'cognitoIdentityProviders',
  'userPoolTier',
  'scopes',
  'provider',
  'type',
  'details',
  'links',
]

const ownTags = ['cogsync:stack', 'cogsync:key', 'cogsync:environment']

/** Takes cogsync's tags off everything, as if it had never been there. */
export const disown = async ({ aws }: World): Promise<void> => {
  const list = async (operation: string, input: JsonObject, member: string) =>
    ((await aws.send(operation, input))[member] ?? []) as JsonObject[]
  const arn = (service: string, rest: string) => `arn:aws:${service}:${where.region}:${where.account}:${rest}`
  const [pools, identityPools, roles] = await Promise.all([
    list('cognito-idp:ListUserPools', { MaxResults: 60 }, 'UserPools'),
    list('cognito-identity:ListIdentityPools', { MaxResults: 60 }, 'IdentityPools'),
    list('iam:ListRoles', {}, 'Roles'),
  ])
  await Promise.all([
    ...pools.map(({ Id }) =>
      aws.send('cognito-idp:UntagResource', {
        ResourceArn: arn('cognito-idp', `userpool/${Id}`),
        TagKeys: ownTags,
      }),
    ),
    ...identityPools.map(({ IdentityPoolId }) =>
      aws.send('cognito-identity:UntagResource', {
        ResourceArn: arn('cognito-identity', `identitypool/${IdentityPoolId}`),
        TagKeys: ownTags,
      }),
    ),
    ...roles
      .map(({ RoleName }) => String(RoleName))
      .filter(name => !furniture.includes(name))
      .map(RoleName => aws.send('iam:UntagRole', { RoleName, TagKeys: ownTags })),
  ])
}
