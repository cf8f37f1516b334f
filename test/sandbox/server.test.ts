// The sandbox as a server: accounts, errors, faults, quotas, what it logs and saves.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListUserImportJobsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { startSandbox } from '../../src/sandbox/index.ts'
import { expectRefusal, fault, withSandbox } from './fixture.ts'

const authorization =
  'AWS4-HMAC-SHA256 Credential=123456789012/20261121/eu-west-1/cognito-idp/aws4_request, SignedHeaders=host, Signature=0'

function post(
  url: string,
  operation: string,
  body: string,
  headers: Record<string, string> = { authorization },
) {
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body,
  })
}

test('answers AWS JSON 1.1: dates in exponent form, no nulls, a request id', () =>
  withSandbox(async ({ sandbox, pool }) => {
    const UserPoolId = await pool()
    const response = await post(sandbox.url, 'DescribeUserPool', JSON.stringify({ UserPoolId }))
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/)
    expect(text).toContain('"CreationDate":1.795248000981E9')
    expect(text).not.toContain('null')
  }))

test('answers an operation without output with an empty body', () =>
  withSandbox(async ({ sandbox, pool }) => {
    const UserPoolId = await pool()
    const response = await post(sandbox.url, 'DeleteUserPool', JSON.stringify({ UserPoolId }))
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      '0',
      '',
    ])
  }))

test('answers an error with its type in the body and in a header, at status 400', () =>
  withSandbox(async ({ sandbox }) => {
    const response = await post(sandbox.url, 'DescribeUserPool', '{"UserPoolId":"eu-west-1_missing00"}')
    expect(response.status).toBe(400)
    expect(response.headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException:')
    expect(await response.json()).toEqual({
      __type: 'ResourceNotFoundException',
      message: 'User pool ID does not exist.',
    })
  }))

test('refuses a request without Authorization', () =>
  withSandbox(async ({ sandbox }) => {
    const response = await post(sandbox.url, 'ListUserPools', '{"MaxResults":1}', {})
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
  }))

test('refuses a body that is not JSON, a member of the wrong type, and an operation it does not have', () =>
  withSandbox(async ({ sandbox, cognito }) => {
    const broken = await post(sandbox.url, 'ListUserPools', '{')
    expect(await broken.json()).toMatchObject({ __type: 'SerializationException' })
    const mistyped = await post(sandbox.url, 'ListUserPools', '{"MaxResults":"60"}')
    expect(await mistyped.json()).toEqual({
      __type: 'SerializationException',
      message: 'STRING_VALUE can not be converted to an Integer',
    })
    await expectRefusal(
      cognito.send(new ListUserImportJobsCommand({ UserPoolId: 'eu-west-1_aaaaaaaaa', MaxResults: 1 })),
      'UnknownOperationException',
      'Unknown operation ListUserImportJobs',
    )
    const inherited = await post(sandbox.url, 'constructor', '{}')
    expect(await inherited.json()).toMatchObject({ __type: 'UnknownOperationException' })
  }))

test('collects every broken constraint into one message, in the words of AWS', () =>
  withSandbox(async ({ cognito }) => {
    await expectRefusal(
      cognito.send(
        new CreateUserPoolCommand({
          PoolName: 'p!',
          MfaConfiguration: 'MAYBE' as 'ON',
          Policies: { PasswordPolicy: { MinimumLength: 1 } },
          UserPoolTags: { '': 'x' },
        }),
      ),
      'InvalidParameterException',
      "4 validation errors detected: Value 'p!' at 'poolName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w\\s+=,.@-]+; " +
        "Value '1' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6; " +
        "Value 'MAYBE' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OPTIONAL, OFF, ON]; " +
        "Value '{=x}' at 'userPoolTags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]",
    )
  }))

test('tells a bad list element of its list, with the enum in hash order', () =>
  withSandbox(async ({ cognito, pool }) => {
    // The text recorded in aws-cloudformation-user-guide 563.
    await expectRefusal(
      cognito.send(
        new CreateUserPoolClientCommand({
          UserPoolId: await pool(),
          ClientName: 'web',
          AllowedOAuthFlows: ['code', 'token' as 'code'],
        }),
      ),
      'InvalidParameterException',
      "1 validation error detected: Value '[code, token]' at 'allowedOAuthFlows' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [implicit, client_credentials, code]]",
    )
  }))

test('says of a missing required member that it must not be null', () =>
  withSandbox(async ({ sandbox }) => {
    const response = await post(sandbox.url, 'CreateUserPool', '{"PoolName":null}')
    expect(await response.json()).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value null at 'poolName' failed to satisfy constraint: Member must not be null",
    })
  }))

