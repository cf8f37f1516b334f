// What a schema lets through, in words: `one of OFF, OPTIONAL, ON`, `a whole number from 6 to 99`.
import { z } from 'zod'

const code = (text: string | number | boolean): string => `\`${text}\``

/** `a, b or c` */
export const either = (items: readonly string[]): string =>
  items.length <= 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} or ${items.at(-1)}`

/** `a, b and c` */
export const all = (items: readonly string[]): string =>
  items.length <= 1 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** What the schema's own checks say they want: messages that begin with `must be`. */
const wants = (schema: z.ZodType): string[] =>
  (schema._zod.def.checks ?? []).flatMap(check => {
    // a message that was given is a function of the issue that ignores it
    const message = check._zod.def.error as ((issue: object) => unknown) | undefined
    const said = message?.({})
    const text = typeof said === 'string' ? said : undefined
    return text?.startsWith('must be ') ? [text.slice('must be '.length)] : []
  })

/** Lengths and sizes that nobody would meet by accident are left out. */
const noticeable = 4096

const textLengths = (schema: z.ZodString): string => {
  const [least, most] = [schema.minLength ?? 0, schema.maxLength ?? Number.POSITIVE_INFINITY]
  if (most > noticeable && least < 2) return ''
  if (most > noticeable) return `at least ${least} characters`
  return least > 1 ? `${least} to ${most} characters` : `at most ${most} characters`
}

/** What a list's own checks say of its length. */
const bound = (schema: z.ZodArray, check: 'min_length' | 'max_length', key: string): number | undefined => {
  const found = schema._zod.def.checks?.find(one => one._zod.def.check === check)
  return (found?._zod.def as { [key: string]: unknown } | undefined)?.[key] as number | undefined
}

const list = (schema: z.ZodArray, item: string): string => {
  const [least = 0, most] = [bound(schema, 'min_length', 'minimum'), bound(schema, 'max_length', 'maximum')]
  if (most !== undefined)
    return `a list of ${least > 0 ? `${least} to` : 'at most'} ${most} items, each ${item}`
  return least > 0
    ? `a list of at least ${least === 1 ? 'one item' : `${least} items`}, each ${item}`
    : `a list of ${item}`
}

/** Sentences about whole steps of seconds say nothing. */
const isIdle = (want: string): boolean => want === 'whole seconds'

const text = (schema: z.ZodString): string => {
  const own = wants(schema).filter(want => !isIdle(want))
  const lengths = textLengths(schema)
  if (own.length === 0) return lengths === '' ? 'text' : `text of ${lengths}`
  if (own[0]?.startsWith('a duration')) {
    const [, bounds = '', step] = own
    return `a duration ${bounds}${step === undefined ? '' : `, in ${step}`}`
  }
  return [
    own.join('; '),
    ...(lengths === '' || /^(the ARN|an ARN|\d)/.test(own[0] ?? '') ? [] : [lengths]),
  ].join(', ')
}

const number = (schema: z.ZodNumber): string => {
  const { minValue, maxValue } = schema
  const what = schema.isInt ? 'a whole number' : 'a number'
  const [least, most] = [minValue, maxValue].map(value => (Number.isFinite(value) ? value : undefined))
  if (least !== undefined && most !== undefined) return `${what} from ${least} to ${most}`
  return least !== undefined
    ? `${what}, at least ${least}`
    : most !== undefined
      ? `${what}, at most ${most}`
      : what
}

const object = (schema: z.ZodObject): string => {
  const members = Object.entries(schema.shape as { [key: string]: z.ZodType }).map(
    ([key, inner]) => `${code(key)} (${inner instanceof z.ZodOptional ? 'optional; ' : ''}${inWords(inner)})`,
  )
  return `a map of ${all(members)}`
}

const entries = (schema: z.ZodRecord, value: string): string => {
  const limits = wants(schema as z.ZodType)
  const key = schema.keyType as z.ZodType
  const named =
    key instanceof z.ZodEnum ? `one of ${either(key.options.map(option => code(String(option))))}` : ''
  const worded = named === '' ? wants(key).join('; ') : named
  const keys = worded === '' ? '' : `, its keys ${worded}`
  return `a map${keys}; each value: ${value}${limits.length === 0 ? '' : `; ${limits.join('; ')}`}`
}

/** Never empty, and lower case but for what is code. */
export const inWords = (schema: z.ZodType): string => {
  if (schema.meta()?.['iam'] === true) return 'a policy document'
  if (schema instanceof z.ZodOptional) return inWords(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodBoolean) return '`true` or `false`'
  if (schema instanceof z.ZodEnum) return either(schema.options.map(option => code(String(option))))
  if (schema instanceof z.ZodLiteral) return either([...schema.values].map(value => code(String(value))))
  if (schema instanceof z.ZodNumber) return number(schema)
  if (schema instanceof z.ZodString) return text(schema)
  if (schema instanceof z.ZodArray) return list(schema, inWords(schema.element as z.ZodType))
  if (schema instanceof z.ZodRecord) return entries(schema, inWords(schema.valueType as z.ZodType))
  if (schema instanceof z.ZodObject) return object(schema)
  if (schema instanceof z.ZodUnion) return either(schema.options.map(option => inWords(option as z.ZodType)))
  return 'any value'
}

/** The map whose members a value has: its own, or those of what it holds. */
const mapIn = (schema: z.ZodType): z.ZodObject | undefined => {
  if (schema instanceof z.ZodOptional) return mapIn(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodArray) return mapIn(schema.element as z.ZodType)
  if (schema instanceof z.ZodRecord) return mapIn(schema.valueType as z.ZodType)
  return schema instanceof z.ZodObject ? schema : undefined
}

const shortly = (schema: z.ZodType): string => {
  if (schema instanceof z.ZodOptional) return shortly(schema.unwrap() as z.ZodType)
  if (mapIn(schema) === undefined) return inWords(schema)
  if (schema instanceof z.ZodArray) return list(schema, shortly(schema.element as z.ZodType))
  return schema instanceof z.ZodRecord ? entries(schema, shortly(schema.valueType as z.ZodType)) : 'a map'
}

/** The same in short, and its members as a list in Markdown; `undefined` where there are none to list. */
export const inList = (schema: z.ZodType): { type: string; members: string[] } | undefined => {
  const map = mapIn(schema)
  if (map === undefined) return undefined
  const members = Object.entries(map.shape as { [key: string]: z.ZodType }).flatMap(([key, inner]) => [
    `- ${code(key)}${inner instanceof z.ZodOptional ? ', optional' : ''}: ${shortly(inner)}`,
    ...(inList(inner)?.members ?? []).map(line => `  ${line}`),
  ])
  return { type: shortly(schema), members }
}
