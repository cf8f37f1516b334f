// What Cognito would refuse of a domain; the context's key says which sort it is.
import type { Context, Values } from '../../table/kind.ts'
import { arnParts, checkWith, has, lacks, type Rule, rule, textOf } from '../../table/rule.ts'
import { isLite } from '../user-pool/rules/tier.ts'

const reserved = ['aws', 'amazon', 'cognito']
const customOnly = ['certificateArn', 'securityPolicy']
const failover = ['secondaryRegion', 'primaryRoute53HealthCheckId'].map(name => `routing.failover.${name}`)

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const isPrefixName = (name: string): boolean => new RegExp(`^${label}$`).test(name)
const isFullName = (name: string): boolean =>
  new RegExp(`^(?:${label}\\.)+[a-z][a-z0-9-]*[a-z0-9]$`).test(name)

const prefixName = (values: Values, { key }: Context) =>
  key === 'prefix' ? textOf(values, 'name') : undefined
const customName = (values: Values, { key }: Context) =>
  key === 'custom' ? textOf(values, 'name') : undefined

/** The setting's fields that have a value. */
const setOf = (values: Values, fields: readonly string[]) =>
  fields.filter(field => has(values, field)).map(field => ({ value: field, field }))

const rules: readonly Rule[] = [
  rule(
    'COG2201',
    (values, context) => {
      const name = prefixName(values, context)
      return name !== undefined && !isPrefixName(name) ? name : undefined
    },
    {
      field: 'name',
      message: name => `${name} is not a prefix`,
      hint: name =>
        name.includes('.')
          ? 'a domain of your own goes under domain.custom'
          : 'use up to 63 lower-case letters, digits and hyphens, and neither begin nor end with a hyphen',
    },
  ),
  rule(
    'COG2202',
    (values, context) =>
      prefixName(values, context)
        ?.split('-')
        .find(part => reserved.includes(part)),
    {
      field: 'name',
      message: word => `the prefix has the reserved word ${word}`,
      hint: 'leave aws, amazon and cognito out',
    },
  ),
  rule(
    'COG2203',
    (values, context) => {
      const name = prefixName(values, context)
      return name?.split('-').some(part => reserved.includes(part))
        ? undefined
        : reserved.find(word => name?.includes(word))
    },
    {
      field: 'name',
      message: word => `the prefix contains ${word}, which AWS documents as reserved`,
      hint: 'choose a prefix without it, to be safe: AWS has accepted it inside a longer word',
      severity: 'warning',
    },
  ),
  rule(
    'COG2204',
    (values, context) => {
      const name = customName(values, context)
      return name !== undefined && !isFullName(name) ? name : undefined
    },
    {
      field: 'name',
      message: name => `${name} is not the full name of a domain`,
      hint: "write login.shop.example in lower case; a prefix of Cognito's domain goes under domain.prefix",
    },
  ),
  rule(
    'COG2205',
    (values, context) => {
      const name = customName(values, context)
      return name !== undefined && isFullName(name) && name.split('.').length < 3 ? name : undefined
    },
    {
      field: 'name',
      message: name => `the parent of ${name} is a top-level domain`,
      hint: name => `use a name below it, such as login.${name}; ${name} itself needs an A record`,
    },
  ),
  rule(
    'COG2206',
    (values, context) => {
      const arn = textOf(values, 'certificateArn')
      const [parts, name] = [arnParts(arn), context.partition === 'aws' || context.partition === '']
      return parts !== undefined && (parts.service !== 'acm' || (name && parts.region !== 'us-east-1'))
        ? arn
        : undefined
    },
    {
      field: 'certificateArn',
      message: arn => `${arn} is not a certificate of ACM in us-east-1`,
      hint: "issue or import the certificate in us-east-1, whatever the pool's Region: CloudFront serves the domain",
    },
  ),
  rule('COG2207', (values, { key }) => key === 'custom' && lacks(values, 'certificateArn'), {
    field: 'certificateArn',
    message: (_, values) => `the domain ${String(textOf(values, 'name') ?? 'custom')} has no certificate`,
    hint: 'give the ARN of a certificate in us-east-1',
  }),
  rule('COG2208', (values, { key }) => (key === 'prefix' ? setOf(values, customOnly) : undefined), {
    field: 'certificateArn',
    message: field => `${field} is for domains of your own, and this is a prefix`,
    hint: 'put it under domain.custom',
  }),
  rule('COG2209', (values, { key }) => (key === 'prefix' ? setOf(values, failover) : undefined), {
    field: 'routing.failover.secondaryRegion',
    message: field => `${field} is for domains of your own, and this is a prefix`,
    hint: 'add domain.custom, or take routing out',
  }),
  rule(
    'COG2210',
    values =>
      failover.some(field => has(values, field))
        ? failover.filter(field => lacks(values, field)).map(field => ({ value: field, field }))
        : undefined,
    {
      field: 'routing.failover.secondaryRegion',
      message: field => `failover has no ${field.split('.').at(-1)}`,
      hint: 'give both secondaryRegion and primaryRoute53HealthCheckId',
    },
  ),
  rule(
    'COG2211',
    (values, { region }) => {
      const secondary = textOf(values, 'routing.failover.secondaryRegion')
      return secondary === region ? secondary : undefined
    },
    {
      field: 'routing.failover.secondaryRegion',
      message: region => `${region} is the pool's own Region`,
      hint: 'name the Region of a replica',
    },
  ),
  rule('COG2212', (values, { parent }) => values['managedLoginVersion'] === 2 && isLite(parent), {
    field: 'managedLoginVersion',
    message: 'managed login (version 2) needs ESSENTIALS or PLUS, and the pool is on LITE',
    hint: "use version 1, or raise the pool's userPoolTier, which changes the price",
  }),
  rule(
    'COG2214',
    (values, context) => {
      const [name, id] = [customName(values, context), textOf(context.parent, 'mfa.webAuthn.relyingPartyId')]
      return name !== undefined && id !== undefined && name !== id ? id : undefined
    },
    {
      field: 'name',
      message: (id, values) => `passkeys belong to ${id}, and people sign in at ${textOf(values, 'name')}`,
      hint: 'set mfa.webAuthn.relyingPartyId to the domain before anybody registers a passkey; a later change orphans them',
      severity: 'warning',
    },
  ),
]

export const checkUserPoolDomain = checkWith(rules)
