// Every offline rule, by its examples; and that rules, codes and examples are the same set.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rulesCodes } from '../../src/codes/rules.ts'
import { checkUserPoolClient } from '../../src/kinds/app-client/rules.ts'
import { checkUserPoolDomain } from '../../src/kinds/domain/rules.ts'
import { checkGroup } from '../../src/kinds/group/rules.ts'
import { checkIdentityPool } from '../../src/kinds/identity-pool/rules.ts'
import { checkIdentityPoolRoles } from '../../src/kinds/identity-pool-roles/rules.ts'
import { checkIdentityProvider } from '../../src/kinds/identity-provider/rules.ts'
import { checkLogDelivery } from '../../src/kinds/log-delivery/rules.ts'
import { checkManagedLoginBranding } from '../../src/kinds/managed-login-branding/rules.ts'
import { checkPrincipalTags } from '../../src/kinds/principal-tags/rules.ts'
import { checkReplica } from '../../src/kinds/replica/rules.ts'
import { checkResourceServer } from '../../src/kinds/resource-server/rules.ts'
import { checkRisk } from '../../src/kinds/risk/rules.ts'
import { checkRole } from '../../src/kinds/role/rules.ts'
import { checkClientSessions } from '../../src/kinds/sessions/rules.ts'
import { checkUiCustomization } from '../../src/kinds/ui-customization/rules.ts'
import { checkUserPool, statedTogether } from '../../src/kinds/user-pool/rules/index.ts'
import { checkWebAcl } from '../../src/kinds/web-acl/rules.ts'
import type { Values } from '../../src/table/kind.ts'
import { brandingExamples, uiCustomizationExamples } from './branding.examples.ts'
import { type Check, contextOf, type Example } from './example.ts'
import {
  identityPoolExamples,
  identityPoolRolesExamples,
  principalTagsExamples,
} from './identity-pool.examples.ts'
import { groupExamples, identityProviderExamples } from './identity-provider.examples.ts'
import {
  clientSessionsExamples,
  logDeliveryExamples,
  replicaExamples,
  riskExamples,
  webAclExamples,
} from './pool-facets.examples.ts'
import { roleExamples } from './role.examples.ts'
import { userPoolExamples } from './user-pool.examples.ts'
import { clientExamples, domainExamples, resourceServerExamples } from './user-pool-children.examples.ts'

const checks: [kind: string, check: Check, examples: Example[]][] = [
  ['user pool', checkUserPool, userPoolExamples],
  ['app client', checkUserPoolClient, clientExamples],
  ['domain', checkUserPoolDomain, domainExamples],
  ['resource server', checkResourceServer, resourceServerExamples],
  ['identity pool', checkIdentityPool, identityPoolExamples],
  ['identity pool roles', checkIdentityPoolRoles, identityPoolRolesExamples],
  ['principal tags', checkPrincipalTags, principalTagsExamples],
  ['role', checkRole, roleExamples],
  ['group', checkGroup, groupExamples],
  ['log delivery', checkLogDelivery, logDeliveryExamples],
  ['risk configuration', checkRisk, riskExamples],
  ['web ACL', checkWebAcl, webAclExamples],
  ['session reuse', checkClientSessions, clientSessionsExamples],
  ['managed login style', checkManagedLoginBranding, brandingExamples],
  ['classic UI customization', checkUiCustomization, uiCustomizationExamples],
  ['replica', checkReplica, replicaExamples],
  ['identity provider', checkIdentityProvider, identityProviderExamples],
]

/** Any place in a text of the source where a code stands. */
/** What the files of rules match. */
const inRules = (pattern: RegExp): string[] => {
  const folder = new URL('../../src/kinds/', import.meta.url)
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /rules[/\\]|rules\.ts$|rules$/.test(file) && file.endsWith('.ts'))
    .flatMap(file => readFileSync(new URL(file, folder), 'utf8').match(pattern) ?? [])
}

/** Settings whose being there is wrong, whatever they are, or whose references are what is looked at. */
const wrongAnyhow = ['securityPolicy', 'routing.failover.secondaryRegion', 'provider']

const without = (values: Values, value: Values[string] | 'hole') =>
  Object.fromEntries(
    Object.keys(values).map(field => [field, value === 'hole' ? { $ref: 'somewhere', attr: 'else' } : value]),
  ) as Values

describe.each(checks)('%s', (_kind, check, examples) => {
  it.each(examples.map(example => [example.code, example] as const))('%s', (code, example) => {
    const found = check(example.bad, contextOf(example.in)).filter(violation => violation.code === code)
    expect(found.length).toBeGreaterThan(0)
    for (const violation of found) {
      expect(violation.field).toBe(example.field)
      expect(violation.severity ?? 'error').toBe(example.severity ?? 'error')
      expect(violation.message).toMatch(/^[^.].*[^.]$/s)
      expect(violation.message).not.toMatch(/undefined|\[object/)
      expect(violation.hint).toMatch(/^[a-z`]/)
      expect(violation.hint).not.toMatch(/\.$|undefined|\[object/)
    }
    const good = check(example.good, contextOf(example.goodIn ?? example.in))
    expect(good.filter(violation => violation.code === code)).toEqual([])
  })

  it('says nothing about what is unknown', () => {
    for (const example of examples) {
      const context = contextOf({ ...example.in, parent: without(example.in?.parent ?? {}, undefined) })
      expect(check({}, context)).toEqual([])
      expect(check(without(example.bad, undefined), context)).toEqual([])
    }
  })

  it('takes a hole for some text', () => {
    for (const example of examples)
      for (const field of Object.keys(example.bad)) {
        const violations = check({ [field]: { $ref: 'somewhere', attr: 'else' } }, contextOf(example.in))
        expect(
          violations.filter(({ severity }) => severity !== 'warning' && !wrongAnyhow.includes(field)),
        ).toEqual([])
      }
  })
})

describe('codes', () => {
  const used = new Set(inRules(/COG2\d{3}/g))
  const shown = new Set(checks.flatMap(([, , examples]) => examples.map(({ code }) => code)))

  it('are explained, all of them and nothing else', () => {
    expect([...used].sort()).toEqual(Object.keys(rulesCodes).sort())
  })

  it('have examples, all of them', () => {
    expect([...shown].sort()).toEqual(Object.keys(rulesCodes).sort())
  })

  it('belong to one rule each', () => {
    const all = inRules(/'COG2\d{3}'/g)
    expect(all.length).toBeGreaterThan(100)
    expect(all.filter((code, index) => all.indexOf(code) < index)).toEqual([])
  })

  it.each(Object.entries(rulesCodes))('%s reads as it should', (_code, { title, explain }) => {
    expect(title).toMatch(/[^.]$/)
    expect(explain).toMatch(/[."]$/)
    expect(explain).not.toMatch(/\.\.\/|shared/)
  })
})

describe('threat protection on LITE', () => {
  const values = { userPoolTier: 'LITE', 'addOns.advancedSecurityMode': 'AUDIT' }

  it('is an error for a new pool, and a warning for one that may have had it', () => {
    expect(checkUserPool(values, contextOf({ creating: true }))).toMatchObject([{ severity: 'error' }])
    expect(checkUserPool(values, contextOf({ creating: false }))).toMatchObject([{ severity: 'warning' }])
  })
})

describe('stated together', () => {
  it('asks for the four requirements of a password policy', () => {
    expect(statedTogether[0]).toHaveLength(4)
  })

  it('keeps to one block a group', () => {
    for (const group of statedTogether)
      expect(new Set(group.map(field => field.slice(0, field.lastIndexOf('.')))).size).toBe(1)
  })
})
