// Parameter Store in the sandbox.
import {
  AddTagsToResourceCommand,
  DeleteParameterCommand,
  GetParameterCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

function withStore(test: (ssm: SSMClient, world: World) => Promise<void>): Promise<void> {
  return withSandbox(world => test(world.client(SSMClient), world))
}

function put(more: Partial<PutParameterCommandInput> = {}): PutParameterCommand {
  return new PutParameterCommand({ Name: '/shop/google', Value: 'hunter2', Type: 'String', ...more })
}

async function read(ssm: SSMClient, Name: string, WithDecryption?: boolean) {
  const { Parameter } = await ssm.send(
    new GetParameterCommand({ Name, ...(WithDecryption !== undefined && { WithDecryption }) }),
  )
  return Parameter
}

const absent = ['ParameterNotFound', 'UnknownError'] as const

test('puts a parameter and gets it by name, by ARN and by version', () =>
  withStore(async (ssm, { pass }) => {
    const { $metadata: _, ...answer } = await ssm.send(put())
    expect(answer).toEqual({ Version: 1, Tier: 'Standard' })
    pass(1000)
    expect((await ssm.send(put({ Value: 'a,b', Type: 'StringList', Overwrite: true }))).Version).toBe(2)
    const ARN = 'arn:aws:ssm:eu-west-1:123456789012:parameter/shop/google'
    const latest = {
      Name: '/shop/google',
      Type: 'StringList',
      Value: 'a,b',
      Version: 2,
      LastModifiedDate: new Date('2026-11-21T08:00:01.981Z'),
      ARN,
      DataType: 'text',
    }
    expect(await read(ssm, '/shop/google')).toEqual(latest)
    expect(await read(ssm, ARN)).toEqual(latest)
    expect(await read(ssm, '/shop/google:1')).toMatchObject({
      Name: '/shop/google',
      Selector: ':1',
      Value: 'hunter2',
      Type: 'String',
    })
    await expectRefusal(
      read(ssm, '/shop/google:9'),
      'ParameterVersionNotFound',
      'Systems Manager could not find version 9 of /shop/google. Verify the version and try again.',
    )
  }))

test('shows a secure string only to who asks for its decryption', () =>
  withStore(async ssm => {
    await ssm.send(put({ Type: 'SecureString' }))
    for (const answer of [await read(ssm, '/shop/google'), await read(ssm, '/shop/google', false)]) {
      expect(answer?.Type).toBe('SecureString')
      expect(answer?.Value).toMatch(/^AQICAH[\w+/]+==$/)
    }
    expect((await read(ssm, '/shop/google', true))?.Value).toBe('hunter2')
  }))

test('overwrites only when told to, and keeps the type that is left out', () =>
  withStore(async ssm => {
    await ssm.send(put({ Type: 'SecureString' }))
    await expectRefusal(
      ssm.send(put()),
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
    await ssm.send(new PutParameterCommand({ Name: '/shop/google', Value: 'hunter3', Overwrite: true }))
    expect(await read(ssm, '/shop/google', true)).toMatchObject({
      Type: 'SecureString',
      Value: 'hunter3',
      Version: 2,
    })
    await expectRefusal(
      ssm.send(new PutParameterCommand({ Name: '/shop/apple', Value: 'x', Overwrite: true })),
      'ValidationException',
      'A parameter type is required when you create a parameter.',
    )
  }))

test('answers a missing parameter without a text', () =>
  withStore(async (ssm, { client, sandbox }) => {
    await expectRefusal(read(ssm, '/shop/google'), ...absent)
    await expectRefusal(read(ssm, 'constructor'), ...absent)
    await expectRefusal(ssm.send(new DeleteParameterCommand({ Name: '/shop/google' })), ...absent)
    await ssm.send(put())
    await expectRefusal(read(client(SSMClient, { account: '210987654321' }), '/shop/google'), ...absent)
    await ssm.send(new DeleteParameterCommand({ Name: '/shop/google' }))
    await expectRefusal(read(ssm, '/shop/google'), ...absent)
    const response = await fetch(sandbox.url, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=123456789012/20261121/eu-west-1/ssm/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-target': 'AmazonSSM.GetParameter',
      },
      body: '{"Name":"/shop/google"}',
    })
    expect([response.status, await response.text()]).toEqual([400, '{"__type":"ParameterNotFound"}'])
  }))

