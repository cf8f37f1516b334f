// Threat protection's answers to risk: of a pool, and of a client in its place.

import type { SetRiskConfigurationRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import type { JsonObject, Term } from '../model.ts'
import type { Codec, Field, Kind, Leaf } from './kind.ts'
import { rows } from './rows.ts'
import { checkRisk } from './rules/risk.ts'
import { arn, flag, listOf, oneOf, printable, text } from './schemas.ts'

const row = rows<Leaf<SetRiskConfigurationRequest>>()

/** The file's names of every member inside; AWS's begin with a capital, and `IP` is a word in ours. */
const toFile = (member: string): string => member[0]?.toLowerCase() + member.slice(1).replace('IP', 'Ip')
const toMember = (name: string): string => name[0]?.toUpperCase() + name.slice(1).replace('Ip', 'IP')

const renamed = (value: Term, rename: (name: string) => string): Term => {
  if (Array.isArray(value)) return value.map(item => renamed(item, rename))
  if (typeof value !== 'object' || value === null || '$ref' in value) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [rename(name), renamed(inner, rename)]),
  )
}

/** Lists in here are sets, and no event filter means all events, which reads back as an empty one [LIVE-drift]. */
const settled = (value: Term): Term => {
  if (Array.isArray(value)) return [...value].sort()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([name, inner]) =>
          !(name === 'eventFilter' && Array.isArray(inner) && (inner.length === 0 || inner.length === 3)),
      )
      .map(([name, inner]) => [name, settled(inner)]),
  )
}

const block = (wire: string): Codec => ({
  toWire: value => ({ [wire]: renamed(value, toMember) }),
  fromWire: wires => (wires[wire] === undefined ? undefined : settled(renamed(wires[wire] as Term, toFile))),
})

const words = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]+`
const message = () =>
  z
    .strictObject({
      subject: printable(1, 140),
      htmlBody: text(6, 20_000, words, 'printable text').optional(),
      textBody: text(6, 20_000, words, 'printable text').optional(),
    })
    .optional()
const answer = () =>
  z
    .strictObject({
      notify: flag(),
      eventAction: oneOf('BLOCK', 'MFA_IF_CONFIGURED', 'MFA_REQUIRED', 'NO_ACTION'),
    })
    .optional()
const ranges = () =>
  listOf(
    text(1, 131_072, String.raw`[0-9a-fA-F.:]+/\d{1,3}`, 'a range of addresses such as 192.0.2.0/24'),
    0,
    200,
  ).optional()

const given = { userPoolTier: 'PLUS', 'addOns.advancedSecurityMode': 'ENFORCED' } as const
const loosens: NonNullable<Field['impact']> = () => ['security-loosening']

const fields: readonly Field[] = [
  row({
    path: 'risk.compromisedCredentialsRiskConfiguration',
    wire: 'CompromisedCredentialsRiskConfiguration',
    codec: block('CompromisedCredentialsRiskConfiguration'),
    schema: z.strictObject({
      eventFilter: listOf(oneOf('SIGN_IN', 'PASSWORD_CHANGE', 'SIGN_UP')).optional(),
      actions: z.strictObject({ eventAction: oneOf('BLOCK', 'NO_ACTION') }),
    }),
    unset: null,
    examples: [
      { eventFilter: ['SIGN_IN'], actions: { eventAction: 'BLOCK' } },
      { actions: { eventAction: 'NO_ACTION' } },
    ],
    given,
    impact: loosens,
    doc: 'What to do about passwords that are known to have leaked, and when to look: `eventFilter`, by default always.',
  }),
  row({
    path: 'risk.accountTakeoverRiskConfiguration',
    wire: 'AccountTakeoverRiskConfiguration',
    codec: block('AccountTakeoverRiskConfiguration'),
    schema: z.strictObject({
      actions: z.strictObject({ lowAction: answer(), mediumAction: answer(), highAction: answer() }),
      notifyConfiguration: z
        .strictObject({
          sourceArn: arn('the ARN of an SES identity'),
          from: text(1, 131_072).optional(),
          replyTo: text(1, 131_072).optional(),
          blockEmail: message(),
          noActionEmail: message(),
          mfaEmail: message(),
        })
        .optional(),
    }),
    unset: null,
    examples: [
      { actions: { highAction: { notify: false, eventAction: 'BLOCK' } } },
      { actions: { highAction: { notify: false, eventAction: 'MFA_REQUIRED' } } },
    ],
    given,
    impact: loosens,
    doc: 'What to do about sign-ins that look like somebody else, by how sure Cognito is, and how to tell people.',
  }),
  row({
    path: 'risk.riskExceptionConfiguration',
    wire: 'RiskExceptionConfiguration',
    codec: block('RiskExceptionConfiguration'),
    schema: z.strictObject({ blockedIpRangeList: ranges(), skippedIpRangeList: ranges() }),
    unset: null,
    examples: [{ blockedIpRangeList: ['192.0.2.0/24'] }, { skippedIpRangeList: ['198.51.100.0/24'] }],
    given,
    impact: loosens,
    doc: 'Addresses that are always refused, and addresses that are never looked at.',
  }),
]

const riskOf = (name: string, title: string, parent: string, ids: readonly string[], doc: string): Kind => ({
  name,
  title,
  doc,
  place: { form: 'facet', key: 'risk' },
  presence: 'facet',
  onDemand: true,
  parent,
  ids,
  // all of it is replaced; nothing but the ids resets a pool, and lets a client inherit [D]
  writers: [{ mode: 'replace', operation: 'cognito-idp:SetRiskConfiguration' }],
  blank: {},
  fields,
  read: {
    operations: ['cognito-idp:DescribeRiskConfiguration'],
    get: async (aws, known) => {
      const { RiskConfiguration } = await aws.send('cognito-idp:DescribeRiskConfiguration', known)
      const {
        UserPoolId: _pool,
        ClientId,
        LastModifiedDate: _date,
        ...wire
      } = (RiskConfiguration ?? {}) as JsonObject
      // a client without its own is answered with the pool's
      return { ids: known, name: 'risk', wire: ClientId === known['ClientId'] ? wire : {} }
    },
  },
  check: checkRisk,
  attributes: {},
  ignored: {},
})

export const poolRisk = riskOf(
  'poolRisk',
  'risk configuration',
  'userPool',
  ['UserPoolId'],
  'What threat protection does about risk. Needs PLUS and `addOns.advancedSecurityMode`.',
)

export const clientRisk = riskOf(
  'clientRisk',
  'risk configuration of a client',
  'userPoolClient',
  ['UserPoolId', 'ClientId'],
  'What threat protection does about risk at this client, instead of what the pool says.',
)
