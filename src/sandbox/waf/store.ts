// What is remembered of web ACLs, by account and Region: those of the Region, and in us-east-1 CloudFront's too.
import { type Call, type Members, ServiceError, type State } from '../service.ts'
import { makeTable } from '../table.ts'

export interface WebAcl {
  id: string
  name: string
  arn: string
  scope: string
  lockToken: string
  settings: Members
}

export interface Place {
  /** by ARN */
  acls: Record<string, WebAcl>
  /** the ARN of the web ACL by that of the resource: a resource has at most one */
  associations: Record<string, string>
}

export function openPlace(state: State, { account, region }: Pick<Call, 'account' | 'region'>): Place {
  const slice = state.slice<{ places: Record<string, Place> }>('wafv2', () => ({ places: makeTable() }))
  const place = `${account}/${region}`
  slice.places[place] ??= { acls: makeTable(), associations: makeTable() }
  return slice.places[place]
}

export function missing(): ServiceError {
  return new ServiceError(
    'WAFNonexistentItemException',
    'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
  )
}

/** [REC: terraform-provider-aws 28753, 2023] */
export function invalid(reason: string, field: string, parameter: string): ServiceError {
  return new ServiceError(
    'WAFInvalidParameterException',
    `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`,
    400,
    { Field: field, Parameter: parameter, Reason: reason },
  )
}
