// Threat protection, logs, sessions and limits of the sandbox's user pools, and what a lower tier refuses.
import {
  CreateUserPoolClientCommand,
  CreateUserPoolDomainCommand,
  DescribeRiskConfigurationCommand,
  GetLogDeliveryConfigurationCommand,
  GetProvisionedLimitCommand,
  GetUserPoolClientSessionConfigurationCommand,
  GetUserPoolSessionConfigurationCommand,
  SetLogDeliveryConfigurationCommand,
  SetRiskConfigurationCommand,
  type SetRiskConfigurationCommandInput,
  SetUserPoolClientSessionConfigurationCommand,
  SetUserPoolSessionConfigurationCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

const invalid = 'InvalidParameterException'
const group = 'arn:aws:logs:eu-west-1:123456789012:log-group:people'
const sender = 'arn:aws:ses:eu-west-1:123456789012:identity/a@example.com'
const block = { CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } } } as const

function protectedPool(world: World) {
  return world.pool({ UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } })
}

async function makeClient({ cognito }: World, UserPoolId: string) {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'web' }),
  )
  return UserPoolClient?.ClientId
}

async function setRisk(
  { cognito }: World,
  UserPoolId: string,
  input: Partial<SetRiskConfigurationCommandInput>,
) {
  const answer = await cognito.send(new SetRiskConfigurationCommand({ UserPoolId, ...input }))
  return answer.RiskConfiguration
}

async function readRisk({ cognito }: World, UserPoolId: string, ClientId?: string) {
  const answer = await cognito.send(new DescribeRiskConfigurationCommand({ UserPoolId, ClientId }))
  return answer.RiskConfiguration
}

test('a risk configuration needs threat protection', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool({ UserPoolTier: 'PLUS' })
    const name = 'UserPoolAddOnNotEnabledException'
    await expectRefusal(setRisk(world, UserPoolId, block), name, /add-ons/)
    await expectRefusal(readRisk(world, UserPoolId), name, /add-ons/)
  }))

test('a risk configuration is replaced whole, and inherited by clients without their own', () =>
  withSandbox(async world => {
    const UserPoolId = await protectedPool(world)
    const ClientId = await makeClient(world, UserPoolId)
    expect(await readRisk(world, UserPoolId)).toEqual({ UserPoolId })
    await setRisk(world, UserPoolId, {
      ...block,
      RiskExceptionConfiguration: { BlockedIPRangeList: ['10.0.0.0/8', '2001:db8::/32'] },
    })
    expect(await setRisk(world, UserPoolId, block)).toEqual({
      UserPoolId,
      CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' }, EventFilter: [] },
      LastModifiedDate: expect.any(Date),
    })
    const inherited = await readRisk(world, UserPoolId, ClientId)
    expect(inherited).toEqual(await readRisk(world, UserPoolId))
    expect(inherited).not.toHaveProperty('ClientId')
    await setRisk(world, UserPoolId, { ClientId, ...block })
    expect((await readRisk(world, UserPoolId, ClientId))?.ClientId).toBe(ClientId)
    await setRisk(world, UserPoolId, { ClientId })
    expect(await readRisk(world, UserPoolId, ClientId)).not.toHaveProperty('ClientId')
    await setRisk(world, UserPoolId, {})
    expect(await readRisk(world, UserPoolId, ClientId)).toEqual({ UserPoolId })
  }))

