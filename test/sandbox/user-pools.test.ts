// User pools of the sandbox: defaults, omission, rules, schema, tags, lists.
import {
  AddCustomAttributesCommand,
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  ListIdentityProvidersCommand,
  ListTagsForResourceCommand,
  ListUserPoolsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
  type UpdateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

async function describePool({ cognito }: World, UserPoolId: string) {
  const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
  if (UserPool === undefined) throw new Error('no pool')
  return UserPool
}

function update({ cognito }: World, UserPoolId: string, input: Partial<UpdateUserPoolCommandInput> = {}) {
  return cognito.send(new UpdateUserPoolCommand({ UserPoolId, ...input }))
}

function create({ cognito }: World, input: Partial<CreateUserPoolCommandInput>) {
  return cognito.send(new CreateUserPoolCommand({ PoolName: 'people', ...input }))
}

/** A role that Cognito may send text messages with. */
async function makeSmsRole({ sandbox }: World, policy = 'sns:Publish'): Promise<string> {
  const iam = new IAMClient({
    endpoint: sandbox.url,
    region: 'us-east-1',
    credentials: { accessKeyId: '123456789012', secretAccessKey: 'unused' },
  })
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: 'sms',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'cognito-idp.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      }),
    }),
  )
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'sms',
      PolicyName: 'publish',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: policy, Resource: '*' }],
      }),
    }),
  )
  iam.destroy()
  return Role?.Arn ?? ''
}

const lambda = 'arn:aws:lambda:eu-west-1:123456789012:function:hook'
const source = 'arn:aws:ses:eu-west-1:123456789012:identity/example.com'

test('a pool of nothing but a name reads back with the defaults AWS returns, and nothing more', () =>
  withSandbox(async world => {
    const { SchemaAttributes, ...pool } = await describePool(world, await world.pool())
    const made = new Date('2026-11-21T08:00:00.981Z')
    expect(pool).toEqual({
      Id: pool.Id,
      Name: 'people',
      Arn: `arn:aws:cognito-idp:eu-west-1:123456789012:userpool/${pool.Id}`,
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      },
      DeletionProtection: 'INACTIVE',
      LambdaConfig: {},
      CreationDate: made,
      LastModifiedDate: made,
      VerificationMessageTemplate: { DefaultEmailOption: 'CONFIRM_WITH_CODE' },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      MfaConfiguration: 'OFF',
      EstimatedNumberOfUsers: 0,
      EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
      UserPoolTags: {},
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      AccountRecoverySetting: {
        RecoveryMechanisms: [
          { Priority: 1, Name: 'verified_email' },
          { Priority: 2, Name: 'verified_phone_number' },
        ],
      },
      UserPoolTier: 'ESSENTIALS',
      KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
      IssuerConfiguration: { Type: 'ORIGINAL' },
      AcrConfiguration: {
        Level1: { AcrValue: 'urn:cognito:loa:1' },
        Level2: { AcrValue: 'urn:cognito:loa:2' },
        Level3: { AcrValue: 'urn:cognito:loa:3' },
        Level4: { AcrValue: 'urn:cognito:loa:4' },
      },
    })
    expect(SchemaAttributes?.map(each => each.Name).join(' ')).toBe(
      'profile address birthdate gender preferred_username updated_at website picture identities sub phone_number ' +
        'phone_number_verified zoneinfo locale email email_verified given_name family_name middle_name name nickname',
    )
  }))

test('the answer to a create leaves empty tags out', () =>
  withSandbox(async world => {
    expect((await create(world, {})).UserPool).not.toHaveProperty('UserPoolTags')
    expect((await create(world, { UserPoolTags: { a: 'b' } })).UserPool?.UserPoolTags).toEqual({ a: 'b' })
  }))

test('a partly declared password policy turns every requirement left out off', () =>
  withSandbox(async world => {
    const id = await world.pool({ Policies: { PasswordPolicy: { RequireNumbers: true } } })
    expect((await describePool(world, id)).Policies?.PasswordPolicy).toEqual({
      MinimumLength: 8,
      RequireUppercase: false,
      RequireLowercase: false,
      RequireNumbers: true,
      RequireSymbols: false,
      TemporaryPasswordValidityDays: 7,
    })
  }))

