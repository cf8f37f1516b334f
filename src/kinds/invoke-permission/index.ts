// What lets Cognito invoke the functions of a user pool's triggers: one permission for each function, which stands
// in the function's own policy.
import type { AddPermissionCommandInput } from '@aws-sdk/client-lambda'
import type { Term } from '../../model.ts'
import type { Codec, Each, Kind, Leaf, Regard, Values, Where } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { isObject } from '../../table/rule.ts'
import { oneOf } from '../../table/schemas.ts'
import { allowsInvoking, principal, type Statement } from './statement.ts'

const row = rows<Leaf<AddPermissionCommandInput>>()

/** `manage` is what every permission says; `check` says nothing. */
const permission: Codec = {
  toWire: (value, { account }) =>
    value === 'manage'
      ? { Action: 'lambda:InvokeFunction', Principal: principal, SourceAccount: account }
      : {},
  fromWire: wires => (wires['Action'] === undefined ? undefined : 'manage'),
}

/** The text of an ARN as far as it is known. */
const known = (arn: Term): string => {
  if (typeof arn === 'string') return arn
  const parts = isObject(arn) ? arn['$join'] : undefined
  return Array.isArray(parts) ? parts.map(part => (typeof part === 'string' ? part : '?')).join('') : ''
}

/** Lambda refuses policies for $LATEST by that name: they are the function's own [D]. */
const target = (arn: Term): Term => (typeof arn === 'string' ? arn.replace(/:\$LATEST$/, '') : arn)

/** The functions of a pool's triggers, each once, its version or alias included. */
const functionsOf = (pool: Values): { at: string; arn: Term }[] => {
  const all = Object.entries(pool).flatMap(([at, trigger]) => {
    if (!at.startsWith('triggers.') || at === 'triggers.kmsKeyId') return []
    const arn = isObject(trigger) && 'arn' in trigger ? trigger['arn'] : trigger
    return arn === undefined || arn === null ? [] : [{ at, arn: target(arn) }]
  })
  const texts = all.map(({ arn }) => JSON.stringify(arn))
  return all.filter((_one, index) => texts.indexOf(texts[index] as string) === index)
}

/**
 * `cogsync-STACK-KEY-POOL`. With the pool's id no two pools, and no pool and the one it replaces, meet in a function's
 * policy, where statement ids are unique. At most 100 characters [M]; ids of pools have less than 30.
 */
const statementId = (stack: string, key: string, pool: Term): Term => ({
  $join: [`${`cogsync-${stack}-${key}`.replace(/[^\w-]/g, '_').slice(0, 69)}-`, pool],
})

const permissionsOf = (
  pool: Values,
  { stack, key, address }: { stack: string; key: string; address: string },
): { [key: string]: Each } => {
  const permissions: { [key: string]: Each } = {}
  for (const { at, arn } of functionsOf(pool)) {
    const name = known(arn).split(':function:')[1] ?? ''
    permissions[name === '' || name in permissions ? at.slice('triggers.'.length) : name] = {
      at,
      ids: {
        FunctionName: arn,
        StatementId: statementId(stack, key, { $ref: address, attr: 'ids.UserPoolId' }),
      },
    }
  }
  return permissions
}

const regard = (
  { invokePermission }: Values,
  { FunctionName = 'the function' }: { [member: string]: string },
  account: string,
): Regard | undefined => {
  const [, , , , owner = account] = FunctionName.split(':')
  if (owner !== account)
    return {
      is: 'beyond',
      note: {
        code: 'COG3010',
        message: `${FunctionName} is in another account, so whether Cognito may invoke it is not looked at`,
        hint: `let account ${owner} allow it with a permission for ${principal} and the ARN of this pool`,
      },
    }
  if (invokePermission === 'manage') return undefined
  return {
    is: 'watched',
    absent: {
      code: 'COG3008',
      message: `nothing in the policy of ${FunctionName} lets Cognito invoke it for this pool`,
      hint: 'state invokePermission: manage on the pool, or add a permission where the function is deployed',
    },
    unread: {
      code: 'COG3011',
      message: `the policy of ${FunctionName} may not be read, so whether Cognito may invoke it is unknown`,
      hint: 'allow lambda:GetPolicy',
    },
  }
}

const function_ = 'arn:aws:lambda:eu-west-1:111122223333:function:pre-sign-up'

export const invokePermission: Kind = {
  name: 'invokePermission',
  title: 'invoke permission',
  doc: "What lets Cognito invoke the functions of the pool's triggers: a permission in the policy of each.",
  place: { form: 'facet', key: 'invokePermission', each: permissionsOf },
  presence: 'facet',
  parent: 'userPool',
  ids: ['SourceArn', 'FunctionName', 'StatementId'],
  idsFrom: { SourceArn: 'Arn' },
  create: { operation: 'lambda:AddPermission', yields: {} },
  writers: [],
  goesFirst: true,
  remove: { operation: 'lambda:RemovePermission' },
  fields: [
    row({
      path: 'invokePermission',
      wire: ['Action', 'Principal', 'SourceAccount'],
      codec: permission,
      schema: () => oneOf('check', 'manage'),
      unset: 'check',
      examples: ['manage', 'manage'],
      given: { 'triggers.preSignUp': function_ },
      remedy: 'state check or manage',
      doc: "`check` warns of functions that Cognito may not invoke. `manage` adds the permissions that are missing, and removes those that it added once no trigger needs them; other people's stay. Functions of other accounts are left to those.",
    }),
  ],
  read: {
    operations: ['lambda:GetPolicy'],
    others: true,
    get: async (aws, ids, { account }) => {
      const { Policy } = await aws.send('lambda:GetPolicy', { FunctionName: ids['FunctionName'] as string })
      const { Statement = [] } = JSON.parse(String(Policy ?? '{}')) as { Statement?: Statement[] }
      const allowing = Statement.filter(one => allowsInvoking(one, ids['SourceArn'] as string, account))
      const one = allowing.find(({ Sid }) => Sid === ids['StatementId']) ?? allowing[0]
      if (one === undefined) return undefined
      return {
        ids: { ...ids, StatementId: one.Sid ?? '' },
        name: String(ids['FunctionName']),
        wire: { Action: 'lambda:InvokeFunction', Principal: principal, SourceAccount: account },
      }
    },
  },
  regard: (values, ids, where) => regard(values, ids, where.account),
  attributes: {},
  ignored: {
    Qualifier: "the function's ARN has it",
    RevisionId: 'an addition cannot undo what others add meanwhile',
    EventSourceToken: 'for Alexa only',
    PrincipalOrgID: 'services belong to no organization',
    FunctionUrlAuthType: 'for function URLs only',
    InvokedViaFunctionUrl: 'for function URLs only',
  },
  iam: { on: functions, only: { 'lambda:Principal': principal } },
}

/**
 * With a version or alias, IAM looks at the function itself too [D: Lambda, resources and conditions]. Permissions
 * that are managed go from functions that no trigger names any more: which those are, the file does not say.
 */
function functions(
  { FunctionName }: { [id: string]: string | undefined },
  { invokePermission }: { [row: string]: string | undefined },
  { partition, region, account }: Where,
): (string | undefined)[] {
  return invokePermission === 'manage'
    ? [`arn:${partition}:lambda:${region}:${account}:function:*`]
    : [FunctionName, FunctionName?.split(':').slice(0, 7).join(':')]
}
