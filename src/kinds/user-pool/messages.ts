// What Cognito sends to people, and by which account.

import { z } from 'zod'
import { block } from '../../table/codecs.ts'
import { always, stricterWhenOn } from '../../table/impact.ts'
import type { Field } from '../../table/kind.ts'
import { arn, flag, oneOf, printable, text } from '../../table/schemas.ts'
import { row } from './row.ts'

const words = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`
const emailWithCode = () =>
  text(6, 20_000, String.raw`${words}\{####\}${words}`, 'text with the code placeholder {####}')
const emailWithLink = () =>
  text(
    6,
    20_000,
    String.raw`${words}\{##${words}##\}${words}`,
    'text with the link placeholder {##words to click##}',
  )
const smsWithCode = () => text(6, 140, String.raw`.*\{####\}.*`, 'text with the code placeholder {####}')
const invitation = (max: number) => text(6, max, String.raw`[\s\S]*`)

const sesArn = 'arn:aws:ses:eu-west-1:111122223333:identity/shop.example'
const smsRole = 'arn:aws:iam::111122223333:role/cognito-sms'
const developer = { 'email.emailSendingAccount': 'DEVELOPER', 'email.sourceArn': sesArn } as const
const withRole = { 'sms.snsCallerArn': smsRole } as const
const endUserMessaging = { 'sms.eumsSms.callerArn': smsRole } as const
const cannotClear = 'impossible' as const

export const messages: readonly Field[] = [
  row({
    path: 'adminCreateUser.allowAdminCreateUserOnly',
    wire: 'AdminCreateUserConfig.AllowAdminCreateUserOnly',
    schema: flag,
    unset: false,
    examples: [true, false],
    impact: stricterWhenOn,
    doc: 'Only administrators may create users: self sign-up is off.',
  }),
  row({
    path: 'adminCreateUser.inviteMessageTemplate.smsMessage',
    wire: 'AdminCreateUserConfig.InviteMessageTemplate.SMSMessage',
    schema: () => invitation(140),
    unset: 'keep',
    clear: 'unproven',
    examples: ['{username}, your code is {####}', 'Welcome {username}: {####}'],
    given: {
      'adminCreateUser.inviteMessageTemplate.emailMessage': 'Welcome {username}, your password is {####}',
      'adminCreateUser.inviteMessageTemplate.emailSubject': 'Welcome',
    },
    doc: 'The text message that invites a user an administrator created; contains {username} and {####}.',
  }),
  row({
    path: 'adminCreateUser.inviteMessageTemplate.emailMessage',
    wire: 'AdminCreateUserConfig.InviteMessageTemplate.EmailMessage',
    schema: () => text(6, 20_000, words, 'printable text'),
    unset: 'keep',
    clear: 'unproven',
    examples: ['Welcome {username}, your password is {####}', 'Hello {username}: {####}'],
    given: {
      'adminCreateUser.inviteMessageTemplate.smsMessage': '{username}, your code is {####}',
      'adminCreateUser.inviteMessageTemplate.emailSubject': 'Welcome',
    },
    doc: 'The email that invites a user an administrator created; contains {username} and {####}.',
  }),
  row({
    path: 'adminCreateUser.inviteMessageTemplate.emailSubject',
    wire: 'AdminCreateUserConfig.InviteMessageTemplate.EmailSubject',
    schema: () => printable(1, 140),
    unset: 'keep',
    clear: 'unproven',
    examples: ['Welcome', 'Your account'],
    given: {
      'adminCreateUser.inviteMessageTemplate.smsMessage': '{username}, your code is {####}',
      'adminCreateUser.inviteMessageTemplate.emailMessage': 'Welcome {username}, your password is {####}',
    },
    doc: 'The subject of the invitation.',
  }),
  row({
    path: 'verificationMessageTemplate.defaultEmailOption',
    wire: 'VerificationMessageTemplate.DefaultEmailOption',
    schema: () => oneOf('CONFIRM_WITH_CODE', 'CONFIRM_WITH_LINK'),
    unset: 'CONFIRM_WITH_CODE',
    examples: ['CONFIRM_WITH_LINK', 'CONFIRM_WITH_CODE'],
    doc: 'Whether addresses are confirmed with a code or a link. A link needs a domain.',
  }),
  row({
    path: 'verificationMessageTemplate.emailMessage',
    wire: 'VerificationMessageTemplate.EmailMessage',
    mirrors: ['EmailVerificationMessage'],
    schema: emailWithCode,
    unset: 'keep',
    clear: 'unproven',
    examples: ['Your code is {####}', 'Use {####} to confirm'],
    doc: 'The email with a confirmation code.',
  }),
  row({
    path: 'verificationMessageTemplate.emailSubject',
    wire: 'VerificationMessageTemplate.EmailSubject',
    mirrors: ['EmailVerificationSubject'],
    schema: () => printable(1, 140),
    unset: 'keep',
    clear: 'unproven',
    examples: ['Your code', 'Confirm your address'],
    doc: 'The subject of the email with a confirmation code.',
  }),
  row({
    path: 'verificationMessageTemplate.emailMessageByLink',
    wire: 'VerificationMessageTemplate.EmailMessageByLink',
    schema: emailWithLink,
    unset: 'keep',
    clear: 'unproven',
    examples: ['Please {##confirm##}', '{##Click here##} to confirm'],
    given: { 'verificationMessageTemplate.defaultEmailOption': 'CONFIRM_WITH_LINK' },
    doc: 'The email with a confirmation link.',
  }),
  row({
    path: 'verificationMessageTemplate.emailSubjectByLink',
    wire: 'VerificationMessageTemplate.EmailSubjectByLink',
    schema: () => printable(1, 140),
    unset: 'keep',
    clear: 'unproven',
    examples: ['Please confirm', 'Confirm your address'],
    given: { 'verificationMessageTemplate.defaultEmailOption': 'CONFIRM_WITH_LINK' },
    doc: 'The subject of the email with a confirmation link.',
  }),
  row({
    path: 'verificationMessageTemplate.smsMessage',
    wire: 'VerificationMessageTemplate.SmsMessage',
    mirrors: ['SmsVerificationMessage'],
    schema: smsWithCode,
    unset: 'keep',
    clear: 'unproven',
    examples: ['Your code is {####}', '{####} is your code'],
    doc: 'The text message with a confirmation code.',
  }),
  row({
    path: 'email.emailSendingAccount',
    wire: 'EmailConfiguration.EmailSendingAccount',
    schema: () => oneOf('COGNITO_DEFAULT', 'DEVELOPER'),
    unset: 'COGNITO_DEFAULT',
    examples: ['DEVELOPER', 'COGNITO_DEFAULT'],
    given: { 'email.sourceArn': sesArn },
    doc: 'Who sends email: Cognito (50 a day for the whole account) or your own SES identity.',
  }),
  row({
    path: 'email.sourceArn',
    wire: 'EmailConfiguration.SourceArn',
    schema: () => arn('the ARN of an SES identity'),
    unset: 'keep',
    clear: 'unproven',
    examples: [sesArn, 'arn:aws:ses:eu-west-1:111122223333:identity/other.example'],
    given: { 'email.emailSendingAccount': 'DEVELOPER' },
    doc: 'The SES identity to send from.',
  }),
  row({
    path: 'email.from',
    wire: 'EmailConfiguration.From',
    schema: () => text(1, 131_072),
    unset: 'keep',
    clear: 'unproven',
    examples: ['Shop <no-reply@shop.example>', 'no-reply@shop.example'],
    given: developer,
    doc: 'The sender that people see.',
  }),
  row({
    path: 'email.replyToEmailAddress',
    wire: 'EmailConfiguration.ReplyToEmailAddress',
    schema: () =>
      text(
        3,
        131_072,
        String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+`,
        'an email address',
      ),
    unset: 'keep',
    clear: 'unproven',
    examples: ['help@shop.example', 'support@shop.example'],
    given: developer,
    doc: 'Where replies go.',
  }),
  row({
    path: 'email.configurationSet',
    wire: 'EmailConfiguration.ConfigurationSet',
    schema: () => text(1, 64, '[a-zA-Z0-9_-]+', 'letters, digits, _ and -'),
    unset: 'keep',
    clear: 'unproven',
    examples: ['cognito', 'tracking'],
    given: developer,
    doc: 'The SES configuration set.',
  }),
  row({
    path: 'sms.snsCallerArn',
    wire: 'SmsConfiguration.SnsCallerArn',
    schema: () => arn('the ARN of an IAM role'),
    unset: 'keep',
    clear: cannotClear,
    examples: [smsRole, 'arn:aws:iam::111122223333:role/cognito-sms-2'],
    doc: 'The role with which Cognito sends text messages through SNS. Once set, AWS cannot take it away.',
  }),
  row({
    path: 'sms.externalId',
    wire: 'SmsConfiguration.ExternalId',
    schema: () => text(1, 131_072),
    unset: 'keep',
    clear: cannotClear,
    examples: ['shop', 'shop-2'],
    given: withRole,
    doc: "The external id that the role's trust policy asks for.",
  }),
  row({
    path: 'sms.snsRegion',
    wire: 'SmsConfiguration.SnsRegion',
    schema: () => text(5, 32),
    unset: 'keep',
    clear: cannotClear,
    examples: ['eu-west-1', 'us-east-1'],
    given: withRole,
    doc: "The Region whose SNS sends; by default the pool's.",
  }),
  ...(
    [
      [
        'callerArn',
        'CallerArn',
        () => arn('the ARN of an IAM role'),
        [smsRole, 'arn:aws:iam::111122223333:role/cognito-sms-2'],
        'The role with which Cognito sends through AWS End User Messaging, instead of SNS.',
      ],
      [
        'externalId',
        'ExternalId',
        () => text(1, 131_072),
        ['shop', 'shop-2'],
        "The external id that the role's trust policy asks for.",
      ],
      [
        'originationIdentity',
        'OriginationIdentity',
        () => text(1, 131_072),
        ['SHOP', '+441234567890'],
        'The sender id, phone number or pool to send from.',
      ],
      [
        'configurationSetName',
        'ConfigurationSetName',
        () => text(1, 131_072),
        ['cognito', 'tracking'],
        'The configuration set.',
      ],
      [
        'inEntityId',
        'InEntityId',
        () => text(1, 131_072),
        ['1101', '1102'],
        'The entity id that Indian regulation asks for.',
      ],
      [
        'inTemplateId',
        'InTemplateId',
        () => text(1, 131_072),
        ['1201', '1202'],
        'The template id that Indian regulation asks for.',
      ],
      [
        'region',
        'Region',
        () => text(5, 32),
        ['eu-west-1', 'eu-west-1'],
        "The Region that sends; must be the pool's.",
      ],
    ] as const
  ).map(([name, member, schema, examples, doc]) =>
    row({
      path: `sms.eumsSms.${name}`,
      wire: `SmsConfiguration.EumsSms.${member}`,
      schema,
      unset: 'keep',
      clear: cannotClear,
      examples,
      given: name === 'callerArn' ? {} : endUserMessaging,
      doc,
    }),
  ),
  row({
    path: 'key',
    wire: ['KeyConfiguration', 'KeyConfiguration.KeyType', 'KeyConfiguration.KmsKeyArn'],
    codec: block('KeyConfiguration', { keyType: 'KeyType', kmsKeyArn: 'KmsKeyArn' }),
    schema: () =>
      z.strictObject({
        keyType: oneOf('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KEY'),
        kmsKeyArn: arn('the ARN of a KMS key').optional(),
      }),
    unset: 'keep',
    default: { keyType: 'AWS_OWNED_KEY' },
    examples: [
      { keyType: 'CUSTOMER_MANAGED_KEY', kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1' },
      { keyType: 'AWS_OWNED_KEY' },
    ],
    doc: 'Whose key encrypts the pool. Never changed by silence.',
  }),
  row({
    path: 'issuer.type',
    wire: 'IssuerConfiguration.Type',
    schema: () => oneOf('ORIGINAL', 'UPDATED'),
    unset: 'keep',
    default: 'ORIGINAL',
    examples: ['ORIGINAL', 'UPDATED'],
    impact: always('login-breaking'),
    doc: 'The form of the issuer in tokens. A change breaks everything that verifies them. Never changed by silence.',
  }),
]