test('takes a name of one level with or without its slash', () =>
  withStore(async ssm => {
    await ssm.send(put({ Name: 'google' }))
    expect((await read(ssm, '/google'))?.Name).toBe('/google')
    const parameter = await read(ssm, 'google')
    expect(parameter?.ARN).toBe('arn:aws:ssm:eu-west-1:123456789012:parameter/google')
    expect((await read(ssm, parameter?.ARN ?? ''))?.Name).toBe('google')
    await expectRefusal(ssm.send(put({ Name: '/google' })), 'ParameterAlreadyExists', /./)
  }))

test.each([
  ['shop/google', 'ValidationException'],
  ['/shop//google', 'ValidationException'],
  ['/shop/goo gle', 'ValidationException'],
  ['ssm-google', 'ValidationException'],
  ['awsGoogle', 'ValidationException'],
  ['/aws/google', 'AccessDeniedException'],
  ['/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p', 'HierarchyLevelLimitExceededException'],
])('refuses the name %s', (Name, error) =>
  withStore(async ssm => {
    await expectRefusal(ssm.send(put({ Name })), error, /./)
  }),
)

test('limits the size of a value by its tier', () =>
  withStore(async ssm => {
    const Value = 'x'.repeat(4097)
    await expectRefusal(
      ssm.send(put({ Value })),
      'ValidationException',
      /^Standard tier parameters support a maximum parameter value of 4096 characters\./,
    )
    expect((await ssm.send(put({ Value, Tier: 'Intelligent-Tiering' }))).Tier).toBe('Advanced')
    await expectRefusal(
      ssm.send(put({ Overwrite: true, Tier: 'Standard' })),
      'ValidationException',
      /can't downgrade/,
    )
    expect((await ssm.send(put({ Overwrite: true }))).Tier).toBe('Advanced')
    await expectRefusal(
      ssm.send(put({ Overwrite: true, Value: 'x'.repeat(8193) })),
      'ValidationException',
      /^Advanced tier/,
    )
    await expectRefusal(
      ssm.send(put({ Name: '/shop/number', AllowedPattern: '^\\d+$' })),
      'ParameterPatternMismatchException',
      'Parameter value, cannot be validated against allowedPattern: ^\\d+$',
    )
  }))

test('tags at creation and later, but never with an overwrite', () =>
  withStore(async ssm => {
    const tag = { Key: 'team', Value: 'identity' }
    await ssm.send(put({ Tags: [tag] }))
    await expectRefusal(
      ssm.send(put({ Tags: [tag], Overwrite: true })),
      'ValidationException',
      /^Invalid request: tags and overwrite can't be used together\./,
    )
    const resource = { ResourceType: 'Parameter', ResourceId: '/shop/google' } as const
    const second = { Key: 'stage', Value: 'test' }
    await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: [second] }))
    const { TagList } = await ssm.send(new ListTagsForResourceCommand(resource))
    expect(TagList).toEqual([tag, second])
    await expectRefusal(
      ssm.send(new AddTagsToResourceCommand({ ...resource, ResourceId: '/gone', Tags: [tag] })),
      'InvalidResourceId',
      /./,
    )
  }))

test('neither logs a value nor repeats it in an error, and counts its writes', () =>
  withStore(async (ssm, { sandbox }) => {
    const tag = { Key: 'team', Value: 'identity' }
    await ssm.send(put({ Tags: [tag] }))
    await read(ssm, '/shop/google', true)
    await expectRefusal(
      ssm.send(put({ Value: '' })),
      'ValidationException',
      "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
    )
    expect(sandbox.requests[0]?.input).toEqual({
      Name: '/shop/google',
      Type: 'String',
      Value: '(redacted)',
      Tags: [tag],
    })
    expect(JSON.stringify(sandbox.requests)).not.toContain('hunter2')
    expect(sandbox.writes()).toBe(2)
  }))
