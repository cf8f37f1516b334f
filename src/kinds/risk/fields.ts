// The rows of a risk configuration, which a pool and a client have alike.

import type { SetRiskConfigurationRequest } from '@aws-sdk/client-cognito-identity-provider'
import { z } from 'zod'
import type { Aws, JsonObject, Term } from '../../model.ts'
import type { Codec, Field, Found, Leaf, Reader } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { arn, flag, listOf, oneOf, printable, text } from '../../table/schemas.ts'

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

export const riskFields: readonly Field[] = [
  row({
    path: 'risk.compromisedCredentialsRiskConfiguration',
    wire: [
      'CompromisedCredentialsRiskConfiguration',
      'CompromisedCredentialsRiskConfiguration.EventFilter',
      'CompromisedCredentialsRiskConfiguration.Actions.EventAction',
    ],
    codec: block('CompromisedCredentialsRiskConfiguration'),
    parts: true,
    schema: () =>
      z.strictObject({
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
    wire: [
      'AccountTakeoverRiskConfiguration',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.From',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.ReplyTo',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.SourceArn',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.BlockEmail.Subject',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.BlockEmail.HtmlBody',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.BlockEmail.TextBody',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.NoActionEmail.Subject',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.NoActionEmail.HtmlBody',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.NoActionEmail.TextBody',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.MfaEmail.Subject',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.MfaEmail.HtmlBody',
      'AccountTakeoverRiskConfiguration.NotifyConfiguration.MfaEmail.TextBody',
      'AccountTakeoverRiskConfiguration.Actions.LowAction.Notify',
      'AccountTakeoverRiskConfiguration.Actions.LowAction.EventAction',
      'AccountTakeoverRiskConfiguration.Actions.MediumAction.Notify',
      'AccountTakeoverRiskConfiguration.Actions.MediumAction.EventAction',
      'AccountTakeoverRiskConfiguration.Actions.HighAction.Notify',
      'AccountTakeoverRiskConfiguration.Actions.HighAction.EventAction',
    ],
    codec: block('AccountTakeoverRiskConfiguration'),
    parts: true,
    schema: () =>
      z.strictObject({
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
    wire: [
      'RiskExceptionConfiguration',
      'RiskExceptionConfiguration.BlockedIPRangeList',
      'RiskExceptionConfiguration.SkippedIPRangeList',
    ],
    codec: block('RiskExceptionConfiguration'),
    parts: true,
    schema: () => z.strictObject({ blockedIpRangeList: ranges(), skippedIpRangeList: ranges() }),
    unset: null,
    examples: [{ blockedIpRangeList: ['192.0.2.0/24'] }, { skippedIpRangeList: ['198.51.100.0/24'] }],
    given,
    impact: loosens,
    doc: 'Addresses that are always refused, and addresses that are never looked at.',
  }),
]

/** How a risk configuration is read: a client without its own is answered with the pool's. */
export const riskReader: Reader = {
  operations: ['cognito-idp:DescribeRiskConfiguration'],
  get: async (aws: Aws, ids): Promise<Found> => {
    const { RiskConfiguration } = await aws.send('cognito-idp:DescribeRiskConfiguration', ids)
    const {
      UserPoolId: _pool,
      ClientId,
      LastModifiedDate: _date,
      ...wire
    } = (RiskConfiguration ?? {}) as JsonObject
    return { ids, name: 'risk', wire: ClientId === ids['ClientId'] ? wire : {} }
  },
}
