// Groups: sets of users, and the role that a token of theirs names.
import type { CreateGroupRequest } from '@aws-sdk/client-cognito-identity-provider'
import { pages } from '../../aws/pages.ts'
import type { JsonObject } from '../../model.ts'
import type { Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { arn, text, whole } from '../../table/schemas.ts'
import { checkGroup } from './rules.ts'

const row = rows<Leaf<CreateGroupRequest>>()

export const group: Kind = {
  name: 'group',
  title: 'group',
  doc: 'A set of users. A group with a role lets its members have that role.',
  place: { form: 'map', block: 'groups' },
  presence: 'resource',
  quota: '10,000 groups in a user pool',
  parent: 'userPool',
  stateful: true,
  ids: ['UserPoolId', 'GroupName'],
  natural: { GroupName: 'name' },
  nameField: 'name',
  create: { operation: 'cognito-idp:CreateGroup', yields: {} },
  writers: [{ mode: 'replace', operation: 'cognito-idp:UpdateGroup' }],
  remove: { operation: 'cognito-idp:DeleteGroup' },
  fields: [
    row({
      path: 'name',
      wire: 'GroupName',
      schema: () => text(1, 128, String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`, 'a name without spaces'),
      unset: 'keep',
      implied: (_spec, key) => key,
      examples: ['admins', 'editors'],
      remedy:
        'add a second group, move its members over, then remove this one: a group that is made again is empty',
      doc: 'The name of the group: its key, unless it has characters that a key may not have.',
    }),
    row({
      path: 'description',
      wire: 'Description',
      schema: () => text(0, 2048),
      unset: '',
      examples: ['May do everything', 'May do all'],
      doc: 'What the group is for.',
    }),
    row({
      path: 'roleArn',
      wire: 'RoleArn',
      schema: () => arn('the ARN of an IAM role'),
      unset: 'keep',
      // an update that leaves it out keeps it, and it cannot be empty
      clear: 'impossible',
      examples: ['arn:aws:iam::111122223333:role/member', 'arn:aws:iam::111122223333:role/member-2'],
      impact: () => ['security-loosening'],
      doc: "The role that the members' tokens name. Once set, AWS has no way to take it away but to delete the group.",
    }),
    row({
      path: 'precedence',
      wire: 'Precedence',
      schema: () => whole(0, 2 ** 31 - 1),
      unset: 'keep',
      clear: 'impossible',
      examples: [0, 1],
      impact: () => ['security-loosening'],
      doc: 'Which role wins for somebody in several groups: 0 is the first. Once set, AWS has no way to take it away.',
    }),
  ],
  read: {
    operations: ['cognito-idp:ListGroups', 'cognito-idp:GetGroup'],
    list: async (aws, site) =>
      (await pages(aws, 'cognito-idp:ListGroups', { ...site.parentIds, Limit: 60 }, 'Groups')).map(one => ({
        ids: { ...site.parentIds, GroupName: String(one['GroupName']) },
        name: String(one['GroupName']),
        // Cognito makes one for each identity provider; with a role on it somebody has been there
        foreign:
          String(one['GroupName']).startsWith(`${site.parentIds['UserPoolId']}_`) &&
          one['RoleArn'] === undefined,
        alarms: one['RoleArn'] !== undefined,
        wire: one,
        strangers: aws.strangersOf(one),
      })),
    get: async (aws, ids) => {
      const { Group } = await aws.send('cognito-idp:GetGroup', ids)
      return { ids, name: String(ids['GroupName']), wire: Group as JsonObject }
    },
  },
  check: checkGroup,
  attributes: { name: { value: values => values['name'] } },
  ignored: {},
  iam: { beside: [{ action: 'iam:PassRole', rows: ['roleArn'], to: 'cognito-idp.amazonaws.com' }] },
}
