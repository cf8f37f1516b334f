// Secrets Manager in the sandbox.
import {
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  TagResourceCommand,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

function withSecrets(test: (secrets: SecretsManagerClient, world: World) => Promise<void>): Promise<void> {
  return withSandbox(world => test(world.client(SecretsManagerClient), world))
}

const token = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}`

function create(more: Partial<CreateSecretCommandInput> = {}): CreateSecretCommand {
  const input = { Name: 'shop/google', SecretString: 'hunter2', ClientRequestToken: token(1) }
  return new CreateSecretCommand({ ...input, ...more })
}

function putValue(SecretString: string, digit: number, VersionStages?: string[]): PutSecretValueCommand {
  return new PutSecretValueCommand({
    SecretId: 'shop/google',
    SecretString,
    ClientRequestToken: token(digit),
    ...(VersionStages !== undefined && { VersionStages }),
  })
}

async function read(secrets: SecretsManagerClient, SecretId = 'shop/google', more: object = {}) {
  const { $metadata: _, ...answer } = await secrets.send(new GetSecretValueCommand({ SecretId, ...more }))
  return answer
}

async function describeSecret(secrets: SecretsManagerClient, SecretId = 'shop/google') {
  const { $metadata: _, ...answer } = await secrets.send(new DescribeSecretCommand({ SecretId }))
  return answer
}

const missing = ['ResourceNotFoundException', "Secrets Manager can't find the specified secret."] as const
const marked = [
  'InvalidRequestException',
  "You can't perform this operation on the secret because it was marked for deletion.",
] as const

test('creates a secret and gets its value by name, ARN and the ARN without its end', () =>
  withSecrets(async secrets => {
    const { ARN = '', Name, VersionId } = await secrets.send(create())
    expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop\/google-[A-Za-z0-9]{6}$/)
    expect([Name, VersionId]).toEqual(['shop/google', token(1)])
    const answer = {
      ARN,
      Name: 'shop/google',
      VersionId: token(1),
      SecretString: 'hunter2',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: new Date('2026-11-21T08:00:00.981Z'),
    }
    for (const id of ['shop/google', ARN, ARN.slice(0, -7)]) expect(await read(secrets, id)).toEqual(answer)
    expect(await describeSecret(secrets)).toEqual({
      ARN,
      Name: 'shop/google',
      CreatedDate: new Date('2026-11-21T08:00:00.981Z'),
      LastChangedDate: new Date('2026-11-21T08:00:00.981Z'),
      LastAccessedDate: new Date('2026-11-21T00:00:00Z'),
      VersionIdsToStages: { [token(1)]: ['AWSCURRENT'] },
    })
  }))

test('keeps binary values as they came, and takes one kind of value only', () =>
  withSecrets(async secrets => {
    const SecretBinary = new Uint8Array([0, 255, 7])
    await expectRefusal(
      secrets.send(create({ SecretBinary })),
      'InvalidParameterException',
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    )
    await secrets.send(new CreateSecretCommand({ Name: 'key', SecretBinary, ClientRequestToken: token(1) }))
    const answer = await read(secrets, 'key')
    expect([answer.SecretString, [...(answer.SecretBinary ?? [])]]).toEqual([undefined, [0, 255, 7]])
  }))

test('moves the stages with each new value', () =>
  withSecrets(async secrets => {
    await secrets.send(create())
    await secrets.send(putValue('hunter3', 2))
    expect((await read(secrets)).SecretString).toBe('hunter3')
    expect((await read(secrets, undefined, { VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('hunter2')
    expect((await read(secrets, undefined, { VersionId: token(1) })).SecretString).toBe('hunter2')
    const pending = await secrets.send(putValue('hunter4', 3, ['PUT1', 'AWSPENDING']))
    expect(pending.VersionStages).toEqual(['AWSPENDING', 'PUT1'])
    expect((await read(secrets)).SecretString).toBe('hunter3')
    await secrets.send(putValue('hunter5', 4))
    expect((await describeSecret(secrets)).VersionIdsToStages).toEqual({
      [token(2)]: ['AWSPREVIOUS'],
      [token(3)]: ['AWSPENDING', 'PUT1'],
      [token(4)]: ['AWSCURRENT'],
    })
    await expectRefusal(
      read(secrets, undefined, { VersionStage: 'AWSNEXT' }),
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for staging label: AWSNEXT",
    )
    await expectRefusal(
      read(secrets, undefined, { VersionId: token(9) }),
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for VersionId: ${token(9)}`,
    )
    await expectRefusal(
      read(secrets, undefined, { VersionId: token(2), VersionStage: 'AWSCURRENT' }),
      'InvalidRequestException',
      'You provided a VersionStage that is not associated to the provided VersionId.',
    )
  }))

