// What Cognito would refuse of a resource server.
import { checkWith, type Rule, rule, textOf } from './rule.ts'

const rules: readonly Rule[] = [
  rule(
    'COG2301',
    (values, context) => {
      const identifier = textOf(values, 'identifier')
      const others = context.siblings('resourceServer').filter(({ key }) => key !== context.key)
      return others.some(other => textOf(other.values, 'identifier') === identifier) ? identifier : undefined
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
