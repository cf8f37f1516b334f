// Which web ACL protects which user pool.

import { type Call, type Json, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { lookUp } from '../table.ts'
import { describeAcl } from './acls.ts'
import { invalid, missing, openPlace, type WebAcl } from './store.ts'

/** Whether a user pool exists, in the sandbox's `cognito-idp`. */
export type HasUserPool = (state: State, account: string, region: string, id: string) => boolean

export function associationOperations(
  state: State,
  hasUserPool: HasUserPool,
): { [operation: string]: Operation } {
  const open = (input: Members, call: Call) => requirePool(state, call, input.ResourceArn, hasUserPool)
  return {
    AssociateWebACL: (input, call) => {
      const acl = requireAcl(state, call, input.WebACLArn as string)
      const pool = open(input, call)
      refuseTakeoverRules(acl)
      // Another association replaces the one there is [G23].
      openPlace(state, call).associations[pool] = acl.arn
      return {}
    },
    DisassociateWebACL: (input, call) => {
      const pool = open(input, call)
      delete openPlace(state, call).associations[pool]
      return {}
    },
    GetWebACLForResource: (input, call) => {
      const pool = open(input, call)
      const { acls, associations } = openPlace(state, call)
      const acl = lookUp(acls, lookUp(associations, pool))
      return acl === undefined ? {} : { WebACL: describeAcl(acl, call) }
    },
    ListResourcesForWebACL: (input, call) => {
      const acl = requireAcl(state, call, input.WebACLArn as string)
      // Without a type it is load balancers that are asked for [D], and here are none.
      if (input.ResourceType !== 'COGNITO_USER_POOL') return { ResourceArns: [] }
      const { associations } = openPlace(state, call)
      const arns = Object.keys(associations).filter(
        pool => associations[pool] === acl.arn && isPool(state, call, pool, hasUserPool),
      )
      return { ResourceArns: arns }
    },
  }
}

const badArn =
  "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes."

/** A web ACL for CloudFront is no ACL for a resource of a Region [REC: terraform-provider-aws 28753, 2023]. */
function requireAcl(state: State, call: Call, arn: string): WebAcl {
  if (!/^arn:[^:]+:wafv2:[^:]+:\d{12}:regional\/webacl\/[^/]+\/[^/]+$/.test(arn)) {
    throw invalid(badArn, 'RESOURCE_ARN', arn)
  }
  const acl = lookUp(openPlace(state, call).acls, arn)
  if (acl === undefined) throw missing()
  return acl
}

/** The pool's ARN. Of the resources that WAF protects, the sandbox has user pools only. */
function requirePool(state: State, call: Call, resource: Json | undefined, hasUserPool: HasUserPool): string {
  const arn = String(resource)
  if (!poolArn.test(arn)) throw invalid(badArn, 'RESOURCE_ARN', arn)
  if (!isPool(state, call, arn, hasUserPool)) throw missing()
  return arn
}

const poolArn = /^arn:[^:]+:cognito-idp:([^:]+):(\d{12}):userpool\/([\w-]+_[0-9a-zA-Z]+)$/

/** Whether the ARN is that of a pool of the caller's in the Region of the call. */
function isPool(state: State, call: Call, arn: string, hasUserPool: HasUserPool): boolean {
  const [, region, account, id = ''] = poolArn.exec(arn) ?? []
  return (
    region === call.region && account === call.account && hasUserPool(state, call.account, call.region, id)
  )
}

/** A user pool cannot have an ACL with the managed rules against account takeover [G23]; the words are not known. */
function refuseTakeoverRules(acl: WebAcl): void {
  const rules = (acl.settings.Rules ?? []) as { Statement?: { ManagedRuleGroupStatement?: Members } }[]
  if (!rules.some(rule => rule.Statement?.ManagedRuleGroupStatement?.Name === 'AWSManagedRulesATPRuleSet')) {
    return
  }
  throw new ServiceError(
    'WAFInvalidOperationException',
    'You can’t associate a web ACL that uses AWSManagedRulesATPRuleSet with an Amazon Cognito user pool.',
  )
}
