// Lambda in the sandbox: the policies of functions, over REST.
import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateAliasCommand,
  CreateFunctionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  LambdaClient,
  PublishVersionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { registerFunction, startSandbox } from '../../src/sandbox/index.ts'
import { expectRefusal, fault, type World, withSandbox } from './fixture.ts'

const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:tokens'
const pool = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_aBcDeFgHi'
const code = new Uint8Array([1, 2, 3])

/** Runs a test with a client and the function `tokens`. */
function withFunction(test: (lambda: LambdaClient, world: World) => Promise<void>): Promise<void> {
  return withSandbox(async world => {
    const lambda = world.client(LambdaClient)
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: 'tokens',
        Role: 'arn:aws:iam::123456789012:role/runner',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: code },
        Environment: { Variables: { API_KEY: 'hunter2hunter2' } },
      }),
    )
    await test(lambda, world)
  })
}

function permit(more: Partial<AddPermissionCommandInput> = {}): AddPermissionCommand {
  return new AddPermissionCommand({
    FunctionName: 'tokens',
    StatementId: 'cognito',
    Action: 'lambda:InvokeFunction',
    Principal: 'cognito-idp.amazonaws.com',
    SourceArn: pool,
    SourceAccount: '123456789012',
    ...more,
  })
}

async function readPolicy(lambda: LambdaClient, Qualifier?: string) {
  const { Policy = '', RevisionId } = await lambda.send(
    new GetPolicyCommand({ FunctionName: 'tokens', ...(Qualifier !== undefined && { Qualifier }) }),
  )
  return { policy: JSON.parse(Policy), RevisionId }
}

test('stores a permission in the form Lambda shows it', () =>
  withFunction(async lambda => {
    const added = await lambda.send(permit())
    expect(added.$metadata.httpStatusCode).toBe(201)
    const statement = {
      Sid: 'cognito',
      Effect: 'Allow',
      Principal: { Service: 'cognito-idp.amazonaws.com' },
      Action: 'lambda:InvokeFunction',
      Resource: arn,
      Condition: {
        StringEquals: { 'AWS:SourceAccount': '123456789012' },
        ArnLike: { 'AWS:SourceArn': pool },
      },
    }
    expect(added.Statement).toBe(JSON.stringify(statement))
    const { policy } = await readPolicy(lambda)
    expect(policy).toEqual({ Version: '2012-10-17', Id: 'default', Statement: [statement] })
  }))

test('names the other conditions and principals as Lambda does', () =>
  withFunction(async lambda => {
    const add = async (more: Partial<AddPermissionCommandInput>) => {
      const { Statement = '' } = await lambda.send(
        new AddPermissionCommand({
          FunctionName: arn,
          StatementId: `s${Math.random()}`.replace('.', ''),
          Action: 'lambda:InvokeFunction',
          Principal: '*',
          ...more,
        }),
      )
      const { Principal, Condition } = JSON.parse(Statement)
      return [Principal, Condition]
    }
    expect(await add({ Principal: '210987654321' })).toEqual([
      { AWS: 'arn:aws:iam::210987654321:root' },
      undefined,
    ])
    expect(
      await add({
        Action: 'lambda:InvokeFunctionUrl',
        FunctionUrlAuthType: 'NONE',
        PrincipalOrgID: 'o-1234567890',
      }),
    ).toEqual([
      '*',
      { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE', 'aws:PrincipalOrgID': 'o-1234567890' } },
    ])
    await expectRefusal(
      add({ Principal: 'nobody' }),
      'InvalidParameterValueException',
      'The provided principal was invalid. Please check the principal and try again.',
    )
  }))

test('refuses a second statement of the same id, and removes one by id', () =>
  withFunction(async (lambda, { sandbox }) => {
    await lambda.send(permit())
    await expectRefusal(
      lambda.send(permit({ SourceArn: `${pool}2` })),
      'ResourceConflictException',
      'The statement id (cognito) provided already exists. Please provide a new statement id, or remove the existing statement.',
    )
    await lambda.send(permit({ StatementId: 'second' }))
    const remove = (StatementId: string) =>
      lambda.send(new RemovePermissionCommand({ FunctionName: 'tokens', StatementId }))
    await expectRefusal(
      remove('third'),
      'ResourceNotFoundException',
      'Statement third is not found in resource policy.',
    )
    expect((await remove('cognito')).$metadata.httpStatusCode).toBe(204)
    const { policy } = await readPolicy(lambda)
    expect(policy.Statement.map((each: { Sid: string }) => each.Sid)).toEqual(['second'])
    await remove('second')
    await expectRefusal(
      readPolicy(lambda),
      'ResourceNotFoundException',
      'The resource you requested does not exist.',
    )
    await expectRefusal(
      remove('second'),
      'ResourceNotFoundException',
      'No policy is associated with the given resource.',
    )
    expect(sandbox.requests.slice(1, 3)).toMatchObject([
      { service: 'lambda', operation: 'AddPermission', status: 201, write: true },
      { operation: 'AddPermission', status: 409, error: 'ResourceConflictException', write: true },
    ])
    expect(sandbox.requests.filter(each => each.operation === 'GetPolicy' && each.write)).toEqual([])
    expect(sandbox.writes()).toBe(8)
  }))

test('writes only over the revision it was told of', () =>
  withFunction(async lambda => {
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: 'tokens' }))
    await lambda.send(permit({ RevisionId: Configuration?.RevisionId }))
    await expectRefusal(
      lambda.send(permit({ StatementId: 'second', RevisionId: Configuration?.RevisionId })),
      'PreconditionFailedException',
      /^The Revision Id provided does not match the latest Revision Id\./,
    )
    const { RevisionId } = await readPolicy(lambda)
    const changed = await lambda.send(new GetFunctionCommand({ FunctionName: 'tokens' }))
    expect(RevisionId).toBe(changed.Configuration?.RevisionId)
    expect(RevisionId).not.toBe(Configuration?.RevisionId)
    const remove = (revision: string | undefined) =>
      lambda.send(
        new RemovePermissionCommand({
          FunctionName: 'tokens',
          StatementId: 'cognito',
          RevisionId: revision,
        }),
      )
    await expectRefusal(remove(Configuration?.RevisionId), 'PreconditionFailedException', /./)
    await remove(RevisionId)
  }))

