// Names, descriptions, tags, documents and errors that AWS holds, written by somebody who wishes us ill: whatever the
// command, nothing of them reaches a terminal, a log or a comment as it is, and files made of them can be read.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CreateIdentityPoolCommand } from '@aws-sdk/client-cognito-identity'
import {
  CreateGroupCommand,
  CreateIdentityProviderCommand,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { renderDotenv } from '../../src/render/outputs/files.ts'
import { safe, safeJson, safeLines } from '../../src/render/printable.ts'
import { wrap } from '../../src/render/text/wrap.ts'
import { count } from '../faults/counts.ts'
import { command } from '../journeys/command.ts'
import { type Bench, onBench, region } from '../journeys/run.ts'
import { evil, markupIn, orders, rawIn, unseen } from './raw.ts'

const cases = { texts: 0, errors: 0 }

const document = (words: object) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...words }] })

/** One of everything, each text a word of its own that begins with `TEXT`, `NAME` or `TAG`. */
const make = async ({ cognito, identity, iam }: Bench): Promise<string> => {
  const { UserPool } = await cognito.send(
    new CreateUserPoolCommand({
      PoolName: 'TEXTpool',
      UserPoolTags: { TAGkey: 'TAGvalue' },
      Schema: [{ Name: 'NAMEattribute', AttributeDataType: 'String' }],
      VerificationMessageTemplate: { EmailSubject: 'TEXTsubject', EmailMessage: 'TEXTmail {####}' },
      AdminCreateUserConfig: {
        InviteMessageTemplate: {
          EmailMessage: 'TEXTinvitation {username} {####}',
          SMSMessage: 'TEXTsms {username} {####}',
        },
      },
    }),
  )
  const UserPoolId = UserPool?.Id as string
  await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'NAMEgroup', Description: 'TEXTgroup' }))
  await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: 'TEXTclient',
      CallbackURLs: ['https://TEXTurl'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthScopes: ['openid'],
    }),
  )
  await cognito.send(
    new CreateResourceServerCommand({
      UserPoolId,
      Identifier: 'NAMEserver',
      Name: 'TEXTserver',
      Scopes: [{ ScopeName: 'read', ScopeDescription: 'TEXTscope' }],
    }),
  )
  await cognito.send(
    new CreateIdentityProviderCommand({
      UserPoolId,
      ProviderName: 'NAMEp',
      ProviderType: 'OIDC',
      ProviderDetails: {
        client_id: 'TEXTid',
        client_secret: 's',
        authorize_scopes: 'TEXTscopes',
        oidc_issuer: 'https://example.com',
        attributes_request_method: 'GET',
      },
      AttributeMapping: { email: 'TEXTclaim' },
      IdpIdentifiers: ['TEXTidentifier'],
    }),
  )
  await identity.send(
    new CreateIdentityPoolCommand({
      IdentityPoolName: 'TEXTidentities',
      AllowUnauthenticatedIdentities: false,
      DeveloperProviderName: 'TEXTdeveloper',
      IdentityPoolTags: { TAGkey: 'TAGvalue' },
    }),
  )
  await iam.send(
    new CreateRoleCommand({
      RoleName: 'NAMErole',
      Description: 'TEXTrole',
      AssumeRolePolicyDocument: document({
        Sid: 'TEXTsid',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { 'cognito-identity.amazonaws.com:aud': 'TEXTaudience' } },
      }),
      Tags: [{ Key: 'TAGkey', Value: 'TAGvalue' }],
    }),
  )
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'NAMErole',
      PolicyName: 'own',
      PolicyDocument: document({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::TEXTbucket' }),
    }),
  )
  return UserPoolId
}

/** Changes every text of a value, its keys too. */
const rewritten = (value: unknown, rewrite: (text: string) => string): unknown => {
  if (typeof value === 'string') return rewrite(value)
  if (Array.isArray(value)) return value.map(item => rewritten(item, rewrite))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [rewrite(key), rewritten(inner, rewrite)]),
  )
}

