// What an identity pool tells apps.
import type { AmplifyMembers, Output } from '../../table/output.ts'

export const identityPoolOutputs: readonly Output[] = [
  { name: 'identityPoolId', title: 'identity pool id', attribute: 'id' },
  { name: 'identityPoolArn', title: 'ARN', attribute: 'arn' },
]

export const identityPoolAmplify: AmplifyMembers = {
  identity_pool_id: pool => pool.attribute('id'),
  unauthenticated_identities_enabled: pool => pool.values['allowUnauthenticatedIdentities'] === true,
}
