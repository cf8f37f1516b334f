// Names people sign in with, attributes, verification, recovery, registration of clients, levels of authentication.
import type { JsonObject } from '../../../model.ts'
import type { Values } from '../../../table/kind.ts'
import { has, isObject, mapOf, type Rule, rule, sentence, textsOf, wholeList } from '../../../table/rule.ts'
import { isCustom, standardAttributes } from '../attributes.ts'

const typeOfStandard = (name: string): string =>
  ({ email_verified: 'Boolean', phone_number_verified: 'Boolean', updated_at: 'Number' })[name] ?? 'String'

/** Declared attributes by name; anything that is no object says nothing. */
const declared = (values: Values): [string, JsonObject][] =>
  Object.entries(mapOf(values, 'attributes') ?? {}).filter((entry): entry is [string, JsonObject] =>
    isObject(entry[1]),
  )

const attributesWhere = (values: Values, wrong: (attribute: JsonObject, name: string) => boolean): string[] =>
  declared(values)
    .filter(([name, attribute]) => wrong(attribute, name))
    .map(([name]) => name)

const typeOf = (attribute: JsonObject, name: string) =>
  attribute['type'] ?? (isCustom(name) ? 'String' : typeOfStandard(name))

const exceeds = (attribute: JsonObject, least: string, most: string): boolean => {
  const [min, max] = [attribute[least], attribute[most]]
  return typeof min === 'number' && typeof max === 'number' && min > max
}

const openIdScopes = ['openid', 'email', 'phone', 'profile']
const grantFields = ['authenticatedGrantTypes', 'openDcrGrantTypes'].map(
  name => `dynamicClientRegistration.${name}`,
)

/** The name of every level, Cognito's own where none is given. */
const levelNames = (values: Values): string[] => {
  const stated = mapOf(values, 'acr')
  if (stated === undefined) return []
  return ['Level1', 'Level2', 'Level3', 'Level4'].flatMap(level => {
    const named = stated[level]
    const name = isObject(named) ? named['acrValue'] : `urn:cognito:loa:${level.slice(-1)}`
    return typeof name === 'string' ? [name] : []
  })
}

const repeated = (items: readonly string[]): string[] => [
  ...new Set(items.filter((item, index) => items.indexOf(item) !== index)),
]

const typeNamed = (values: Values, name: string) => {
  const attribute = mapOf(values, 'attributes')?.[name]
  return isObject(attribute) ? typeOf(attribute, name) : undefined
}

const keyType = (values: Values): string => String(mapOf(values, 'key')?.['keyType'])

const keyIsWrong = (values: Values): boolean => {
  const key = mapOf(values, 'key')
  if (typeof key?.['keyType'] !== 'string') return false
  const arn = key['kmsKeyArn']
  return (key['keyType'] === 'CUSTOMER_MANAGED_KEY') !== (arn !== undefined && arn !== null)
}

