// The values of secrets: versions, and the stages that tell them apart.

import { type Call, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { lookUp } from '../table.ts'
import {
  invalid,
  missing,
  openSecrets,
  readSeconds,
  refused,
  requireLiveSecret,
  type Secret,
  type Version,
} from './store.ts'

const CURRENT = 'AWSCURRENT'
const PREVIOUS = 'AWSPREVIOUS'

/** Of a binary value, in bytes [D]. */
const BINARY_LIMIT = 65_536

export function versionOperations(state: State): { [operation: string]: Operation } {
  return {
    GetSecretValue: (input, call) => {
      const secret = requireLiveSecret(openSecrets(state, call), input.SecretId as string, call)
      return getValue(secret, input, call)
    },
    PutSecretValue: (input, call) => {
      const secret = requireLiveSecret(openSecrets(state, call), input.SecretId as string, call)
      const value = readValue(input)
      if (value === undefined) throw refused('You must provide either SecretString or SecretBinary.')
      const id = readToken(input)
      const stages = input.VersionStages as string[] | undefined
      const version = addVersion(secret, id, value, stages ?? [CURRENT], call)
      return { ARN: secret.arn, Name: secret.name, VersionId: id, VersionStages: [...version.stages] }
    },
  }
}

function getValue(secret: Secret, input: Members, call: Call): Members {
  const { VersionId: asked, VersionStage: stage } = input as Record<string, string | undefined>
  const [id, version] = findVersion(secret, asked, stage)
  secret.accessed = Math.floor(readSeconds(call) / 86_400) * 86_400
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: id,
    ...version.value,
    VersionStages: [...version.stages],
    CreatedDate: version.created,
  }
}

function findVersion(secret: Secret, id: string | undefined, stage: string | undefined): [string, Version] {
  if (id === undefined) {
    const wanted = stage ?? CURRENT
    const found = Object.entries(secret.versions).find(([, version]) => version.stages.includes(wanted))
    if (found !== undefined) return found
    throw missing(`Secrets Manager can't find the specified secret value for staging label: ${wanted}`)
  }
  const version = lookUp(secret.versions, id)
  if (version === undefined) {
    throw missing(`Secrets Manager can't find the specified secret value for VersionId: ${id}`)
  }
  if (stage !== undefined && !version.stages.includes(stage)) {
    throw refused('You provided a VersionStage that is not associated to the provided VersionId.')
  }
  return [id, version]
}

/** The value of a request, if it has one. */
export function readValue(input: Members): Version['value'] | undefined {
  const { SecretString, SecretBinary } = input
  if (SecretString !== undefined && SecretBinary !== undefined) {
    throw invalid(
      "You can't specify both a binary secret value and a string secret value in the same secret.",
    )
  }
  if (typeof SecretString === 'string') return { SecretString }
  if (typeof SecretBinary !== 'string') return undefined
  const size = Buffer.from(SecretBinary, 'base64').length
  if (size === 0 || size > BINARY_LIMIT) {
    throw invalid(`The length of a binary secret value is from 1 to ${BINARY_LIMIT} bytes.`)
  }
  return { SecretBinary }
}

/** The SDKs make one; the service does not [REC: localstack snapshot, 2023-05]. */
export function readToken({ ClientRequestToken: token }: Members): string {
  if (typeof token === 'string') return token
  throw refused('You must provide a ClientRequestToken value. We recommend a UUID-type value.')
}

/** A token that already names a version with this value does nothing; with another value it is refused [D]. */
export function addVersion(
  secret: Secret,
  id: string,
  value: Version['value'],
  stages: string[],
  call: Call,
): Version {
  const known = lookUp(secret.versions, id)
  if (known !== undefined) {
    if (sameValue(known.value, value)) return known
    throw new ServiceError(
      'ResourceExistsException',
      `You can't use ClientRequestToken ${id} because that value is already in use for a version of secret ${secret.arn}.`,
    )
  }
  const now = readSeconds(call)
  const version: Version = { value, stages: [], created: now }
  // The first version is the current one, whatever was asked for [D].
  const isFirst = !Object.values(secret.versions).some(each => each.stages.includes(CURRENT))
  secret.versions[id] = version
  for (const stage of new Set(isFirst ? [...stages, CURRENT] : stages)) moveStage(secret, stage, version)
  secret.changed = now
  return version
}

export function sameValue(left: Version['value'], right: Version['value']): boolean {
  return left.SecretString === right.SecretString && left.SecretBinary === right.SecretBinary
}

/** A stage is at one version only, and what was current becomes the previous one. */
function moveStage(secret: Secret, stage: string, version: Version): void {
  const before = Object.values(secret.versions).find(each => each.stages.includes(stage))
  if (before === version) return
  if (before !== undefined) before.stages = before.stages.filter(each => each !== stage)
  version.stages = [...version.stages, stage].sort()
  if (stage === CURRENT && before !== undefined) moveStage(secret, PREVIOUS, before)
}
