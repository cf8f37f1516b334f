// A replica of a user pool in another Region: its status, and the settings that each Region has for itself.
import type {
  CreateUserPoolReplicaRequest,
  UpdateUserPoolReplicaRequest,
} from '@aws-sdk/client-cognito-identity-provider'
import { isAwsError, isMissing } from '../../aws/errors.ts'
import { pages } from '../../aws/pages.ts'
import type { Aws, Json, JsonObject } from '../../model.ts'
import type { Beside } from '../../table/iam.ts'
import type { Codec, Field, Kind, Leaf, Operation, Where } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { oneOf, text } from '../../table/schemas.ts'
import { logDelivery } from '../log-delivery/index.ts'
import { extras } from '../user-pool/extras.ts'
import { functions } from '../user-pool/functions.ts'
import { userPool } from '../user-pool/index.ts'
import { messages } from '../user-pool/messages.ts'
import { webAcl } from '../web-acl/index.ts'
import { checkReplica } from './rules.ts'

const row = rows<Leaf<CreateUserPoolReplicaRequest> | Leaf<UpdateUserPoolReplicaRequest>>()

const inUse = ['ACTIVE', 'INACTIVE']

/** One that is being made will be INACTIVE; the guide and the API disagree on what it is called until then [G26][M]. */
const settled: Codec = {
  toWire: value => ({ Status: value }),
  fromWire: wires => wires['Status'],
  fold: status => (inUse.includes(String(status)) || status === 'DELETING' ? status : 'INACTIVE'),
}

/** What each Region has for itself, of what an update of a pool takes [G26]. */
const own = ['EmailConfiguration', 'SmsConfiguration', 'LambdaConfig', 'UserPoolTags'] as const

/**
 * A row of the pool, for the replica. What a replica begins with is not documented, so silence keeps what is there;
 * examples name things of its Region.
 */
const regional = (field: Field): Field => ({
  ...field,
  ...(JSON.parse(
    JSON.stringify({ examples: field.examples, given: field.given ?? {} }).replaceAll(
      'eu-west-1',
      'us-west-2',
    ),
  ) as Pick<Field, 'examples' | 'given'>),
  ...(field.unset !== 'keep' && { unset: 'keep', default: field.unset }),
})

const isRegional = ({ path }: Pick<Field, 'path'>): boolean => /^(email|sms|triggers)\./.test(path)

/** The pools there, seen from one of the replica's settings. */
const inItsRegion: NonNullable<Beside['on']> = (where, { region = '*' }) => poolsIn(region, where)

/** The pools of the run's Region, as another knows them: the id begins with the Region that is their home. */
const poolsIn = (there: string, { partition, account, region }: Where): string =>
  `arn:${partition}:cognito-idp:${there}:${account}:userpool/${region}_*`

const list = async (aws: Aws, UserPoolId: string): Promise<JsonObject[]> =>
  (await pages(aws, 'cognito-idp:ListUserPoolReplicas', { UserPoolId }, 'UserPoolReplicas')).filter(
    ({ Role }) => Role !== 'PRIMARY',
  )

/** The wait for a status; half an hour is what others allow it [TF]. */
const until = (...statuses: Json[]) => ({
  operation: 'cognito-idp:ListUserPoolReplicas' as const,
  input: ['UserPoolId'],
  item: { list: 'UserPoolReplicas', by: ['RegionName'] },
  path: 'Status',
  in: statuses,
  within: 1800,
})

const regionally = { mode: 'replace', region: 'RegionName' } as const