test('keeps the policies of a function, its versions and its aliases apart', () =>
  withFunction(async lambda => {
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName: 'tokens' }))
    expect(Version).toBe('1')
    await lambda.send(new CreateAliasCommand({ FunctionName: 'tokens', Name: 'live', FunctionVersion: '1' }))
    await lambda.send(permit())
    await lambda.send(permit({ Qualifier: '1' }))
    await lambda.send(permit({ FunctionName: `${arn}:live` }))
    expect((await readPolicy(lambda)).policy.Statement[0].Resource).toBe(arn)
    expect((await readPolicy(lambda, '1')).policy.Statement[0].Resource).toBe(`${arn}:1`)
    expect((await readPolicy(lambda, 'live')).policy.Statement[0].Resource).toBe(`${arn}:live`)
    await expectRefusal(
      lambda.send(permit({ Qualifier: '9' })),
      'ResourceNotFoundException',
      `Function not found: ${arn}:9`,
    )
    await expectRefusal(
      lambda.send(permit({ Qualifier: 'gone' })),
      'ResourceNotFoundException',
      `Cannot find alias arn: ${arn}:gone`,
    )
    await expectRefusal(
      lambda.send(permit({ Qualifier: '$LATEST' })),
      'InvalidParameterValueException',
      'We currently do not support adding policies for $LATEST.',
    )
    await expectRefusal(
      lambda.send(permit({ FunctionName: `${arn}:live`, Qualifier: '1' })),
      'InvalidParameterValueException',
      'The derived qualifier from the function name does not match the specified qualifier.',
    )
  }))

test('knows no function that nobody made, none of another Region, and none of another account', () =>
  withFunction(async (lambda, { client, sandbox }) => {
    await expectRefusal(
      lambda.send(permit({ FunctionName: 'constructor' })),
      'ResourceNotFoundException',
      'Function not found: arn:aws:lambda:eu-west-1:123456789012:function:constructor',
    )
    await expectRefusal(
      lambda.send(permit({ FunctionName: arn.replace('eu-west-1', 'us-east-1') })),
      'ResourceNotFoundException',
      "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')",
    )
    const other = client(LambdaClient, { account: '210987654321' })
    for (const FunctionName of [arn, '123456789012:function:tokens']) {
      await expectRefusal(
        other.send(permit({ FunctionName })),
        'AccessDeniedException',
        `User: arn:aws:iam::210987654321:user/sandbox is not authorized to perform: lambda:AddPermission on resource: ${arn} because no resource-based policy allows the lambda:AddPermission action`,
      )
    }
    expect(sandbox.requests.at(-1)?.status).toBe(403)
    await expectRefusal(
      other.send(permit()),
      'ResourceNotFoundException',
      'Function not found: arn:aws:lambda:eu-west-1:210987654321:function:tokens',
    )
  }))

