// The writing operations of Cognito's two APIs that no kind sends, and why. Whatever a newer SDK adds is in none
// of these lists, so the coverage test names it until somebody has decided where it belongs.
import { leavesOf } from '../../src/aws/shapes.ts'
import type { Kind } from '../../src/table/kind.ts'
import { operationsOf } from '../../src/table/operations.ts'
import type { Shapes } from './ownership.ts'

/** What people and administrators do with users, by what it is about. It sets up nothing. */
export const dataPlane: { [reason: string]: readonly string[] } = {
  'Users are data: they are made and changed by apps and administrators, not by a file.': [
    'cognito-idp:AdminConfirmSignUp',
    'cognito-idp:AdminCreateUser',
    'cognito-idp:AdminDeleteUser',
    'cognito-idp:AdminDeleteUserAttributes',
    'cognito-idp:AdminDisableUser',
    'cognito-idp:AdminEnableUser',
    'cognito-idp:AdminResetUserPassword',
    'cognito-idp:AdminSetUserPassword',
    'cognito-idp:AdminUpdateUserAttributes',
    'cognito-idp:ChangePassword',
    'cognito-idp:DeleteUser',
    'cognito-idp:DeleteUserAttributes',
    'cognito-idp:UpdateUserAttributes',
    'cognito-idp:VerifyUserAttribute',
  ],
  'Who is in a group, and who is linked to which provider, is data about users.': [
    'cognito-idp:AdminAddUserToGroup',
    'cognito-idp:AdminDisableProviderForUser',
    'cognito-idp:AdminLinkProviderForUser',
    'cognito-idp:AdminRemoveUserFromGroup',
  ],
  "A user's own second factors and passkeys; which factors a pool offers is `mfa`.": [
    'cognito-idp:AdminDeleteSoftwareToken',
    'cognito-idp:AdminSetUserMFAPreference',
    'cognito-idp:AdminSetUserSettings',
    'cognito-idp:AssociateSoftwareToken',
    'cognito-idp:CompleteWebAuthnRegistration',
    'cognito-idp:DeleteWebAuthnCredential',
    'cognito-idp:SetUserMFAPreference',
    'cognito-idp:SetUserSettings',
    'cognito-idp:StartWebAuthnRegistration',
    'cognito-idp:VerifySoftwareToken',
  ],
  'Steps of signing up, signing in and recovering an account.': [
    'cognito-idp:AdminInitiateAuth',
    'cognito-idp:AdminRespondToAuthChallenge',
    'cognito-idp:ConfirmForgotPassword',
    'cognito-idp:ConfirmSignUp',
    'cognito-idp:ForgotPassword',
    'cognito-idp:InitiateAuth',
    'cognito-idp:ResendConfirmationCode',
    'cognito-idp:RespondToAuthChallenge',
    'cognito-idp:SignUp',
  ],
  "A user's tokens and sessions.": [
    'cognito-idp:AdminRevokeUserSession',
    'cognito-idp:AdminUserGlobalSignOut',
    'cognito-idp:GlobalSignOut',
    'cognito-idp:RevokeToken',
    'cognito-idp:RevokeUserSession',
  ],
  "A user's devices; whether a pool remembers devices is `device`.": [
    'cognito-idp:AdminForgetDevice',
    'cognito-idp:AdminUpdateDeviceStatus',
    'cognito-idp:ConfirmDevice',
    'cognito-idp:ForgetDevice',
    'cognito-idp:UpdateDeviceStatus',
  ],
  'Feedback on one sign-in, which threat protection learns from.': [
    'cognito-idp:AdminUpdateAuthEventFeedback',
    'cognito-idp:UpdateAuthEventFeedback',
  ],
  'A job that brings users in, once.': [
    'cognito-idp:CreateUserImportJob',
    'cognito-idp:StartUserImportJob',
    'cognito-idp:StopUserImportJob',
  ],
  'Identities are the users of an identity pool.': [
    'cognito-identity:DeleteIdentities',
    'cognito-identity:MergeDeveloperIdentities',
    'cognito-identity:UnlinkDeveloperIdentity',
    'cognito-identity:UnlinkIdentity',
  ],
}

const together = 'tags are written with the whole resource they stand on'

/** What sets Cognito up and is no setting of the file. */
export const withoutSetting: { [operation: string]: string } = {
  'cognito-idp:AddUserPoolClientSecret':
    'an event, not a state: `cogsync rotate` does it, and AWS makes the secret',
  'cognito-idp:DeleteUserPoolClientSecret': 'an event, not a state: `cogsync rotate` does it',
  'cognito-idp:TagResource': together,
  'cognito-identity:TagResource': together,
  'cognito-idp:DeleteManagedLoginBranding':
    "without any style a client has no sign-in page: cogsync returns it to Cognito's own instead",
  'cognito-idp:UpdateProvisionedLimit':
    'raises a request rate of the whole account and its bill, so somebody should decide it each time',
}

/** By the verb: `GetId` and `GetTokensFromRefreshToken` give something out, and set nothing up either. */
const isReading = (operation: string): boolean => /:(Admin)?(Describe|Get|List|Lookup)/.test(operation)

/** Of AWS's other APIs only what the kinds send is looked at. */
const isCognito = (operation: string): boolean => operation.startsWith('cognito-')

const listed = (): { [operation: string]: string } => ({
  ...withoutSetting,
  ...Object.fromEntries(
    Object.entries(dataPlane).flatMap(([reason, operations]) =>
      operations.map(operation => [operation, reason]),
    ),
  ),
})

const sentBy = (kinds: readonly Kind[]): Map<string, string> =>
  new Map(kinds.flatMap(kind => operationsOf(kind).writes.map(operation => [operation, kind.name])))

/** Cognito's operations by what they do: those that read, and those that write. */
export const cognitoOperations = (shapes: Shapes): { reads: string[]; writes: string[] } => {
  const all = Object.keys(shapes).filter(isCognito).sort()
  return { reads: all.filter(isReading), writes: all.filter(operation => !isReading(operation)) }
}

/** What is wrong with the lists above: an operation that is in none, or is where it should not be. */
export const operationComplaints = (kinds: readonly Kind[], shapes: Shapes): string[] => {
  const { writes } = cognitoOperations(shapes)
  const [sent, reasons] = [sentBy(kinds), listed()]
  const file = 'tools/reference/operations.ts'
  return [
    ...writes
      .filter(operation => !sent.has(operation) && reasons[operation] === undefined)
      .map(
        operation =>
          `no kind sends ${operation}: write the kind, or say in ${file} why not: in \`dataPlane\` if it is about users, else in \`withoutSetting\``,
      ),
    ...Object.keys(reasons).flatMap(operation =>
      sent.has(operation)
        ? [`${sent.get(operation)} sends ${operation}: take it out of ${file}`]
        : writes.includes(operation)
          ? []
          : [`AWS has no writing operation ${operation}: take it out of ${file}`],
    ),
  ]
}

export interface Unsent {
  operation: string
  /** full paths of what it takes beside ids: `TagResource.Tags` */
  members: string[]
  reason: string
}

/** The control-plane operations that no kind sends. */
export const unsentOperations = (kinds: readonly Kind[], shapes: Shapes): Unsent[] => {
  const ids = kinds.flatMap(kind => kind.ids)
  return Object.entries(withoutSetting).map(([operation, reason]) => {
    const name = operation.slice(operation.indexOf(':') + 1)
    const members = leavesOf(shapes[operation]?.input ?? { members: {} }).filter(
      member => !ids.includes(member),
    )
    return { operation, members: members.map(member => `${name}.${member}`), reason }
  })
}
