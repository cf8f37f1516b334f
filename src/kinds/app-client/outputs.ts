// What an app client tells its app: its id, and addresses that open the sign-in and sign-out pages.
import type { Json } from '../../model.ts'
import { type AmplifyMembers, listOf, type Output, textOf, type View } from '../../table/output.ts'
import { hostOfPool } from '../user-pool/outputs.ts'

/** `code`, or `token` for a client that has the implicit grant only; `undefined` for one that nobody signs in with. */
const responseType = (client: View): 'code' | 'token' | undefined => {
  const flows = listOf(client, 'allowedOAuthFlows')
  return flows.includes('code') ? 'code' : flows.includes('implicit') ? 'token' : undefined
}

/** A URL of the sign-in pages. Spaces between scopes are `+`. */
const page = (host: string, path: string, query: { [parameter: string]: string | string[] }): string => {
  const text = Object.entries(query).map(
    ([parameter, value]) => `${parameter}=${[value].flat().map(encodeURIComponent).join('+')}`,
  )
  return `https://${host}/${path}?${text.join('&')}`
}

const idOf = (client: View): string => client.attribute('id') ?? ''

const signInUrl = (client: View): string | undefined => {
  const [host, type] = [hostOfPool(client.parent), responseType(client)]
  const callback = textOf(client, 'defaultRedirectUri') ?? listOf(client, 'callbackUrls')[0]
  if (host === undefined || type === undefined || callback === undefined) return undefined
  const scopes = listOf(client, 'allowedOAuthScopes')
  return page(host, 'login', {
    client_id: idOf(client),
    response_type: type,
    ...(scopes.length > 0 && { scope: scopes }),
    redirect_uri: callback,
  })
}

const signOutUrl = (client: View): string | undefined => {
  const [host, [first]] = [hostOfPool(client.parent), listOf(client, 'logoutUrls')]
  if (host === undefined || first === undefined || responseType(client) === undefined) return undefined
  return page(host, 'logout', { client_id: idOf(client), logout_uri: first })
}

export const userPoolClientOutputs: readonly Output[] = [
  { name: 'clientId', title: 'client id', attribute: 'id' },
  {
    name: 'clientSecret',
    title: 'client secret',
    secret: { operation: 'cognito-idp:DescribeUserPoolClient', path: 'UserPoolClient.ClientSecret' },
  },
  { name: 'signInUrl', title: 'sign in', value: signInUrl },
  { name: 'signOutUrl', title: 'sign out', value: signOutUrl },
]

/** Cognito's names of social providers, and Amplify's. It knows no others. */
const social: { [name: string]: string } = {
  Google: 'GOOGLE',
  Facebook: 'FACEBOOK',
  LoginWithAmazon: 'LOGIN_WITH_AMAZON',
  SignInWithApple: 'SIGN_IN_WITH_APPLE',
}

const oauth = (client: View): Json | undefined => {
  const [host, type] = [hostOfPool(client.parent), responseType(client)]
  if (host === undefined || type === undefined) return undefined
  return {
    identity_providers: listOf(client, 'supportedIdentityProviders').flatMap(name => social[name] ?? []),
    domain: host,
    scopes: listOf(client, 'allowedOAuthScopes'),
    redirect_sign_in_uri: listOf(client, 'callbackUrls'),
    redirect_sign_out_uri: listOf(client, 'logoutUrls'),
    response_type: type,
  }
}

/** Whether an app that anybody can read may use it: a secret would be no secret there. */
const isPublic = (client: View): boolean => client.values['generateSecret'] !== true

export const userPoolClientAmplify: AmplifyMembers = {
  user_pool_client_id: client => (isPublic(client) ? idOf(client) : undefined),
  oauth: client => (isPublic(client) ? oauth(client) : undefined),
}
