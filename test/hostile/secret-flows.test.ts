// Where secrets may come from, what is said of where they go, and what is said when AWS refuses a request with one.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAwsError } from '../../src/aws/errors.ts'
import { openPort } from '../../src/aws/port.ts'
import type { Aws, Plan, SecretFlow } from '../../src/model.ts'
import { renderMarkdown } from '../../src/render/markdown/plan.ts'
import { flowText } from '../../src/render/secret-flows.ts'
import { renderPlan } from '../../src/render/text/plan.ts'
import { configFiles } from '../../src/workflows/config-files.ts'
import { bytesReader, textReader } from '../../src/workflows/files.ts'
import { readSecrets } from '../../src/workflows/secrets.ts'
import { changeOf, onBench, useAccount } from '../journeys/run.ts'

const fixed = process.env['COGSYNC_PROPERTY_SEED']
const seed = fixed === undefined ? 11 : Number(fixed)
const numRuns = Number(process.env['COGSYNC_PROPERTY_RUNS'] ?? 60)

const inFolder = async (work: (folder: string) => Promise<void> | void): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'cogsync-hidden-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const unhideable: Aws = {
  send: () => Promise.reject(new Error('nothing is asked')),
  hide: () => undefined,
  strangersOf: () => [],
}

describe('a secret is not read', () => {
  it('from a variable of the runner or of AWS, even if a saved plan says so', async () => {
    const site = { aws: unhideable, readText: () => '' }
    const names = [
      'AWS_SECRET_ACCESS_KEY',
      'aws_session_token',
      'GITHUB_TOKEN',
      'Input_Token',
      'NODE_AUTH_TOKEN',
    ]
    for (const env of [...names, ' GH_TOKEN', 'COGSYNC_X'])
      await expect(readSecrets({ x: { env } }, site)).rejects.toMatchObject({ code: 'no-secret' })
  })
  it('from a file with a hidden part, wherever a link leads', () =>
    inFolder(folder => {
      mkdirSync(join(folder, '.git/deep'), { recursive: true })
      mkdirSync(join(folder, 'open'))
      for (const path of ['.git/config', '.git/deep/x', '.env', 'open/.env', 'open/file'])
        writeFileSync(join(folder, path), 'text')
      symlinkSync('../.git/config', join(folder, 'open/link'))
      symlinkSync('.git', join(folder, 'folder'))
      symlinkSync('open/file', join(folder, 'fine'))
      const read = textReader(folder)
      for (const path of ['.git/config', './.git/config', 'open/../.git/config', '.env', 'open/.env'])
        expect(() => read(path)).toThrow('begins with a dot')
      for (const path of ['open/link', 'folder/config', 'folder/deep/x', join(folder, '.env')])
        expect(() => read(path)).toThrow('begins with a dot')
      for (const path of ['open/file', './open/file', 'fine', 'open/../open/file', join(folder, 'fine')])
        expect(read(path)).toBe('text')
    }))
  it('from any path that leads to a hidden file', () =>
    inFolder(folder => {
      mkdirSync(join(folder, 'a/.b'), { recursive: true })
      writeFileSync(join(folder, 'a/.b/canary'), 'canary')
      writeFileSync(join(folder, '.canary'), 'canary')
      const read = bytesReader(folder)
      const part = fc.constantFrom('a', '.b', '.', '..', 'canary', '.canary', '', 'A', '%2eb', '.b\\canary')
      fc.assert(
        fc.property(fc.array(part, { maxLength: 6 }), parts => {
          let found = ''
          try {
            found = read(parts.join('/')).toString()
          } catch {
            // refused
          }
          expect(found).toBe('')
        }),
        { seed, numRuns: numRuns * 5 },
      )
    }))
})

it('a glob finds nothing hidden, and one that names it is refused', () =>
  inFolder(async folder => {
    mkdirSync(join(folder, '.git'))
    mkdirSync(join(folder, 'a'))
    for (const path of ['.git/config', '.x.yaml', 'a/.x.yaml', 'a/x.yaml', 'y.yaml'])
      writeFileSync(join(folder, path), '')
    symlinkSync('../.git/config', join(folder, 'a/z.yaml'))
    for (const glob of ['!(x)', '**', '*/*', '?git/*', '[^a]*/*', '**/*.yaml', '@(*)/*'])
      expect((await configFiles(glob, folder)).filter(path => !/^(a\/x|y)\.yaml$/.test(path))).toEqual([])
    expect(await configFiles('**/*.yaml', folder)).toEqual(['a/x.yaml', 'y.yaml'])
    for (const glob of [
      '.git/**',
      '**/.x.yaml',
      '{.git,a}/*',
      '{a,.git}/*',
      '@(.git|a)/*',
      './.git/*',
      '[.]git/*',
      '\\.git/*',
    ])
      await expect(configFiles(glob, folder)).rejects.toMatchObject({ code: 'hidden-files' })
    expect(await configFiles('./a/*.yaml', folder)).toEqual(['a/x.yaml'])
  }))

/** Answers every request with the same refusal. */
const onRefusal = async (
  work: (url: string, refuse: (code: string, message: string) => void) => Promise<void>,
): Promise<void> => {
  let [code, message] = ['', '']
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(400, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': 'of a secret',
      })
      response.end(JSON.stringify({ __type: code, message }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, (...said) => {
      ;[code, message] = said
    })
  } finally {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  }
}

