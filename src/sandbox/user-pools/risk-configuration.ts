// Threat protection: what a pool or a client does about risky sign-ins.
import { isIP } from 'node:net'
import { orderAsHashSet } from '../java-order.ts'
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { requireClient } from './clients.ts'
import { compact, readMembers, readText, readTexts } from './members.ts'
import { mergeUpdate } from './omission.ts'
import { notEnabled, sameJson } from './replica-rules.ts'
import { invalid, type Pool, readSeconds, requirePool } from './store.ts'

const wholePool = 'ALL'

/** Replaces all of it; nothing but the ids goes back to the default, or to what the pool has [documented]. */
export function setRisk(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const target = findTarget(pool, input.ClientId)
  requireThreatProtection(pool)
  const { ClientId: _, ...sent } = mergeUpdate('SetRiskConfiguration', {}, input)
  checkTakeover(readMembers(sent.AccountTakeoverRiskConfiguration))
  checkRanges(readMembers(sent.RiskExceptionConfiguration))
  if (pool.primary !== undefined) return setSender(pool, pool.primary, target, sent)
  if (Object.keys(sent).length === 0) delete pool.risks[target]
  else pool.risks[target] = { ...complete(sent), LastModifiedDate: readSeconds(call) }
  return { RiskConfiguration: describe(pool, target) }
}

/**
 * A client without its own is answered with the pool's, and without a ClientId: which shape AWS answers is not known,
 * and this is the one that a careless client takes for the client's own.
 */
export function describeRisk(state: State, input: Members, call: Call): Members {
  const pool = requirePool(state, call, input.UserPoolId)
  const target = findTarget(pool, input.ClientId)
  requireThreatProtection(pool)
  return { RiskConfiguration: describe(pool, pool.risks[target] === undefined ? wholePool : target) }
}

function findTarget(pool: Pool, clientId: Json | undefined): string {
  return clientId === undefined ? wholePool : requireClient(pool, clientId).id
}

function describe(pool: Pool, target: string): Members {
  const risk = pool.risks[target] ?? {}
  const sender = pool.primary?.replica?.senders[target]
  const takeover = readMembers(risk.AccountTakeoverRiskConfiguration)
  return compact({
    UserPoolId: pool.id,
    ClientId: target === wholePool ? undefined : target,
    ...risk,
    AccountTakeoverRiskConfiguration:
      sender === undefined
        ? risk.AccountTakeoverRiskConfiguration
        : { ...takeover, NotifyConfiguration: { ...readMembers(takeover.NotifyConfiguration), ...sender } },
  })
}

/** An unset filter reads back as an empty one [cdk-real-drift, recorded]; sets come in hash order. */
function complete(sent: Members): Members {
  const credentials = sent.CompromisedCredentialsRiskConfiguration
  const exceptions = sent.RiskExceptionConfiguration
  return compact({
    ...sent,
    CompromisedCredentialsRiskConfiguration:
      credentials === undefined
        ? undefined
        : {
            ...readMembers(credentials),
            EventFilter: orderAsHashSet(readTexts(readMembers(credentials).EventFilter)),
          },
    RiskExceptionConfiguration:
      exceptions === undefined
        ? undefined
        : Object.fromEntries(
            Object.entries(readMembers(exceptions)).map(
              ([name, ranges]) => [name, orderAsHashSet(readTexts(ranges))] as const,
            ),
          ),
  })
}

/** In a secondary Region only the sender of messages is its own, all else must be repeated [documented]. */
function setSender(view: Pool, primary: Pool, target: string, sent: Members): Members {
  const stored = readMembers(primary.risks[target])
  const { LastModifiedDate: _, ...wanted } = stored
  if (!sameJson(withoutSender(complete(sent)), withoutSender(wanted))) {
    throw notEnabled('Only SourceArn and From of NotifyConfiguration can be changed in a secondary Region.')
  }
  const takeover = readMembers(sent.AccountTakeoverRiskConfiguration)
  const { SourceArn, From } = readMembers(takeover.NotifyConfiguration)
  if (primary.replica !== undefined) primary.replica.senders[target] = compact({ SourceArn, From })
  return { RiskConfiguration: describe(view, target) }
}

function withoutSender(risk: Members): Members {
  const takeover = readMembers(risk.AccountTakeoverRiskConfiguration)
  if (takeover.NotifyConfiguration === undefined) return risk
  const { SourceArn: _, From: __, ...notify } = readMembers(takeover.NotifyConfiguration)
  return { ...risk, AccountTakeoverRiskConfiguration: { ...takeover, NotifyConfiguration: notify } }
}

/** The Plus plan with threat protection on [documented; the exception's description]. The text is not recorded. */
function requireThreatProtection(pool: Pool): void {
  const mode = readMembers(pool.settings.UserPoolAddOns).AdvancedSecurityMode
  if (mode === 'AUDIT' || mode === 'ENFORCED') return
  throw new ServiceError(
    'UserPoolAddOnNotEnabledException',
    `User pool add-ons are not enabled for user pool ${pool.id}.`,
  )
}

/** Of the same Regions wherever the pool is [badmintoncryer/cdk-preflight]. */
const sesRegions = ['eu-west-1', 'us-east-1', 'us-west-2']

function checkTakeover(takeover: Members): void {
  const actions = Object.values(readMembers(takeover.Actions)).map(readMembers)
  const notify = readMembers(takeover.NotifyConfiguration)
  // Follows from the documentation; the text is not recorded.
  if (actions.some(action => action.Notify === true) && takeover.NotifyConfiguration === undefined) {
    throw invalid('NotifyConfiguration is required when Notify is true.')
  }
  const source = readText(notify.SourceArn)
  if (source !== undefined && !sesRegions.includes(source.split(':')[3] ?? '')) {
    throw invalid(`Provided SourceArn must be in one of the following SES regions: ${sesRegions.join(', ')}.`)
  }
}

/** [badmintoncryer/cdk-preflight] */
function checkRanges(exceptions: Members): void {
  const ranges = Object.values(exceptions).flatMap(readTexts)
  if (!ranges.every(isCidr)) throw invalid('Incorrect CIDR format')
}

function isCidr(range: string): boolean {
  const [address = '', bits = '', ...rest] = range.split('/')
  const version = isIP(address)
  const most = version === 6 ? 128 : 32
  return version !== 0 && rest.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most
}
