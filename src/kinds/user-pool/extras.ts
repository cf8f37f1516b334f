// Threat protection, dynamic client registration, authentication context classes, tags.
import { z } from 'zod'
import { acrLevels, tagMap } from '../../table/codecs.ts'
import { additionLoosens, ranked } from '../../table/impact.ts'
import type { Field } from '../../table/kind.ts'
import { flag, listOf, oneOf, tags, text } from '../../table/schemas.ts'
import { row } from './row.ts'

const registration = {
  userPoolTier: 'ESSENTIALS',
  'dynamicClientRegistration.enableStatus': 'Enabled',
} as const
const grants = () => listOf(oneOf('code', 'implicit', 'client_credentials'))

export const extras: readonly Field[] = [
  row({
    path: 'addOns.advancedSecurityMode',
    wire: 'UserPoolAddOns.AdvancedSecurityMode',
    schema: () => oneOf('OFF', 'AUDIT', 'ENFORCED'),
    unset: 'OFF',
    examples: ['AUDIT', 'ENFORCED'],
    given: { userPoolTier: 'PLUS' },
    impact: ranked('OFF', 'AUDIT', 'ENFORCED'),
    doc: 'Threat protection: off, watching, or acting. Needs PLUS, except on pools that had it before November 2024.',
  }),
  row({
    path: 'addOns.advancedSecurityAdditionalFlows.customAuthMode',
    wire: 'UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode',
    schema: () => oneOf('AUDIT', 'ENFORCED'),
    unset: 'keep',
    clear: 'unproven',
    examples: ['AUDIT', 'ENFORCED'],
    given: { userPoolTier: 'PLUS', 'addOns.advancedSecurityMode': 'ENFORCED' },
    impact: ranked('AUDIT', 'ENFORCED'),
    doc: 'Threat protection for custom authentication.',
  }),
  row({
    path: 'dynamicClientRegistration.enableStatus',
    wire: 'DcrConfiguration.EnableStatus',
    schema: () => oneOf('Enabled', 'Disabled'),
    unset: 'keep',
    examples: ['Enabled', 'Disabled'],
    given: { userPoolTier: 'ESSENTIALS' },
    impact: ranked('Enabled', 'Disabled'),
    doc: 'Whether clients may register themselves. Always state it: AWS takes a configuration without it for Enabled.',
  }),
  row({
    path: 'dynamicClientRegistration.openDcrEnabled',
    wire: 'DcrConfiguration.OpenDcrEnabled',
    schema: flag,
    unset: 'keep',
    default: false,
    examples: [true, false],
    given: registration,
    impact: ranked(true, false),
    doc: 'Whether clients may register without a token.',
  }),
  row({
    path: 'dynamicClientRegistration.authenticatedGrantTypes',
    wire: 'DcrConfiguration.AuthenticatedGrantTypes',
    shape: 'set',
    schema: grants,
    unset: 'keep',
    clear: 'unproven',
    examples: [['code'], []],
    given: registration,
    impact: additionLoosens,
    doc: 'Grants that clients registered with a token may use. Unset means code and client_credentials; `[]` means none.',
  }),
  row({
    path: 'dynamicClientRegistration.openDcrGrantTypes',
    wire: 'DcrConfiguration.OpenDcrGrantTypes',
    shape: 'set',
    schema: grants,
    unset: 'keep',
    clear: 'unproven',
    examples: [['code'], []],
    given: registration,
    impact: additionLoosens,
    doc: 'Grants that clients registered without a token may use. Unset means code; `[]` means none.',
  }),
  row({
    path: 'dynamicClientRegistration.allowedScopes',
    wire: 'DcrConfiguration.AllowedScopes',
    shape: 'set',
    schema: () => listOf(text(1, 256)),
    unset: 'keep',
    clear: 'unproven',
    examples: [['orders/read'], ['orders/read', 'orders/write']],
    given: registration,
    impact: additionLoosens,
    doc: "Scopes that registered clients may have, beside OpenID Connect's.",
  }),
  row({
    path: 'acr',
    wire: 'AcrConfiguration',
    codec: acrLevels('AcrConfiguration'),
    shape: 'map',
    schema: () =>
      z.partialRecord(
        oneOf('Level1', 'Level2', 'Level3', 'Level4'),
        z.strictObject({ acrValue: text(1, 131_072) }),
      ),
    unset: 'keep',
    default: {},
    examples: [{ Level2: { acrValue: 'urn:shop:loa:2' } }, { Level2: { acrValue: 'urn:shop:loa:two' } }],
    given: { userPoolTier: 'ESSENTIALS' },
    doc: 'What the levels of authentication are called in the `acr` claim; by default `urn:cognito:loa:1` to `4`.',
  }),
  row({
    path: 'tags',
    wire: 'UserPoolTags',
    codec: tagMap('UserPoolTags'),
    shape: 'map',
    schema: tags,
    unset: {},
    examples: [{ team: 'identity' }, { team: 'identity', cost: '42' }],
    doc: 'Tags. cogsync adds its own (`cogsync:stack`, `cogsync:key`, `cogsync:environment`).',
  }),
]
