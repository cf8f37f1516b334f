// amplify_outputs.json, version 1: the auth section for one app client, from what each kind fills in.
// Its schema: packages/client-config/src/client-config-schema/schema_v1.json of aws-amplify/amplify-backend.
import type { JsonObject, Outputs, ResourceOutputs } from '../../model.ts'
import { safeJson } from '../printable.ts'

/** Members in the order of Amplify's own files. */
const order = [
  'aws_region',
  'user_pool_id',
  'user_pool_client_id',
  'identity_pool_id',
  'password_policy',
  'oauth',
  'standard_required_attributes',
  'username_attributes',
  'user_verification_types',
  'unauthenticated_identities_enabled',
  'mfa_configuration',
  'mfa_methods',
]

/** The clients that an Amplify app can use. */
export const amplifyClients = ({ resources }: Outputs): ResourceOutputs[] =>
  resources.filter(({ amplify }) => 'user_pool_client_id' in amplify)

/** The clients that a word means: an address or something above one, `customers.web`, or `web`. */
export const clientsNamed = (clients: readonly ResourceOutputs[], name: string): ResourceOutputs[] =>
  clients.filter(
    ({ address, keys }) =>
      address === name || address.startsWith(`${name}.`) || keys.join('.') === name || keys.at(-1) === name,
  )

/** The resources that hand out identities to the users of a client. */
export const identitiesFor = ({ resources }: Outputs, client: ResourceOutputs): ResourceOutputs[] =>
  resources.filter(
    ({ amplify, mentions }) => 'identity_pool_id' in amplify && mentions.includes(client.address),
  )

export const renderAmplify = (outputs: Outputs, client: ResourceOutputs): string => {
  const parents = (one: ResourceOutputs): ResourceOutputs[] => {
    const parent = outputs.resources.find(({ address }) => address === one.parent)
    return parent === undefined ? [] : [parent, ...parents(parent)]
  }
  const parts = [client, ...parents(client), ...identitiesFor(outputs, client).slice(0, 1)]
  const members: JsonObject = Object.assign({}, ...parts.map(({ amplify }) => amplify))
  const auth = Object.fromEntries(
    order.flatMap(member => (members[member] === undefined ? [] : [[member, members[member]]])),
  )
  return `${safeJson({ version: '1', auth })}\n`
}
