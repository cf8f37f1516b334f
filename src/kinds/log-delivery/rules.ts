// What Cognito would refuse of log delivery.
import type { JsonObject } from '../../model.ts'
import { checkWith, mapOf, rule, textOf } from '../../table/rule.ts'

const targets = ['cloudWatchLogsConfiguration', 's3Configuration', 'firehoseConfiguration']

const deliveries = (values: Parameters<typeof mapOf>[0]): [string, JsonObject][] =>
  Object.entries(mapOf(values, 'logDelivery') ?? {}) as [string, JsonObject][]

export const checkLogDelivery = checkWith([
  rule(
    'COG2801',
    values =>
      deliveries(values).flatMap(([source, delivery]) =>
        targets.filter(target => target in delivery).length === 1 ? [] : [source],
      ),
    {
      field: 'logDelivery',
      message: wrong => `${wrong} goes to none or several places`,
      hint: 'state exactly one of cloudWatchLogsConfiguration, s3Configuration and firehoseConfiguration',
    },
  ),
  rule(
    'COG2802',
    values => {
      const delivery = mapOf(values, 'logDelivery')?.['userNotification'] as JsonObject | undefined
      return (
        delivery !== undefined &&
        (delivery['logLevel'] !== 'ERROR' || !('cloudWatchLogsConfiguration' in delivery))
      )
    },
    {
      field: 'logDelivery',
      message: 'userNotification is delivered at level ERROR, to CloudWatch',
      hint: 'state logLevel: ERROR and cloudWatchLogsConfiguration',
    },
  ),
  rule(
    'COG2803',
    values => {
      const delivery = mapOf(values, 'logDelivery')?.['userAuthEvents'] as JsonObject | undefined
      return delivery !== undefined && delivery['logLevel'] !== 'INFO'
    },
    {
      field: 'logDelivery',
      message: 'userAuthEvents is delivered at level INFO',
      hint: 'state logLevel: INFO',
    },
  ),
  rule(
    'COG2804',
    (values, { parent }) => {
      const tier = textOf(parent, 'userPoolTier')
      return 'userAuthEvents' in (mapOf(values, 'logDelivery') ?? {}) && tier !== undefined && tier !== 'PLUS'
        ? tier
        : undefined
    },
    {
      field: 'logDelivery',
      message: wrong => `userAuthEvents on a pool of the ${wrong} tier`,
      hint: 'set userPoolTier: PLUS, or leave userAuthEvents out',
    },
  ),
])
