// What Cognito would refuse of an identity pool.
import type { JsonObject } from '../../model.ts'
import type { Context, Values } from '../../table/kind.ts'
import {
  checkWith,
  isArnOf,
  isObject,
  otherAccount,
  otherPartition,
  type Rule,
  rule,
  textsOf,
} from '../../table/rule.ts'

const arnFields = ['openIdConnectProviderArns', 'samlProviderArns']

const providers = (values: Values): JsonObject[] => {
  const list = values['cognitoIdentityProviders']
  return Array.isArray(list) ? list.filter(isObject) : []
}

/** Which client it is, whatever is checked of its tokens. */
const identity = ({ serverSideTokenCheck: _check, ...client }: JsonObject): string =>
  JSON.stringify(Object.entries(client).sort())

const nameOf = ({ client, clientId }: JsonObject): string => {
  const name = client ?? clientId
  if (typeof name === 'string') return name
  const address = isObject(name) ? name['$ref'] : undefined
  return typeof address === 'string' ? address : 'a client'
}

const arnsWhere = (values: Values, wrong: (arn: string, field: string) => boolean) =>
  arnFields.flatMap(field =>
    textsOf(values, field)
      .filter(arn => wrong(arn, field))
      .map(value => ({ value, field })),
  )

const isProviderName = (name: string): boolean =>
  /^cognito-idp\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/\1_[0-9A-Za-z]+$/.test(name)

const sort: { [field: string]: RegExp } = {
  openIdConnectProviderArns: /^oidc-provider\/./,
  samlProviderArns: /^saml-provider\/./,
}
const isForeign = (arn: string, field: string, context: Context): boolean =>
  otherPartition(arn, context) !== undefined ||
  (field === 'samlProviderArns' && otherAccount(arn, context) !== undefined)

const rules: readonly Rule[] = [
  rule(
    'COG2401',
    values =>
      providers(values).flatMap(({ providerName }) =>
        typeof providerName === 'string' && !isProviderName(providerName) ? [providerName] : [],
      ),
    {
      field: 'cognitoIdentityProviders',
      message: name => `${name} is not the provider name of a user pool`,
      hint: 'write cognito-idp.REGION.amazonaws.com/POOL_ID, or `{ client: pool.client }` for a client of this file',
    },
  ),
  rule(
    'COG2402',
    values => {
      const all = providers(values)
      return all
        .filter((one, index) => all.findIndex(other => identity(other) === identity(one)) < index)
        .map(nameOf)
    },
    {
      field: 'cognitoIdentityProviders',
      message: name => `${name} is there twice`,
      hint: 'name each client once',
    },
  ),
  rule(
    'COG2403',
    values => {
      const count = providers(values).length
      return count > 50 ? String(count) : undefined
    },
    {
      field: 'cognitoIdentityProviders',
      message: count => `${count} app clients are more than the 50 that an identity pool can have by default`,
      hint: 'ask AWS for a higher quota first',
      severity: 'warning',
    },
  ),
  rule('COG2404', values => arnsWhere(values, (arn, field) => !isArnOf(arn, 'iam', sort[field] as RegExp)), {
    field: 'openIdConnectProviderArns',
    message: arn => `${arn} is not the ARN of such a provider`,
    hint: 'it looks like arn:aws:iam::ACCOUNT:oidc-provider/HOST, or arn:aws:iam::ACCOUNT:saml-provider/NAME',
  }),
  rule('COG2405', (values, context) => arnsWhere(values, (arn, field) => isForeign(arn, field, context)), {
    field: 'samlProviderArns',
    message: arn => `${arn} belongs to another account or partition`,
    hint: "use a provider of the identity pool's own account",
  }),
]

export const checkIdentityPool = checkWith(rules)
