// Requests sent for the plan and the apply of each example, against the fewest possible, per operation.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPort } from '../../src/aws/port.ts'
import { applyPlan, makePlan, readSpec } from '../../src/index.ts'
import type { Desired, Plan } from '../../src/model.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import type { Ratio, Result } from './bench.ts'

type Counts = { [operation: string]: number }

/** What reading a resource that exists takes at least, lists that its parent's other resources share included. */
const reads: { [kind: string]: (one: Desired) => Counts } = {
  userPool: () => ({ DescribeUserPool: 1, GetUserPoolMfaConfig: 1 }),
  userPoolClient: () => ({ DescribeUserPoolClient: 1 }),
  managedLoginBranding: () => ({ DescribeManagedLoginBrandingByClient: 1 }),
  userPoolDomain: () => ({ DescribeUserPoolDomain: 1 }),
  identityProvider: () => ({ DescribeIdentityProvider: 1 }),
  identityPool: () => ({ DescribeIdentityPool: 1 }),
  identityPoolRoles: () => ({ GetIdentityPoolRoles: 1 }),
  principalTags: () => ({ GetPrincipalTagAttributeMap: 1 }),
  role: ({ spec }) => ({
    GetRole: 1,
    ListRolePolicies: 1,
    ListAttachedRolePolicies: 1,
    GetRolePolicy: Object.keys((spec['policies'] as object | null) ?? {}).length,
  }),
  invokePermission: () => ({ GetPolicy: 1 }),
}

/** What a pool is asked for beside itself: what the file does not list is reported. */
const lists: Counts = {
  ListUserPoolClients: 1,
  ListGroups: 1,
  ListIdentityProviders: 1,
  ListResourceServers: 1,
}

/** Of others' pools nothing is reported, so that they are asked only for what the file has there. */
const listsOf = ({ existing, address }: Desired, resources: readonly Desired[]): Counts =>
  existing === undefined
    ? lists
    : resources.some(({ kind, parent }) => parent === address && kind === 'userPoolClient')
      ? { ListUserPoolClients: 1 }
      : {}

const readingAll = (some: readonly Desired[], all: readonly Desired[]): Counts =>
  plus(
    ...some.map(one => reads[one.kind]?.(one) ?? {}),
    ...some.filter(({ kind }) => kind === 'userPool').map(pool => listsOf(pool, all)),
  )

/**
 * What finding resources takes, whether they exist or not: roles are asked for by name, and everything that may carry
 * the stack's tags is listed once, since it need not be in the file.
 */
const finding: Counts = { GetCallerIdentity: 1, ListUserPools: 1, ListIdentityPools: 1, ListRoles: 1 }

const plus = (...all: Counts[]): Counts => {
  const sum: Counts = {}
  for (const counts of all)
    for (const [operation, n] of Object.entries(counts)) if (n > 0) sum[operation] = (sum[operation] ?? 0) + n
  return sum
}

const rolesIn = (resources: readonly Desired[]): Counts => ({
  GetRole: resources.filter(({ kind }) => kind === 'role').length,
})

/** A domain that is not there may be another pool's. */
const holding = (resources: readonly Desired[]): Counts => ({
  DescribeUserPoolDomain: resources.filter(({ kind }) => kind === 'userPoolDomain').length,
})

/** The tags of roles that Cognito may assume are in no other answer that lists them. */
const tagging = (resources: readonly Desired[]): Counts => ({
  ListRoleTags: resources.filter(
    ({ kind, spec }) => kind === 'role' && /cognito|identityPool/i.test(JSON.stringify(spec)),
  ).length,
})

/**
 * Writes and waits are the plan's own; before the first one everything is looked for once more. After the last one,
 * what AWS lets two runs make under one name is looked for in its list: nothing less can tell that there are two.
 */
const applying = (plan: Plan, resources: readonly Desired[]): Counts => {
  const bare = (operation: string) => operation.split(':')[1] as string
  const calls = plan.changes.flatMap(change => change.calls)
  const made = plan.changes.filter(({ calls: [first] }) => first !== undefined)
  const created = (kind: string) =>
    plan.changes.filter(({ calls: [first], ...change }) => first?.creates && change.kind === kind)
  return plus(
    { GetCallerIdentity: 1 },
    rolesIn(resources),
    // a new pool or client may not have appeared meanwhile
    made.some(({ kind }) => kind === 'userPool') ? { ListUserPools: 1 } : {},
    made.some(({ kind }) => kind === 'identityPool') ? { ListIdentityPools: 1 } : {},
    made.some(({ kind, ids }) => kind === 'userPoolClient' && ids['UserPoolId'] !== undefined)
      ? { ListUserPoolClients: 1 }
      : {},
    created('userPool').length > 0 ? { ListUserPools: 1 } : {},
    created('identityPool').length > 0 ? { ListIdentityPools: 1 } : {},
    {
      ListUserPoolClients: new Set(created('userPoolClient').map(({ address }) => address.split('.')[1]))
        .size,
    },
    { DescribeUserPoolDomain: made.filter(({ kind }) => kind === 'userPoolDomain').length },
    ...calls.map(({ operation }) => ({ [bare(operation)]: 1 })),
    ...calls.flatMap(({ until }) => (until === undefined ? [] : [{ [bare(until.operation)]: 1 }])),
  )
}

