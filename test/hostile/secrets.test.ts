// A canary in every place that holds a secret, and every secret that AWS makes: none is in what any command says or
// writes, whatever goes wrong in between.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import { expect, it } from 'vitest'
import { kinds } from '../../src/kinds/index.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { parseSpec } from '../../src/spec/index.ts'
import { count } from '../faults/counts.ts'
import { account, region, useAccount } from '../journeys/run.ts'
import { cli } from './cli.ts'
import { type Manner, manners, openProxy } from './proxy.ts'

const canaries = {
  env: 'CanaryOfTheEnvironment+0123456789',
  // as Apple hands it out: several lines, which a request quotes as one
  file: '-----BEGIN PRIVATE KEY-----\nCanaryOfTheFile+0123456789+abcdef\nSecondLineOfTheFile+9876543210zy\n-----END PRIVATE KEY-----',
  first: 'CanaryOfTheFile+0123456789+abcdef',
  second: 'SecondLineOfTheFile+9876543210zy',
  before: 'CanaryOfTheParameterBefore+012345',
  ssm: 'CanaryOfTheParameter+0123456789ab',
  managed: 'CanaryOfTheManager+0123456789abcd',
  beside: 'CanaryBesideTheManagedOne+0123456',
}

const file = `version: 1
stack: shop
region: ${region}
secrets:
  own: { env: HOSTILE_CANARY }
  key: { file: key.p8 }
  google: { ssm: /shop/google }
  corp: { secretsManager: shop/corp, key: secret }
userPools:
  customers:
    clients:
      own: { clientSecret: "\${secret.own}" }
      issued: { generateSecret: true, clientSecretTo: { ssm: /shop/issued } }
      managed: { generateSecret: true, clientSecretTo: { secretsManager: shop/managed } }
    identityProviders:
      Google:
        type: Google
        details: { client_id: "1", client_secret: "\${secret.google}", authorize_scopes: openid }
      SignInWithApple:
        type: SignInWithApple
        details: { client_id: app, team_id: t, key_id: k, private_key: "\${secret.key}", authorize_scopes: email }
      Corp:
        type: OIDC
        details: { client_id: "1", client_secret: "\${secret.corp}", authorize_scopes: openid, attributes_request_method: GET, oidc_issuer: "https://id.shop.example" }
`

it('the file has a canary for every row that is secret, every secret detail, and every secret that AWS makes', () => {
  const { spec, diagnostics } = parseSpec({ file: 'f', text: file }, { kinds })
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
  const states = (kind: string, path: string, key?: string): boolean =>
    spec?.resources.some(one => {
      const value = one.kind === kind ? one.spec[path] : undefined
      return key === undefined
        ? value !== undefined
        : JSON.stringify(value ?? null).includes(`"${key}":{"$secret"`)
    }) ?? false
  const places = kinds.flatMap(kind => [
    ...kind.fields.flatMap(({ path, secret, secretKeys = [] }) => [
      ...(secret ? [{ kind: kind.name, path, key: undefined }] : []),
      ...secretKeys.map(key => ({ kind: kind.name, path, key })),
    ]),
    ...(kind.issued ? [{ kind: kind.name, path: kind.issued.when, key: undefined }] : []),
  ])
  expect(places.length).toBeGreaterThan(3)
  for (const { kind, path, key } of places)
    expect([kind, path, key, states(kind, path, key)]).toEqual([kind, path, key, true])
  const sources = new Set(Object.values(spec?.secrets ?? {}).flatMap(source => Object.keys(source)))
  expect([...sources].sort()).toEqual(['env', 'file', 'key', 'secretsManager', 'ssm'])
})

const tried = { commands: 0, spoilt: 0, later: 0 }

/** Every manner for every operation, not one of them. */
const isLong = process.env['COGSYNC_PROPERTY_RUNS'] !== undefined

/** A sandbox behind a proxy, the vaults filled, and every word that was said or written. */
const openWorld = async () => {
  useAccount(account)
  process.env['HOSTILE_CANARY'] = canaries.env
  const sandbox = await startSandbox()
  const proxy = await openProxy(sandbox.url)
  const folder = mkdtempSync(join(tmpdir(), 'cogsync-secrets-'))
  writeFileSync(join(folder, 'cognito.yaml'), file)
  writeFileSync(join(folder, 'key.p8'), canaries.file)
  const connection = {
    endpoint: sandbox.url,
    region,
    credentials: { accessKeyId: account, secretAccessKey: 'unused' },
  }
  const [ssm, manager] = [new SSMClient(connection), new SecretsManagerClient(connection)]
  const put = (Value: string) =>
    ssm.send(new PutParameterCommand({ Name: '/shop/google', Value, Type: 'SecureString', Overwrite: true }))
  await put(canaries.ssm)
  const SecretString = JSON.stringify({ secret: canaries.managed, other: canaries.beside })
  await manager.send(new CreateSecretCommand({ Name: 'shop/corp', SecretString }))
  let said = ''
  const run = async (line: string): Promise<number> => {
    const ran = await cli(folder, [...line.split(' '), '--endpoint-url', proxy.url], {
      ...process.env,
      DEBUG: 'cogsync',
    })
    said += ran.stdout + ran.stderr
    return ran.code
  }
  /** Everything that anybody could read afterwards. */
  const leaks = (): string[] => {
    const written = readdirSync(folder).filter(name => name !== 'key.p8')
    const all = [said, ...written.map(name => readFileSync(join(folder, name), 'utf8'))].join('\n')
    return [...Object.values(canaries), ...secretsIn(sandbox.state.slice('cognito-idp', () => ({})))].filter(
      secret => formsOf(secret).some(form => all.includes(form)),
    )
  }
  const close = async () => {
    for (const client of [ssm, manager]) client.destroy()
    rmSync(folder, { recursive: true })
    await Promise.all([proxy.close(), sandbox.close()])
  }
  return { run, put, leaks, close, proxy, state: sandbox.state }
}

