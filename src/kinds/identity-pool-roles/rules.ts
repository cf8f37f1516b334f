// What Cognito would refuse of the roles of an identity pool, or take and then not honour.
import type { JsonObject, Term } from '../../model.ts'
import type { Context, Values } from '../../table/kind.ts'
import {
  checkWith,
  has,
  isArnOf,
  isObject,
  lacks,
  once,
  otherAccount,
  otherPartition,
  type Rule,
  rule,
  textOf,
  type Wrong,
} from '../../table/rule.ts'
import { lacksProvider } from '../identity-provider/provider-rules.ts'
import { trustOf } from '../role/documents.ts'

const slots = ['authenticated', 'unauthenticated'] as const

/** The mappings by key; keys may be known only later. */
const mappings = (values: Values): [Term, JsonObject][] => {
  const map = values['roleMappings']
  if (!isObject(map)) return []
  const entries = Array.isArray(map['$entries']) ? (map['$entries'] as [Term, Term][]) : Object.entries(map)
  return entries.filter((entry): entry is [Term, JsonObject] => isObject(entry[1]))
}

const nameOf = (key: Term): string => {
  if (typeof key === 'string') return key
  const [, address] = /"\$ref":"([^"]+)"(?!.*"\$ref")/.exec(JSON.stringify(key)) ?? []
  return address ?? 'a client'
}

const mappingsWhere = (values: Values, wrong: (mapping: JsonObject, key: Term) => boolean): string[] =>
  mappings(values)
    .filter(([key, mapping]) => wrong(mapping, key))
    .map(([key]) => nameOf(key))

const rulesOf = (mapping: JsonObject): JsonObject[] =>
  Array.isArray(mapping['rules']) ? mapping['rules'].filter(isObject) : []

/** Every role that is known, with the field it stands in. */
const roleArns = (values: Values): { value: string; field: string }[] => [
  ...slots.flatMap(slot => {
    const value = textOf(values, `roles.${slot}`)
    return value === undefined ? [] : [{ value, field: `roles.${slot}` }]
  }),
  ...mappings(values).flatMap(([, mapping]) =>
    rulesOf(mapping).flatMap(({ roleArn }) =>
      typeof roleArn === 'string' ? [{ value: roleArn, field: 'roleMappings' }] : [],
    ),
  ),
]

const guests = ({ parent }: Context) => parent?.['allowUnauthenticatedIdentities']

const rolesByAddress = once(
  (roles: ReturnType<Context['siblings']>) =>
    new Map<unknown, (typeof roles)[number]>(roles.map(role => [`roles.${role.key}`, role])),
)

/** Roles of the file in a slot whose people their trust keeps out. */
const keptOut = (values: Values, context: Context): Wrong[] =>
  slots.flatMap(slot => {
    const value = values[`roles.${slot}`]
    const address = isObject(value) ? value['$ref'] : undefined
    const role = rolesByAddress(context.siblings('role')).get(address)
    const allowed = role && trustOf(role.values['trust'])?.amr
    return role !== undefined &&
      allowed !== undefined &&
      !allowed.includes(slot) &&
      slots.some(other => allowed.includes(other))
      ? [{ value: role.key, field: `roles.${slot}` }]
      : []
  })

const rules: readonly Rule[] = [
  rule('COG2421', values => roleArns(values).filter(({ value }) => !isArnOf(value, 'iam', /^role\//)), {
    field: 'roles.authenticated',
    message: arn => `${arn} is not the ARN of an IAM role`,
    hint: 'write ${roles.NAME.arn}, or arn:aws:iam::ACCOUNT:role/NAME',
  }),
  rule(
    'COG2422',
    (values, context) =>
      roleArns(values).filter(
        ({ value }) =>
          otherAccount(value, context) !== undefined || otherPartition(value, context) !== undefined,
      ),
    {
      field: 'roles.authenticated',
      message: arn => `${arn} is a role of another account or partition`,
      hint: "use a role of the identity pool's own account",
    },
  ),
  rule(
    'COG2423',
    values => mappingsWhere(values, ({ type, rules }) => type === 'Token' && rules !== undefined),
    {
      field: 'roleMappings',
      message: key => `the mapping of ${key} has rules, and is of type Token`,
      hint: 'set its type to Rules, or take the rules out',
    },
  ),
  rule(
    'COG2424',
    values => mappingsWhere(values, mapping => mapping['type'] === 'Rules' && rulesOf(mapping).length === 0),
    {
      field: 'roleMappings',
      message: key => `the mapping of ${key} has no rules, and is of type Rules`,
      hint: 'give it rules, or set its type to Token',
    },
  ),
  rule('COG2425', values => mappingsWhere(values, mapping => rulesOf(mapping).length > 25), {
    field: 'roleMappings',
    message: key => `the mapping of ${key} has more than 25 rules`,
    hint: 'let groups carry roles, and use type Token',
  }),
  rule(
    'COG2426',
    values =>
      mappingsWhere(
        values,
        ({ ambiguousRoleResolution }) =>
          ambiguousRoleResolution === undefined || ambiguousRoleResolution === null,
      ),
    {
      field: 'roleMappings',
      message: key => `the mapping of ${key} does not say what happens when no role, or more than one, fits`,
      hint: 'set ambiguousRoleResolution to AuthenticatedRole or Deny',
    },
  ),
  rule(
    'COG2427',
    (values, { parent }) =>
      mappingsWhere(values, (_, key) => lacksProvider(parent, key, { withClient: true })),
    {
      field: 'roleMappings',
      message: key => `${key} is no provider of the identity pool`,
      hint: "add it to the identity pool's providers; a client's key is `pool.client`, or cognito-idp.REGION.amazonaws.com/POOL_ID:CLIENT_ID",
    },
  ),
  rule(
    'COG2428',
    values => {
      const keys = mappings(values).map(([key]) => JSON.stringify(key))
      return mappings(values)
        .filter((_, index) => keys.indexOf(keys[index] ?? '') < index)
        .map(([key]) => nameOf(key))
    },
    {
      field: 'roleMappings',
      message: key => `${key} has two mappings`,
      hint: 'make one of them',
    },
  ),
  rule(
    'COG2429',
    values => {
      const count = mappings(values).length
      return count > 10 ? String(count) : undefined
    },
    {
      field: 'roleMappings',
      message: count => `${count} mappings are more than the 10 an identity pool can have`,
      hint: 'keep the mappings of ten providers',
    },
  ),
  rule('COG2430', (values, context) => guests(context) === false && has(values, 'roles.unauthenticated'), {
    field: 'roles.unauthenticated',
    message: (_, values) =>
      `guests have a role${textOf(values, 'roles.unauthenticated') === undefined ? '' : ` (${textOf(values, 'roles.unauthenticated')})`}, and the identity pool lets no guests in`,
    hint: 'take the role out, or set allowUnauthenticatedIdentities to true',
    severity: 'warning',
  }),
  rule('COG2431', (values, context) => guests(context) === true && lacks(values, 'roles.unauthenticated'), {
    field: 'roles.unauthenticated',
    message: 'the identity pool lets guests in, and they have no role',
    hint: 'give roles.unauthenticated, or set allowUnauthenticatedIdentities to false',
    severity: 'warning',
  }),
  rule('COG2432', keptOut, {
    field: 'roles.authenticated',
    message: role => `the trust policy of ${role} is for the other sort of people`,
    hint: 'make its trust `amr` the name of the slot: authenticated or unauthenticated',
  }),
]

export const checkIdentityPoolRoles = checkWith(rules)
