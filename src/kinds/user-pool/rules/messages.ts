// Email and text messages: templates, and the accounts and roles that send them.
import type { Context, Values } from '../../../table/kind.ts'
import {
  arnParts,
  has,
  isArnOf,
  isMailbox,
  lacks,
  otherAccount,
  type Rule,
  rule,
  sentence,
  textOf,
  textsOf,
  wholeList,
} from '../../../table/rule.ts'

const invitations = ['smsMessage', 'emailMessage'].map(
  name => `adminCreateUser.inviteMessageTemplate.${name}`,
)
const templates = ['emailMessage', 'emailSubject', 'emailMessageByLink', 'emailSubjectByLink'].map(
  name => `verificationMessageTemplate.${name}`,
)
const callers = ['sms.snsCallerArn', 'sms.eumsSms.callerArn']
const eums = [
  'externalId',
  'originationIdentity',
  'configurationSetName',
  'inEntityId',
  'inTemplateId',
  'region',
]

/** Fields whose text is known and fails a test. */
const failing = (values: Values, fields: readonly string[], wrong: (text: string) => boolean) =>
  fields.flatMap(field => {
    const text = textOf(values, field)
    return text !== undefined && wrong(text) ? [{ value: text, field }] : []
  })

/** Whether the pool has, for sure, no way to send text messages. */
export const cannotText = (values: Values): boolean => callers.every(field => lacks(values, field))

/** Whether the pool can, for sure, send text messages. */
export const canText = (values: Values): boolean => callers.some(field => has(values, field))

/** Passwordless sign-in needs no temporary password, so that an invitation need not carry one. */
const hasOnlyPasswords = (values: Values): boolean =>
  wholeList(values, 'signInPolicy.allowedFirstAuthFactors')?.every(factor => factor === 'PASSWORD') ?? false

const mainRegions = ['us-east-1', 'us-west-2', 'eu-west-1']
/** Regions whose pools may also send from the three main ones [Cognito developer guide, 2023]. */
const nearMain = [
  ...mainRegions,
  'us-east-2',
  'ca-central-1',
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'eu-west-2',
  'eu-central-1',
]
const sesRegions = ({ region }: Context): string[] =>
  nearMain.includes(region) ? [...new Set([region, ...mainRegions])] : [region]

const isDefaultSender = (values: Values): boolean =>
  textOf(values, 'email.emailSendingAccount') === 'COGNITO_DEFAULT'

