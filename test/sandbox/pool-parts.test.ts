// Domains, resource servers and groups of the sandbox's user pools.
import {
  CreateGroupCommand,
  type CreateGroupCommandInput,
  CreateResourceServerCommand,
  CreateUserPoolDomainCommand,
  type CreateUserPoolDomainCommandInput,
  DeleteGroupCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolDomainCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  GetGroupCommand,
  ListGroupsCommand,
  ListResourceServersCommand,
  UpdateGroupCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

const invalid = 'InvalidParameterException'
const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/x'

async function readDomain({ cognito }: World, Domain: string) {
  return (await cognito.send(new DescribeUserPoolDomainCommand({ Domain }))).DomainDescription
}

function createDomain(
  { cognito }: World,
  UserPoolId: string,
  input: Partial<CreateUserPoolDomainCommandInput> = {},
) {
  return cognito.send(new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'people', ...input }))
}

test('a prefix domain is created, becomes active, is deleted, and is gone', () =>
  withSandbox(async world => {
    const { cognito } = world
    const UserPoolId = await world.pool()
    const domain = { UserPoolId, Domain: 'people' }
    expect(await readDomain(world, 'people')).toEqual({})
    const { $metadata, ...answer } = await createDomain(world, UserPoolId)
    expect(answer).toEqual({ ManagedLoginVersion: 1 })
    await expectRefusal(cognito.send(new DeleteUserPoolDomainCommand(domain)), invalid, /CREATING/)
    expect(await readDomain(world, 'people')).toEqual({
      UserPoolId,
      AWSAccountId: '123456789012',
      Domain: 'people',
      S3Bucket: 'aws-cognito-prod-dub-assets',
      CloudFrontDistribution: expect.stringMatching(/^d\w+\.cloudfront\.net$/),
      Version: '20261121080000',
      Status: 'CREATING',
      ManagedLoginVersion: 1,
    })
    expect((await readDomain(world, 'people'))?.Status).toBe('ACTIVE')
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect(UserPool?.Domain).toBe('people')
    const removePool = () => cognito.send(new DeleteUserPoolCommand({ UserPoolId }))
    const blocked = 'User pool cannot be deleted. It has a domain configured that should be deleted first.'
    await expectRefusal(removePool(), invalid, blocked)
    await cognito.send(new DeleteUserPoolDomainCommand(domain))
    await expectRefusal(removePool(), invalid, blocked)
    expect((await readDomain(world, 'people'))?.Status).toBe('DELETING')
    expect(await readDomain(world, 'people')).toEqual({})
    await removePool()
  }))

test('a domain also settles by the passing of a minute', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    await createDomain(world, UserPoolId)
    world.pass(60_000)
    await world.cognito.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain: 'people' }))
    world.pass(60_000)
    await world.cognito.send(new DeleteUserPoolCommand({ UserPoolId }))
  }))

test('a prefix is free of reserved words and bad letters, and unique in its Region over all accounts', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const refuse = (Domain: string, message: string | RegExp) =>
      expectRefusal(createDomain(world, UserPoolId, { Domain }), invalid, message)
    await refuse('my-cognito', 'Domain cannot contain reserved word: cognito')
    await refuse('People', /^The domain name contains an invalid character\./)
    await createDomain(world, UserPoolId)
    await refuse('second', 'User pool already has a domain configured.')
    const rival = world.connect({ account: '210987654321' })
    const other = await world.pool()
    await expectRefusal(
      createDomain(world, other),
      invalid,
      'Domain already associated with another user pool.',
    )
    expect((await readDomain({ ...world, cognito: rival }, 'people'))?.AWSAccountId).toBe('123456789012')
    expect(await readDomain({ ...world, cognito: world.connect({ region: 'us-east-1' }) }, 'people')).toEqual(
      {},
    )
  }))

test('a custom domain stands beside the prefix and answers its CloudFront name', () =>
  withSandbox(async world => {
    const { cognito } = world
    const UserPoolId = await world.pool()
    await createDomain(world, UserPoolId)
    const custom = { Domain: 'auth.example.com', CustomDomainConfig: { CertificateArn: certificate } }
    await expectRefusal(
      createDomain(world, UserPoolId, { ...custom, Domain: 'example.com' }),
      invalid,
      /^Custom domain is not a valid subdomain/,
    )
    await expectRefusal(
      createDomain(world, UserPoolId, {
        ...custom,
        CustomDomainConfig: { CertificateArn: certificate.replace('us-east-1', 'eu-west-1') },
      }),
      invalid,
      /us-east-1/,
    )
    const made = await createDomain(world, UserPoolId, { ...custom, ManagedLoginVersion: 2 })
    expect(made.CloudFrontDomain).toMatch(/\.cloudfront\.net$/)
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect([UserPool?.Domain, UserPool?.CustomDomain]).toEqual(['people', 'auth.example.com'])
    await readDomain(world, 'auth.example.com')
    await cognito.send(new UpdateUserPoolDomainCommand({ UserPoolId, Domain: 'auth.example.com' }))
    expect(await readDomain(world, 'auth.example.com')).toMatchObject({
      Status: 'UPDATING',
      ManagedLoginVersion: 1,
      CustomDomainConfig: { CertificateArn: certificate },
    })
  }))

