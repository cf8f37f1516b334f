// Feature plans: what LITE and ESSENTIALS pools cannot have.
import { type Members, ServiceError } from '../service.ts'
import { readMembers, readText, readTexts } from './members.ts'
import type { Factors, Pool } from './store.ts'

const ranks: Record<string, number> = { LITE: 0, ESSENTIALS: 1, PLUS: 2 }

function rankTier(tier: string | undefined): number {
  return ranks[tier ?? 'ESSENTIALS'] ?? 1
}

/** Throws when the settings hold a feature above their tier; in other words when the change was to a lower tier. */
export function checkTier(settings: Members, factors: Factors, input: Members, previous?: Members): void {
  const tier = readText(settings.UserPoolTier) ?? 'ESSENTIALS'
  const features = listFeaturesAbove(tier, settings, factors, input)
  if (features.length === 0) return
  const lowered = previous !== undefined && rankTier(tier) < rankTier(readText(previous.UserPoolTier))
  throw new ServiceError(
    lowered ? 'TierChangeNotAllowedException' : 'FeatureUnavailableInTierException',
    // [ISS: terraform-provider-aws PR 40734]
    `The following features need to be disabled for the ${tier} pricing tier configured: ${features.join(', ')}`,
  )
}

/** Two names are recorded, Threat Protection and Token Customization; the others are this sandbox's. */
function listFeaturesAbove(tier: string, settings: Members, factors: Factors, input: Members): string[] {
  const features: string[] = []
  const mode = readMembers(settings.UserPoolAddOns).AdvancedSecurityMode
  if (rankTier(tier) < 2 && (mode === 'AUDIT' || mode === 'ENFORCED')) features.push('Threat Protection')
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

/** Throws when a pool's tier is below ESSENTIALS. */
export function requireEssentials(pool: Pool, feature: string): void {
  if (rankTier(readText(pool.settings.UserPoolTier)) >= 1) return
  throw new ServiceError(
    'FeatureUnavailableInTierException',
    `The following features need to be disabled for the LITE pricing tier configured: ${feature}`,
  )
}
