// Session tracking: of a pool, how many sessions somebody may have; of a client, how long one is reused silently.
import type {
  SetUserPoolClientSessionConfigurationRequest,
  SetUserPoolSessionConfigurationRequest,
} from '@aws-sdk/client-cognito-identity-provider'
import type { JsonObject } from '../model.ts'
import { durationIn } from './codecs.ts'
import { ranked, stricterWhenHigher } from './impact.ts'
import type { Kind, Leaf } from './kind.ts'
import { rows } from './rows.ts'
import { duration, oneOf, whole } from './schemas.ts'

const ofPool = rows<Leaf<SetUserPoolSessionConfigurationRequest>>()
const ofClient = rows<Leaf<SetUserPoolClientSessionConfigurationRequest>>()
const tracked = { userPoolTier: 'ESSENTIALS', 'sessions.userSessionTracking': 'ENABLED' } as const

export const poolSessions: Kind = {
  name: 'poolSessions',
  title: 'session tracking',
  doc: 'Whether Cognito keeps track of sessions, and how many somebody may have. Needs ESSENTIALS or PLUS.',
  place: { form: 'facet', key: 'sessions' },
  presence: 'facet',
  onDemand: true,
  parent: 'userPool',
  ids: ['UserPoolId'],
  // every member is required, so both are always sent [JS]
  writers: [{ mode: 'replace', operation: 'cognito-idp:SetUserPoolSessionConfiguration' }],
  blank: { UserSessionTracking: 'DISABLED', TokenSession: { MaxPerUser: 20 } },
  fields: [
    ofPool({
      path: 'sessions.userSessionTracking',
      wire: 'UserSessionTracking',
      schema: oneOf('ENABLED', 'DISABLED'),
      unset: 'DISABLED',
      examples: ['ENABLED', 'DISABLED'],
      given: { userPoolTier: 'ESSENTIALS' },
      impact: ranked('DISABLED', 'ENABLED'),
      doc: 'Whether sessions are tracked.',
    }),
    ofPool({
      path: 'sessions.tokenSession.maxPerUser',
      wire: 'TokenSession.MaxPerUser',
      schema: whole(1, 100),
      unset: 20,
      examples: [5, 20],
      given: tracked,
      impact: (before, after) => stricterWhenHigher(after, before),
      doc: 'How many sessions somebody may have. A lower number takes effect at the next sign-in.',
    }),
  ],
  read: {
    operations: ['cognito-idp:GetUserPoolSessionConfiguration'],
    get: async (aws, ids) => {
      const { UserPoolId: _pool, ...wire } = await aws.send(
        'cognito-idp:GetUserPoolSessionConfiguration',
        ids,
      )
      return { ids, name: 'sessions', wire }
    },
  },
  attributes: {},
  ignored: {},
}

export const clientSessions: Kind = {
  name: 'clientSessions',
  title: 'session reuse',
  doc: 'How long a session may sign somebody in again without asking. The pool must track sessions.',
  place: { form: 'facet', key: 'sessions' },
  presence: 'facet',
  onDemand: true,
  parent: 'userPoolClient',
  after: ['poolSessions'],
  ids: ['UserPoolId', 'ClientId'],
  writers: [{ mode: 'replace', operation: 'cognito-idp:SetUserPoolClientSessionConfiguration' }],
  blank: { SSOSession: { MaxValidityMinutes: 60 } },
  fields: [
    ofClient({
      path: 'sessions.ssoSession.maxValidity',
      wire: 'SSOSession.MaxValidityMinutes',
      codec: durationIn('SSOSession.MaxValidityMinutes', 'm'),
      schema: duration('0m', '90d', 'm'),
      unset: '1h',
      examples: ['8h', '1h'],
      given: tracked,
      doc: 'How long; `0m` means never.',
    }),
  ],
  read: {
    operations: ['cognito-idp:GetUserPoolClientSessionConfiguration'],
    get: async (aws, ids) => {
      const { SSOSession } = await aws.send('cognito-idp:GetUserPoolClientSessionConfiguration', ids)
      return { ids, name: 'sessions', wire: { SSOSession: SSOSession as JsonObject } }
    },
  },
  attributes: {},
  ignored: {},
}