test('managed login needs Essentials', () =>
  withSandbox(async world => {
    const id = await world.pool({ UserPoolTier: 'LITE' })
    await expectRefusal(
      createDomain(world, id, { ManagedLoginVersion: 2 }),
      'FeatureUnavailableInTierException',
      /Managed Login/,
    )
  }))

test('a resource server reads back with sorted scopes, and loses those an update leaves out', () =>
  withSandbox(async ({ cognito, pool }) => {
    const server = { UserPoolId: await pool(), Identifier: 'https://api', Name: 'API' }
    const Scopes = ['write', 'admin', 'read'].map(ScopeName => ({ ScopeName, ScopeDescription: ScopeName }))
    await cognito.send(new CreateResourceServerCommand({ ...server, Scopes }))
    const read = async () => (await cognito.send(new DescribeResourceServerCommand(server))).ResourceServer
    expect((await read())?.Scopes?.map(scope => scope.ScopeName)).toEqual(['admin', 'read', 'write'])
    await expectRefusal(cognito.send(new CreateResourceServerCommand(server)), invalid, /already exists/)
    await cognito.send(new UpdateResourceServerCommand({ ...server, Name: 'Renamed' }))
    expect(await read()).toEqual({ ...server, Name: 'Renamed' })
    await cognito.send(new DeleteResourceServerCommand(server))
    await expectRefusal(read(), 'ResourceNotFoundException', 'Resource server does not exist.')
  }))

test('resource servers are listed only with a page size from 1 to 50', () =>
  withSandbox(async ({ cognito, pool }) => {
    const UserPoolId = await pool()
    const list = (MaxResults?: number) =>
      cognito.send(
        new ListResourceServersCommand({ UserPoolId, ...(MaxResults !== undefined && { MaxResults }) }),
      )
    await expectRefusal(
      list(),
      invalid,
      "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    )
    await expectRefusal(list(60), invalid, /less than or equal to 50$/)
    expect((await list(50)).ResourceServers).toEqual([])
  }))

test('the resource server of dynamic registration is there, and belongs to Cognito', () =>
  withSandbox(async ({ cognito, pool }) => {
    const UserPoolId = await pool({ DcrConfiguration: { EnableStatus: 'Enabled' } })
    const { ResourceServers } = await cognito.send(
      new ListResourceServersCommand({ UserPoolId, MaxResults: 50 }),
    )
    expect(ResourceServers?.[0]).toMatchObject({ Identifier: 'aws.cognito/dcr', ManagedBy: 'COGNITO' })
    await expectRefusal(
      cognito.send(new DeleteResourceServerCommand({ UserPoolId, Identifier: 'aws.cognito/dcr' })),
      invalid,
      /managed by Cognito/,
    )
  }))

test('a group keeps what an update leaves out, and never shows what was never set', () =>
  withSandbox(async ({ cognito, pool, pass }) => {
    const group = { UserPoolId: await pool(), GroupName: 'admins' }
    const RoleArn = 'arn:aws:iam::123456789012:role/admins'
    const { Group } = await cognito.send(new CreateGroupCommand({ ...group, RoleArn, Precedence: 0 }))
    const made = new Date('2026-11-21T08:00:00.981Z')
    expect(Group).toEqual({ ...group, RoleArn, Precedence: 0, CreationDate: made, LastModifiedDate: made })
    pass(1000)
    await cognito.send(new UpdateGroupCommand({ ...group, Description: 'All of them' }))
    expect((await cognito.send(new GetGroupCommand(group))).Group).toEqual({
      ...group,
      RoleArn,
      Precedence: 0,
      Description: 'All of them',
      CreationDate: made,
      LastModifiedDate: new Date('2026-11-21T08:00:01.981Z'),
    })
    await cognito.send(new DeleteGroupCommand(group))
    await expectRefusal(
      cognito.send(new GetGroupCommand(group)),
      'ResourceNotFoundException',
      'Group not found.',
    )
  }))

test('group names are unique ignoring case, and listed in pages', () =>
  withSandbox(async ({ cognito, pool }) => {
    const UserPoolId = await pool()
    const create = (input: Partial<CreateGroupCommandInput>) =>
      cognito.send(new CreateGroupCommand({ UserPoolId, GroupName: 'b', ...input }))
    for (const GroupName of ['b', 'constructor', 'a']) await create({ GroupName })
    await expectRefusal(
      create({ GroupName: 'B' }),
      'GroupExistsException',
      'A group with the name already exists.',
    )
    const first = await cognito.send(new ListGroupsCommand({ UserPoolId, Limit: 2 }))
    const last = await cognito.send(
      new ListGroupsCommand({ UserPoolId, Limit: 2, NextToken: first.NextToken }),
    )
    expect(first.Groups?.map(each => each.GroupName)).toEqual(['a', 'b'])
    expect(last.Groups?.map(each => each.GroupName)).toEqual(['constructor'])
    expect((await cognito.send(new ListGroupsCommand({ UserPoolId, Limit: 0 }))).Groups).toHaveLength(3)
  }))
