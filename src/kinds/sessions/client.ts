// How long an app client reuses a session without asking.
import type { SetUserPoolClientSessionConfigurationRequest } from '@aws-sdk/client-cognito-identity-provider'
import type { JsonObject } from '../../model.ts'
import { durationIn } from '../../table/codecs.ts'
import type { Kind, Leaf } from '../../table/kind.ts'
import { rows } from '../../table/row.ts'
import { duration } from '../../table/schemas.ts'
import { checkClientSessions } from './rules.ts'

const row = rows<Leaf<SetUserPoolClientSessionConfigurationRequest>>()

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
    row({
      path: 'sessions.ssoSession.maxValidity',
      wire: 'SSOSession.MaxValidityMinutes',
      codec: durationIn('SSOSession.MaxValidityMinutes', 'm'),
      schema: () => duration('0m', '90d', 'm'),
      unset: '1h',
      examples: ['8h', '1h'],
      given: { userPoolTier: 'ESSENTIALS', 'sessions.userSessionTracking': 'ENABLED' },
      doc: 'How long; `0m` means never.',
    }),
  ],
  check: checkClientSessions,
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