test('an update resets what it leaves out, except what AWS was seen to keep', () =>
  withSandbox(async world => {
    const id = await world.pool({
      Policies: {
        PasswordPolicy: { MinimumLength: 12 },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
      },
      DeletionProtection: 'ACTIVE',
      LambdaConfig: { PreSignUp: lambda },
      AutoVerifiedAttributes: ['email'],
      VerificationMessageTemplate: { EmailSubject: 'Hello' },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      EmailConfiguration: { EmailSendingAccount: 'DEVELOPER', SourceArn: source },
      UserPoolTags: { team: 'web' },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UserPoolAddOns: { AdvancedSecurityMode: 'OFF' },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
      AcrConfiguration: { Level1: { AcrValue: 'low' } },
      DcrConfiguration: { EnableStatus: 'Disabled' },
    })
    const before = await describePool(world, id)
    world.pass(5000)
    await update(world, id)
    const after = await describePool(world, id)
    for (const kept of [
      'Name',
      'Policies',
      'DeletionProtection',
      'VerificationMessageTemplate',
      'EmailVerificationSubject',
      'UserAttributeUpdateSettings',
      'EmailConfiguration',
      'AccountRecoverySetting',
      'UserPoolTier',
      'DcrConfiguration',
      'CreationDate',
    ] as const) {
      expect([kept, after[kept]]).toEqual([kept, before[kept]])
    }
    expect(after.LambdaConfig).toEqual({})
    expect(after.UserPoolTags).toEqual({})
    expect(after.AdminCreateUserConfig?.AllowAdminCreateUserOnly).toBe(false)
    expect(after.AcrConfiguration?.Level1).toEqual({ AcrValue: 'urn:cognito:loa:1' })
    for (const gone of ['AutoVerifiedAttributes', 'DeviceConfiguration', 'UserPoolAddOns']) {
      expect(after).not.toHaveProperty(gone)
    }
    expect(after.LastModifiedDate?.getTime()).toBe((before.LastModifiedDate?.getTime() ?? 0) + 5000)
  }))

test('of the two policies, the one that an update does not send is kept', () =>
  withSandbox(async world => {
    const id = await world.pool({
      Policies: {
        PasswordPolicy: { MinimumLength: 12 },
        SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] },
      },
    })
    await update(world, id, { Policies: { PasswordPolicy: { MinimumLength: 20 } } })
    const { Policies } = await describePool(world, id)
    expect(Policies?.PasswordPolicy?.MinimumLength).toBe(20)
    expect(Policies?.SignInPolicy?.AllowedFirstAuthFactors).toEqual(['PASSWORD', 'EMAIL_OTP'])
  }))

test('a minimal update fails on a pool that verifies attributes before an update', () =>
  withSandbox(async world => {
    const id = await world.pool({
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    })
    await expectRefusal(
      update(world, id, { DeletionProtection: 'INACTIVE' }),
      'InvalidParameterException',
      'All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes',
    )
    await update(world, id, { AutoVerifiedAttributes: ['email'] })
  }))

test('mirrored members read back on both sides, whichever was written', () =>
  withSandbox(async world => {
    const id = await world.pool({
      EmailVerificationSubject: 'Hello',
      SmsVerificationMessage: 'code {####}',
      LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: lambda } },
      AdminCreateUserConfig: { UnusedAccountValidityDays: 3 },
    })
    const pool = await describePool(world, id)
    expect(pool.VerificationMessageTemplate).toEqual({
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
      EmailSubject: 'Hello',
      SmsMessage: 'code {####}',
    })
    expect([pool.EmailVerificationSubject, pool.SmsVerificationMessage]).toEqual(['Hello', 'code {####}'])
    expect(pool.LambdaConfig?.PreTokenGeneration).toBe(lambda)
    expect(pool.Policies?.PasswordPolicy).toMatchObject({
      TemporaryPasswordValidityDays: 3,
      RequireSymbols: true,
    })
    await update(world, id, { LambdaConfig: { PreTokenGeneration: lambda } })
    expect((await describePool(world, id)).LambdaConfig).toEqual({
      PreTokenGeneration: lambda,
      PreTokenGenerationConfig: { LambdaVersion: 'V1_0', LambdaArn: lambda },
    })
  }))

test('the deprecated days are refused beside their successor, and for ever once that was set', () =>
  withSandbox(async world => {
    const text =
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays'
    const fresh = await world.pool()
    const read = await describePool(world, fresh)
    const { Policies, AdminCreateUserConfig } = read
    await expectRefusal(
      update(world, fresh, { Policies, AdminCreateUserConfig }),
      'InvalidParameterException',
      text,
    )
    await update(world, fresh, { AdminCreateUserConfig: { UnusedAccountValidityDays: 9 } })
    await update(world, fresh, { Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 5 } } })
    await expectRefusal(
      update(world, fresh, { AdminCreateUserConfig: { UnusedAccountValidityDays: 5 } }),
      'InvalidParameterException',
      text,
    )
  }))

