// What an answer always holds, and whom it is about. One that is otherwise came from somebody in between: taken for
// AWS's, an empty list would say that nothing exists, and everything would be made again.
import type { JsonObject } from '../model.ts'
import { outputShape, type Shape } from './shapes.ts'

type Members = { [member: string]: unknown } | undefined

/** Member paths, by operation. A list that is empty is there all the same [INF: answers that are published show it]. */
const always: { [operation: string]: string } = {
  'sts:GetCallerIdentity': 'Account',
  'cognito-idp:ListUserPools': 'UserPools',
  'cognito-idp:ListUserPoolClients': 'UserPoolClients',
  'cognito-idp:ListGroups': 'Groups',
  'cognito-idp:ListIdentityProviders': 'Providers',
  'cognito-idp:ListResourceServers': 'ResourceServers',
  'cognito-idp:DescribeUserPool': 'UserPool.Id',
  'cognito-idp:GetUserPoolMfaConfig': 'MfaConfiguration',
  'cognito-idp:DescribeUserPoolClient': 'UserPoolClient.ClientId',
  'cognito-idp:DescribeUserPoolDomain': 'DomainDescription',
  'cognito-idp:DescribeIdentityProvider': 'IdentityProvider.ProviderName',
  'cognito-idp:DescribeResourceServer': 'ResourceServer.Identifier',
  'cognito-idp:DescribeRiskConfiguration': 'RiskConfiguration',
  'cognito-idp:DescribeManagedLoginBrandingByClient': 'ManagedLoginBranding',
  'cognito-idp:DescribeTerms': 'Terms.TermsId',
  'cognito-idp:GetGroup': 'Group.GroupName',
  'cognito-idp:CreateUserPool': 'UserPool.Id',
  'cognito-idp:CreateUserPoolClient': 'UserPoolClient.ClientId',
  'cognito-identity:ListIdentityPools': 'IdentityPools',
  'cognito-identity:DescribeIdentityPool': 'IdentityPoolId',
  'cognito-identity:CreateIdentityPool': 'IdentityPoolId',
  'iam:GetRole': 'Role.AssumeRolePolicyDocument',
  'iam:GetRolePolicy': 'PolicyDocument',
  'iam:CreateRole': 'Role.RoleName',
  'iam:ListRoles': 'Roles',
  'lambda:GetPolicy': 'Policy',
  'ssm:GetParameter': 'Parameter',
}

/** Members by which a request says whom it is about, and an answer repeats it, at its top, in a part or in a list. */
const telling = [
  'UserPoolId',
  'ClientId',
  'GroupName',
  'ProviderName',
  'Identifier',
  'Domain',
  'TermsId',
  'ManagedLoginBrandingId',
  'IdentityPoolId',
  'RoleName',
  'PolicyName',
] as const

/** The same under another name: of one operation, the member of its request, and where its answer repeats it. */
const renamed: { [operation: string]: [asked: string, answered: string] } = {
  'cognito-idp:DescribeUserPool': ['UserPoolId', 'UserPool.Id'],
  'cognito-idp:CreateUserPool': ['PoolName', 'UserPool.Name'],
  'cognito-idp:CreateUserPoolClient': ['ClientName', 'UserPoolClient.ClientName'],
  'cognito-identity:CreateIdentityPool': ['IdentityPoolName', 'IdentityPoolName'],
}

/** A client that has none of its own is answered with its pool's [D: GetUICustomization, DescribeRiskConfiguration]. */
const ofThePool = new Set(['cognito-idp:GetUICustomization', 'cognito-idp:DescribeRiskConfiguration'])

/** Documents that are text: what they hold must be JSON. IAM's are encoded as in a URL. */
const documents: { [operation: string]: [path: string, encoded: boolean] } = {
  'iam:GetRole': ['Role.AssumeRolePolicyDocument', true],
  'iam:GetRolePolicy': ['PolicyDocument', true],
  'lambda:GetPolicy': ['Policy', false],
}

