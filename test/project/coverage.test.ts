// Every operation of Cognito that writes is a kind's or has a reason; every member that the installed SDK lets one set
// is a row's or is ignored for a reason; and no row names a dead member.
import { describe, expect, it } from 'vitest'
import type { OperationShape, Shape } from '../../src/aws/shapes.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Kind } from '../../src/table/kind.ts'
import { operationComplaints, unsentOperations } from '../../tools/reference/operations.ts'
import { deadMembers, type Shapes, settableLeaves, uncovered } from '../../tools/reference/ownership.ts'
import { sdkShapes } from '../../tools/reference/shapes.ts'
import { filesIn, read } from './source.ts'

// from the SDK itself, not from the file that was generated from it
const shapes = await sdkShapes(kinds)

/** The file that declares a kind; the folder, when a function makes it. */
const fileOf = (kind: Kind): string =>
  filesIn('src/kinds', /\.ts$/).find(path => read(path).includes(`export const ${kind.name}: Kind`)) ??
  'src/kinds/'

/** What is missing, and the next step. */
const complaints = (kind: Kind, all: Shapes = shapes): string[] => [
  ...uncovered(kind, all).map(
    ({ places }) =>
      `${places.join(', ')} has no setting: add a row to ${fileOf(kind)} (or list it in the \`wire\` of the row whose codec writes it), or an entry to its \`ignored\` with the reason`,
  ),
  ...deadMembers(kind, all).map(member => `AWS takes no ${member}: correct or remove it in ${fileOf(kind)}`),
]

const without = (kind: Kind, path: string): Kind => ({
  ...kind,
  fields: kind.fields.filter(field => field.path !== path),
})

/** The shapes of an SDK whose operation takes one member more. */
const withMember = (operation: string, member: string): Shapes => {
  const shape = shapes[operation] as OperationShape
  const { members } = shape.input as { members: { [member: string]: Shape } }
  return { ...shapes, [operation]: { ...shape, input: { members: { ...members, [member]: 'string' } } } }
}

const kindNamed = (name: string): Kind => kinds.find(kind => kind.name === name) as Kind

