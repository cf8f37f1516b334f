// Secrets themselves: create, describe, delete.

import { type Call, type Json, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'
import {
  findSecret,
  invalid,
  makeArn,
  openSecrets,
  readSeconds,
  refused,
  requireLiveSecret,
  requireSecret,
  type Secret,
  type Secrets,
} from './store.ts'
import { addVersion, readToken, readValue, sameValue } from './versions.ts'

const DAY = 86_400

export function secretOperations(state: State): { [operation: string]: Operation } {
  return {
    CreateSecret: (input, call) => createSecret(openSecrets(state, call), input, call),
    DescribeSecret: (input, call) =>
      describeSecret(requireSecret(openSecrets(state, call), input.SecretId as string, call)),
    TagResource: (input, call) =>
      tagSecret(requireLiveSecret(openSecrets(state, call), input.SecretId as string, call), input),
    DeleteSecret: (input, call) => deleteSecret(openSecrets(state, call), input, call),
  }
}

function createSecret(secrets: Secrets, input: Members, call: Call): Members {
  const name = String(input.Name)
  if (!/^[\w/+=.@-]+$/.test(name)) {
    throw new ServiceError(
      'ValidationException',
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    )
  }
  const value = readValue(input)
  const id = value === undefined ? undefined : readToken(input)
  const known = lookUp(secrets, name)
  if (known !== undefined) return repeatCreation(known, id, value)
  const now = readSeconds(call)
  const secret: Secret = {
    name,
    arn: makeArn(name, call),
    settings: keepSettings(input),
    created: now,
    changed: now,
    versions: makeTable(),
  }
  if (id !== undefined && value !== undefined) addVersion(secret, id, value, [], call)
  secrets[name] = secret
  return { ARN: secret.arn, Name: name, ...(id !== undefined && { VersionId: id }) }
}

/** The same request again is answered again; anything else finds the name taken [REC: moto 9012, 9700, 9741]. */
function repeatCreation(known: Secret, id: string | undefined, value: ReturnType<typeof readValue>): Members {
  if (known.deletion !== undefined) {
    // [REC: localstack snapshot, 2022]
    throw refused(
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
    )
  }
  const version = id === undefined ? undefined : lookUp(known.versions, id)
  if (id !== undefined && version !== undefined && value !== undefined && sameValue(version.value, value)) {
    return { ARN: known.arn, Name: known.name, VersionId: id }
  }
  throw new ServiceError(
    'ResourceExistsException',
    `The operation failed because the secret ${known.name} already exists.`,
  )
}

function keepSettings({ Description, KmsKeyId, Tags }: Members): Members {
  const given = Object.entries({ Description, KmsKeyId, Tags })
  return Object.fromEntries(given.filter((entry): entry is [string, Json] => entry[1] !== undefined))
}

/** Tags are added to those that are there; one of the same key gives way [D]. */
function tagSecret(secret: Secret, { Tags }: Members): Members {
  const tags = (list: Json | undefined) =>
    ((list ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }): [string, string] => [Key, Value])
  const all = new Map([...tags(secret.settings.Tags), ...tags(Tags)])
  secret.settings = { ...secret.settings, Tags: [...all].map(([Key, Value]) => ({ Key, Value })) }
  return {}
}

/** Without versions there is no map of them [REC: localstack snapshot, 2023-09]. */
function describeSecret(secret: Secret): Members {
  const staged = Object.entries(secret.versions).filter(([, version]) => version.stages.length > 0)
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...secret.settings,
    LastChangedDate: secret.changed,
    ...(secret.accessed !== undefined && { LastAccessedDate: secret.accessed }),
    ...(secret.deletion !== undefined && { DeletedDate: secret.deletion.since }),
    ...(staged.length > 0 && {
      VersionIdsToStages: Object.fromEntries(staged.map(([id, version]) => [id, [...version.stages]])),
    }),
    CreatedDate: secret.created,
  }
}

/** Force needs nothing to be there, neither the secret nor an earlier recovery window [D; moto 8638]. */
function deleteSecret(secrets: Secrets, input: Members, call: Call): Members {
  const { RecoveryWindowInDays: days, ForceDeleteWithoutRecovery: force } = input
  const id = String(input.SecretId)
  if (force === true && days !== undefined) {
    throw invalid("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.")
  }
  if (typeof days === 'number' && (days < 7 || days > 30)) {
    throw invalid('The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).')
  }
  const now = readSeconds(call)
  if (force === true) {
    const secret = findSecret(secrets, id, call)
    if (secret !== undefined) delete secrets[secret.name]
    return { ARN: secret?.arn ?? makeArn(id, call), Name: secret?.name ?? id, DeletionDate: now }
  }
  const secret = requireSecret(secrets, id, call)
  if (secret.deletion !== undefined) {
    throw refused(
      "You can't perform this operation on the secret because it was already scheduled for deletion.",
    )
  }
  secret.deletion = { since: now, at: now + (typeof days === 'number' ? days : 30) * DAY }
  return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.deletion.at }
}
