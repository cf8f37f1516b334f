// Where a user pool's logs go.
import type { Call, Members, State } from '../service.ts'
import { readList, readMembers, readText } from './members.ts'
import { invalid, type Pool, requirePool } from './store.ts'
import { requirePlus } from './tiers.ts'

/** The list replaces the old one; an empty one clears it [ISS: floci-io/floci PR 2867, measured 2026-09]. */
export function setLogs(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const logs = readList(input.LogConfigurations)
  checkSources(logs)
  for (const log of logs) checkLog(pool, log)
  // Each Region has its own [Cognito developer guide, multi-Region page, 2026].
  if (pool.primary?.replica !== undefined) pool.primary.replica.logs = logs
  pool.logs = logs
  return describe(pool)
}

export function getLogs(state: State, input: Members, call: Call): Members {
  return describe(requirePool(state, call, input.UserPoolId))
}

function describe(pool: Pool): Members {
  return { LogDeliveryConfiguration: { UserPoolId: pool.id, LogConfigurations: pool.logs } }
}

const targets = {
  CloudWatchLogsConfiguration: 'LogGroupArn',
  S3Configuration: 'BucketArn',
  FirehoseConfiguration: 'StreamArn',
}

function listTargets(log: Members): string[] {
  return Object.keys(targets).filter(target => log[target] !== undefined)
}

/** Both clauses, spelled so [ISS: floci-io/floci PR 2867, measured 2026-09]. */
function checkSources(logs: readonly Members[]): void {
  const sources = logs.map(log => readText(log.EventSource) ?? '')
  const bare = new Set(sources.filter((_, index) => listTargets(logs[index] ?? {}).length === 0))
  const twice = new Set(sources.filter((source, index) => sources.indexOf(source) !== index))
  const clauses: string[] = []
  if (bare.size > 0)
    clauses.push(`Following event sources in request have no destination: [${[...bare].join(', ')}].`)
  if (twice.size > 0)
    clauses.push(`Following event sources appear more then once in a request: [${[...twice].join(', ')}].`)
  if (clauses.length > 0) throw invalid(`Request validation Failed. ${clauses.join(' ')}`)
}

/** The pairs of source, level and target [documented]; of the texts only the Region's is recorded, and in part. */
function checkLog(pool: Pool, log: Members): void {
  const chosen = listTargets(log)
  if (chosen.length > 1) throw invalid(`Event source ${log.EventSource} has more than one destination.`)
  if (log.EventSource === 'userNotification') {
    if (log.LogLevel !== 'ERROR') throw invalid('The log level of userNotification must be ERROR.')
    if (chosen[0] !== 'CloudWatchLogsConfiguration')
      throw invalid('The destination of userNotification must be CloudWatch Logs.')
  } else {
    if (log.LogLevel !== 'INFO') throw invalid('The log level of userAuthEvents must be INFO.')
    requirePlus(pool, 'Log Streaming') // [badmintoncryer/cdk-preflight]
  }
  for (const [target, member] of Object.entries(targets)) {
    const region = readText(readMembers(log[target])[member])?.split(':')[3]
    // The ARN of a bucket names no Region [badmintoncryer/cdk-preflight].
    if (region !== undefined && region !== '' && region !== pool.region) {
      throw invalid('ARN does not belong to current region')
    }
  }
}