describe('coverage of the SDK', () => {
  it.each(kinds.map(kind => [kind.name, kind] as const))(
    '%s has a row or a reason for every member',
    (_name, kind) => {
      expect(complaints(kind)).toEqual([])
    },
  )

  it('counts members', () => {
    const counts = kinds.map(kind => [kind.name, settableLeaves(kind, shapes).length])
    expect(Object.fromEntries(counts)).toEqual({
      userPool: 99,
      userPoolDomain: 6,
      resourceServer: 3,
      identityProvider: 6,
      group: 4,
      userPoolClient: 30,
      identityPool: 9,
      identityPoolRoles: 2,
      principalTags: 3,
      poolSessions: 2,
      clientSessions: 1,
      poolRisk: 23,
      clientRisk: 22,
      terms: 4,
      managedLoginBranding: 3,
      poolUiCustomization: 3,
      clientUiCustomization: 2,
      logDelivery: 1,
      webAcl: 1,
      invokePermission: 9,
      replica: 39,
      role: 9,
    })
  })

  it('counts what is ignored', () => {
    const ignored = kinds.flatMap(kind => Object.keys(kind.ignored).map(member => `${kind.name}: ${member}`))
    expect(ignored).toEqual([
      'userPool: AdminCreateUserConfig.UnusedAccountValidityDays',
      'poolRisk: ClientId',
      'poolUiCustomization: ClientId',
      'invokePermission: Qualifier',
      'invokePermission: RevisionId',
      'invokePermission: EventSourceToken',
      'invokePermission: PrincipalOrgID',
      'invokePermission: FunctionUrlAuthType',
      'invokePermission: InvokedViaFunctionUrl',
    ])
  })

  it('ignores nothing that has a row', () => {
    const both = kinds.flatMap(kind =>
      settableLeaves(kind, shapes).filter(leaf => leaf.row !== undefined && leaf.ignored !== undefined),
    )
    expect(both).toEqual([])
  })

  it('knows the members inside lists and maps, which codecs write as a whole', () => {
    const inside = new Set(kinds.flatMap(kind => settableLeaves(kind, shapes).flatMap(leaf => leaf.inside)))
    expect([...inside], 'teach the codec of the row that owns it, then add it here').toEqual([
      'CreateUserPool.AccountRecoverySetting.RecoveryMechanisms[].Priority',
      'CreateUserPool.AccountRecoverySetting.RecoveryMechanisms[].Name',
      'CreateUserPool.AcrConfiguration{}.AcrValue',
      'CreateUserPool.Schema[].Name',
      'CreateUserPool.Schema[].AttributeDataType',
      'CreateUserPool.Schema[].DeveloperOnlyAttribute',
      'CreateUserPool.Schema[].Mutable',
      'CreateUserPool.Schema[].Required',
      'CreateUserPool.Schema[].NumberAttributeConstraints.MinValue',
      'CreateUserPool.Schema[].NumberAttributeConstraints.MaxValue',
      'CreateUserPool.Schema[].StringAttributeConstraints.MinLength',
      'CreateUserPool.Schema[].StringAttributeConstraints.MaxLength',
      'CreateResourceServer.Scopes[].ScopeName',
      'CreateResourceServer.Scopes[].ScopeDescription',
      'CreateManagedLoginBranding.Assets[].Category',
      'CreateManagedLoginBranding.Assets[].ColorMode',
      'CreateManagedLoginBranding.Assets[].Extension',
      'CreateManagedLoginBranding.Assets[].Bytes',
      'CreateManagedLoginBranding.Assets[].ResourceId',
      'SetLogDeliveryConfiguration.LogConfigurations[].LogLevel',
      'SetLogDeliveryConfiguration.LogConfigurations[].EventSource',
      'SetLogDeliveryConfiguration.LogConfigurations[].CloudWatchLogsConfiguration.LogGroupArn',
      'SetLogDeliveryConfiguration.LogConfigurations[].S3Configuration.BucketArn',
      'SetLogDeliveryConfiguration.LogConfigurations[].FirehoseConfiguration.StreamArn',
      'CreateIdentityPool.CognitoIdentityProviders[].ProviderName',
      'CreateIdentityPool.CognitoIdentityProviders[].ClientId',
      'CreateIdentityPool.CognitoIdentityProviders[].ServerSideTokenCheck',
      'SetIdentityPoolRoles.RoleMappings{}.Type',
      'SetIdentityPoolRoles.RoleMappings{}.AmbiguousRoleResolution',
      'SetIdentityPoolRoles.RoleMappings{}.RulesConfiguration.Rules[].Claim',
      'SetIdentityPoolRoles.RoleMappings{}.RulesConfiguration.Rules[].MatchType',
      'SetIdentityPoolRoles.RoleMappings{}.RulesConfiguration.Rules[].Value',
      'SetIdentityPoolRoles.RoleMappings{}.RulesConfiguration.Rules[].RoleARN',
      'CreateRole.Tags[].Key',
      'CreateRole.Tags[].Value',
    ])
  })

  it('has a kind or a reason for every operation of Cognito that writes', () => {
    expect(operationComplaints(kinds, shapes)).toEqual([])
  })

  it('counts the members of operations that no kind sends', () => {
    expect(unsentOperations(kinds, shapes).flatMap(({ members }) => members)).toEqual([
      'AddUserPoolClientSecret.ClientSecret',
      'DeleteUserPoolClientSecret.ClientSecretId',
      'TagResource.Tags',
      'TagResource.Tags',
      'UpdateProvisionedLimit.LimitDefinition.LimitClass',
      'UpdateProvisionedLimit.LimitDefinition.Attributes',
      'UpdateProvisionedLimit.RequestedLimitValue',
    ])
  })
})

