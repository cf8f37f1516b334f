// IAM roles and STS of the sandbox, through the real SDK over HTTP.
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  type CreateRoleCommandInput,
  CreateServiceLinkedRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListInstanceProfilesForRoleCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRole } from '../../src/sandbox/iam/roles.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'

const ACCOUNT = '123456789012'
const credentials = { accessKeyId: ACCOUNT, secretAccessKey: 'sandbox' }

let sandbox: Sandbox
let iam: IAMClient

beforeEach(async () => {
  sandbox = await startSandbox({ seed: 1, clock: () => new Date('2026-01-02T03:04:05.678Z') })
  iam = connect(ACCOUNT)
})

afterEach(async () => {
  iam.destroy()
  await sandbox.close()
})

function connect(account: string): IAMClient {
  return new IAMClient({
    region: 'us-east-1',
    endpoint: sandbox.url,
    credentials: { ...credentials, accessKeyId: account },
    maxAttempts: 1,
  })
}

function trust(statement: object = {}): string {
  const base = {
    Effect: 'Allow',
    Principal: { Service: 'cognito-idp.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...base, ...statement }] })
}

function permissions(statement: object = {}): string {
  const base = { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ ...base, ...statement }] })
}

async function createRole(name: string, more: Partial<CreateRoleCommandInput> = {}) {
  const input = { RoleName: name, AssumeRolePolicyDocument: trust(), ...more }
  return (await iam.send(new CreateRoleCommand(input))).Role!
}

async function readRole(name: string) {
  return (await iam.send(new GetRoleCommand({ RoleName: name }))).Role!
}

async function readTrust(name: string) {
  return JSON.parse(decodeURIComponent((await readRole(name)).AssumeRolePolicyDocument!))
}

/** The refusal, as the SDK shows it: Code, status and message. */
async function refusal(request: Promise<unknown>) {
  const error = await request.then(
    () => undefined,
    (thrown: Error & { Code?: string; Error?: { Code?: string }; $metadata: { httpStatusCode: number } }) =>
      thrown,
  )
  if (!error) throw new Error('expected a refusal')
  return {
    code: error.Error?.Code ?? error.Code ?? error.name,
    status: error.$metadata.httpStatusCode,
    message: error.message,
  }
}

