// The keys that any resource may have: pins, former names, what is left to others, what may be deleted.
import { z } from 'zod'
import type { Desired, Ignore, Path, SecretPlace, Tombstone } from '../../model.ts'
import type { Kind } from '../../table/kind.ts'
import { blockOf, type Group, type Registry, type Shape } from '../../table/registry.ts'
import { lazyTable } from '../../table/schemas.ts'
import { findProblems } from '../check/issues.ts'
import { didYouMean, withArticle } from '../check/suggest.ts'
import type { Resolve } from '../resolve/references.ts'
import type { Report } from '../yaml/tree.ts'
import { readPrune, readRemoved } from './collections.ts'
import type { Block, Outline } from './outline.ts'
import { isObject, isTerm, isWhole } from './terms.ts'

const localKey = () =>
  z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be a local key: letters, digits, _ and -')
const given = () => z.string().min(1).max(2048)

export const metaSchemas = lazyTable({
  id: () => given().meta({ description: 'Pins an existing resource by its id in AWS: consent to adopt it.' }),
  existing: () =>
    z
      .strictObject({ id: given().optional(), name: given().optional() })
      .refine(
        ({ id, name }) => (id === undefined) !== (name === undefined),
        'must hold either `id` or `name`',
      )
      .meta({
        description: 'Others own this one: it is read and referred to, never written.',
        minProperties: 1,
        maxProperties: 1,
      }),
  movedFrom: () => localKey().meta({ description: 'Its former key in this file.' }),
  renamedFrom: () => given().meta({ description: 'Its former name in AWS.' }),
  clientSecretTo: () =>
    z
      .union([
        z.strictObject({
          ssm: z
            .string()
            .max(1011)
            .regex(
              /^([A-Za-z0-9_.-]+|(\/[A-Za-z0-9_.-]+)+)$/,
              'must be the name of a parameter, such as /shop/worker-secret',
            ),
        }),
        z.strictObject({
          secretsManager: z
            .string()
            .max(512)
            .regex(/^[A-Za-z0-9/_+=.@-]+$/, 'must be the name of a secret, such as shop/worker'),
        }),
      ])
      .meta({
        description:
          'Where the secret that AWS generates is delivered: a SecureString of Parameter Store (`ssm`) or a secret of Secrets Manager (`secretsManager`), by name. Nothing that holds a value is overwritten.',
        examples: [{ ssm: '/shop/worker-secret' }, { secretsManager: 'shop/worker' }],
      }),
  ignore: () =>
    z
      .array(
        z.union([
          given(),
          z.strictObject({
            path: given(),
            reason: given().optional(),
            until: z.iso.date('must be a date, such as 2026-12-01').optional(),
          }),
        ]),
      )
      .meta({
        description: 'Settings left to others, by path; each may have a `reason`, and a date `until` which.',
      }),
  prune: () => z.array(given()).meta({ description: 'Collections whose unlisted entries are deleted.' }),
  removed: () =>
    z
      .record(z.string(), z.array(given()))
      .meta({ description: 'What to delete here, by collection and name.' }),
  strangers: () =>
    z.strictObject({ accept: z.array(given()).optional(), resend: z.array(given()).optional() }).meta({
      description:
        'Members of the live object that cogsync does not know: dropped (`accept`) or sent back (`resend`) by updates.',
    }),
})

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
        ? findProblems({ schema: schema(), value, path, node })
        : [
            {
              code: 'COG1106',
              path: term,
              message: `\`${key}\` must be known at once: a reference to a resource cannot be used here`,
            },
          ]
    for (const problem of problems) report(problem)
    if (problems.length === 0 && isWhole(value)) values[key as keyof typeof metaSchemas] = value
  }
  const meta: Meta = { own: {}, facets: new Map(), removed: [] }
  for (const key of ['id', 'existing', 'movedFrom', 'renamedFrom', 'strangers'] as const)
    if (values[key] !== undefined) Object.assign(meta.own, { [key]: values[key] })
  if (values.clientSecretTo !== undefined) meta.own.secretTo = values.clientSecretTo as SecretPlace
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
  for (const [index, name] of ((values.prune ?? []) as string[]).entries()) {
    const owner = readPrune(name, [...block.path, 'prune', index], block, registry, report)
    if (owner !== undefined) add(meta, block, owner, { prune: name })
  }
  const removed = (values.removed ?? {}) as { [collection: string]: string[] }
  for (const [collection, names] of Object.entries(removed))
    meta.removed.push(...readRemoved(collection, names, block, registry, report))
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
    else add(meta, block, split.block, { ignore: { ...ignore, path: split.path } })
    return
  }
  const owners = new Set(found.is === 'row' ? [found.owner] : ownersIn(found))
  for (const owner of owners)
    add(meta, block, block.facets.find(facet => facet.kind === owner) ?? block, { ignore })
}

/** Adds to what is said of a resource: the one it stands on, or another that lives in its block. */
const add = (meta: Meta, block: Block, owner: Block, part: { ignore?: Ignore; prune?: string }): void => {
  const said = owner === block ? meta.own : (meta.facets.get(owner) ?? {})
  if (part.ignore !== undefined) said.ignore = [...(said.ignore ?? []), part.ignore]
  if (part.prune !== undefined) said.prune = [...(said.prune ?? []), part.prune]
  if (owner !== block) meta.facets.set(owner, said)
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
