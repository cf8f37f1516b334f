// Classic UI customization of one client, instead of what its pool says.
import type { Kind } from '../../table/kind.ts'
import { uiCustomization } from './header.ts'

export const clientUiCustomization: Kind = {
  ...uiCustomization,
  name: 'clientUiCustomization',
  title: 'classic UI customization of a client',
  doc: 'CSS and logo of the classic sign-in pages of this client, instead of what the pool says.',
  parent: 'userPoolClient',
  ids: ['UserPoolId', 'ClientId'],
  ignored: {},
}