test('does the same request once, and refuses its token for another value', () =>
  withSecrets(async (secrets, { sandbox }) => {
    const first = await secrets.send(create())
    expect((await secrets.send(create())).ARN).toBe(first.ARN)
    for (const more of [{ SecretString: 'hunter3' }, { ClientRequestToken: token(2) }]) {
      await expectRefusal(
        secrets.send(create(more)),
        'ResourceExistsException',
        'The operation failed because the secret shop/google already exists.',
      )
    }
    await secrets.send(putValue('hunter3', 2))
    await secrets.send(putValue('hunter4', 3))
    // A late repetition does not make an old value current again.
    await secrets.send(putValue('hunter3', 2))
    expect((await read(secrets)).SecretString).toBe('hunter4')
    await expectRefusal(
      secrets.send(putValue('hunter5', 2)),
      'ResourceExistsException',
      /^You can't use ClientRequestToken /,
    )
    const response = await fetch(sandbox.url, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=123456789012/20261121/eu-west-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-target': 'secretsmanager.CreateSecret',
      },
      body: '{"Name":"bare","SecretString":"x"}',
    })
    expect([response.status, await response.json()]).toEqual([
      400,
      {
        __type: 'InvalidRequestException',
        Message: 'You must provide a ClientRequestToken value. We recommend a UUID-type value.',
      },
    ])
  }))

test('holds a secret without a value until one is put', () =>
  withSecrets(async secrets => {
    const made = await secrets.send(new CreateSecretCommand({ Name: 'shop/google', Description: 'soon' }))
    expect(made.VersionId).toBeUndefined()
    const described = await describeSecret(secrets)
    expect([described.Description, described.VersionIdsToStages]).toEqual(['soon', undefined])
    await expectRefusal(
      read(secrets),
      'ResourceNotFoundException',
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    )
    const put = await secrets.send(putValue('hunter2', 1, ['AWSPENDING']))
    expect(put.VersionStages).toEqual(['AWSCURRENT', 'AWSPENDING'])
    await expectRefusal(
      secrets.send(new PutSecretValueCommand({ SecretId: 'shop/google' })),
      'InvalidRequestException',
      'You must provide either SecretString or SecretBinary.',
    )
  }))

test('marks for deletion, lets nobody use it meanwhile, and forgets it when the time has come', () =>
  withSecrets(async (secrets, { pass }) => {
    await secrets.send(create())
    const remove = (more: object = {}) =>
      secrets.send(new DeleteSecretCommand({ SecretId: 'shop/google', ...more }))
    await expectRefusal(
      remove({ RecoveryWindowInDays: 6 }),
      'InvalidParameterException',
      'The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).',
    )
    await expectRefusal(
      remove({ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }),
      'InvalidParameterException',
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    )
    const { DeletionDate } = await remove({ RecoveryWindowInDays: 7 })
    expect(DeletionDate).toEqual(new Date('2026-11-28T08:00:00.981Z'))
    await expectRefusal(read(secrets), ...marked)
    await expectRefusal(secrets.send(putValue('hunter3', 2)), ...marked)
    await expectRefusal(remove(), 'InvalidRequestException', /already scheduled for deletion/)
    await expectRefusal(
      secrets.send(create()),
      'InvalidRequestException',
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    )
    expect((await describeSecret(secrets)).DeletedDate).toEqual(new Date('2026-11-21T08:00:00.981Z'))
    pass(7 * 86_400_000)
    await expectRefusal(describeSecret(secrets), ...missing)
    await secrets.send(create())
  }))

