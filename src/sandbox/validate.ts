// Checks a request against the model, in the words AWS uses for it.
import { orderAsHashSet } from './java-order.ts'
import { findInput, type Member, type Shape } from './model.ts'
import { type Json, type Members, ServiceError } from './service.ts'
import { makeTable } from './table.ts'

/** Identity pools: [REC: moto 1979, 2018; amplify-swift 2864, 2023]. */
const validationCodes: Record<string, string> = makeTable({
  'cognito-identity': 'ValidationException',
  iam: 'ValidationError',
  lambda: 'ValidationException', // [REC: localstack snapshots, 2023]
  secretsmanager: 'ValidationException',
  ssm: 'ValidationException',
  sts: 'ValidationError',
  wafv2: 'ValidationException',
})

/** Throws AWS's validation error when the input breaks the model. Unknown members pass, as on AWS. */
export function validateInput(service: string, operation: string, input: Members): void {
  const root = findInput(service, operation)
  if (root === undefined) return
  requireTypes(service, root, input)
  const failures = collectStructure(relaxForCustomDomain(operation, root, input), input, '')
  if (failures.length === 0) return
  const noun = failures.length === 1 ? 'error' : 'errors'
  throw new ServiceError(
    validationCodes[service] ?? 'InvalidParameterException',
    `${failures.length} validation ${noun} detected: ${failures.join('; ')}`,
  )
}

/** Custom domains are dotted names and travel in the same member, which the modelled pattern would refuse. */
function relaxForCustomDomain(operation: string, root: Member, input: Members): Member {
  const domain = root.members.get('Domain')
  if (!operation.endsWith('UserPoolDomain') || domain === undefined) return root
  // The prefix operations answer a bad character in their own words, so they look at the pattern themselves.
  const { pattern: _, patternText: __, ...shape } = domain.shape
  // A dotted name may be longer than a prefix [RFC 1035: 253].
  if (typeof input.Domain === 'string' && input.Domain.includes('.')) shape.max = 253
  return { ...root, members: new Map(root.members).set('Domain', { ...domain, shape }) }
}

/** The wrong JSON type never reaches validation: AWS fails to deserialise it. */
function requireTypes(service: string, member: Member, value: Json): void {
  if (value === null) return
  const { type } = member.shape
  if (!hasType(type, value)) {
    throw new ServiceError(
      service === 'iam' ? 'MalformedInput' : 'SerializationException',
      `${nameToken(value)} can not be converted to ${nameTarget(type)}`,
    )
  }
  if (Array.isArray(value)) {
    for (const element of value) if (member.element) requireTypes(service, member.element, element)
  } else if (typeof value === 'object') {
    for (const [name, inner] of Object.entries(value)) {
      const child = type === 'map' ? member.value : member.members.get(name)
      if (child) requireTypes(service, child, inner)
    }
  }
}

function hasType(type: Shape['type'], value: Json): boolean {
  if (type === 'list') return Array.isArray(value)
  if (type === 'map' || type === 'structure') return typeof value === 'object' && !Array.isArray(value)
  if (type === 'integer') return typeof value === 'number' && Number.isInteger(value)
  if (type === 'boolean') return typeof value === 'boolean'
  return typeof value === 'string'
}

function nameToken(value: Json): string {
  if (Array.isArray(value)) return 'START_ARRAY'
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE'
  return value === null || typeof value === 'object'
    ? 'START_OBJECT'
    : `${(typeof value).toUpperCase()}_VALUE`
}

function nameTarget(type: Shape['type']): string {
  const targets = {
    integer: 'an Integer',
    boolean: 'a Boolean',
    list: 'a List',
    map: 'a Map',
    blob: 'a Blob',
  }
  return type in targets
    ? targets[type as keyof typeof targets]
    : type === 'structure'
      ? 'an Object'
      : 'a String'
}