describe('a role', () => {
  it('comes back from creation with only what was set', async () => {
    const role = await createRole('Plain')
    expect(role).toEqual({
      Path: '/',
      RoleName: 'Plain',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${ACCOUNT}:role/Plain`,
      CreateDate: new Date('2026-01-02T03:04:05Z'),
      AssumeRolePolicyDocument: expect.any(String),
    })
  })

  it('comes back from creation with tags, description, session and boundary when they were sent', async () => {
    const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
    const role = await createRole('Full', {
      Path: '/service-role/',
      Description: 'café',
      MaxSessionDuration: 7200,
      PermissionsBoundary: boundary,
      Tags: [{ Key: 'team', Value: '' }],
    })
    expect(role).toMatchObject({
      Arn: `arn:aws:iam::${ACCOUNT}:role/service-role/Full`,
      Description: 'café',
      MaxSessionDuration: 7200,
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
      Tags: [{ Key: 'team', Value: '' }],
    })
  })

  it('reads with the default session duration and an empty last use', async () => {
    await createRole('Plain')
    const role = await readRole('Plain')
    expect(role.MaxSessionDuration).toBe(3600)
    expect(role.RoleLastUsed).toEqual({})
    expect(role.Tags).toBeUndefined()
    expect(role.Description).toBeUndefined()
  })

  it('gives its trust policy back verbatim, in the encoding of RFC 3986', async () => {
    const text = `{ "Version": "2012-10-17",\n "Statement": { "Sid": "it's (a) *test*! + é", "Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole" } }`
    await createRole('Verbatim', { AssumeRolePolicyDocument: text })
    const document = (await readRole('Verbatim')).AssumeRolePolicyDocument!
    expect(document).not.toMatch(/[ "'()*!+{}:]/)
    expect(decodeURIComponent(document)).toBe(text)
  })

  it('has a name that is taken in every case but found only in its own', async () => {
    await createRole('Web')
    expect(await refusal(createRole('WEB'))).toEqual({
      code: 'EntityAlreadyExists',
      status: 409,
      message: 'Role with name WEB already exists.',
    })
    expect(await refusal(readRole('web'))).toEqual({
      code: 'NoSuchEntity',
      status: 404,
      message: 'The role with name web cannot be found.',
    })
  })

  it('may be named like a member of every object', async () => {
    await createRole('constructor')
    expect((await readRole('constructor')).RoleName).toBe('constructor')
  })

  it('belongs to one account and to every Region', async () => {
    await createRole('Mine')
    const other = connect('210987654321')
    expect((await refusal(other.send(new GetRoleCommand({ RoleName: 'Mine' })))).code).toBe('NoSuchEntity')
    const elsewhere = new IAMClient({ region: 'eu-west-1', endpoint: sandbox.url, credentials })
    expect((await elsewhere.send(new GetRoleCommand({ RoleName: 'Mine' }))).Role?.RoleName).toBe('Mine')
  })

  it('keeps an omitted description, loses an empty one, and falls back to one hour', async () => {
    await createRole('Web', { Description: 'first', MaxSessionDuration: 7200 })
    await iam.send(new UpdateRoleCommand({ RoleName: 'Web', MaxSessionDuration: 10_800 }))
    expect(await readRole('Web')).toMatchObject({ Description: 'first', MaxSessionDuration: 10_800 })
    await iam.send(new UpdateRoleCommand({ RoleName: 'Web', Description: '' }))
    const role = await readRole('Web')
    expect(role.Description).toBeUndefined()
    expect(role.MaxSessionDuration).toBe(3600)
  })

  it('answers a new description with the role', async () => {
    await createRole('Web')
    const update = new UpdateRoleDescriptionCommand({ RoleName: 'Web', Description: 'second' })
    expect((await iam.send(update)).Role).toMatchObject({ RoleName: 'Web', Description: 'second' })
  })

  it('refuses a description outside Latin-1', async () => {
    expect(await refusal(createRole('Web', { Description: 'curly “quotes”' }))).toMatchObject({
      code: 'ValidationError',
      status: 400,
    })
  })

  it('cannot be deleted while policies are on it', async () => {
    await createRole('Web')
    const arn = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Web', PolicyArn: arn }))
    const put = { RoleName: 'Web', PolicyName: 'sns' }
    await iam.send(new PutRolePolicyCommand({ ...put, PolicyDocument: permissions() }))
    const remove = () => iam.send(new DeleteRoleCommand({ RoleName: 'Web' }))
    expect(await refusal(remove())).toEqual({
      code: 'DeleteConflict',
      status: 409,
      message: 'Cannot delete entity, must detach all policies first.',
    })
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'Web', PolicyArn: arn }))
    expect((await refusal(remove())).message).toBe('Cannot delete entity, must delete policies first.')
    await iam.send(new DeleteRolePolicyCommand(put))
    await remove()
    expect((await refusal(readRole('Web'))).code).toBe('NoSuchEntity')
  })

  it('cannot be changed when a service owns it', async () => {
    const path = { Path: '/aws-service-role/x.amazonaws.com/' }
    expect(await refusal(createRole('Own', path))).toEqual({
      code: 'InvalidInput',
      status: 400,
      message: "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles",
    })
    const create = new CreateServiceLinkedRoleCommand({ AWSServiceName: 'email.cognito-idp.amazonaws.com' })
    const name = (await iam.send(create)).Role!.RoleName!
    expect(name).toBe('AWSServiceRoleForAmazonCognitoIdpEmailService')
    expect(await refusal(iam.send(new DeleteRoleCommand({ RoleName: name })))).toMatchObject({
      code: 'UnmodifiableEntity',
      status: 400,
    })
    expect((await refusal(iam.send(create))).code).toBe('InvalidInput')
  })

  it('has no instance profiles', async () => {
    await createRole('Web')
    const answer = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'Web' }))
    expect(answer.InstanceProfiles).toEqual([])
    expect(answer.IsTruncated).toBe(false)
  })

  it('is found with its documents parsed by other services of the sandbox', async () => {
    const { Arn } = await createRole('Sms', { Path: '/service-role/' })
    const put = { RoleName: 'Sms', PolicyName: 'sns', PolicyDocument: permissions() }
    await iam.send(new PutRolePolicyCommand(put))
    expect(findRole(sandbox.state, { account: ACCOUNT, now: () => new Date(0) }, Arn!)).toEqual({
      trust: JSON.parse(trust()),
      inline: { sns: JSON.parse(permissions()) },
      attached: [],
    })
    expect(
      findRole(
        sandbox.state,
        { account: ACCOUNT, now: () => new Date(0) },
        `arn:aws:iam::${ACCOUNT}:role/Sms`,
      ),
    ).toBeUndefined()
  })
})

describe('the list of roles', () => {
  it('leaves out tags, boundary and last use', async () => {
    await createRole('Web', {
      Tags: [{ Key: 'a', Value: 'b' }],
      PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess',
    })
    const [role] = (await iam.send(new ListRolesCommand({}))).Roles!
    expect(Object.keys(role!).sort()).toEqual([
      'Arn',
      'AssumeRolePolicyDocument',
      'CreateDate',
      'MaxSessionDuration',
      'Path',
      'RoleId',
      'RoleName',
    ])
  })

  it('comes in pages, and a marker survives the deletion of its role', async () => {
    for (const name of ['c', 'a', 'b']) await createRole(name)
    const first = await iam.send(new ListRolesCommand({ MaxItems: 1 }))
    expect(first).toMatchObject({ IsTruncated: true, Roles: [{ RoleName: 'a' }] })
    await iam.send(new DeleteRoleCommand({ RoleName: 'a' }))
    const second = await iam.send(new ListRolesCommand({ MaxItems: 2, Marker: first.Marker }))
    expect(second).toMatchObject({ IsTruncated: false, Roles: [{ RoleName: 'b' }, { RoleName: 'c' }] })
    expect(second.Marker).toBeUndefined()
  })

  it('can be narrowed to a path', async () => {
    await createRole('a')
    await createRole('b', { Path: '/cognito/' })
    const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: '/cognito/' }))
    expect(Roles!.map(role => role.RoleName)).toEqual(['b'])
  })
})

describe('a trust policy', () => {
  it.each([
    ['{', 'This policy contains invalid Json'],
    ['[]', 'This policy contains invalid Json'],
    ['{"Version":"2012-10-18","Statement":[]}', 'The policy must contain a valid version string'],
    ['{"Version":"2012-10-17"}', 'Could not parse the policy: Statement is empty!'],
    [trust({ Effect: undefined }), 'Missing required field Effect'],
    [trust({ Action: undefined }), 'Missing required field Action'],
    [trust({ Principal: undefined }), 'Missing required field Principal'],
    [trust({ Resource: '*' }), 'Has prohibited field Resource'],
    [trust({ Action: 's3:GetObject' }), 'AssumeRole policy may only specify STS AssumeRole actions.'],
    [trust({ Principal: { Service: 'nope' } }), 'Invalid principal in policy: "SERVICE":"nope"'],
    [trust({ Condition: { StringEqual: { a: 'b' } } }), 'Invalid Condition type : StringEqual'],
    [
      trust({ Principal: { Federated: 'nope' } }),
      'Federated principals must be valid domain names or SAML metadata ARNs',
    ],
    [
      trust({
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
      }),
      'A condition block must be present for the Cognito provider',
    ],
  ])('is refused as malformed: %s', async (document, message) => {
    const request = createRole('Web', { AssumeRolePolicyDocument: document })
    expect(await refusal(request)).toEqual({ code: 'MalformedPolicyDocument', status: 400, message })
  })

  it('may lack the condition on aud that security wants', async () => {
    const document = trust({
      Principal: { Federated: 'cognito-identity.amazonaws.com' },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } },
    })
    expect((await createRole('Web', { AssumeRolePolicyDocument: document })).RoleName).toBe('Web')
  })

  it('is measured without white space and may have 2048 characters', async () => {
    const fill = (count: number) => trust({ Sid: `${'x'.repeat(count)}${' '.repeat(500)}` })
    const room = 2048 - fill(0).replace(/\s/g, '').length
    await createRole('Fits', { AssumeRolePolicyDocument: fill(room) })
    expect(await refusal(createRole('Web', { AssumeRolePolicyDocument: fill(room + 1) }))).toEqual({
      code: 'LimitExceeded',
      status: 409,
      message: 'Cannot exceed quota for ACLSizePerRole: 2048',
    })
  })

  it('refuses a role of the account that does not exist, and takes one of another account', async () => {
    const arn = `arn:aws:iam::${ACCOUNT}:role/Ghost`
    const request = createRole('Web', { AssumeRolePolicyDocument: trust({ Principal: { AWS: arn } }) })
    expect(await refusal(request)).toEqual({
      code: 'MalformedPolicyDocument',
      status: 400,
      message: `Invalid principal in policy: "AWS":"${arn}"`,
    })
    const foreign = 'arn:aws:iam::210987654321:role/Anything'
    await createRole('Web', { AssumeRolePolicyDocument: trust({ Principal: { AWS: foreign } }) })
    expect((await readTrust('Web')).Statement[0].Principal).toEqual({ AWS: foreign })
  })

  it('turns a bare account id into the root ARN', async () => {
    const principal = { AWS: ['210987654321', '*'] }
    await createRole('Web', { AssumeRolePolicyDocument: trust({ Principal: principal }) })
    expect((await readTrust('Web')).Statement[0].Principal).toEqual({
      AWS: ['arn:aws:iam::210987654321:root', '*'],
    })
  })

  it('shows the unique id of a role that was deleted, even when another took its name', async () => {
    const { Arn, RoleId } = await createRole('Caller')
    const document = trust({ Principal: { AWS: Arn } })
    await createRole('Web', { AssumeRolePolicyDocument: document })
    expect((await readTrust('Web')).Statement[0].Principal).toEqual({ AWS: Arn })
    await iam.send(new DeleteRoleCommand({ RoleName: 'Caller' }))
    await createRole('Caller')
    expect((await readTrust('Web')).Statement[0].Principal).toEqual({ AWS: RoleId })

    const dead = { RoleName: 'Web', PolicyDocument: trust({ Principal: { AWS: RoleId } }) }
    expect((await refusal(iam.send(new UpdateAssumeRolePolicyCommand(dead)))).message).toBe(
      `Invalid principal in policy: "AWS":"${RoleId}"`,
    )
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'Web', PolicyDocument: document }))
    expect((await readTrust('Web')).Statement[0].Principal).toEqual({ AWS: Arn })
  })
})

describe('an inline policy', () => {
  it('is put, listed, read verbatim and deleted', async () => {
    await createRole('Web')
    const put = { RoleName: 'Web', PolicyName: 'sns' }
    const document = `  ${permissions()}  `
    await iam.send(new PutRolePolicyCommand({ ...put, PolicyDocument: document }))
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName: 'Web' }))).PolicyNames).toEqual(['sns'])
    const read = await iam.send(new GetRolePolicyCommand(put))
    expect(decodeURIComponent(read.PolicyDocument!)).toBe(document)
    expect(read.PolicyDocument).toContain('%2A')
    await iam.send(new DeleteRolePolicyCommand(put))
    expect(await refusal(iam.send(new GetRolePolicyCommand(put)))).toEqual({
      code: 'NoSuchEntity',
      status: 404,
      message: 'The role policy with name sns cannot be found.',
    })
  })

  it.each([
    ['{', 'Syntax errors in policy.'],
    [permissions({ Effect: undefined }), 'Syntax errors in policy.'],
    [permissions({ Effects: 'Allow' }), 'Syntax errors in policy.'],
    [permissions({ Action: undefined }), 'Policy statement must contain actions.'],
    [permissions({ Resource: undefined }), 'Policy statement must contain resources.'],
    [permissions({ Resource: [] }), 'Policy statement must contain resources.'],
    [permissions({ Principal: '*' }), 'Policy document should not specify a principal.'],
    [permissions({ Resource: 'topic' }), 'Resource topic must be in ARN format or "*".'],
    [
      permissions({ Action: 'Publish' }),
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      permissions({ Sid: 'not a word' }),
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
  ])('is refused as malformed: %s', async (document, message) => {
    await createRole('Web')
    const put = { RoleName: 'Web', PolicyName: 'p', PolicyDocument: document }
    expect(await refusal(iam.send(new PutRolePolicyCommand(put)))).toEqual({
      code: 'MalformedPolicyDocument',
      status: 400,
      message,
    })
  })

  it('shares 10240 characters with all others of the role', async () => {
    await createRole('Web')
    const document = permissions({ Resource: `arn:aws:sns:${'x'.repeat(6000)}` })
    await iam.send(new PutRolePolicyCommand({ RoleName: 'Web', PolicyName: 'a', PolicyDocument: document }))
    const second = { RoleName: 'Web', PolicyName: 'b', PolicyDocument: document }
    expect(await refusal(iam.send(new PutRolePolicyCommand(second)))).toEqual({
      code: 'LimitExceeded',
      status: 409,
      message: 'Maximum policy size of 10240 bytes exceeded for role Web',
    })
    await iam.send(new PutRolePolicyCommand({ ...second, PolicyName: 'a' }))
  })
})

describe('a managed policy', () => {
  it('is attached once however often it is asked for, and detached once', async () => {
    await createRole('Web')
    const attachment = { RoleName: 'Web', PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaRole' }
    await iam.send(new AttachRolePolicyCommand(attachment))
    await iam.send(new AttachRolePolicyCommand(attachment))
    const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'Web' }))
    expect(AttachedPolicies).toEqual([{ PolicyName: 'AWSLambdaRole', PolicyArn: attachment.PolicyArn }])
    await iam.send(new DetachRolePolicyCommand(attachment))
    expect(await refusal(iam.send(new DetachRolePolicyCommand(attachment)))).toEqual({
      code: 'NoSuchEntity',
      status: 404,
      message: `Policy ${attachment.PolicyArn} was not found.`,
    })
  })

  it('must have an ARN that parses and must exist', async () => {
    await createRole('Web')
    const attach = (arn: string) => iam.send(new AttachRolePolicyCommand({ RoleName: 'Web', PolicyArn: arn }))
    expect(await refusal(attach('longpolicynamebutnoarn'))).toEqual({
      code: 'ValidationError',
      status: 400,
      message: 'Invalid ARN:  Could not be parsed!',
    })
    expect(await refusal(attach(`arn:aws:iam::${ACCOUNT}:policy/Ghost`))).toEqual({
      code: 'NoSuchEntity',
      status: 404,
      message: 'Policy ARN does not exist or is not attachable.',
    })
    const linked = 'arn:aws:iam::aws:policy/aws-service-role/AmazonCognitoIdpServiceRolePolicy'
    expect((await refusal(attach(linked))).code).toBe('PolicyNotAttachable')
  })

  it('can be attached to a role ten times', async () => {
    await createRole('Web')
    const attach = (index: number) => {
      const arn = `arn:aws:iam::aws:policy/Policy${index}`
      return iam.send(new AttachRolePolicyCommand({ RoleName: 'Web', PolicyArn: arn }))
    }
    for (let index = 0; index < 10; index++) await attach(index)
    expect(await refusal(attach(10))).toEqual({
      code: 'LimitExceeded',
      status: 409,
      message: 'Cannot exceed quota for PoliciesPerRole: 10',
    })
  })

  it('of the customer is known once created, and cannot be deleted while attached', async () => {
    await createRole('Web')
    const create = new CreatePolicyCommand({
      PolicyName: 'Sns',
      Path: '/cognito/',
      PolicyDocument: permissions(),
    })
    const arn = (await iam.send(create)).Policy!.Arn!
    expect(arn).toBe(`arn:aws:iam::${ACCOUNT}:policy/cognito/Sns`)
    expect(await refusal(iam.send(create))).toMatchObject({ code: 'EntityAlreadyExists', status: 409 })
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'Web', PolicyArn: arn }))
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }))
    expect(Policy).toMatchObject({ DefaultVersionId: 'v1', AttachmentCount: 1, IsAttachable: true })
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: arn }))
    expect(Versions).toMatchObject([{ VersionId: 'v1', IsDefaultVersion: true }])
    const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: 'v1' }))
    expect(decodeURIComponent(version.PolicyVersion!.Document!)).toBe(permissions())
    const remove = () => iam.send(new DeletePolicyCommand({ PolicyArn: arn }))
    expect(await refusal(remove())).toMatchObject({ code: 'DeleteConflict', status: 409 })
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'Web', PolicyArn: arn }))
    await remove()
    expect((await refusal(remove())).code).toBe('NoSuchEntity')
  })

  it('can bound a role', async () => {
    await createRole('Web')
    const ghost = { RoleName: 'Web', PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/Ghost` }
    expect((await refusal(iam.send(new PutRolePermissionsBoundaryCommand(ghost)))).code).toBe('NoSuchEntity')
    const boundary = 'arn:aws:iam::aws:policy/PowerUserAccess'
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'Web', PermissionsBoundary: boundary }))
    expect((await readRole('Web')).PermissionsBoundary?.PermissionsBoundaryArn).toBe(boundary)
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'Web' }))
    expect((await readRole('Web')).PermissionsBoundary).toBeUndefined()
  })
})

