// Whether Cognito may send text messages with a role: AWS tests it when a pool is written.
import { type Call, type Json, type Members, ServiceError, type State } from '../service.ts'
import { readMembers, readText } from './members.ts'

export interface Role {
  trust: unknown
  inline: Record<string, unknown>
  attached: string[]
}

/** Looks a role up in the IAM of the sandbox. */
export type FindRole = (state: State, call: Call, arn: string) => Role | undefined

/** Also refuses updates that do not touch SMS, when the role has gone meanwhile [REC: nx-plugin-for-aws 631, 2026-05]. */
export function checkSmsRole(state: State, call: Call, sms: Json | undefined, findRole: FindRole): void {
  if (sms === undefined) return
  const { SnsCallerArn, EumsSms, ExternalId } = readMembers(sms)
  const arn = readText(SnsCallerArn) ?? readText(readMembers(EumsSms).CallerArn) ?? ''
  const role = findRole(state, call, arn)
  const external = readText(ExternalId) ?? readText(readMembers(EumsSms).ExternalId)
  if (role === undefined || !listStatements(role.trust).some(each => trustsCognito(each, external))) {
    throw new ServiceError(
      'InvalidSmsRoleTrustRelationshipException',
      'Role does not have a trust relationship allowing Cognito to assume the role',
    )
  }
  const mayPublish = Object.values(role.inline).some(policy => listStatements(policy).some(allowsPublish))
  // What an attached policy allows is not known here, so it counts as enough.
  if (SnsCallerArn !== undefined && !mayPublish && role.attached.length === 0) {
    throw new ServiceError(
      'InvalidSmsRoleAccessPolicyException',
      'Role does not have permission to publish with SNS',
    )
  }
}

function listStatements(document: unknown): Members[] {
  const statement = readMembers(document as Json).Statement
  const all = Array.isArray(statement) ? statement : statement === undefined ? [] : [statement]
  return all.map(readMembers)
}

function trustsCognito(statement: Members, externalId: string | undefined): boolean {
  const services = listTexts(readMembers(statement.Principal).Service)
  const wanted = listTexts(
    Object.values(readMembers(statement.Condition))
      .map(test => readMembers(test)['sts:ExternalId'])
      .find(each => each !== undefined),
  )
  return (
    statement.Effect === 'Allow' &&
    services.includes('cognito-idp.amazonaws.com') &&
    listTexts(statement.Action).some(action => ['sts:AssumeRole', 'sts:*', '*'].includes(action)) &&
    (wanted.length === 0 || (externalId !== undefined && wanted.includes(externalId)))
  )
}

function allowsPublish(statement: Members): boolean {
  const actions = listTexts(statement.Action).map(action => action.toLowerCase())
  return (
    statement.Effect === 'Allow' && actions.some(action => ['sns:publish', 'sns:*', '*'].includes(action))
  )
}

function listTexts(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}