const sentTo = (sandbox: Sandbox): Counts => {
  const counts = plus(...sandbox.requests.map(({ operation }) => ({ [operation]: 1 })))
  sandbox.resetLog()
  return counts
}

const total = (counts: Counts): number => Object.values(counts).reduce((sum, n) => sum + n, 0)

const most = (one: Counts, other: Counts): Counts =>
  Object.fromEntries(
    Object.keys({ ...one, ...other }).map(name => [name, Math.max(one[name] ?? 0, other[name] ?? 0)]),
  )

const environmentOf = (config: string): string | undefined =>
  /^environments:\n {2}(\w+):/m.exec(readFileSync(config, 'utf8'))?.[1]

/** What must be there before an example can be applied. */
const beforehand: { [example: string]: (url: string) => Promise<unknown> } = {
  'app-team': async url => {
    const aws = openPort({ region: 'eu-west-1', endpoint: url })
    const { UserPool } = await aws.send('cognito-idp:CreateUserPool', { PoolName: 'platform-people' })
    await aws.send('cognito-idp:CreateResourceServer', {
      UserPoolId: (UserPool as { Id: string }).Id,
      Identifier: 'https://api.platform.example',
      Name: 'Platform',
      Scopes: [
        { ScopeName: 'profile.read', ScopeDescription: 'Read profiles' },
        { ScopeName: 'mail.send', ScopeDescription: 'Send mail' },
      ],
    })
  },
}

const examples = (): string[] =>
  readdirSync('examples')
    .filter(example => existsSync(join('examples', example, 'cognito.yaml')))
    .sort()

export const requests = async (): Promise<Result> => {
  const ratios: Ratio[] = []
  const notes: string[] = []
  const compare = (name: string, sent: Counts, fewest: Counts) => {
    const list = Object.keys(plus(sent, fewest))
      .sort()
      .map(operation => {
        const [n, least] = [sent[operation] ?? 0, fewest[operation] ?? 0]
        return `${operation} ${n}${n === least ? '' : ` (${least} would do)`}`
      })
    ratios.push({
      name,
      // what is too much of one operation is not made up for by another
      value: total(most(sent, fewest)) / total(fewest),
      most: 1,
      measured: `${total(sent)} of ${total(fewest)}`,
    })
    notes.push(`- ${name}: ${list.join(', ')}`)
  }
  for (const example of examples()) {
    const sandbox = await startSandbox({ seed: 1 })
    try {
      const config = join('examples', example, 'cognito.yaml')
      const environment = environmentOf(config)
      const options = {
        config: 'cognito.yaml',
        cwd: join('examples', example),
        endpoint: sandbox.url,
        ...(environment !== undefined && { environment }),
      }
      const parsed = await readSpec(options)
      const { spec } = parsed
      if (spec === undefined) throw new Error(`${config} has errors`)
      process.env['AWS_ACCESS_KEY_ID'] = spec.account ?? '111122223333'
      await beforehand[example]?.(sandbox.url)
      sandbox.resetLog()
      const { plan } = await makePlan({ ...parsed, spec }, options)
      const existing = spec.resources.filter(one => one.existing !== undefined)
      compare(
        `${example}: plan of what is not there`,
        sentTo(sandbox),
        plus(finding, rolesIn(spec.resources), holding(spec.resources), readingAll(existing, spec.resources)),
      )
      await applyPlan(plan, options)
      compare(`${example}: apply`, sentTo(sandbox), applying(plan, spec.resources))
      const again = await makePlan({ ...parsed, spec }, options)
      if (again.plan.changes.some(({ action }) => action !== 'none'))
        throw new Error(`${example} is not at rest`)
      compare(
        `${example}: plan of what is there`,
        sentTo(sandbox),
        plus(finding, readingAll(spec.resources, spec.resources), tagging(spec.resources)),
      )
    } finally {
      await sandbox.close()
    }
  }
  return { title: 'Requests sent, against the fewest possible', ratios, notes }
}
