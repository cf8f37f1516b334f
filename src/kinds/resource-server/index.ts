// Resource servers: an API's identifier and the scopes it defines.

import type { CreateResourceServerRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import { pages } from '../../aws/pages.ts'
import type { Json, JsonObject, Term } from '../../model.ts'
import type { Codec, Kind, Leaf, Wires } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { atMost, resourceName, text } from '../../table/schemas.ts'
import { checkResourceServer } from './rules.ts'

const scopeName = () =>
  text(1, 256, String.raw`[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]+`, 'printable ASCII without spaces, ", / or \\')

/** `{ read: 'Read orders' }` ↔ `[{ ScopeName, ScopeDescription }]`, a set keyed by name (AWS sorts it). */
const scopes: Codec = {
  toWire: value => ({
    Scopes: Object.entries(value as JsonObject).map(([ScopeName, ScopeDescription]) => ({
      ScopeName,
      ScopeDescription,
    })),
  }),
  fromWire: ({ Scopes }: Wires) =>
    Scopes === undefined
      ? undefined
      : Object.fromEntries(
          (Scopes as { ScopeName: string; ScopeDescription: Json }[]).map(scope => [
            scope.ScopeName,
            scope.ScopeDescription,
          ]),
        ),
}

const row = rows<Leaf<CreateResourceServerRequest>>()

export const resourceServer: Kind = {
  name: 'resourceServer',
  title: 'resource server',
  doc: 'An API that access tokens are for, and its scopes.',
  place: { form: 'map', block: 'resourceServers' },
  presence: 'resource',
  quota: '25 resource servers in a user pool, up to 300 on request',
  parent: 'userPool',
  ids: ['UserPoolId', 'Identifier'],
  natural: { Identifier: 'identifier' },
  nameField: 'name',
  renamable: true,
  create: { operation: 'cognito-idp:CreateResourceServer', yields: {} },
  writers: [{ mode: 'replace', operation: 'cognito-idp:UpdateResourceServer' }],
  remove: { operation: 'cognito-idp:DeleteResourceServer' },
  fields: [
    row({
      path: 'identifier',
      wire: 'Identifier',
      schema: () =>
        text(1, 256, String.raw`[\x21\x23-\x5B\x5D-\x7E]+`, 'printable ASCII without spaces, " or \\'),
      unset: 'keep',
      examples: ['https://api.example.com', 'orders'],
      doc: 'What access tokens name the API by: usually its URL. Scopes are written `identifier/scope`.',
      remedy:
        'add a second resource server with the new identifier, move the clients over, then remove the old one',
    }),
    row({
      path: 'name',
      wire: 'Name',
      schema: () => resourceName().max(256),
      unset: 'keep',
      implied: (_spec, key) => key,
      examples: ['Orders', 'Orders API'],
      doc: 'A name for people.',
    }),
    row({
      path: 'scopes',
      wire: 'Scopes',
      codec: scopes,
      shape: 'map',
      schema: () => atMost(100, z.record(scopeName(), text(1, 256)), 'must be at most 100 scopes'),
      unset: {},
      collection: { name: 'scopes', drift: false },
      examples: [{ read: 'Read orders' }, { read: 'Read orders', write: 'Change orders' }],
      doc: 'The scopes, each with its description.',
    }),
  ],
  read: {
    operations: ['cognito-idp:ListResourceServers', 'cognito-idp:DescribeResourceServer'],
    list: async (aws, site) =>
      (
        await pages(
          aws,
          'cognito-idp:ListResourceServers',
          { ...site.parentIds, MaxResults: 50 },
          'ResourceServers',
        )
      ).map(server => ({
        ids: { ...site.parentIds, Identifier: String(server['Identifier']) },
        name: String(server['Identifier']),
        // the server behind dynamic client registration is Cognito's own
        foreign: server['ManagedBy'] === 'COGNITO',
        wire: strip(server),
        strangers: aws.strangersOf(server),
      })),
    get: async (aws, ids) => {
      const { ResourceServer } = await aws.send('cognito-idp:DescribeResourceServer', ids)
      const server = ResourceServer as JsonObject
      return { ids, name: String(server['Name']), wire: strip(server) }
    },
  },
  check: checkResourceServer,
  attributes: {
    id: { id: 'Identifier' },
    name: { value: values => values['name'] },
    identifier: { value: values => values['identifier'] },
    scopes: { value: (values, scope) => scopeOf(values['identifier'], values['scopes'], scope) },
  },
  ignored: {},
}

const strip = ({ UserPoolId: _pool, ManagedBy: _managed, ...server }: JsonObject): JsonObject => server

/** `identifier/scope`, if there is such a scope. */
const scopeOf = (identifier: Term | undefined, scopes: Term | undefined, scope: string): Term | undefined =>
  identifier !== undefined && scope in ((scopes ?? {}) as JsonObject)
    ? { $join: [identifier, '/', scope] }
    : undefined