/** Puts other texts in the places of the words, past everything that AWS checks. Answers how many. */
const plant = ({ sandbox }: Bench, text: string): number => {
  let planted = 0
  const rewrite = (held: string) =>
    held.replace(/(TEXT|NAME|TAG)(\w+)/g, (_, sort: string, word: string) => {
      planted += 1
      // names travel in requests and tags are patterned: these are what AWS lets through
      if (sort === 'NAME') return `${word}${word === 'role' ? '' : orders.replaceAll(' ', '').slice(0, 24)}`
      // what travels in a request again: AWS has no longer one, and no other characters in it
      if (word === 'developer')
        return `${word}${orders.replaceAll(' ', '').slice(0, 24)}`.replaceAll(/[^\w.-]/g, '_')
      // a description of a group is any text
      if (word === 'group') return evil
      if (sort === 'TAG') return `::${word}::x @all \u2028 //=`
      return held.startsWith('{') ? JSON.stringify(`${word} ${text}`).slice(1, -1) : `${word} ${text}`
    })
  for (const service of ['cognito-idp', 'cognito-identity', 'iam']) {
    const slice = sandbox.state.slice<{ [key: string]: unknown }>(service, () => ({}))
    for (const [key, value] of Object.entries(slice)) slice[key] = rewritten(value, rewrite)
  }
  return planted
}

const run = async (bench: Bench, line: string) => {
  const ran = await command(bench, ...line.split(' '))
  expect(rawIn(ran.said), line).toEqual([])
  if (line.includes('--markdown')) expect(markupIn(ran.printed), line).toEqual([])
  if (line.includes('--json')) JSON.parse(ran.printed)
  expect(ran.said, line).not.toContain('this is a bug in cogsync 0')
  return ran
}

const importing = `import --all --stack shop --region ${region}`
const looking = ['plan', 'plan --json', 'plan --markdown', 'plan --debug', 'drift', 'drift --json']

const rounds = [
  importing,
  'validate',
  'validate --json',
  'plan --out plan.json',
  'show plan.json',
  'show plan.json --json',
  'show plan.json --markdown',
  ...looking,
]

test.each([
  ['that are orders', orders],
  ['of eighty thousand characters', 'very long '.repeat(8000)],
])('texts %s are printed safely, and imported into a file that is valid', (_what, text) =>
  onBench(async bench => {
    await make(bench)
    const planted = plant(bench, text)
    for (const line of rounds) {
      const { code, said } = await run(bench, line)
      expect([line, code], said).toEqual([line, line.startsWith('drift') ? 2 : 0])
    }
    expect(rawIn(readFileSync(join(bench.folder, 'cognito.yaml'), 'utf8')).filter(isUnseen)).toEqual([])
    cases.texts += planted * rounds.length
  }),
)

test('texts that AWS would never take are printed safely', () =>
  onBench(async bench => {
    await make(bench)
    const planted = plant(bench, evil)
    for (const line of [...rounds, `${importing} --force --json`]) await run(bench, line)
    expect(rawIn(readFileSync(join(bench.folder, 'cognito.yaml'), 'utf8')).filter(isUnseen)).toEqual([])
    cases.texts += planted * (rounds.length + 1)
  }))

/** A file may hold what a runner would obey: it is not printed as it is. */
const isUnseen = (raw: string): boolean => !/::|##/.test(raw)

test('texts are printed safely where they stand against the file, are taken into it, and overwritten', () =>
  onBench(async bench => {
    const id = await make(bench)
    const planted = plant(bench, evil)
    await bench.file(
      `version: 1\nstack: shop\nregion: ${region}\nuserPools:\n  main:\n    id: ${id}\n    name: other\n    groups: { own: {} }\n`,
    )
    const formats = ['table', 'json', 'dotenv', 'tfvars'].map(format => `outputs --format ${format}`)
    const lines = [
      ...looking,
      ...formats,
      'outputs --json',
      'drift --accept',
      'apply --yes',
      ...formats,
      ...looking,
    ]
    for (const line of lines) await run(bench, line)
    cases.texts += planted * lines.length
  }))

