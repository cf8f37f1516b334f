// The user pool service, `cognito-idp`.
import type { Call, Members, Operation, Service, State } from '../service.ts'
import { addSecret, deleteSecret, listSecrets } from './client-secrets.ts'
import { createClient, deleteClient, describeClient, listClients, updateClient } from './clients.ts'
import { createDomain, deleteDomain, describeDomain, updateDomain } from './domains.ts'
import { createGroup, deleteGroup, getGroup, listGroups, updateGroup } from './groups.ts'
import { getMfa, setMfa } from './mfa.ts'
import {
  addCustomAttributes,
  createPool,
  deletePool,
  describeUserPool,
  listPools,
  updatePool,
} from './pools.ts'
import { createServer, deleteServer, describeServer, listServers, updateServer } from './resource-servers.ts'
import type { FindRole } from './sms-role.ts'
import { openRegion, requirePool } from './store.ts'
import { listTags, tagPool, untagPool } from './tags.ts'

type StatefulOperation = (state: State, input: Members, call: Call) => Members | undefined

/** `findRole` looks into the sandbox's IAM, for the roles that send text messages. */
export function userPoolService(state: State, findRole: FindRole): Service {
  const bind =
    (act: StatefulOperation): Operation =>
    (input, call) =>
      act(state, input, call)
  return {
    name: 'cognito-idp',
    protocol: 'json',
    operations: {
      CreateUserPool: (input, call) => createPool(state, input, call, findRole),
      DescribeUserPool: bind(describeUserPool),
      UpdateUserPool: (input, call) => updatePool(state, input, call, findRole),
      DeleteUserPool: bind(deletePool),
      ListUserPools: bind(listPools),
      AddCustomAttributes: bind(addCustomAttributes),
      GetUserPoolMfaConfig: bind(getMfa),
      SetUserPoolMfaConfig: (input, call) => setMfa(state, input, call, findRole),
      CreateUserPoolClient: bind(createClient),
      DescribeUserPoolClient: bind(describeClient),
      UpdateUserPoolClient: bind(updateClient),
      DeleteUserPoolClient: bind(deleteClient),
      ListUserPoolClients: bind(listClients),
      AddUserPoolClientSecret: bind(addSecret),
      ListUserPoolClientSecrets: bind(listSecrets),
      DeleteUserPoolClientSecret: bind(deleteSecret),
      CreateUserPoolDomain: bind(createDomain),
      DescribeUserPoolDomain: bind(describeDomain),
      UpdateUserPoolDomain: bind(updateDomain),
      DeleteUserPoolDomain: bind(deleteDomain),
      CreateResourceServer: bind(createServer),
      DescribeResourceServer: bind(describeServer),
      UpdateResourceServer: bind(updateServer),
      DeleteResourceServer: bind(deleteServer),
      ListResourceServers: bind(listServers),
      CreateGroup: bind(createGroup),
      GetGroup: bind(getGroup),
      UpdateGroup: bind(updateGroup),
      DeleteGroup: bind(deleteGroup),
      ListGroups: bind(listGroups),
      ListIdentityProviders: bind(listProviders),
      TagResource: bind(tagPool),
      UntagResource: bind(untagPool),
      ListTagsForResource: bind(listTags),
    },
  }
}

/** External identity providers are not served yet, so every pool has none. */
function listProviders(state: State, input: Members, call: Call): Members {
  requirePool(state, call, input.UserPoolId)
  return { Providers: [] }
}

/** Whether a pool of this id exists in the account and Region, for services that name one. */
export function hasUserPool(state: State, account: string, region: string, id: string): boolean {
  return openRegion(state, account, region).pools[id] !== undefined
}
