// The roles that AWS services own, and instance profiles: as much as a tool for other roles can stumble on.
import { type Operation, ServiceError, type State } from '../service.ts'
import { makeTable } from '../table.ts'
import { makeId, openAccount, openRole, partitionOf, type Role, timestamp } from './account.ts'
import { describeRole } from './roles.ts'

/** The two that Cognito makes for user pools [Cognito developer guide, using service-linked roles]. */
const NAMES: { [service: string]: string } = makeTable({
  'cognito-idp.amazonaws.com': 'AWSServiceRoleForAmazonCognitoIdp',
  'email.cognito-idp.amazonaws.com': 'AWSServiceRoleForAmazonCognitoIdpEmailService',
})

export function serviceLinkedRoleOperations(state: State): { [operation: string]: Operation } {
  return {
    CreateServiceLinkedRole: (input, call) => {
      const service = input['AWSServiceName'] as string
      const name = NAMES[service]
      if (!name)
        throw new ServiceError('InvalidInput', `The sandbox knows no service-linked role of ${service}`)
      const account = openAccount(state, call.account)
      if (account.roles[name.toLowerCase()]) {
        // [ISS: DataDog/pathfinding-labs 23, 2026]
        throw new ServiceError(
          'InvalidInput',
          `Service role name ${name} has been taken in this account, please try a different suffix.`,
        )
      }
      const path = `/aws-service-role/${service}/`
      const partition = partitionOf(call.region)
      const role: Role = {
        name,
        path,
        id: makeId('AROA', call),
        arn: `arn:${partition}:iam::${call.account}:role${path}${name}`,
        created: timestamp(call),
        trust: `{"Version":"2012-10-17","Statement":[{"Action":["sts:AssumeRole"],"Effect":"Allow","Principal":{"Service":["${service}"]}}]}`,
        bound: makeTable(),
        tags: [],
        inline: makeTable(),
        attached: [
          `arn:${partition}:iam::aws:policy/aws-service-role/${name.slice('AWSServiceRoleFor'.length)}ServiceRolePolicy`,
        ],
      }
      if (typeof input['Description'] === 'string') role.description = input['Description']
      account.roles[name.toLowerCase()] = role
      return { Role: describeRole(role, account, 'created') }
    },
    RemoveRoleFromInstanceProfile: (input, call) => {
      openRole(openAccount(state, call.account), input['RoleName'] as string)
      const profile = String(input['InstanceProfileName'])
      throw new ServiceError('NoSuchEntity', `Instance Profile ${profile} cannot be found.`, 404)
    },
  }
}