/** As it is, in pieces, and in the ways that machines write it. */
const formsOf = (secret: string): string[] => [
  secret,
  ...(secret.startsWith('-----') ? [] : [secret.slice(0, 12), secret.slice(-12)]),
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
]

/** The secrets of the sandbox's clients, as it made them. */
const secretsIn = (state: object): string[] => [
  ...new Set(
    [...JSON.stringify(state).matchAll(/"secrets":\[(.*?)\]/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/"value":"([^"]{20,})"/g)].map(([, value = '']) => value),
    ),
  ),
]

it('no command says a secret, or writes one', async () => {
  const world = await openWorld()
  const lines = [
    'plan --debug --out plan.json',
    'plan --json',
    'plan --markdown',
    'apply --yes --debug plan.json',
    'plan --debug',
    'drift --json',
    'outputs --format dotenv',
    'outputs --json',
    'rotate userPools.customers.clients.issued --yes --debug',
    'rotate userPools.customers.clients.issued --finish --yes --json',
    `import --all --stack shop --region ${region} --out other.yaml --debug`,
    'apply --yes --json --debug',
  ]
  try {
    for (const line of lines) {
      const usual = line.startsWith('drift') ? [0, 2] : [0]
      expect([line, usual.includes(await world.run(line))]).toEqual([line, true])
      tried.commands += 1
    }
    expect(secretsIn(world.state.slice('cognito-idp', () => ({}))).length).toBeGreaterThan(2)
    expect(world.leaks()).toEqual([])
  } finally {
    await world.close()
  }
})

/** A first apply with one answer spoilt, and what a person would do then. */
const spoilt = async (
  operation: string,
  manner: Manner,
  nth: number,
): Promise<{ leaks: string[]; end: number }> => {
  const world = await openWorld()
  try {
    world.proxy.spoil(operation, manner, nth)
    await world.run('apply --yes --json --debug')
    const end = await world.run('apply --yes --debug')
    await world.run('plan --out plan.json')
    return { leaks: world.leaks(), end }
  } finally {
    await world.close()
  }
}

it('no secret is said when an answer is spoilt', async () => {
  const calm = await openWorld()
  expect(await calm.run('apply --yes')).toBe(0)
  const asked = calm.proxy.asked.filter(operation => operation !== '')
  await calm.close()
  // every request is quoted once; of each operation, the first is spoilt in other manners too
  const cases = asked.flatMap((operation, index) => {
    const nth = asked.slice(0, index + 1).filter(other => other === operation).length
    const [quoting, ...others] = manners
    const more = isLong ? others : [others[index % others.length] as Manner]
    return [quoting, ...(nth === 1 ? more : [])].map(manner => ({ operation, manner, nth }))
  })
  for (let first = 0; first < cases.length; first += 12)
    await Promise.all(
      cases.slice(first, first + 12).map(async ({ operation, manner, nth }) => {
        const { leaks } = await spoilt(operation, manner, nth)
        expect({ operation, manner, nth, leaks }).toEqual({ operation, manner, nth, leaks: [] })
      }),
    )
  expect(cases.length).toBeGreaterThan(20)
  tried.spoilt += cases.length
}, 120_000)

it('no secret is said when an answer about what exists is spoilt', async () => {
  const world = await openWorld()
  try {
    expect(await world.run('apply --yes')).toBe(0)
    const lines = [
      'plan --debug',
      'apply --yes --json --debug',
      'drift --json',
      `import --all --stack shop --region ${region} --out other.yaml --force --debug`,
      'rotate userPools.customers.clients.issued --yes --debug',
      'rotate userPools.customers.clients.issued --finish --yes --debug',
    ]
    world.proxy.asked.splice(0)
    for (const line of lines) {
      await world.put(line.startsWith('apply') ? canaries.before : canaries.ssm)
      await world.run(line)
    }
    const operations = [...new Set(world.proxy.asked)].filter(operation => operation !== '')
    let cases = 0
    for (const [index, operation] of operations.entries())
      for (const manner of isLong ? manners : [manners[index % manners.length] as Manner]) {
        await world.put(cases % 2 === 0 ? canaries.ssm : canaries.before)
        world.proxy.spoil(operation, manner)
        await world.run(lines[cases % lines.length] as string)
        cases += 1
      }
    expect(world.leaks()).toEqual([])
    tried.later += cases
  } finally {
    await world.close()
  }
}, 120_000)

it('every case was tried', () =>
  count('secrets', {
    'a command runs undisturbed': tried.commands,
    'an answer to a first apply is spoilt': tried.spoilt,
    'an answer about what exists is spoilt': tried.later,
  }))
