// What is remembered of Lambda functions, by account and Region, and how a request names one.
import { partitionOf } from '../iam/account.ts'
import { denyForeign } from '../iam/denial.ts'
import { makeUuid } from '../random.ts'
import { type Call, type Members, ServiceError, type State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'

/** What a policy can be attached to: the function itself, one of its versions, one of its aliases. */
export interface Target {
  arn: string
  /** one revision id for the target and its policy: GetFunction and GetPolicy show the same [REC: localstack snapshots, 2022] */
  revision: string
  statements: Members[]
}

export interface LambdaFunction extends Target {
  name: string
  settings: Members
  modified: string
  versions: Record<string, Target>
  aliases: Record<string, Target & { version: string; description: string }>
}

type Functions = Record<string, LambdaFunction>

/** The functions of one account in one Region. */
export function openFunctions(state: State, account: string, region: string): Functions {
  const slice = state.slice<{ places: Record<string, Functions> }>('lambda', () => ({ places: makeTable() }))
  const place = `${account}/${region}`
  slice.places[place] ??= makeTable()
  return slice.places[place]
}

/** A function, and perhaps a version or alias of it, as a request names it. */
export interface Named {
  name: string
  qualifier?: string
}

/**
 * Reads `name`, `account:function:name` or an ARN, each perhaps with a qualifier, and makes sure that it is the
 * caller's: the functions of another account are out of reach without a policy that says otherwise [D].
 */
export function readName(input: Members, call: Call): Named {
  const given = input.FunctionName as string
  const { region, account, name, inName } = splitName(given)
  if (account !== undefined && account !== call.account) {
    const arn = given.startsWith('arn:') ? given : formatArn(call.region, account, name)
    throw denyForeign(call, `lambda:${call.operation}`, arn, 403)
  }
  if (region !== undefined && region !== call.region) {
    throw missing(`Functions from '${region}' are not reachable in this region ('${call.region}')`)
  }
  const asked = input.Qualifier as string | undefined
  if (asked !== undefined && inName !== undefined && asked !== inName) {
    throw invalid('The derived qualifier from the function name does not match the specified qualifier.')
  }
  const qualifier = asked ?? inName
  return qualifier === undefined ? { name } : { name, qualifier }
}

function splitName(text: string): { region?: string; account?: string; name: string; inName?: string } {
  const match =
    /^(?:arn:[^:]+:lambda:)?(?:([a-z]{2,4}(?:-[a-z]+)+-\d):)?(?:(\d{12}):)?(?:function:)?([^:]+)(?::(.+))?$/.exec(
      text,
    )
  const [, region, account, name = text, inName] = match ?? []
  return {
    name,
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    ...(inName !== undefined && { inName }),
  }
}

export function formatArn(region: string, account: string, name: string): string {
  return `arn:${partitionOf(region)}:lambda:${region}:${account}:function:${name}`
}

export function findFunction(state: State, call: Call, { name, qualifier }: Named): LambdaFunction {
  const found = lookUp(openFunctions(state, call.account, call.region), name)
  if (found === undefined) {
    const end = qualifier === undefined ? '' : `:${qualifier}`
    throw missing(`Function not found: ${formatArn(call.region, call.account, name)}${end}`)
  }
  return found
}

/** The texts for a missing alias and a missing version differ [REC: localstack snapshots, 2023]. */
export function findTarget(state: State, call: Call, named: Named): Target {
  const found = findFunction(state, call, named)
  const { qualifier } = named
  if (qualifier === undefined || qualifier === '$LATEST') return found
  const target = lookUp(found.versions, qualifier) ?? lookUp(found.aliases, qualifier)
  if (target !== undefined) return target
  const text = /^\d+$/.test(qualifier) ? 'Function not found:' : 'Cannot find alias arn:'
  throw missing(`${text} ${found.arn}:${qualifier}`)
}

export function makeTarget(arn: string, random: Call['random']): Target {
  return { arn, revision: makeUuid(random), statements: [] }
}

/** Every change to a target, its policy included, gives it a new revision id. */
export function revise(target: Target, call: Call): void {
  target.revision = makeUuid(call.random)
}

/** Lambda's own errors say whose fault they are. */
function refuse(code: string, message: string, status: number): ServiceError {
  return new ServiceError(code, message, status, { Type: 'User' })
}

export function missing(message: string): ServiceError {
  return refuse('ResourceNotFoundException', message, 404)
}

export function invalid(message: string): ServiceError {
  return refuse('InvalidParameterValueException', message, 400)
}

export function conflict(message: string): ServiceError {
  return refuse('ResourceConflictException', message, 409)
}

export function outdated(): ServiceError {
  return refuse(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    412,
  )
}

export function tooLong(size: number, limit: number): ServiceError {
  const text = `The final policy size (${size}) is bigger than the limit (${limit}).`
  return refuse('PolicyLengthExceededException', text, 400)
}