export const messageRules: readonly Rule[] = [
  rule('COG2040', values => failing(values, invitations, text => !text.includes('{username}')), {
    field: 'adminCreateUser.inviteMessageTemplate.emailMessage',
    message: text => `the invitation ${shortened(text)} has no {username}`,
    hint: 'put {username} where the user name should stand',
  }),
  rule(
    'COG2041',
    values =>
      hasOnlyPasswords(values) ? failing(values, invitations, text => !text.includes('{####}')) : undefined,
    {
      field: 'adminCreateUser.inviteMessageTemplate.emailMessage',
      message: text => `the invitation ${shortened(text)} has no {####}`,
      hint: 'put {####} where the temporary password should stand',
    },
  ),
  rule(
    'COG2042',
    values =>
      has(values, 'verificationMessageTemplate.emailMessage') &&
      has(values, 'verificationMessageTemplate.emailMessageByLink'),
    {
      field: 'verificationMessageTemplate.emailMessageByLink',
      message: 'emailMessage and emailMessageByLink are both set',
      hint: 'keep emailMessage for CONFIRM_WITH_CODE, or emailMessageByLink for CONFIRM_WITH_LINK',
    },
  ),
  rule(
    'COG2043',
    values =>
      isDefaultSender(values)
        ? templates
            .filter(field => has(values, field))
            .map(field => ({ value: field.split('.')[1] ?? '', field }))
        : undefined,
    {
      field: 'verificationMessageTemplate.emailMessage',
      message: name => `${name} is set while email goes out through COGNITO_DEFAULT`,
      hint: 'set email.emailSendingAccount to DEVELOPER with an SES identity: AWS documents templates for that only',
      severity: 'warning',
    },
  ),
  rule(
    'COG2044',
    values => textOf(values, 'email.emailSendingAccount') === 'DEVELOPER' && lacks(values, 'email.sourceArn'),
    {
      field: 'email.sourceArn',
      message: 'email.emailSendingAccount is DEVELOPER, and there is no sourceArn',
      hint: 'give the ARN of a verified SES identity',
    },
  ),
  rule(
    'COG2045',
    values => failing(values, ['email.sourceArn'], arn => !isArnOf(arn, 'ses', /^identity\//)),
    {
      field: 'email.sourceArn',
      message: arn => `${arn} is not the ARN of an SES identity`,
      hint: 'it looks like arn:aws:ses:REGION:ACCOUNT:identity/DOMAIN_OR_ADDRESS',
    },
  ),
  rule(
    'COG2046',
    (values, context) => {
      const arn = arnParts(textOf(values, 'email.sourceArn'))
      return arn?.service === 'ses' && context.region !== '' && !sesRegions(context).includes(arn.region)
        ? arn.region
        : undefined
    },
    {
      field: 'email.sourceArn',
      message: region =>
        `the SES identity is in ${region}, from which pools of this Region may not be able to send`,
      hint: "verify the identity in the pool's own Region, or in us-east-1, us-west-2 or eu-west-1 if the pool's Region allows them",
      severity: 'warning',
    },
  ),
  rule('COG2047', (values, context) => otherAccount(textOf(values, 'email.sourceArn'), context), {
    field: 'email.sourceArn',
    message: account => `the SES identity is in account ${account}`,
    hint: "use an identity of the pool's own account",
    severity: 'warning',
  }),
  rule('COG2048', values => isDefaultSender(values) && textOf(values, 'email.sourceArn'), {
    field: 'email.sourceArn',
    message: arn => `email goes out through COGNITO_DEFAULT, and sourceArn is ${arn}`,
    hint: "set email.emailSendingAccount to DEVELOPER, or let the identity's own policy allow Cognito to send from it",
    severity: 'warning',
  }),
  rule('COG2049', values => failing(values, ['email.from'], from => !isMailbox(from)), {
    field: 'email.from',
    message: from => `${shortened(from)} is not an address`,
    hint: 'write no-reply@shop.example, or Shop <no-reply@shop.example>',
  }),
  rule(
    'COG2050',
    values => textsOf(values, 'autoVerifiedAttributes').includes('phone_number') && cannotText(values),
    {
      field: 'autoVerifiedAttributes',
      message: 'phone_number is verified by text message, and the pool has no sms',
      hint: 'give sms.snsCallerArn, or take phone_number out',
    },
  ),
  rule('COG2051', values => callers.every(field => has(values, field)), {
    field: 'sms.eumsSms.callerArn',
    message: (_, values) =>
      `${sentence(callers.map(field => textOf(values, field) ?? field))} both send text messages`,
    hint: 'keep sms.snsCallerArn for SNS, or sms.eumsSms for AWS End User Messaging',
  }),
  rule(
    'COG2052',
    values =>
      lacks(values, 'sms.eumsSms.callerArn')
        ? eums
            .filter(name => has(values, `sms.eumsSms.${name}`))
            .map(name => ({ value: `sms.eumsSms.${name}`, field: `sms.eumsSms.${name}` }))
        : undefined,
    {
      field: 'sms.eumsSms.callerArn',
      message: field => `${field} is set without sms.eumsSms.callerArn`,
      hint: 'give the role with which Cognito sends, or take the setting out',
    },
  ),
  rule(
    'COG2053',
    (values, { region }) =>
      failing(values, ['sms.eumsSms.region'], stated => region !== '' && stated !== region),
    {
      field: 'sms.eumsSms.region',
      message: region => `${region} is not the pool's Region`,
      hint: "leave it out, or say the pool's own Region: AWS takes no other",
    },
  ),
  rule(
    'COG2054',
    values =>
      cannotText(values)
        ? ['sms.externalId', 'sms.snsRegion']
            .filter(field => has(values, field))
            .map(field => ({ value: textOf(values, field) ?? field, field }))
        : undefined,
    {
      field: 'sms.externalId',
      message: value => `${value} belongs to sms.snsCallerArn, which is not set`,
      hint: 'give sms.snsCallerArn too',
    },
  ),
  rule('COG2055', values => failing(values, callers, arn => !isArnOf(arn, 'iam', /^role\//)), {
    field: 'sms.snsCallerArn',
    message: arn => `${arn} is not the ARN of an IAM role`,
    hint: 'it looks like arn:aws:iam::ACCOUNT:role/NAME',
  }),
  rule(
    'COG2056',
    (values, context) => failing(values, callers, arn => otherAccount(arn, context) !== undefined),
    {
      field: 'sms.snsCallerArn',
      message: arn => `${arn} is a role of another account`,
      hint: "use a role of the pool's own account: roles cannot be passed across accounts",
    },
  ),
  rule(
    'COG2057',
    (values, { region }) => failing(values, ['sms.snsRegion'], stated => region !== '' && stated !== region),
    {
      field: 'sms.snsRegion',
      message: region => `${region} is not the pool's Region`,
      hint: "leave it out, unless AWS lists it as an alternate Region of the pool's (Seoul uses ap-northeast-1)",
      severity: 'warning',
    },
  ),
]

const shortened = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text)
