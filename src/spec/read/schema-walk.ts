// What can be learned from a zod schema without parsing: keys, marks, types.
import type { z } from 'zod'
import type { Field } from '../../table/kind.ts'

interface Def {
  type: string
  shape?: { [key: string]: z.ZodType }
  valueType?: z.ZodType
  element?: z.ZodType
  innerType?: z.ZodType
  options?: z.ZodType[]
  in?: z.ZodType
  left?: z.ZodType
  right?: z.ZodType
}

const defOf = (schema: z.ZodType): Def => schema._zod.def as unknown as Def

/** The schemas that a schema is another form of: alternatives, wrapped ones. Itself, when it is none. */
const unwrap = (schema: z.ZodType): z.ZodType[] => {
  const def = defOf(schema)
  const inner = [def.innerType, def.in, def.left, def.right, ...(def.options ?? [])].filter(
    one => one !== undefined,
  )
  return inner.length === 0 ? [schema] : inner.flatMap(unwrap)
}

/** The schemas of the values at a path inside. */
const within = (schemas: z.ZodType[], path: readonly PropertyKey[]): z.ZodType[] => {
  const flat = schemas.flatMap(unwrap)
  const [part, ...rest] = path
  if (part === undefined) return flat
  const next = flat.map(defOf).flatMap(def => {
    const child = def.shape?.[String(part)] ?? def.valueType ?? def.element
    return child === undefined ? [] : [child]
  })
  return within(next, rest)
}

/** The keys that are allowed at a path inside a schema. */
export const keysAt = (schema: z.ZodType, path: readonly PropertyKey[]): string[] => [
  ...new Set(within([schema], path).flatMap(at => Object.keys(defOf(at).shape ?? {}))),
]

/** Whether the schema at a path inside is marked as the bytes of a file. */
export const isFileAt = (schema: z.ZodType, path: readonly PropertyKey[]): boolean =>
  within([schema], path).some(at => at.meta()?.['file'] === true)

/** The schemas that a schema is made of, the members of an object aside. */
const partsOf = (schema: z.ZodType): z.ZodType[] => {
  const { innerType, in: input, left, right, valueType, element, options = [] } = defOf(schema)
  return [innerType, input, left, right, valueType, element, ...options].filter(one => one !== undefined)
}

/** Whether the schema, or one that it is made of directly, is marked as an IAM document. */
export const holdsIam = (schema: z.ZodType): boolean =>
  schema.meta()?.['iam'] === true || partsOf(schema).some(holdsIam)

/** Whether anything inside the schema is marked as the bytes of a file. */
const holdsFiles = (schema: z.ZodType): boolean =>
  schema.meta()?.['file'] === true ||
  [...partsOf(schema), ...Object.values(defOf(schema).shape ?? {})].some(holdsFiles)

/** What a field's schema says, looked up once. */
const ofSchema = (holds: (schema: z.ZodType) => boolean): ((field: Field) => boolean) => {
  const known = new WeakMap<Field, boolean>()
  return field => {
    const found = known.get(field) ?? holds(field.schema())
    known.set(field, found)
    return found
  }
}

/** Whether a setting is, or is made directly of, an IAM document. */
export const isIam = ofSchema(holdsIam)

/** Whether bytes of a file belong anywhere in a setting. */
export const hasFiles = ofSchema(holdsFiles)
