// The world that the laws run in: a sandbox with the roles that examples name, and specs made from rows alone.

import { applyPlan } from '../../src/apply/apply.ts'
import { findMoved } from '../../src/apply/staleness.ts'
import { digestOf } from '../../src/aws/digest.ts'
import { openPort } from '../../src/aws/port.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Aws, Desired, JsonObject, Plan, Spec, Term } from '../../src/model.ts'
import { observe } from '../../src/observe/observe.ts'
import { callFaults } from '../../src/plan/call-check.ts'
import { makePlan, type PlanOptions } from '../../src/plan/plan.ts'
import { registerFunction, registerWebAcl, type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { dealEach } from '../../src/spec/read/expand.ts'
import type { Field, Kind, Where } from '../../src/table/kind.ts'

export const where: Where = { account: '111122223333', region: 'eu-west-1', partition: 'aws' }

process.env['AWS_ACCESS_KEY_ID'] = where.account
process.env['AWS_SECRET_ACCESS_KEY'] = 'sandbox'

const trust = (condition: object = {}) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'cognito-idp.amazonaws.com' },
        Action: 'sts:AssumeRole',
        ...condition,
      },
    ],
  })
const publish = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }],
})

/** The roles that are there before anything is made. */
export const furniture = ['cognito-sms', 'cognito-sms-2', 'member', 'member-2', 'analytics', 'analytics-2']

/** What a world begins with: made by requests once, and copied from then on. */
let furnished: Promise<string> | undefined
const furnish = async (sandbox: Sandbox, aws: Aws): Promise<string> => {
  for (const RoleName of furniture) {
    await aws.send('iam:CreateRole', { RoleName, AssumeRolePolicyDocument: trust() })
    await aws.send('iam:PutRolePolicy', { RoleName, PolicyName: 'publish', PolicyDocument: publish })
  }
  for (const region of ['eu-west-1', 'us-west-2'])
    for (const name of ['shop', 'shop-2'])
      registerWebAcl(
        sandbox.state,
        `arn:aws:wafv2:${region}:111122223333:regional/webacl/${name}/0a1b2c3d-0000-4000-8000-000000000000`,
      )
  registerFunction(sandbox.state, 'arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up')
  return sandbox.state.snapshot()
}

/** A sandbox, an engine on it, and a standing clock that never makes anybody wait. */
export const openWorld = async (options: { seed?: number } = {}) => {
  const sandbox = await startSandbox({ account: where.account, ...options })
  let now = 0
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
    random: () => 0.5,
  }
  const aws = openPort({ region: where.region, endpoint: sandbox.url, clock })
  furnished ??= furnish(sandbox, aws)
  const empty = await furnished
  sandbox.state.restore(empty)
  const plan = async (spec: Spec, options: Partial<PlanOptions> = {}): Promise<Plan> => {
    const observation = await observe(spec, kinds, aws, where)
    const made = makePlan(spec, observation, kinds, { tool: 'cogsync/test', ...options })
    // no plan of ours may be one that we would take for somebody else's
    const faults = callFaults(made, kinds)
    if (faults.length > 0) throw new Error(faults.join('\n'))
    return made
  }
  /** `alone`: nothing can have moved since the plan was made, so that nothing is looked at again */
  const apply = async (made: Plan, { alone = false } = {}): Promise<void> => {
    const moved = alone ? [] : await findMoved(made, kinds, aws)
    if (moved.length > 0) throw new Error(`moved: ${JSON.stringify(moved)}`)
    const report = await applyPlan(made, kinds, aws, {
      clock,
      // every resource is looked at again before the first write to it, so that no write of the plan's own moves one
      freshFor: alone ? Number.POSITIVE_INFINITY : -1,
      secret: () => 'a-secret-of-24-characters+'.replace(/-/g, '_'),
      file: ({ $file }) => imageNamed($file).toString('base64'),
    })
    const failed = report.outcomes.filter(outcome => outcome.status !== 'done')
    if (failed.length > 0) throw new Error(JSON.stringify(failed))
  }
  return {
    sandbox,
    aws,
    plan,
    apply,
    /** everything that was made since goes, and the log of requests */
    renew: () => {
      sandbox.state.restore(empty)
      sandbox.resetLog()
    },
    close: () => sandbox.close(),
  }
}

export type World = Awaited<ReturnType<typeof openWorld>>

const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind

/** What a resource must say, whatever else it says. */
export const required: { [kind: string]: { [field: string]: Term } } = {
  userPool: { name: 'pool' },
  userPoolClient: { name: 'client' },
  userPoolDomain: { name: 'law-7f3a' },
  resourceServer: { name: 'Orders', identifier: 'https://api.example.com' },
  identityPool: { name: 'identities', allowUnauthenticatedIdentities: false },
  principalTags: { provider: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123xyz' },
  identityProvider: {
    name: 'Google',
    type: 'Google',
    details: { client_id: 'a', client_secret: { $secret: 'first' }, authorize_scopes: 'openid' },
  },
  group: { name: 'admins' },
  replica: { region: 'us-west-2' },
  terms: { name: 'terms-of-use', links: { 'cognito:default': 'https://shop.example/terms' } },
  role: { name: 'law-role', trust: JSON.parse(trust()) as Term },
}
/** What parents must say so that a child can be. */
export const requiredOfParent: { [kind: string]: { [field: string]: Term } } = {
  replica: {
    userPoolTier: 'ESSENTIALS',
    key: { keyType: 'CUSTOMER_MANAGED_KEY', kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1' },
  },
  principalTags: {
    cognitoIdentityProviders: [
      {
        providerName: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123xyz',
        clientId: '1example23456789',
      },
    ],
  },
}

/** What must stand beside a child's ancestors so that it can be. */
const requiredBeside: { [kind: string]: string[] } = {
  poolUiCustomization: ['userPoolDomain'],
  clientUiCustomization: ['userPoolDomain'],
}

const ancestry = (kind: Kind): Kind[] =>
  kind.parent === undefined ? [kind] : [...ancestry(kindNamed(kind.parent)), kind]

const keyOf = (kind: Kind): string =>
  kind.place.form === 'split' ? 'prefix' : kind.place.form === 'facet' ? kind.place.key : 'one'

/** The address of the resource that a law is about. */
export const addressOf = (kind: Kind, key = keyOf(kind)): string => {
  if (kind.parent === undefined) return `${kind.name}.${key}`
  const parent = addressOf(kindNamed(kind.parent))
  return kind.place.form === 'facet' ? `${parent}.${key}` : `${parent}.${kind.place.block}.${key}`
}

/**
 * A spec with one resource of a kind, its parents and their facets, stating these settings, each where it belongs;
 * the rest is required. `custom`: of the two domains, the custom one.
 */
export const specOf = (
  kind: Kind,
  stated: { [field: string]: Term },
  more: Partial<Spec> = {},
  custom = false,
): Spec => {
  const line = ancestry(kind)
  const facets = kinds.filter(
    facet =>
      facet.place.form === 'facet' && facet.name !== kind.name && line.some(one => one.name === facet.parent),
  )
  const taken = new Set<string>()
  const settings = (one: Kind) => {
    const own = Object.entries(stated).filter(
      ([path]) => !taken.has(path) && one.fields.some(field => field.path === path),
    )
    for (const [path] of own) taken.add(path)
    return Object.fromEntries(own)
  }
  const resource = (one: Kind): Desired => {
    const key = one === kind && custom ? 'custom' : keyOf(one)
    const base = { ...required[one.name], ...(one === line.at(-2) && requiredOfParent[kind.name]) }
    return {
      address: addressOf(one, key),
      kind: one.name,
      key,
      path: [],
      ...(one.parent !== undefined && { parent: addressOf(kindNamed(one.parent)) }),
      spec: withImplied(one, withSecrets({ ...base, ...settings(one) }) as { [field: string]: Term }),
    }
  }
  // the subject first, so that what it can state is its own
  const subject = resource(kind)
  const beside = (requiredBeside[kind.name] ?? []).map(kindNamed)
  const others = [...line.slice(0, -1), ...beside, ...facets].map(resource)
  const shown = others.filter(one => !kindNamed(one.kind).onDemand || Object.keys(one.spec).length > 0)
  return {
    version: 1,
    stack: 'laws',
    region: where.region,
    tags: {},
    unspecified: 'default',
    secrets: { first: { env: 'FIRST' }, second: { env: 'SECOND' } },
    resources: dealEach(
      [
        ...shown.filter(one => ancestry(kind).some(up => up.name === one.kind)),
        subject,
        ...shown.filter(one => !line.some(up => up.name === one.kind)),
      ],
      kinds,
      'laws',
    ),
    removed: [],
    ...more,
  }
}

/** `${secret.x}` and `${file:x}` in examples, as the spec stage would have it. */
export const withSecrets = (value: Term): Term => {
  if (Array.isArray(value)) return value.map(withSecrets)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withSecrets(inner)]))
  const [, root, name = ''] =
    (typeof value === 'string' && /^\$\{(secret\.|file:)([^}]+)\}$/.exec(value)) || []
  if (root === 'file:') return { $file: name, ...digestOfFile(name) }
  return root === undefined ? value : { $secret: name }
}

/** What is known of a file that examples name. */
export const digestOfFile = (path: string) => digestOf(imageNamed(path))

/** What is in the files that examples name: something that begins like a PNG. */
const imageNamed = (path: string): Buffer => Buffer.from(`\x89PNG\r\n\x1a\n${path}`, 'latin1')

/** The spec stage fills in what is implied; so do the laws. */
const withImplied = (kind: Kind, spec: { [field: string]: Term }): { [field: string]: Term } =>
  kind.fields.reduce((all, field) => {
    const implied = all[field.path] === undefined ? field.implied?.(all, 'one') : undefined
    return implied === undefined ? all : { ...all, [field.path]: implied }
  }, spec)

export const changesIn = (plan: Plan) => plan.changes.filter(change => change.action !== 'none')

/** Everything a plan would change, as `address path`. */
export const pathsIn = (plan: Plan): string[] =>
  changesIn(plan).flatMap(change => [
    ...change.fields.map(field => `${change.address} ${field.path}`),
    ...change.blocked.map(block => `${change.address} ${block.path} blocked ${block.code}`),
  ])

export const rowsOf = (): { title: string; kind: Kind; field: Field }[] =>
  kinds.flatMap(kind => kind.fields.map(field => ({ title: `${kind.name}.${field.path}`, kind, field })))

export const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const inner of Object.values(value as JsonObject)) frozen(inner)
  }
  return value
}
