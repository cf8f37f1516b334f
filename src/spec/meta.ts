// The keys that any resource may have: pins, former names, what is left to others, what may be deleted.
import { z } from 'zod'
import type { Kind } from '../kinds/kind.ts'
import type { Desired, Ignore, JsonObject, Path, Tombstone } from '../model.ts'
import { findProblems } from './issues.ts'
import type { Block, Outline } from './outline.ts'
import type { Resolve } from './references.ts'
import { blockOf, type Group, type Registry, type Shape } from './registry.ts'
import { choices, didYouMean, withArticle } from './suggest.ts'
import { isObject, isTerm } from './terms.ts'
import type { Report } from './tree.ts'

const localKey = () =>
  z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be a local key: letters, digits, _ and -')
const given = () => z.string().min(1).max(2048)

export const metaSchemas = {
  id: given().meta({ description: 'Pins an existing resource by its id in AWS: consent to adopt it.' }),
  existing: z
    .strictObject({ id: given().optional(), name: given().optional() })
    .refine(({ id, name }) => (id === undefined) !== (name === undefined), 'must hold either `id` or `name`')
    .meta({ description: 'Others own this one: it is read and referred to, never written.' }),
  movedFrom: localKey().meta({ description: 'Its former key in this file.' }),
  renamedFrom: given().meta({ description: 'Its former name in AWS.' }),
  ignore: z
    .array(
      z.union([
        given(),
        z.strictObject({
          path: given(),
          reason: given().optional(),
          until: z
            .string()
            .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, such as 2026-12-01')
            .refine(date => !Number.isNaN(Date.parse(date)), 'must be a date of the calendar')
            .optional(),
        }),
      ]),
    )
    .meta({
      description: 'Settings left to others, by path; each may have a `reason`, and a date `until` which.',
    }),
  prune: z.array(given()).meta({ description: 'Collections whose unlisted entries are deleted.' }),
  removed: z
    .record(z.string(), z.array(given()))
    .meta({ description: 'What to delete here, by collection and name.' }),
  strangers: z
    .strictObject({ accept: z.array(given()).optional(), resend: z.array(given()).optional() })
    .meta({
      description:
        'Members of the live object that cogsync does not know: dropped (`accept`) or sent back (`resend`) by updates.',
    }),
} satisfies { [key: string]: z.ZodType }

/** A resource's meta keys, as far as they are right; `facets`: what they say about settings of facets. */
export interface Meta {
  own: Partial<Desired>
  facets: Map<Block, Partial<Desired>>
  removed: Tombstone[]
}

export const readMeta = (block: Block, outline: Outline, resolve: Resolve, report: Report): Meta => {
  const { registry } = outline
  const values: { [key in keyof typeof metaSchemas]?: unknown } = {}
  for (const [key, { node, path }] of block.meta) {
    const schema = metaSchemas[key as keyof typeof metaSchemas]
    const value = resolve(node, path, { block })
    if (value === undefined || value === null) continue
    const term = firstTerm(value, path)
    const problems =
      term === undefined
        ? findProblems({ schema, value, path, node })
        : [
            {
              code: 'COG1106',
              path: term,
              message: `\`${key}\` must be known at once: a reference to a resource cannot be used here`,
            },
          ]
    for (const problem of problems) report(problem)
    if (problems.length === 0) values[key as keyof typeof metaSchemas] = value
  }
  const meta: Meta = { own: {}, facets: new Map(), removed: [] }
  for (const key of ['id', 'existing', 'movedFrom', 'renamedFrom', 'strangers'] as const)
    if (values[key] !== undefined) Object.assign(meta.own, { [key]: values[key] })
  if (values.existing !== undefined && values.id !== undefined)
    report({
      code: 'COG1104',
      path: [...block.path, 'id'],
      onKey: true,
      message: '`id` and `existing` cannot stand together: one adopts, the other leaves to others',
    })
  if (values.movedFrom !== undefined) checkMove(block, String(values.movedFrom), outline, report)
  for (const [index, ignore] of ((values.ignore ?? []) as (string | Ignore)[]).entries())
    readIgnore(
      typeof ignore === 'string' ? { path: ignore } : ignore,
      [...block.path, 'ignore', index],
      block,
      registry,
      meta,
      report,
    )
  for (const [index, name] of ((values.prune ?? []) as string[]).entries())
    readPrune(name, [...block.path, 'prune', index], block, registry, meta, report)
  for (const [collection, names] of Object.entries(
    (values.removed ?? {}) as { [collection: string]: string[] },
  ))
    readRemoved(collection, names, block, registry, meta, report)
  return meta
}

const firstTerm = (value: unknown, path: Path): Path | undefined => {
  if (isTerm(value)) return path
  if (Array.isArray(value))
    return value.map((item, index) => firstTerm(item, [...path, index])).find(found => found !== undefined)
  return isObject(value)
    ? Object.entries(value)
        .map(([key, item]) => firstTerm(item, [...path, key]))
        .find(found => found !== undefined)
    : undefined
}