export const signInRules: readonly Rule[] = [
  rule('COG2020', values => has(values, 'usernameAttributes') && has(values, 'aliasAttributes'), {
    field: 'aliasAttributes',
    message: (_, values) =>
      `aliasAttributes (${sentence(textsOf(values, 'aliasAttributes'))}) cannot stand beside usernameAttributes (${sentence(textsOf(values, 'usernameAttributes'))})`,
    hint: 'keep one: usernameAttributes to sign in without a user name, aliasAttributes to sign in with one or the other',
  }),
  rule(
    'COG2021',
    values =>
      textsOf(values, 'aliasAttributes').includes('preferred_username') &&
      declared(values).some(([name, { required }]) => name === 'preferred_username' && required === true),
    {
      field: 'attributes',
      message: 'preferred_username is an alias, so it cannot be required',
      hint: 'take `required: true` off preferred_username, or take it out of aliasAttributes',
    },
  ),
  rule(
    'COG2022',
    values => attributesWhere(values, ({ required }, name) => isCustom(name) && required === true),
    {
      field: 'attributes',
      message: name => `${name} is required, and custom attributes cannot be`,
      hint: 'take `required: true` off; a pre-sign-up trigger can refuse people who do not give it',
    },
  ),
  rule(
    'COG2023',
    values =>
      attributesWhere(
        values,
        (attribute, name) =>
          standardAttributes.includes(name) && typeOf(attribute, name) !== typeOfStandard(name),
      ),
    {
      field: 'attributes',
      message: (name, values) =>
        `${name} is always a ${typeOfStandard(name)}, not a ${String(typeNamed(values, name))}`,
      hint: 'leave the type of a standard attribute out, or add a custom attribute',
    },
  ),
  rule(
    'COG2024',
    values =>
      attributesWhere(
        values,
        (_, name) => !isCustom(name) && name !== 'identities' && !standardAttributes.includes(name),
      ),
    {
      field: 'attributes',
      message: name => `${name} is not a standard attribute`,
      hint: name => `write "custom:${name}" for an attribute of your own`,
    },
  ),
  rule(
    'COG2025',
    values => attributesWhere(values, attribute => exceeds(attribute, 'minLength', 'maxLength')),
    {
      field: 'attributes',
      message: name => `${name} has a minLength greater than its maxLength`,
      hint: 'exchange the two',
    },
  ),
  rule(
    'COG2026',
    values => attributesWhere(values, attribute => exceeds(attribute, 'minValue', 'maxValue')),
    {
      field: 'attributes',
      message: name => `${name} has a minValue greater than its maxValue`,
      hint: 'exchange the two',
    },
  ),
  rule(
    'COG2027',
    values =>
      attributesWhere(values, (attribute, name) => {
        const type = typeOf(attribute, name)
        const [lengths, bounds] = [
          attribute['minLength'] !== undefined || attribute['maxLength'] !== undefined,
          attribute['minValue'] !== undefined || attribute['maxValue'] !== undefined,
        ]
        return (lengths && type !== 'String') || (bounds && type !== 'Number')
      }),
    {
      field: 'attributes',
      message: (name, values) =>
        `${name} is a ${String(typeNamed(values, name))}, and has bounds of another type`,
      hint: 'use minLength and maxLength for String, minValue and maxValue for Number, and neither for the others',
      severity: 'warning',
    },
  ),
  rule(
    'COG2028',
    values => {
      const count = declared(values).filter(([name]) => isCustom(name)).length
      return count > 50 ? String(count) : undefined
    },
    {
      field: 'attributes',
      message: count => `${count} custom attributes are more than the 50 a pool can have`,
      hint: "keep what need not be in tokens in a database, by the user's sub",
    },
  ),
  rule(
    'COG2029',
    values => {
      const verified = wholeList(values, 'autoVerifiedAttributes')
      return verified === undefined
        ? undefined
        : textsOf(values, 'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate').filter(
            name => !verified.includes(name),
          )
    },
    {
      field: 'userAttributeUpdateSettings.attributesRequireVerificationBeforeUpdate',
      message: name => `${name} must be verified before an update, and is not verified at all`,
      hint: name => `add ${name} to autoVerifiedAttributes`,
    },
  ),
  rule(
    'COG2030',
    values => {
      const recovery = textsOf(values, 'accountRecovery')
      return recovery.includes('admin_only') && recovery.length > 1
    },
    {
      field: 'accountRecovery',
      message: (_, values) =>
        `admin_only stands beside ${sentence(textsOf(values, 'accountRecovery').filter(name => name !== 'admin_only'))}`,
      hint: 'keep admin_only alone, or take it out',
    },
  ),
  rule('COG2031', values => repeated(textsOf(values, 'accountRecovery')), {
    field: 'accountRecovery',
    message: name => `${name} is there twice`,
    hint: 'name each way once',
  }),
  rule('COG2032', values => repeated(levelNames(values)), {
    field: 'acr',
    message: name => `${name} names two levels of authentication`,
    hint: 'give every level another name; a level that is not named is called urn:cognito:loa and its number',
  }),
  rule(
    'COG2033',
    values =>
      textsOf(values, 'dynamicClientRegistration.allowedScopes').filter(
        scope => openIdScopes.includes(scope) || scope === 'aws.cognito/dcr/register',
      ),
    {
      field: 'dynamicClientRegistration.allowedScopes',
      message: scope =>
        scope.includes('/')
          ? `registered clients never get ${scope}, allowed or not`
          : `registered clients may ask for ${scope} in any case`,
      hint: scope => `take ${scope} out`,
      severity: 'warning',
    },
  ),
  rule(
    'COG2034',
    values =>
      grantFields
        .filter(field => textsOf(values, field).includes('implicit'))
        .map(field => ({ value: 'implicit', field })),
    {
      field: 'dynamicClientRegistration.authenticatedGrantTypes',
      message: grant => `Cognito takes ${grant} here and ignores it`,
      hint: 'use code, which every kind of app can',
      severity: 'warning',
    },
  ),
  rule('COG2035', keyIsWrong, {
    field: 'key',
    message: (_, values) =>
      `${keyType(values)} ${keyType(values) === 'CUSTOMER_MANAGED_KEY' ? 'has no' : 'has a'} kmsKeyArn`,
    hint: 'give kmsKeyArn with CUSTOMER_MANAGED_KEY, and only with it',
  }),
]
