// Classic UI customization of a user pool: what every client shows that has none of its own.
import type { Kind } from '../../table/kind.ts'
import { uiCustomization } from './header.ts'

export const poolUiCustomization: Kind = {
  ...uiCustomization,
  name: 'poolUiCustomization',
  title: 'classic UI customization',
  doc: 'CSS and logo of the classic sign-in pages, for every client without its own. The pool needs a domain.',
  parent: 'userPool',
  ids: ['UserPoolId'],
  ignored: { ClientId: "names a client: that is the client's own customization" },
}
