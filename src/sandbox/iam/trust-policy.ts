// The grammar of trust policies, and their principals: IAM binds roles and users to unique ids when it
// stores a trust policy, and shows the id in place of the ARN once the principal is gone.
import type { Call, Json, Members } from '../service.ts'
import { type Account, callerIdentity, partitionOf, type Role } from './account.ts'
import {
  findConditionFault,
  isObject,
  malformed,
  parseDocument,
  statementsOf,
  stringsOf,
} from './documents.ts'

const STATEMENT_MEMBERS = ['Sid', 'Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Condition']

/** Checks a trust policy and answers what IAM would store: the text, and the principals bound to ids. */
export function acceptTrustPolicy(
  text: string,
  account: Account,
  call: Call,
): { trust: string; bound: { [arn: string]: string } } {
  const document = parseDocument(text)
  // [REC: localstack snapshot, 2025]
  if (!document) throw malformed('This policy contains invalid Json')
  const version = document['Version']
  if (version !== undefined && version !== '2008-10-17' && version !== '2012-10-17') {
    throw malformed('The policy must contain a valid version string')
  }
  const statements = statementsOf(document)
  if (statements.length === 0) throw malformed('Could not parse the policy: Statement is empty!')
  for (const statement of statements) checkStatement(statement)
  checkSids(statements as Members[])

  const bound: { [arn: string]: string } = {}
  let rewritten = false
  for (const statement of statements as Members[]) {
    const principal = statement['Principal']
    if (!isObject(principal)) continue
    const stored = mapAwsPrincipals(principal, name => bindPrincipal(name, account, call, bound))
    rewritten ||= JSON.stringify(stored) !== JSON.stringify(principal)
    statement['Principal'] = stored
  }
  return { trust: rewritten ? JSON.stringify(document) : text, bound }
}

/** The trust policy as a read shows it today: dead principals as their unique ids [re:Post knowledge centre]. */
export function showTrustPolicy(role: Role, account: Account): string {
  const living = new Set(Object.values(account.roles).map(({ id }) => id))
  // the sandbox's one user never dies
  const dead = Object.entries(role.bound).filter(([arn, id]) => arn.includes(':role/') && !living.has(id))
  if (dead.length === 0) return role.trust
  const document = parseDocument(role.trust) ?? {}
  for (const statement of statementsOf(document) as Members[]) {
    const principal = statement['Principal']
    if (!isObject(principal)) continue
    statement['Principal'] = mapAwsPrincipals(principal, name => new Map(dead).get(name) ?? name)
  }
  return JSON.stringify(document)
}

function mapAwsPrincipals(principal: Members, map: (name: string) => string): Members {
  const names = principal['AWS']
  if (names === undefined) return principal
  const mapped = Array.isArray(names) ? (names as string[]).map(map) : map(names as string)
  return { ...principal, AWS: mapped }
}

/** What IAM stores for one AWS principal; roles and users of this account must exist and are bound to their id. */
function bindPrincipal(name: string, account: Account, call: Call, bound: { [arn: string]: string }): string {
  const partition = partitionOf(call.region)
  if (name === '*') return name
  // IAM rewrites a bare account id to the root ARN [LIVE-drift, TF]
  if (/^\d{12}$/.test(name)) return `arn:${partition}:iam::${name}:root`
  const known = [...Object.values(account.roles), callerIdentity(call.account, call.region)]
  const byId = known.find(({ id }) => id === name)
  if (byId) {
    bound[byId.arn] = byId.id
    return byId.arn
  }
  const own = new RegExp(`^arn:${partition}:iam::${call.account}:(role|user)/`)
  if (own.test(name)) {
    const entity = known.find(({ arn }) => arn === name)
    if (!entity) throw invalidPrincipal('AWS', name)
    bound[name] = entity.id
    return name
  }
  // principals of other accounts are outside the sandbox: only their form is checked
  const foreign =
    /^arn:aws[a-z-]*:(iam::\d{12}:(root|(role|user)\/[^*?]+)|sts::\d{12}:(assumed-role|federated-user)\/[^*?]+)$/
  if (!foreign.test(name)) throw invalidPrincipal('AWS', name)
  return name
}

