// `${...}`: strings → terms.
import type { JsonObject, Path, Term } from '../../model.ts'
import { choices, didYouMean } from '../check/suggest.ts'
import type { Block, Outline } from '../read/outline.ts'
import { hiddenPart } from '../read/secret-sources.ts'
import { hole, isSecret, isTerm, join, refTo } from '../read/terms.ts'
import type { Node, Report, ScalarNode } from '../yaml/tree.ts'
import { cut } from './interpolation.ts'
import { type At, localBlocks, resolveResource, type Use } from './resource-references.ts'
import { makeAllowance, makeVariables } from './variables.ts'

/** Where a string stands. */
export interface Scope {
  /** the block of the enclosing resource: its pool's collections may be named without their path */
  block?: Block | undefined
  /** in IAM documents, `${aws:username}` is IAM's */
  iam?: boolean
  /** whether the bytes of a file belong at a path */
  bytes?: (path: Path) => boolean
}

/** What a file holds: the SHA-256 of its bytes in hex, and how many they are. */
export interface FileDigest {
  sha256: string
  size: number
}

/** What references may name. */
export interface World {
  text: string
  outline: Outline
  vars: Map<string, Node>
  secrets: readonly string[]
  /** `account` is missing when the file does not state it, `environment` when there is none */
  known: { account?: string; region?: string; stack?: string; environment?: string }
  readText?: ((path: string) => string) | undefined
  digest?: ((path: string) => FileDigest) | undefined
  report: Report
}

/** `undefined` for what was refused; inside lists and maps, a hole. */
export type Resolve = (node: Node, path: Path, scope: Scope) => Term | undefined

