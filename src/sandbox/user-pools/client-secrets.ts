// Secrets of a confidential app client: at most two, the value shown once.
import { type Call, type Members, ServiceError, type State } from '../service.ts'
import { nameSecret, readType, requireClient } from './clients.ts'
import { makeClientSecret } from './ids.ts'
import { compact, readText } from './members.ts'
import {
  type Client,
  type ClientSecret,
  invalid,
  missing,
  overLimit,
  readSeconds,
  requirePool,
} from './store.ts'

const maxSecrets = 2

export function addSecret(state: State, input: Members, call: Call): Members {
  const client = requireClient(requirePool(state, call, input.UserPoolId), input.ClientId)
  requireConfidential(client)
  if (client.secrets.length >= maxSecrets) throw overLimit('Exceeded the number of client secrets.')
  const own = readText(input.ClientSecret)
  const secret: ClientSecret = {
    id: nameSecret(client.id, call),
    value: own ?? makeClientSecret(call.random),
    created: readSeconds(call),
  }
  if (client.secrets.some(each => each.id === secret.id)) secret.id = `${secret.id}1`
  client.secrets.push(secret)
  // The value comes back only when AWS made it [documented].
  return {
    ClientSecretDescriptor: {
      ...describeSecret(secret),
      ...compact(own ? {} : { ClientSecretValue: secret.value }),
    },
  }
}

export function listSecrets(state: State, input: Members, call: Call): Members {
  const client = requireClient(requirePool(state, call, input.UserPoolId), input.ClientId)
  return { ClientSecrets: client.secrets.map(describeSecret) }
}

/** The last one stays [documented]. */
export function deleteSecret(state: State, input: Members, call: Call): Members {
  const client = requireClient(requirePool(state, call, input.UserPoolId), input.ClientId)
  const index = client.secrets.findIndex(secret => secret.id === input.ClientSecretId)
  if (index < 0) throw missing('Client secret does not exist.')
  if (client.secrets.length === 1) throw invalid('The last client secret can not be deleted.')
  client.secrets.splice(index, 1)
  return {}
}

function describeSecret(secret: ClientSecret): Members {
  return { ClientSecretId: secret.id, ClientSecretCreateDate: secret.created }
}

function requireConfidential(client: Client): void {
  if (readType(client) === 'DCR') {
    throw new ServiceError(
      'AccessDeniedException',
      'Client secret operations are not supported for this client.',
    )
  }
  if (client.secrets.length === 0) throw invalid('The client does not have a client secret.')
}
