// Lambda triggers.
import { z } from 'zod'
import { trigger } from '../../table/codecs.ts'
import type { Field } from '../../table/kind.ts'
import { arn, oneOf } from '../../table/schemas.ts'
import { row } from './row.ts'

const lambda = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`
const lambdaArn = () => arn('the ARN of a Lambda function, its version or its alias')
const kmsKey = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000'

const plain = (
  member:
    | 'PreSignUp'
    | 'CustomMessage'
    | 'PostConfirmation'
    | 'PreAuthentication'
    | 'PostAuthentication'
    | 'DefineAuthChallenge'
    | 'CreateAuthChallenge'
    | 'VerifyAuthChallengeResponse'
    | 'UserMigration',
  when: string,
) =>
  row({
    path: `triggers.${member[0]?.toLowerCase()}${member.slice(1)}`,
    wire: `LambdaConfig.${member}`,
    schema: lambdaArn,
    unset: null,
    examples: [lambda(member), lambda(`${member}-2`)],
    impact: triggerImpact,
    doc: `The function that runs ${when}.`,
  })

/** A function in the way of signing in: taking it away, or putting one there, can let people in or lock them out. */
const triggerImpact: NonNullable<Field['impact']> = () => ['login-breaking']

export const functions: readonly Field[] = [
  plain('PreSignUp', 'before somebody signs up'),
  plain('CustomMessage', 'before a message is sent'),
  plain('PostConfirmation', 'after somebody has confirmed an account'),
  plain('PreAuthentication', 'before somebody signs in'),
  plain('PostAuthentication', 'after somebody has signed in'),
  plain('DefineAuthChallenge', 'to choose the next challenge'),
  plain('CreateAuthChallenge', 'to make a challenge'),
  plain('VerifyAuthChallengeResponse', 'to check an answer to a challenge'),
  plain('UserMigration', 'when a user is not in the pool yet'),
  row({
    path: 'triggers.preTokenGeneration',
    wire: [
      'LambdaConfig.PreTokenGenerationConfig',
      'LambdaConfig.PreTokenGenerationConfig.LambdaVersion',
      'LambdaConfig.PreTokenGenerationConfig.LambdaArn',
      'LambdaConfig.PreTokenGeneration',
    ],
    codec: trigger('LambdaConfig.PreTokenGenerationConfig', 'LambdaConfig.PreTokenGeneration'),
    schema: () =>
      z.union([lambdaArn(), z.strictObject({ arn: lambdaArn(), version: oneOf('V1_0', 'V2_0', 'V3_0') })]),
    unset: null,
    examples: [lambda('tokens'), { arn: lambda('tokens'), version: 'V2_0' }],
    given: { userPoolTier: 'ESSENTIALS' },
    impact: triggerImpact,
    doc: 'The function that may change tokens before they are issued. V2_0 (access tokens) and V3_0 (machine-to-machine) need ESSENTIALS or PLUS.',
  }),
  ...(
    [
      [
        'customSmsSender',
        'CustomSMSSender',
        'that sends text messages instead of Cognito. Needs `triggers.kmsKeyId`.',
        true,
      ],
      [
        'customEmailSender',
        'CustomEmailSender',
        'that sends email instead of Cognito. Needs `triggers.kmsKeyId`.',
        true,
      ],
      [
        'inboundFederation',
        'InboundFederation',
        'that may change what an identity provider says about somebody.',
        false,
      ],
    ] as const
  ).map(([name, member, doc, encrypted]) =>
    row({
      path: `triggers.${name}`,
      wire: [
        `LambdaConfig.${member}`,
        `LambdaConfig.${member}.LambdaVersion`,
        `LambdaConfig.${member}.LambdaArn`,
      ],
      codec: trigger(`LambdaConfig.${member}`),
      schema: () => z.union([lambdaArn(), z.strictObject({ arn: lambdaArn(), version: oneOf('V1_0') })]),
      unset: null,
      examples: [lambda(name), lambda(`${name}-2`)],
      given: encrypted ? { 'triggers.kmsKeyId': kmsKey } : {},
      impact: triggerImpact,
      doc: `The function ${doc}`,
    }),
  ),
  row({
    path: 'triggers.kmsKeyId',
    wire: 'LambdaConfig.KMSKeyID',
    schema: () => arn('the ARN of a KMS key'),
    unset: null,
    examples: [kmsKey, kmsKey.replace('0a1b', '1b2c')],
    doc: 'The key that encrypts codes on their way to the custom senders.',
  }),
]
