// Reading IAM documents as they stand in a file: in any case, scalar or list, and with holes.
import type { Json, JsonObject, Term } from '../../model.ts'
import type { Values } from '../../table/kind.ts'
import { isHole, isObject, plainTexts } from '../../table/rule.ts'
import { matchesWild } from './wildcard.ts'

export interface Policy {
  /** for messages: `the trust policy`, `policy uploads` */
  title: string
  field: 'trust' | 'policies'
  body: JsonObject
}

const documentIn = (term: Term | undefined): JsonObject | undefined => {
  const document = isObject(term) && isObject(term['$json']) ? term['$json'] : term
  return isObject(document) && !isHole(document) ? document : undefined
}

const isShort = (trust: JsonObject): boolean => 'identityPool' in trust

/** The trust policy, where it is written out. */
export const trustDocument = (values: Values): Policy[] => {
  const body = documentIn(values['trust'])
  return body === undefined || isShort(body) ? [] : [{ title: 'the trust policy', field: 'trust', body }]
}

export const inlinePolicies = (values: Values): Policy[] =>
  Object.entries(documentIn(values['policies']) ?? {}).flatMap(([name, policy]) => {
    const body = documentIn(policy)
    return body === undefined ? [] : [{ title: `policy ${name}`, field: 'policies' as const, body }]
  })

export const allPolicies = (values: Values): Policy[] => [...trustDocument(values), ...inlinePolicies(values)]

export const listOf = (value: Json | undefined): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

export const statementsOf = ({ body }: Policy): JsonObject[] =>
  listOf(body['Statement']).filter(statement => isObject(statement) && !isHole(statement)) as JsonObject[]

/** The conditions of a statement, one entry for each key, both in lower case. */
export const conditionsOf = (statement: JsonObject): { operator: string; key: string; values: Json[] }[] =>
  Object.entries(objectAt(statement, 'Condition')).flatMap(([operator, keys]) =>
    Object.entries(isObject(keys) && !isHole(keys) ? keys : {}).map(([key, values]) => ({
      operator: operator.toLowerCase(),
      key: key.toLowerCase(),
      values: listOf(values),
    })),
  )

export const objectAt = (object: JsonObject, key: string): JsonObject => {
  const value = object[key]
  return isObject(value) && !isHole(value) ? value : {}
}

/** Characters that IAM counts: white space is free. Holes count for nothing, so that this is the least it can be. */
export const sizeOf = (document: Json): number =>
  JSON.stringify(document, (_key, value: Json) => (isHole(value) ? '' : value)).replace(/\s/g, '').length

const federation = /^cognito-identity[\w.-]*\.amazonaws\.com(?:\.cn)?$/

/** Statements that let identities of identity pools in, with the principal they name. */
export const cognitoStatements = (policy: Policy): { statement: JsonObject; principal: string }[] =>
  statementsOf(policy).flatMap(statement => {
    if (String(statement['Effect']).toLowerCase() !== 'allow') return []
    const principal = plainTexts(objectAt(statement, 'Principal')['Federated']).find(name =>
      federation.test(name),
    )
    return principal === undefined ? [] : [{ statement, principal }]
  })

const grants = /^(?:foranyvalue:)?string(?:equals|equalsignorecase|like)(?:ifexists)?$/

/** What a statement asks of `aud` or `amr`, negations aside; `like` where `*` and `?` are wild. */
export const asked = (statement: JsonObject, name: 'aud' | 'amr'): { values: Json[]; like: boolean }[] =>
  conditionsOf(statement)
    .filter(
      ({ operator, key }) =>
        grants.test(operator) && /^cognito-identity[\w.-]*:/.test(key) && key.endsWith(`:${name}`),
    )
    .map(({ operator, values }) => ({ values, like: operator.includes('like') }))

/** Whom a trust policy of identity pools lets in, by what it asks of `amr`. */
export const trustOf = (trust: Term | undefined): { amr: string[] } | undefined => {
  const body = documentIn(trust)
  if (body === undefined) return undefined
  if (isShort(body)) return { amr: plainTexts(body['amr'] ?? 'authenticated') }
  const statements = cognitoStatements({ title: '', field: 'trust', body })
  if (statements.length === 0) return undefined
  return {
    amr: statements.flatMap(({ statement }) =>
      asked(statement, 'amr').flatMap(({ values, like }) =>
        ['authenticated', 'unauthenticated'].filter(sort =>
          plainTexts(values).some(value => (like ? matchesWild(value, sort) : value === sort)),
        ),
      ),
    ),
  }
}

export const isWild = (text: string): boolean => /[*?]/.test(text)
