// Answers that no AWS gives: cut, empty, of another sort, made by somebody in between; and saved plans that somebody
// changed. Whatever the command, it ends with a documented exit code, no stack trace, and no secret.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { FaultAction } from '../../src/sandbox/index.ts'
import { count } from '../faults/counts.ts'
import { type Bench, onBench, region } from '../journeys/run.ts'
import { cli, crashIn, type Ran } from './cli.ts'
import { evil, rawIn } from './raw.ts'

const file = `version: 1
stack: shop
region: ${region}
userPools:
  customers:
    name: shop-customers
    clients:
      worker: { generateSecret: true, clientSecretTo: { ssm: /shop/worker } }
identityPools:
  app:
    allowUnauthenticatedIdentities: false
    cognitoIdentityProviders: [{ client: customers.worker }]
    roles: { authenticated: "\${roles.member.arn}" }
roles:
  member:
    name: shop-member
    trust: { identityPool: app, amr: authenticated }
    policies:
      uploads: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:PutObject", Resource: "*" }] }
`

const cases = { answers: 0, plans: 0 }

const answer = (type: string, body: string, status = 200): FaultAction => ({
  answer: { status, type, body },
  acts: false,
})
const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">${[...'bcdefghij']
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghij'[index]};`.repeat(10)}">`)
  .join('')}]><GetRoleResponse><GetRoleResult><Role><Path>&j;</Path></Role></GetRoleResult></GetRoleResponse>`

const spoilt: { [how: string]: FaultAction } = {
  'cut in the middle': { truncate: true },
  'a page to sign in to a proxy': answer('text/html', '<html><body><h1>Sign in</h1><form></body></html>'),
  'a page of an error': answer('text/html', '<html>Bad gateway</html>', 502),
  'an error without a name': answer('application/json', '{}', 400),
  nothing: answer('application/x-amz-json-1.1', ''),
  'half of XML': answer('text/xml', '<GetRoleResponse><GetRoleResult><Role><RoleName>shop-mem'),
  'XML that means nothing': answer('text/xml', '<a><b/></a>'),
  'XML full of entities': answer('text/xml', bomb),
  'JSON under the name of XML': answer('text/xml', '{"Role":{}}'),
  'XML under the name of JSON': answer('application/x-amz-json-1.1', '<Role/>'),
  'an empty object': answer('application/x-amz-json-1.1', '{}'),
  'no object': answer('application/x-amz-json-1.1', 'null'),
}

const secretsOf = ({ sandbox }: Bench): string[] =>
  [...sandbox.state.snapshot().matchAll(/"value":"([0-9a-z]{40,})"/g)].map(([, value = '']) => value)

/** Nothing that a crash leaves, nothing raw, no secret, and an exit code that is documented. */
const isCalm = (bench: Bench, what: string, ran: Ran): void => {
  const said = `${ran.stdout}${ran.stderr}`
  expect([what, crashIn(ran)], said).toEqual([what, []])
  expect([what, rawIn(said)]).toEqual([what, []])
  expect([0, 1, 2, 4, 5, 6], what).toContain(ran.code)
  for (const secret of secretsOf(bench)) expect(said.includes(secret), what).toBe(false)
}

/** Runs a command line on a bench. */
const runnerOn =
  ({ folder, sandbox }: Bench) =>
  (line: string): Promise<Ran> =>
    cli(folder, [...line.split(' '), ...(line.startsWith('show') ? [] : ['--endpoint-url', sandbox.url])])

const lines = ['plan', 'drift --json', 'outputs', 'outputs --json --debug', 'apply --yes --debug']

it.each(Object.entries(spoilt))('any answer may be %s', (how, action) =>
  onBench(async bench => {
    await bench.file(file)
    const run = runnerOn(bench)
    expect((await run('apply --yes')).code).toBe(0)
    expect(secretsOf(bench).length).toBeGreaterThan(0)
    const made = bench.sandbox.state.snapshot()
    await run('outputs')
    bench.sandbox.resetLog()
    await run('plan')
    const operations = [...new Set(bench.sandbox.requests.map(({ operation }) => operation))]
    for (const [index, operation] of operations.entries()) {
      bench.sandbox.state.restore(made)
      // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
      const mend = bench.sandbox.inject({ when: { operation }, then: action })
      for (const line of [lines[index % lines.length] as string, 'outputs --json'])
        isCalm(bench, `${how}: ${operation}, ${line}`, await run(line))
      mend()
      cases.answers += 2
    }
  }),
)

it('an empty answer to a list is not taken for nothing there: nothing is made again', () =>
  onBench(async bench => {
    await bench.file(file)
    const run = runnerOn(bench)
    expect((await run('apply --yes')).code).toBe(0)
    for (const operation of ['ListUserPools', 'ListUserPoolClients', 'ListIdentityPools']) {
      const then = answer('application/x-amz-json-1.1', '{}')
      const mend = bench.sandbox.inject({ when: { operation }, then })
      bench.sandbox.resetLog()
      expect([operation, (await run('apply --yes')).code]).toEqual([operation, 1])
      expect([operation, bench.sandbox.writes()]).toEqual([operation, 0])
      mend()
      cases.answers += 1
    }
  }))

/** Somebody's changes to a saved plan: cut, of another sort, and with harmful text, sealed or not. */
const changes: { [how: string]: (plan: string) => string } = {
  'cut in the middle': plan => plan.slice(0, plan.length / 2),
  'cut to nothing': () => '',
  'no object': () => 'null',
  'a list': () => '[]',
  'another document': () => '{"format":1}',
  'full of nothing': plan => plan.replace(/"changes": \[[\s\S]*\],/, '"changes": [null],'),
  'of changes that are none': plan => plan.replace(/"changes": \[[\s\S]*\],/, '"changes": [{}],'),
  'with another name in it': plan => plan.replaceAll('shop-customers', JSON.stringify(evil).slice(1, -1)),
  'without its seal': plan => plan.replace(/"seal": ".*"/, '"seal": ""'),
  'with a seal that is no text': plan => plan.replace(/"seal": ".*"/, '"seal": {}'),
  'of another version': plan => plan.replace(/"tool": ".*"/, `"tool": ${JSON.stringify(evil)}`),
  'of a tool that has no version': plan => plan.replace(/"tool": ".*"/, '"tool": "x"'),
  'with a prototype': plan => plan.replace('{', '{ "__proto__": { "polluted": true },'),
  'of bytes that are no text': () => '\u0000\u001b[31m\ud800',
}

it.each(Object.entries(changes))('a saved plan that is %s is neither shown nor applied', (how, change) =>
  onBench(async bench => {
    await bench.file(file)
    const run = runnerOn(bench)
    expect((await run('plan --out plan.json')).code).toBe(0)
    const path = join(bench.folder, 'plan.json')
    const changed = change(readFileSync(path, 'utf8'))
    expect(changed).not.toBe(readFileSync(path, 'utf8'))
    writeFileSync(path, changed)
    const uses = [
      'show plan.json',
      'show plan.json --json',
      'show plan.json --markdown',
      'apply plan.json --yes',
    ]
    for (const line of uses) {
      const ran = await run(line)
      isCalm(bench, `${how}: ${line}`, ran)
      expect([line, ran.code]).toEqual([line, 5])
      cases.plans += 1
    }
    expect(bench.sandbox.writes()).toBe(0)
  }),
)

it('every case was tried', () =>
  count('hostile-answers', {
    'a command meets an answer that no AWS gives': cases.answers,
    'a saved plan that somebody changed is used': cases.plans,
  }))
