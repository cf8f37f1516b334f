// Classic UI customization of a user pool: what every client shows that has none of its own.
import type { Kind } from './kind.ts'
import { checkUiCustomization } from './rules/ui-customization.ts'
import { uiCustomizationFields, uiCustomizationReader } from './ui-customization/fields.ts'

export const poolUiCustomization: Kind = {
  name: 'poolUiCustomization',
  title: 'classic UI customization',
  doc: 'CSS and logo of the classic sign-in pages, for every client without its own. The pool needs a domain.',
  place: { form: 'facet', key: 'uiCustomization' },
  presence: 'facet',
  onDemand: true,
  parent: 'userPool',
  after: ['userPoolDomain'],
  ids: ['UserPoolId'],
  writers: [
    {
      mode: 'replace',
      operation: 'cognito-idp:SetUICustomization',
      // neither CSS nor image removes the customization [TF]
      clear: { operation: 'cognito-idp:SetUICustomization', input: {} },
    },
  ],
  blank: {},
  fields: uiCustomizationFields,
  read: uiCustomizationReader,
  check: checkUiCustomization,
  attributes: {},
  ignored: { ClientId: "names a client: that is the client's own customization" },
}
