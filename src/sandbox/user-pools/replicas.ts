// Copies of a user pool in another Region: at most one.
import type { Call, Json, Members, State } from '../service.ts'
import { makeTable } from '../table.ts'
import { pick, readMembers, readText } from './members.ts'
import { localMembers } from './replica-rules.ts'
import {
  formatPoolArn,
  invalid,
  missing,
  overLimit,
  type Pool,
  type Replica,
  readSeconds,
  requirePool,
  settleReplica,
} from './store.ts'
import { checkPoolTags } from './tags.ts'
import { requireEssentials } from './tiers.ts'

export function createReplica(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  settleReplica(pool, call)
  checkPrerequisites(pool, readText(input.RegionName) ?? '')
  checkPoolTags(input.UserPoolTags)
  if (pool.replica !== undefined) throw overLimit('Exceeded the number of replicas.')
  pool.replica = {
    region: readText(input.RegionName) ?? '',
    created: readSeconds(call),
    status: 'INACTIVE',
    change: { status: 'CREATING', since: call.now().getTime(), seen: 0 },
    // With what the local members begin is not documented; the tags are those of the request.
    settings: { ...pick(pool.settings, localMembers), UserPoolTags: readMembers(input.UserPoolTags) },
    logs: [],
    senders: makeTable(),
  }
  return { UserPoolReplica: describeSecondary(pool, pool.replica) }
}

/** From either Region. */
export function updateReplica(state: State, input: Members, call: Call): Members {
  const { pool, replica } = requireReplica(state, input, call)
  refuseUnsettled(replica)
  replica.status = input.Status === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE'
  return { UserPoolReplica: describeSecondary(pool, replica) }
}

/** Only an inactive one, and only from the primary Region [documented]. */
export function deleteReplica(state: State, input: Members, call: Call): Members {
  const { pool, replica } = requireReplica(state, input, call)
  refuseUnsettled(replica)
  if (replica.status !== 'INACTIVE') throw invalid('Only a replica with the status INACTIVE can be deleted.')
  replica.change = { status: 'DELETING', since: call.now().getTime(), seen: 0 }
  return { UserPoolReplica: describeSecondary(pool, replica) }
}

/** The primary is a replica too [documented]; whether it is listed when it is alone is not known. */
export function listUserPoolReplicas(state: State, input: Members, call: Call): Members {
  const found = requirePool(state, call, input.UserPoolId)
  const pool = found.primary ?? found
  settleReplica(pool, call)
  const secondary = pool.replica === undefined ? [] : [describeSecondary(pool, pool.replica)]
  if (pool.replica?.change !== undefined) pool.replica.change.seen += 1
  return { UserPoolReplicas: [describePrimary(pool), ...secondary] }
}

function describePrimary(pool: Pool): Members {
  return { RegionName: pool.region, Status: 'ACTIVE', Role: 'PRIMARY', UserPoolArn: formatPoolArn(pool) }
}

function describeSecondary(pool: Pool, replica: Replica): Members {
  return {
    RegionName: replica.region,
    Status: replica.change?.status ?? replica.status,
    Role: 'SECONDARY',
    UserPoolArn: formatPoolArn({ ...pool, region: replica.region }),
  }
}

/** Essentials, and a multi-Region key of one's own [Cognito developer guide, multi-Region page, 2026]; the texts are not recorded. */
function checkPrerequisites(pool: Pool, region: string): void {
  requireEssentials(pool, 'Multi-Region Replication')
  if (!/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) throw invalid(`Invalid region name: ${region}.`)
  if (region === pool.region) throw invalid('A replica must be in another Region than its user pool.')
  const key = readMembers(pool.settings.KeyConfiguration)
  if (key.KeyType !== 'CUSTOMER_MANAGED_KEY' || !/:key\/mrk-/.test(readText(key.KmsKeyArn) ?? '')) {
    throw invalid('The user pool must be encrypted with a multi-Region customer managed key.')
  }
}

function requireReplica(state: State, input: Members, call: Call): { pool: Pool; replica: Replica } {
  const found = requirePool(state, call, input.UserPoolId)
  const pool = found.primary ?? found
  settleReplica(pool, call)
  return { pool, replica: findReplica(pool, input.RegionName) }
}

function findReplica(pool: Pool, region: Json | undefined): Replica {
  if (region === pool.region) throw invalid('The primary replica can not be changed.')
  if (pool.replica === undefined || pool.replica.region !== region) {
    throw missing(`User pool ${pool.id} has no replica in ${region}.`)
  }
  return pool.replica
}

function refuseUnsettled(replica: Replica): void {
  if (replica.change === undefined) return
  throw invalid(`The replica can not be changed while its status is ${replica.change.status}.`)
}
