// Where a user pool's logs go.

import type { SetLogDeliveryConfigurationRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import type { JsonObject, Term } from '../../model.ts'
import type { Codec, Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { arn, oneOf, text } from '../../table/schemas.ts'
import { checkLogDelivery } from './rules.ts'

const logGroupArn = () =>
  text(
    20,
    2048,
    String.raw`arn:[\w-]+:logs:[\w-]+:\d{12}:log-group:[\w./#-]+(:\*)?`,
    'the ARN of a log group',
  )

const row = rows<Leaf<SetLogDeliveryConfigurationRequest>>()

const targets = [
  ['cloudWatchLogsConfiguration', 'CloudWatchLogsConfiguration', 'logGroupArn', 'LogGroupArn'],
  ['s3Configuration', 'S3Configuration', 'bucketArn', 'BucketArn'],
  ['firehoseConfiguration', 'FirehoseConfiguration', 'streamArn', 'StreamArn'],
] as const

/** CloudWatch's own form of a log group's ARN ends in `:*`; Cognito's does not. */
const bare = (value: Term): Term => (typeof value === 'string' ? value.replace(/:\*$/, '') : value)

/** By event source, of which there is at most one each ↔ a list. */
const deliveries: Codec = {
  toWire: value => ({
    LogConfigurations: Object.entries(value as { [source: string]: JsonObject }).map(
      ([EventSource, delivery]) => ({
        EventSource,
        LogLevel: delivery['logLevel'] as Term,
        ...Object.fromEntries(
          targets.flatMap(([block, member, name, wire]) => {
            const target = delivery[block] as JsonObject | undefined
            return target === undefined ? [] : [[member, { [wire]: bare(target[name] as Term) }]]
          }),
        ),
      }),
    ),
  }),
  fromWire: wires =>
    wires['LogConfigurations'] === undefined
      ? undefined
      : Object.fromEntries(
          (wires['LogConfigurations'] as JsonObject[]).map(delivery => [
            delivery['EventSource'] as string,
            {
              logLevel: delivery['LogLevel'] as Term,
              ...Object.fromEntries(
                targets.flatMap(([block, member, name, wire]) => {
                  const target = delivery[member] as JsonObject | undefined
                  return target === undefined ? [] : [[block, { [name]: bare(target[wire] as Term) }]]
                }),
              ),
            },
          ]),
        ),
}

const logGroup = (name: string) => ({
  cloudWatchLogsConfiguration: { logGroupArn: `arn:aws:logs:eu-west-1:111122223333:log-group:${name}` },
})

export const logDelivery: Kind = {
  name: 'logDelivery',
  title: 'log delivery',
  doc: 'Where logs go: failures to send messages, and with PLUS what people do to sign in.',
  place: { form: 'facet', key: 'logDelivery' },
  presence: 'facet',
  onDemand: true,
  parent: 'userPool',
  ids: ['UserPoolId'],
  writers: [{ mode: 'replace', operation: 'cognito-idp:SetLogDeliveryConfiguration' }],
  blank: { LogConfigurations: [] },
  fields: [
    row({
      path: 'logDelivery',
      wire: 'LogConfigurations',
      codec: deliveries,
      shape: 'map',
      schema: () =>
        z.partialRecord(
          oneOf('userNotification', 'userAuthEvents'),
          z.strictObject({
            logLevel: oneOf('ERROR', 'INFO'),
            cloudWatchLogsConfiguration: z.strictObject({ logGroupArn: logGroupArn() }).optional(),
            s3Configuration: z
              .strictObject({
                bucketArn: text(
                  3,
                  1024,
                  String.raw`arn:[\w+=/,.@-]+:[\w+=/,.@-]+:::[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?`,
                  'the ARN of a bucket',
                ),
              })
              .optional(),
            firehoseConfiguration: z
              .strictObject({ streamArn: arn('the ARN of a Firehose stream') })
              .optional(),
          }),
        ),
      unset: {},
      clear: { wire: [] },
      examples: [
        { userNotification: { logLevel: 'ERROR', ...logGroup('cognito') } },
        { userNotification: { logLevel: 'ERROR', ...logGroup('cognito-2') } },
      ],
      doc: 'By event source: `userNotification` (level ERROR, to CloudWatch) and `userAuthEvents` (level INFO, to CloudWatch, S3 or Firehose; needs PLUS).',
    }),
  ],
  read: {
    operations: ['cognito-idp:GetLogDeliveryConfiguration'],
    get: async (aws, ids) => {
      const { LogDeliveryConfiguration } = await aws.send('cognito-idp:GetLogDeliveryConfiguration', ids)
      const { LogConfigurations } = (LogDeliveryConfiguration ?? {}) as JsonObject
      return { ids, name: 'logDelivery', wire: { LogConfigurations: LogConfigurations ?? [] } }
    },
  },
  check: checkLogDelivery,
  attributes: {},
  ignored: {},
  // log deliveries have no ARNs to allow them by; the other two kinds of destination do [D][CFN]
  iam: {
    beside: [
      ...[
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
      ].map(action => ({ action, rows: ['logDelivery'], on: () => '*' })),
      ...['s3:GetBucketPolicy', 's3:PutBucketPolicy', 'firehose:TagDeliveryStream'].map(action => ({
        action,
        rows: ['logDelivery'],
      })),
    ],
  },
}
