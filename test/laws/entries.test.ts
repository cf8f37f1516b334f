// What silence about an entry means: each map, list and block does what the reference says of it, in both modes.
import { describe, expect, test } from 'vitest'
import { describe as inWords } from '../../src/explain/describe.ts'
import type { Desired, Json, JsonObject, Live, Spec, Term } from '../../src/model.ts'
import { collectionNameOf, type Field, type Kind } from '../../src/table/kind.ts'
import { merge } from '../../src/values/merge.ts'
import { addressOf, openWorld, pathsIn, required, rowsOf, specOf, where, withSecrets } from './world.ts'

/** An entry that AWS has beside the first example's, where the second example brings none. */
const others: { [row: string]: Json } = {
  'userPool.acr': { Level3: { acrValue: 'urn:elsewhere:3' } },
  'identityProvider.acrMapping': { Level3: 'urn:elsewhere:3' },
  'identityProvider.details': { jwks_uri: 'https://elsewhere.example/keys' },
  'managedLoginBranding.branding.assets': [
    { category: 'PAGE_BACKGROUND', colorMode: 'DARK', bytes: '${file:elsewhere.png}' },
  ],
  'logDelivery.logDelivery': {
    userAuthEvents: {
      logLevel: 'INFO',
      s3Configuration: { bucketArn: 'arn:aws:s3:::elsewhere' },
    },
  },
  'identityPoolRoles.roleMappings': {
    'accounts.google.com': { type: 'Token', ambiguousRoleResolution: 'Deny' },
  },
  'role.policies': { elsewhere: { Version: '2012-10-17', Statement: [] } },
  'poolRisk.risk.accountTakeoverRiskConfiguration': {
    actions: { lowAction: { notify: false, eventAction: 'NO_ACTION' } },
  },
  'poolUiCustomization.uiCustomization': {},
}
others['replica.logDelivery'] = others['logDelivery.logDelivery'] as Json
others['clientRisk.risk.accountTakeoverRiskConfiguration'] = others[
  'poolRisk.risk.accountTakeoverRiskConfiguration'
] as Json

/** What the file states and what AWS may have beside it; of a block with a list, the example without that list. */
const examplesOf = ({ path, examples: [one, other] }: Field): readonly [Json, Json] =>
  path.endsWith('.compromisedCredentialsRiskConfiguration') ? [other, one] : [one, other]

const isMap = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const union = (one: Json, other: Json): Json =>
  Array.isArray(one) && Array.isArray(other)
    ? [...one, ...other.filter(item => !one.includes(item))]
    : isMap(one) && isMap(other)
      ? Object.fromEntries(
          [...new Set([...Object.keys(one), ...Object.keys(other)])].map(key => [
            key,
            key in one && key in other
              ? union(one[key] as Json, other[key] as Json)
              : ((one[key] ?? other[key]) as Json),
          ]),
        )
      : one

/** Dotted keys of everything inside; items of a list count as keys. */
const keysOf = (value: Json | undefined): string[] => {
  if (Array.isArray(value)) return value.map(item => JSON.stringify(item))
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => [
    key,
    ...(isMap(inner) ? keysOf(inner).map(nested => `${key}.${nested}`) : []),
  ])
}

const rows = rowsOf().filter(
  ({ field }) => collectionNameOf(field) !== undefined || field.parts || field.carry,
)

/** The row's value as it would be, where AWS has the union and the file states the first example. */
const becomes = (
  kind: Kind,
  field: Field,
  { unspecified, prune = [], live }: { unspecified: Spec['unspecified']; prune?: string[]; live: Json },
): { before: string[]; after: string[] } => {
  const stated = withSecrets(examplesOf(field)[0])
  const spec = specOf(kind, {}, { unspecified })
  const desired: Desired = {
    ...(spec.resources.find(({ address }) => address === addressOf(kind)) as Desired),
    spec: { ...required[kind.name], [field.path]: stated },
    prune,
  }
  const wires = field.codec?.toWire(withSecrets(live), where) ?? { [field.wire as string]: live }
  const wire: JsonObject = {}
  for (const [path, value] of Object.entries(wires))
    path.split('.').reduce<JsonObject>((object, part, index, parts) => {
      if (index === parts.length - 1) object[part] = plain(value as Term)
      else object[part] ??= {}
      return object[part] as JsonObject
    }, wire)
  const there: Live = {
    address: desired.address,
    kind: kind.name,
    ids: {},
    name: '',
    wire,
    owned: true,
    strangers: [],
  }
  const merged = merge(desired, kind, there, spec, where, () => undefined)
  const whole = field.carry ? merged.written : merged.after
  return { before: keysOf(merged.before[field.path]), after: keysOf(whole[field.path]) }
}

