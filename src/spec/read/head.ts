// The top of the file: everything that is not a resource.
import { z } from 'zod'
import type { JsonObject, Path, SecretSource, Term } from '../../model.ts'
import { metaKeysOf, type Registry } from '../../table/registry.ts'
import { lazyTable, tags } from '../../table/schemas.ts'
import { findProblems, show } from '../check/issues.ts'
import { choices, didYouMean } from '../check/suggest.ts'
import type { Resolve } from '../resolve/references.ts'
import type { MapNode, Node, Report } from '../yaml/tree.ts'
import { blockElsewhere } from './outline.ts'
import { hiddenPart, reservedAs } from './secret-sources.ts'
import { isObject, isWhole } from './terms.ts'

export const headSchemas = lazyTable({
  version: () =>
    z.literal(1).meta({
      description:
        'The version of the file format: 1. A setting that a newer cogsync adds is left alone until this rises.',
    }),
  stack: () =>
    z
      .string()
      .regex(
        /^[a-z][a-z0-9-]{0,63}$/,
        'must be lower-case letters, digits and -, start with a letter, and have at most 64 characters',
      )
      .meta({
        description:
          'Who owns what this file creates: written on pools, identity pools and roles as the tag cogsync:stack.',
        examples: ['shop'],
      }),
  region: () =>
    z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a Region, such as eu-west-1')
      .meta({ description: 'The AWS Region.', examples: ['eu-west-1'] }),
  account: () =>
    z
      .string()
      .regex(/^\d{12}$/, 'must be an account id: twelve digits, in quotes')
      .meta({
        description: 'A guard: any other account is refused. Twelve digits, in quotes.',
        examples: ['111122223333'],
      }),
  tags: () => tags().meta({ description: "Tags on everything that can be tagged; a resource's own win." }),
  vars: () =>
    z
      .record(
        z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be letters, digits, _ and -, at most 64'),
        z.union([z.string(), z.number(), z.boolean()]),
      )
      .meta({ description: 'Values to be used as ${var.name}.' }),
  environments: () =>
    z
      .unknown()
      .meta({ description: 'Variants of this file. Once there are some, one must be chosen with --env.' }),
  secrets: () =>
    z
      .record(
        z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be letters, digits, _ and -, at most 64'),
        z.union([
          z.strictObject({
            env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable'),
          }),
          z.strictObject({ file: z.string().min(1) }),
          z.strictObject({
            ssm: z
              .string()
              .max(2048)
              .regex(/^[A-Za-z0-9_.:/-]+$/, 'must be the name or ARN of a parameter, such as /shop/google'),
          }),
          z.strictObject({
            secretsManager: z
              .string()
              .max(2048)
              .regex(/^[A-Za-z0-9/_+=.@:!-]+$/, 'must be the name or ARN of a secret, such as shop/google'),
            key: z.string().min(1).optional(),
          }),
        ]),
      )
      .meta({
        description:
          'Where secrets come from: an environment variable (`env`), a file (`file`), Parameter Store (`ssm`) or Secrets Manager (`secretsManager`, with `key` for a member of a JSON object). Used as ${secret.name}.',
      }),
  unspecified: () =>
    z
      .enum(['default', 'keep'])
      .meta({ description: "What unmentioned settings mean: AWS's default, or whatever is there." }),
  removed: () =>
    z
      .record(z.string(), z.array(z.string().min(1)))
      .meta({ description: 'Root resources to delete, by name: `removed: { roles: [old] }`.' }),
  released: () =>
    z.record(z.string(), z.array(z.string().min(1))).meta({
      description:
        "Pools and roles of this stack that the file gives up, by the key that they had here or by id: `released: { userPools: [old] }`. Only cogsync's tags are taken off.",
    }),
})

const headKeys = Object.keys(headSchemas)
const sources = ['env', 'file', 'ssm', 'secretsManager']

export interface Head {
  version: number
  stack?: string
  region?: string
  account?: string
  vars: Map<string, Node>
  secrets: { [name: string]: SecretSource }
  tags: { [key: string]: Term }
  tagsStated: boolean
  unspecified: 'default' | 'keep'
}

/** What can be read before references are understood. */
export const readHead = (root: MapNode, registry: Registry, report: Report): Head => {
  for (const [key] of root.entries) {
    if (headKeys.includes(key) || registry.roots.has(key)) continue
    const known = [...headKeys, ...registry.roots.keys()]
    const kind = registry.kinds.find(kind => metaKeysOf(kind).includes(key))
    report({
      code: 'COG1101',
      path: [key],
      onKey: true,
      message: `the file has no \`${key}\` at its top, only ${choices(known, 20)}`,
      hint:
        blockElsewhere(key, registry) ??
        didYouMean(key, known) ??
        (kind && `\`${key}\` stands on a resource`),
    })
  }
  const text = (key: 'stack' | 'region' | 'account', required: boolean): string | undefined => {
    const value = literal(root, key, required, report)
    return typeof value === 'string' ? value : undefined
  }
  const version = literal(root, 'version', true, report)
  const [stack, region, account] = [text('stack', true), text('region', true), text('account', false)]
  const unspecified = literal(root, 'unspecified', false, report)
  return {
    version: typeof version === 'number' ? version : 1,
    ...(stack !== undefined && { stack }),
    ...(region !== undefined && { region }),
    ...(account !== undefined && { account }),
    vars: readVars(root.entries.get('vars')?.value, report),
    secrets: {},
    tags: {},
    tagsStated: false,
    unspecified: unspecified === 'keep' ? 'keep' : 'default',
  }
}

