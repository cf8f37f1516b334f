// The web ACL that stands before a user pool: a facet, since every pool can have one.
import type { AssociateWebACLRequest } from '@aws-sdk/client-wafv2'
import type { JsonObject } from '../../model.ts'
import type { Field, Kind, Leaf, Where } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { text } from '../../table/schemas.ts'
import { checkWebAcl } from './rules.ts'

const row = rows<Leaf<AssociateWebACLRequest>>()

const acl = (name: string) =>
  `arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/${name}/0a1b2c3d-0000-4000-8000-000000000000`

/** Firewall Manager puts its ACLs in place itself, and puts them back [INF]. */
const firewallManagers: NonNullable<Field['kept']> = before =>
  typeof before === 'string' && /:regional\/webacl\/FMManagedWebACLV2/.test(before)
    ? {
        reason: `${before} is Firewall Manager's, which would put it back`,
        remedy: 'leave the line out, or take the pool out of the Firewall Manager policy first',
      }
    : undefined

/** Which one is there now is not known beforehand. */
const anyAcl = ({ partition, region, account }: Where): string =>
  `arn:${partition}:wafv2:${region}:${account}:regional/webacl/*`

export const webAcl: Kind = {
  name: 'webAcl',
  title: 'web ACL association',
  doc: 'The web ACL of AWS WAF that requests to the pool must pass: at most one.',
  place: { form: 'facet', key: 'webAcl' },
  presence: 'facet',
  onDemand: true,
  parent: 'userPool',
  ids: ['ResourceArn'],
  idsFrom: { ResourceArn: 'Arn' },
  writers: [
    {
      mode: 'replace',
      operation: 'wafv2:AssociateWebACL',
      clear: { operation: 'wafv2:DisassociateWebACL', input: {} },
      // an ACL that was just made, perhaps by another tool, is not known everywhere at once [D][G23]
      retryOn: ['WAFUnavailableEntityException', 'WAFNonexistentItemException'],
      patience: 60,
    },
  ],
  blank: {},
  fields: [
    row({
      path: 'webAcl',
      wire: 'WebACLArn',
      schema: () =>
        text(
          20,
          2048,
          String.raw`arn:[\w-]+:wafv2:[\w-]*:\d{12}:\w+/webacl/[^/\s]+/[^/\s]+`,
          'the ARN of a web ACL, such as arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/NAME/ID',
        ),
      unset: null,
      examples: [acl('shop'), acl('shop-2')],
      kept: firewallManagers,
      impact: (before, after) => [
        ...(before === undefined || before === null ? [] : (['security-loosening'] as const)),
        ...(after === undefined || after === null ? [] : (['security-tightening'] as const)),
      ],
      doc: 'The ARN of a regional web ACL in the Region of the pool. One that Firewall Manager has put there stays.',
    }),
  ],
  read: {
    operations: ['wafv2:GetWebACLForResource'],
    others: true,
    get: async (aws, ids) => {
      const { WebACL } = await aws.send('wafv2:GetWebACLForResource', {
        ResourceArn: ids['ResourceArn'] as string,
      })
      const arn = (WebACL as JsonObject | undefined)?.['ARN']
      return { ids, name: 'webAcl', wire: typeof arn === 'string' ? { WebACLArn: arn } : {} }
    },
  },
  check: checkWebAcl,
  attributes: {},
  ignored: {},
  iam: {
    on: ({ ResourceArn }, { webAcl }) => [ResourceArn, webAcl],
    beside: [
      { action: 'wafv2:GetWebACL', rows: ['webAcl'], on: anyAcl, reads: true },
      { action: 'cognito-idp:GetWebACLForResource', reads: true },
      { action: 'cognito-idp:AssociateWebACL' },
      { action: 'cognito-idp:DisassociateWebACL' },
    ],
  },
}
