// Whether a statement of a function's policy lets Cognito invoke the function for a pool.
import type { Json, JsonObject } from '../../model.ts'
import { matchesWild } from '../role/wildcard.ts'

export const principal = 'cognito-idp.amazonaws.com'

export interface Statement {
  Sid?: string
  Effect?: string
  Principal?: Json
  Action?: Json
  Condition?: { [operator: string]: JsonObject }
}

const listOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).filter(item => typeof item === 'string')

/**
 * Told by what it means, not by its Sid, so that a permission which the console or another tool made counts. AWS
 * documents the comparison of the source as StringLike and stores ArnLike, so any operator and any case of the key
 * will do [D][G23]; a condition that is not understood is not met.
 */
export const allowsInvoking = (statement: Statement, pool: string, account: string): boolean => {
  const who = statement.Principal
  const services =
    typeof who === 'object' && who !== null && !Array.isArray(who) ? listOf(who['Service']) : listOf(who)
  const actions = listOf(statement.Action).map(action => action.toLowerCase())
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, wanted]) => ({ operator, key: key.toLowerCase(), wanted })),
  )
  return (
    statement.Effect === 'Allow' &&
    services.some(service => service === principal || service === '*') &&
    actions.some(action => matchesWild(action, 'lambda:invokefunction')) &&
    conditions.every(({ operator, key, wanted }) => {
      const actual = { 'aws:sourcearn': pool, 'aws:sourceaccount': account }[key]
      if (actual === undefined || !/^(Arn|String)(Like|Equals)(IfExists)?$/.test(operator)) return false
      // ArnEquals takes wildcards as ArnLike does
      const plain = operator.startsWith('StringEquals')
      return listOf(wanted).some(pattern => (plain ? actual === pattern : matchesWild(pattern, actual)))
    })
  )
}
