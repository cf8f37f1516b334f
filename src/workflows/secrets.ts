// Declared secrets: read from the environment, a file, Parameter Store or Secrets Manager, and kept in memory only.
import { type AwsError, isAwsError, isCredentials, isDenied, isNamed } from '../aws/errors.ts'
import type { Aws, Diagnostic, Json, SecretSource, Spec } from '../model.ts'
import { runError } from '../problem.ts'
import { reservedAs } from '../spec/read/secret-sources.ts'
import type { Kind } from '../table/kind.ts'

export interface SecretSite {
  aws: Aws
  /** reads a file below the working folder; throws when it cannot */
  readText: (path: string) => string
}

/** A value, or why there is none. */
type Answer = { value: string } | { why: string; error?: AwsError }

type Sources = { [name: string]: SecretSource }

const isAway = (source: SecretSource): boolean => 'ssm' in source || 'secretsManager' in source

const readSecret = async (source: SecretSource, { aws, readText }: SecretSite): Promise<Answer> => {
  const answer = isAway(source) ? await readAway(source, aws) : readHere(source, readText)
  if (!('value' in answer)) return answer
  aws.hide(answer.value)
  return answer
}

const readHere = (source: SecretSource, readText: SecretSite['readText']): Answer => {
  if ('env' in source) {
    // the file was checked; a saved plan may be anybody's
    const reserved = reservedAs(source.env)
    if (reserved !== undefined)
      return { why: `the variable ${source.env} is no source of secrets: ${reserved} belongs to others` }
    const value = process.env[source.env] ?? ''
    return value === '' ? { why: `the environment variable ${source.env} is not set` } : { value }
  }
  const file = 'file' in source ? source.file : ''
  const why = `${file} is missing or empty`
  try {
    const value = readText(file).trimEnd()
    return value === '' ? { why } : { value }
  } catch {
    return { why }
  }
}

/** What AWS refuses is an answer; missing credentials and a missing network are the run's own trouble. */
const readAway = async (source: SecretSource, aws: Aws): Promise<Answer> => {
  try {
    return 'ssm' in source
      ? await readParameter(source.ssm, aws)
      : 'secretsManager' in source
        ? await readManaged(source.secretsManager, source.key, aws)
        : { why: 'it has no source' }
  } catch (error) {
    if (!isAwsError(error) || isCredentials(error) || error.unknownOutcome || error.status === undefined)
      throw error
    const gone = isNamed(error, ['ParameterNotFound', 'ParameterVersionNotFound', 'ResourceNotFound'])
    return {
      why: gone
        ? `${placeOf(source)} does not exist`
        : `${placeOf(source)} cannot be read: ${error.operation}: ${error.code}${error.message === '' ? '' : `: ${error.message}`}`,
      error,
    }
  }
}

const placeOf = (source: SecretSource): string =>
  'ssm' in source
    ? `the parameter ${source.ssm}`
    : 'secretsManager' in source
      ? `the secret ${source.secretsManager} of Secrets Manager`
      : 'the source'

const readParameter = async (name: string, aws: Aws): Promise<Answer> => {
  const { Parameter } = await aws.send('ssm:GetParameter', { Name: name, WithDecryption: true })
  const value = memberOf(Parameter, 'Value')
  return typeof value === 'string' && value !== '' ? { value } : { why: `the parameter ${name} is empty` }
}

const readManaged = async (id: string, key: string | undefined, aws: Aws): Promise<Answer> => {
  const { SecretString } = await aws.send('secretsmanager:GetSecretValue', { SecretId: id })
  const what = `the secret ${id} of Secrets Manager`
  if (typeof SecretString !== 'string' || SecretString === '') return { why: `${what} holds no text` }
  // all of it is secret, also what `key` leaves out
  aws.hide(SecretString)
  if (key === undefined) return { value: SecretString }
  const value = memberOf(parsed(SecretString), key)
  return typeof value === 'string' && value !== ''
    ? { value }
    : { why: `${what} is no JSON object with the text member ${key}` }
}

/** An error of JSON.parse would quote the text. */
const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

const memberOf = (value: Json | undefined, key: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? value[key]
    : undefined

/** All secrets that a plan needs, read before the first request that writes. Throws when one is missing. */
export const readSecrets = async (
  sources: Sources,
  site: SecretSite,
): Promise<{ [name: string]: string }> => {
  const read = await Promise.all(
    Object.entries(sources).map(async ([name, source]) => [name, await readSecret(source, site)] as const),
  )
  return Object.fromEntries(
    read.map(([name, answer]) => {
      if ('value' in answer) return [name, answer.value]
      throw runError(
        {
          exit: answer.error !== undefined && isDenied(answer.error) ? 4 : 1,
          code: 'no-secret',
          message: `secret ${name} has no value: ${answer.why}`,
          hint: 'nothing was changed: put that right and run again',
        },
        answer.error,
      )
    }),
  )
}

/** The secrets that a plan can compare with AWS's, and a note for each that AWS does not let it read. */
export const readComparable = async (
  spec: Spec,
  kinds: readonly Kind[],
  site: SecretSite,
): Promise<{ secret: (name: string) => string | undefined; notes: Diagnostic[] }> => {
  const names = [...comparable(spec, kinds)].filter(name => spec.secrets[name] !== undefined)
  const read = await Promise.all(
    names.map(async name => [name, await readSecret(spec.secrets[name] as SecretSource, site)] as const),
  )
  const values = new Map(read.flatMap(([name, answer]) => ('value' in answer ? [[name, answer.value]] : [])))
  return {
    secret: name => values.get(name),
    notes: read.flatMap(([name, answer]): Diagnostic[] =>
      'value' in answer || !isAway(spec.secrets[name] as SecretSource)
        ? []
        : [
            {
              code: 'COG4004',
              severity: 'note',
              path: ['secrets', name],
              onKey: true,
              message: `secret ${name} was not compared with what AWS has: ${answer.why}`,
              hint: 'apply will need it where it is to be sent',
            },
          ],
    ),
  }
}

/** The names of secrets that stand where AWS gives back what it holds. */
export const comparable = (spec: Spec, kinds: readonly Kind[]): Set<string> =>
  new Set(
    spec.resources.flatMap(desired =>
      (kinds.find(kind => kind.name === desired.kind)?.fields ?? []).flatMap(field => {
        const stated = desired.spec[field.path] ?? null
        return (field.secretKeys ?? []).flatMap(key => {
          const name = memberOf(memberOf(stated, key), '$secret')
          return typeof name === 'string' ? [name] : []
        })
      }),
    ),
  )
