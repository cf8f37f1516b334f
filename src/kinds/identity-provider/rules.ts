// What Cognito would refuse of an identity provider.

import type { JsonObject } from '../../model.ts'
import type { Values } from '../../table/kind.ts'
import { checkWith, has, mapOf, rule, sentence, textOf } from '../../table/rule.ts'
import { isCustom, standardAttributes } from '../user-pool/attributes.ts'

const social = ['Google', 'Facebook', 'LoginWithAmazon', 'SignInWithApple']

/** What each type cannot do without [REC: amplify-cli 8266][D]. */
const needed: { [type: string]: string[] } = {
  Google: ['client_id', 'client_secret', 'authorize_scopes'],
  Facebook: ['client_id', 'client_secret', 'authorize_scopes'],
  LoginWithAmazon: ['client_id', 'client_secret', 'authorize_scopes'],
  SignInWithApple: ['client_id', 'team_id', 'key_id', 'private_key', 'authorize_scopes'],
  OIDC: ['client_id', 'authorize_scopes', 'attributes_request_method', 'oidc_issuer'],
}

/** Details that are yes or no, and still text. */
const switches = ['IDPSignout', 'IDPInit', 'EncryptedResponses', 'attributes_url_add_attributes']

const detailsOf = (values: Values): JsonObject | undefined => mapOf(values, 'details')

export const checkIdentityProvider = checkWith([
  rule('COG2701', values => !has(values, 'type') && values['type'] !== undefined, {
    field: 'type',
    message: 'an identity provider without a type',
    hint: 'state `type`: SAML, OIDC, Google, Facebook, LoginWithAmazon or SignInWithApple',
  }),
  rule(
    'COG2702',
    values => {
      const [type, name] = [textOf(values, 'type'), textOf(values, 'name')]
      return type !== undefined && name !== undefined && social.includes(type) && name !== type
        ? name
        : undefined
    },
    {
      field: 'name',
      message: (wrong, see) => `${wrong} cannot be the name of a provider of type ${textOf(see, 'type')}`,
      hint: (_wrong, see) =>
        `there is one of each social provider, named as its type: ${textOf(see, 'type')}`,
    },
  ),
  rule(
    'COG2703',
    values => {
      const details = detailsOf(values)
      const type = textOf(values, 'type')
      if (details === undefined || type === undefined) return undefined
      const missing = (needed[type] ?? []).filter(key => !(key in details))
      return missing.length > 0 ? sentence(missing) : undefined
    },
    {
      field: 'details',
      message: (wrong, see) => `a provider of type ${textOf(see, 'type')} without ${wrong}`,
      hint: 'state it under `details`',
    },
  ),
  rule(
    'COG2704',
    values => {
      const details = detailsOf(values)
      return (
        textOf(values, 'type') === 'SAML' &&
        details !== undefined &&
        'MetadataURL' in details === 'MetadataFile' in details
      )
    },
    {
      field: 'details',
      message: 'SAML metadata comes from exactly one place, MetadataURL or MetadataFile',
      hint: 'state one of the two; a file is `MetadataFile: ${file:corp.xml}`',
    },
  ),
  rule(
    'COG2705',
    values =>
      switches.flatMap(key => {
        const value = detailsOf(values)?.[key]
        return typeof value === 'string' && value !== 'true' && value !== 'false' ? [`${key}: ${value}`] : []
      }),
    {
      field: 'details',
      message: wrong => `${wrong} is neither "true" nor "false"`,
      hint: 'write the text "true" or "false"',
    },
  ),
  rule(
    'COG2706',
    (values, { parent, complete }) => {
      const attributes = parent === undefined ? undefined : mapOf(parent, 'attributes')
      if (attributes === undefined || !complete) return undefined
      return Object.keys(mapOf(values, 'attributeMapping') ?? {}).filter(
        name =>
          name !== 'username' &&
          !standardAttributes.includes(name) &&
          !(name in attributes) &&
          !isCustom(name),
      )
    },
    {
      field: 'attributeMapping',
      message: wrong => `${wrong} is no attribute of the pool`,
      hint: 'map a standard attribute, or custom:name',
    },
  ),
  rule(
    'COG2707',
    (values, { parent }) =>
      Object.keys(mapOf(values, 'attributeMapping') ?? {}).filter(name => {
        const attribute = mapOf(parent ?? {}, 'attributes')?.[name] as JsonObject | undefined
        return attribute?.['mutable'] === false
      }),
    {
      field: 'attributeMapping',
      message: wrong => `${wrong} is not mutable, and a mapped attribute is written at every sign-in`,
      hint: 'map another attribute: the second sign-in of each user would fail',
    },
  ),
  rule(
    'COG2708',
    values =>
      has(values, 'acrMapping') && textOf(values, 'type') !== undefined && textOf(values, 'type') !== 'OIDC',
    {
      field: 'acrMapping',
      message: 'acrMapping is for OIDC providers only',
      hint: 'leave it out',
    },
  ),
])
