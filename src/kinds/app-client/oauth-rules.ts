// What an app client may not do with OAuth: flows, scopes, redirect URLs, providers.
import type { Context, Values } from '../../table/kind.ts'
import {
  has,
  lacks,
  mapOf,
  once,
  plainTexts,
  type Rule,
  rule,
  sentence,
  textOf,
  textsOf,
  wholeList,
} from '../../table/rule.ts'

const oauthFields = ['allowedOAuthFlows', 'allowedOAuthScopes', 'callbackUrls', 'logoutUrls']
const urlFields = ['callbackUrls', 'logoutUrls', 'defaultRedirectUri']
const builtInScopes = ['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin']
const redirectFlows = ['code', 'implicit']

const usesOAuth = (values: Values): boolean => values['allowedOAuthFlowsUserPoolClient'] === true
const flows = (values: Values): string[] => textsOf(values, 'allowedOAuthFlows')
const isMachine = (values: Values): boolean => flows(values).includes('client_credentials')
/** A secret of one's own is never read back, so that only `generateSecret` can tell. */
export const isPublic = (values: Values): boolean =>
  values['generateSecret'] === false && !has(values, 'clientSecret')

/** Known URLs that fail a test, by field. */
const urlsWhere = (values: Values, wrong: (url: string) => boolean) =>
  urlFields.flatMap(field =>
    plainTexts(values[field])
      .filter(wrong)
      .map(value => ({ value, field })),
  )

const isAbsolute = (url: string): boolean => URL.canParse(url)
const loopback = ['localhost', '127.0.0.1', '[::1]']
const isPlainHttp = (url: string): boolean => {
  if (!isAbsolute(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && !loopback.includes(hostname)
}

type Siblings = ReturnType<Context['siblings']>

/** Every scope of the pool's resource servers; nothing if one of them is known only in part. */
const customScopes = once((all: Siblings): ReadonlySet<string> | undefined => {
  const servers = all.map(({ values }) => {
    const [identifier, scopes] = [textOf(values, 'identifier'), mapOf(values, 'scopes')]
    return identifier === undefined || scopes === undefined
      ? undefined
      : Object.keys(scopes).map(scope => `${identifier}/${scope}`)
  })
  return servers.every(scopes => scopes !== undefined) ? new Set(servers.flat()) : undefined
})

const providerNames = once(
  (all: Siblings): ReadonlySet<string> =>
    new Set(all.map(({ key, values: provider }) => textOf(provider, 'name') ?? key)),
)

const isUnknownScope = (scope: string, context: Context): boolean => {
  if (builtInScopes.includes(scope)) return false
  if (!scope.includes('/')) return true
  // Cognito's own server, behind dynamic registration, is in no file
  if (!context.complete || scope.startsWith('aws.cognito/')) return false
  const known = customScopes(context.siblings('resourceServer'))
  return known !== undefined && !known.has(scope)
}

export const oauthRules: readonly Rule[] = [
  rule(
    'COG2101',
    values =>
      values['allowedOAuthFlowsUserPoolClient'] === false
        ? oauthFields.filter(field => has(values, field)).map(field => ({ value: field, field }))
        : undefined,
    {
      field: 'allowedOAuthFlowsUserPoolClient',
      message: field => `${field} is set, and the client may not use OAuth`,
      hint: 'state allowedOAuthFlows and allowedOAuthScopes as well, or take the setting out',
    },
  ),
  rule(
    'COG2102',
    values =>
      usesOAuth(values)
        ? ['allowedOAuthFlows', 'allowedOAuthScopes']
            .filter(field => lacks(values, field))
            .map(field => ({ value: field, field }))
        : undefined,
    {
      field: 'allowedOAuthFlows',
      message: field => `the client may use OAuth, and has no ${field}`,
      hint: 'give it at least one flow and one scope',
    },
  ),
  rule(
    'COG2103',
    values => (isMachine(values) ? flows(values).filter(flow => redirectFlows.includes(flow)) : undefined),
    {
      field: 'allowedOAuthFlows',
      message: flow => `client_credentials stands beside ${flow}`,
      hint: 'make two clients: one for machines, one for people',
    },
  ),
  rule('COG2104', values => isMachine(values) && isPublic(values), {
    field: 'allowedOAuthFlows',
    message: 'client_credentials needs a client secret, and generateSecret is false',
    hint: 'set generateSecret to true; on an existing client it cannot be changed, so add a new client',
  }),
  rule(
    'COG2105',
    values =>
      isMachine(values)
        ? textsOf(values, 'allowedOAuthScopes').filter(scope => builtInScopes.includes(scope))
        : undefined,
    {
      field: 'allowedOAuthScopes',
      message: scope => `${scope} is a scope about people, which client_credentials does not have`,
      hint: 'use scopes of a resource server, such as ${resourceServers.orders.scopes.read}',
    },
  ),
  rule(
    'COG2106',
    values =>
      usesOAuth(values) && lacks(values, 'callbackUrls')
        ? flows(values).find(flow => redirectFlows.includes(flow))
        : undefined,
    {
      field: 'callbackUrls',
      message: flow => `the ${flow} flow has nowhere to send people back to`,
      hint: 'give at least one callback URL',
    },
  ),
  rule('COG2107', values => urlsWhere(values, url => !isAbsolute(url)), {
    field: 'callbackUrls',
    message: url => `${url} is not an absolute URL`,
    hint: "begin it with https://, or with your app's own scheme",
  }),
  rule('COG2108', values => urlsWhere(values, url => url.includes('#')), {
    field: 'callbackUrls',
    message: url => `${url} has a fragment`,
    hint: 'take the # and what follows out: OAuth 2.0 forbids it in redirect URLs',
  }),
  rule('COG2109', values => urlsWhere(values, isPlainHttp), {
    field: 'callbackUrls',
    message: url => `${url} uses http`,
    hint: 'use https; http is for localhost, 127.0.0.1 and [::1] only',
  }),
  rule(
    'COG2110',
    values => {
      const [redirect, callbacks] = [textOf(values, 'defaultRedirectUri'), wholeList(values, 'callbackUrls')]
      return redirect !== undefined && callbacks !== undefined && !callbacks.includes(redirect)
        ? redirect
        : undefined
    },
    {
      field: 'defaultRedirectUri',
      message: url => `${url} is not among callbackUrls`,
      hint: 'add it to callbackUrls',
    },
  ),
  rule(
    'COG2114',
    (values, context) =>
      textsOf(values, 'allowedOAuthScopes').filter(scope => isUnknownScope(scope, context)),
    {
      field: 'allowedOAuthScopes',
      message: scope => `there is no scope ${scope}`,
      hint: (scope, values) =>
        scope.includes('/')
          ? 'add it to a resource server of the pool, and refer to it as ${resourceServers.x.scopes.y}'
          : `use ${sentence(isMachine(values) ? ['a scope of a resource server'] : builtInScopes)}, or \${resourceServers.x.scopes.y}`,
    },
  ),
  rule(
    'COG2115',
    (values, context) => {
      const known = providerNames(context.siblings('identityProvider'))
      // without any, providers may not be in files yet
      return context.complete && known.size > 0
        ? textsOf(values, 'supportedIdentityProviders').filter(name => name !== 'COGNITO' && !known.has(name))
        : undefined
    },
    {
      field: 'supportedIdentityProviders',
      message: name => `the pool has no identity provider ${name}`,
      hint: 'add it to identityProviders, or take it out',
    },
  ),
]
