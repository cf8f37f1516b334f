// Session tracking of a user pool: whether there is any, and how many sessions somebody may have.
import type { SetUserPoolSessionConfigurationRequest } from '@aws-sdk/client-cognito-identity-provider'
import { ranked, stricterWhenHigher } from '../../table/impact.ts'
import type { Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { oneOf, whole } from '../../table/schemas.ts'

const row = rows<Leaf<SetUserPoolSessionConfigurationRequest>>()

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
    row({
      path: 'sessions.userSessionTracking',
      wire: 'UserSessionTracking',
      schema: () => oneOf('ENABLED', 'DISABLED'),
      unset: 'DISABLED',
      examples: ['ENABLED', 'DISABLED'],
      given: { userPoolTier: 'ESSENTIALS' },
      impact: ranked('DISABLED', 'ENABLED'),
      doc: 'Whether sessions are tracked.',
    }),
    row({
      path: 'sessions.tokenSession.maxPerUser',
      wire: 'TokenSession.MaxPerUser',
      schema: () => whole(1, 100),
      unset: 20,
      examples: [5, 20],
      given: { userPoolTier: 'ESSENTIALS', 'sessions.userSessionTracking': 'ENABLED' },
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
