// Replicas of the sandbox's user pools in another Region.
import {
  CreateGroupCommand,
  CreateUserPoolReplicaCommand,
  DeleteUserPoolCommand,
  DeleteUserPoolReplicaCommand,
  DescribeUserPoolCommand,
  GetLogDeliveryConfigurationCommand,
  ListTagsForResourceCommand,
  ListUserPoolReplicasCommand,
  ListUserPoolsCommand,
  SetLogDeliveryConfigurationCommand,
  SetRiskConfigurationCommand,
  TagResourceCommand,
  UpdateUserPoolCommand,
  UpdateUserPoolReplicaCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

const invalid = 'InvalidParameterException'
const notEnabled = 'OperationNotEnabledException'
const RegionName = 'us-west-2'
const encrypted = {
  KeyConfiguration: {
    KeyType: 'CUSTOMER_MANAGED_KEY',
    KmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/mrk-1',
  },
} as const

function replicate({ cognito }: World, UserPoolId: string, region = RegionName) {
  return cognito.send(
    new CreateUserPoolReplicaCommand({ UserPoolId, RegionName: region, UserPoolTags: { copy: 'yes' } }),
  )
}

async function listReplicas({ cognito }: Pick<World, 'cognito'>, UserPoolId: string) {
  const { UserPoolReplicas } = await cognito.send(new ListUserPoolReplicasCommand({ UserPoolId }))
  return UserPoolReplicas?.map(each => `${each.RegionName} ${each.Role} ${each.Status}`)
}

/** A pool with a settled replica, and a client of the replica's Region. */
async function makeReplica(world: World, input = {}) {
  const UserPoolId = await world.pool({ ...encrypted, ...input })
  await replicate(world, UserPoolId)
  world.pass(60_000)
  return { UserPoolId, west: world.connect({ region: RegionName }) }
}

test('a replica needs Essentials, a multi-Region key and another Region, and there is one of them', () =>
  withSandbox(async world => {
    const lite = await world.pool({ ...encrypted, UserPoolTier: 'LITE' })
    await expectRefusal(replicate(world, lite), 'FeatureUnavailableInTierException', /Multi-Region/)
    await expectRefusal(replicate(world, await world.pool()), invalid, /customer managed key/)
    const id = await world.pool(encrypted)
    await expectRefusal(replicate(world, id, 'eu-west-1'), invalid, /another Region/)
    const { UserPoolReplica } = await replicate(world, id)
    expect(UserPoolReplica).toEqual({
      RegionName,
      Status: 'CREATING',
      Role: 'SECONDARY',
      UserPoolArn: `arn:aws:cognito-idp:${RegionName}:123456789012:userpool/${id}`,
    })
    await expectRefusal(replicate(world, id, 'us-east-1'), 'LimitExceededException', /replicas/)
  }))

test('a replica is created, switched on from either Region, switched off and deleted', () =>
  withSandbox(async world => {
    const { cognito } = world
    const UserPoolId = await world.pool(encrypted)
    await replicate(world, UserPoolId)
    const west = world.connect({ region: RegionName })
    const replica = { UserPoolId, RegionName }
    const switchTo = (Status: 'ACTIVE' | 'INACTIVE', client = cognito) =>
      client.send(new UpdateUserPoolReplicaCommand({ ...replica, Status }))
    const remove = (client = cognito) => client.send(new DeleteUserPoolReplicaCommand(replica))
    await expectRefusal(switchTo('ACTIVE'), invalid, /CREATING/)
    expect(await listReplicas(world, UserPoolId)).toEqual([
      'eu-west-1 PRIMARY ACTIVE',
      'us-west-2 SECONDARY CREATING',
    ])
    expect(await listReplicas({ cognito: west }, UserPoolId)).toContain('us-west-2 SECONDARY INACTIVE')
    await switchTo('ACTIVE', west)
    await expectRefusal(remove(), invalid, /INACTIVE/)
    await switchTo('INACTIVE')
    await expectRefusal(remove(west), notEnabled, /DeleteUserPoolReplica/)
    await expectRefusal(cognito.send(new DeleteUserPoolCommand({ UserPoolId })), invalid, /replica/)
    expect((await remove()).UserPoolReplica?.Status).toBe('DELETING')
    expect(await listReplicas(world, UserPoolId)).toContain('us-west-2 SECONDARY DELETING')
    expect(await listReplicas(world, UserPoolId)).toEqual(['eu-west-1 PRIMARY ACTIVE'])
    await expectRefusal(switchTo('ACTIVE'), 'ResourceNotFoundException', /no replica/)
    await cognito.send(new DeleteUserPoolCommand({ UserPoolId }))
  }))

test('both Regions list the pool under one id, each with its own ARN and tags', () =>
  withSandbox(async world => {
    const { UserPoolId, west } = await makeReplica(world, { UserPoolTags: { stage: 'prod' } })
    for (const client of [world.cognito, west]) {
      const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }))
      expect(UserPools).toMatchObject([{ Id: UserPoolId, ReplicaRegions: ['eu-west-1', RegionName] }])
    }
    const { UserPool } = await west.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect(UserPool).toMatchObject({
      Id: UserPoolId,
      Arn: `arn:aws:cognito-idp:${RegionName}:123456789012:userpool/${UserPoolId}`,
      UserPoolTags: { copy: 'yes' },
    })
    const ResourceArn = UserPool?.Arn
    await west.send(new TagResourceCommand({ ResourceArn, Tags: { more: 'yes' } }))
    const tags = await west.send(new ListTagsForResourceCommand({ ResourceArn }))
    expect(tags.Tags).toEqual({ copy: 'yes', more: 'yes' })
    const primary = await world.cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
    expect(primary.UserPool?.UserPoolTags).toEqual({ stage: 'prod' })
    const others = await world
      .connect({ region: 'us-east-1' })
      .send(new ListUserPoolsCommand({ MaxResults: 1 }))
    expect(others.UserPools).toEqual([])
  }))