/** A setting that must be known at once: no references. */
const literal = (
  root: MapNode,
  key: keyof typeof headSchemas,
  required: boolean,
  report: Report,
): Term | undefined => {
  const node = root.entries.get(key)?.value
  if (node === undefined || (node.is === 'scalar' && node.value === null)) {
    if (required)
      report({
        code: 'COG1105',
        path: node === undefined ? [] : [key],
        message: `\`${key}\` is missing`,
        hint: missing[key],
      })
    return undefined
  }
  if (node.is === 'bad') return undefined
  const value: Term = node.is === 'scalar' ? node.value : node.is === 'list' ? [] : {}
  if (typeof value === 'string' && value.includes('${')) {
    report({
      code: 'COG1106',
      path: [key],
      message: `\`${key}\` must be stated as it is, without references`,
    })
    return undefined
  }
  if (key === 'version' && value !== 1) {
    report({
      code: 'COG1114',
      path: [key],
      message: `this cogsync reads version 1 of the file format, not ${show(value)}`,
      hint: typeof value === 'number' && value > 1 ? 'use a newer cogsync' : 'write `version: 1`',
    })
    return undefined
  }
  const problems = findProblems({ schema: headSchemas[key](), value, path: [key], node })
  for (const problem of problems) report(problem)
  return problems.length > 0 ? undefined : value
}

const missing: { [key: string]: string } = {
  version: 'write `version: 1`',
  stack: 'write `stack:` and a name for what this file owns',
  region: 'write `region:` and the AWS Region, at the top or in the environment',
}

const readVars = (node: Node | undefined, report: Report): Map<string, Node> => {
  const vars = new Map<string, Node>()
  if (node === undefined || node.is === 'bad' || (node.is === 'scalar' && node.value === null)) return vars
  if (node.is !== 'map') {
    report({ code: 'COG1102', path: ['vars'], message: '`vars` must be a map of names and values' })
    return vars
  }
  for (const [name, { value }] of node.entries) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
      report({
        code: 'COG1110',
        path: ['vars', name],
        onKey: true,
        message: `the variable's name \`${name}\` must be letters, digits, _ and -, at most 64`,
      })
    if (value.is === 'map' || value.is === 'list' || (value.is === 'scalar' && value.value === null))
      report({
        code: 'COG1102',
        path: ['vars', name],
        message: `the variable \`${name}\` must be text, a number, true or false`,
      })
    vars.set(name, value)
  }
  return vars
}

/** The declared secrets' names, before their sources are read. */
export const secretNames = (root: MapNode): string[] => {
  const node = root.entries.get('secrets')?.value
  return node?.is === 'map' ? [...node.entries.keys()] : []
}

/** What may hold references. */
export const readHeadTerms = (root: MapNode, head: Head, resolve: Resolve, report: Report): Head => {
  for (const [name, node] of head.vars)
    if (node.is === 'scalar')
      resolve({ is: 'scalar', span: node.span, value: `\${var.${name}}` }, ['vars', name], {})
  const secrets = readTerm(root, 'secrets', resolve, report, refuseSources)
  const stated = readTerm(root, 'tags', resolve, report)
  return {
    ...head,
    secrets: (secrets ?? {}) as Head['secrets'],
    tags: (stated ?? {}) as Head['tags'],
    tagsStated: stated !== undefined,
  }
}

const readTerm = (
  root: MapNode,
  key: 'secrets' | 'tags',
  resolve: Resolve,
  report: Report,
  before?: (value: JsonObject, report: Report) => JsonObject,
): JsonObject | undefined => {
  const node = root.entries.get(key)?.value
  if (node === undefined) return undefined
  const resolved = resolve(node, [key], {})
  if (resolved === undefined || resolved === null) return undefined
  const value = before !== undefined && isObject(resolved) ? before(resolved, report) : resolved
  const path: Path = [key]
  const problems = findProblems({ schema: headSchemas[key](), value, path, node })
  for (const problem of problems) report(problem)
  return problems.length === 0 && isObject(value) && isWhole(value) ? value : undefined
}

const refuseSources = (secrets: JsonObject, report: Report): JsonObject =>
  Object.fromEntries(
    Object.entries(secrets).filter(([name, source]) => {
      const problem =
        unknownSource(name, source) ?? (isObject(source) ? foreignSource(name, source) : undefined)
      if (problem !== undefined) report(problem)
      return problem === undefined
    }),
  )

type Problem = Parameters<Report>[0]

const unknownSource = (name: string, source: Term | undefined): Problem | undefined => {
  const keys = isObject(source) && isWhole(source) ? Object.keys(source) : []
  const [first] = keys
  if (first === undefined || keys.some(key => sources.includes(key))) return undefined
  return {
    code: 'COG1115',
    path: ['secrets', name, first],
    onKey: true,
    message: `\`${first}\` is no source of secrets, only ${choices(sources)}`,
    hint: didYouMean(first, sources) ?? `fetch it in the pipeline and write \`${name}: { env: NAME }\``,
  }
}

/** A source that holds secrets of somebody else. */
const foreignSource = (name: string, { env, file }: JsonObject): Problem | undefined => {
  const reserved = typeof env === 'string' ? reservedAs(env) : undefined
  if (reserved !== undefined)
    return {
      code: 'COG1122',
      path: ['secrets', name, 'env'],
      message: `the variable \`${env}\` is no source of secrets: \`${reserved}\` belongs to the runner, to AWS or to cogsync`,
      hint: 'rename the variable in the workflow, for example to `SHOP_GOOGLE_SECRET`, and name that',
    }
  const hidden = typeof file === 'string' ? hiddenPart(file) : undefined
  return hidden === undefined
    ? undefined
    : {
        code: 'COG1221',
        path: ['secrets', name, 'file'],
        message: `the file \`${file}\` is not read: its part \`${hidden}\` begins with a dot`,
        hint: 'put the secret into a file whose path has no such part, or take it from `env:`',
      }
}
