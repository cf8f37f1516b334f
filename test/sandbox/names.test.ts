// Names that mean something to JavaScript, in every place of every request that takes a text: they are names and
// nothing else, no answer is an internal error, and nothing of this machine stands in one.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findInput, type Member } from '../../src/sandbox/model.ts'
import type { Json, Members } from '../../src/sandbox/service.ts'
import { type World, withSandbox } from './fixture.ts'

const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__']

const models = ['model.json', 'model-edges.json'].map(file => {
  const text = readFileSync(new URL(`../../src/sandbox/${file}`, import.meta.url), 'utf8')
  return JSON.parse(text) as { [service: string]: { operations: { [operation: string]: unknown } } }
})
const operations = models.flatMap(model =>
  Object.entries(model).flatMap(([service, { operations }]) =>
    Object.keys(operations).map(operation => ({ service, operation })),
  ),
)

const targets: { [service: string]: string } = {
  'cognito-idp': 'AWSCognitoIdentityProviderService',
  'cognito-identity': 'AWSCognitoIdentityService',
  wafv2: 'AWSWAF_20190729',
  ssm: 'AmazonSSM',
  secretsmanager: 'secretsmanager',
}

const token = 'a1b2c3d4-0000-4000-8000-000000000000'

const scope = (service: string, region = 'eu-west-1') =>
  `AWS4-HMAC-SHA256 Credential=123456789012/20261121/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`

/** A value of the shape that holds nothing but the name, whatever the shape allows. */
function fill({ shape, members, element, value }: Member, name: string): Json {
  if (shape.type === 'structure')
    return Object.fromEntries([...members].map(([key, member]) => [key, fill(member, name)]))
  if (shape.type === 'list') return element === undefined ? [] : [fill(element, name)]
  if (shape.type === 'map')
    return Object.fromEntries([[name, value === undefined ? name : fill(value, name)]])
  if (shape.type === 'integer') return shape.min ?? 1
  if (shape.type === 'boolean') return true
  return shape.enum?.[0] ?? name
}

function send({ sandbox }: World, service: string, operation: string, input: Members, region?: string) {
  return fetch(sandbox.url, {
    method: 'POST',
    headers: { authorization: scope(service, region), 'x-amz-target': `${targets[service]}.${operation}` },
    body: JSON.stringify(input),
  })
}

/** What an answer never is, and never holds. */
async function expectOrdinary(response: Response, what: string) {
  const text = await response.text()
  expect(response.status, `${what}: ${text}`).toBeLessThan(500)
  expect(text, what).not.toMatch(/node_modules|\.ts:\d|file:\/\/|native code|\[object /)
}

test('as every text, element and key of every operation', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const arn = `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${UserPoolId}`
    const made = await send(world, 'cognito-idp', 'CreateUserPoolClient', { UserPoolId, ClientName: 'web' })
    const { UserPoolClient } = (await made.json()) as { UserPoolClient: { ClientId: string } }
    const { ClientId } = UserPoolClient
    const there: { [member: string]: Json } = { UserPoolId, ClientId, ResourceArn: arn }
    for (const { service, operation } of operations)
      for (const name of names) {
        const root = findInput(service, operation)
        if (root === undefined || targets[service] === undefined) continue
        // A pool that exists is not deleted here, so that everything else finds it.
        if (/^Delete(UserPool|UserPoolClient)$/.test(operation)) continue
        const input = fill(root, name) as Members
        await expectOrdinary(await send(world, service, operation, input), `${operation} ${name}`)
        // One at a time, so that no other member is refused first.
        const required = [...root.members].filter(([, member]) => member.required).map(([key]) => key)
        const least = Object.fromEntries(required.map(key => [key, input[key] as Json]))
        await expectOrdinary(await send(world, service, operation, least), `${operation} ${name}, least`)
        if (!names.slice(0, 2).includes(name)) continue
        const found = Object.fromEntries(
          Object.entries({ ...least, ...input }).map(([key, value]) => [key, there[key] ?? value]),
        )
        for (const [key, value] of Object.entries(found)) {
          const one = {
            ...Object.fromEntries(required.map(each => [each, found[each] as Json])),
            [key]: value,
          }
          await expectOrdinary(await send(world, service, operation, one), `${operation} ${key} ${name}`)
        }
      }
    expect(Object.keys(Object.prototype)).toEqual([])
  }))