test('rules between members are enforced, in the recorded words where there are any', () =>
  withSandbox(async world => {
    const refuse = (input: Partial<CreateUserPoolCommandInput>, message: string | RegExp) =>
      expectRefusal(create(world, input), 'InvalidParameterException', message)
    await refuse(
      { AutoVerifiedAttributes: ['phone_number'] },
      'SMS configuration is required when phone_number is selected for auto verification',
    )
    await refuse(
      { MfaConfiguration: 'OPTIONAL' },
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    )
    await refuse(
      { AliasAttributes: ['email'], UsernameAttributes: ['email'] },
      /aliasAttributes or usernameAttributes/,
    )
    await refuse({ EmailConfiguration: { EmailSendingAccount: 'DEVELOPER' } }, /SourceArn is required/)
    await refuse(
      { EmailConfiguration: { SourceArn: source.replace('eu-west-1', 'eu-north-1') } },
      /Invalid SES region eu-north-1/,
    )
    await refuse(
      { LambdaConfig: { CustomSMSSender: { LambdaVersion: 'V1_0', LambdaArn: lambda } } },
      /KMSKeyID is required/,
    )
    await refuse(
      {
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Priority: 1, Name: 'admin_only' },
            { Priority: 2, Name: 'verified_email' },
          ],
        },
      },
      /admin_only can not be combined/,
    )
    await refuse({ KeyConfiguration: { KeyType: 'CUSTOMER_MANAGED_KEY' } }, /KmsKeyArn/)
    await refuse({ AcrConfiguration: { Level1: { AcrValue: 'urn:cognito:loa:2' } } }, /unique across levels/)
    await refuse({ DcrConfiguration: { AllowedScopes: ['openid'] } }, /can not contain openid/)
  }))

test('a registration configuration sent without EnableStatus turns registration on', () =>
  withSandbox(async world => {
    const id = await world.pool({ DcrConfiguration: { OpenDcrGrantTypes: [] } })
    expect((await describePool(world, id)).DcrConfiguration).toEqual({
      EnableStatus: 'Enabled',
      OpenDcrEnabled: false,
      OpenDcrGrantTypes: [],
    })
  }))

test('features above the plan are refused, and so is a step down while they are on', () =>
  withSandbox(async world => {
    await expectRefusal(
      create(world, { UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } }),
      'FeatureUnavailableInTierException',
      'The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection',
    )
    await expectRefusal(
      create(world, {
        UserPoolTier: 'LITE',
        LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: lambda } },
      }),
      'FeatureUnavailableInTierException',
      /Token Customization with Pre-Token Generation Lambda V2_0$/,
    )
    const id = await world.pool({ UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } })
    expect((await describePool(world, id)).UserPoolAddOns).toEqual({
      AdvancedSecurityMode: 'AUDIT',
      AdvancedSecurityAdditionalFlows: {},
    })
    await expectRefusal(
      update(world, id, { UserPoolTier: 'LITE', UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } }),
      'TierChangeNotAllowedException',
      /Threat Protection/,
    )
    await update(world, id, { UserPoolTier: 'LITE' })
    const pool = await describePool(world, id)
    expect(pool.UserPoolTier).toBe('LITE')
    expect(pool).not.toHaveProperty('AcrConfiguration')
  }))

test('text messages need a role that trusts Cognito and may publish', () =>
  withSandbox(async world => {
    const arn = 'arn:aws:iam::123456789012:role/sms'
    const input = {
      SmsConfiguration: { SnsCallerArn: arn },
      AutoVerifiedAttributes: ['phone_number' as const],
    }
    await expectRefusal(
      create(world, input),
      'InvalidSmsRoleTrustRelationshipException',
      'Role does not have a trust relationship allowing Cognito to assume the role',
    )
    expect(await makeSmsRole(world)).toBe(arn)
    const id = await world.pool(input)
    expect((await describePool(world, id)).SmsConfiguration).toEqual({
      SnsCallerArn: arn,
      SnsRegion: 'eu-west-1',
    })
  }))

test('a role that may not publish is refused', () =>
  withSandbox(async world => {
    const arn = await makeSmsRole(world, 's3:GetObject')
    await expectRefusal(
      create(world, { SmsConfiguration: { SnsCallerArn: arn } }),
      'InvalidSmsRoleAccessPolicyException',
      'Role does not have permission to publish with SNS',
    )
  }))