test('a secondary Region changes what is its own and nothing else', () =>
  withSandbox(async world => {
    const { UserPoolId, west } = await makeReplica(world, { AutoVerifiedAttributes: ['email'] })
    await expectRefusal(
      west.send(new CreateGroupCommand({ UserPoolId, GroupName: 'staff' })),
      notEnabled,
      /CreateGroup/,
    )
    const update = (input: object) =>
      west.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTags: { copy: 'yes' }, ...input }))
    await expectRefusal(update({}), notEnabled, /primary Region/)
    const LambdaConfig = { PreSignUp: 'arn:aws:lambda:us-west-2:123456789012:function:check' }
    await update({ AutoVerifiedAttributes: ['email'], LambdaConfig })
    const read = async (client = west) =>
      (await client.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool
    expect((await read())?.LambdaConfig).toEqual(LambdaConfig)
    expect((await read(world.cognito))?.LambdaConfig).toEqual({})
    const LogConfigurations = [
      {
        LogLevel: 'ERROR',
        EventSource: 'userNotification',
        CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:us-west-2:123456789012:log-group:people' },
      },
    ] as const
    await west.send(
      new SetLogDeliveryConfigurationCommand({ UserPoolId, LogConfigurations: [...LogConfigurations] }),
    )
    const readLogs = async (client = west) => {
      const answer = await client.send(new GetLogDeliveryConfigurationCommand({ UserPoolId }))
      return answer.LogDeliveryConfiguration?.LogConfigurations
    }
    expect(await readLogs()).toEqual(LogConfigurations)
    expect(await readLogs(world.cognito)).toEqual([])
  }))

test('of a risk configuration a secondary Region changes the sender only', () =>
  withSandbox(async world => {
    const { UserPoolId, west } = await makeReplica(world, {
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
    })
    const risk = (region: string, EventAction: 'BLOCK' | 'NO_ACTION') =>
      new SetRiskConfigurationCommand({
        UserPoolId,
        AccountTakeoverRiskConfiguration: {
          Actions: { HighAction: { Notify: true, EventAction } },
          NotifyConfiguration: { SourceArn: `arn:aws:ses:${region}:123456789012:identity/a@example.com` },
        },
      })
    await world.cognito.send(risk('eu-west-1', 'BLOCK'))
    await expectRefusal(west.send(risk(RegionName, 'NO_ACTION')), notEnabled, /SourceArn/)
    const { RiskConfiguration } = await west.send(risk(RegionName, 'BLOCK'))
    expect(RiskConfiguration?.AccountTakeoverRiskConfiguration?.NotifyConfiguration?.SourceArn).toContain(
      RegionName,
    )
  }))

test('a replica holds its pool to the tier and the key', () =>
  withSandbox(async world => {
    const { UserPoolId } = await makeReplica(world)
    const update = (input: object) => world.cognito.send(new UpdateUserPoolCommand({ UserPoolId, ...input }))
    await expectRefusal(
      update({ UserPoolTier: 'LITE' }),
      'TierChangeNotAllowedException',
      /Multi-Region Replication/,
    )
    await expectRefusal(update({ KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' } }), invalid, /replica/)
    await update({ DeletionProtection: 'ACTIVE' })
  }))

test('the other Region forgets a deleted replica after a minute', () =>
  withSandbox(async world => {
    const { UserPoolId, west } = await makeReplica(world)
    await world.cognito.send(new DeleteUserPoolReplicaCommand({ UserPoolId, RegionName }))
    world.pass(60_000)
    expect((await west.send(new ListUserPoolsCommand({ MaxResults: 1 }))).UserPools).toEqual([])
    await expectRefusal(
      west.send(new DescribeUserPoolCommand({ UserPoolId })),
      'ResourceNotFoundException',
      'User pool ID does not exist.',
    )
  }))
