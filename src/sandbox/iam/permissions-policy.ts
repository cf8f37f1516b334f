// The grammar of identity policies (inline and managed): what PutRolePolicy and CreatePolicy refuse.
// Messages as IAM words them [ISS: getmoto/moto, policy tests compared with AWS; public error pastes].
import type { Json, Members } from '../service.ts'
import {
  findConditionFault,
  isObject,
  malformed,
  parseDocument,
  statementsOf,
  stringsOf,
} from './documents.ts'

const STATEMENT_MEMBERS = [
  ...['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
  ...['Principal', 'NotPrincipal'],
]

/** Throws MalformedPolicyDocument unless IAM would take the text as an identity policy. */
export function checkPermissionsPolicy(text: string, kind: 'inline' | 'managed'): void {
  const document = parseDocument(text)
  if (!document) throw malformed('Syntax errors in policy.')
  checkTop(document, kind)
  const statements = statementsOf(document)
  if (statements.length === 0) throw malformed('Syntax errors in policy.')
  for (const statement of statements) checkSyntax(statement)
  checkSids(statements as Members[])
  for (const statement of statements as Members[]) checkContent(statement)
}

function checkTop(document: Members, kind: 'inline' | 'managed'): void {
  const unknown = Object.keys(document).some(key => !['Version', 'Id', 'Statement'].includes(key))
  const version = document['Version']
  if (unknown || (version !== undefined && version !== '2008-10-17' && version !== '2012-10-17')) {
    throw malformed('Syntax errors in policy.')
  }
  if (kind === 'managed' && version !== '2012-10-17') {
    throw malformed('Policy document must be version 2012-10-17 or greater.')
  }
}

function checkSyntax(statement: Json): asserts statement is Members {
  const fault =
    !isObject(statement) ||
    Object.keys(statement).some(key => !STATEMENT_MEMBERS.includes(key)) ||
    (statement['Effect'] !== 'Allow' && statement['Effect'] !== 'Deny') ||
    ('Action' in statement && 'NotAction' in statement) ||
    ('Resource' in statement && 'NotResource' in statement) ||
    ['Action', 'NotAction', 'Resource', 'NotResource'].some(
      key => key in statement && !stringsOf(statement[key]),
    ) ||
    findConditionFault(statement['Condition']) !== undefined
  if (fault) throw malformed('Syntax errors in policy.')
}

function checkSids(statements: Members[]): void {
  const seen = new Set<Json>()
  for (const { Sid: sid } of statements) {
    if (sid === undefined || sid === '') continue
    if (typeof sid !== 'string' || !/^[0-9A-Za-z]*$/.test(sid)) {
      throw malformed(
        'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
      )
    }
    if (seen.has(sid)) throw malformed('Statement IDs (SID) in a single policy must be unique.')
    seen.add(sid)
  }
}

function checkContent(statement: Members): void {
  if ('Principal' in statement || 'NotPrincipal' in statement) {
    throw malformed('Policy document should not specify a principal.')
  }
  const actions = listAt(statement, 'Action', 'NotAction')
  if (actions.length === 0) throw malformed('Policy statement must contain actions.')
  for (const action of actions) checkAction(action)
  const resources = listAt(statement, 'Resource', 'NotResource')
  if (resources.length === 0) throw malformed('Policy statement must contain resources.')
  for (const resource of resources) checkResource(resource)
}

function listAt(statement: Members, name: string, negated: string): string[] {
  const value = statement[name] ?? statement[negated]
  return value === undefined ? [] : (stringsOf(value) ?? [])
}

function checkAction(action: string): void {
  if (action === '*') return
  const [vendor = '', ...rest] = action.split(':')
  if (rest.length === 0) {
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
  }
  if (rest.length > 1) throw malformed('Actions/Condition can contain only one colon.')
  if (!/^[A-Za-z0-9\-.]+$/.test(vendor)) throw malformed(`Vendor ${vendor} is not valid`)
}

/** Only the form is checked: IAM does not ask whether a resource exists [D]. */
function checkResource(resource: string): void {
  if (resource !== '*' && !resource.includes(':')) {
    throw malformed(`Resource ${resource} must be in ARN format or "*".`)
  }
  if (resource !== '*' && !resource.startsWith('arn:')) throw malformed('The policy failed legacy parsing')
}
