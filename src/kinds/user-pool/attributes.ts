// The schema attributes of a user pool: twenty standard ones that every pool has, and custom ones, which can
// be added but never changed or removed.
import { z } from 'zod'
import type { Json, JsonObject, Term } from '../../model.ts'
import type { Codec, Wires } from '../../table/kind.ts'
import { flag, oneOf, whole } from '../../table/schemas.ts'

/** The standard attributes and their types (OpenID Connect's, and Cognito's `sub` and verification flags). */
const standardTypes: { [name: string]: string } = {
  address: 'String',
  birthdate: 'String',
  email: 'String',
  email_verified: 'Boolean',
  family_name: 'String',
  gender: 'String',
  given_name: 'String',
  locale: 'String',
  middle_name: 'String',
  name: 'String',
  nickname: 'String',
  phone_number: 'String',
  phone_number_verified: 'Boolean',
  picture: 'String',
  preferred_username: 'String',
  profile: 'String',
  sub: 'String',
  updated_at: 'Number',
  website: 'String',
  zoneinfo: 'String',
}

export const standardAttributes: readonly string[] = Object.keys(standardTypes)

/** Whether a name as AWS reads it is a custom attribute's: `custom:x`, or the older `dev:custom:x`. */
export const isCustom = (name: string): boolean => /^(dev:)?custom:|^dev:/.test(name)

/** What may be written under `schema`: attributes by name. */
export const attributeSchema = () =>
  z.record(
    z
      .string()
      .regex(
        /^(?:(?:dev:)?custom:[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}|dev:[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}|[a-z_]+)$/u,
        'must be a standard attribute, or custom: and a name of at most 20 characters',
      ),
    z.strictObject({
      type: oneOf('String', 'Number', 'DateTime', 'Boolean').optional(),
      required: flag().optional(),
      mutable: flag().optional(),
      minLength: whole(0, 2048).optional(),
      maxLength: whole(0, 2048).optional(),
      // AWS takes them as text and bounds only its length
      minValue: z.number().optional(),
      maxValue: z.number().optional(),
    }),
  )

interface WireAttribute {
  Name: string
  AttributeDataType?: string
  DeveloperOnlyAttribute?: boolean
  Mutable?: boolean
  Required?: boolean
  StringAttributeConstraints?: { MinLength?: string; MaxLength?: string }
  NumberAttributeConstraints?: { MinValue?: string; MaxValue?: string }
}

/** What is sent for one attribute: names without prefix (a prefixed one is stored doubled [REC]), numbers as text. */
export const toWireAttribute = (name: string, attribute: Term): JsonObject => {
  const stated = attribute as { [key: string]: Json }
  const type = (stated['type'] as string | undefined) ?? standardTypes[name] ?? 'String'
  const bounds = (least: string, most: string) => ({
    ...(stated[least] !== undefined && { [pascal(least)]: String(stated[least]) }),
    ...(stated[most] !== undefined && { [pascal(most)]: String(stated[most]) }),
  })
  const [strings, numbers] = [bounds('minLength', 'maxLength'), bounds('minValue', 'maxValue')]
  return {
    Name: name.replace(/^dev:custom:|^custom:|^dev:/, ''),
    AttributeDataType: type,
    Mutable: stated['mutable'] ?? true,
    ...(isCustom(name)
      ? { DeveloperOnlyAttribute: name.startsWith('dev:') }
      : { Required: stated['required'] ?? false }),
    ...(Object.keys(strings).length > 0 && { StringAttributeConstraints: strings }),
    ...(Object.keys(numbers).length > 0 && { NumberAttributeConstraints: numbers }),
  }
}

const pascal = (name: string) => name[0]?.toUpperCase() + name.slice(1)

const fromWireAttribute = (attribute: WireAttribute): JsonObject => {
  const bound = (text: string | undefined) => (text === undefined ? undefined : Number(text))
  const { StringAttributeConstraints: strings, NumberAttributeConstraints: numbers } = attribute
  const all = {
    type: attribute.AttributeDataType,
    required: attribute.Required ?? false,
    mutable: attribute.Mutable ?? true,
    minLength: bound(strings?.MinLength),
    maxLength: bound(strings?.MaxLength),
    minValue: bound(numbers?.MinValue),
    maxValue: bound(numbers?.MaxValue),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as JsonObject
}

/** Lengths 0 and 2048 say what saying nothing says [REC: terraform-provider-aws 21654, 38096]. */
const withoutIdleBounds = (attribute: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(attribute).filter(
      ([key, value]) => !(key === 'minLength' && value === 0) && !(key === 'maxLength' && value === 2048),
    ),
  )

/** What AWS gives a standard attribute that nobody described [LIVE-drift]. */
const standardShape = (name: string): JsonObject => ({
  type: standardTypes[name] ?? 'String',
  required: name === 'sub',
  mutable: name !== 'sub',
  ...(name === 'birthdate' && { minLength: 10, maxLength: 10 }),
  ...(name === 'sub' && { minLength: 1 }),
  ...(name === 'updated_at' && { minValue: 0 }),
})

/** What a person would say of an attribute; `undefined` for a standard one that is as AWS makes it. */
const toFileAttribute = (name: string, attribute: JsonObject): JsonObject | undefined => {
  if (isCustom(name)) {
    const { type, required: _never, mutable, ...bounds } = attribute
    return { type: type as Json, ...(mutable === false && { mutable }), ...bounds }
  }
  const usual = standardShape(name)
  const special = Object.entries(attribute).filter(([key, value]) => usual[key] !== value)
  return special.length === 0 ? undefined : Object.fromEntries(special)
}

const wireAttributes = (wires: Wires) => (wires['Schema'] ?? []) as unknown as WireAttribute[]

/** Attribute map ↔ `Schema`. Reads carry AWS's prefixes, requests do not, so the canonical form is the file's. */
export const attributeMap: Codec = {
  canonical: value =>
    Object.fromEntries(
      Object.entries(value as { [name: string]: JsonObject }).map(([name, attribute]) => [
        name,
        withoutIdleBounds(attribute),
      ]),
    ),
  toWire: value => ({
    Schema: Object.entries(value as JsonObject).map(([name, attribute]) => toWireAttribute(name, attribute)),
  }),
  fromWire: wires =>
    wires['Schema'] === undefined
      ? undefined
      : Object.fromEntries(
          wireAttributes(wires).map(attribute => [
            attribute.Name,
            withoutIdleBounds(fromWireAttribute(attribute)),
          ]),
        ),
  toFile: wires =>
    Object.fromEntries(
      wireAttributes(wires).flatMap(attribute => {
        const said = toFileAttribute(attribute.Name, withoutIdleBounds(fromWireAttribute(attribute)))
        return said === undefined ? [] : [[attribute.Name, said]]
      }),
    ),
}