test('standard attributes can be declared, custom ones are prefixed and come last', () =>
  withSandbox(async world => {
    const id = await world.pool({
      Schema: [
        { Name: 'email', AttributeDataType: 'String', Required: true, Mutable: false },
        { Name: 'plan', AttributeDataType: 'String' },
        {
          Name: 'seats',
          AttributeDataType: 'Number',
          Mutable: false,
          NumberAttributeConstraints: { MaxValue: '9' },
        },
      ],
    })
    const attributes = (await describePool(world, id)).SchemaAttributes ?? []
    expect(attributes.find(each => each.Name === 'email')).toMatchObject({
      Required: true,
      Mutable: false,
      StringAttributeConstraints: { MinLength: '0', MaxLength: '2048' },
    })
    expect(attributes.slice(21)).toEqual([
      {
        Name: 'custom:plan',
        AttributeDataType: 'String',
        DeveloperOnlyAttribute: false,
        Mutable: true,
        Required: false,
        StringAttributeConstraints: {},
      },
      {
        Name: 'custom:seats',
        AttributeDataType: 'Number',
        DeveloperOnlyAttribute: false,
        Mutable: false,
        Required: false,
        NumberAttributeConstraints: { MaxValue: '9' },
      },
    ])
  }))

test('custom attributes can be added once, never as required', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const add = (attribute: { Name: string; Required?: boolean }) =>
      world.cognito.send(
        new AddCustomAttributesCommand({
          UserPoolId,
          CustomAttributes: [{ AttributeDataType: 'String', ...attribute }],
        }),
      )
    await add({ Name: 'plan' })
    await expectRefusal(
      add({ Name: 'plan' }),
      'InvalidParameterException',
      'custom:plan: Existing attribute already has name custom:plan.',
    )
    await expectRefusal(
      add({ Name: 'team', Required: true }),
      'InvalidParameterException',
      'Required custom attributes are not supported currently.',
    )
    await add({ Name: 'custom:x' })
    const names = (await describePool(world, UserPoolId)).SchemaAttributes?.slice(21).map(each => each.Name)
    expect(names).toEqual(['custom:plan', 'custom:custom:x'])
  }))

test('a protected pool cannot be deleted', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool({ DeletionProtection: 'ACTIVE' })
    const remove = () => world.cognito.send(new DeleteUserPoolCommand({ UserPoolId }))
    await expectRefusal(
      remove(),
      'InvalidParameterException',
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    )
    await update(world, UserPoolId, { DeletionProtection: 'INACTIVE' })
    await remove()
    await expectRefusal(
      describePool(world, UserPoolId),
      'ResourceNotFoundException',
      'User pool ID does not exist.',
    )
  }))

test('pools are listed in pages, without a status', () =>
  withSandbox(async world => {
    const made = [await world.pool(), await world.pool(), await world.pool()]
    const first = await world.cognito.send(new ListUserPoolsCommand({ MaxResults: 2 }))
    const { NextToken } = first
    const last = await world.cognito.send(new ListUserPoolsCommand({ MaxResults: 2, NextToken }))
    const all = [...(first.UserPools ?? []), ...(last.UserPools ?? [])]
    expect([first.UserPools?.length, last.UserPools?.length, last.NextToken]).toEqual([2, 1, undefined])
    expect(all.map(each => each.Id).sort()).toEqual([...made].sort())
    expect(Object.keys(all[0] ?? {}).sort()).toEqual([
      'CreationDate',
      'Id',
      'LambdaConfig',
      'LastModifiedDate',
      'Name',
    ])
    await expectRefusal(
      world.cognito.send(new ListUserPoolsCommand({ MaxResults: 61 })),
      'InvalidParameterException',
      "1 validation error detected: Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60",
    )
    await expectRefusal(
      world.cognito.send(new ListUserPoolsCommand({ MaxResults: 1, NextToken: 'made-up' })),
      'InvalidParameterException',
      /token/,
    )
  }))

test('tags can be put, read and taken by ARN; system tags cannot', () =>
  withSandbox(async world => {
    const { cognito } = world
    const ResourceArn = (await describePool(world, await world.pool({ UserPoolTags: { a: '1' } }))).Arn
    await cognito.send(new TagResourceCommand({ ResourceArn, Tags: { b: '2' } }))
    await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }))
    expect((await cognito.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual({ b: '2' })
    await expectRefusal(
      cognito.send(new TagResourceCommand({ ResourceArn, Tags: { 'aws:x': '2' } })),
      'InvalidParameterException',
      /System tags/,
    )
    await expectRefusal(
      create(world, { UserPoolTags: { 'aws:x': '' } }),
      'UserPoolTaggingException',
      /System tags/,
    )
  }))

test('a pool has no external identity providers', () =>
  withSandbox(async ({ cognito, pool }) => {
    const answer = await cognito.send(new ListIdentityProvidersCommand({ UserPoolId: await pool() }))
    expect(answer.Providers).toEqual([])
  }))
