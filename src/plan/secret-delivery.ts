// Delivering a secret that AWS made: the calls that put it where the file says.

import type { Address, Aws, Call, Change, Plan, SecretPlace, Term } from '../model.ts'
import { vacancyOf } from '../observe/secret-destination.ts'
import type { Kind } from '../table/kind.ts'
import { liveSecret } from '../term.ts'
import type { Merged } from '../values/merge.ts'
import type { Ids } from '../values/wire.ts'
import type { World } from './context.ts'

/** The call that delivers the secret of a resource; its hole is closed at the last moment. */
export const deliveryCall = (
  place: SecretPlace,
  vacancy: 'absent' | 'empty',
  address: Address,
  kind: Kind,
  ids: Ids,
): Call => {
  const value: Term = { $secret: `${liveSecret}${address}#${kind.issued?.secret}` }
  if ('ssm' in place)
    return {
      operation: 'ssm:PutParameter',
      // that there was nothing to overwrite is looked at again before the first write; a lost reply may be repeated
      input: { Name: place.ssm, Value: value, Type: 'SecureString', Overwrite: true },
    }
  // a token makes repeating harmless; this one is the same whoever sends it
  const token: Term = { $join: ['cogsync-', ids[kind.ids.at(-1) as string] ?? '', '-made-with-it'] }
  return vacancy === 'absent'
    ? {
        operation: 'secretsmanager:CreateSecret',
        input: { Name: place.secretsManager, SecretString: value, ClientRequestToken: token },
      }
    : {
        operation: 'secretsmanager:PutSecretValue',
        input: { SecretId: place.secretsManager, SecretString: value, ClientRequestToken: token },
      }
}

/** The change, and the delivery of the secret that AWS made or is about to make, where it is not there yet. */
export const delivering = (
  world: World,
  { desired, kind, live, before }: Merged,
  change: Change,
  ids: Ids,
): Change => {
  const vacancy = world.observation.vacant?.[desired.address]
  const { secretTo } = desired
  const halted = change.action === 'blocked' && change.calls.length === 0
  const hasNone = live !== undefined && before[kind.issued?.when ?? ''] !== true
  if (secretTo === undefined || vacancy === undefined || halted || hasNone) return change
  const [first, ...rest] = change.calls
  const call = deliveryCall(secretTo, vacancy, desired.address, kind, ids)
  return {
    ...change,
    action: change.action === 'none' ? 'update' : change.action,
    fields: [...change.fields, { path: 'clientSecretTo', after: secretTo, impact: ['in-place'] }],
    // of what is made, the secret comes next: whatever fails later, it has arrived
    calls: first?.creates ? [first, call, ...rest] : [...change.calls, call],
  }
}

/** The destination that a call delivers to, if it does. */
export const placeOf = ({ operation, input }: Call): SecretPlace | undefined => {
  const [name] = [input['Name'] ?? input['SecretId']]
  if (typeof name !== 'string') return undefined
  if (operation === 'ssm:PutParameter') return { ssm: name }
  return operation.startsWith('secretsmanager:') ? { secretsManager: name } : undefined
}

/** The changes whose destinations hold something by now: it would be overwritten. */
export const overwritten = async (plan: Plan, aws: Aws): Promise<Change[]> => {
  const found = await Promise.all(
    plan.changes.map(async change => {
      const places = change.calls.map(placeOf).filter(place => place !== undefined)
      const vacancies = await Promise.all(places.map(place => vacancyOf(place, aws)))
      return vacancies.some(vacancy => vacancy === 'taken' || vacancy === 'doomed') ? [change] : []
    }),
  )
  return found.flat()
}