/** What every entry of a list has, by operation. */
const entries: { [operation: string]: [list: string, member: string] } = {
  'cognito-idp:ListUserPools': ['UserPools', 'Id'],
  'cognito-idp:ListUserPoolClients': ['UserPoolClients', 'ClientId'],
  'cognito-idp:ListGroups': ['Groups', 'GroupName'],
  'cognito-idp:ListIdentityProviders': ['Providers', 'ProviderName'],
  'cognito-idp:ListResourceServers': ['ResourceServers', 'Identifier'],
  'cognito-idp:ListTerms': ['Terms', 'TermsId'],
  'cognito-identity:ListIdentityPools': ['IdentityPools', 'IdentityPoolId'],
  'iam:ListRoles': ['Roles', 'RoleName'],
  'iam:ListRoleTags': ['Tags', 'Key'],
  'iam:ListAttachedRolePolicies': ['AttachedPolicies', 'PolicyArn'],
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((inner, member) => (inner as Members)?.[member], value)

/**
 * The answer, if it is one to this request; throws a `SyntaxError` otherwise, as for one that is no JSON. `raw`: what
 * the SDK made it of, where that is known.
 */
export const whole = <T extends object>(
  operation: string,
  answer: T,
  raw: unknown,
  input: JsonObject = {},
): T => {
  if (raw !== undefined && !isObject(raw)) throw unreadable('the answer is no object')
  const path = always[operation]
  if (path !== undefined && at(answer, path) === undefined) throw unreadable(`the answer has no ${path}`)
  const { $metadata: _metadata, ...members } = answer as JsonObject
  const shape = outputShape(operation)
  // of what the SDK read from XML it has made the types itself
  checkForm(raw ?? members, shape ?? 'document', 'the answer')
  checkEntries(operation, members)
  checkAbout(operation, members, input)
  checkVault(operation, members, input)
  checkDocument(operation, members)
  return answer
}

/** The name of what is thrown here, whose words quote nothing. */
export const notAnAnswer = 'NotAnAnswer'

const unreadable = (why: string) => Object.assign(new SyntaxError(why), { name: notAnAnswer })

const isObject = (value: unknown): value is { [member: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Values are of the type that the SDK knows. What is null is not there, but for the entries of a list. */
const checkForm = (value: unknown, shape: Shape, path: string): void => {
  if (value === null || value === undefined || value instanceof Date || value instanceof Uint8Array) return
  if (typeof value === 'object' && Object.hasOwn(value, '__proto__'))
    throw unreadable('the answer has a member that is no name')
  if (typeof shape === 'string') checkSimple(value, shape, path)
  else if ('list' in shape) {
    if (!Array.isArray(value)) throw unreadable(`${path} is no list`)
    for (const item of value) {
      if (item === null) throw unreadable(`${path} has an entry that is nothing`)
      checkForm(item, shape.list, path)
    }
  } else if (!isObject(value)) throw unreadable(`${path} is no object`)
  else
    for (const [member, inner] of Object.entries(value)) {
      // a word among the objects of a map is a stranger
      if ('map' in shape && typeof shape.map !== 'string' && typeof inner !== 'object') continue
      const known = 'map' in shape ? shape.map : Object.hasOwn(shape.members, member) && shape.members[member]
      // what is unknown is for the watch for strangers
      checkForm(inner, known || 'document', member)
    }
}

const checkSimple = (value: unknown, shape: string, path: string): void => {
  if (shape === 'document') {
    if (typeof value === 'object')
      for (const [member, inner] of Object.entries(value as object)) checkForm(inner, 'document', member)
    return
  }
  const wanted = { number: 'number', boolean: 'boolean', string: 'string' }[shape]
  if (wanted !== undefined && typeof value !== wanted) throw unreadable(`${path} is no ${shape}`)
}

const checkEntries = (operation: string, answer: JsonObject): void => {
  const [list, member] = entries[operation] ?? []
  if (list === undefined || member === undefined) return
  for (const item of (answer[list] ?? []) as JsonObject[])
    if (typeof item[member] !== 'string') throw unreadable(`an entry of ${list} has no ${member}`)
}

/** The ids and names that an answer repeats are those of its request; IAM's names and domains know no case. */
const checkAbout = (operation: string, answer: JsonObject, input: JsonObject): void => {
  const isAsked = (member: string, wanted: unknown, found: unknown): boolean =>
    typeof wanted !== 'string' ||
    found === undefined ||
    (typeof found === 'string' && found.toLowerCase() === wanted.toLowerCase()) ||
    (member === 'ClientId' && ofThePool.has(operation))
  const check = (part: unknown): void => {
    if (!isObject(part)) return
    for (const member of telling)
      if (!isAsked(member, input[member], part[member])) throw unreadable(`the answer has another ${member}`)
  }
  check(answer)
  for (const part of Object.values(answer)) {
    check(part)
    if (Array.isArray(part)) for (const item of part) check(item)
  }
  const [asked, answered] = renamed[operation] ?? []
  if (asked !== undefined && answered !== undefined && !isAsked(asked, input[asked], at(answer, answered)))
    throw unreadable(`the answer has another ${answered}`)
}

/** A parameter or a secret may be asked for by its ARN or a part of it, with a version behind it. */
const checkVault = (operation: string, answer: JsonObject, input: JsonObject): void => {
  const [asked, found] =
    operation === 'ssm:GetParameter'
      ? [input['Name'], answer['Parameter']]
      : operation.startsWith('secretsmanager:')
        ? [input['SecretId'], answer]
        : []
  if (typeof asked !== 'string' || asked.startsWith('arn:') || !isObject(found)) return
  const name = found['Name']
  if (name !== undefined && name !== asked && name !== asked.replace(/:[^:]*$/, ''))
    throw unreadable('the answer has another Name')
}

const checkDocument = (operation: string, answer: JsonObject): void => {
  const [path, encoded] = documents[operation] ?? []
  if (path === undefined) return
  const text = String(at(answer, path))
  // neither error quotes the document
  try {
    if (isObject(JSON.parse(encoded ? decodeURIComponent(text) : text))) return
  } catch {
    // said below
  }
  throw unreadable(`${path} is no document`)
}
