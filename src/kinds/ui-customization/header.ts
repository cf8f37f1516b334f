// Classic UI customization: the header that a pool's and a client's share.
import type { Kind } from '../kind.ts'
import { checkUiCustomization } from '../rules/ui-customization.ts'
import { fields, reader } from './fields.ts'

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
