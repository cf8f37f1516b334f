// As much of web ACLs as makes them exist.
import { partitionOf } from '../iam/account.ts'
import { makeUuid } from '../random.ts'
import { type Call, type Members, type Operation, ServiceError, type State } from '../service.ts'
import { lookUp } from '../table.ts'
import { invalid, missing, openPlace, type WebAcl } from './store.ts'

export function aclOperations(state: State): { [operation: string]: Operation } {
  return {
    CreateWebACL: (input, call) => createAcl(state, input, call),
    GetWebACL: (input, call) => {
      const acl = findAcl(state, input, call)
      return { WebACL: describeAcl(acl, call), LockToken: acl.lockToken }
    },
  }
}

function createAcl(state: State, input: Members, call: Call): Members {
  const { Name, Scope, DefaultAction, VisibilityConfig, Description, Rules } = input
  const scope = requireScope(Scope as string, call)
  const { acls } = openPlace(state, call)
  if (Object.values(acls).some(acl => acl.name === Name && acl.scope === scope)) {
    throw new ServiceError(
      'WAFDuplicateItemException',
      'AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one.',
    )
  }
  const id = makeUuid(call.random)
  const folder = scope === 'CLOUDFRONT' ? 'global' : 'regional'
  const arn = `arn:${partitionOf(call.region)}:wafv2:${call.region}:${call.account}:${folder}/webacl/${Name}/${id}`
  const acl: WebAcl = {
    id,
    name: String(Name),
    arn,
    scope,
    lockToken: makeUuid(call.random),
    settings: {
      DefaultAction: DefaultAction ?? {},
      Description: Description ?? '',
      Rules: Rules ?? [],
      VisibilityConfig: VisibilityConfig ?? {},
    },
  }
  acls[arn] = acl
  return {
    Summary: {
      Name: acl.name,
      Id: id,
      Description: acl.settings.Description ?? '',
      LockToken: acl.lockToken,
      ARN: arn,
    },
  }
}

function findAcl(state: State, input: Members, call: Call): WebAcl {
  const { Name, Scope, Id, ARN } = input
  const { acls } = openPlace(state, call)
  if (ARN === undefined) requireScope(Scope as string, call)
  const found =
    ARN === undefined
      ? Object.values(acls).find(acl => acl.id === Id && acl.name === Name && acl.scope === Scope)
      : lookUp(acls, ARN)
  if (found === undefined) throw missing()
  return found
}

/** What belongs to CloudFront is only served in us-east-1 [D]. */
function requireScope(scope: string | undefined, call: Call): string {
  if (scope === undefined || (scope === 'CLOUDFRONT' && call.region !== 'us-east-1')) {
    throw invalid('The scope is not valid.', 'SCOPE_VALUE', scope ?? '')
  }
  return scope
}

export function describeAcl(acl: WebAcl, call: Call): Members {
  const { DefaultAction = {}, Description = '', Rules = [], VisibilityConfig = {} } = acl.settings
  return {
    Name: acl.name,
    Id: acl.id,
    ARN: acl.arn,
    DefaultAction,
    Description,
    Rules,
    VisibilityConfig,
    Capacity: 0,
    ManagedByFirewallManager: false,
    LabelNamespace: `awswaf:${call.account}:webacl:${acl.name}:`,
  }
}

/**
 * Makes a web ACL exist without a request, by its ARN. For rehearsals of files that name ACLs which others make, and
 * for those of Firewall Manager, which no request of a customer's makes.
 */
export function registerWebAcl(state: State, arn: string): void {
  const match = /^arn:[^:]+:wafv2:([^:]+):(\d{12}):regional\/webacl\/([^/]+)\/([^/]+)$/.exec(arn)
  if (match === null) throw new RangeError(`not the ARN of a regional web ACL: ${arn}`)
  const [, region = '', account = '', name = '', id = ''] = match
  openPlace(state, { region, account }).acls[arn] ??= {
    id,
    name,
    arn,
    scope: 'REGIONAL',
    lockToken: id,
    settings: {},
  }
}