describe('the tags of a role', () => {
  it('have one value for a key, whatever its case', async () => {
    await createRole('Web', { Tags: [{ Key: 'Team', Value: 'a' }] })
    const tags = [
      { Key: 'TEAM', Value: 'b' },
      { Key: 'env', Value: 'dev' },
    ]
    await iam.send(new TagRoleCommand({ RoleName: 'Web', Tags: tags }))
    expect((await iam.send(new ListRoleTagsCommand({ RoleName: 'Web' }))).Tags).toEqual(tags)
    await iam.send(new UntagRoleCommand({ RoleName: 'Web', TagKeys: ['team'] }))
    expect((await readRole('Web')).Tags).toEqual([{ Key: 'env', Value: 'dev' }])
    const twice = [
      { Key: 'a', Value: '' },
      { Key: 'A', Value: '' },
    ]
    const request = iam.send(new TagRoleCommand({ RoleName: 'Web', Tags: twice }))
    expect(await refusal(request)).toMatchObject({ code: 'InvalidInput', status: 400 })
  })

  it('are fifty at most and never begin with aws:', async () => {
    const Tags = Array.from({ length: 50 }, (_, index) => ({ Key: `k${index}`, Value: 'v' }))
    await createRole('Web', { Tags })
    const tag = (key: string) =>
      iam.send(new TagRoleCommand({ RoleName: 'Web', Tags: [{ Key: key, Value: 'v' }] }))
    await tag('k0')
    expect(await refusal(tag('k50'))).toMatchObject({ code: 'LimitExceeded', status: 409 })
    expect(await refusal(tag('aws:x'))).toMatchObject({ code: 'InvalidInput', status: 400 })
  })

  it('come in pages', async () => {
    const Tags = ['b', 'a', 'c'].map(Key => ({ Key, Value: 'v' }))
    await createRole('Web', { Tags })
    const first = await iam.send(new ListRoleTagsCommand({ RoleName: 'Web', MaxItems: 2 }))
    const second = await iam.send(new ListRoleTagsCommand({ RoleName: 'Web', Marker: first.Marker }))
    expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false])
    expect([...first.Tags!, ...second.Tags!]).toEqual(Tags)
  })
})

describe('STS', () => {
  it('names the account of the access key and a user that trust policies may name', async () => {
    const sts = new STSClient({ region: 'eu-west-1', endpoint: sandbox.url, credentials })
    const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}))
    expect({ Account, Arn }).toEqual({ Account: ACCOUNT, Arn: `arn:aws:iam::${ACCOUNT}:user/sandbox` })
    expect(UserId).toMatch(/^AIDA[A-Z2-7]{17}$/)
    const document = trust({ Principal: { AWS: Arn } })
    expect((await createRole('Web', { AssumeRolePolicyDocument: document })).RoleName).toBe('Web')
  })
})
