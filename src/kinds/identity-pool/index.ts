// Identity pools: which sign-ins are worth AWS credentials.

import type { CreateIdentityPoolInput } from '@aws-sdk/client-cognito-identity'
import { z } from 'zod'
import { pages } from '../../aws/pages.ts'
import type { JsonObject, Term } from '../../model.ts'
import { tagMap } from '../../table/codecs.ts'
import { additionLoosens, both, ranked, removalBreaks } from '../../table/impact.ts'
import type { Codec, Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { flag, listOf, oneOf, resourceName, tags, text } from '../../table/schemas.ts'
import { logins } from '../identity-provider/provider-rules.ts'
import { identityPoolAmplify, identityPoolOutputs } from './outputs.ts'
import { checkIdentityPool } from './rules.ts'

const row = rows<Leaf<CreateIdentityPoolInput>>()

/** `{ client: customers.web }`, or AWS's own names ↔ `{ ProviderName, ClientId, ServerSideTokenCheck }`. */
const cognitoProviders: Codec = {
  toWire: value => ({
    CognitoIdentityProviders: (value as JsonObject[]).map(provider => ({
      ...('client' in provider
        ? {
            ProviderName: refTo(provider['client'] as Term, 'provider'),
            ClientId: refTo(provider['client'] as Term, 'id'),
          }
        : { ProviderName: provider['providerName'] as Term, ClientId: provider['clientId'] as Term }),
      ServerSideTokenCheck: provider['serverSideTokenCheck'] ?? false,
    })),
  }),
  fromWire: wires =>
    (wires['CognitoIdentityProviders'] as JsonObject[] | undefined)?.map(provider => ({
      providerName: provider['ProviderName'] as Term,
      clientId: provider['ClientId'] as Term,
      serverSideTokenCheck: provider['ServerSideTokenCheck'] ?? false,
    })),
  toFile: (wires, _where, bare) =>
    (wires['CognitoIdentityProviders'] as JsonObject[] | undefined)?.map(provider => {
      const [providerName, clientId] = [provider['ProviderName'] as Term, provider['ClientId'] as Term]
      const client = bare('userPoolClient', { provider: providerName, id: clientId })
      return {
        ...(client === undefined ? { providerName, clientId } : { client }),
        ...(provider['ServerSideTokenCheck'] === true && { serverSideTokenCheck: true }),
      }
    }),
}

/** An attribute of a resource that a bare path names. */
export const refTo = (bare: Term, attr: string): Term =>
  typeof bare === 'object' && bare !== null && '$ref' in bare ? { ...bare, attr } : bare

const login = () =>
  z.partialRecord(oneOf(...logins), text(1, 128, String.raw`[\w.;_/-]+`, 'an app id of the provider'))

export const identityPool: Kind = {
  name: 'identityPool',
  title: 'identity pool',
  doc: 'Exchanges sign-ins for AWS credentials.',
  place: { form: 'map', block: 'identityPools' },
  presence: 'resource',
  quota: '1,000 identity pools in an account',
  stateful: true,
  ids: ['IdentityPoolId'],
  nameField: 'name',
  renamable: true,
  tags: 'tags',
  untag: { operation: 'cognito-identity:UntagResource', on: { ResourceArn: 'arn' } },
  home: { id: 'IdentityPoolId', endsAt: ':' },
  create: {
    operation: 'cognito-identity:CreateIdentityPool',
    yields: { IdentityPoolId: 'IdentityPoolId' },
  },
  writers: [{ mode: 'replace', operation: 'cognito-identity:UpdateIdentityPool' }],
  remove: { operation: 'cognito-identity:DeleteIdentityPool' },
  fields: [
    row({
      path: 'name',
      wire: 'IdentityPoolName',
      schema: resourceName,
      unset: 'keep',
      implied: (_spec, key) => key,
      examples: ['shop app', 'shop'],
      doc: "The identity pool's name. Need not be unique in AWS; can be changed in place.",
    }),
    row({
      path: 'allowUnauthenticatedIdentities',
      wire: 'AllowUnauthenticatedIdentities',
      schema: flag,
      unset: false,
      examples: [true, false],
      impact: ranked(true, false),
      doc: 'Whether guests, who have not signed in, get credentials.',
    }),
    row({
      path: 'allowClassicFlow',
      wire: 'AllowClassicFlow',
      schema: flag,
      unset: false,
      examples: [true, false],
      impact: ranked(true, false),
      doc: 'Whether the older basic flow may be used, in which the app itself chooses the role.',
    }),
    row({
      path: 'supportedLoginProviders',
      wire: 'SupportedLoginProviders',
      shape: 'map',
      schema: login,
      unset: {},
      examples: [
        { 'accounts.google.com': '123.apps.googleusercontent.com' },
        { 'graph.facebook.com': '7346241598935552' },
      ],
      impact: (before, after) =>
        additionLoosens(Object.keys((before ?? {}) as JsonObject), Object.keys((after ?? {}) as JsonObject)),
      doc: "Social providers that sign people in directly, and the app's id there.",
    }),
    row({
      path: 'developerProviderName',
      wire: 'DeveloperProviderName',
      schema: () => text(1, 128, String.raw`[\w._-]+`, 'letters, digits and . _ -'),
      unset: 'keep',
      clear: 'impossible',
      examples: ['login.shop', 'login.shop'],
      doc: 'The name of your own provider. Can be set once and never changed.',
    }),
    row({
      path: 'openIdConnectProviderArns',
      wire: 'OpenIdConnectProviderARNs',
      shape: 'set',
      schema: () => listOf(text(20, 2048)),
      unset: [],
      clear: { wire: [] },
      examples: [['arn:aws:iam::111122223333:oidc-provider/id.shop.example'], []],
      impact: additionLoosens,
      doc: 'OpenID Connect providers of IAM.',
    }),
    row({
      path: 'cognitoIdentityProviders',
      wire: 'CognitoIdentityProviders',
      codec: cognitoProviders,
      shape: 'set',
      schema: () =>
        listOf(
          z.union([
            z.strictObject({ client: z.string(), serverSideTokenCheck: flag().optional() }),
            z.strictObject({
              providerName: text(1, 128, String.raw`[\w._:/-]+`, 'cognito-idp.REGION.amazonaws.com/POOL_ID'),
              clientId: text(1, 128, String.raw`[\w_]+`, 'a client id'),
              serverSideTokenCheck: flag().optional(),
            }),
          ]),
        ),
      bare: { at: '[].client', kind: 'userPoolClient' },
      unset: [],
      clear: { wire: [] },
      examples: [
        [
          {
            providerName: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123xyz',
            clientId: '1example23456789',
          },
        ],
        [
          {
            providerName: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123xyz',
            clientId: '1example23456789',
            serverSideTokenCheck: true,
          },
        ],
      ],
      impact: both(additionLoosens, removalBreaks),
      doc: 'App clients whose users get credentials: `{ client: pool.client }`.',
    }),
    row({
      path: 'samlProviderArns',
      wire: 'SamlProviderARNs',
      shape: 'set',
      schema: () => listOf(text(20, 2048)),
      unset: [],
      clear: { wire: [] },
      examples: [['arn:aws:iam::111122223333:saml-provider/corp'], []],
      impact: additionLoosens,
      doc: 'SAML providers of IAM.',
    }),
    row({
      path: 'tags',
      wire: 'IdentityPoolTags',
      codec: tagMap('IdentityPoolTags'),
      shape: 'map',
      schema: tags,
      unset: {},
      examples: [{ team: 'identity' }, { team: 'identity', cost: '42' }],
      doc: 'Tags. cogsync adds its own.',
    }),
  ],
  read: {
    operations: ['cognito-identity:ListIdentityPools', 'cognito-identity:DescribeIdentityPool'],
    list: async aws =>
      (await pages(aws, 'cognito-identity:ListIdentityPools', { MaxResults: 60 }, 'IdentityPools')).map(
        pool => ({
          ids: { IdentityPoolId: String(pool['IdentityPoolId']) },
          name: String(pool['IdentityPoolName']),
        }),
      ),
    tagged: {
      operations: ['cognito-identity:ListIdentityPools', 'cognito-identity:DescribeIdentityPool'],
      of: async (aws, ids) => {
        const pool = await aws.send('cognito-identity:DescribeIdentityPool', {
          IdentityPoolId: ids['IdentityPoolId'] as string,
        })
        return (pool['IdentityPoolTags'] ?? {}) as { [key: string]: string }
      },
    },
    get: async (aws, ids) => {
      const pool = await aws.send('cognito-identity:DescribeIdentityPool', {
        IdentityPoolId: ids['IdentityPoolId'] as string,
      })
      const tagged = (pool['IdentityPoolTags'] ?? {}) as { [key: string]: string }
      return {
        ids,
        name: String(pool['IdentityPoolName']),
        tags: tagged,
        wire: {
          ...pool,
          IdentityPoolTags: Object.fromEntries(
            Object.entries(tagged).filter(([key]) => !key.startsWith('aws:')),
          ),
        },
      }
    },
  },
  check: checkIdentityPool,
  attributes: {
    id: { id: 'IdentityPoolId' },
    name: { value: values => values['name'] },
    arn: {
      made: (ids, { region, account, partition }) =>
        `arn:${partition}:cognito-identity:${region}:${account}:identitypool/${ids['IdentityPoolId']}`,
    },
  },
  outputs: identityPoolOutputs,
  amplify: identityPoolAmplify,
  ignored: {},
  iam: {
    arn: (id, { partition, region, account }) =>
      `arn:${partition}:cognito-identity:${region}:${account}:identitypool/${id === '*' ? `${region}:*` : id}`,
    anywhere: ['cognito-identity:ListIdentityPools', 'cognito-identity:CreateIdentityPool'],
    beside: [{ action: 'cognito-identity:TagResource' }, { action: 'cognito-identity:UntagResource' }],
  },
}
