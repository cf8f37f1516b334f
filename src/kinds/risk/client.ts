// What threat protection does about risk at one client, instead of what its pool says.
import type { Kind } from '../../table/kind.ts'
import { riskFields, riskReader } from './fields.ts'
import { checkRisk } from './rules.ts'

export const clientRisk: Kind = {
  name: 'clientRisk',
  title: 'risk configuration of a client',
  doc: 'What threat protection does about risk at this client, instead of what the pool says.',
  place: { form: 'facet', key: 'risk' },
  presence: 'facet',
  onDemand: true,
  parent: 'userPoolClient',
  ids: ['UserPoolId', 'ClientId'],
  // all of it is replaced; nothing but the ids resets a pool, and lets a client inherit [D]
  writers: [{ mode: 'replace', operation: 'cognito-idp:SetRiskConfiguration' }],
  blank: {},
  fields: riskFields,
  read: riskReader,
  check: checkRisk,
  attributes: {},
  ignored: {},
}
