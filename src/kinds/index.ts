// The registry: every kind, parents before children. A new kind is one file and one line here.

import type { Kind } from '../table/kind.ts'
import { userPoolClient } from './app-client/index.ts'
import { userPoolDomain } from './domain/index.ts'
import { group } from './group/index.ts'
import { identityPool } from './identity-pool/index.ts'
import { identityPoolRoles } from './identity-pool-roles/index.ts'
import { identityProvider } from './identity-provider/index.ts'
import { invokePermission } from './invoke-permission/index.ts'
import { logDelivery } from './log-delivery/index.ts'
import { managedLoginBranding } from './managed-login-branding/index.ts'
import { principalTags } from './principal-tags/index.ts'
import { replica } from './replica/index.ts'
import { resourceServer } from './resource-server/index.ts'
import { clientRisk } from './risk/client.ts'
import { poolRisk } from './risk/pool.ts'
import { role } from './role/index.ts'
import { clientSessions } from './sessions/client.ts'
import { poolSessions } from './sessions/pool.ts'
import { terms } from './terms-document/index.ts'
import { clientUiCustomization } from './ui-customization/client.ts'
import { poolUiCustomization } from './ui-customization/pool.ts'
import { userPool } from './user-pool/index.ts'
import { webAcl } from './web-acl/index.ts'

export const kinds: readonly Kind[] = [
  userPool,
  userPoolDomain,
  resourceServer,
  identityProvider,
  userPoolClient,
  group,
  poolSessions,
  clientSessions,
  poolRisk,
  clientRisk,
  terms,
  managedLoginBranding,
  poolUiCustomization,
  clientUiCustomization,
  logDelivery,
  webAcl,
  invokePermission,
  replica,
  identityPool,
  identityPoolRoles,
  principalTags,
  role,
]
