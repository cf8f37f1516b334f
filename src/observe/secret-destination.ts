// What stands where a secret is to be delivered. Its value is not read.
import { isAwsError, isNamed } from '../aws/errors.ts'
import type { Aws, Desired, Json, SecretPlace } from '../model.ts'
import { isObject } from '../term.ts'
import { attempt, type Watch } from './reader.ts'

/**
 * `absent`: nothing has the name. `empty`: a secret of that name, without a value. `taken`: there is a value.
 * `doomed`: it is being deleted, and its name cannot be used meanwhile.
 */
export type Vacancy = 'absent' | 'empty' | 'taken' | 'doomed'

export const nameOfPlace = (place: SecretPlace): string =>
  'ssm' in place ? `the parameter ${place.ssm}` : `the secret ${place.secretsManager} of Secrets Manager`

/** What stands at a destination; its value is not read. */
export const vacancyOf = async (place: SecretPlace, aws: Aws): Promise<Vacancy> => {
  try {
    if ('ssm' in place) {
      await aws.send('ssm:GetParameter', { Name: place.ssm })
      return 'taken'
    }
    const secret = await aws.send('secretsmanager:DescribeSecret', { SecretId: place.secretsManager })
    if (secret['DeletedDate'] !== undefined) return 'doomed'
    return isCurrent(secret['VersionIdsToStages']) ? 'taken' : 'empty'
  } catch (error) {
    if (isAwsError(error) && isNamed(error, ['ParameterNotFound', 'ResourceNotFound'])) return 'absent'
    throw error
  }
}

const isCurrent = (stages: Json | undefined): boolean =>
  isObject(stages) && Object.values(stages).some(list => Array.isArray(list) && list.includes('AWSCURRENT'))

/** What stands where a resource's secret is to be delivered. What has the secret already keeps it. */
export const observeDelivery = async (watch: Watch, desired: Desired): Promise<void> => {
  const place = desired.secretTo
  if (place === undefined) return
  const vacancy = await attempt(watch, desired.address, () => vacancyOf(place, watch.aws))
  if (vacancy === 'absent' || vacancy === 'empty') watch.vacant[desired.address] = vacancy
  if (vacancy === 'doomed' || (vacancy === 'taken' && isNew(watch, desired)))
    watch.diagnostics.push({
      code: 'COG4005',
      severity: 'error',
      path: [...desired.path, 'clientSecretTo'],
      message: `${nameOfPlace(place)} ${vacancy === 'doomed' ? 'is being deleted' : 'holds something already, which would be overwritten'}`,
      hint:
        vacancy === 'doomed'
          ? 'restore it, or name another'
          : 'delete it if it is of no use any more, or name another',
    })
}

/** Whether it is known not to exist. */
const isNew = (watch: Watch, { address, path }: Desired): boolean =>
  watch.live.get(address) === undefined &&
  !watch.diagnostics.some(
    found => found.path.length > 0 && found.path.every((part, index) => path[index] === part),
  ) &&
  !watch.unread.some(unread => address === unread.address || address.startsWith(`${unread.address}.`))