function collectStructure(member: Member, value: Members, path: string): string[] {
  return [...member.members].flatMap(([name, child]) => {
    const at = path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`
    const inner = value[name]
    if (inner === undefined || inner === null) {
      return child.required ? [describeFailure('null', at, 'Member must not be null')] : []
    }
    return collectValue(child, inner, at)
  })
}

function collectValue(member: Member, value: Json, at: string): string[] {
  const shown = member.shape.sensitive ? undefined : quote(value)
  const own = listBrokenRules(member.shape, value).map(rule => describeFailure(shown, at, rule))
  if (Array.isArray(value)) return [...own, ...collectElements(member, value, at)]
  if (value === null || typeof value !== 'object') return own
  if (member.shape.type === 'map') return [...own, ...collectMap(member, value, at)]
  return [...own, ...collectStructure(member, value, at)]
}

/** A bad scalar element is told of its list as one constraint [REC: terraform-provider-aws 38167]. */
function collectElements(member: Member, value: Json[], at: string): string[] {
  const { element } = member
  if (element === undefined) return []
  if (element.shape.type === 'structure' || element.shape.type === 'list' || element.shape.type === 'map') {
    return value.flatMap((inner, index) => collectValue(element, inner, `${at}.${index + 1}.member`))
  }
  if (value.every(inner => listBrokenRules(element.shape, inner).length === 0)) return []
  return [describeFailure(quote(value), at, `Member must satisfy constraint: [${listRules(element.shape)}]`)]
}

function collectMap(member: Member, value: Members, at: string): string[] {
  const failures: string[] = []
  const { key, value: inner } = member
  if (key && Object.keys(value).some(name => listBrokenRules(key.shape, name).length > 0)) {
    failures.push(
      describeFailure(quote(value), at, `Map keys must satisfy constraint: [${listRules(key.shape)}]`),
    )
  }
  if (inner === undefined) return failures
  if (inner.shape.type !== 'string') {
    return failures.concat(
      Object.entries(value).flatMap(([name, each]) => collectValue(inner, each, `${at}.${name}.member`)),
    )
  }
  if (Object.values(value).some(each => listBrokenRules(inner.shape, each).length > 0)) {
    failures.push(
      describeFailure(quote(value), at, `Map value must satisfy constraint: [${listRules(inner.shape)}]`),
    )
  }
  return failures
}

interface Rule {
  text: string
  holds(value: Json): boolean
}

function listBrokenRules(shape: Shape, value: Json): string[] {
  return makeRules(shape)
    .filter(rule => !rule.holds(value))
    .map(rule => rule.text)
}

function listRules(shape: Shape): string {
  return makeRules(shape)
    .map(rule => rule.text)
    .join(', ')
}

function makeRules({ type, min, max, pattern, patternText, enum: values }: Shape): Rule[] {
  const rules: Rule[] = []
  const measured = type === 'integer' ? 'value' : 'length'
  const size = type === 'blob' ? measureBytes : measure
  if (max !== undefined) {
    rules.push({
      text: `Member must have ${measured} less than or equal to ${max}`,
      holds: value => size(value) <= max,
    })
  }
  if (min !== undefined) {
    rules.push({
      text: `Member must have ${measured} greater than or equal to ${min}`,
      holds: value => size(value) >= min,
    })
  }
  if (pattern !== undefined) {
    rules.push({
      text: `Member must satisfy regular expression pattern: ${patternText}`,
      holds: value => typeof value === 'string' && pattern.test(value),
    })
  }
  if (values !== undefined) {
    // The set prints in hash order: [OPTIONAL, OFF, ON] [REC: aws-sdk-java-v2 5528].
    rules.push({
      text: `Member must satisfy enum value set: [${orderAsHashSet(values).join(', ')}]`,
      holds: value => typeof value === 'string' && values.includes(value),
    })
  }
  return rules
}

/** Bytes travel as base64 text; their limits count the bytes. */
function measureBytes(value: Json): number {
  return typeof value === 'string' ? Buffer.byteLength(value, 'base64') : 0
}

/** A number's value, a text's length, a collection's size. */
function measure(value: Json): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return value !== null && typeof value === 'object' ? Object.keys(value).length : 0
}

function describeFailure(value: string | undefined, at: string, rule: string): string {
  return `Value${value === undefined ? '' : ` ${value}`} at '${at}' failed to satisfy constraint: ${rule}`
}

/** The value as Java prints it. */
function quote(value: Json): string {
  return `'${printJava(value)}'`
}

function printJava(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printJava).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}=${printJava(inner)}`)
      .join(', ')}}`
  }
  return String(value)
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}
