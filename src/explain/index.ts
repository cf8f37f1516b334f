// Explains a path of the file, or a diagnostic code, from the tables. Loads no SDK.
import { stringify } from 'yaml'
import { z } from 'zod'
import { codes } from '../codes/index.ts'
import { kinds } from '../kinds/index.ts'
import type { Json, JsonObject } from '../model.ts'
import { nearest } from '../spec/check/suggest.ts'
import type { Field, Kind } from '../table/kind.ts'
import { describe } from './describe.ts'
import type { Explanation, Line } from './explanation.ts'
import { allPaths, find, type Hit, nearestPath } from './find.ts'
import { type Place, shortPathOf, treeOf } from './tree.ts'
import { inWords } from './words.ts'

export type { Explanation } from './explanation.ts'

/** The file as a whole for an empty path. */
export const explain = (path: string): Explanation => {
  if (/^cog\d+$/i.test(path)) return explainCode(path.toUpperCase())
  if (path === '') return explainPlace({ place: treeOf(kinds), keys: new Map(), inside: [] })
  const hits = find(path, kinds)
  const [hit, ...others] = hits
  if (hit === undefined) {
    const near = nearestPath(path, kinds)
    return { is: 'unknown', path, ...(near !== undefined && { hint: `did you mean \`${near}\`?` }) }
  }
  if (others.length > 0)
    return {
      is: 'several',
      path,
      candidates: hits.map(({ place }) => ({ key: shortPathOf(place), text: textOf(place) })),
    }
  return explainPlace(hit)
}

/** What may be explained, with a few words about each: for completion. */
export const explainable = (): Line[] => [
  ...allPaths(kinds).map(({ path, place }) => ({ key: path, text: textOf(place) })),
  ...Object.entries(codes).map(([code, { title }]) => ({ key: code, text: title })),
]

const explainCode = (code: string): Explanation => {
  const known = codes[code]
  if (known !== undefined) return { is: 'code', code, ...known }
  const near = nearest(code, Object.keys(codes))
  return { is: 'unknown', path: code, ...(near !== undefined && { hint: `did you mean \`${near}\`?` }) }
}

const explainPlace = (hit: Hit): Explanation => {
  const { what } = hit.place
  if (what.is === 'row') return explainRow(hit, what.kind, what.field)
  if (what.is === 'plain') return explainPlain(hit, what.schema(), what.of)
  return explainBlock(hit)
}

const explainRow = (hit: Hit, kind: Kind, field: Field): Explanation => {
  const { type, silence, changes, notes, impacts, member } = describe(kind, field)
  const blockAbove = (path: string) => path.split('.').slice(0, -1).join('.')
  const together = kind.together?.find(([first = '']) => blockAbove(first) === blockAbove(field.path))
  const all = [...changes, ...(field.remedy === undefined ? [] : [`Instead: ${field.remedy}.`]), ...impacts]
  return {
    is: 'setting',
    path: pathOf(hit),
    of: kind.title,
    doc: field.doc,
    type,
    schema: jsonSchema(field.schema()),
    silence,
    notes,
    changes: changes.length === 0 ? ['Made in place.', ...all] : all,
    ...(together && { together: together.filter(path => path !== field.path) }),
    member,
    ...insideOf(hit, field.schema()),
    example: exampleOf(hit, field.examples[0]),
  }
}

const explainPlain = (hit: Hit, schema: z.ZodType, of: string): Explanation => {
  const meta = schema.meta()
  const [example] = (meta?.['examples'] ?? []) as Json[]
  return {
    is: 'setting',
    path: pathOf(hit),
    of,
    doc: meta?.description ?? '',
    type: inWords(schema),
    schema: jsonSchema(schema),
    notes: [],
    changes: [],
    ...insideOf(hit, schema),
    ...(example !== undefined && { example: exampleOf(hit, example) }),
  }
}