test('takes an access key id of twelve digits as the account, and keeps accounts and Regions apart', () =>
  withSandbox(async ({ sandbox, connect, cognito, pool }) => {
    const UserPoolId = await pool()
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect(UserPool?.Arn).toBe(`arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${UserPoolId}`)
    for (const access of [{ account: '210987654321' }, { region: 'us-east-1' }, { account: 'AKIAEXAMPLE' }]) {
      const { UserPools } = await connect(access).send(new ListUserPoolsCommand({ MaxResults: 60 }))
      expect(UserPools).toEqual([])
    }
    expect(sandbox.requests.map(request => [request.account, request.region])).toEqual([
      ['123456789012', 'eu-west-1'],
      ['123456789012', 'eu-west-1'],
      ['210987654321', 'eu-west-1'],
      ['123456789012', 'us-east-1'],
      ['000000000000', 'eu-west-1'],
    ])
  }))

test('speaks AWS Query to STS', () =>
  withSandbox(async ({ sandbox }) => {
    const sts = new STSClient({
      endpoint: sandbox.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: '123456789012', secretAccessKey: 'unused' },
    })
    const identity = await sts.send(new GetCallerIdentityCommand({}))
    expect(identity.Account).toBe('123456789012')
    sts.destroy()
  }))

test('answers AWS Query in XML: lists in members, errors in an ErrorResponse', () =>
  withSandbox(async ({ sandbox }) => {
    const trust = {
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'cognito-idp.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    }
    const ask = (fields: Record<string, string>) =>
      fetch(sandbox.url, {
        method: 'POST',
        headers: { authorization: authorization.replace('cognito-idp', 'iam') },
        body: new URLSearchParams({ Version: '2010-05-08', ...fields }),
      })
    await ask({
      Action: 'CreateRole',
      RoleName: 'reader',
      AssumeRolePolicyDocument: JSON.stringify(trust),
      'Tags.member.2.Key': 'b',
      'Tags.member.2.Value': '',
      'Tags.member.1.Key': 'a',
      'Tags.member.1.Value': '1',
    })
    const tags = await ask({ Action: 'ListRoleTags', RoleName: 'reader' })
    expect(tags.headers.get('content-type')).toBe('text/xml')
    expect(await tags.text()).toMatch(
      /^<ListRoleTagsResponse xmlns="https:\/\/iam\.amazonaws\.com\/doc\/2010-05-08\/"><ListRoleTagsResult><Tags><member><Key>a<\/Key><Value>1<\/Value><\/member><member><Key>b<\/Key><Value\/><\/member><\/Tags><IsTruncated>false<\/IsTruncated><\/ListRoleTagsResult><ResponseMetadata><RequestId>[0-9a-f-]{36}<\/RequestId><\/ResponseMetadata><\/ListRoleTagsResponse>$/,
    )
    const missing = await ask({ Action: 'GetRole', RoleName: 'writer' })
    expect(missing.status).toBe(404)
    expect(await missing.text()).toMatch(
      /<Error><Type>Sender<\/Type><Code>NoSuchEntity<\/Code><Message>The role with name writer cannot be found\.<\/Message><\/Error><RequestId>/,
    )
    const broken = await ask({ Action: 'ListRoles', MaxItems: '0' })
    expect([broken.status, await broken.text()]).toEqual([
      400,
      expect.stringContaining(
        '<Code>ValidationError</Code><Message>1 validation error detected: Value &apos;0&apos; at &apos;maxItems&apos;',
      ),
    ])
  }))

test('logs requests without secrets and counts writes, refused ones too', () =>
  withSandbox(async ({ sandbox, cognito, pool }) => {
    const UserPoolId = await pool()
    const secret = 'hunter2hunter2hunter2hunter2'
    await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', ClientSecret: secret }),
    )
    await cognito
      .send(new DeleteUserPoolCommand({ UserPoolId: 'eu-west-1_missing00' }))
      .catch(() => undefined)
    await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect(sandbox.writes()).toBe(3)
    expect(sandbox.requests[1]?.input).toEqual({ UserPoolId, ClientName: 'web', ClientSecret: '(redacted)' })
    expect(sandbox.requests[2]).toMatchObject({
      status: 400,
      error: 'ResourceNotFoundException',
      write: true,
    })
    expect(JSON.stringify(sandbox.requests)).not.toContain(secret)
    sandbox.resetLog()
    expect([sandbox.writes(), sandbox.requests.length]).toEqual([0, 0])
  }))

test('injects an error into the nth matching request only', () =>
  withSandbox(async ({ sandbox, cognito, pool }) => {
    const UserPoolId = await pool()
    sandbox.inject(
      fault(
        { operation: 'UpdateUserPool', nth: 2 },
        { error: { code: 'ConcurrentModificationException', message: 'busy' } },
      ),
    )
    const update = () => cognito.send(new UpdateUserPoolCommand({ UserPoolId }))
    await update()
    await expectRefusal(update(), 'ConcurrentModificationException', 'busy')
    await update()
  }))

