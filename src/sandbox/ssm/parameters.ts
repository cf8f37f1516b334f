// Parameters themselves: put, get, delete.
import { createHash } from 'node:crypto'
import { type Call, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { invalid, makeKey, readSelected, requireName, requireNewName } from './names.ts'
import {
  arnPrefix,
  findParameter,
  openParameters,
  type Parameter,
  type Parameters,
  requireParameter,
  type Version,
} from './store.ts'
import { readTags } from './tags.ts'

/** In characters of the value, by tier [D]. */
const sizes = { Standard: 4096, Advanced: 8192 }

/** Parameter Store keeps this many versions of each parameter [D]. */
const KEPT_VERSIONS = 100

export function parameterOperations(state: State): { [operation: string]: Operation } {
  return {
    PutParameter: (input, call) => putParameter(openParameters(state, call), input, call),
    GetParameter: (input, call) => getParameter(openParameters(state, call), input, call),
    DeleteParameter: (input, call) => {
      const parameters = openParameters(state, call)
      const parameter = requireParameter(parameters, input.Name as string)
      delete parameters[makeKey(parameter.name)]
      return {}
    },
  }
}

function putParameter(parameters: Parameters, input: Members, call: Call): Members {
  const name = String(input.Name).trim()
  requireNewName(name)
  const found = findParameter(parameters, name)
  if (input.Tags !== undefined && input.Overwrite === true) {
    // [REC: moto 4283, 2021]
    throw invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    )
  }
  if (found !== undefined && input.Overwrite !== true) {
    // [REC: emr-demo 1, 2021; cfn-secret-provider 10, 2018]
    throw new ServiceError(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    )
  }
  const last = found?.versions.at(-1)
  // An overwrite may leave the type out, and may change it [TF: TestAccSSMParameter_updateType].
  const type = input.Type ?? last?.type
  if (type === undefined) throw invalid('A parameter type is required when you create a parameter.')
  const value = String(input.Value)
  const tier = chooseTier(value, input.Tier as string | undefined, found?.tier)
  requirePattern(value, input.AllowedPattern as string | undefined)
  const parameter: Parameter = found ?? { name, tier, tags: readTags(input.Tags), versions: [] }
  parameter.tier = tier
  const version: Version = {
    number: (last?.number ?? 0) + 1,
    value,
    type: String(type),
    dataType: String(input.DataType ?? last?.dataType ?? 'text'),
    modified: call.now().getTime() / 1000,
  }
  parameter.versions = [...parameter.versions, version].slice(-KEPT_VERSIONS)
  parameters[makeKey(name)] = parameter
  return { Version: version.number, Tier: tier }
}

/** An advanced parameter never becomes a standard one again [D]. */
function chooseTier(value: string, asked: string | undefined, before: string | undefined): string {
  const wide = Buffer.byteLength(value) > sizes.Standard || before === 'Advanced'
  if (asked === 'Standard' && before === 'Advanced') {
    throw invalid("This parameter uses the advanced-parameter tier. You can't downgrade it to standard.")
  }
  const tier = asked === 'Intelligent-Tiering' ? (wide ? 'Advanced' : 'Standard') : (asked ?? before)
  const chosen = tier === 'Advanced' ? 'Advanced' : 'Standard'
  if (Buffer.byteLength(value) > sizes[chosen]) {
    throw invalid(
      `${chosen} tier parameters support a maximum parameter value of ${sizes[chosen]} characters.${chosen === 'Standard' ? ' To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html' : ''}`,
    )
  }
  return chosen
}

function requirePattern(value: string, pattern: string | undefined): void {
  if (pattern === undefined || pattern === '') return
  let expression: RegExp
  try {
    expression = new RegExp(pattern)
  } catch {
    throw new ServiceError(
      'InvalidAllowedPatternException',
      'The request doesn’t meet the regular expression requirement.',
    )
  }
  if (!expression.test(value)) {
    throw new ServiceError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    )
  }
}

function getParameter(parameters: Parameters, input: Members, call: Call): Members {
  const prefix = arnPrefix(call)
  const { name, selector, byArn } = readSelected(String(input.Name).trim(), prefix)
  requireName(name)
  const parameter = requireParameter(parameters, name)
  const version = selectVersion(parameter, selector)
  const secret = version.type === 'SecureString' && input.WithDecryption !== true
  const arn = `${prefix}/${makeKey(parameter.name)}`
  return {
    Parameter: {
      // By name it answers to the name that was asked for, slash or no slash [REC: localstack tests].
      Name: byArn ? parameter.name : name,
      Type: version.type,
      Value: secret ? encrypt(arn, version) : version.value,
      Version: version.number,
      ...(selector !== undefined && { Selector: selector }),
      LastModifiedDate: version.modified,
      ARN: arn,
      DataType: version.dataType,
    },
  }
}

function selectVersion(parameter: Parameter, selector: string | undefined): Version {
  const last = parameter.versions.at(-1)
  const wanted = selector?.slice(1)
  const version =
    wanted === undefined ? last : parameter.versions.find(each => String(each.number) === wanted)
  if (version !== undefined) return version
  throw new ServiceError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${wanted} of ${parameter.name}. Verify the version and try again.`,
  )
}

/** A text that looks like one that KMS has encrypted, and from which the value cannot be had. */
function encrypt(arn: string, version: Version): string {
  const digest = createHash('sha512').update(`${arn}:${version.number}:${version.value}`).digest('base64')
  return `AQICAH${digest.replace(/=+$/, '')}==`
}
