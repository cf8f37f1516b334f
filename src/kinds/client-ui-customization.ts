// Classic UI customization of one client, instead of what its pool says.
import type { Kind } from './kind.ts'
import { checkUiCustomization } from './rules/ui-customization.ts'
import { uiCustomizationFields, uiCustomizationReader } from './ui-customization/fields.ts'

export const clientUiCustomization: Kind = {
  name: 'clientUiCustomization',
  title: 'classic UI customization of a client',
  doc: 'CSS and logo of the classic sign-in pages of this client, instead of what the pool says.',
  place: { form: 'facet', key: 'uiCustomization' },
  presence: 'facet',
  onDemand: true,
  parent: 'userPoolClient',
  after: ['userPoolDomain'],
  ids: ['UserPoolId', 'ClientId'],
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
  ignored: {},
}