test('drops a connection before acting, or after acting', () =>
  withSandbox(async ({ sandbox, cognito }) => {
    const create = (PoolName: string) => cognito.send(new CreateUserPoolCommand({ PoolName }))
    const restore = sandbox.inject(fault({ operation: 'CreateUserPool' }, { drop: 'before' }))
    await expect(create('lost')).rejects.toThrow()
    restore()
    sandbox.inject(fault({ operation: 'CreateUserPool' }, { drop: 'after' }, 1))
    await expect(create('made')).rejects.toThrow()
    await create('plain')
    const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
    expect(UserPools?.map(each => each.Name).sort()).toEqual(['made', 'plain'])
  }))

test('changes a reply without changing what is stored', () =>
  withSandbox(async ({ sandbox, pool }) => {
    const UserPoolId = await pool()
    const restore = sandbox.inject(
      fault(
        { service: 'cognito-idp', operation: 'DescribeUserPool' },
        {
          mutate: response => {
            const described = response.UserPool as Record<string, string>
            return { UserPool: { ...described, Stranger: 'new', Name: 'renamed' } }
          },
        },
      ),
    )
    const describe = async () => {
      const response = await post(sandbox.url, 'DescribeUserPool', JSON.stringify({ UserPoolId }))
      const { UserPool } = (await response.json()) as { UserPool: Record<string, string> }
      return [UserPool.Name, UserPool.Stranger]
    }
    expect(await describe()).toEqual(['renamed', 'new'])
    restore()
    expect(await describe()).toEqual(['people', undefined])
  }))

test('delays a reply, and does not let a delay hold up closing', async () => {
  const sandbox = await startSandbox({ latency: 60_000 })
  const pending = post(sandbox.url, 'ListUserPools', '{"MaxResults":1}')
  await new Promise(resolve => setTimeout(resolve, 100))
  await sandbox.close()
  expect((await pending).status).toBe(200)
})

test('throttles one operation on one pool at five a second, and a category over all pools', () =>
  withSandbox(
    async ({ cognito, pool, pass }) => {
      const first = await pool()
      const second = await pool()
      const read = (UserPoolId: string) => cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }))
      for (let count = 0; count < 5; count++) await read(first)
      await expectRefusal(read(first), 'TooManyRequestsException', 'Rate exceeded')
      await read(second)
      pass(200)
      await read(first)
      await expectRefusal(read(first), 'TooManyRequestsException', 'Rate exceeded')
      pass(1000)
      const list = () => cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))
      for (let count = 0; count < 15; count++) await list()
      await expectRefusal(list(), 'TooManyRequestsException', 'Rate exceeded')
    },
    { quotas: 'aws' },
  ))

test('saves after each successful write and starts again from the file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'))
  const data = join(folder, 'state.json')
  try {
    let UserPoolId = ''
    let ClientId = ''
    await withSandbox(
      async ({ cognito, pool }) => {
        UserPoolId = await pool()
        const made = await cognito.send(
          new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', GenerateSecret: true }),
        )
        ClientId = made.UserPoolClient?.ClientId ?? ''
        const saved = readFileSync(data, 'utf8')
        await cognito
          .send(new CreateGroupCommand({ UserPoolId, GroupName: 'x', Precedence: -1 }))
          .catch(() => undefined)
        expect(readFileSync(data, 'utf8')).toBe(saved)
      },
      { data },
    )
    await withSandbox(
      async ({ cognito }) => {
        const { UserPoolClient } = await cognito.send(
          new DescribeUserPoolClientCommand({ UserPoolId, ClientId }),
        )
        expect(UserPoolClient?.ClientName).toBe('web')
        expect(UserPoolClient?.ClientSecret).toMatch(/^[0-9a-v]{51,52}$/)
      },
      { data },
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('makes ids in the form AWS does, the same for the same seed', () =>
  withSandbox(async ({ cognito, pool }) => {
    const UserPoolId = await pool()
    expect(UserPoolId).toMatch(/^eu-west-1_[0-9A-Za-z]{9}$/)
    for (let count = 0; count < 20; count++) {
      const { UserPoolClient } = await cognito.send(
        new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web', GenerateSecret: true }),
      )
      expect(UserPoolClient?.ClientId).toMatch(/^([1-7][0-9a-v]{25}|[1-9a-v][0-9a-v]{24})$/)
      expect(UserPoolClient?.ClientSecret).toMatch(/^(1[0-9a-v]{51}|[1-9a-v][0-9a-v]{50})$/)
    }
    await withSandbox(async again => expect(await again.pool()).toBe(UserPoolId))
  }))

test('goes back to a snapshot as often as wanted', () =>
  withSandbox(async ({ sandbox, pool, cognito }) => {
    const UserPoolId = await pool()
    const before = sandbox.state.snapshot()
    for (const _time of [1, 2]) {
      await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'staff' }))
      await pool()
      sandbox.state.restore(before)
      const { UserPools } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }))
      expect(UserPools?.map(({ Id }) => Id)).toEqual([UserPoolId])
    }
  }))
