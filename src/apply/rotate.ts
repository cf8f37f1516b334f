// Rotating a secret that AWS made: a second one is added and delivered, and later the first one is removed.
// What is known of a rotation stands beside the value that was delivered: the id of the secret that is being
// replaced in a tag, written before anything is added, and the id of the one delivered as a tag with the version
// that carries it (Parameter Store) or as the version's own id (Secrets Manager).
import { createHash } from 'node:crypto'
import { type AwsError, awsError, isAwsError, isMissing } from '../aws/errors.ts'
import type { Aws, Json, JsonObject, Rotation, SecretPlace } from '../model.ts'
import { nameOfPlace, vacancyOf } from '../observe/secret-destination.ts'
import type { Kind, Where } from '../table/kind.ts'
import { isObject } from '../term.ts'
import { at } from '../values/canonical.ts'

export interface RotationRefusal {
  refused: string
  message: string
  hint: string
}

export interface RotationReport {
  /** operations that were carried out */
  done: string[]
  error?: AwsError
}

/** What is rotated: a resource that exists, and where its secret goes. */
export type Rotated = Pick<Rotation, 'address' | 'ids' | 'place'>

const replacedTag = 'cogsync:rotating'
const deliveredTag = 'cogsync:secret'

type Hide = (secret: string) => void

const operationsOf = (kind: Kind) => {
  const rotate = kind.issued?.rotate
  if (rotate === undefined) throw new Error(`${kind.name} has no secrets to rotate`)
  return rotate
}

const idsOf = (kind: Kind, { ids }: Rotated): JsonObject =>
  Object.fromEntries(kind.ids.map(member => [member, ids[member] ?? null]))

/** What the next step of a rotation is, or why there is none. Writes nothing. */
export const nextStep = async (
  subject: Rotated,
  kind: Kind,
  aws: Aws,
  where: Where,
  { finish, hide }: { finish: boolean; hide: Hide },
): Promise<Pick<Rotation, 'step' | 'secrets'> | RotationRefusal> => {
  const { place, address, ids } = subject
  const found = await kind.read.get(aws, ids, { ...where, parentIds: ids })
  const held = found?.secrets?.[kind.issued?.secret ?? '']
  if (held !== undefined) hide(held)
  const { list } = operationsOf(kind)
  const listed = at(await aws.send(list.operation, idsOf(kind, subject)), list.path)
  const secrets = (Array.isArray(listed) ? listed : []).flatMap(secret => {
    const id = isObject(secret) ? secret[list.id] : undefined
    return typeof id === 'string' ? [id] : []
  })
  if (secrets.length === 0)
    return {
      refused: 'no-secret',
      message: `${address} has no secret: it is a public client`,
      hint: 'there is nothing to rotate',
    }
  const vacancy = await vacancyOf(place, aws)
  if (vacancy !== 'taken')
    return {
      refused: 'nothing-delivered',
      message: `${nameOfPlace(place)} ${vacancy === 'doomed' ? 'is being deleted' : 'holds no secret yet'}`,
      hint:
        vacancy === 'doomed'
          ? 'restore it, or name another place'
          : 'run cogsync apply first: it delivers the secret that there is',
    }
  if (secrets.length === 1) {
    if (finish) return { step: 'none', secrets }
    return (await holdsSecret(place, held, aws, hide))
      ? { step: 'add', secrets }
      : {
          refused: 'not-ours',
          message: `${nameOfPlace(place)} holds something else than the secret of ${address}, which would be overwritten`,
          hint: 'if it is of no use, delete it and run cogsync apply, which delivers the secret',
        }
  }
  const { replaced, delivered } = await marksAt(place, secrets, aws)
  const other = secrets.find(id => id !== replaced)
  if (replaced === undefined || !secrets.includes(replaced) || other === undefined || secrets.length > 2)
    return {
      refused: 'unknown-secret',
      message: `${address} has two secrets, ${secrets.join(' and ')}, and cogsync did not add the second`,
      hint: 'find out who uses which, and delete the one that nobody uses with aws cognito-idp delete-user-pool-client-secret',
    }
  const inOrder = [replaced, other]
  if (delivered === other) return { step: finish ? 'finish' : 'wait', secrets: inOrder }
  return finish
    ? {
        refused: 'undelivered',
        message: `the second secret of ${address}, ${other}, was not delivered, so the first is still in use`,
        hint: `run cogsync rotate ${address} without --finish: it puts another in its place`,
      }
    : { step: 'replace', secrets: inOrder }
}

