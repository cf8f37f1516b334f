// Examples of the rules of identity providers and groups.
import type { Example } from './example.ts'

const google = {
  name: 'Google',
  type: 'Google',
  details: { client_id: 'a', client_secret: { $secret: 'google' }, authorize_scopes: 'openid' },
}
const saml = { name: 'Corp', type: 'SAML', details: { MetadataURL: 'https://corp.example/metadata' } }

export const groupExamples: Example[] = [
  {
    code: 'COG2601',
    field: 'roleArn',
    bad: { roleArn: 'arn:aws:lambda:eu-west-1:111122223333:function:x' },
    good: { roleArn: 'arn:aws:iam::111122223333:role/x' },
  },
]

export const identityProviderExamples: Example[] = [
  { code: 'COG2701', field: 'type', bad: { ...google, type: null }, good: google },
  { code: 'COG2702', field: 'name', bad: { ...google, name: 'Gmail' }, good: google },
  {
    code: 'COG2703',
    field: 'details',
    bad: { ...google, details: { client_id: 'a', authorize_scopes: 'openid' } },
    good: google,
  },
  {
    code: 'COG2704',
    field: 'details',
    bad: { ...saml, details: { ...saml.details, MetadataFile: '<x/>' } },
    good: saml,
  },
  {
    code: 'COG2705',
    field: 'details',
    bad: { ...saml, details: { ...saml.details, IDPSignout: 'yes' } },
    good: { ...saml, details: { ...saml.details, IDPSignout: 'true' } },
  },
  {
    code: 'COG2706',
    field: 'attributeMapping',
    in: { parent: { attributes: {} } },
    bad: { ...google, attributeMapping: { mail: 'email' } },
    good: { ...google, attributeMapping: { email: 'email' } },
  },
  {
    code: 'COG2707',
    field: 'attributeMapping',
    in: { parent: { attributes: { 'custom:id': { mutable: false }, 'custom:team': { mutable: true } } } },
    bad: { ...google, attributeMapping: { 'custom:id': 'sub' } },
    good: { ...google, attributeMapping: { 'custom:team': 'team' } },
  },
  {
    code: 'COG2708',
    field: 'acrMapping',
    bad: { ...google, acrMapping: { Level1: 'x' } },
    good: google,
  },
]
