// What an answer always holds. One without it came from somebody in between: taken for AWS's, an empty one to a list
// would say that nothing exists, and everything would be made again.

type Members = { [member: string]: unknown } | undefined

/** Member paths, by operation. A list that is empty is there all the same [INF: answers that are published show it]. */
const always: { [operation: string]: string } = {
  'sts:GetCallerIdentity': 'Account',
  'cognito-idp:ListUserPools': 'UserPools',
  'cognito-idp:ListUserPoolClients': 'UserPoolClients',
  'cognito-idp:ListGroups': 'Groups',
  'cognito-idp:ListIdentityProviders': 'Providers',
  'cognito-idp:ListResourceServers': 'ResourceServers',
  'cognito-idp:DescribeUserPool': 'UserPool',
  'cognito-idp:GetUserPoolMfaConfig': 'MfaConfiguration',
  'cognito-idp:DescribeUserPoolClient': 'UserPoolClient',
  'cognito-idp:DescribeUserPoolDomain': 'DomainDescription',
  'cognito-idp:DescribeIdentityProvider': 'IdentityProvider',
  'cognito-idp:DescribeResourceServer': 'ResourceServer',
  'cognito-idp:DescribeRiskConfiguration': 'RiskConfiguration',
  'cognito-idp:DescribeManagedLoginBrandingByClient': 'ManagedLoginBranding',
  'cognito-idp:DescribeTerms': 'Terms',
  'cognito-idp:GetGroup': 'Group',
  'cognito-idp:CreateUserPool': 'UserPool',
  'cognito-idp:CreateUserPoolClient': 'UserPoolClient',
  'cognito-identity:ListIdentityPools': 'IdentityPools',
  'cognito-identity:DescribeIdentityPool': 'IdentityPoolId',
  'cognito-identity:CreateIdentityPool': 'IdentityPoolId',
  'iam:GetRole': 'Role.AssumeRolePolicyDocument',
  'iam:GetRolePolicy': 'PolicyDocument',
  'iam:CreateRole': 'Role',
  'lambda:GetPolicy': 'Policy',
  'ssm:GetParameter': 'Parameter',
}

/**
 * The answer, if it is one to this operation; throws a `SyntaxError` otherwise, as for one that is no JSON. `raw`: what
 * the SDK made it of, where that is known.
 */
export const whole = <T extends object>(operation: string, answer: T, raw: unknown): T => {
  if (raw === null) throw new SyntaxError('the answer is no object')
  const path = always[operation]
  const found = path?.split('.').reduce<unknown>((value, member) => (value as Members)?.[member], answer)
  if (path !== undefined && found === undefined) throw new SyntaxError(`the answer has no ${path}`)
  return answer
}
