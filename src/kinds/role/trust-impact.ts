// What a change of a trust policy does: whom it shuts out, and whom it lets in.
import type { Impact, Term } from '../../model.ts'
import { documentOf, foldedDocument } from '../../table/iam-document.ts'
import { isHole, isObject } from '../../table/rule.ts'
import { listOf } from './documents.ts'
import { matchesWild } from './wildcard.ts'

/** One way in, or one that is shut: a statement for one principal, one action and one value of each condition. */
interface Way {
  allows: boolean
  /** what cannot be taken apart is compared as text */
  opaque?: string
  principal: string
  action: string
  tests: Test[]
}

interface Test {
  operator: string
  key: string
  values: string[]
}

/** More ways than this in one statement, and it is compared as a whole. */
const enough = 500

/**
 * `login-breaking` when somebody who could assume the role cannot any more, `security-loosening` when somebody can
 * who could not. What cannot be told is both.
 */
export const trustImpact = (before: Term | undefined, after: Term | undefined): Impact[] => {
  const [old, next] = [waysOf(before), waysOf(after)]
  if (old === undefined || next === undefined) return ['login-breaking', 'security-loosening']
  const isCovered = (way: Way, by: readonly Way[]) => by.some(one => covers(one, way))
  const lost = old.filter(way => !isCovered(way, next))
  const won = next.filter(way => !isCovered(way, old))
  const breaks = lost.some(({ allows }) => allows) || won.some(({ allows }) => !allows)
  const loosens = won.some(({ allows }) => allows) || lost.some(({ allows }) => !allows)
  return [
    ...(breaks ? (['login-breaking'] as const) : []),
    ...(loosens ? (['security-loosening'] as const) : []),
  ]
}

const textOf = (term: Term): string => (typeof term === 'string' ? term : JSON.stringify(term))

/** Every way that a document describes; `undefined` for what is no document, or one of another language. */
const waysOf = (value: Term | undefined): Way[] | undefined => {
  if (value === undefined || value === null) return []
  const document = foldedDocument(documentOf(value))
  if (!isObject(document) || !Array.isArray(document['Statement'])) return undefined
  if (document['Version'] !== '2012-10-17') return undefined
  return document['Statement'].flatMap(statement => waysIn(statement))
}

const waysIn = (statement: Term): Way[] => {
  const opaque = (): Way[] => {
    const allows = !isObject(statement) || statement['Effect'] !== 'Deny'
    const { Sid: _sid, ...rest } = isObject(statement) ? statement : { statement }
    return [{ allows, opaque: JSON.stringify(rest), principal: '', action: '', tests: [] }]
  }
  if (!isObject(statement)) return opaque()
  const { Effect, Principal, Action, Condition = {} } = statement
  const principals = principalsOf(Principal)
  const known = ['Sid', 'Effect', 'Principal', 'Action', 'Condition']
  if (Object.keys(statement).some(key => !known.includes(key)) || !isObject(Condition)) return opaque()
  if (principals.length === 0 || !(Effect === 'Allow' || Effect === 'Deny')) return opaque()
  const tests = Object.entries(Condition).map(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]): Test[] =>
          alternatives(operator, key, listOf(values).map(textOf)),
        )
      : undefined,
  )
  if (tests.some(test => test === undefined)) return opaque()
  const choices = tests.flatMap(test => test ?? [])
  const count = choices.reduce((product, some) => product * some.length, 1)
  const actions = listOf(Action).map(textOf)
  if (count * principals.length * actions.length > enough) return opaque()
  const combined = choices.reduce<Test[][]>(
    (all, some) => all.flatMap(one => some.map(test => [...one, test])),
    [[]],
  )
  return principals.flatMap(principal =>
    actions.flatMap(action =>
      combined.map((each): Way => ({ allows: Effect === 'Allow', principal, action, tests: each })),
    ),
  )
}

/** `*` is everybody, and so is every AWS principal: nobody has to be anything else first. */
const principalsOf = (principal: Term | undefined): string[] => {
  if (principal === '*') return ['*']
  if (!isObject(principal) || isHole(principal)) return []
  return Object.entries(principal).flatMap(([type, ids]) =>
    listOf(ids).map(id => (type === 'AWS' && id === '*' ? '*' : `${type} ${textOf(id)}`)),
  )
}

/** A test that one value of several is enough for is as many tests. */
const alternatives = (operator: string, key: string, values: string[]): Test[] =>
  isNegative(operator) || operator.startsWith('forallvalues:') || values.length === 0
    ? [{ operator, key, values: [...values].sort() }]
    : values.map(value => ({ operator, key, values: [value] }))

const isNegative = (operator: string): boolean => /not/.test(operator)

/** Whether whoever goes one way could go the other. */
const covers = (wide: Way, narrow: Way): boolean => {
  if (wide.allows !== narrow.allows) return false
  if (wide.opaque !== undefined || narrow.opaque !== undefined) return wide.opaque === narrow.opaque
  return (
    (wide.principal === '*' || wide.principal === narrow.principal) &&
    matches(wide.action, narrow.action) &&
    wide.tests.every(test => narrow.tests.some(one => implies(one, test)))
  )
}

/** Whether what passes the one test passes the other. */
const implies = (strict: Test, loose: Test): boolean => {
  if (strict.key !== loose.key) return false
  const [one, other] = [strict.operator, loose.operator]
  const same = one === other || `${one}ifexists` === other
  if (isNegative(other) || other.startsWith('forallvalues:'))
    return same && JSON.stringify(strict.values) === JSON.stringify(loose.values)
  const [value = '', pattern = ''] = [strict.values[0], loose.values[0]]
  const isLike = /like(ifexists)?$/.test(other)
  const asLike = one.replace(/equals(ifexists)?$/, 'like$1')
  const similar = same || (isLike && (asLike === other || `${asLike}ifexists` === other))
  if (!similar) return false
  if (!isLike) return value === pattern
  // `*` in a test for equality is itself
  const isLiteral = one !== other && /equals(ifexists)?$/.test(one)
  return matches(pattern, isLiteral ? value.replace(/[*?]/g, '\u0000') : value)
}

/** Whether a pattern takes all that another takes; a text is a pattern that takes itself. */
const matches = (pattern: string, other: string): boolean =>
  pattern === other || matchesWild(pattern, other, character => character !== '*')
