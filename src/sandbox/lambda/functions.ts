// As much of functions as makes them exist: create, read, versions, aliases. Nothing runs.
import { createHash } from 'node:crypto'
import { makeRandom } from '../random.ts'
import { type Call, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'
import {
  conflict,
  findFunction,
  findTarget,
  formatArn,
  invalid,
  type LambdaFunction,
  makeTarget,
  missing,
  openFunctions,
  readName,
  revise,
  type Target,
} from './store.ts'

export function functionOperations(state: State): { [operation: string]: Operation } {
  return {
    CreateFunction: (input, call) => createFunction(state, input, call),
    GetFunction: (input, call) => getFunction(state, input, call),
    PublishVersion: (input, call) => {
      const found = findFunction(state, call, readName(input, call))
      const number = publishVersion(found, call)
      return describeFunction(found, lookUp(found.versions, number) ?? found, number)
    },
    CreateAlias: (input, call) => createAlias(state, input, call),
  }
}

function createFunction(state: State, input: Members, call: Call): Members {
  const { name } = readName(input, call)
  const { Role, Code, Runtime, Handler, Description, Timeout, MemorySize, Publish } = input
  if (Runtime === undefined || Handler === undefined) {
    throw invalid(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  if (String(Role).split(':')[4] !== call.account) {
    // [REC: kubernetes-alexa 6, 2018]
    throw new ServiceError('AccessDeniedException', 'Cross-account pass role is not allowed.', 403)
  }
  const functions = openFunctions(state, call.account, call.region)
  if (lookUp(functions, name) !== undefined) throw conflict(`Function already exist: ${name}`)
  const code = Buffer.from(String((Code as Members).ZipFile ?? ''), 'base64')
  const made = makeFunction(call.account, call.region, name, call)
  made.settings = {
    Runtime,
    Role: Role ?? '',
    Handler,
    CodeSize: code.length,
    Description: Description ?? '',
    Timeout: Timeout ?? 3,
    MemorySize: MemorySize ?? 128,
    CodeSha256: createHash('sha256').update(code).digest('base64'),
  }
  functions[name] = made
  const version = Publish === true ? publishVersion(made, call) : '$LATEST'
  const { State: _, LastUpdateStatus: __, ...described } = describeFunction(made, made, version)
  return {
    ...described,
    State: 'Pending',
    StateReason: 'The function is being created.',
    StateReasonCode: 'Creating',
  }
}

function makeFunction(
  account: string,
  region: string,
  name: string,
  { now, random }: Pick<Call, 'now' | 'random'>,
): LambdaFunction {
  return {
    ...makeTarget(formatArn(region, account, name), random),
    name,
    settings: {},
    modified: now().toISOString().replace('Z', '+0000'),
    versions: makeTable(),
    aliases: makeTable(),
  }
}

/** Publishing revises the function too [REC: localstack snapshots, 2022]. */
function publishVersion(found: LambdaFunction, call: Call): string {
  const number = String(Object.keys(found.versions).length + 1)
  found.versions[number] = makeTarget(`${found.arn}:${number}`, call.random)
  revise(found, call)
  return number
}

function createAlias(state: State, input: Members, call: Call): Members {
  const found = findFunction(state, call, readName(input, call))
  const { Name, FunctionVersion, Description } = input as Record<string, string>
  const name = Name ?? ''
  const version = FunctionVersion ?? ''
  const arn = `${found.arn}:${name}`
  if (lookUp(found.aliases, name) !== undefined) throw conflict(`Alias already exists: ${arn}`)
  if (version !== '$LATEST' && lookUp(found.versions, version) === undefined) {
    throw missing(`Function not found: ${found.arn}:${version}`)
  }
  const alias = { ...makeTarget(arn, call.random), version, description: Description ?? '' }
  found.aliases[name] = alias
  return {
    AliasArn: arn,
    Name: name,
    FunctionVersion: version,
    Description: alias.description,
    RevisionId: alias.revision,
  }
}

function getFunction(state: State, input: Members, call: Call): Members {
  const named = readName(input, call)
  const found = findFunction(state, call, named)
  const target = findTarget(state, call, named)
  const { qualifier = '$LATEST' } = named
  const version = lookUp(found.aliases, qualifier)?.version ?? qualifier
  return {
    Configuration: describeFunction(found, target, version),
    Code: { RepositoryType: 'S3', Location: `https://awslambda-${call.region}-tasks.s3.amazonaws.com/` },
  }
}

function describeFunction(found: LambdaFunction, target: Target, version: string): Members {
  return {
    FunctionName: found.name,
    FunctionArn: target.arn,
    ...found.settings,
    LastModified: found.modified,
    Version: version,
    TracingConfig: { Mode: 'PassThrough' },
    RevisionId: target.revision,
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
    EphemeralStorage: { Size: 512 },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  }
}

const chance: Pick<Call, 'now' | 'random'> = { now: () => new Date(), random: makeRandom() }

/**
 * Makes a function exist without a request, by its ARN; a version or alias at the end of the ARN exists from then on
 * too. For rehearsals of files that name functions which others deploy.
 */
export function registerFunction(state: State, arn: string, by = chance): void {
  const match = /^arn:[^:]+:lambda:([^:]+):(\d{12}):function:([^:]+)(?::([^:]+))?$/.exec(arn)
  if (match === null) throw new RangeError(`not the ARN of a Lambda function: ${arn}`)
  const [, region = '', account = '', name = '', qualifier] = match
  const functions = openFunctions(state, account, region)
  const found = lookUp(functions, name) ?? makeFunction(account, region, name, by)
  functions[name] = found
  if (qualifier === undefined || qualifier === '$LATEST') return
  if (/^\d+$/.test(qualifier)) found.versions[qualifier] ??= makeTarget(arn, by.random)
  else found.aliases[qualifier] ??= { ...makeTarget(arn, by.random), version: '$LATEST', description: '' }
}
