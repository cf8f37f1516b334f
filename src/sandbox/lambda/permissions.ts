// The policies of functions: who may invoke them.
import type { Call, Json, Members, Operation, State } from '../service.ts'
import {
  conflict,
  findTarget,
  invalid,
  missing,
  outdated,
  readName,
  revise,
  type Target,
  tooLong,
} from './store.ts'

/** The quota is 20 KB [D]. */
const POLICY_QUOTA = 20_480

export function permissionOperations(state: State): { [operation: string]: Operation } {
  return {
    AddPermission: (input, call) => addPermission(openTarget(state, input, call), input, call),
    GetPolicy: (input, call) => {
      const target = findTarget(state, call, readName(input, call))
      if (target.statements.length === 0) throw missing('The resource you requested does not exist.')
      return { Policy: printPolicy(target.statements), RevisionId: target.revision }
    },
    RemovePermission: (input, call) => removePermission(openTarget(state, input, call), input, call),
  }
}

/** The function or version to write a policy for; one for $LATEST by that name is refused [D]. */
function openTarget(state: State, input: Members, call: Call): Target {
  const named = readName(input, call)
  if (named.qualifier === '$LATEST') throw invalid('We currently do not support adding policies for $LATEST.')
  return findTarget(state, call, named)
}

function addPermission(target: Target, input: Members, call: Call): Members {
  requireRevision(target, input)
  const { StatementId: id } = input
  // Unique per function, version or alias.
  if (target.statements.some(statement => statement.Sid === id)) {
    // [REC: terraform-provider-aws 1524, 3312]
    throw conflict(
      `The statement id (${id}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
    )
  }
  const statement = makeStatement(target.arn, input)
  const size = printPolicy([...target.statements, statement]).length
  if (size > POLICY_QUOTA) throw tooLong(size, POLICY_QUOTA)
  target.statements.push(statement)
  revise(target, call)
  return { Statement: JSON.stringify(statement) }
}

function removePermission(target: Target, input: Members, call: Call): undefined {
  if (target.statements.length === 0) throw missing('No policy is associated with the given resource.')
  const { StatementId: id } = input
  const kept = target.statements.filter(statement => statement.Sid !== id)
  if (kept.length === target.statements.length) {
    throw missing(`Statement ${id} is not found in resource policy.`)
  }
  requireRevision(target, input)
  target.statements = kept
  revise(target, call)
  return undefined
}

function requireRevision(target: Target, { RevisionId: asked }: Members): void {
  if (asked !== undefined && asked !== target.revision) throw outdated()
}

function printPolicy(statements: Members[]): string {
  return JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements })
}

/** In the form and order in which Lambda stores it [REC: localstack snapshots, 2023]. */
function makeStatement(arn: string, input: Members): Members {
  const { StatementId, Action, Principal, FunctionUrlAuthType } = input
  if (FunctionUrlAuthType !== undefined && Action !== 'lambda:InvokeFunctionUrl') {
    throw invalid('FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action')
  }
  const statement: Members = {
    Sid: StatementId ?? '',
    Effect: 'Allow',
    Principal: expandPrincipal(String(Principal)),
    Action: Action ?? '',
    Resource: arn,
  }
  const condition = dropEmpty({
    StringEquals: dropEmpty({
      'lambda:FunctionUrlAuthType': FunctionUrlAuthType,
      'aws:PrincipalOrgID': input.PrincipalOrgID,
      'AWS:SourceAccount': input.SourceAccount,
      'lambda:EventSourceToken': input.EventSourceToken,
    }),
    Bool: dropEmpty({
      'lambda:InvokedViaFunctionUrl':
        input.InvokedViaFunctionUrl === undefined ? undefined : String(input.InvokedViaFunctionUrl),
    }),
    ArnLike: dropEmpty({ 'AWS:SourceArn': input.SourceArn }),
  })
  return condition === undefined ? statement : { ...statement, Condition: condition }
}

function expandPrincipal(principal: string): Json {
  if (principal === '*') return '*'
  if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(principal)) return { Service: principal }
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` }
  if (/^arn:[a-z-]+:(iam|sts)::\d{12}:.+$/.test(principal)) return { AWS: principal }
  throw invalid('The provided principal was invalid. Please check the principal and try again.')
}

function dropEmpty(members: Record<string, Json | undefined>): Members | undefined {
  const kept = Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined)
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}
