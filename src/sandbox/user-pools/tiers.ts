// Feature plans: what LITE and ESSENTIALS pools cannot have.
import { type Members, ServiceError } from '../service.ts'
import { makeTable } from '../table.ts'
import { readMembers, readText, readTexts } from './members.ts'
import type { Factors, Pool } from './store.ts'

const ranks: Record<string, number> = makeTable({ LITE: 0, ESSENTIALS: 1, PLUS: 2 })

function rankTier(tier: string | undefined): number {
  return ranks[tier ?? 'ESSENTIALS'] ?? 1
}

/**
 * Throws when the settings hold a feature above their tier; in other words when the change was to a lower tier, which
 * what else the pool has can stand against as well.
 */
export function checkTier(settings: Members, factors: Factors, input: Members, pool?: Pool): void {
  const tier = readText(settings.UserPoolTier) ?? 'ESSENTIALS'
  const features = [
    ...listFeaturesAbove(tier, settings, factors, input).filter(
      feature => !(feature === protection && tier === 'LITE' && isGrandfathered(pool)),
    ),
    ...(pool === undefined ? [] : listPartsAbove(tier, pool)),
  ]
  if (features.length === 0) return
  const lowered = pool !== undefined && rankTier(tier) < rankTier(readText(pool.settings.UserPoolTier))
  throw new ServiceError(
    lowered ? 'TierChangeNotAllowedException' : 'FeatureUnavailableInTierException',
    // [ISS: terraform-provider-aws PR 40734]
    `The following features need to be disabled for the ${tier} pricing tier configured: ${features.join(', ')}`,
  )
}

const protection = 'Threat Protection'

/** Pools that had threat protection when the plans came keep it on LITE [ISS: aws/aws-cdk 36023]. */
function isGrandfathered(pool: Pool | undefined): boolean {
  const mode = readMembers(pool?.settings.UserPoolAddOns).AdvancedSecurityMode
  return pool?.settings.UserPoolTier === 'LITE' && (mode === 'AUDIT' || mode === 'ENFORCED')
}

/** Two names are recorded, Threat Protection and Token Customization; the others are this sandbox's. */
function listFeaturesAbove(tier: string, settings: Members, factors: Factors, input: Members): string[] {
  const features: string[] = []
  const mode = readMembers(settings.UserPoolAddOns).AdvancedSecurityMode
  if (rankTier(tier) < 2 && (mode === 'AUDIT' || mode === 'ENFORCED')) features.push(protection)
  if (rankTier(tier) >= 1) return features
  const version = readMembers(readMembers(settings.LambdaConfig).PreTokenGenerationConfig).LambdaVersion
  if (version === 'V2_0' || version === 'V3_0') {
    features.push(`Token Customization with Pre-Token Generation Lambda ${version}`) // [REC: design note, 2026]
  }
  const policies = readMembers(settings.Policies)
  const firstFactors = readTexts(readMembers(policies.SignInPolicy).AllowedFirstAuthFactors)
  if (firstFactors.some(factor => factor !== 'PASSWORD')) features.push('Passwordless Sign-In')
  if (Number(readMembers(policies.PasswordPolicy).PasswordHistorySize ?? 0) > 0)
    features.push('Password History')
  if (factors.email !== undefined) features.push('Email MFA')
  if (factors.webAuthn !== undefined && input.WebAuthnConfiguration !== undefined) {
    if (readMembers(input.WebAuthnConfiguration).FactorConfiguration !== undefined)
      features.push('Passkey MFA')
  }
  if (readMembers(settings.DcrConfiguration).EnableStatus === 'Enabled')
    features.push('Dynamic Client Registration')
  if (input.AcrConfiguration !== undefined) features.push('Authentication Context Class Reference')
  return features
}

/**
 * What hangs on the pool and needs a higher tier. A risk configuration does not count, since threat protection itself
 * does; terms and managed login styles need no tier of their own, only the managed login domain does.
 */
function listPartsAbove(tier: string, pool: Pool): string[] {
  const features: string[] = []
  if (rankTier(tier) < 2 && pool.logs.some(log => log.EventSource === 'userAuthEvents'))
    features.push('Log Streaming')
  if (rankTier(tier) >= 1) return features
  if (Object.values(pool.domains).some(domain => domain.settings.ManagedLoginVersion === 2))
    features.push('Managed Login Version 2')
  if (Object.values(pool.clients).some(each => allowsChoice(each.settings)))
    features.push('Choice-Based Authentication')
  if (pool.sessions?.UserSessionTracking === 'ENABLED') features.push('Session Management')
  if (pool.replica !== undefined) features.push('Multi-Region Replication')
  return features
}

function allowsChoice(settings: Members): boolean {
  return readTexts(settings.ExplicitAuthFlows).includes('ALLOW_USER_AUTH')
}

/** Throws when a pool's tier is below ESSENTIALS. */
export function requireEssentials(pool: Pool, feature: string): void {
  requireTier(pool, 1, feature)
}

export function requirePlus(pool: Pool, feature: string): void {
  requireTier(pool, 2, feature)
}

/** [badmintoncryer/cdk-preflight, for managed login and log streaming] */
function requireTier(pool: Pool, rank: number, feature: string): void {
  const tier = readText(pool.settings.UserPoolTier) ?? 'ESSENTIALS'
  if (rankTier(tier) >= rank) return
  throw new ServiceError(
    'FeatureUnavailableInTierException',
    `The following feature is not available for the ${tier} pricing tier configured: ${feature}`,
  )
}
