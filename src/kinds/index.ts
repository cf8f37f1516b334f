// The registry: every kind, parents before children. A new kind is one file and one line here.

import { clientRisk } from './client-risk.ts'
import { clientSessions } from './client-sessions.ts'
import { clientUiCustomization } from './client-ui-customization.ts'
import { group } from './group.ts'
import { identityPool } from './identity-pool.ts'
import { identityPoolRoles } from './identity-pool-roles.ts'
import { identityProvider } from './identity-provider.ts'
import { invokePermission } from './invoke-permission.ts'
import type { Kind } from './kind.ts'
import { logDelivery } from './log-delivery.ts'
import { managedLoginBranding } from './managed-login-branding.ts'
import { poolRisk } from './pool-risk.ts'
import { poolSessions } from './pool-sessions.ts'
import { poolUiCustomization } from './pool-ui-customization.ts'
import { principalTags } from './principal-tags.ts'
import { replica } from './replica.ts'
import { resourceServer } from './resource-server.ts'
import { role } from './role.ts'
import { terms } from './terms.ts'
import { userPool } from './user-pool.ts'
import { userPoolClient } from './user-pool-client.ts'
import { userPoolDomain } from './user-pool-domain.ts'
import { webAcl } from './web-acl.ts'

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
