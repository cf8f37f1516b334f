// User pools: create, describe, update, delete, list, and their custom attributes.
import type { Call, Members, State } from '../service.ts'
import { makeTable } from '../table.ts'
import { completeSettings } from './defaults.ts'
import { describePool } from './describe-pool.ts'
import { listDomains } from './domains.ts'
import { makePoolId } from './ids.ts'
import { compact, pick, readList, readMembers, readText } from './members.ts'
import { checkMfa } from './mfa.ts'
import { mergeUpdate } from './omission.ts'
import { addToken, cutPage } from './pages.ts'
import { checkFixed, checkSettings, checkTemporaryDays, sendsTemporaryDays } from './pool-rules.ts'
import { storeInReplica } from './replica-rules.ts'
import { keepRegistrationServer } from './resource-servers.ts'
import { addCustom, buildSchema } from './schema-attributes.ts'
import { checkSmsRole, type FindRole } from './sms-role.ts'
import {
  invalid,
  listReplicas,
  openRegion,
  overLimit,
  type Pool,
  readSeconds,
  requirePool,
  settleReplica,
} from './store.ts'
import { checkPoolTags } from './tags.ts'
import { checkTier } from './tiers.ts'

const fixedMembers = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration']
const maxPools = 1000

export function createPool(state: State, input: Members, call: Call, findRole: FindRole): Members {
  const region = openRegion(state, call.account, call.region)
  if (Object.keys(region.pools).length >= maxPools) throw overLimit('Exceeded the number of user pools.')
  checkTemporaryDays(input, false)
  const settings = completeSettings(
    mergeUpdate('UpdateUserPool', {}, translateMirrors(input, {})),
    call.region,
  )
  const schema = buildSchema(readList(input.Schema))
  checkFixed(input, schema)
  checkPoolTags(settings.UserPoolTags)
  checkSettings(settings, call.region)
  checkMfa(settings, {})
  checkTier(settings, {}, input)
  checkSmsRole(state, call, settings.SmsConfiguration, findRole)
  const now = readSeconds(call)
  const pool: Pool = {
    id: makePoolId(call.region, call.random),
    account: call.account,
    region: call.region,
    created: now,
    modified: now,
    settings,
    fixed: withoutEmptyLists(pick(input, fixedMembers)),
    schema,
    temporaryDaysDeclared: sendsTemporaryDays(input),
    factors: {},
    clients: makeTable(),
    servers: makeTable(),
    groups: makeTable(),
    users: makeTable(),
    domains: makeTable(),
    providers: makeTable(),
    brandings: makeTable(),
    uiCustomizations: makeTable(),
    risks: makeTable(),
    terms: makeTable(),
    logs: [],
  }
  keepRegistrationServer(pool)
  region.pools[pool.id] = pool
  return { UserPool: describePool(pool, call, 'create') }
}

/** An empty list reads back as no list at all [REC: 2024, 2025]. */
function withoutEmptyLists(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  )
}

export function describeUserPool(state: State, input: Members, call: Call): Members {
  return { UserPool: describePool(requirePool(state, call, input.UserPoolId), call, 'describe') }
}

export function updatePool(state: State, input: Members, call: Call, findRole: FindRole): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  checkTemporaryDays(input, pool.temporaryDaysDeclared)
  const merged = mergeUpdate('UpdateUserPool', pool.settings, translateMirrors(input, pool.settings))
  const settings = completeSettings(keepPolicies(merged, pool.settings), pool.region)
  checkMfaSwitch(pool.settings, settings)
  const factors = settings.MfaConfiguration === 'OFF' ? keepPasskeys(pool) : pool.factors
  checkPoolTags(settings.UserPoolTags)
  checkSettings(settings, pool.region)
  checkMfa(settings, factors)
  checkTier(settings, factors, input, pool)
  checkSmsRole(state, call, settings.SmsConfiguration, findRole)
  if (pool.primary !== undefined) {
    storeInReplica(pool, pool.primary, settings)
    return {}
  }
  checkReplicaKey(pool, settings)
  pool.temporaryDaysDeclared ||= sendsTemporaryDays(input)
  Object.assign(pool, { settings, factors, modified: readSeconds(call) })
  keepRegistrationServer(pool)
  return {}
}

/** Of PasswordPolicy and SignInPolicy, the one not sent is kept [cdkd, measured]. */
function keepPolicies(merged: Members, stored: Members): Members {
  return { ...merged, Policies: { ...readMembers(stored.Policies), ...readMembers(merged.Policies) } }
}