test('takes a function by its ARN without a request, its version or alias too', async () => {
  await withSandbox(async ({ sandbox, client }) => {
    const lambda = client(LambdaClient)
    registerFunction(sandbox.state, arn)
    registerFunction(sandbox.state, `${arn}:live`)
    await lambda.send(permit())
    await lambda.send(permit({ Qualifier: 'live' }))
    expect(() => registerFunction(sandbox.state, pool)).toThrow(RangeError)
  })
})

test('refuses what breaks the model, and a policy that grows too long', () =>
  withFunction(async lambda => {
    await expectRefusal(
      lambda.send(permit({ StatementId: 'not here' })),
      'ValidationException',
      "1 validation error detected: Value 'not here' at 'statementId' failed to satisfy constraint: Member must satisfy regular expression pattern: ([a-zA-Z0-9-_]+)",
    )
    const long = `arn:aws:s3:::${'x'.repeat(9_900)}`
    await lambda.send(permit({ StatementId: 'one', SourceArn: long }))
    await lambda.send(permit({ StatementId: 'two', SourceArn: long }))
    await expectRefusal(
      lambda.send(permit({ StatementId: 'three', SourceArn: long })),
      'PolicyLengthExceededException',
      /^The final policy size \(\d+\) is bigger than the limit \(20480\)\.$/,
    )
  }))

test('makes a function once, of this account, and does not log its code or variables', () =>
  withFunction(async (lambda, { sandbox }) => {
    const create = (more: object) =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName: 'tokens',
          Role: 'arn:aws:iam::123456789012:role/runner',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: code },
          ...more,
        }),
      )
    await expectRefusal(create({}), 'ResourceConflictException', 'Function already exist: tokens')
    await expectRefusal(
      create({ FunctionName: 'more', Role: 'arn:aws:iam::210987654321:role/runner' }),
      'AccessDeniedException',
      'Cross-account pass role is not allowed.',
    )
    const made = await create({ FunctionName: 'more', Publish: true })
    expect([made.State, made.Version, made.Timeout, made.CodeSize]).toEqual(['Pending', '1', 3, 3])
    expect(sandbox.requests[0]?.input).toMatchObject({ Code: '(redacted)', Environment: '(redacted)' })
    expect(JSON.stringify(sandbox.requests)).not.toContain('hunter2')
  }))

test('answers errors in the form of the REST protocol', async () => {
  const sandbox = await startSandbox()
  const authorization =
    'AWS4-HMAC-SHA256 Credential=123456789012/20261121/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0'
  const ask = async (path: string, method = 'GET', headers: Record<string, string> = { authorization }) => {
    const response = await fetch(`${sandbox.url}${path}`, { method, headers })
    return [response.status, response.headers.get('x-amzn-errortype'), await response.json()]
  }
  const path = '/2015-03-31/functions/tokens/policy'
  expect(await ask(path)).toEqual([
    404,
    'ResourceNotFoundException',
    { Type: 'User', Message: `Function not found: ${arn}` },
  ])
  registerFunction(sandbox.state, arn)
  expect(await ask(`${path}?Qualifier=x%20y`)).toEqual([
    400,
    'ValidationException',
    { message: expect.stringContaining("at 'qualifier' failed to satisfy constraint") },
  ])
  expect((await ask(`${path}/cognito?Qualifier=%24LATEST`, 'DELETE')).slice(0, 3)).toEqual([
    400,
    'InvalidParameterValueException',
    { Type: 'User', message: expect.any(String) },
  ])
  expect((await ask('/2015-03-31/layers')).slice(0, 2)).toEqual([404, 'UnknownOperationException'])
  expect((await ask(path, 'GET', {})).slice(0, 2)).toEqual([403, 'MissingAuthenticationTokenException'])
  await sandbox.close()
})

test('takes faults like every service', () =>
  withFunction(async (lambda, { sandbox }) => {
    sandbox.inject(
      fault(
        { service: 'lambda', operation: 'AddPermission' },
        { error: { code: 'TooManyRequestsException', message: 'Rate exceeded', status: 429 } },
        1,
      ),
    )
    await expectRefusal(lambda.send(permit()), 'TooManyRequestsException', 'Rate exceeded')
    await lambda.send(permit())
  }))