test('as names, tags and keys that are put, listed and removed', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const ask = async (service: string, operation: string, input: Members) => {
      const response = await send(world, service, operation, input)
      const text = await response.text()
      expect(response.status, `${operation}: ${text}`).toBe(200)
      return (text === '' ? {} : JSON.parse(text)) as Members
    }
    const cognito = (operation: string, input: Members) =>
      ask('cognito-idp', operation, { UserPoolId, ...input })
    const tags = (name: string): Members => JSON.parse(`{${JSON.stringify(name)}:"1"}`)
    for (const name of names) {
      await cognito('CreateGroup', { GroupName: name })
      await cognito('GetGroup', { GroupName: name })
      await cognito('CreateResourceServer', { Identifier: name, Name: name })
      await ask('ssm', 'PutParameter', { Name: name, Value: name, Type: 'String' })
      await ask('secretsmanager', 'CreateSecret', {
        Name: name,
        SecretString: name,
        ClientRequestToken: token,
      })
      const ResourceArn = `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${UserPoolId}`
      await ask('cognito-idp', 'TagResource', { ResourceArn, Tags: tags(name) })
      const { Tags } = await ask('cognito-idp', 'ListTagsForResource', { ResourceArn })
      expect(Object.keys(Tags as Members)).toEqual([name])
      await ask('cognito-idp', 'UntagResource', { ResourceArn, TagKeys: [name] })
    }
    const { Groups } = await cognito('ListGroups', {})
    expect((Groups as Members[]).map(({ GroupName }) => GroupName).sort()).toEqual([...names].sort())
    world.sandbox.state.restore(world.sandbox.state.snapshot())
    for (const name of names) {
      await cognito('DeleteGroup', { GroupName: name })
      const { Parameter } = await ask('ssm', 'GetParameter', { Name: name })
      expect((Parameter as Members).Value).toBe(name)
    }
    expect(await cognito('ListGroups', {})).toMatchObject({ Groups: [] })
  }))

test('as Region, account, service, target and path', () =>
  withSandbox(async world => {
    for (const name of [...names, '../../etc/passwd', '*', '', 'eu-west-1/x']) {
      for (const { service, operation } of operations) {
        if (!/^(List|Get)/.test(operation) || targets[service] === undefined) continue
        const response = await send(world, service, operation, {}, name)
        expect([400, 403], `${operation} in ${name}`).toContain(response.status)
        await expectOrdinary(response, operation)
      }
      const shapes: [string, { [header: string]: string }, string][] = [
        ['/', { authorization: scope('iam', name) }, `Action=${name}&Version=2010-05-08`],
        ['/', { authorization: scope(name) }, `Action=ListRoles&${name}.${name}.1=x`],
        ['/', { 'x-amz-target': `${name}.${name}` }, '{}'],
        ['/', { authorization: scope(name), 'x-amz-target': `${name}.${name}` }, '{}'],
        [`/${name}`, { authorization: scope('lambda') }, '{}'],
        [`/2015-03-31/functions/${encodeURIComponent(name)}/policy`, { authorization: scope('lambda') }, ''],
      ]
      for (const [path, headers, body] of shapes)
        await expectOrdinary(
          await fetch(world.sandbox.url + path, { method: 'POST', headers, body }),
          `${path} ${JSON.stringify(headers)}`,
        )
    }
    expect(Object.keys(JSON.parse(world.sandbox.state.snapshot()))).toEqual([])
  }))

test('as fields of forms, whose depth has a bound', () =>
  withSandbox(async world => {
    const form = (fields: [string, string][]) =>
      fetch(world.sandbox.url, {
        method: 'POST',
        headers: { authorization: scope('iam') },
        body: new URLSearchParams([['Version', '2010-05-08'], ...fields]),
      })
    for (const { service, operation } of operations) {
      if (service !== 'iam' && service !== 'sts') continue
      for (const name of names) {
        const members = [...(findInput(service, operation)?.members.keys() ?? [])]
        const fields = [...members, name, `${name}.member.1.${name}`, `Tags.member.${name}.Key`]
        const all = fields.map((field): [string, string] => [field, name])
        await expectOrdinary(await form([['Action', operation], ...all]), `${operation} ${name}`)
      }
    }
    const deep = await form([
      ['Action', 'ListRoles'],
      ['a.'.repeat(1_000_000), 'x'],
    ])
    expect(deep.status).toBe(400)
  }))

test('in JSON that is nested deeper than anything means', () =>
  withSandbox(async world => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const body = `{"UserPoolTags":${open.repeat(300_000)}1${close.repeat(300_000)}}`
      const response = await fetch(world.sandbox.url, {
        method: 'POST',
        headers: {
          authorization: scope('cognito-idp'),
          'x-amz-target': `${targets['cognito-idp']}.CreateUserPool`,
        },
        body,
      })
      expect(await response.json()).toMatchObject({ __type: 'SerializationException' })
    }
  }))
