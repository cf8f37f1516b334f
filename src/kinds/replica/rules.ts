// What Cognito would refuse of a replica.
import type { Context, Values, Violation } from '../../table/kind.ts'
import { arnParts, checkWith, isHole, isObject, rule, textOf } from '../../table/rule.ts'
import { checkLogDelivery } from '../log-delivery/rules.ts'
import { messageRules } from '../user-pool/rules/messages.ts'
import { triggerRules } from '../user-pool/rules/triggers.ts'
import { checkWebAcl } from '../web-acl/rules.ts'

/** ARNs inside a value, to any depth. */
const arnsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : isObject(value) ? Object.values(value).flatMap(arnsIn) : []

/** What is in other Regions, by field; an SES identity may well be elsewhere. */
const elsewhere = (values: Values): { value: string; field: string }[] => {
  const region = textOf(values, 'region')
  const isElsewhere = (at: string | undefined) =>
    region !== undefined && at !== undefined && at !== '' && at !== region
  const texts = textOf(values, 'sms.eumsSms.region')
  return [
    ...(texts !== undefined && isElsewhere(texts) ? [{ field: 'sms.eumsSms.region', value: texts }] : []),
    ...Object.entries(values)
      .filter(([field]) => /^(triggers\.|logDelivery$|webAcl$)/.test(field))
      .flatMap(([field, value]) => arnsIn(value).map(arn => ({ field, value: arn })))
      .filter(({ value }) => isElsewhere(arnParts(value)?.region)),
  ]
}

const rules = checkWith([
  rule('COG2981', (values, { region }) => textOf(values, 'region') === region && region !== '' && region, {
    field: 'region',
    message: region => `the pool itself is in ${region}`,
    hint: 'name another Region: that is what a replica is for',
  }),
  rule(
    'COG2982',
    (values, { siblings }) => {
      const regions = siblings('replica').map(({ key }) => key)
      return regions.length > 1 && has(values) ? regions.join(' and ') : undefined
    },
    {
      field: 'region',
      message: regions => `replicas in ${regions}: a pool has at most one`,
      hint: 'keep one of them, and name the other under `removed` if it exists',
    },
  ),
  rule('COG2983', (values, { parent }) => has(values) && textOf(parent, 'userPoolTier') === 'LITE', {
    field: 'region',
    message: 'a replica of a pool of the LITE tier',
    hint: 'set userPoolTier: ESSENTIALS or PLUS on the pool',
  }),
  rule(
    'COG2984',
    (values, { parent }) => {
      const key = parent?.['key']
      if (!has(values) || key === undefined || isHole(key)) return undefined
      const arn = isObject(key) ? key['kmsKeyArn'] : undefined
      if (arn === undefined) return "AWS's own key"
      return typeof arn !== 'string' || /:key\/mrk-/.test(arn) ? undefined : arn
    },
    {
      field: 'region',
      message: key => `a replica of a pool that is encrypted with ${key}`,
      hint: "give the pool a multi-Region key with a replica of its own in that Region: key: { keyType: CUSTOMER_MANAGED_KEY, kmsKeyArn: 'arn:aws:kms:REGION:ACCOUNT:key/mrk-ID' }",
    },
  ),
  rule('COG2985', elsewhere, {
    field: 'triggers.preSignUp',
    message: (it, values) => `${it} is not in ${textOf(values, 'region')}, where the replica is`,
    hint: "use one of the replica's Region",
  }),
])

const has = (values: Values): boolean => textOf(values, 'region') !== undefined

/** What holds of a pool's settings holds of a replica's, but for the Region they are in. */
export const checkReplica = (values: Values, context: Context): Violation[] => {
  const regional = { ...context, region: '' }
  return [
    ...rules(values, context),
    ...checkWith([...messageRules, ...triggerRules])(values, regional),
    ...checkLogDelivery(values, regional),
    ...checkWebAcl(values, regional),
  ]
}