it('when a request carried a secret, nothing that AWS says of it is shown, in whatever spelling', () =>
  onRefusal(async (url, refuse) => {
    useAccount('111122223333')
    const trace: string[] = []
    const port = openPort({ region: 'eu-west-1', endpoint: url, trace: line => trace.push(line) })
    const secret = 'TheSecretThatIsSent+0123456789'
    port.hide(secret)
    const input = {
      UserPoolId: 'eu-west-1_abcdefghi',
      ProviderName: 'Corp',
      ProviderType: 'OIDC',
      ProviderDetails: { client_id: '1', client_secret: secret },
      AttributeMapping: {},
    }
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 3 }).map(word => `echo:${word}`),
        fc.constantFrom('InvalidParameterException', 'EchoOfTheSecretException', 'AccessDeniedException'),
        async (message, code) => {
          refuse(code, message)
          const error = await port.send('cognito-idp:CreateIdentityProvider', input).catch(error => error)
          if (!isAwsError(error)) throw error
          expect(error.code).toBe(code.startsWith('Echo') ? 'UnknownError' : code)
          expect(error.message).toContain('ProviderDetails.client_secret')
          const all = [error.message, error.code, error.stack, error.requestId, ...trace].join('\n')
          expect(/echo|of a secret/i.test(all)).toBe(false)
        },
      ),
      { seed, numRuns },
    )
    // what carried none is told in AWS's words, without the secret
    refuse('InvalidParameterException', `in base64 ${Buffer.from(secret).toString('base64')} is wrong`)
    const { ProviderDetails: _details, ...rest } = input
    const error = await port
      .send('cognito-idp:CreateIdentityProvider', { ...rest, ProviderDetails: { client_id: '1' } })
      .catch(error => error)
    expect(error.message).toBe('in base64 (secret) is wrong')
  }))

const file = (details: string, head = 'google: { env: HOSTILE_FLOW }') => `version: 1
stack: shop
region: eu-west-1
secrets: { ${head} }
userPools:
  customers:
    clients:
      issued: { generateSecret: true, clientSecretTo: { ssm: /shop/issued } }
    identityProviders:
      Corp:
        type: OIDC
        details: { client_id: "1", authorize_scopes: openid, attributes_request_method: GET, ${details} }
`
const secretOf = (issuer: string) => `client_secret: "\${secret.google}", oidc_issuer: "https://${issuer}"`
const provider = 'userPools.customers.identityProviders.Corp'
const client = 'userPools.customers.clients.issued'

/** Every rendering says of every flow what it is. */
const isSaid = (plan: Plan, flow: SecretFlow): void => {
  const plain = (text: string) => text.replaceAll('`', '').replaceAll(/\s+/g, ' ')
  for (const text of [renderPlan(plan), renderMarkdown(plan)])
    expect(plain(text)).toContain(plain(flowText(flow)))
}

it('what a change sends is said with its source and its destination, and anything new of either has an impact', () =>
  onBench(async bench => {
    process.env['HOSTILE_FLOW'] = 'TheSecretOfTheProvider+0123456789'
    const flow: SecretFlow = {
      from: { secret: 'google', source: { env: 'HOSTILE_FLOW' } },
      to: { address: provider, path: 'details.client_secret' },
    }
    try {
      const first = await bench.plan(await bench.file(file(secretOf('id.shop.example'))))
      expect(changeOf(first, provider)).toMatchObject({ flows: [flow] })
      expect(changeOf(first, provider).impact.toSorted()).toEqual(['secret-flow', 'security-loosening'])
      expect(changeOf(first, client)).toMatchObject({
        impact: ['secret-flow'],
        flows: [{ from: { made: client }, to: { ssm: '/shop/issued' } }],
      })
      for (const change of first.changes) for (const each of change.flows ?? []) isSaid(first, each)
      await bench.apply(first)

      const planned = async (text: string) => changeOf(await bench.plan(await bench.file(text)), provider)
      const scopes = file(secretOf('id.shop.example')).replace('scopes: openid', 'scopes: openid email')
      // sent again, to whom it was: said, and nothing new
      expect(await planned(scopes)).toMatchObject({ flows: [flow] })
      expect((await planned(scopes)).impact).not.toContain('secret-flow')
      expect((await planned(file(secretOf('id.other.example')))).impact).toContain('secret-flow')
      // AWS's own copy of it, to somebody else
      const held = await planned(file('oidc_issuer: "https://id.other.example"'))
      expect(held).toMatchObject({ flows: [{ from: { held: provider }, to: flow.to }] })
      expect(held.impact).toContain('secret-flow')
      process.env['HOSTILE_FLOW'] = 'AnotherSecretOfTheProvider+012345'
      expect((await planned(file(secretOf('id.shop.example')))).impact).toContain('secret-flow')
      // what could not be compared may be from anywhere; whoever can compare makes the same plan
      process.env['HOSTILE_FLOW'] = ''
      const blind = await bench.plan(await bench.file(scopes))
      expect(changeOf(blind, provider).impact).toContain('secret-flow')
      process.env['HOSTILE_FLOW'] = 'TheSecretOfTheProvider+0123456789'
      expect((await bench.plan(await bench.file(scopes))).hash).toBe(blind.hash)
    } finally {
      delete process.env['HOSTILE_FLOW']
    }
  }))