const file = `version: 1
stack: shop
region: ${region}
userPools:
  main:
    name: main
    clients:
      server: { generateSecret: true, clientSecretTo: { ssm: /shop/server } }
roles:
  texts:
    trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: cognito-idp.amazonaws.com }, Action: "sts:AssumeRole" }] }
`

test('errors of AWS are printed safely, whatever met them', () =>
  onBench(async bench => {
    await bench.file(file)
    expect((await run(bench, 'apply --yes')).code).toBe(0)
    await bench.file(file.replace('name: main', 'name: main\n    deletionProtection: ACTIVE'))
    const lines = [
      'plan',
      'plan --markdown',
      'drift --json --debug',
      'outputs',
      'apply --yes',
      `${importing} --force --out other.yaml`,
      'rotate userPools.main.clients.server --yes',
    ]
    const operations = [
      'GetCallerIdentity',
      'DescribeUserPool',
      'ListUserPools',
      'ListUserPoolClients',
      'DescribeUserPoolClient',
      'UpdateUserPool',
      'GetRole',
      'GetParameter',
      'PutParameter',
      'AddUserPoolClientSecret',
      'ListUserPoolClientSecrets',
    ]
    const codes = ['InvalidParameterException', 'AccessDeniedException', '::error::##[error]owned']
    for (const [index, operation] of operations.entries()) {
      const mend = bench.sandbox.inject({
        when: { operation },
        // biome-ignore lint/suspicious/noThenProperty: the fault's own word; nothing awaits a fault
        then: { error: { code: codes[index % codes.length] as string, message: evil, status: 400 } },
      })
      for (const line of lines) await run(bench, line)
      mend()
    }
    cases.errors += operations.length * lines.length
  }))

test('no line that is made of safe text begins with an order, and none holds one', () => {
  for (const text of [...unseen, orders, evil, ' ::error::x', '\u00a0::error::x', '###[error]', '##vso[x]']) {
    expect(
      rawIn(
        [safe(text), safe(` ${text}`), ...safeLines(text), ...wrap(safe(`a ${text}`), '  ', 3)].join('\n'),
      ),
    ).toEqual([])
    expect(rawIn(safeJson({ [text]: text }))).toEqual([])
    expect(JSON.parse(safeJson({ [text]: text }))).toEqual({ [text]: text })
  }
  expect(safe('arn:aws:iam::111122223333:role/a and Shop :: Sign in, C#[1], #a')).toBe(
    'arn:aws:iam::111122223333:role/a and Shop :: Sign in, C#[1], #a',
  )
})

test('a tag that the renderer has too is seen where it comes from AWS', () => {
  expect(markupIn('| a<br>b | `<br>owned` |')).toEqual([])
  for (const tag of ['<br>', '<details>', '</details>', '<summary>', '</summary>'])
    expect([tag, markupIn(`a ${tag}owned`)]).toEqual([tag, [`a ${tag}owned`]])
})

test('a shell reads the same values from dotenv lines', () => {
  const values = ['plain', 'a b', "it's", '"$HOME" `id` \\', `'"$(id)\`id\`\\`, 'x;y&z', '#a', '~', '*', '']
  const variables = values.map((value, index) => ({ name: `V${index}`, address: '', value }))
  const script = `${renderDotenv(variables)}for i in ${values.map((_, index) => `"$V${index}"`).join(' ')}; do printf '%s\\n' "$i"; done`
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(
    values.map(value => `${value}\n`).join(''),
  )
})

test('every case was tried', () =>
  count('hostile-aws', {
    'a text that AWS holds is printed by a command': cases.texts,
    'a command meets an error that says harmful things': cases.errors,
  }))
