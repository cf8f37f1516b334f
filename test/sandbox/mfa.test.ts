// SetUserPoolMfaConfig of the sandbox: the table measured against AWS, row by row.
import {
  CreateUserPoolCommand,
  type CreateUserPoolCommandInput,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { expectRefusal, type World, withSandbox } from './fixture.ts'

type Setting = Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'>

function set({ cognito }: World, UserPoolId: string, input: Setting) {
  return cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...input }))
}

async function get({ cognito }: World, UserPoolId: string) {
  const { $metadata, ...answer } = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }))
  return answer
}

const token = { SoftwareTokenMfaConfiguration: { Enabled: true } }
const developer: Partial<CreateUserPoolCommandInput> = {
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:eu-west-1:123456789012:identity/example.com',
  },
}

test('a pool never configured answers OFF and nothing else', () =>
  withSandbox(async world => {
    expect(await get(world, await world.pool())).toEqual({ MfaConfiguration: 'OFF' })
  }))

test('a call with nothing but the pool turns MFA off and drops the factor', () =>
  withSandbox(async world => {
    const id = await world.pool()
    await set(world, id, { MfaConfiguration: 'ON', ...token })
    expect(await get(world, id)).toEqual({ MfaConfiguration: 'ON', ...token })
    await set(world, id, {})
    expect(await get(world, id)).toEqual({ MfaConfiguration: 'OFF' })
    const { UserPool } = await world.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }))
    expect(UserPool?.MfaConfiguration).toBe('OFF')
  }))

const refusals: {
  when: string
  pool?: Partial<CreateUserPoolCommandInput>
  input: Setting
  message: string
}[] = [
  {
    when: 'a factor is sent while MFA is omitted',
    input: token,
    message: "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
  },
  {
    when: 'a factor is sent while MFA is OFF, even a disabled one',
    input: { MfaConfiguration: 'OFF', SoftwareTokenMfaConfiguration: { Enabled: false } },
    message: "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
  },
  {
    when: 'only the email factor is sent while MFA is OFF',
    pool: developer,
    input: { EmailMfaConfiguration: {} },
    message: "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
  },
  {
    when: 'MFA is on without an enabled factor; a passkey does not count',
    input: { MfaConfiguration: 'OPTIONAL', WebAuthnConfiguration: { UserVerification: 'required' } },
    message: 'SMS MFA, Email MFA, or Software Token MFA must be enabled',
  },
  {
    when: 'MFA is required and a one-time password is a first factor',
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    input: { MfaConfiguration: 'ON', ...token },
    message: 'Only PASSWORD and WEB_AUTHN (if configured) can be enabled as an auth factor if MFA is enabled',
  },
  {
    when: 'MFA is required and a passkey is a first factor but not multi-factor',
    pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } } },
    input: { MfaConfiguration: 'ON', ...token, WebAuthnConfiguration: { UserVerification: 'required' } },
    message:
      'Cannot set WebAuthn factor configuration to SINGLE_FACTOR if MFA is required and WebAuthn is an allowed first auth factor',
  },
  {
    when: 'the email factor is on while Cognito sends the mail',
    input: { MfaConfiguration: 'ON', EmailMfaConfiguration: {} },
    message:
      'Cannot set EmailMfaConfiguration when user pool EmailConfiguration contains an EmailSendingAccount of COGNITO_DEFAULT',
  },
  {
    when: 'the email factor is on while email is the only recovery',
    pool: {
      ...developer,
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
    },
    input: { MfaConfiguration: 'ON', EmailMfaConfiguration: {} },
    message:
      'Invalid account recovery setting parameter. Account Recovery Setting cannot use verified_email as a recovery mechanism when Email MFA is configured.',
  },
]

test.each(refusals)('is refused when $when', ({ pool, input, message }) =>
  withSandbox(async world => {
    const id = await world.pool(pool)
    await expectRefusal(set(world, id, input), 'InvalidParameterException', message)
    expect(await get(world, id)).toEqual({ MfaConfiguration: 'OFF' })
  }),
)

test('optional MFA accepts a one-time password as first factor', () =>
  withSandbox(async world => {
    const id = await world.pool({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    })
    await set(world, id, { MfaConfiguration: 'OPTIONAL', ...token })
  }))

