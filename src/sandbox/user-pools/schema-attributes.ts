// The attribute schema of a pool: 21 standard attributes, and custom ones after them.
import type { Json, Members } from '../service.ts'
import { compact, readMembers, readText } from './members.ts'
import { invalid } from './store.ts'

/** In the order of 2025 and 2026 [REC: 2025-05]. */
const standardOrder = [
  'profile',
  'address',
  'birthdate',
  'gender',
  'preferred_username',
  'updated_at',
  'website',
  'picture',
  'identities',
  'sub',
  'phone_number',
  'phone_number_verified',
  'zoneinfo',
  'locale',
  'email',
  'email_verified',
  'given_name',
  'family_name',
  'middle_name',
  'name',
  'nickname',
] as const

function describeStandard(name: string): Members {
  const base = { Name: name, DeveloperOnlyAttribute: false, Mutable: true, Required: false }
  const text = (min: string, max: string) => ({
    ...base,
    AttributeDataType: 'String',
    StringAttributeConstraints: { MinLength: min, MaxLength: max },
  })
  switch (name) {
    case 'sub':
      return { ...text('1', '2048'), Mutable: false, Required: true }
    case 'birthdate':
      return text('10', '10')
    case 'updated_at':
      return { ...base, AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '0' } }
    case 'email_verified':
    case 'phone_number_verified':
      return { ...base, AttributeDataType: 'Boolean' }
    case 'identities':
      return { ...base, AttributeDataType: 'String', StringAttributeConstraints: {} }
    default:
      return text('0', '2048')
  }
}

/** The schema of a new pool, from what CreateUserPool was given. */
export function buildSchema(declared: readonly Members[]): Members[] {
  const standard = standardOrder.map(name => {
    const own = declared.find(each => each.Name === name)
    return own === undefined ? describeStandard(name) : declareStandard(name, own)
  })
  const custom = declared.filter(each => !isStandard(readText(each.Name)))
  return addCustom(standard, custom)
}

function isStandard(name: string | undefined): boolean {
  return (standardOrder as readonly string[]).includes(name ?? '')
}

/** A declaration may make a standard attribute required or immutable, and narrow it; never change its type. */
function declareStandard(name: string, declared: Members): Members {
  const standard = describeStandard(name)
  const type = declared.AttributeDataType ?? standard.AttributeDataType
  if (type !== standard.AttributeDataType) {
    throw invalid(
      `You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute ${name}.`,
    )
  }
  // Without constraints a standard string attribute comes back with its usual ones [REC: 2025-05].
  const sent = readMembers(declared.StringAttributeConstraints)
  const constraints = Object.keys(sent).length > 0 ? sent : standard.StringAttributeConstraints
  return compact({
    ...standard,
    Required: declared.Required ?? standard.Required,
    Mutable: declared.Mutable ?? standard.Mutable,
    StringAttributeConstraints: constraints,
    NumberAttributeConstraints: declared.NumberAttributeConstraints ?? standard.NumberAttributeConstraints,
  })
}

/** The schema with further custom attributes, or the error AWS has for them. */
export function addCustom(schema: readonly Members[], added: readonly Members[]): Members[] {
  const next = [...schema]
  for (const declared of added) {
    const attribute = describeCustom(declared)
    const name = readText(attribute.Name) ?? ''
    // [REC: 2019]
    if (next.some(each => each.Name === name)) {
      throw invalid(`${name}: Existing attribute already has name ${name}.`)
    }
    next.push(attribute)
  }
  if (next.length - standardOrder.length > 50)
    throw invalid('A user pool can have at most 50 custom attributes.')
  return next
}

/** A prefixed name is stored doubled, `custom:custom:x` [REC: aws-cloudformation-user-guide 932]. */
function describeCustom(declared: Members): Members {
  // [REC: boto3 2317, 2020]
  if (declared.Required === true) throw invalid('Required custom attributes are not supported currently.')
  const type = readText(declared.AttributeDataType) ?? 'String'
  const developerOnly = declared.DeveloperOnlyAttribute === true
  const bare = readText(declared.Name)
  if (bare === undefined) throw invalid('Schema attribute name is required.')
  return compact({
    Name: `${developerOnly ? 'dev' : 'custom'}:${bare}`,
    AttributeDataType: type,
    DeveloperOnlyAttribute: developerOnly,
    Mutable: declared.Mutable ?? true,
    Required: false,
    // Constraints read back exactly as given, empty when none were [REC: 2022 to 2024].
    StringAttributeConstraints: keepConstraints(type === 'String', declared.StringAttributeConstraints),
    NumberAttributeConstraints: keepConstraints(type === 'Number', declared.NumberAttributeConstraints),
  })
}

function keepConstraints(applies: boolean, given: Json | undefined): Json | undefined {
  return applies ? (given ?? {}) : undefined
}