test('a risk configuration has rules of its own', () =>
  withSandbox(async world => {
    const UserPoolId = await protectedPool(world)
    const refuse = (input: Partial<SetRiskConfigurationCommandInput>, message: string | RegExp) =>
      expectRefusal(setRisk(world, UserPoolId, input), invalid, message)
    await refuse(
      { RiskExceptionConfiguration: { SkippedIPRangeList: ['10.0.0.1'] } },
      'Incorrect CIDR format',
    )
    const Actions = { HighAction: { Notify: true, EventAction: 'BLOCK' } } as const
    await refuse({ AccountTakeoverRiskConfiguration: { Actions } }, /NotifyConfiguration/)
    const far = { SourceArn: sender.replace('eu-west-1', 'eu-north-1') }
    await refuse(
      { AccountTakeoverRiskConfiguration: { Actions, NotifyConfiguration: far } },
      'Provided SourceArn must be in one of the following SES regions: eu-west-1, us-east-1, us-west-2.',
    )
    await setRisk(world, UserPoolId, {
      AccountTakeoverRiskConfiguration: { Actions, NotifyConfiguration: { SourceArn: sender } },
    })
  }))

function setLogs({ cognito }: World, UserPoolId: string, LogConfigurations: unknown[]) {
  return cognito.send(
    new SetLogDeliveryConfigurationCommand({ UserPoolId, LogConfigurations: LogConfigurations as never }),
  )
}

const errors = {
  LogLevel: 'ERROR',
  EventSource: 'userNotification',
  CloudWatchLogsConfiguration: { LogGroupArn: group },
}
const events = {
  LogLevel: 'INFO',
  EventSource: 'userAuthEvents',
  S3Configuration: { BucketArn: 'arn:aws:s3:::people-logs' },
}

test('log delivery is a list that replaces the old one', () =>
  withSandbox(async world => {
    const UserPoolId = await protectedPool(world)
    const read = async () =>
      (await world.cognito.send(new GetLogDeliveryConfigurationCommand({ UserPoolId })))
        .LogDeliveryConfiguration
    expect(await read()).toEqual({ UserPoolId, LogConfigurations: [] })
    await setLogs(world, UserPoolId, [errors, events])
    expect(await read()).toEqual({ UserPoolId, LogConfigurations: [errors, events] })
    await setLogs(world, UserPoolId, [errors])
    expect((await read())?.LogConfigurations).toEqual([errors])
    await setLogs(world, UserPoolId, [])
    expect((await read())?.LogConfigurations).toEqual([])
  }))

test.each([
  [
    [{ LogLevel: 'ERROR', EventSource: 'userNotification' }],
    'Request validation Failed. Following event sources in request have no destination: [userNotification].',
  ],
  [
    [errors, errors],
    'Request validation Failed. Following event sources appear more then once in a request: [userNotification].',
  ],
  [[{ ...errors, LogLevel: 'INFO' }], /ERROR/],
  [[{ ...events, LogLevel: 'ERROR' }], /INFO/],
  [[{ ...events, EventSource: 'userNotification', LogLevel: 'ERROR' }], /CloudWatch/],
  [[{ ...events, ...errors }], /more than one/],
  [
    [{ ...errors, CloudWatchLogsConfiguration: { LogGroupArn: group.replace('eu-west', 'us-east') } }],
    /Region|region/,
  ],
  [
    [{ ...errors, LogLevel: 'TRACE' }],
    "1 validation error detected: Value 'TRACE' at 'logConfigurations.1.member.logLevel' failed to satisfy constraint: Member must satisfy enum value set: [ERROR, INFO]",
  ],
] as const)('log delivery refuses %#', (logs, message) =>
  withSandbox(async world => {
    await expectRefusal(setLogs(world, await protectedPool(world), [...logs]), invalid, message)
  }),
)

test('user activity logs need Plus', () =>
  withSandbox(async world => {
    await expectRefusal(
      setLogs(world, await world.pool(), [events]),
      'FeatureUnavailableInTierException',
      'The following feature is not available for the ESSENTIALS pricing tier configured: Log Streaming',
    )
  }))

