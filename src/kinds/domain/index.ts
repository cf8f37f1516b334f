// A user pool's domains: at most one prefix of Cognito's own domain, and one custom domain.

import type { CreateUserPoolDomainRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import type { Json, JsonObject } from '../../model.ts'
import { ranked } from '../../table/impact.ts'
import type { Kind, Leaf, SplitBlock } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { arn, oneOf, text } from '../../table/schemas.ts'
import { userPoolDomainOutputs } from './outputs.ts'
import { checkUserPoolDomain } from './rules.ts'

const row = rows<Leaf<CreateUserPoolDomainRequest>>()
const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000'
const custom = { name: 'login.shop.example', certificateArn: certificate } as const

/** While it is being made or changed, AWS refuses to change it again. */
const status = {
  operation: 'cognito-idp:DescribeUserPoolDomain',
  input: ['Domain'],
  path: 'DomainDescription.Status',
} as const

export const userPoolDomain: Kind = {
  name: 'userPoolDomain',
  title: 'domain',
  doc: 'Where the sign-in pages and the OAuth endpoints are.',
  place: { form: 'split', block: 'domain', keys: ['prefix', 'custom'], split },
  presence: 'resource',
  quota: '4 custom domains in a Region',
  parent: 'userPool',
  ids: ['UserPoolId', 'Domain'],
  natural: { Domain: 'name' },
  nameField: 'name',
  match: 'key',
  replace: 'replace-domain',
  stateful: true,
  alarms: true,
  create: {
    operation: 'cognito-idp:CreateUserPoolDomain',
    yields: {},
    until: { ...status, in: ['ACTIVE'], within: 60, soft: true },
  },
  writers: [
    {
      mode: 'replace',
      operation: 'cognito-idp:UpdateUserPoolDomain',
      // refused while it is still being made or changed [D]
      retryOn: ['InvalidParameterException'],
      patience: 120,
      until: { ...status, in: ['ACTIVE'], within: 60, soft: true },
    },
  ],
  // the name is free, and its pool can be deleted, only once it is gone
  goesFirst: true,
  remove: {
    operation: 'cognito-idp:DeleteUserPoolDomain',
    until: { ...status, in: [null], within: 120 },
    going: { wire: 'Status', is: 'DELETING' },
    // nor is it deleted before it has been made [INF]
    settled: { wire: 'Status', until: { ...status, in: ['ACTIVE', 'FAILED', null], within: 120 } },
  },
  fields: [
    row({
      path: 'name',
      wire: 'Domain',
      schema: () =>
        text(
          1,
          255,
          String.raw`[a-z0-9](?:[a-z0-9.\-]{0,253}[a-z0-9])?`,
          'lower-case letters, digits and hyphens',
        ),
      unset: 'keep',
      examples: ['shop-login-7f3a', 'shop-login-7f3b'],
      remedy:
        'a new domain breaks sign-in for everybody who uses the old one: register it at every identity provider and app first, then run with --allow replace-domain',
      doc: 'The prefix, unique in its Region among all customers of AWS, or the full name of your own domain.',
    }),
    row({
      path: 'certificateArn',
      wire: 'CustomDomainConfig.CertificateArn',
      schema: () => arn('the ARN of a certificate in us-east-1'),
      unset: 'keep',
      examples: [certificate, certificate.replace('0a1b', '1b2c')],
      given: custom,
      doc: "The certificate of a custom domain, in ACM in us-east-1 whatever the pool's Region.",
    }),
    row({
      path: 'securityPolicy',
      wire: 'CustomDomainConfig.SecurityPolicy',
      schema: () => oneOf('TLS_V1', 'TLS_V1_2_2021', 'TLS_V1_3_2025'),
      unset: 'keep',
      examples: ['TLS_V1_2_2021', 'TLS_V1_3_2025'],
      given: custom,
      impact: ranked('TLS_V1', 'TLS_V1_2_2021', 'TLS_V1_3_2025'),
      doc: 'The oldest TLS that a custom domain speaks.',
    }),
    row({
      path: 'managedLoginVersion',
      wire: 'ManagedLoginVersion',
      schema: () => z.union([z.literal(1), z.literal(2)]),
      unset: 1,
      examples: [1, 2],
      impact: () => ['login-breaking'],
      doc: '1: the classic sign-in pages. 2: managed login, which needs ESSENTIALS or PLUS and a style for every client.',
    }),
    ...(
      [
        ['secondaryRegion', 'SecondaryRegion', () => text(5, 32), ['eu-central-1', 'us-east-1']],
        [
          'primaryRoute53HealthCheckId',
          'PrimaryRoute53HealthCheckId',
          () => text(1, 64),
          ['0a1b2c3d', '1b2c3d4e'],
        ],
      ] as const
    ).map(([name, member, schema, examples]) =>
      row({
        path: `routing.failover.${name}`,
        wire: `Routing.Failover.${member}`,
        schema,
        unset: 'keep',
        clear: 'unproven',
        examples,
        given: {
          ...custom,
          'routing.failover.secondaryRegion': 'eu-central-1',
          'routing.failover.primaryRoute53HealthCheckId': '0a1b2c3d',
        },
        doc: 'Failover of a custom domain to a replica: its Region, and the health check that decides.',
      }),
    ),
  ],
  read: {
    operations: ['cognito-idp:DescribeUserPoolDomain'],
    list: async (_aws, site) =>
      (['Domain', 'CustomDomain'] as const).flatMap(member => {
        const domain = site.parent?.[member]
        if (typeof domain !== 'string') return []
        const key = member === 'Domain' ? 'prefix' : 'custom'
        return [{ ids: { ...site.parentIds, Domain: domain }, name: domain, key }]
      }),
    holder: async (aws, name) => {
      const { DomainDescription } = await aws.send('cognito-idp:DescribeUserPoolDomain', { Domain: name })
      const pool = (DomainDescription as JsonObject | undefined)?.['UserPoolId']
      return typeof pool === 'string' ? pool : undefined
    },
    get: async (aws, ids) => {
      // a domain that does not exist reads as an empty description [TF: user_pool_domain.go]
      const { DomainDescription } = await aws.send('cognito-idp:DescribeUserPoolDomain', {
        Domain: ids['Domain'] as string,
      })
      const description = (DomainDescription ?? {}) as JsonObject
      if (description['UserPoolId'] !== ids['UserPoolId']) return undefined
      const { CustomDomainConfig } = description
      return {
        ids,
        name: String(description['Domain']),
        // older reads show an empty configuration on a prefix domain [REC: 2019, 2020]
        wire: without(
          description,
          CustomDomainConfig !== undefined && Object.keys(CustomDomainConfig as JsonObject).length === 0
            ? ['CustomDomainConfig']
            : [],
        ),
      }
    },
  },
  check: checkUserPoolDomain,
  attributes: {
    name: { value: values => values['name'] },
    host: {
      value: (values, _rest, { region }) => {
        const name = values['name']
        if (typeof name !== 'string') return undefined
        return hostOf(name, region)
      },
    },
  },
  outputs: userPoolDomainOutputs,
  ignored: {},
  iam: {
    anywhere: ['cognito-idp:DescribeUserPoolDomain'],
    beside: [{ action: 'cloudfront:UpdateDistribution', rows: ['certificateArn'], on: () => '*' }],
  },
}

/** Where a domain answers: its own name, or a prefix of Cognito's. */
export const hostOf = (name: string, region: string): string =>
  name.includes('.') ? name : `${name}.auth.${region}.amazoncognito.com`

/** Deals `domain: { prefix, custom: {...}, managedLoginVersion, routing }` out to the two domains. */
function split(block: JsonObject): { [key: string]: SplitBlock } {
  const { prefix, custom, ...shared } = block
  const both = (keys: string[]): SplitBlock =>
    Object.fromEntries(
      keys.flatMap(key =>
        shared[key] === undefined ? [] : [[key, { value: shared[key] as Json, at: [key] }]],
      ),
    )
  const stated = (custom ?? {}) as JsonObject
  return {
    ...(prefix !== undefined && {
      prefix: { name: { value: prefix, at: ['prefix'] }, ...both(['managedLoginVersion']) },
    }),
    ...(custom !== undefined && {
      // what it says for itself comes before what both share
      custom: {
        ...both(['managedLoginVersion', 'routing']),
        ...Object.fromEntries(
          Object.entries(stated).map(([key, value]) => [key, { value, at: ['custom', key] }]),
        ),
      },
    }),
  }
}

const without = (object: JsonObject, keys: string[]): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))
