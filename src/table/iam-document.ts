// IAM policy documents: parsed, canonical, and the trust policy of identity-pool roles.
//
// Two documents mean the same when they differ in white space, key order, the order of a list, a scalar against
// a list of one, or the case of what IAM reads without case. The canonical form removes all but the case, so that
// it can be shown; the folded form removes that too, so that comparing is comparing JSON. What neither removes is a
// principal that reads as a bare id (AROA...): that is a principal that was deleted, and the policy must be put
// again to bind to its successor (re:Post).
import type { Json, JsonObject, Term } from '../model.ts'

/** A document as IAM returns it (RFC 3986 encoded), parsed; wrapped so that it is sent as text again. */
export const parsedDocument = (encoded: Json | undefined): Term => ({
  $json: JSON.parse(decodeURIComponent(String(encoded))) as Json,
})

/** The document inside `$json`, or the term itself. */
export const documentOf = (term: Term): Term =>
  isObject(term) && '$json' in term ? (term['$json'] as Term) : term

const isObject = (term: Term | undefined): term is JsonObject =>
  typeof term === 'object' && term !== null && !Array.isArray(term)
const isTerm = (term: Term): boolean => isObject(term) && Object.keys(term).some(key => key.startsWith('$'))
const listOf = (term: Term | undefined): Term[] =>
  term === undefined ? [] : Array.isArray(term) ? term : [term]
const asText = (term: Term): Term =>
  typeof term === 'boolean' || typeof term === 'number' ? String(term) : term
const sorted = (terms: Term[]): Term[] => {
  const keyed = new Map(terms.map(term => [JSON.stringify(term), term]))
  return [...keyed.keys()].sort().map(key => keyed.get(key) as Term)
}
const entries = (object: JsonObject, each: (key: string, value: Term) => [string, Term]): JsonObject =>
  Object.fromEntries(
    Object.entries(object)
      .map(([key, value]) => each(key, value))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

type Fold = (text: string) => string

/** A document for comparing: canonical, and without the case of what IAM reads without case. */
export const foldedDocument = (document: Term): Term =>
  canonicalDocument(document, text => text.toLowerCase())

/** A document in canonical form; anything that is no document comes back as it is. */
export const canonicalDocument = (document: Term, fold: Fold = text => text): Term => {
  if (!isObject(document) || isTerm(document)) return document
  const { Version, Statement, ...rest } = document
  return {
    ...(Version !== undefined && { Version }),
    ...rest,
    Statement: sorted(listOf(Statement).map(statement => canonicalStatement(statement, fold))),
  }
}

const canonicalStatement = (statement: Term, fold: Fold): Term => {
  const folded = (term: Term): Term => (typeof term === 'string' ? fold(term) : term)
  if (!isObject(statement) || isTerm(statement)) return statement
  const order = [
    'Sid',
    'Effect',
    'Principal',
    'NotPrincipal',
    'Action',
    'NotAction',
    'Resource',
    'NotResource',
    'Condition',
  ]
  const keys = [...Object.keys(statement)].sort((a, b) => order.indexOf(a) - order.indexOf(b))
  return Object.fromEntries(
    keys.flatMap((key): [string, Term][] => {
      const value = statement[key] as Term
      if (key === 'Sid' && value === '') return []
      if (key === 'Condition') return isEmpty(value) ? [] : [[key, canonicalCondition(value, fold)]]
      if (key === 'Principal' || key === 'NotPrincipal') return [[key, canonicalPrincipal(value)]]
      if (key === 'Action' || key === 'NotAction') return [[key, sorted(listOf(value).map(folded))]]
      if (key === 'Resource' || key === 'NotResource') return [[key, sorted(listOf(value))]]
      return [[key, value]]
    }),
  )
}

const isEmpty = (value: Term): boolean => isObject(value) && Object.keys(value).length === 0

/** `{ AWS: '111122223333' }` is that account's root. */
const canonicalPrincipal = (principal: Term): Term =>
  isObject(principal) && !isTerm(principal)
    ? entries(principal, (type, ids) => [
        type,
        sorted(
          listOf(ids).map(id =>
            type === 'AWS' && /^\d{12}$/.test(String(id)) ? `arn:aws:iam::${String(id)}:root` : id,
          ),
        ),
      ])
    : principal

const canonicalCondition = (condition: Term, fold: Fold): Term =>
  isObject(condition) && !isTerm(condition)
    ? entries(condition, (operator, tests) => [
        fold(operator),
        isObject(tests) && !isTerm(tests)
          ? entries(tests, (key, values) => [fold(key), sorted(listOf(values).map(asText))])
          : tests,
      ])
    : condition

/** Who vouches for identities of identity pools, by partition (China and GovCloud have their own). */
const federation = (partition: string): string =>
  ({
    'aws-cn': 'cognito-identity.cn-north-1.amazonaws.com.cn',
    'aws-us-gov': 'cognito-identity-us-gov.amazonaws.com',
  })[partition] ?? 'cognito-identity.amazonaws.com'

/**
 * The trust policy that lets identities of one identity pool assume a role: `aud` is the pool, `amr` says
 * whether they have signed in (AWS: role trust and permissions). Without `aud`, any pool in the world could.
 */
export const identityPoolTrust = (
  pool: Term,
  amr: Term,
  tagSession: boolean,
  partition: string,
): JsonObject => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: federation(partition) },
      Action: ['sts:AssumeRoleWithWebIdentity', ...(tagSession ? ['sts:TagSession'] : [])],
      Condition: {
        StringEquals: { [`${federation(partition)}:aud`]: pool },
        'ForAnyValue:StringLike': { [`${federation(partition)}:amr`]: amr },
      },
    },
  ],
})

