// Examples of the rules of log delivery, risk configuration and web ACLs.
import type { Example } from './example.ts'

const group = {
  cloudWatchLogsConfiguration: { logGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:x' },
}
const bucket = { s3Configuration: { bucketArn: 'arn:aws:s3:::x' } }
const fine = { logDelivery: { userNotification: { logLevel: 'ERROR', ...group } } }

export const logDeliveryExamples: Example[] = [
  {
    code: 'COG2801',
    field: 'logDelivery',
    bad: { logDelivery: { userAuthEvents: { logLevel: 'INFO', ...group, ...bucket } } },
    good: fine,
  },
  {
    code: 'COG2802',
    field: 'logDelivery',
    bad: { logDelivery: { userNotification: { logLevel: 'INFO', ...group } } },
    good: fine,
  },
  {
    code: 'COG2803',
    field: 'logDelivery',
    bad: { logDelivery: { userAuthEvents: { logLevel: 'ERROR', ...bucket } } },
    good: { logDelivery: { userAuthEvents: { logLevel: 'INFO', ...bucket } } },
  },
  {
    code: 'COG2804',
    field: 'logDelivery',
    bad: { logDelivery: { userAuthEvents: { logLevel: 'INFO', ...bucket } } },
    good: { logDelivery: { userAuthEvents: { logLevel: 'INFO', ...bucket } } },
    in: { parent: { userPoolTier: 'ESSENTIALS' } },
    goodIn: { parent: { userPoolTier: 'PLUS' } },
  },
]

const takeover = (notify: boolean) => ({
  'risk.accountTakeoverRiskConfiguration': { actions: { highAction: { notify, eventAction: 'BLOCK' } } },
})

export const riskExamples: Example[] = [
  {
    code: 'COG2901',
    field: 'risk.accountTakeoverRiskConfiguration',
    bad: takeover(true),
    good: takeover(false),
  },
]

const acl = (arn: string) => ({ webAcl: `arn:${arn}/webacl/shop/0a1b2c3d-0000-4000-8000-000000000000` })
const regional = acl('aws:wafv2:eu-west-1:111122223333:regional')

export const webAclExamples: Example[] = [
  {
    code: 'COG2951',
    field: 'webAcl',
    bad: acl('aws:wafv2:us-east-1:111122223333:global'),
    good: regional,
  },
  {
    code: 'COG2952',
    field: 'webAcl',
    bad: acl('aws:wafv2:us-east-1:111122223333:regional'),
    good: regional,
  },
  {
    code: 'COG2953',
    field: 'webAcl',
    bad: acl('aws-cn:wafv2:eu-west-1:111122223333:regional'),
    good: regional,
  },
]

const replicated = (kmsKeyArn: string) => ({
  userPoolTier: 'ESSENTIALS',
  key: { keyType: 'CUSTOMER_MANAGED_KEY', kmsKeyArn },
})
const multiRegion = replicated('arn:aws:kms:eu-west-1:111122223333:key/mrk-1')
const west = { region: 'us-west-2' }
const inWest = { key: 'us-west-2', values: west }

const eums = {
  'sms.eumsSms.callerArn': 'arn:aws:iam::111122223333:role/texts',
  'sms.eumsSms.externalId': 'shop',
  'sms.eumsSms.originationIdentity': 'SHOP',
}

export const replicaExamples: Example[] = [
  { code: 'COG2981', field: 'region', bad: { region: 'eu-west-1' }, good: west },
  {
    code: 'COG2982',
    field: 'region',
    bad: west,
    good: west,
    in: { siblings: { replica: [inWest, { key: 'us-east-1', values: { region: 'us-east-1' } }] } },
    goodIn: { siblings: { replica: [inWest] } },
  },
  {
    code: 'COG2983',
    field: 'region',
    bad: west,
    good: west,
    in: { parent: { ...multiRegion, userPoolTier: 'LITE' } },
    goodIn: { parent: multiRegion },
  },
  {
    code: 'COG2984',
    field: 'region',
    bad: west,
    good: west,
    in: { parent: replicated('arn:aws:kms:eu-west-1:111122223333:key/0a1b') },
    goodIn: { parent: multiRegion },
  },
  {
    code: 'COG2984',
    field: 'region',
    bad: west,
    good: west,
    in: { parent: { key: { keyType: 'AWS_OWNED_KEY' } } },
    goodIn: { parent: multiRegion },
  },
  {
    code: 'COG2985',
    field: 'triggers.preSignUp',
    bad: { ...west, 'triggers.preSignUp': 'arn:aws:lambda:eu-west-1:111122223333:function:check' },
    good: { ...west, 'triggers.preSignUp': 'arn:aws:lambda:us-west-2:111122223333:function:check' },
  },
  {
    code: 'COG2985',
    field: 'logDelivery',
    bad: { ...west, logDelivery: { userNotification: { logLevel: 'ERROR', ...group } } },
    good: west,
  },
  {
    code: 'COG2985',
    field: 'sms.eumsSms.region',
    bad: { ...west, ...eums, 'sms.eumsSms.region': 'eu-west-1' },
    good: { ...west, ...eums, 'sms.eumsSms.region': 'us-west-2' },
  },
]

const poolSessions = (tracking: string) => ({
  peers: {
    poolSessions: [
      { address: 'userPools.main.sessions', values: { 'sessions.userSessionTracking': tracking } },
    ],
  },
})
const reused = (time: string) => ({ 'sessions.ssoSession.maxValidity': time })

export const clientSessionsExamples: Example[] = [
  {
    code: 'COG2941',
    field: 'sessions.ssoSession.maxValidity',
    bad: reused('8h'),
    good: reused('8h'),
    in: poolSessions('DISABLED'),
    goodIn: poolSessions('ENABLED'),
  },
  {
    code: 'COG2941',
    field: 'sessions.ssoSession.maxValidity',
    severity: 'warning',
    bad: reused('8h'),
    good: reused('60m'),
  },
]
