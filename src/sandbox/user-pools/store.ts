// What is stored of user pools, by account and Region, and how operations find it.
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { lookUp, makeTable } from '../table.ts'

export { lookUp }

export interface Pool {
  id: string
  account: string
  region: string
  /** seconds */
  created: number
  modified: number
  /** members of UpdateUserPool, defaults filled in, mirrors left out */
  settings: Members
  /** members that only CreateUserPool takes */
  fixed: Members
  schema: Members[]
  /** whether TemporaryPasswordValidityDays was ever sent: its deprecated twin is refused from then on */
  temporaryDaysDeclared: boolean
  factors: Factors
  clients: Record<string, Client>
  servers: Record<string, Members>
  groups: Record<string, Members>
  users: Record<string, User>
  domains: Record<string, Domain>
  providers: Record<string, Members>
  /** the certificate that SAML providers of this pool show; generated once */
  certificate?: string
  /** by client */
  brandings: Record<string, Branding>
  /** by client, and `ALL` for the whole pool */
  uiCustomizations: Record<string, Members>
  /** by client, and `ALL` for the whole pool */
  risks: Record<string, Members>
  /** by id */
  terms: Record<string, Members>
  logs: Members[]
  sessions?: Members
  replica?: Replica
  /** on the view that a secondary Region has of a pool: the pool itself. Never stored. */
  primary?: Pool
}

export interface User {
  user: Members
  groups: string[]
}

/** A managed login style. */
export interface Branding {
  id: string
  created: number
  modified: number
  useProvided: boolean
  settings?: Members
  assets: Members[]
}

/** The secondary of a pool: it shares everything but what each Region has for itself. */
export interface Replica {
  region: string
  created: number
  status: 'ACTIVE' | 'INACTIVE'
  change?: { status: 'CREATING' | 'DELETING'; since: number; seen: number }
  /** its own values of the members that each Region has for itself */
  settings: Members
  logs: Members[]
  /** its own sender of threat-protection messages, by the key of the risk configuration */
  senders: Record<string, Members>
}

/** The MFA settings that DescribeUserPool does not show. SMS follows from SmsConfiguration and MfaConfiguration. */
export interface Factors {
  softwareToken?: boolean
  email?: Members
  webAuthn?: Members
}

export interface Client {
  id: string
  /** DCR marks a client made by dynamic registration, which only an out-of-band edit can do here */
  type?: 'DCR'
  created: number
  modified: number
  settings: Members
  secrets: ClientSecret[]
  /** minutes of silent reuse; none while never set */
  ssoMinutes?: number
}

export interface ClientSecret {
  id: string
  value: string
  created: number
}

export interface Domain {
  name: string
  custom: boolean
  settings: Members
  cloudFront: string
  version: string
  /** the change under way, and since when (milliseconds); none once the domain is settled */
  change?: { status: 'CREATING' | 'UPDATING' | 'DELETING'; since: number; seen: number }
}

interface RegionSlice {
  pools: Record<string, Pool>
}
type PoolSlice = Record<string, Record<string, RegionSlice>>

export function openRegion(state: State, account: string, region: string): RegionSlice {
  const regions = openSlice(state)
  regions[account] ??= makeTable()
  const ofAccount = regions[account]
  ofAccount[region] ??= { pools: makeTable() }
  return ofAccount[region]
}

function openSlice(state: State): PoolSlice {
  return state.slice<PoolSlice>('cognito-idp', () => makeTable())
}

/** Every pool of a Region, whoever owns it: domain prefixes are unique over all of them. */
export function listPoolsOfRegion(state: State, region: string): Pool[] {
  return Object.values(openSlice(state)).flatMap(regions => Object.values(regions[region]?.pools ?? {}))
}

export function listAllPools(state: State): Pool[] {
  return Object.values(openSlice(state)).flatMap(regions =>
    Object.values(regions).flatMap(region => Object.values(region.pools)),
  )
}

/** The pool of this id in the caller's Region: a pool at home there, or the view of one replicated there. */
export function requirePool(state: State, call: Call, id: Json | undefined): Pool {
  const pool =
    lookUp(openRegion(state, call.account, call.region).pools, id) ??
    listReplicas(state, call).find(each => each.id === id)
  // [REC: 2018, 2026-09]
  if (pool === undefined) throw missing('User pool ID does not exist.')
  return pool
}

/** The pools of an account that other Regions have replicated into this one, as this Region sees them. */
export function listReplicas(state: State, call: Call): Pool[] {
  const pools = Object.values(openSlice(state)[call.account] ?? {}).flatMap(each => Object.values(each.pools))
  return pools.flatMap(pool => {
    settleReplica(pool, call)
    return pool.replica?.region === call.region ? [viewReplica(pool, pool.replica)] : []
  })
}

/** A replica's change ends after this many looks at it, or after a minute; on AWS within half an hour [Terraform]. */
const looksUntilSettled = 1
const settlingTime = 60_000

/** Forgets a replica whose deletion is over. */
export function settleReplica(pool: Pool, call: Call): void {
  const change = pool.replica?.change
  if (pool.replica === undefined || change === undefined) return
  if (change.seen < looksUntilSettled && call.now().getTime() - change.since < settlingTime) return
  if (change.status === 'DELETING') delete pool.replica
  else delete pool.replica.change
}

function viewReplica(pool: Pool, replica: Replica): Pool {
  return {
    ...pool,
    region: replica.region,
    settings: { ...pool.settings, ...replica.settings },
    logs: replica.logs,
    // Prefix domains exist in their own Region only [Cognito developer guide, multi-Region page, 2026].
    domains: Object.fromEntries(Object.entries(pool.domains).filter(([, domain]) => domain.custom)),
    primary: pool,
  }
}

export function formatPoolArn(pool: Pick<Pool, 'id' | 'account' | 'region'>): string {
  return `arn:aws:cognito-idp:${pool.region}:${pool.account}:userpool/${pool.id}`
}

export function readSeconds(call: Call): number {
  return call.now().getTime() / 1000
}

export function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterException', message)
}

export function missing(message: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', message)
}

export function overLimit(message: string): ServiceError {
  return new ServiceError('LimitExceededException', message)
}