describe('the check of coverage', () => {
  it('names a row that was taken out, and the next step', () => {
    expect(complaints(without(kindNamed('userPool'), 'passwordPolicy.minimumLength'))).toEqual([
      'CreateUserPool.Policies.PasswordPolicy.MinimumLength, UpdateUserPool.Policies.PasswordPolicy.MinimumLength has no setting: add a row to src/kinds/user-pool/index.ts (or list it in the `wire` of the row whose codec writes it), or an entry to its `ignored` with the reason',
    ])
  })

  it('misses no row but those that own no member alone', () => {
    const missed = kinds.flatMap(kind =>
      kind.fields
        .filter(field => complaints(without(kind, field.path)).length === 0)
        .map(field => `${kind.name}: ${field.path}`),
    )
    expect(missed).toEqual([
      // they say whether a block is there, and all that is in it has rows of its own
      'userPool: mfa.sms.enabled',
      'userPool: mfa.email.enabled',
      // the whole document is one member
      'managedLoginBranding: branding.settings',
      // two rows of one map, which to the SDK is one member
      'identityPoolRoles: roles.authenticated',
      'identityPoolRoles: roles.unauthenticated',
    ])
  })

  it('names a member that a newer SDK brings', () => {
    const newer = withMember('cognito-idp:CreateUserPoolClient', 'Colour')
    expect(complaints(kindNamed('userPoolClient'), newer)).toEqual([
      'CreateUserPoolClient.Colour has no setting: add a row to src/kinds/app-client/index.ts (or list it in the `wire` of the row whose codec writes it), or an entry to its `ignored` with the reason',
    ])
  })

  it('names a member that deleting takes in a newer SDK', () => {
    const newer = withMember('cognito-idp:DeleteGroup', 'EvenIfFull')
    expect(complaints(kindNamed('group'), newer)).toEqual([
      'DeleteGroup.EvenIfFull has no setting: add a row to src/kinds/group/index.ts (or list it in the `wire` of the row whose codec writes it), or an entry to its `ignored` with the reason',
    ])
  })

  it('names an operation that a newer SDK brings, unless it reads', () => {
    const shape: OperationShape = { input: { members: {} }, output: { members: {} } }
    const newer = {
      ...shapes,
      'cognito-idp:SetUserPoolColour': shape,
      'cognito-idp:GetUserPoolColour': shape,
      'iam:PaintRole': shape,
    }
    expect(operationComplaints(kinds, newer)).toEqual([
      'no kind sends cognito-idp:SetUserPoolColour: write the kind, or say in tools/reference/operations.ts why not: in `dataPlane` if it is about users, else in `withoutSetting`',
    ])
  })

  it('names the operations of a kind that is gone, those that are gone, and those that a new kind sends', () => {
    const { 'cognito-idp:SignUp': _gone, ...older } = shapes
    const server = kindNamed('resourceServer')
    const tagged: Kind = { ...server, remove: { operation: 'cognito-idp:TagResource' } }
    const others = kinds.filter(kind => kind.name !== 'group' && kind !== server)
    expect(operationComplaints([...others, tagged], older)).toEqual([
      ...['CreateGroup', 'DeleteGroup', 'DeleteResourceServer', 'UpdateGroup'].map(
        name =>
          `no kind sends cognito-idp:${name}: write the kind, or say in tools/reference/operations.ts why not: in \`dataPlane\` if it is about users, else in \`withoutSetting\``,
      ),
      'resourceServer sends cognito-idp:TagResource: take it out of tools/reference/operations.ts',
      'AWS has no writing operation cognito-idp:SignUp: take it out of tools/reference/operations.ts',
    ])
  })

  it('names a row whose member is gone', () => {
    const server = kindNamed('resourceServer')
    const renamed = {
      ...server,
      fields: server.fields.map(field => (field.path === 'name' ? { ...field, wire: 'Title' } : field)),
    }
    expect(complaints(renamed)).toContain(
      'AWS takes no Title (name): correct or remove it in src/kinds/resource-server/index.ts',
    )
  })
})
