// What IAM would refuse of a role, and trust that lets in more than identities of one identity pool.
import type { Context, Values } from '../../table/kind.ts'
import {
  checkWith,
  isObject,
  otherPartition,
  plainTexts,
  type Rule,
  rule,
  textOf,
  textsOf,
} from '../../table/rule.ts'
import { documentRules } from './document-rules.ts'
import {
  asked,
  cognitoStatements,
  isWild,
  listOf,
  objectAt,
  statementsOf,
  trustDocument,
} from './documents.ts'
import { matchesWild } from './wildcard.ts'

/** Who vouches for identities of identity pools, by partition. */
const federations: { [partition: string]: string } = {
  aws: 'cognito-identity.amazonaws.com',
  'aws-us-gov': 'cognito-identity-us-gov.amazonaws.com',
  'aws-cn': 'cognito-identity.cn-north-1.amazonaws.com.cn',
}

const identities = (values: Values) => trustDocument(values).flatMap(cognitoStatements)

/** A pattern that guests match as well as people who have signed in. */
const isForAnybody = (pattern: string): boolean =>
  matchesWild(pattern, 'authenticated') && matchesWild(pattern, 'unauthenticated')

const stated = (values: Values, name: 'aud' | 'amr'): string[] =>
  identities(values).flatMap(({ statement }) =>
    asked(statement, name)
      .filter(({ like }) => like)
      .flatMap(condition => plainTexts(condition.values)),
  )

/** The short form's `amr`, which is a pattern too. */
const shortAmr = ({ trust }: Values): string[] =>
  isObject(trust) && 'identityPool' in trust ? plainTexts(trust['amr']) : []

const lacksCondition = (values: Values, name: 'aud' | 'amr'): string | undefined =>
  identities(values).find(
    ({ statement }) => !asked(statement, name).some(({ values: some }) => some.length > 0),
  )?.principal

const policyArns = (values: Values) => [
  ...textsOf(values, 'managedPolicies').map(value => ({ value, field: 'managedPolicies' })),
  ...[textOf(values, 'permissionsBoundary')].flatMap(value =>
    value === undefined ? [] : [{ value, field: 'permissionsBoundary' }],
  ),
]

/** ARNs of people and providers in the trust policy. */
const principalArns = (values: Values) =>
  trustDocument(values)
    .flatMap(statementsOf)
    .flatMap(statement =>
      Object.values(objectAt(statement, 'Principal')).flatMap(value => plainTexts(listOf(value))),
    )
    .map(value => ({ value, field: 'trust' }))

const otherFederation = (values: Values, { partition }: Context): string | undefined => {
  const own = federations[partition]
  return own === undefined
    ? undefined
    : identities(values).find(({ principal }) => principal !== own)?.principal
}

const rules: readonly Rule[] = [
  rule(
    'COG2501',
    values => {
      const path = textOf(values, 'path')
      return path?.startsWith('/aws-service-role/') ? path : undefined
    },
    {
      field: 'path',
      message: path => `${path} is the path of service-linked roles`,
      hint: 'choose another path: AWS makes and changes service-linked roles itself',
    },
  ),
  rule(
    'COG2502',
    values => {
      const name = textOf(values, 'name')
      return name?.startsWith('AWSServiceRoleFor') ? name : undefined
    },
    {
      field: 'name',
      message: name => `${name} is the name of a service-linked role`,
      hint: 'choose another name: AWS makes and changes service-linked roles itself',
      severity: 'warning',
    },
  ),
  rule(
    'COG2503',
    values => {
      const count = textsOf(values, 'managedPolicies').length
      return count > 10 ? String(count) : undefined
    },
    {
      field: 'managedPolicies',
      message: count => `${count} managed policies are more than the default quota of 10 a role`,
      hint: 'join some, or ask AWS for a higher quota first',
      severity: 'warning',
    },
  ),
  rule(
    'COG2504',
    (values, context) =>
      [...policyArns(values), ...principalArns(values)].filter(
        ({ value }) => otherPartition(value, context) !== undefined,
      ),
    {
      field: 'managedPolicies',
      message: arn => `${arn} is in another partition of AWS than the role`,
      hint: "use an ARN of the role's partition: China, GovCloud and the other Regions share nothing",
    },
  ),
  ...documentRules,
  rule('COG2540', values => lacksCondition(values, 'aud'), {
    field: 'trust',
    message: principal =>
      `${principal} may assume the role for any identity pool in the world: there is no aud condition`,
    hint: 'add Condition StringEquals "cognito-identity.amazonaws.com:aud": the id of the identity pool, or use `trust: { identityPool, amr }`',
  }),
  rule('COG2541', values => lacksCondition(values, 'amr'), {
    field: 'trust',
    message: principal => `${principal} may assume the role for guests too: there is no amr condition`,
    hint: 'add Condition ForAnyValue:StringLike "cognito-identity.amazonaws.com:amr": authenticated (or unauthenticated), or use `trust: { identityPool, amr }`',
  }),
  rule('COG2542', values => [...stated(values, 'amr'), ...shortAmr(values)].filter(isForAnybody), {
    field: 'trust',
    message: pattern => `the amr pattern ${pattern} lets guests in as well as people who have signed in`,
    hint: 'write authenticated, or unauthenticated, or the name of a provider',
  }),
  rule('COG2543', values => stated(values, 'aud').filter(isWild), {
    field: 'trust',
    message: pattern => `the aud pattern ${pattern} lets identity pools of other accounts in`,
    hint: 'write the whole id of the identity pool, as ${identityPools.NAME.id}',
  }),
  rule('COG2544', otherFederation, {
    field: 'trust',
    message: principal => `${principal} vouches for identities of another partition of AWS`,
    hint: () =>
      `write ${Object.entries(federations)
        .map(([partition, name]) => `${name} (${partition})`)
        .join(', ')}`,
  }),
]

export const checkRole = checkWith(rules)