/** Whether the place holds what AWS has; both are compared in memory. */
const holdsSecret = async (
  place: SecretPlace,
  held: string | undefined,
  aws: Aws,
  hide: Hide,
): Promise<boolean> => {
  const value =
    'ssm' in place
      ? at(await aws.send('ssm:GetParameter', { Name: place.ssm, WithDecryption: true }), 'Parameter.Value')
      : (await aws.send('secretsmanager:GetSecretValue', { SecretId: place.secretsManager }))['SecretString']
  if (typeof value === 'string') hide(value)
  return held !== undefined && value === held
}

/** The id of a version of Secrets Manager that holds a secret: 64 characters, and the same each time. */
const versionFor = (id: string): string => createHash('sha256').update(id).digest('hex')

interface Marks {
  /** the secret that is being replaced */
  replaced: string | undefined
  /** the secret that the place holds, if a rotation delivered it */
  delivered: string | undefined
}

const marksAt = async (place: SecretPlace, secrets: readonly string[], aws: Aws): Promise<Marks> => {
  if ('secretsManager' in place) {
    const secret = await aws.send('secretsmanager:DescribeSecret', { SecretId: place.secretsManager })
    const stages = secret['VersionIdsToStages']
    const isCurrent = (id: string) => {
      const list = isObject(stages) ? stages[versionFor(id)] : undefined
      return Array.isArray(list) && list.includes('AWSCURRENT')
    }
    return { replaced: tagIn(secret['Tags'], replacedTag), delivered: secrets.find(isCurrent) }
  }
  const { TagList } = await aws.send('ssm:ListTagsForResource', {
    ResourceType: 'Parameter',
    ResourceId: place.ssm,
  })
  const mark = tagIn(TagList, deliveredTag) ?? ''
  const version = Number(mark.slice(mark.lastIndexOf('@') + 1))
  // the tag is written first, and names the version that was to carry the value
  const arrived = version > 0 && (await versionOf(place.ssm, aws)) >= version
  return {
    replaced: tagIn(TagList, replacedTag),
    delivered: arrived ? mark.slice(0, mark.lastIndexOf('@')) : undefined,
  }
}

const tagIn = (tags: Json | undefined, key: string): string | undefined => {
  const tag = (Array.isArray(tags) ? tags : []).find(one => isObject(one) && one['Key'] === key)
  const value = isObject(tag) ? tag['Value'] : undefined
  return typeof value === 'string' ? value : undefined
}

const versionOf = async (name: string, aws: Aws): Promise<number> =>
  Number(at(await aws.send('ssm:GetParameter', { Name: name }), 'Parameter.Version'))

/** Carries out a step. Never throws for what AWS answers. */
export const carryOutStep = async (
  rotation: Rotation,
  kind: Kind,
  aws: Aws,
  hide: Hide,
): Promise<RotationReport> => {
  const done: string[] = []
  const write = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const output = await aws.send(operation, input)
    done.push(operation)
    return output
  }
  const { add, remove } = operationsOf(kind)
  const ids = idsOf(kind, rotation)
  const { place } = rotation
  const [first = '', second] = rotation.secrets
  // one that is gone already was removed by a request whose reply was lost
  const removing = (id: string) =>
    write(remove.operation, { ...ids, [remove.id]: id }).catch(error => {
      if (!isAwsError(error) || !isMissing(error)) throw error
      done.push(remove.operation)
    })
  const tagging = (key: string, value: string) => {
    const Tags = [{ Key: key, Value: value }]
    return 'ssm' in place
      ? write('ssm:AddTagsToResource', { ResourceType: 'Parameter', ResourceId: place.ssm, Tags })
      : write('secretsmanager:TagResource', { SecretId: place.secretsManager, Tags })
  }
  try {
    if (rotation.step === 'finish') await removing(first)
    if (rotation.step === 'replace' && second !== undefined) await removing(second)
    if (rotation.step === 'add' || rotation.step === 'replace') {
      await tagging(replacedTag, first)
      const output = await write(add.operation, ids)
      const [id, value] = [at(output, add.id), at(output, add.value)]
      if (typeof id !== 'string' || typeof value !== 'string' || value === '') throw unanswered(add.operation)
      hide(value)
      if ('ssm' in place) {
        await tagging(deliveredTag, `${id}@${(await versionOf(place.ssm, aws)) + 1}`)
        await write('ssm:PutParameter', {
          Name: place.ssm,
          Value: value,
          Type: 'SecureString',
          Overwrite: true,
        })
      } else
        await write('secretsmanager:PutSecretValue', {
          SecretId: place.secretsManager,
          SecretString: value,
          ClientRequestToken: versionFor(id),
        })
    }
    return { done }
  } catch (error) {
    if (!isAwsError(error)) throw error
    return { done, error }
  }
}

const unanswered = (operation: string): AwsError =>
  awsError({
    code: 'SecretGone',
    message: 'AWS made a secret and did not say which',
    operation,
    unknownOutcome: true,
  })
