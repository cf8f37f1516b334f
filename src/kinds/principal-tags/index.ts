// Attributes for access control: which claims of a provider become tags of the session.

import type { SetPrincipalTagAttributeMapInput } from '@aws-sdk/client-cognito-identity'
import { z } from 'zod'
import type { JsonObject } from '../../model.ts'
import type { Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { atMost, flag, text } from '../../table/schemas.ts'
import { checkPrincipalTags } from './rules.ts'

const row = rows<Leaf<SetPrincipalTagAttributeMapInput>>()

export const principalTags: Kind = {
  name: 'principalTags',
  title: 'principal tags',
  doc: 'Claims of a provider that become tags of the session, for access control. The roles must allow sts:TagSession.',
  place: {
    form: 'map',
    block: 'principalTags',
    bareKey: {
      kind: 'userPool',
      attribute: 'provider',
      field: 'provider',
      names: ['developerProviderName'],
      among: [
        'CognitoIdentityProviders.[].ProviderName',
        'SupportedLoginProviders.{}',
        'OpenIdConnectProviderARNs.[]',
        'SamlProviderARNs.[]',
        'DeveloperProviderName',
      ],
    },
  },
  presence: 'facet',
  parent: 'identityPool',
  ids: ['IdentityPoolId', 'IdentityProviderName'],
  natural: { IdentityProviderName: 'provider' },
  writers: [{ mode: 'replace', operation: 'cognito-identity:SetPrincipalTagAttributeMap' }],
  blank: { UseDefaults: false, PrincipalTags: {} },
  fields: [
    row({
      path: 'provider',
      wire: 'IdentityProviderName',
      schema: () => text(1, 128),
      unset: 'keep',
      examples: [
        'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123xyz',
        'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC123xyz',
      ],
      doc: 'The provider: the key says it.',
    }),
    row({
      path: 'useDefaults',
      wire: 'UseDefaults',
      schema: flag,
      unset: false,
      examples: [true, false],
      doc: "Whether to use AWS's mapping: `client` from aud, `username` from sub.",
    }),
    row({
      path: 'tags',
      wire: 'PrincipalTags',
      shape: 'map',
      schema: () => atMost(50, z.record(text(1, 128), text(1, 256)), 'must be at most 50 tags'),
      unset: {},
      examples: [{ tenant: 'custom:tenant' }, { tenant: 'custom:tenant', role: 'custom:role' }],
      impact: () => ['security-loosening'],
      doc: 'Session tag → claim.',
    }),
  ],
  read: {
    operations: ['cognito-identity:GetPrincipalTagAttributeMap'],
    get: async (aws, ids) => {
      const map = await aws.send('cognito-identity:GetPrincipalTagAttributeMap', {
        IdentityPoolId: ids['IdentityPoolId'] as string,
        IdentityProviderName: ids['IdentityProviderName'] as string,
      })
      return {
        ids,
        name: String(ids['IdentityProviderName']),
        wire: { PrincipalTags: {}, ...(map as JsonObject) },
      }
    },
  },
  check: checkPrincipalTags,
  iam: { anywhere: ['cognito-identity:SetPrincipalTagAttributeMap'] },
  attributes: {},
  ignored: {},
}
