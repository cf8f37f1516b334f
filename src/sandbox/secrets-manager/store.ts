// What is remembered of secrets, by account and Region, and how a request names one.
import { partitionOf } from '../iam/account.ts'
import { denyForeign } from '../iam/denial.ts'
import { type Call, type Members, ServiceError, type State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'

export interface Version {
  /** one of the two, as it came */
  value: { SecretString?: string; SecretBinary?: string }
  stages: string[]
  /** seconds */
  created: number
}

export interface Secret {
  name: string
  arn: string
  settings: Members
  created: number
  changed: number
  accessed?: number
  /** since when it is marked for deletion, and when it goes */
  deletion?: { since: number; at: number }
  /** by version id; one without stages is deprecated, but its id stays taken */
  versions: Record<string, Version>
}

export type Secrets = Record<string, Secret>

/** The secrets of the caller in the Region of the call, without those whose time has come. */
export function openSecrets(state: State, call: Call): Secrets {
  const slice = state.slice<{ places: Record<string, Secrets> }>('secretsmanager', () => ({
    places: makeTable(),
  }))
  const place = `${call.account}/${call.region}`
  slice.places[place] ??= makeTable()
  const secrets = slice.places[place]
  for (const { name, deletion } of Object.values(secrets)) {
    if (deletion !== undefined && deletion.at <= readSeconds(call)) delete secrets[name]
  }
  return secrets
}

/** By name, by ARN, or by an ARN without the six characters that Secrets Manager added to the name. */
export function findSecret(secrets: Secrets, id: string, call: Call): Secret | undefined {
  if (!id.startsWith('arn:')) return lookUp(secrets, id)
  const owner = id.split(':')[4]
  // Out of reach without a policy that says otherwise [D].
  if (owner !== undefined && owner !== call.account) {
    throw denyForeign(call, `secretsmanager:${call.operation}`, id, 400)
  }
  const all = Object.values(secrets)
  return all.find(({ arn }) => arn === id) ?? all.find(({ arn }) => arn.slice(0, -'-xxxxxx'.length) === id)
}

/** [REC: localstack snapshot, 2022] */
export function requireSecret(secrets: Secrets, id: string, call: Call): Secret {
  const secret = findSecret(secrets, id, call)
  if (secret === undefined) throw missing("Secrets Manager can't find the specified secret.")
  return secret
}

/** The secret, unless it is marked for deletion [REC: external-secrets 4560, 2025]. */
export function requireLiveSecret(secrets: Secrets, id: string, call: Call): Secret {
  const secret = requireSecret(secrets, id, call)
  if (secret.deletion !== undefined) {
    throw refused("You can't perform this operation on the secret because it was marked for deletion.")
  }
  return secret
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export function makeArn(name: string, call: Call): string {
  const suffix = Array.from({ length: 6 }, () => letters[call.random(letters.length)]).join('')
  return `arn:${partitionOf(call.region)}:secretsmanager:${call.region}:${call.account}:secret:${name}-${suffix}`
}

export function readSeconds(call: Call): number {
  return call.now().getTime() / 1000
}

export function missing(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message)
}

export function refused(message: string): ServiceError {
  return new ServiceError('InvalidRequestException', message)
}

export function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message)
}