export const replica: Kind = {
  name: 'replica',
  title: 'replica',
  doc: "A copy of the user pool in another Region, where people can sign in when the pool's own Region cannot be reached. There is at most one. Needs ESSENTIALS or PLUS and a multi-Region KMS key of your own.",
  place: { form: 'map', block: 'replicas' },
  presence: 'resource',
  onDemand: true,
  stateful: true,
  quota: '1 replica of a user pool',
  parent: 'userPool',
  ids: ['UserPoolId', 'ResourceArn', 'RegionName'],
  natural: { RegionName: 'region' },
  nameField: 'region',
  tags: 'tags',
  create: {
    operation: 'cognito-idp:CreateUserPoolReplica',
    yields: { ResourceArn: 'UserPoolReplica.UserPoolArn' },
    until: until(...inUse),
    copies: true,
  },
  writers: [
    {
      ...regionally,
      operation: 'cognito-idp:UpdateUserPool',
      own,
      // what the primary Region has just been told may not have come over yet [INF]
      retryOn: ['OperationNotEnabledException', 'InvalidSmsRoleTrustRelationshipException'],
      patience: 60,
    },
    { ...regionally, operation: 'cognito-idp:SetLogDeliveryConfiguration' },
    {
      ...regionally,
      operation: 'wafv2:AssociateWebACL',
      clear: { operation: 'wafv2:DisassociateWebACL', input: {} },
      retryOn: ['WAFUnavailableEntityException', 'WAFNonexistentItemException'],
      patience: 60,
    },
    { mode: 'replace', operation: 'cognito-idp:UpdateUserPoolReplica' },
  ],
  remove: {
    operation: 'cognito-idp:DeleteUserPoolReplica',
    until: until(null),
    // only an inactive one can be deleted, and there is room for one [G26]
    first: {
      operation: 'cognito-idp:UpdateUserPoolReplica',
      input: { Status: 'INACTIVE' },
      unless: { status: 'INACTIVE' },
    },
    makesRoom: true,
    settled: { wire: 'Status', until: until(...inUse, null) },
    going: { wire: 'Status', is: 'DELETING' },
  },
  // whether AWS refuses to delete a pool that has one is not documented [INF]
  goesFirst: true,
  fields: [
    row({
      path: 'region',
      wire: 'RegionName',
      schema: () => text(5, 32, String.raw`[a-z]{2,}(-[a-z]+)+-\d+`, 'a Region, such as us-west-2'),
      unset: 'keep',
      implied: (_spec, key) => key,
      examples: ['us-west-2', 'eu-central-1'],
      remedy: 'remove this replica and add one in the other Region',
      doc: 'The Region of the replica: its key.',
    }),
    row({
      path: 'status',
      wire: 'Status',
      codec: settled,
      schema: () => oneOf('ACTIVE', 'INACTIVE'),
      unset: 'keep',
      default: 'INACTIVE',
      examples: ['ACTIVE', 'INACTIVE'],
      kept: before =>
        before === undefined || inUse.includes(String(before))
          ? undefined
          : {
              reason: `the replica is ${before}, and takes no other status until that is over`,
              remedy: 'plan again in some minutes',
            },
      impact: (before, after) =>
        before === 'ACTIVE' && after !== 'ACTIVE'
          ? ['login-breaking']
          : after === 'ACTIVE'
            ? ['security-loosening']
            : [],
      doc: 'Whether people can sign in there. A new replica is INACTIVE; silence keeps what is there.',
    }),
    ...[...messages, ...functions].filter(isRegional).map(regional),
    ...extras.filter(({ path }) => path === 'tags'),
    ...[...logDelivery.fields, ...webAcl.fields].map(regional),
  ],
  read: {
    operations: [
      'cognito-idp:ListUserPoolReplicas',
      'cognito-idp:DescribeUserPool',
      'cognito-idp:GetLogDeliveryConfiguration',
      'wafv2:GetWebACLForResource',
    ],
    list: async (aws, { parentIds }) =>
      (await list(aws, String(parentIds['UserPoolId']))).map(one => ({
        ids: { ...parentIds, ResourceArn: String(one['UserPoolArn']), RegionName: String(one['RegionName']) },
        name: String(one['RegionName']),
        // it goes by itself
        foreign: one['Status'] === 'DELETING',
      })),
    get: async (aws, ids) => {
      const UserPoolId = ids['UserPoolId'] as string
      const RegionName = ids['RegionName'] as string
      const one = (await list(aws, UserPoolId)).find(({ RegionName: region }) => region === RegionName)
      if (one === undefined) return undefined
      const ResourceArn = String(one['UserPoolArn'])
      /** A Region that is not there yet, or no longer, has no settings. */
      const ask = (operation: Operation, input: JsonObject): Promise<JsonObject> =>
        aws.send(operation, input, RegionName).catch((error: unknown) => {
          if (isAwsError(error) && isMissing(error)) return {}
          throw error
        })
      const [described, logs, acl] = inUse.includes(String(one['Status']))
        ? await Promise.all([
            ask('cognito-idp:DescribeUserPool', { UserPoolId }),
            ask('cognito-idp:GetLogDeliveryConfiguration', { UserPoolId }),
            ask('wafv2:GetWebACLForResource', { ResourceArn }),
          ])
        : [{}, {}, {}]
      const pool = (described['UserPool'] ?? {}) as JsonObject
      const { LogConfigurations = [] } = (logs['LogDeliveryConfiguration'] ?? {}) as JsonObject
      const { ARN } = (acl['WebACL'] ?? {}) as JsonObject
      return {
        ids: { UserPoolId, ResourceArn, RegionName },
        name: RegionName,
        tags: (pool['UserPoolTags'] ?? {}) as { [key: string]: string },
        wire: {
          RegionName,
          Status: one['Status'] as Json,
          LogConfigurations,
          ...Object.fromEntries(
            own.flatMap(member => (pool[member] === undefined ? [] : [[member, pool[member]]])),
          ),
          ...(ARN !== undefined && { WebACLArn: ARN }),
        },
      }
    },
  },
  check: checkReplica,
  attributes: { arn: { id: 'ResourceArn' } },
  ignored: {},
  iam: {
    on: (_ids, { region, webAcl }, where) => [
      poolsIn(region ?? '*', where),
      `arn:${where.partition}:wafv2:${region ?? '*'}:${where.account}:regional/webacl/*`,
      webAcl,
    ],
    beside: [
      // whoever makes a replica must be allowed to make pools in its Region [D]
      { action: 'cognito-idp:CreateUserPool', rows: ['region'], on: () => '*' },
      ...['cognito-idp:TagResource', 'cognito-idp:UntagResource'].map(action => ({
        action,
        rows: ['region'],
        on: inItsRegion,
      })),
      // what the file leaves out is sent again, email by SES included
      ...(userPool.iam?.beside ?? [])
        .filter(({ rows }) => rows?.some(path => isRegional({ path })))
        .map(({ when, ...one }) => (when === undefined ? one : { ...one, rows: ['region'] })),
      ...(logDelivery.iam?.beside ?? []),
      ...['AssociateWebACL', 'DisassociateWebACL', 'GetWebACLForResource'].map(name => ({
        action: `cognito-idp:${name}`,
        rows: ['region'],
        on: inItsRegion,
        ...(name.startsWith('Get') && { reads: true as const }),
      })),
    ],
  },
}
