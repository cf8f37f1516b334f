// Identity providers: SAML, OpenID Connect and the social ones.

import type { CreateIdentityProviderRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import { pages } from '../../aws/pages.ts'
import type { JsonObject, Term } from '../../model.ts'
import { removalBreaks } from '../../table/impact.ts'
import type { Codec, Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { listOf, oneOf, text } from '../../table/schemas.ts'
import { checkIdentityProvider } from './rules.ts'

const row = rows<Leaf<CreateIdentityProviderRequest>>()

/** Generated or derived by AWS, for every type [LIVE-drift]. */
const computed = ['ActiveEncryptionCertificate', 'SSORedirectBindingURI', 'SLORedirectBindingURI']
/** Filled in by AWS for social providers, from what it knows of them [LIVE-drift]. */
const wellKnown = [
  'authorize_url',
  'token_url',
  'attributes_url',
  'attributes_url_add_attributes',
  'oidc_issuer',
  'token_request_method',
]
const secretDetails = ['client_secret', 'private_key']
/** Whom Cognito shows the client's secret to: the issuer names the others where they are not stated [D]. */
const partyDetails = ['oidc_issuer', 'authorize_url', 'token_url', 'attributes_url', 'jwks_uri']

/** Scopes are a set whatever separates them; metadata means the same whatever white space is between its tags. */
const canonicalDetail = (key: string, value: Term): Term => {
  if (typeof value !== 'string') return value
  if (key === 'authorize_scopes')
    return [...new Set(value.split(/[\s,]+/).filter(word => word !== ''))].sort().join(' ')
  if (key === 'MetadataFile') return value.trim().replace(/>\s+</g, '><')
  return value.trim()
}

const details: Codec = {
  toWire: value => ({ ProviderDetails: value }),
  fromWire: wires => {
    const stated = wires['ProviderDetails'] as JsonObject | undefined
    return (
      stated &&
      Object.fromEntries(Object.entries(stated).map(([key, value]) => [key, canonicalDetail(key, value)]))
    )
  },
  toFile: wires => wires['ProviderDetails'],
}

const google = {
  type: 'Google',
  details: {
    client_id: '123.apps.googleusercontent.com',
    client_secret: '${secret.first}',
    authorize_scopes: 'openid email',
  },
}
const oidc = {
  name: 'Corp',
  type: 'OIDC',
  details: {
    client_id: 'shop',
    client_secret: '${secret.first}',
    authorize_scopes: 'openid email',
    attributes_request_method: 'GET',
    oidc_issuer: 'https://id.shop.example',
  },
}

export const identityProvider: Kind = {
  name: 'identityProvider',
  title: 'identity provider',
  doc: 'Somebody else who vouches for people: a company directory, Google, Apple and others.',
  place: { form: 'map', block: 'identityProviders' },
  presence: 'resource',
  quota: '300 identity providers in a user pool, up to 1,000 on request',
  parent: 'userPool',
  stateful: true,
  alarms: true,
  ids: ['UserPoolId', 'ProviderName'],
  natural: { ProviderName: 'name' },
  nameField: 'name',
  create: { operation: 'cognito-idp:CreateIdentityProvider', yields: {} },
  // members that are left out are kept, and one that is sent replaces the whole of it [ISS: floci PR 2858], so
  // that a secret travels only when a detail changes
  writers: [{ mode: 'patch', operation: 'cognito-idp:UpdateIdentityProvider' }],
  people: 'through',
  remove: { operation: 'cognito-idp:DeleteIdentityProvider' },
  fields: [
    row({
      path: 'name',
      wire: 'ProviderName',
      schema: () =>
        text(
          1,
          32,
          String.raw`[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+`,
          'at least 3 characters, without spaces, not beginning with _',
        ),
      unset: 'keep',
      implied: (_spec, key) => key,
      examples: ['Google', 'Google'],
      given: google,
      remedy:
        'add a second provider, let people link to it, then remove this one: users of a provider that goes cannot sign in',
      doc: 'The name: its key, unless it has characters that a key may not have. Social providers are named as their type.',
    }),
    row({
      path: 'type',
      wire: 'ProviderType',
      schema: () => oneOf('SAML', 'OIDC', 'Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'),
      unset: 'keep',
      examples: ['Google', 'Google'],
      given: google,
      remedy: 'add a second provider of the other type, then remove this one',
      doc: 'What it speaks. Fixed at creation.',
    }),
    row({
      path: 'details',
      wire: 'ProviderDetails',
      codec: details,
      shape: 'declared',
      carry: true,
      secretKeys: secretDetails,
      secretsGoTo: partyDetails,
      schema: () => z.record(text(1, 131_072), z.string().max(131_072)),
      unset: 'keep',
      examples: [google.details, { ...google.details, client_id: '456.apps.googleusercontent.com' }],
      given: google,
      impact: () => ['security-loosening', 'login-breaking'],
      doc: "AWS's `ProviderDetails`, key for key; all values are text. Only what is stated is compared. `client_secret` and `private_key` are `${secret.name}`; metadata can come from a file: `MetadataFile: ${file:corp.xml}`.",
    }),
    row({
      path: 'attributeMapping',
      wire: 'AttributeMapping',
      shape: 'map',
      schema: () => z.record(text(1, 32), text(0, 131_072)),
      // an empty one clears, and the user name's own entry is not added back then [ISS: floci PR 2858]
      unset: {},
      // AWS adds the user name's own, for all but SAML
      collection: {
        name: 'attributeMapping',
        drift: false,
        quiet: true,
        only: ['username'],
      },
      examples: [{ email: 'email' }, { email: 'email', name: 'name' }],
      given: google,
      impact: (before, after) =>
        removalBreaks(Object.keys((before ?? {}) as JsonObject), Object.keys((after ?? {}) as JsonObject)),
      doc: 'Attribute of the pool → claim of the provider. The attributes must exist and be mutable.',
    }),
    row({
      path: 'idpIdentifiers',
      wire: 'IdpIdentifiers',
      shape: 'set',
      schema: () =>
        listOf(text(1, 40, String.raw`[\w\s+=.@-]+`, 'letters, digits, spaces and + = . @ - _'), 0, 50),
      unset: [],
      examples: [['corp.example'], ['corp.example', 'corp.test']],
      given: oidc,
      doc: 'Other names for it in sign-in requests, such as an email domain.',
    }),
    row({
      path: 'acrMapping',
      wire: 'AcrMapping',
      shape: 'map',
      schema: () => z.partialRecord(oneOf('Level1', 'Level2', 'Level3', 'Level4'), text(1, 131_072)),
      unset: 'keep',
      clear: 'unproven',
      examples: [{ Level2: 'urn:corp:loa:2' }, { Level2: 'urn:corp:loa:two' }],
      given: oidc,
      doc: 'Levels of authentication → what an OpenID Connect provider calls them.',
    }),
  ],
  read: {
    operations: ['cognito-idp:ListIdentityProviders', 'cognito-idp:DescribeIdentityProvider'],
    list: async (aws, site) =>
      (
        await pages(
          aws,
          'cognito-idp:ListIdentityProviders',
          { ...site.parentIds, MaxResults: 60 },
          'Providers',
        )
      ).map(provider => ({
        ids: { ...site.parentIds, ProviderName: String(provider['ProviderName']) },
        name: String(provider['ProviderName']),
      })),
    get: async (aws, ids) => {
      const described = await aws.send('cognito-idp:DescribeIdentityProvider', ids)
      const provider = described['IdentityProvider'] as JsonObject
      const all = (provider['ProviderDetails'] ?? {}) as { [key: string]: string }
      const own =
        provider['ProviderType'] === 'OIDC' || provider['ProviderType'] === 'SAML'
          ? computed
          : [...computed, ...wellKnown]
      const isSecret = (key: string) => secretDetails.includes(key)
      return {
        ids,
        name: String(provider['ProviderName']),
        // secrets go no further than the comparison
        secrets: Object.fromEntries(
          Object.entries(all).flatMap(([key, value]) =>
            isSecret(key) ? [[`ProviderDetails.${key}`, value]] : [],
          ),
        ),
        wire: {
          ...provider,
          ProviderDetails: Object.fromEntries(
            Object.entries(all).filter(([key]) => !own.includes(key) && !isSecret(key)),
          ),
        },
      }
    },
  },
  check: checkIdentityProvider,
  attributes: { name: { value: values => values['name'] } },
  ignored: {},
}