const checkMove = (block: Block, from: string, outline: Outline, report: Report): void => {
  const name = blockOf(block.kind) ?? ''
  const siblings = (block.parent === undefined ? outline.roots : block.parent.children).get(name)
  if (from === block.key || siblings?.has(from) === true)
    report({
      code: 'COG1217',
      path: [...block.path, 'movedFrom'],
      message: `\`${from}\` is still in the file, so \`${block.key}\` cannot have been moved from it`,
    })
}

/** The settings of a kind, and those in its split children's blocks, by path. */
const readIgnore = (
  ignore: Ignore,
  path: Path,
  block: Block,
  registry: Registry,
  meta: Meta,
  report: Report,
): void => {
  const shape = registry.shapes.get(block.kind.name)
  const found = shape === undefined ? undefined : lookUp(shape, ignore.path.split('.'))
  if (found === undefined || found.is === 'meta') {
    const known = shape === undefined ? [] : pathsOf(shape)
    report({
      code: 'COG1113',
      path,
      message: `${withArticle(block.kind.title)} has no setting \`${ignore.path}\` to ignore`,
      hint: didYouMean(ignore.path, known),
    })
    return
  }
  if (found.is === 'block') {
    const split = splitTarget(ignore.path.split('.').slice(1), found.child, block)
    if (split === undefined)
      report({
        code: 'COG1113',
        path,
        message: `\`${ignore.path}\` is no setting of the ${block.kind.title} itself`,
        hint: `\`ignore\` stands on the ${found.child.title}`,
      })
    else into(meta, split.block, { ignore: { ...ignore, path: split.path } })
    return
  }
  const owners = new Set(found.is === 'row' ? [found.owner] : ownersIn(found))
  for (const owner of owners) {
    const facet = block.facets.find(facet => facet.kind === owner)
    if (facet !== undefined) into(meta, facet, { ignore })
    else meta.own.ignore = [...(meta.own.ignore ?? []), ignore]
  }
}

const into = (meta: Meta, facet: Block, part: { ignore?: Ignore; prune?: string }): void => {
  const known = meta.facets.get(facet) ?? {}
  if (part.ignore !== undefined) known.ignore = [...(known.ignore ?? []), part.ignore]
  if (part.prune !== undefined) known.prune = [...(known.prune ?? []), part.prune]
  meta.facets.set(facet, known)
}

/** The shape at a path; anything below a row belongs to the row. */
const lookUp = (shape: Shape, parts: readonly string[]): Shape | undefined => {
  const [part, ...rest] = parts
  if (part === undefined || shape.is !== 'group') return shape
  const next = shape.keys.get(part)
  return next === undefined ? undefined : lookUp(next, rest)
}

const ownersIn = (group: Group): Kind[] =>
  [...group.keys.values()].flatMap(shape =>
    shape.is === 'row' ? [shape.owner] : shape.is === 'group' ? ownersIn(shape) : [],
  )

const pathsOf = (group: Group): string[] =>
  [...group.keys].flatMap(([key, shape]) =>
    shape.is === 'group'
      ? [key, ...pathsOf(shape).map(path => `${key}.${path}`)]
      : shape.is === 'row'
        ? [key]
        : [],
  )

/** `domain.custom.certificateArn` → the custom domain, and its own path. */
const splitTarget = (
  parts: readonly string[],
  child: Kind,
  block: Block,
): { block: Block; path: string } | undefined => {
  if (child.place.form !== 'split') return undefined
  const [key, ...rest] = parts
  const target = block.children.get(child.place.block)?.get(key ?? '')
  if (target === undefined || rest.length === 0) return undefined
  return child.fields.some(
    field => `${field.path}.`.startsWith(`${rest.join('.')}.`) || rest.join('.').startsWith(`${field.path}.`),
  )
    ? { block: target, path: rest.join('.') }
    : undefined
}

/** The kinds with collections of their own under a kind. */
const collectionsOf = (block: Block, registry: Registry): { [name: string]: Kind } =>
  Object.fromEntries(
    (registry.children.get(block.kind.name) ?? []).flatMap(child => {
      const name = blockOf(child)
      return name === undefined || child.presence === 'facet' ? [] : [[name, child]]
    }),
  )

const entriesOf = (block: Block) =>
  [block, ...block.facets].flatMap(owner =>
    owner.kind.fields.flatMap(field =>
      field.collection === undefined ? [] : [{ owner, field, ...field.collection }],
    ),
  )

