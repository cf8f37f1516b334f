// Lambda triggers and the keys that go with them.
import type { Values } from '../../../table/kind.ts'
import {
  arnParts,
  has,
  isArnOf,
  isObject,
  lacks,
  otherPartition,
  type Rule,
  rule,
  textOf,
} from '../../../table/rule.ts'

const senders = ['triggers.customSmsSender', 'triggers.customEmailSender']

/** ARNs of functions by field, as far as they are known. */
const functionsOf = (values: Values): { value: string; field: string }[] =>
  Object.entries(values).flatMap(([field, trigger]) => {
    if (!field.startsWith('triggers.') || field === 'triggers.kmsKeyId') return []
    const arn = isObject(trigger) ? trigger['arn'] : trigger
    return typeof arn === 'string' ? [{ value: arn, field }] : []
  })

const keysOf = (values: Values): { value: string; field: string }[] => {
  const key = values['key']
  return [
    { value: textOf(values, 'triggers.kmsKeyId'), field: 'triggers.kmsKeyId' },
    { value: isObject(key) ? key['kmsKeyArn'] : undefined, field: 'key' },
  ].filter((found): found is { value: string; field: string } => typeof found.value === 'string')
}

const regionOf = (arn: string) => arnParts(arn)?.region

export const triggerRules: readonly Rule[] = [
  rule(
    'COG2080',
    values =>
      lacks(values, 'triggers.kmsKeyId')
        ? senders
            .filter(field => has(values, field))
            .map(field => ({ value: field.split('.')[1] ?? '', field }))
        : undefined,
    {
      field: 'triggers.kmsKeyId',
      message: sender => `${sender} is set, and triggers.kmsKeyId is not`,
      hint: 'give the ARN of a KMS key: Cognito encrypts the codes it hands to the function',
    },
  ),
  rule(
    'COG2081',
    values => functionsOf(values).filter(({ value }) => !isArnOf(value, 'lambda', /^function:/)),
    {
      field: 'triggers.preSignUp',
      message: arn => `${arn} is not the ARN of a Lambda function`,
      hint: 'it looks like arn:aws:lambda:REGION:ACCOUNT:function:NAME, with :VERSION or :ALIAS if you like',
    },
  ),
  rule(
    'COG2082',
    (values, { region }) =>
      functionsOf(values).filter(
        ({ value }) => region !== '' && isArnOf(value, 'lambda', /^function:/) && regionOf(value) !== region,
      ),
    {
      field: 'triggers.preSignUp',
      message: arn => `${arn} is in another Region than the pool`,
      hint: "use a function in the pool's Region; its account may be another",
    },
  ),
  rule('COG2083', values => keysOf(values).filter(({ value }) => !isArnOf(value, 'kms', /^(key|alias)\//)), {
    field: 'triggers.kmsKeyId',
    message: arn => `${arn} is not the ARN of a KMS key`,
    hint: 'it looks like arn:aws:kms:REGION:ACCOUNT:key/ID',
  }),
  rule(
    'COG2084',
    (values, { region }) =>
      keysOf(values).filter(
        ({ value }) => region !== '' && isArnOf(value, 'kms', /^(key|alias)\//) && regionOf(value) !== region,
      ),
    {
      field: 'triggers.kmsKeyId',
      message: arn => `${arn} is in another Region than the pool`,
      hint: "use a key, or a replica of it, in the pool's Region",
    },
  ),
  rule(
    'COG2085',
    (values, context) =>
      [...functionsOf(values), ...keysOf(values)].filter(
        ({ value }) => otherPartition(value, context) !== undefined,
      ),
    {
      field: 'triggers.preSignUp',
      message: arn => `${arn} is in another partition of AWS than the pool`,
      hint: "use an ARN of the pool's partition: China, GovCloud and the other Regions share nothing",
    },
  ),
]
