// What IAM would refuse of a role's documents, whatever they allow.
import type { Json, JsonObject } from '../../model.ts'
import type { Values } from '../../table/kind.ts'
import { isHole, isObject, plainTexts, type Rule, rule, type Says, type Wrong } from '../../table/rule.ts'
import {
  allPolicies,
  conditionsOf,
  inlinePolicies,
  listOf,
  objectAt,
  type Policy,
  sizeOf,
  statementsOf,
  trustDocument,
} from './documents.ts'

const versions = ['2012-10-17', '2008-10-17']

const operators = new Set(
  [
    ...[
      'StringEquals',
      'StringNotEquals',
      'StringEqualsIgnoreCase',
      'StringNotEqualsIgnoreCase',
      'StringLike',
    ],
    ...['StringNotLike', 'NumericEquals', 'NumericNotEquals', 'NumericLessThan', 'NumericLessThanEquals'],
    ...['NumericGreaterThan', 'NumericGreaterThanEquals', 'DateEquals', 'DateNotEquals', 'DateLessThan'],
    ...[
      'DateLessThanEquals',
      'DateGreaterThan',
      'DateGreaterThanEquals',
      'Bool',
      'BinaryEquals',
      'IpAddress',
    ],
    ...['NotIpAddress', 'ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'Null'],
  ].map(operator => operator.toLowerCase()),
)

const isKnownOperator = (operator: string): boolean =>
  operators.has(
    operator
      .toLowerCase()
      .replace(/^for(?:any|all)values?:/, '')
      .replace(/ifexists$/, ''),
  )

/** A rule about documents: each wrong one is pointed at, and named in front of what is said. */
const documentRule = (
  code: string,
  policies: (values: Values) => Policy[],
  find: (policy: Policy) => string | readonly string[] | boolean | undefined,
  says: Omit<Says, 'field' | 'message'> & { message: (wrong: string) => string },
): Rule =>
  rule(
    code,
    values =>
      policies(values).flatMap((policy): Wrong[] => {
        const found = find(policy)
        const all = found === true ? [''] : found === false || found === undefined ? [] : [found].flat()
        return all.map(wrong => ({ value: `${policy.title}: ${says.message(wrong)}`, field: policy.field }))
      }),
    { ...says, field: 'policies', message: said => said },
  )

/** A rule about statements: what `wrong` says of a statement, with its place where there are several. */
const statementRule = (
  code: string,
  policies: (values: Values) => Policy[],
  find: (statement: JsonObject) => string | readonly string[] | undefined | false,
  hint: string,
): Rule =>
  documentRule(
    code,
    policies,
    policy => {
      const statements = statementsOf(policy)
      return statements.flatMap((statement, index) => {
        const found = find(statement)
        const all = found === undefined || found === false ? [] : [found].flat()
        return all.map(wrong =>
          statements.length > 1 ? `statement ${index + 1} ${wrong}` : `its statement ${wrong}`,
        )
      })
    },
    { message: said => said, hint },
  )

const isMissing = (value: Json | undefined): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0)

/** Neither of a pair, or both. */
const pairFault = (statement: JsonObject, name: string): string | undefined => {
  const [one, other] = [statement[name], statement[`Not${name}`]]
  if (isMissing(one) && isMissing(other)) return `has no ${name}`
  return one !== undefined && other !== undefined ? `has both ${name} and Not${name}` : undefined
}

const isPlainOrHole = (value: Json): boolean => typeof value === 'string' || isHole(value)

const texts = (statement: JsonObject, name: string): string[] =>
  [name, `Not${name}`].flatMap(key => plainTexts(listOf(statement[key])))

/** IAM takes tab, line feed, carriage return and Latin-1; the rest may be escaped in no way. */
const foreignCharacter = (policy: Policy): string | undefined =>
  /[^\t\n\r\u0020-\u00FF]/u.exec(JSON.stringify(policy.body))?.[0]

const repeatedSids = (policy: Policy): string[] => {
  const sids = statementsOf(policy).flatMap(({ Sid }) => (typeof Sid === 'string' && Sid !== '' ? [Sid] : []))
  return [...new Set(sids.filter((sid, index) => sids.indexOf(sid) < index))]
}

/** The size of all inline policies together; nothing while it fits. */
const inlineSize = (values: Values): string | undefined => {
  const size = inlinePolicies(values).reduce((sum, { body }) => sum + sizeOf(body), 0)
  return size > 10_240 ? size.toLocaleString('en') : undefined
}

const trustSize = (values: Values, least: number, most: number): string | undefined => {
  const [policy] = trustDocument(values)
  const size = policy === undefined ? 0 : sizeOf(policy.body)
  return size > least && size <= most ? size.toLocaleString('en') : undefined
}

