// What Cognito would refuse of an app client.

import type { Context, Values } from '../../table/kind.ts'
import {
  checkWith,
  has,
  isObject,
  lacks,
  mapOf,
  type Rule,
  rule,
  textOf,
  textsOf,
  wholeList,
} from '../../table/rule.ts'
import { secondsOf } from '../../table/schemas.ts'
import { standardAttributes } from '../user-pool/attributes.ts'
import { isLite } from '../user-pool/rules/tier.ts'
import { isPublic, oauthRules } from './oauth-rules.ts'

const neverWritable = ['sub', 'identities', 'email_verified', 'phone_number_verified']
const authFlows = (values: Values): string[] => textsOf(values, 'explicitAuthFlows')
const isLegacy = (flow: string): boolean => !flow.startsWith('ALLOW_')

/** Standard attributes exist in every pool; the others must be the pool's own. */
const isUnknownAttribute = (name: string, context: Context): boolean => {
  if (standardAttributes.includes(name) || name === 'identities') return false
  if (!name.includes(':')) return true
  const declared = mapOf(context.parent, 'attributes')
  return context.complete && declared !== undefined && !(name in declared)
}

const attribute = (name: string, context: Context) => {
  const found = mapOf(context.parent, 'attributes')?.[name]
  return isObject(found) ? found : {}
}

/** What the client must be able to write; only a stated list can lack any of it. */
const requiredAttributes = (context: Context): string[] =>
  Object.keys(mapOf(context.parent, 'attributes') ?? {}).filter(
    name => attribute(name, context)['required'] === true && attribute(name, context)['mutable'] !== false,
  )

const exceedsRefresh = (values: Values, field: string): boolean => {
  const [token, refresh] = [secondsOf(values[field]), secondsOf(values['refreshTokenValidity'])]
  return token !== undefined && refresh !== undefined && token > refresh
}

const rules: readonly Rule[] = [
  rule(
    'COG2111',
    values => (authFlows(values).some(flow => !isLegacy(flow)) ? authFlows(values).filter(isLegacy) : []),
    {
      field: 'explicitAuthFlows',
      message: flow => `${flow} is an old name, and stands beside names that begin with ALLOW_`,
      hint: flow =>
        `write ${{ ADMIN_NO_SRP_AUTH: 'ALLOW_ADMIN_USER_PASSWORD_AUTH', CUSTOM_AUTH_FLOW_ONLY: 'ALLOW_CUSTOM_AUTH' }[flow] ?? `ALLOW_${flow}`} instead`,
    },
  ),
  rule(
    'COG2112',
    values =>
      textOf(values, 'refreshTokenRotation.feature') === 'ENABLED' &&
      authFlows(values).includes('ALLOW_REFRESH_TOKEN_AUTH'),
    {
      field: 'explicitAuthFlows',
      message: 'ALLOW_REFRESH_TOKEN_AUTH cannot stand beside refresh token rotation',
      hint: 'take it out: rotating clients refresh with GetTokensFromRefreshToken',
    },
  ),
  rule(
    'COG2113',
    (values, context) => isLite(context.parent) && authFlows(values).includes('ALLOW_USER_AUTH'),
    {
      field: 'explicitAuthFlows',
      message: 'ALLOW_USER_AUTH needs ESSENTIALS or PLUS, and the pool is on LITE',
      hint: "raise the pool's userPoolTier, which changes the price, or take the flow out",
    },
  ),
  rule(
    'COG2116',
    (values, context) =>
      ['readAttributes', 'writeAttributes'].flatMap(field =>
        textsOf(values, field)
          .filter(name => isUnknownAttribute(name, context))
          .map(value => ({ value, field })),
      ),
    {
      field: 'readAttributes',
      message: name => `the pool has no attribute ${name}`,
      hint: name =>
        name.includes(':')
          ? "add it to the pool's attributes"
          : `write custom:${name} if it is an attribute of your own`,
    },
  ),
  rule(
    'COG2117',
    (values, context) =>
      textsOf(values, 'writeAttributes').filter(
        name => neverWritable.includes(name) || attribute(name, context)['mutable'] === false,
      ),
    {
      field: 'writeAttributes',
      message: name => `${name} cannot be written by a client`,
      hint: name => `take ${name} out`,
    },
  ),
  rule(
    'COG2118',
    (values, context) => {
      const stated = wholeList(values, 'writeAttributes')
      return stated !== undefined && stated.length > 0
        ? requiredAttributes(context).filter(name => !stated.includes(name))
        : undefined
    },
    {
      field: 'writeAttributes',
      message: name => `${name} is required in the pool, and the client may not write it`,
      hint: name => `add ${name}`,
    },
  ),
  rule('COG2119', values => values['enablePropagateAdditionalUserContextData'] === true && isPublic(values), {
    field: 'enablePropagateAdditionalUserContextData',
    message: 'passing on user context needs a client secret, and generateSecret is false',
    hint: 'set it to false, or use a client with a secret',
  }),
  rule('COG2120', values => values['generateSecret'] === true && has(values, 'clientSecret'), {
    field: 'clientSecret',
    message: 'generateSecret is true, and there is a clientSecret as well',
    hint: 'keep one of the two',
  }),
  rule(
    'COG2121',
    values =>
      has(values, 'analyticsConfiguration.applicationArn')
        ? ['analyticsConfiguration.applicationId', 'analyticsConfiguration.externalId']
            .filter(field => has(values, field))
            .map(field => ({ value: field, field }))
        : undefined,
    {
      field: 'analyticsConfiguration.applicationArn',
      message: field => `${field} stands beside applicationArn`,
      hint: 'keep applicationArn alone, or applicationId with roleArn and externalId',
    },
  ),
  rule(
    'COG2122',
    values =>
      has(values, 'analyticsConfiguration.applicationId')
        ? ['roleArn', 'externalId'].filter(name => lacks(values, `analyticsConfiguration.${name}`))
        : undefined,
    {
      field: 'analyticsConfiguration.applicationId',
      message: name => `applicationId is there without ${name}`,
      hint: 'give roleArn and externalId, or use applicationArn alone',
    },
  ),
  rule(
    'COG2123',
    values =>
      ['accessTokenValidity', 'idTokenValidity']
        .filter(field => exceedsRefresh(values, field))
        .map(field => ({ value: String(values[field]), field })),
    {
      field: 'accessTokenValidity',
      message: (validity, values) =>
        `${validity} is longer than the ${String(values['refreshTokenValidity'])} of refresh tokens`,
      hint: 'shorten it, or raise refreshTokenValidity',
    },
  ),
]

export const checkUserPoolClient = checkWith([...oauthRules, ...rules])
