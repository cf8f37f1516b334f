// The roles of an identity pool: a facet, since every identity pool has them, set or not.

import type { SetIdentityPoolRolesInput } from '@aws-sdk/client-cognito-identity'
import { z } from 'zod'
import type { JsonObject, Term } from '../../model.ts'
import { removalBreaks } from '../../table/impact.ts'
import type { Codec, Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { arn, atMost, oneOf, text } from '../../table/schemas.ts'
import { refTo } from '../identity-pool/index.ts'
import { checkIdentityPoolRoles } from './rules.ts'

const row = rows<Leaf<SetIdentityPoolRolesInput> | 'Roles.authenticated' | 'Roles.unauthenticated'>()

/** Mappings by provider. A client's key holds ids that may be known only later, so keys may be terms. */
const mappings: Codec = {
  toWire: value => ({
    RoleMappings: {
      $entries: entriesOf(value).map(([key, mapping]) => [
        providerKey(key),
        toWireMapping(mapping as JsonObject),
      ]),
    },
  }),
  fromWire: wires => {
    if (wires['RoleMappings'] === undefined) return undefined
    const entries = entriesOf(wires['RoleMappings']).map(([key, mapping]): [Term, Term] => [
      key,
      fromWireMapping(mapping as JsonObject),
    ])
    return entries.every(([key]) => typeof key === 'string')
      ? Object.fromEntries(entries as [string, Term][])
      : { $entries: entries }
  },
  toFile: (wires, _where, bare) =>
    wires['RoleMappings'] === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(wires['RoleMappings'] as JsonObject).map(([key, mapping]) => {
            const cut = key.lastIndexOf(':')
            const client =
              cut < 0
                ? undefined
                : bare('userPoolClient', { provider: key.slice(0, cut), id: key.slice(cut + 1) })
            return [client ?? key, fromWireMapping(mapping as JsonObject)]
          }),
        ),
}

const entriesOf = (term: Term): [Term, Term][] => {
  const object = term as JsonObject
  return '$entries' in object ? (object['$entries'] as [Term, Term][]) : Object.entries(object)
}

/** AWS's key of a client: `cognito-idp.REGION.amazonaws.com/POOL:CLIENT`. */
const providerKey = (key: Term): Term =>
  typeof key === 'string' ? key : { $join: [refTo(key, 'provider'), ':', refTo(key, 'id')] }

const toWireMapping = (mapping: JsonObject): JsonObject => ({
  Type: mapping['type'] as Term,
  AmbiguousRoleResolution: mapping['ambiguousRoleResolution'] as Term,
  ...(mapping['rules'] !== undefined && {
    RulesConfiguration: {
      Rules: (mapping['rules'] as JsonObject[]).map(rule => ({
        Claim: rule['claim'] as Term,
        MatchType: rule['matchType'] as Term,
        Value: rule['value'] as Term,
        RoleARN: rule['roleArn'] as Term,
      })),
    },
  }),
})

const fromWireMapping = (mapping: JsonObject): JsonObject => ({
  type: mapping['Type'] as Term,
  ambiguousRoleResolution: mapping['AmbiguousRoleResolution'] as Term,
  ...(mapping['RulesConfiguration'] !== undefined && {
    rules: ((mapping['RulesConfiguration'] as JsonObject)['Rules'] as JsonObject[]).map(rule => ({
      claim: rule['Claim'] as Term,
      matchType: rule['MatchType'] as Term,
      value: rule['Value'] as Term,
      roleArn: rule['RoleARN'] as Term,
    })),
  }),
})

const roleArn = () => arn('the ARN of an IAM role')
const providerName = 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123xyz'
const given = {
  cognitoIdentityProviders: [{ providerName, clientId: '1example23456789' }],
  'roles.authenticated': 'arn:aws:iam::111122223333:role/member',
}

export const identityPoolRoles: Kind = {
  name: 'identityPoolRoles',
  title: 'roles of the identity pool',
  doc: 'Which role an identity gets.',
  place: { form: 'facet', key: 'roles' },
  presence: 'facet',
  parent: 'identityPool',
  ids: ['IdentityPoolId'],
  writers: [
    {
      mode: 'replace',
      operation: 'cognito-identity:SetIdentityPoolRoles',
      // a role that has not spread yet is forbidden, or not there [ISS: alchemy]
      retryOn: ['NotAuthorizedException', 'InvalidParameterException'],
    },
  ],
  blank: { Roles: {}, RoleMappings: {} },
  fields: [
    ...(
      [
        ['authenticated', 'people who have signed in'],
        ['unauthenticated', 'guests'],
      ] as const
    ).map(([name, who]) =>
      row({
        path: `roles.${name}`,
        wire: `Roles.${name}`,
        schema: roleArn,
        unset: null,
        examples: ['arn:aws:iam::111122223333:role/member', 'arn:aws:iam::111122223333:role/member-2'],
        ...(name === 'unauthenticated' && { given: { allowUnauthenticatedIdentities: true } }),
        impact: (before, after) => [
          ...(before === undefined || before === null ? [] : (['login-breaking'] as const)),
          ...(after === undefined || after === null ? [] : (['security-loosening'] as const)),
        ],
        doc: `The role of ${who}.`,
      }),
    ),
    row({
      path: 'roleMappings',
      wire: 'RoleMappings',
      codec: mappings,
      shape: 'map',
      schema: () =>
        atMost(
          10,
          z.record(
            z.string(),
            z.strictObject({
              type: oneOf('Token', 'Rules'),
              ambiguousRoleResolution: oneOf('AuthenticatedRole', 'Deny'),
              rules: z
                .array(
                  z.strictObject({
                    claim: text(1, 64, String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`, 'a claim without spaces'),
                    matchType: oneOf('Equals', 'Contains', 'StartsWith', 'NotEqual'),
                    value: text(1, 128),
                    roleArn: roleArn(),
                  }),
                )
                .min(1)
                .max(25)
                .optional(),
            }),
          ),
          'must be at most 10 role mappings',
        ),
      bare: { at: 'key', kind: 'userPoolClient' },
      unset: {},
      examples: [
        {
          [`${providerName}:1example23456789`]: {
            type: 'Token',
            ambiguousRoleResolution: 'AuthenticatedRole',
          },
        },
        { [`${providerName}:1example23456789`]: { type: 'Token', ambiguousRoleResolution: 'Deny' } },
      ],
      given,
      impact: (before, after) => [
        ...removalBreaks(Object.keys((before ?? {}) as JsonObject), Object.keys((after ?? {}) as JsonObject)),
        'security-loosening',
      ],
      doc: "Roles by what a token says: `Token` takes the group's role from it, `Rules` tries its rules in order, and the first that matches wins.",
    }),
  ],
  read: {
    operations: ['cognito-identity:GetIdentityPoolRoles'],
    get: async (aws, ids) => {
      const roles = await aws.send('cognito-identity:GetIdentityPoolRoles', {
        IdentityPoolId: ids['IdentityPoolId'] as string,
      })
      // both maps may be missing when never set, and both must be sent
      return {
        ids,
        name: 'roles',
        wire: { ...roles, Roles: roles['Roles'] ?? {}, RoleMappings: roles['RoleMappings'] ?? {} },
      }
    },
  },
  check: checkIdentityPoolRoles,
  attributes: {},
  ignored: {},
  iam: {
    anywhere: ['cognito-identity:SetIdentityPoolRoles'],
    beside: [
      {
        action: 'iam:PassRole',
        rows: ['roles.authenticated', 'roles.unauthenticated', 'roleMappings'],
        to: 'cognito-identity.amazonaws.com',
      },
    ],
  },
}