/** What `identityPoolTrust` would have to be given to write this document; `undefined` when it never writes it. */
export const trustOfIdentityPool = (
  document: Term,
  partition: string,
): { pool: Term; amr: Term; tagSession: boolean } | undefined => {
  const [statement, ...others] = listOf((foldedDocument(document) as JsonObject)['Statement'])
  const { Condition, Action } = (isObject(statement) ? statement : {}) as JsonObject
  if (others.length > 0 || !isObject(Condition)) return undefined
  const test = (operator: string, key: string): Term[] => {
    const tests = Condition[operator]
    return isObject(tests) ? listOf(tests[`${federation(partition)}:${key}`]) : []
  }
  const [[pool, ...more], amr] = [test('stringequals', 'aud'), test('foranyvalue:stringlike', 'amr')]
  if (pool === undefined || more.length > 0 || amr.length === 0) return undefined
  const found = {
    pool,
    amr: amr.length === 1 ? (amr[0] as Term) : amr,
    tagSession: listOf(Action).includes('sts:tagsession'),
  }
  const written = foldedDocument(identityPoolTrust(found.pool, found.amr, found.tagSession, partition))
  return JSON.stringify(written) === JSON.stringify(foldedDocument(document)) ? found : undefined
}

/** The identity pools whose identities a trust policy lets in: ids, or patterns of them. */
export const identityPoolsIn = (document: Term | undefined): string[] => {
  if (!isObject(document) || isTerm(document)) return []
  const found = listOf(document['Statement']).flatMap(statement => {
    const { Effect, Condition } = (isObject(statement) ? statement : {}) as JsonObject
    if (Effect === 'Deny' || !isObject(Condition)) return []
    return Object.entries(Condition).flatMap(([operator, tests]) =>
      /not/i.test(operator) || !isObject(tests)
        ? []
        : Object.entries(tests).flatMap(([key, values]) =>
            /^cognito-identity[^:]*:aud$/i.test(key) ? listOf(values) : [],
          ),
    )
  })
  return [...new Set(found.filter(one => typeof one === 'string'))]
}