const readPrune = (
  name: string,
  path: Path,
  block: Block,
  registry: Registry,
  meta: Meta,
  report: Report,
): void => {
  const [kinds, rows] = [collectionsOf(block, registry), entriesOf(block)]
  const kind = kinds[name]
  const row = rows.find(row => row.name === name)
  if (kind?.stateful === true || row?.permanent === true)
    report({
      code: 'COG1111',
      path,
      message:
        kind === undefined
          ? `\`${name}\` cannot be pruned: AWS never removes them`
          : `\`${name}\` cannot be pruned: ${withArticle(kind.title)} is only ever deleted by name`,
      hint: kind === undefined ? undefined : `name it under \`removed: { ${name}: [...] }\``,
    })
  else if (kind !== undefined || row?.owner === block) meta.own.prune = [...(meta.own.prune ?? []), name]
  else if (row !== undefined) into(meta, row.owner, { prune: name })
  else {
    const known = [
      ...Object.keys(kinds).filter(name => kinds[name]?.stateful !== true),
      ...rows.filter(row => row.permanent !== true).map(row => row.name),
    ]
    report({
      code: 'COG1112',
      path,
      message: `${withArticle(block.kind.title)} has no collection \`${name}\`, only ${choices(known)}`,
      hint: didYouMean(name, known),
    })
  }
}

const readRemoved = (
  collection: string,
  names: string[],
  block: Block,
  registry: Registry,
  meta: Meta,
  report: Report,
): void => {
  const path = [...block.path, 'removed', collection]
  const [kinds, rows] = [collectionsOf(block, registry), entriesOf(block)]
  const kind = kinds[collection]
  const row = rows.find(row => row.name === collection)
  if (kind === undefined && row === undefined) {
    const known = [...Object.keys(kinds), ...rows.filter(row => row.permanent !== true).map(row => row.name)]
    report({
      code: 'COG1112',
      path,
      onKey: true,
      message: `${withArticle(block.kind.title)} has no collection \`${collection}\`, only ${choices(known)}`,
      hint: didYouMean(collection, known),
    })
    return
  }
  if (row?.permanent === true) {
    const message = `\`${collection}\` cannot be removed: AWS never removes them`
    report({ code: 'COG1117', path, onKey: true, message })
    return
  }
  const listed =
    kind === undefined ? rowEntries(row?.owner, row?.field.path) : namesOf(block.children.get(collection))
  meta.removed.push(
    ...tombstones(collection, names, path, listed, row?.owner.address ?? block.address, report),
  )
}

/** What to delete, less what the file itself lists. */
export const tombstones = (
  collection: string,
  names: string[],
  path: Path,
  listed: Set<string>,
  parent: string | undefined,
  report: Report,
): Tombstone[] =>
  names.flatMap((name, index) => {
    if (names.indexOf(name) < index) return []
    const at = [...path, index]
    if (listed.has(name)) {
      report({ code: 'COG1116', path: at, message: `\`${name}\` is both listed and removed` })
      return []
    }
    return [{ collection, name, ...(parent !== undefined && { parent }), path: at }]
  })

const rowEntries = (owner: Block | undefined, field: string | undefined): Set<string> => {
  const node = owner?.stated.get(field ?? '')?.node
  if (node?.is === 'list')
    return new Set(node.items.flatMap(item => (item.is === 'scalar' ? [String(item.value)] : [])))
  return new Set(node?.is === 'map' ? node.entries.keys() : [])
}

/** Local keys and stated names. */
export const namesOf = (blocks: Map<string, Block> | undefined): Set<string> =>
  new Set(
    [...(blocks ?? [])].flatMap(([key, block]) => {
      const name = block.stated.get(block.kind.nameField ?? '')?.node
      return name?.is === 'scalar' && typeof name.value === 'string' ? [name.value] : [key]
    }),
  )

/** The root's `removed`. */
export const readRootRemoved = (
  value: JsonObject,
  roots: Map<string, Map<string, Block>>,
  registry: Registry,
  report: Report,
): Tombstone[] =>
  Object.entries(value).flatMap(([collection, names]) => {
    const path = ['removed', collection]
    const kind = registry.roots.get(collection)
    const deletable = [...registry.roots]
      .filter(([, kind]) => !isPool(kind, registry))
      .map(([block]) => block)
    if (kind !== undefined && deletable.includes(collection))
      return tombstones(
        collection,
        names as string[],
        path,
        namesOf(roots.get(collection)),
        undefined,
        report,
      )
    report(
      kind === undefined
        ? {
            code: 'COG1112',
            path,
            onKey: true,
            message: `there is no collection \`${collection}\` to remove from, only ${choices(deletable)}`,
            hint: didYouMean(collection, deletable),
          }
        : {
            code: 'COG1117',
            path,
            onKey: true,
            message: `${withArticle(kind.title)} is never deleted by the file`,
            hint: 'use `cogsync destroy --target`',
          },
    )
    return []
  })

/** Losing one loses everything in it. */
const isPool = (kind: Kind, registry: Registry): boolean =>
  kind.stateful === true && (registry.children.get(kind.name) ?? []).length > 0