/** MFA cannot be turned on here while no factor is enabled [ISS: cloudformation-coverage-roadmap 1176; cdkd]. */
function checkMfaSwitch(before: Members, after: Members): void {
  if (before.MfaConfiguration === 'OFF' && after.MfaConfiguration !== 'OFF') {
    throw invalid('Cannot turn MFA functionality ON, once the user pool has been created')
  }
}

/** A replica rests on the pool's key; the text is not recorded. */
function checkReplicaKey(pool: Pool, settings: Members): void {
  const { KeyType, KmsKeyArn } = readMembers(pool.settings.KeyConfiguration)
  const next = readMembers(settings.KeyConfiguration)
  if (pool.replica !== undefined && (next.KeyType !== KeyType || next.KmsKeyArn !== KmsKeyArn)) {
    throw invalid('KeyConfiguration can not be changed while the user pool has a replica.')
  }
}

function keepPasskeys(pool: Pool): Pool['factors'] {
  return pool.factors.webAuthn === undefined ? {} : { webAuthn: pool.factors.webAuthn }
}

/** The deprecated members write into the ones that took their place; the new ones win when both are sent. */
function translateMirrors(input: Members, stored: Members): Members {
  const { UnusedAccountValidityDays: days, ...admin } = readMembers(input.AdminCreateUserConfig)
  const legacy = compact({
    SmsMessage: input.SmsVerificationMessage,
    EmailMessage: input.EmailVerificationMessage,
    EmailSubject: input.EmailVerificationSubject,
  })
  const kept = input.VerificationMessageTemplate ?? stored.VerificationMessageTemplate
  const template =
    input.VerificationMessageTemplate === undefined
      ? { ...readMembers(kept), ...legacy }
      : { ...legacy, ...readMembers(kept) }
  return compact({
    ...input,
    VerificationMessageTemplate: Object.keys(template).length > 0 ? template : undefined,
    AdminCreateUserConfig: input.AdminCreateUserConfig === undefined ? undefined : admin,
    Policies: days === undefined ? input.Policies : setTemporaryDays(input, stored, days),
  })
}

function setTemporaryDays(input: Members, stored: Members, days: Members[string]): Members {
  const policies = readMembers(input.Policies)
  const password = policies.PasswordPolicy ?? readMembers(stored.Policies).PasswordPolicy ?? allRequired
  return { ...policies, PasswordPolicy: { ...readMembers(password), TemporaryPasswordValidityDays: days } }
}

/** What a policy left out altogether means, for when only the deprecated days are sent. */
const allRequired: Members = {
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
}

export function deletePool(state: State, input: Members, call: Call): undefined {
  const pool = requirePool(state, call, input.UserPoolId)
  if (pool.settings.DeletionProtection === 'ACTIVE') {
    // [ISS: floci-io/floci 3948]
    throw invalid(
      'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    )
  }
  if (listDomains(pool, call).length > 0) {
    // [ISS: terraform-provider-aws 16479]
    throw invalid('User pool cannot be deleted. It has a domain configured that should be deleted first.')
  }
  settleReplica(pool, call)
  // Not documented; the text is not recorded.
  if (pool.replica !== undefined) {
    throw invalid('User pool cannot be deleted. It has a replica that should be deleted first.')
  }
  delete openRegion(state, call.account, call.region).pools[pool.id]
  return undefined
}

export function listPools(state: State, input: Members, call: Call): Members {
  const pools = [
    ...Object.values(openRegion(state, call.account, call.region).pools),
    // With the same id as in their own Region [Cognito developer guide, multi-Region page, 2026].
    ...listReplicas(state, call),
  ]
  const page = cutPage(pools, pool => pool.id, {
    size: input.MaxResults,
    fallback: 60,
    token: input.NextToken,
  })
  return addToken({ UserPools: page.items.map(summarisePool) }, page)
}

/** No Status any more [REC: 2017, 2023, 2024]. */
function summarisePool(pool: Pool): Members {
  return compact({
    Id: pool.id,
    Name: readText(pool.settings.PoolName),
    LambdaConfig: pool.settings.LambdaConfig,
    LastModifiedDate: pool.modified,
    CreationDate: pool.created,
    ReplicaRegions: pool.replica === undefined ? undefined : listRegions(pool, pool.replica.region),
  })
}

/** Both count as replicas [SDK documentation of UserPoolReplicaType]; the primary first. */
function listRegions(pool: Pool, secondary: string): string[] {
  return [(pool.primary ?? pool).region, secondary]
}

export function addCustomAttributes(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  pool.schema = addCustom(pool.schema, readList(input.CustomAttributes))
  pool.modified = readSeconds(call)
  return {}
}
