// Every member that the installed SDK lets one set is a row, or is ignored for a reason; no row names a dead member.
import { describe, expect, it } from 'vitest'
import type { OperationShape, Shape } from '../../src/aws/shapes.ts'
import { kinds } from '../../src/kinds/index.ts'
import type { Kind } from '../../src/kinds/kind.ts'
import { deadMembers, settableLeaves, uncovered } from '../../src/reference/ownership.ts'
import { shapesFile } from '../../src/reference/shapes.ts'
import { filesIn, read } from './source.ts'

// from the SDK itself, not from the file that was generated from it
const shapes = await shapesFile(kinds)

/** The file that declares a kind; the folder, when a function makes it. */
const fileOf = (kind: Kind): string =>
  filesIn('src/kinds', /\.ts$/).find(path => read(path).includes(`export const ${kind.name}: Kind`)) ??
  'src/kinds/'

/** What is missing, and the next step. */
const complaints = (kind: Kind, all: { [operation: string]: OperationShape } = shapes): string[] => [
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
    const inside = kinds.flatMap(kind =>
      settableLeaves(kind, shapes).flatMap(({ places: [place = ''] }) => {
        const [operation = '', ...path] = place.split('.')
        const full = Object.keys(shapes).find(name => name.endsWith(`:${operation}`)) as string
        const names = membersInside(at(shapes[full]?.input as Shape, path))
        return names.length === 0 ? [] : [[place, names.join(' ')]]
      }),
    )
    expect(Object.fromEntries(inside), 'teach the codec of the row that owns it, then add it here').toEqual({
      'CreateIdentityPool.CognitoIdentityProviders': 'ProviderName ClientId ServerSideTokenCheck',
      'CreateResourceServer.Scopes': 'ScopeName ScopeDescription',
      'CreateRole.Tags': 'Key Value',
      'CreateUserPool.AccountRecoverySetting.RecoveryMechanisms': 'Priority Name',
      'CreateUserPool.AcrConfiguration': 'AcrValue',
      'CreateUserPool.Schema':
        'Name AttributeDataType DeveloperOnlyAttribute Mutable Required NumberAttributeConstraints.MinValue NumberAttributeConstraints.MaxValue StringAttributeConstraints.MinLength StringAttributeConstraints.MaxLength',
      'SetLogDeliveryConfiguration.LogConfigurations':
        'LogLevel EventSource CloudWatchLogsConfiguration.LogGroupArn S3Configuration.BucketArn FirehoseConfiguration.StreamArn',
      'SetIdentityPoolRoles.RoleMappings':
        'Type AmbiguousRoleResolution RulesConfiguration.Rules.Claim RulesConfiguration.Rules.MatchType RulesConfiguration.Rules.Value RulesConfiguration.Rules.RoleARN',
    })
  })
})

describe('the check of coverage', () => {
  it('names a row that was taken out, and the next step', () => {
    expect(complaints(without(kindNamed('userPool'), 'passwordPolicy.minimumLength'))).toEqual([
      'CreateUserPool.Policies.PasswordPolicy.MinimumLength, UpdateUserPool.Policies.PasswordPolicy.MinimumLength has no setting: add a row to src/kinds/user-pool.ts (or list it in the `wire` of the row whose codec writes it), or an entry to its `ignored` with the reason',
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
      // two rows of one map, which to the SDK is one member
      'identityPoolRoles: roles.authenticated',
      'identityPoolRoles: roles.unauthenticated',
    ])
  })

  it('names a member that a newer SDK brings', () => {
    const client = kindNamed('userPoolClient')
    const create = shapes['cognito-idp:CreateUserPoolClient'] as OperationShape
    const { members } = create.input as { members: { [member: string]: Shape } }
    const newer = {
      ...shapes,
      'cognito-idp:CreateUserPoolClient': {
        ...create,
        input: { members: { ...members, Colour: 'string' } },
      },
    }
    expect(complaints(client, newer)).toEqual([
      'CreateUserPoolClient.Colour has no setting: add a row to src/kinds/user-pool-client.ts (or list it in the `wire` of the row whose codec writes it), or an entry to its `ignored` with the reason',
    ])
  })

  it('names a row whose member is gone', () => {
    const server = kindNamed('resourceServer')
    const renamed = {
      ...server,
      fields: server.fields.map(field => (field.path === 'name' ? { ...field, wire: 'Title' } : field)),
    }
    expect(complaints(renamed)).toContain(
      'AWS takes no Title (name): correct or remove it in src/kinds/resource-server.ts',
    )
  })
})

/** The shape at a path of members. */
function at(shape: Shape, path: readonly string[]): Shape {
  const [member, ...rest] = path
  if (member === undefined || typeof shape !== 'object' || !('members' in shape)) return shape
  return at(shape.members[member] as Shape, rest)
}

/** The dotted members of the structures that a list or map holds. */
function membersInside(shape: Shape, path = ''): string[] {
  if (typeof shape === 'string') return path === '' ? [] : [path]
  if ('list' in shape) return membersInside(shape.list, path)
  if ('map' in shape) return membersInside(shape.map, path)
  return Object.entries(shape.members).flatMap(([member, inner]) =>
    membersInside(inner, path === '' ? member : `${path}.${member}`),
  )
}