/** As AWS would answer: entries are a map, documents are parsed where they are read. */
const plain = (term: Term): Json =>
  isMap(term) && '$entries' in term
    ? Object.fromEntries(term['$entries'] as [string, Json][])
    : Array.isArray(term)
      ? term.map(plain)
      : isMap(term)
        ? Object.fromEntries(Object.entries(term).map(([key, value]) => [key, plain(value)]))
        : term

describe('an entry that the file does not list', () => {
  test.each(rows)('$title: what becomes of it is what the reference says', ({ title, kind, field }) => {
    const { notes } = inWords(kind, field)
    const said = notes.join(' ')
    const name = collectionNameOf(field)
    const [one, other] = examplesOf(field)
    const live = union(one, others[title] ?? other)
    const by = (unspecified: Spec['unspecified'], prune: string[] = []) => {
      const { before, after } = becomes(kind, field, { unspecified, prune, live })
      const stated = keysOf(one)
      const extra = before.filter(key => !stated.includes(key))
      return extra.length === 0 ? 'nothing extra' : extra.every(key => after.includes(key)) ? 'stays' : 'goes'
    }
    if (field.carry) {
      expect(said).toContain('What is not stated inside it stays.')
      if (
        title !== 'poolUiCustomization.uiCustomization' &&
        title !== 'clientUiCustomization.uiCustomization'
      )
        expect([by('default'), by('keep')]).toEqual(['stays', 'stays'])
      return
    }
    if (field.collection?.permanent) {
      expect(said).toContain('Entries that the file does not list stay.')
      return
    }
    const staysAnyway = said.includes('Entries that the file does not list stay, unless')
    const staysInKeep =
      staysAnyway || said.includes('with `unspecified: keep`') || said.includes('With `unspecified: keep`')
    expect(staysInKeep).toBe(true)
    expect(by('default')).toBe(staysAnyway ? 'stays' : 'goes')
    expect(by('keep')).toBe('stays')
    if (name !== undefined) {
      expect(said).toContain(`\`prune: [${name}]\``)
      expect([by('default', [name]), by('keep', [name])]).toEqual(['goes', 'goes'])
    }
  })
})

const kindNamed = (name: string): Kind => rows.find(({ kind }) => kind.name === name)?.kind as Kind

describe('in AWS, with `unspecified: keep`', () => {
  const logs = (name: string) => ({
    logLevel: name === 'userAuthEvents' ? 'INFO' : 'ERROR',
    cloudWatchLogsConfiguration: {
      logGroupArn: `arn:aws:logs:eu-west-1:111122223333:log-group:${name}`,
    },
  })
  const plus = { userPoolTier: 'PLUS' }
  const cases: [string, string, { [field: string]: Term }, JsonObject, JsonObject][] = [
    ['userPool', 'tags', {}, { cost: '42' }, { team: 'identity' }],
    ['identityPool', 'tags', {}, { cost: '42' }, { team: 'identity' }],
    ['role', 'tags', {}, { cost: '42' }, { team: 'identity' }],
    [
      'logDelivery',
      'logDelivery',
      plus,
      { userNotification: logs('userNotification') },
      { userAuthEvents: logs('userAuthEvents') },
    ],
    ['identityProvider', 'attributeMapping', {}, { email: 'email', name: 'name' }, { given_name: 'gn' }],
    [
      'userPool',
      'acr',
      { userPoolTier: 'ESSENTIALS' },
      { Level2: { acrValue: 'two' } },
      { Level3: { acrValue: 'three' } },
    ],
    [
      'poolRisk',
      'risk.accountTakeoverRiskConfiguration',
      { ...plus, 'addOns.advancedSecurityMode': 'ENFORCED' },
      { actions: { lowAction: { notify: false, eventAction: 'NO_ACTION' } } },
      { actions: { highAction: { notify: false, eventAction: 'BLOCK' } } },
    ],
  ]

  test.each(cases)('%s.%s: what is stated joins what is there', async (name, path, given, first, second) => {
    const world = await openWorld()
    try {
      const kind = kindNamed(name)
      await world.apply(await world.plan(specOf(kind, { ...given, [path]: first })))
      const keeping = specOf(kind, { ...given, [path]: second }, { unspecified: 'keep' })
      await world.apply(await world.plan(keeping))
      expect(pathsIn(await world.plan(keeping))).toEqual([])
      const whole = specOf(kind, { ...given, [path]: union(first, second) })
      expect(pathsIn(await world.plan(whole))).toEqual([])
    } finally {
      await world.close()
    }
  })
})
