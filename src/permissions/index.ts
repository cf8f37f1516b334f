// What whoever runs cogsync must be allowed to do: an IAM policy made from the operations that the kinds declare.

import type { Spec } from '../model.ts'
import { type Kind, partitionOf, type Where } from '../table/kind.ts'
import { edgeStatements } from './edges.ts'
import { rootStatements } from './roots.ts'
import { secretStatements } from './secrets.ts'
import { packed, type Statement } from './statement.ts'

/** What is to be allowed beside planning. `destroy` goes with `apply`. */
export interface Purposes {
  apply: boolean
  rotate: boolean
  destroy: boolean
}

export interface Permissions {
  document: { Version: '2012-10-17'; Statement: Statement[] }
  /** what is wider than it could be, in sentences */
  notes: string[]
}

/**
 * The least that IAM must allow for a file, on the file's own pools and roles as far as IAM can tell them apart:
 * by the ids that the file pins, by names where names are ids, else by cogsync's tags. `account`: twelve digits,
 * or `*` for whichever the policy is used in.
 */
export const permissionsFor = (
  spec: Spec,
  kinds: readonly Kind[],
  purposes: Purposes,
  account: string,
): Permissions => {
  const where: Where = { account, region: spec.region, partition: partitionOf(spec.region) }
  const edges = edgeStatements(spec, kinds, where, purposes)
  const byName = spec.resources.filter(({ existing }) => existing !== undefined && existing.id === undefined)
  const statements = packed([
    { sid: 'AccountWide', actions: ofTheAccount, on: ['*'] },
    ...rootStatements(spec, kinds, where, purposes),
    ...edges.allowed,
    ...secretStatements(spec, kinds, where, purposes),
  ])
  const wide = byName.map(
    ({ address }) =>
      `${address} is given by its name, and IAM knows ids: what is allowed there is allowed on all in the Region. Give \`existing.id\``,
  )
  return {
    document: { Version: '2012-10-17', Statement: named(statements) },
    notes: [...wide, ...edges.notes],
  }
}

/** What is read of an account as a whole: the name in comments, and `outputs --limits`. */
const ofTheAccount = ['cognito-idp:GetProvisionedLimit', 'iam:ListAccountAliases']

/** Statements of one name get numbers. */
const named = (statements: readonly Statement[]): Statement[] =>
  statements.map((one, index) => {
    const before = statements.slice(0, index).filter(({ Sid }) => Sid === one.Sid).length
    return before === 0 ? one : { ...one, Sid: `${one.Sid}${before + 1}` }
  })