export const documentRules: readonly Rule[] = [
  documentRule(
    'COG2510',
    allPolicies,
    ({ body: { Version } }) =>
      isHole(Version) || versions.includes(String(Version))
        ? undefined
        : Version === undefined
          ? 'missing'
          : String(Version),
    {
      message: version =>
        version === 'missing' ? 'Version is missing' : `Version ${version} does not exist`,
      hint: 'write Version: "2012-10-17"',
    },
  ),
  documentRule('COG2511', allPolicies, ({ body }) => body['Version'] === '2008-10-17', {
    message: () => 'Version 2008-10-17 does not know variables such as ${aws:username}',
    hint: 'write Version: "2012-10-17"',
    severity: 'warning',
  }),
  documentRule(
    'COG2512',
    allPolicies,
    ({ body }) => {
      const list = listOf(body['Statement'])
      if (list.length === 0) return 'there is no Statement'
      return list.some(statement => !isObject(statement)) ? 'a Statement is not a map' : undefined
    },
    {
      message: said => said,
      hint: 'write Statement as a list of maps with Effect, Action and what else belongs to it',
    },
  ),
  statementRule(
    'COG2513',
    allPolicies,
    ({ Effect }) => {
      if (Effect === 'Allow' || Effect === 'Deny' || isHole(Effect)) return undefined
      if (Effect === undefined) return 'has no Effect'
      return typeof Effect === 'string' ? `has the Effect ${Effect}` : 'has an Effect that is not text'
    },
    'write Effect: Allow, or Effect: Deny, in just that case',
  ),
  statementRule(
    'COG2514',
    allPolicies,
    statement => pairFault(statement, 'Action'),
    'give Action, or NotAction for everything but',
  ),
  statementRule(
    'COG2515',
    inlinePolicies,
    statement => pairFault(statement, 'Resource'),
    'give Resource: ARNs, or "*"',
  ),
  statementRule(
    'COG2516',
    trustDocument,
    statement => ['Resource', 'NotResource'].filter(key => key in statement).map(key => `has ${key}`),
    'take it out: the resource of a trust policy is the role itself',
  ),
  statementRule(
    'COG2517',
    inlinePolicies,
    statement => ['Principal', 'NotPrincipal'].filter(key => key in statement).map(key => `has ${key}`),
    "take it out: the principal of a role's policy is the role; who may assume it stands in trust",
  ),
  statementRule(
    'COG2518',
    trustDocument,
    ({ Principal, NotPrincipal }) => {
      if (NotPrincipal !== undefined) return 'has NotPrincipal'
      const named = isObject(Principal)
        ? Object.values(Principal).every(value => !isMissing(value))
        : !isMissing(Principal)
      const empty = isObject(Principal) && Object.keys(Principal).length === 0
      return named && !empty ? undefined : 'has no Principal'
    },
    'say who may assume the role: Principal with AWS, Service or Federated',
  ),
  statementRule(
    'COG2519',
    allPolicies,
    statement =>
      ['Action', 'NotAction', 'Resource', 'NotResource']
        .filter(key => !isMissing(statement[key]) && !listOf(statement[key]).every(isPlainOrHole))
        .map(key => `has ${key} with something other than text`),
    'write a text, or a list of texts',
  ),
  statementRule(
    'COG2520',
    allPolicies,
    statement =>
      texts(statement, 'Action')
        .filter(action => action !== '*' && !/^[A-Za-z0-9.-]+:[^:]+$/.test(action))
        .map(action => `has the Action ${action}`),
    'write the service, one colon and the operation: s3:GetObject',
  ),
  statementRule(
    'COG2521',
    trustDocument,
    statement =>
      texts(statement, 'Action')
        .filter(action => action.includes(':') && !/^sts:/i.test(action))
        .map(action => `has the Action ${action}`),
    'use sts:AssumeRole, sts:AssumeRoleWithWebIdentity, sts:AssumeRoleWithSAML or sts:TagSession',
  ),
  statementRule(
    'COG2522',
    inlinePolicies,
    statement =>
      texts(statement, 'Resource')
        .filter(resource => resource !== '*' && !resource.startsWith('arn:'))
        .map(resource => `has the Resource ${resource}`),
    'write an ARN, or "*"',
  ),
  statementRule(
    'COG2523',
    allPolicies,
    statement => {
      const { Condition } = statement
      if (Condition !== undefined && !isObject(Condition)) return 'has a Condition that is not a map'
      const condition = objectAt(statement, 'Condition')
      const unknown = Object.keys(condition).filter(operator => !isKnownOperator(operator))
      const flat = Object.entries(condition).filter(
        ([operator, keys]) => isKnownOperator(operator) && !isObject(keys),
      )
      return [
        ...unknown.map(operator => `has the condition operator ${operator}`),
        ...flat.map(([operator]) => `has ${operator} without a key`),
        ...conditionsOf(statement)
          .filter(({ values }) => values.some(value => value === null || (isObject(value) && !isHole(value))))
          .map(({ key }) => `has the condition ${key} with something other than text`),
      ]
    },
    'write Condition: { StringEquals: { key: value } }, with an operator of IAM',
  ),
  documentRule('COG2524', allPolicies, repeatedSids, {
    message: sid => `the Sid ${sid} is there twice`,
    hint: 'give every statement another Sid, or none',
  }),
  statementRule(
    'COG2525',
    inlinePolicies,
    ({ Sid }) => typeof Sid === 'string' && !/^[0-9A-Za-z]*$/.test(Sid) && `has the Sid ${Sid}`,
    'use letters and digits only',
  ),
  documentRule('COG2526', allPolicies, foreignCharacter, {
    message: character => `the character ${character} is not Latin-1`,
    hint: 'replace it: curly quotes and dashes from a word processor are the usual cause',
  }),
  rule('COG2527', values => trustSize(values, 2048, 8192), {
    field: 'trust',
    message: size =>
      `the trust policy has ${size} characters, white space aside, and the default quota is 2,048`,
    hint: 'shorten it, or ask AWS for a higher quota (up to 8,192) first',
    severity: 'warning',
  }),
  rule('COG2528', values => trustSize(values, 8192, Number.POSITIVE_INFINITY), {
    field: 'trust',
    message: size =>
      `the trust policy has ${size} characters, white space aside, and no quota is above 8,192`,
    hint: 'shorten it',
  }),
  rule('COG2529', inlineSize, {
    field: 'policies',
    message: size =>
      `the inline policies have ${size} characters together, white space aside, and 10,240 are the most`,
    hint: 'move some into a managed policy, and name it in managedPolicies',
  }),
]