/** Makes the function that resolves nodes, and the list it fills of uses to be checked later. */
export const makeResolver = (world: World): { resolve: Resolve; uses: Use[] } => {
  const { report, outline, known } = world
  const uses: Use[] = []
  const secrets = new Set(world.secrets)
  const variables = makeVariables(world.vars, (node, name) => resolve(node, ['vars', name], {}))
  const inserting = makeAllowance(report)
  const texts = new Map<string, string | undefined>()
  const digests = new Map<string, FileDigest | undefined>()

  const resolve: Resolve = (node, path, scope) => {
    if (node.is === 'scalar' && scope.bytes?.(path) === true) return resolveBytes(node, path)
    if (node.is === 'scalar')
      return typeof node.value === 'string' && node.value.includes('${')
        ? resolveText(node, node.value, path, scope)
        : node.value
    if (node.is === 'list') {
      return node.items.map((item, index) => orHole(resolve(item, [...path, index], scope)))
    }
    if (node.is !== 'map') return undefined
    const object: JsonObject = {}
    let whole = true
    for (const [key, { key: span, value }] of node.entries) {
      if (scope.iam !== true && key.includes('${')) {
        report({
          code: 'COG1218',
          path: [...path, key],
          onKey: true,
          span,
          message: `the key \`${key}\` holds a reference; only values may`,
        })
        whole = false
        continue
      }
      object[key] = orHole(resolve(value, [...path, key], scope))
    }
    return whole ? object : undefined
  }

  const resolveText = (node: ScalarNode, text: string, path: Path, scope: Scope): Term | undefined => {
    const parts = cut(text)
    const terms: Term[] = []
    let [from, whole] = [node.span.start, true]
    for (const part of parts) {
      if ('text' in part) {
        terms.push(part.text)
        continue
      }
      const raw = 'raw' in part ? part.raw : part.broken
      const start = world.text.indexOf(raw, from)
      const found = start >= 0 && start + raw.length <= node.span.end
      const span = found ? { start, end: start + raw.length } : node.span
      if (found) from = span.end
      if ('broken' in part) {
        report({
          code: 'COG1201',
          path,
          span,
          message: `the reference \`${short(part.broken)}\` has no closing brace`,
          hint: 'write `$${` for a literal `${`',
        })
        whole = false
        continue
      }
      const term = resolveOne(part.reference, { path, span }, scope)
      if (term === undefined) whole = false
      else if (isSecret(term) && parts.length > 1) {
        report({ code: 'COG1207', path, span, message: `the secret \`${part.raw}\` must be the whole value` })
        whole = false
      } else terms.push(parts.length === 1 || isTerm(term) ? term : String(term))
    }
    if (!whole) return undefined
    const [only] = terms
    return terms.length === 1 && only !== undefined ? only : join(terms)
  }

  const resolveOne = (reference: string, at: At, scope: Scope): Term | undefined => {
    const fail = (code: string, message: string, hint?: string) => {
      report({ code, ...at, message, hint })
      return undefined
    }
    if (reference.startsWith('file:'))
      return inserting(readOnce(reference.slice('file:'.length), at, texts, world.readText), at)
    const [root = '', ...rest] = reference.split('.')
    const local = localBlocks(scope.block, outline)
    const known = [
      'var',
      'secret',
      ...Object.keys(world.known),
      'account',
      'region',
      'stack',
      'environment',
      ...outline.roots.keys(),
      ...local.keys(),
    ]
    if (!known.includes(root)) {
      if (scope.iam === true && (reference.includes(':') || /^[*?$]$/.test(reference)))
        return `\${${reference}}`
      if (!/^[A-Za-z0-9_.:/-]+$/.test(reference))
        return fail(
          'COG1201',
          `\`\${${short(reference)}}\` is not a reference`,
          'write `$${` for a literal `${`',
        )
      return fail(
        'COG1202',
        `\`\${${reference}}\`: there is no \`${root}\` to refer to, only ${choices([...new Set(known)].sort(), 20)}`,
        didYouMean(root, known) ?? 'write `$${` for a literal `${`',
      )
    }
    if (root === 'var') return inserting(resolveVariable(rest.join('.'), at), at)
    if (root === 'secret') {
      const name = rest.join('.')
      return secrets.has(name)
        ? { $secret: name }
        : fail('COG1203', `there is no secret \`${name}\` under \`secrets\``, didYouMean(name, world.secrets))
    }
    if (root === 'account' || root === 'region' || root === 'stack' || root === 'environment')
      return rest.length > 0
        ? fail('COG1204', `\`${root}\` has no \`${rest.join('.')}\``, `write \`\${${root}}\``)
        : resolveFact(root, at)
    const blocks = local.get(root) ?? outline.roots.get(root)
    return blocks === undefined ? undefined : resolveResource(root, blocks, rest, reference, at, uses, report)
  }

  const resolveFact = (root: 'account' | 'region' | 'stack' | 'environment', at: At): Term | undefined => {
    const value = known[root]
    if (value !== undefined) return value
    if (root === 'account') return refTo('', 'account')
    if (root === 'environment')
      report({
        code: 'COG1219',
        ...at,
        message: 'there is no `${environment}`: the file declares no environments',
      })
    // a missing region or stack is an error of its own
    return undefined
  }

  const resolveVariable = (name: string, at: At): Term | undefined => {
    const known = variables.find(name)
    if (known !== 'none' && known !== 'open') return known
    report(
      known === 'open'
        ? {
            code: 'COG1205',
            ...at,
            message: `the variable \`${name}\` refers to itself, by way of its own value`,
          }
        : {
            code: 'COG1203',
            ...at,
            message: `there is no variable \`${name}\` under \`vars\``,
            hint: didYouMean(name, world.vars.keys()),
          },
    )
    return undefined
  }

  const resolveBytes = (node: ScalarNode, path: Path): Term | undefined => {
    if (node.value === null) return null
    const parts = typeof node.value === 'string' ? cut(node.value) : []
    const [part] = parts
    const file =
      part !== undefined && 'reference' in part && parts.length === 1 && part.reference.startsWith('file:')
        ? part.reference.slice('file:'.length)
        : undefined
    if (file === undefined) {
      report({
        code: 'COG1230',
        path,
        message: `\`${short(String(node.value))}\` is not a file`,
        hint: 'write `${file:path}`, the path relative to this file',
      })
      return undefined
    }
    const digest = readOnce(file, { path, span: node.span }, digests, world.digest)
    return digest === undefined ? undefined : { $file: file, sha256: digest.sha256, size: digest.size }
  }

  /** What a reader makes of a file of the repository; `undefined`, and said why, where it cannot be read. */
  const readOnce = <T>(
    path: string,
    at: At,
    known: Map<string, T | undefined>,
    read: ((path: string) => T) | undefined,
  ): T | undefined => {
    if (path === '' || /^[/\\~]|^[A-Za-z]:|\\|[\u0000-\u001f]/.test(path) || path.split('/').includes('..')) {
      report({
        code: 'COG1208',
        ...at,
        message: `the file \`${path}\` must be a path inside the repository, relative to it, without ..`,
      })
      return undefined
    }
    const hidden = hiddenPart(path)
    if (hidden !== undefined) {
      report({
        code: 'COG1221',
        ...at,
        message: `the file \`${short(path)}\` is not read: its part \`${short(hidden)}\` begins with a dot`,
        hint: 'give the file a path without such a part',
      })
      return undefined
    }
    let reason = 'files cannot be read here'
    if (!known.has(path))
      try {
        known.set(path, read?.(path))
      } catch (error) {
        known.set(path, undefined)
        reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
      }
    else if (known.get(path) === undefined) return undefined
    if (known.get(path) === undefined)
      report({ code: 'COG1209', ...at, message: `the file \`${path}\` cannot be read: ${reason}` })
    return known.get(path)
  }

  return { resolve, uses }
}

const orHole = (term: Term | undefined): Term => (term === undefined ? hole : term)

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