test('deletes at once when forced, whatever is there', () =>
  withSecrets(async secrets => {
    const force = () =>
      secrets.send(new DeleteSecretCommand({ SecretId: 'shop/google', ForceDeleteWithoutRecovery: true }))
    await force()
    await secrets.send(create())
    await secrets.send(new DeleteSecretCommand({ SecretId: 'shop/google' }))
    await force()
    await expectRefusal(describeSecret(secrets), ...missing)
    await secrets.send(create())
  }))

test('knows no secret that nobody made, and none of another account', () =>
  withSecrets(async (secrets, { client }) => {
    await expectRefusal(read(secrets), ...missing)
    await expectRefusal(read(secrets, 'constructor'), ...missing)
    await expectRefusal(secrets.send(putValue('x', 1)), ...missing)
    await expectRefusal(secrets.send(new DeleteSecretCommand({ SecretId: 'gone' })), ...missing)
    const { ARN = '' } = await secrets.send(create())
    const other = client(SecretsManagerClient, { account: '210987654321' })
    await expectRefusal(read(other), ...missing)
    await expectRefusal(
      read(other, ARN),
      'AccessDeniedException',
      /is not authorized to perform: secretsmanager:GetSecretValue on resource: arn:/,
    )
    await expectRefusal(
      secrets.send(create({ Name: 'shop google' })),
      'ValidationException',
      /^Invalid name\./,
    )
  }))

test('neither logs a value nor repeats it in an error, and counts its writes', () =>
  withSecrets(async (secrets, { sandbox }) => {
    await secrets.send(create())
    await secrets.send(putValue('hunter3', 2))
    await secrets.send(
      new PutSecretValueCommand({ SecretId: 'shop/google', SecretBinary: Buffer.from('hunter4') }),
    )
    await read(secrets)
    await expectRefusal(
      secrets.send(putValue(`hunter${'5'.repeat(65_536)}`, 5)),
      'ValidationException',
      "1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536",
    )
    expect(sandbox.requests.map(each => [each.operation, each.write])).toEqual([
      ['CreateSecret', true],
      ['PutSecretValue', true],
      ['PutSecretValue', true],
      ['GetSecretValue', false],
      ['PutSecretValue', true],
    ])
    expect(sandbox.requests[2]?.input).toMatchObject({ SecretBinary: '(redacted)' })
    const log = JSON.stringify(sandbox.requests)
    for (const secret of ['hunter', Buffer.from('hunter4').toString('base64')])
      expect(log).not.toContain(secret)
    expect(sandbox.writes()).toBe(4)
  }))

test('adds tags to a secret, and one of the same key gives way', () =>
  withSecrets(async secrets => {
    const tag = (Key: string, Value: string) =>
      secrets.send(new TagResourceCommand({ SecretId: 'shop/google', Tags: [{ Key, Value }] }))
    await expectRefusal(tag('a', '1'), ...missing)
    await secrets.send(create({ Tags: [{ Key: 'a', Value: '1' }] }))
    await tag('b', '2')
    await tag('a', '3')
    expect((await describeSecret(secrets)).Tags).toEqual([
      { Key: 'a', Value: '3' },
      { Key: 'b', Value: '2' },
    ])
    await secrets.send(new DeleteSecretCommand({ SecretId: 'shop/google' }))
    await expectRefusal(tag('a', '4'), ...marked)
  }))