const explainBlock = (hit: Hit): Explanation => {
  const { place } = hit
  const { what } = place
  const children = [...place.children.values()]
  const lines = (wanted: (child: Place) => boolean): Line[] =>
    children.filter(wanted).map(child => ({ key: child.key, text: textOf(child) }))
  const isCommon = (child: Place) => place.parent !== undefined && child.what.is === 'plain'
  const isBlock = (child: Place) => child.what.is === 'group' || child.what.is === 'kind'
  return {
    is: 'block',
    path: pathOf(hit),
    title:
      what.is === 'kind'
        ? what.kind.title
        : what.is === 'group'
          ? `part of the ${what.kind.title}`
          : 'the file',
    doc: what.is === 'kind' ? what.kind.doc : '',
    attributes: what.is === 'kind' ? Object.keys(what.kind.attributes) : [],
    settings: lines(child => !isBlock(child) && !isCommon(child)),
    blocks: lines(isBlock),
    common: lines(isCommon),
  }
}

/** A place in a line. */
const textOf = ({ what, children }: Place): string =>
  what.is === 'row'
    ? firstSentence(what.field.doc)
    : what.is === 'plain'
      ? firstSentence(what.schema().meta()?.description ?? '')
      : what.is === 'kind'
        ? firstSentence(what.kind.doc)
        : [...children.keys()].join(', ')

/** A point inside a name or a number ends no sentence. */
const firstSentence = (text: string): string => /^.*?[.](?=\s+[A-Z`"]|$)/s.exec(text)?.[0] ?? text

const pathOf = ({ place, keys }: Hit): string =>
  partsWith(place, (at, label) => keys.get(at) ?? label).join('.')

const partsWith = (place: Place, keyOf: (place: Place, label: string) => string): string[] => {
  const { parent, key, what } = place
  if (parent === undefined) return []
  const own = what.is === 'kind' && what.label !== undefined ? [key, keyOf(place, what.label)] : [key]
  return [...partsWith(parent, keyOf), ...own]
}

/** The setting where it stands in a file; keys that nobody gave are made up: `my-pool`. */
const exampleOf = ({ place, keys }: Hit, value: Json): string => {
  const parts = partsWith(place, (at, label) => keys.get(at) ?? madeUp(at, label))
  const nested = parts.reduceRight<Json>((inner, part) => ({ [part]: inner }), value)
  return stringify(nested, { lineWidth: 100, flowCollectionPadding: true }).trimEnd()
}

const lastWord = (title: string): string => title.split(' ').at(-1) as string

/** `my-pool`; for a key that names an app client, `my-pool.my-client`. */
const madeUp = ({ what }: Place, label: string): string => {
  if (what.is !== 'kind') return label
  if (what.kind.place.form !== 'map' || what.kind.place.bareKey === undefined) {
    const key = `my-${lastWord(what.kind.title)}`
    // where the key is the name, not every text may be one
    const name = what.kind.fields.find(({ path, implied }) => path === what.kind.nameField && implied)
    return name === undefined || name.schema().safeParse(key).success ? key : String(name.examples[0])
  }
  const named = kinds.find(
    kind => what.kind.place.form === 'map' && kind.name === what.kind.place.bareKey?.kind,
  )
  const parent = kinds.find(kind => kind.name === named?.parent)
  return [parent, named].flatMap(kind => (kind === undefined ? [] : [`my-${lastWord(kind.title)}`])).join('.')
}

/** What stands at a path inside a setting's value, as far as its schema says. */
const insideOf = (hit: Hit, schema: z.ZodType): { inside?: { path: string; type: string } } => {
  if (hit.inside.length === 0) return {}
  const inner = hit.inside.reduce<z.ZodType | undefined>(
    (at, part) => (at === undefined ? undefined : stepInto(at, part)),
    schema,
  )
  return {
    inside: {
      path: hit.inside.join('.'),
      type: inner === undefined ? 'nothing that is known' : inWords(inner),
    },
  }
}

const stepInto = (schema: z.ZodType, part: string): z.ZodType | undefined => {
  if (schema instanceof z.ZodOptional) return stepInto(schema.unwrap() as z.ZodType, part)
  if (schema instanceof z.ZodArray) {
    const element = schema.element as z.ZodType
    return /^\d+$/.test(part) ? element : stepInto(element, part)
  }
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType
  if (schema instanceof z.ZodObject) return (schema.shape as { [key: string]: z.ZodType })[part]
  if (schema instanceof z.ZodUnion)
    return schema.options
      .map(option => stepInto(option as z.ZodType, part))
      .find(found => found !== undefined)
  return undefined
}

const jsonSchema = (schema: z.ZodType): JsonObject => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })
  return rest as JsonObject
}