test('sessions: 20 and 60 while never set; clients need tracking and keep their value without it', () =>
  withSandbox(async world => {
    const { cognito } = world
    const UserPoolId = await world.pool()
    const client = { UserPoolId, ClientId: await makeClient(world, UserPoolId) }
    const readPool = async () => {
      const { $metadata, ...rest } = await cognito.send(
        new GetUserPoolSessionConfigurationCommand({ UserPoolId }),
      )
      return rest
    }
    const readClient = async () => {
      const { $metadata, ...rest } = await cognito.send(
        new GetUserPoolClientSessionConfigurationCommand(client),
      )
      return rest
    }
    const track = (UserSessionTracking: 'ENABLED' | 'DISABLED', MaxPerUser: number) =>
      cognito.send(
        new SetUserPoolSessionConfigurationCommand({
          UserPoolId,
          UserSessionTracking,
          TokenSession: { MaxPerUser },
        }),
      )
    const reuse = (MaxValidityMinutes: number) =>
      cognito.send(
        new SetUserPoolClientSessionConfigurationCommand({ ...client, SSOSession: { MaxValidityMinutes } }),
      )
    expect(await readPool()).toEqual({
      UserPoolId,
      UserSessionTracking: 'DISABLED',
      TokenSession: { MaxPerUser: 20 },
    })
    expect(await readClient()).toEqual({ ...client, SSOSession: { MaxValidityMinutes: 60 } })
    await expectRefusal(reuse(0), invalid, /tracking/)
    await track('ENABLED', 5)
    await reuse(0)
    await track('DISABLED', 5)
    expect(await readPool()).toMatchObject({
      UserSessionTracking: 'DISABLED',
      TokenSession: { MaxPerUser: 5 },
    })
    expect(await readClient()).toEqual({ ...client, SSOSession: { MaxValidityMinutes: 0 } })
    await expectRefusal(track('ENABLED', 101), invalid, /'tokenSession\.maxPerUser'/)
    const lite = await world.pool({ UserPoolTier: 'LITE' })
    await expectRefusal(
      cognito.send(
        new SetUserPoolSessionConfigurationCommand({
          UserPoolId: lite,
          UserSessionTracking: 'ENABLED',
          TokenSession: { MaxPerUser: 1 },
        }),
      ),
      'FeatureUnavailableInTierException',
      /LITE/,
    )
  }))

test('limits are read by category', () =>
  withSandbox(async ({ cognito }) => {
    const read = (Category: string) =>
      cognito.send(
        new GetProvisionedLimitCommand({
          LimitDefinition: { LimitClass: 'API_CATEGORY', Attributes: { Category } },
        }),
      )
    expect((await read('UserAuthentication')).Limit).toEqual({
      LimitDefinition: { LimitClass: 'API_CATEGORY', Attributes: { Category: 'UserAuthentication' } },
      ProvisionedLimitValue: 120,
      FreeLimitValue: 120,
    })
    await expectRefusal(read('Nothing'), 'ResourceNotFoundException', /Nothing/)
  }))

test('a lower tier is refused while anything of the pool needs the higher one', () =>
  withSandbox(async world => {
    const { cognito } = world
    const UserPoolId = await protectedPool(world)
    const lower = (UserPoolTier: UpdateUserPoolCommandInput['UserPoolTier']) =>
      cognito.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTier }))
    const refuse = (tier: UpdateUserPoolCommandInput['UserPoolTier'], features: string) =>
      expectRefusal(
        lower(tier),
        'TierChangeNotAllowedException',
        `The following features need to be disabled for the ${tier} pricing tier configured: ${features}`,
      )
    await setLogs(world, UserPoolId, [events])
    await refuse('ESSENTIALS', 'Log Streaming')
    await setLogs(world, UserPoolId, [errors])
    await lower('ESSENTIALS')
    await cognito.send(
      new CreateUserPoolDomainCommand({ UserPoolId, Domain: 'people', ManagedLoginVersion: 2 }),
    )
    await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId,
        ClientName: 'web',
        ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
      }),
    )
    await cognito.send(
      new SetUserPoolSessionConfigurationCommand({
        UserPoolId,
        UserSessionTracking: 'ENABLED',
        TokenSession: { MaxPerUser: 5 },
      }),
    )
    await refuse('LITE', 'Managed Login Version 2, Choice-Based Authentication, Session Management')
  }))
