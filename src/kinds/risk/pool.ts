// What threat protection does about risk in a user pool.
import type { Kind } from '../../table/kind.ts'
import { riskFields, riskReader } from './fields.ts'
import { checkRisk } from './rules.ts'

export const poolRisk: Kind = {
  name: 'poolRisk',
  title: 'risk configuration',
  doc: 'What threat protection does about risk. Needs PLUS and `addOns.advancedSecurityMode`.',
  place: { form: 'facet', key: 'risk' },
  presence: 'facet',
  onDemand: true,
  parent: 'userPool',
  ids: ['UserPoolId'],
  // all of it is replaced; nothing but the ids resets a pool, and lets a client inherit [D]
  writers: [{ mode: 'replace', operation: 'cognito-idp:SetRiskConfiguration' }],
  blank: {},
  fields: riskFields,
  read: riskReader,
  check: checkRisk,
  attributes: {},
  ignored: { ClientId: "names a client: that is the client's own risk configuration" },
}
