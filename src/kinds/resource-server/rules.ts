// What Cognito would refuse of a resource server.
import type { Context } from '../../table/kind.ts'
import { checkWith, once, type Rule, rule, textOf } from '../../table/rule.ts'

/** At most two keys of each: that there is another is all that counts. */
const keysByIdentifier = once((servers: ReturnType<Context['siblings']>) => {
  const found = new Map<string | undefined, string[]>()
  for (const { key, values } of servers) {
    const identifier = textOf(values, 'identifier')
    const keys = found.get(identifier) ?? []
    if (keys.length < 2) found.set(identifier, [...keys, key])
  }
  return found
})

const rules: readonly Rule[] = [
  rule(
    'COG2301',
    (values, context) => {
      const identifier = textOf(values, 'identifier')
      const holders = keysByIdentifier(context.siblings('resourceServer')).get(identifier)
      return holders?.some(key => key !== context.key) ? identifier : undefined
    },
    {
      field: 'identifier',
      message: identifier => `${identifier} names another resource server of the pool too`,
      hint: 'give it another identifier, or put the scopes of both under one',
    },
  ),
  rule('COG2302', values => textOf(values, 'identifier') === 'aws.cognito' && 'aws.cognito', {
    field: 'identifier',
    message: identifier => `${identifier} is Cognito's own resource server`,
    hint: 'give it another identifier, usually the URL of the API',
    severity: 'warning',
  }),
]

export const checkResourceServer = checkWith(rules)
