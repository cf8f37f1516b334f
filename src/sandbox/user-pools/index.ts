// The user pool service, `cognito-idp`.
import type { Call, Members, Operation, Service, State } from '../service.ts'
import { addSecret, deleteSecret, listSecrets } from './client-secrets.ts'
import { createClient, deleteClient, describeClient, listClients, updateClient } from './clients.ts'
import { createDomain, deleteDomain, describeDomain, updateDomain } from './domains.ts'
import { createGroup, deleteGroup, getGroup, listGroups, updateGroup } from './groups.ts'
import {
  createProvider,
  deleteProvider,
  describeProvider,
  findProviderByIdentifier,
  listProviders,
  updateProvider,
} from './identity-providers.ts'
import { getLogs, setLogs } from './log-delivery.ts'
import {
  createBranding,
  deleteBranding,
  describeBranding,
  describeBrandingByClient,
  updateBranding,
} from './managed-login-branding.ts'
import { getMfa, setMfa } from './mfa.ts'
import {
  addCustomAttributes,
  createPool,
  deletePool,
  describeUserPool,
  listPools,
  updatePool,
} from './pools.ts'
import { getLimit } from './provisioned-limits.ts'
import { refuseInSecondary } from './replica-rules.ts'
import { createReplica, deleteReplica, listUserPoolReplicas, updateReplica } from './replicas.ts'
import { createServer, deleteServer, describeServer, listServers, updateServer } from './resource-servers.ts'
import { describeRisk, setRisk } from './risk-configuration.ts'
import { getClientSessions, getPoolSessions, setClientSessions, setPoolSessions } from './sessions.ts'
import type { FindRole } from './sms-role.ts'
import { listAllPools } from './store.ts'
import { listTags, tagPool, untagPool } from './tags.ts'
import {
  createTerms,
  deleteTerms,
  describeTerms,
  describeTermsByClient,
  listTerms,
  updateTerms,
} from './terms.ts'
import { getCustomization, setCustomization } from './ui-customization.ts'
import {
  addUserToGroup,
  createUser,
  deleteUser,
  listUsers,
  listUsersInGroup,
  removeUserFromGroup,
} from './users.ts'

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
    operations: guard(state, {
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
      CreateIdentityProvider: bind(createProvider),
      DescribeIdentityProvider: bind(describeProvider),
      UpdateIdentityProvider: bind(updateProvider),
      DeleteIdentityProvider: bind(deleteProvider),
      ListIdentityProviders: bind(listProviders),
      GetIdentityProviderByIdentifier: bind(findProviderByIdentifier),
      AdminCreateUser: bind(createUser),
      AdminDeleteUser: bind(deleteUser),
      AdminAddUserToGroup: bind(addUserToGroup),
      AdminRemoveUserFromGroup: bind(removeUserFromGroup),
      ListUsers: bind(listUsers),
      ListUsersInGroup: bind(listUsersInGroup),
      CreateManagedLoginBranding: bind(createBranding),
      DescribeManagedLoginBranding: bind(describeBranding),
      DescribeManagedLoginBrandingByClient: bind(describeBrandingByClient),
      UpdateManagedLoginBranding: bind(updateBranding),
      DeleteManagedLoginBranding: bind(deleteBranding),
      SetUICustomization: bind(setCustomization),
      GetUICustomization: bind(getCustomization),
      SetRiskConfiguration: bind(setRisk),
      DescribeRiskConfiguration: bind(describeRisk),
      SetLogDeliveryConfiguration: bind(setLogs),
      GetLogDeliveryConfiguration: bind(getLogs),
      CreateTerms: bind(createTerms),
      DescribeTerms: bind(describeTerms),
      DescribeTermsByClient: bind(describeTermsByClient),
      UpdateTerms: bind(updateTerms),
      DeleteTerms: bind(deleteTerms),
      ListTerms: bind(listTerms),
      GetUserPoolSessionConfiguration: bind(getPoolSessions),
      SetUserPoolSessionConfiguration: bind(setPoolSessions),
      GetUserPoolClientSessionConfiguration: bind(getClientSessions),
      SetUserPoolClientSessionConfiguration: bind(setClientSessions),
      CreateUserPoolReplica: bind(createReplica),
      UpdateUserPoolReplica: bind(updateReplica),
      DeleteUserPoolReplica: bind(deleteReplica),
      ListUserPoolReplicas: bind(listUserPoolReplicas),
      GetProvisionedLimit: getLimit,
      TagResource: bind(tagPool),
      UntagResource: bind(untagPool),
      ListTagsForResource: bind(listTags),
    }),
  }
}

/** A secondary Region of a replicated pool takes few writes. */
function guard(state: State, operations: Service['operations']): Service['operations'] {
  const guarded = Object.entries(operations).map(([name, act]): [string, Operation] => [
    name,
    (input, call) => {
      refuseInSecondary(state, name, input, call)
      return act(input, call)
    },
  ])
  return Object.fromEntries(guarded)
}

/** Whether a pool of this id, or a replica of one, exists in the account and Region, for services that name one. */
export function hasUserPool(state: State, account: string, region: string, id: string): boolean {
  return listAllPools(state).some(
    pool =>
      pool.id === id && pool.account === account && [pool.region, pool.replica?.region].includes(region),
  )
}