test('a passkey-only pool keeps MFA off, with the passkey defaults filled in', () =>
  withSandbox(async world => {
    const id = await world.pool()
    await set(world, id, { WebAuthnConfiguration: { RelyingPartyId: 'example.com' } })
    expect(await get(world, id)).toEqual({
      MfaConfiguration: 'OFF',
      WebAuthnConfiguration: {
        RelyingPartyId: 'example.com',
        UserVerification: 'preferred',
        FactorConfiguration: 'SINGLE_FACTOR',
      },
    })
    await set(world, id, { MfaConfiguration: 'ON', ...token })
    expect(await get(world, id)).toEqual({ MfaConfiguration: 'ON', ...token })
  }))

test('email MFA is refused on LITE', () =>
  withSandbox(async world => {
    const id = await world.pool({ ...developer, UserPoolTier: 'LITE' })
    await expectRefusal(
      set(world, id, { MfaConfiguration: 'ON', EmailMfaConfiguration: {} }),
      'FeatureUnavailableInTierException',
      /Email MFA/,
    )
  }))

test('UpdateUserPool keeps MFA when it leaves it out, turns it off, and cannot turn it on', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    const update = (MfaConfiguration?: 'ON' | 'OFF' | 'OPTIONAL') =>
      world.cognito.send(
        new UpdateUserPoolCommand({ UserPoolId, ...(MfaConfiguration && { MfaConfiguration }) }),
      )
    const refused = 'Cannot turn MFA functionality ON, once the user pool has been created'
    await expectRefusal(update('ON'), 'InvalidParameterException', refused)
    await set(world, UserPoolId, { MfaConfiguration: 'OPTIONAL', ...token })
    await update()
    expect(await get(world, UserPoolId)).toEqual({ MfaConfiguration: 'OPTIONAL', ...token })
    await update('ON')
    expect(await get(world, UserPoolId)).toEqual({ MfaConfiguration: 'ON', ...token })
    await update('OFF')
    expect(await get(world, UserPoolId)).toEqual({ MfaConfiguration: 'OFF' })
  }))

test('UpdateUserPool obeys the same rules: no one-time password as first factor while MFA is required', () =>
  withSandbox(async world => {
    const UserPoolId = await world.pool()
    await set(world, UserPoolId, { MfaConfiguration: 'ON', ...token })
    await expectRefusal(
      world.cognito.send(
        new UpdateUserPoolCommand({
          UserPoolId,
          Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
        }),
      ),
      'InvalidParameterException',
      /^Only PASSWORD and WEB_AUTHN/,
    )
  }))

test('text-message MFA shares its settings with the pool and cannot be left out once they are there', () =>
  withSandbox(async world => {
    const iam = new IAMClient({
      endpoint: world.sandbox.url,
      region: 'us-east-1',
      credentials: { accessKeyId: '123456789012', secretAccessKey: 'unused' },
    })
    const statement = {
      Effect: 'Allow',
      Principal: { Service: 'cognito-idp.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }
    const publish = { Effect: 'Allow', Action: 'sns:*', Resource: '*' }
    const write = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement })
    await iam.send(new CreateRoleCommand({ RoleName: 'sms', AssumeRolePolicyDocument: write(statement) }))
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'sms', PolicyName: 'p', PolicyDocument: write(publish) }),
    )
    iam.destroy()
    const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms', SnsRegion: 'eu-west-1' }
    const made = await world.cognito.send(
      new CreateUserPoolCommand({ PoolName: 'sms', MfaConfiguration: 'OPTIONAL', SmsConfiguration }),
    )
    const id = made.UserPool?.Id ?? ''
    expect(await get(world, id)).toEqual({
      MfaConfiguration: 'OPTIONAL',
      SmsMfaConfiguration: { SmsConfiguration },
    })
    await expectRefusal(
      set(world, id, { MfaConfiguration: 'OPTIONAL', ...token }),
      'InvalidParameterException',
      "Can't turn off SMS_MFA when SMS configuration is set for the user pool",
    )
    await set(world, id, {
      MfaConfiguration: 'OPTIONAL',
      ...token,
      SmsMfaConfiguration: { SmsAuthenticationMessage: 'code {####}' },
    })
    const { UserPool } = await world.cognito.send(new DescribeUserPoolCommand({ UserPoolId: id }))
    expect(UserPool?.SmsAuthenticationMessage).toBe('code {####}')
  }))
