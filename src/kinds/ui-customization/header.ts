// Classic UI customization: the header that a pool's and a client's share.
import type { Kind } from '../../table/kind.ts'
import { fields, reader } from './fields.ts'
import { checkUiCustomization } from './rules.ts'

export const uiCustomization = {
  place: { form: 'facet', key: 'uiCustomization' },
  presence: 'facet',
  onDemand: true,
  after: ['userPoolDomain'],
  writers: [
    {
      mode: 'replace',
      operation: 'cognito-idp:SetUICustomization',
      // neither CSS nor image removes the customization [TF]
      clear: { operation: 'cognito-idp:SetUICustomization', input: {} },
    },
  ],
  blank: {},
  fields,
  read: reader,
  check: checkUiCustomization,
  attributes: {},
} as const satisfies Partial<Kind>
