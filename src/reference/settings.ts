// docs/reference.md: every setting of the file, from the tables and the schemas.
import { stringify } from 'yaml'
import { isFixed } from '../engine/values.ts'
import type { Field, Kind } from '../kinds/kind.ts'
import type { Impact, Json } from '../model.ts'
import { headSchemas } from '../spec/head.ts'
import { metaSchemas } from '../spec/meta.ts'
import { blockOf, memberOf, pathsOf, titleOf } from '../explain/names.ts'
import { all, either, inWords } from '../explain/words.ts'

const code = (text: string): string => `\`${text}\``

/** A value as one would write it in the middle of a line. */
const inline = (value: Json): string =>
  stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim()

/** Words for a value: nothing is nothing, not `null`. */
const worth = (value: Json): string =>
  value === null
    ? 'nothing'
    : value === ''
      ? 'no text'
      : Array.isArray(value) && value.length === 0
        ? 'none'
        : typeof value === 'object' && Object.keys(value).length === 0
          ? 'none'
          : code(inline(value))

const probe = '\u0000'

/** Whether silence means the local key. */
const isNamedByKey = (field: Field): boolean => field.implied?.({}, probe) === probe

const silence = (kind: Kind, field: Field): string => {
  const fallback = field.unset === 'keep' ? field.default : field.unset
  if (isNamedByKey(field)) return 'Left out: the key.'
  if (isFixed(kind, field))
    return fallback === undefined || fallback === null
      ? 'Compared only when stated.'
      : `AWS's default is ${worth(fallback)}. Compared only when stated.`
  if (field.unset === 'keep')
    return fallback === undefined || fallback === null
      ? 'Left out: stays as it is.'
      : `Left out: stays as it is; a new ${kind.title} has ${worth(fallback)}.`
  return `Left out: ${worth(field.unset)}.`
}

const change = (kind: Kind, field: Field): string[] => {
  const notes: string[] = []
  if (field.path === kind.nameField && kind.replace !== undefined)
    return [`Cannot be changed in place: a change is blocked unless \`--allow ${kind.replace}\` is given.`]
  if (isFixed(kind, field)) notes.push('Cannot be changed: a change is blocked.')
  if (field.clear === 'impossible') notes.push('Once set, AWS cannot take it away.')
  if (field.clear === 'unproven')
    notes.push('No way to take it away again is proven, so cogsync does not try.')
  if (field.empty === 'refused') notes.push('AWS refuses `[]`.')
  if (field.empty === 'default') notes.push('AWS takes `[]` for its default, so `[]` is an error.')
  if (field.secret) notes.push('A secret: never shown and never compared.')
  if (field.shape === 'set') notes.push('The order does not matter.')
  if (field.collection?.permanent) notes.push('Entries that the file does not list stay.')
  else if (field.collection)
    notes.push(
      `Entries that the file does not list stay, unless \`prune: [${field.collection.name}]\` says otherwise.`,
    )
  return notes
}

const words: { [impact in Impact]?: string } = {
  'login-breaking': 'break sign-in',
  'security-loosening': 'loosen security',
  'security-tightening': 'tighten security',
  cost: 'change the price',
  irreversible: 'be irreversible',
}

/** What a change can do, by trying the examples both ways. */
const impacts = ({ impact, examples: [one, other] }: Field): string[] => {
  if (!impact) return []
  const found = new Set([
    ...impact(one, other),
    ...impact(other, one),
    ...impact(undefined, one),
    ...impact(one, undefined),
  ])
  const said = Object.entries(words).flatMap(([name, text]) => (found.has(name as Impact) ? [text] : []))
  const text = either(said).replace('loosen security or tighten security', 'loosen or tighten security')
  return said.length === 0 ? [] : [`A change may ${text}.`]
}

/** One setting as it stands in the file: the path, and its first example. */
const example = (path: string, value: Json): string => {
  const nested = path.split('.').reduceRight<Json>((inner, part) => ({ [part]: inner }), value)
  return stringify(nested, { lineWidth: 100, flowCollectionPadding: true }).trimEnd()
}

const row = (kind: Kind, field: Field): string => {
  const paths = pathsOf(kind, field)
  const facts = [
    `${upper(inWords(field.schema))}.`,
    silence(kind, field),
    ...change(kind, field),
    ...impacts(field),
    `AWS: ${code(memberOf(field))}.`,
  ]
  return `### ${paths.map(code).join(', ')}

${field.doc}

${facts.join(' ')}

\`\`\`yaml
${example(paths.at(-1) ?? field.path, field.examples[0])}
\`\`\`
`
}

const upper = (text: string): string =>
  text.startsWith('`') ? text : `${text[0]?.toUpperCase()}${text.slice(1)}`

/** A row that its key says is no setting to write. */
const isWritten = (kind: Kind, field: Field): boolean =>
  !(kind.place.form === 'map' && kind.place.bareKey?.field === field.path)

const references = (kind: Kind): string => {
  const names = Object.keys(kind.attributes)
  return names.length === 0 ? '' : `\n\nA reference to it may end in ${either(names.map(code))}.`
}

const section = (kind: Kind, kinds: readonly Kind[]): string => {
  const placed =
    kind.place.form === 'facet'
      ? `Stands directly in the ${kinds.find(one => one.name === kind.parent)?.title ?? 'parent'}: ${code(blockOf(kind, kinds))}.`
      : `Stands under ${code(blockOf(kind, kinds))}.`
  return `## ${titleOf(kind)}

${kind.doc} ${placed}${references(kind)}

${kind.fields
  .filter(field => isWritten(kind, field))
  .map(field => row(kind, field))
  .join('\n')}`
}

const described = (schemas: {
  [key: string]:
    | (typeof headSchemas)[keyof typeof headSchemas]
    | (typeof metaSchemas)[keyof typeof metaSchemas]
}): string =>
  Object.entries(schemas)
    .map(([key, schema]) => `- ${code(key)}: ${schema.meta()?.description ?? ''}`)
    .join('\n')

export const referenceDoc = (kinds: readonly Kind[]): string => {
  const rows = kinds.reduce((sum, kind) => sum + kind.fields.length, 0)
  return `<!-- Generated by npm run generate. -->

# Reference

Every setting of \`cognito.yaml\`: ${rows} settings of ${all(kinds.map(kind => `${kind.title}s`.replace(/ss$/, 's').replace(/^roles of the identity pools$/, 'roles of identity pools')))}.

Each entry says what may be written, what leaving the setting out means, and AWS's name for it. With \`unspecified: keep\` at the top of the file, leaving out always means: stays as it is. \`null\` means AWS's default, said aloud. A reference (\`\${var.name}\`) may stand wherever text may. [Concepts](concepts.md) explains the words.

## The top of the file

${described(headSchemas)}

## On any resource

${described(metaSchemas)}

${kinds.map(kind => section(kind, kinds)).join('\n')}`
}