function invalidPrincipal(type: string, name: string): Error {
  // [ISS: databrickslabs/ucx 2269, terraform-provider-aws 8905; the type in capitals in public error pastes]
  return malformed(`Invalid principal in policy: "${type}":"${name}"`)
}

/** Messages from public error pastes and [ISS: versity/versitygw, trust policy tests, 2026]. */
function checkStatement(statement: Json): asserts statement is Members {
  if (!isObject(statement)) throw malformed('This policy contains invalid Json')
  const effect = statement['Effect']
  if (effect === undefined) throw malformed('Missing required field Effect')
  if (effect !== 'Allow' && effect !== 'Deny') throw malformed(`Invalid effect: ${String(effect)}`)
  if ('Resource' in statement) throw malformed('Has prohibited field Resource')
  if ('NotResource' in statement) throw malformed('AssumeRole policy must not contain resources.')
  const unknown = Object.keys(statement).find(key => !STATEMENT_MEMBERS.includes(key))
  if (unknown !== undefined) throw malformed(`Unknown field ${unknown}`)
  checkPrincipal(statement)
  const actions = stringsOf(statement['Action'] ?? statement['NotAction'])
  if (!actions || actions.length === 0) throw malformed('Missing required field Action')
  if (!actions.every(action => /^sts:/i.test(action))) {
    throw malformed('AssumeRole policy may only specify STS AssumeRole actions.')
  }
  const fault = findConditionFault(statement['Condition'])
  if (fault)
    throw malformed(fault.operator ? `Invalid Condition type : ${fault.operator}` : 'Syntax error in policy.')
}

function checkPrincipal(statement: Members): void {
  if ('NotPrincipal' in statement) {
    throw malformed(
      statement['Effect'] === 'Allow'
        ? 'Allow with NotPrincipal is not allowed.'
        : 'AssumeRole policy must not contain NotPrincipal field.',
    )
  }
  const principal = statement['Principal']
  if (principal === undefined) throw malformed('Missing required field Principal')
  if (principal === '*') return
  if (!isObject(principal)) throw malformed('Principal must be a JSON object.')
  if (Object.keys(principal).length === 0)
    throw malformed('Missing required field Principal cannot be empty!')
  for (const [type, value] of Object.entries(principal)) {
    const names = stringsOf(value)
    if (!names || names.length === 0) throw malformed('Missing required field Principal cannot be empty!')
    for (const name of names) checkPrincipalName(type, name)
  }
  const federated = stringsOf(principal['Federated']) ?? []
  const condition = statement['Condition']
  const unconditional =
    condition === undefined || (isObject(condition) && Object.keys(condition).length === 0)
  // any condition will do: one without `aud` is accepted [REC: imo-tikuwa/cognito-demo, 2025-07]
  if (unconditional && federated.some(name => /^cognito-identity[\w.-]*\.amazonaws\.com/.test(name))) {
    throw malformed('A condition block must be present for the Cognito provider')
  }
}

function checkPrincipalName(type: string, name: string): void {
  if (type === 'AWS') return // needs the account: see bindPrincipal
  if (type === 'Service') {
    // AWS has a catalogue of services; the sandbox knows only what their names look like
    if (!/^([a-z0-9-]+\.)+(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/.test(name)) {
      throw invalidPrincipal('SERVICE', name)
    }
    return
  }
  if (type === 'Federated') {
    const provider = /^arn:aws[a-z-]*:iam::\d{12}:(saml|oidc)-provider\/.+$|^([\w-]+\.)+[A-Za-z]{2,}(\/\S*)?$/
    if (!provider.test(name)) {
      throw malformed('Federated principals must be valid domain names or SAML metadata ARNs')
    }
    return
  }
  throw invalidPrincipal(type.toUpperCase(), name)
}

function checkSids(statements: Members[]): void {
  const sids = statements.map(statement => statement['Sid']).filter(sid => sid !== undefined && sid !== '')
  if (new Set(sids).size < sids.length) throw malformed('The Statement Ids in the policy are not unique')
}
