// Text → tree: YAML 1.2, core schema, less everything that surprises.
import { isAlias, isMap, isScalar, isSeq, type ParsedNode } from 'yaml'
import type { Path } from '../../model.ts'
import { compose } from './syntax.ts'
import { decode, hiddenIn } from './text.ts'
import type { Entry, MapNode, Node, Report, Span } from './tree.ts'

/** Nodes that aliases may add to the file. */
const maxExpansion = 100_000

const ownTag = 'tag:yaml.org,2002:'
const knownTags = new Set(['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(name => ownTag + name))
const protoKeys = new Set(['__proto__', 'constructor', 'prototype'])
/** What terms are made of: written in the file they would be forged. */
const termKeys = new Set(['$ref', '$join', '$json', '$secret', '$entries', '$file', '$hole'])

export interface Loaded {
  text: string
  root?: MapNode
}

/** Reads a file; problems that leave the rest readable are reported, and the rest is read. */
export const load = (source: string | Uint8Array, report: Report): Loaded => {
  const text = decode(source, report)
  if (text === undefined)
    return {
      text:
        typeof source === 'string'
          ? source
          : Buffer.from(source)
              .toString('utf8')
              .replace(/^\ufeff/, ''),
    }
  const raw = hiddenIn(text)
  for (const { name, span } of raw)
    report({
      code: 'COG1004',
      path: [],
      message: `the hidden character ${name} stands here`,
      hint: 'remove it, or retype the line',
      span,
    })

  const document = compose(text, report)
  if (document === undefined) return { text }
  const contents = document.contents
  if (contents === null || (isScalar(contents) && contents.value === null && contents.tag === undefined)) {
    report({
      code: 'COG1005',
      path: [],
      message: 'the file is empty',
      hint: 'start with `version: 1`, or run `cogsync init`',
      span: { start: 0, end: 0 },
    })
    return { text }
  }
  const root = convertDocument(
    contents,
    text,
    raw.map(({ span }) => span),
    report,
  )
  if (root.is === 'map') return { text, root }
  if (root.is !== 'bad')
    report({
      code: 'COG1006',
      path: [],
      message: `the file holds a ${root.is === 'list' ? 'list' : 'single value'}, not a map`,
      hint: 'start with `version: 1`',
      span: root.span,
    })
  return { text }
}

/** As the value of a key in the override of an environment. */
const isInOverride = (path: Path): boolean =>
  path[0] === 'environments' && path[2] === 'override' && path.length > 3 && typeof path.at(-1) === 'string'

/** Nodes of the library → ours, without aliases and tags. */
const convertDocument = (contents: ParsedNode, text: string, raw: Span[], report: Report): Node => {
  const anchors = new Map<string, { node?: Node; size: number }>()
  let [seen, expanded] = [0, 0]

  const convert = (node: ParsedNode | null, path: Path, around: Span): Node => {
    seen++
    if (node === null) return { is: 'scalar', span: around, value: null }
    const [start, end] = node.range
    const span = { start, end }
    const bad: Node = { is: 'bad', span }
    if (isAlias(node)) return follow(node.source, path, span)

    if (node.tag !== undefined && !knownTags.has(node.tag)) {
      const tagged = { start: Math.max(0, text.lastIndexOf('!', start)), end }
      if (node.tag !== '!remove') {
        const hint = 'remove it; the only tag is `!remove`, in overrides'
        report({
          code: 'COG1010',
          path,
          message: `the tag \`${node.tag}\` means nothing here`,
          hint,
          span: tagged,
        })
        return bad
      }
      const empty = isScalar(node) && (node.source ?? '') === ''
      if (isInOverride(path) && empty) return { is: 'remove', span: tagged }
      const message = empty
        ? '`!remove` stands only in the override of an environment, as the value of a key'
        : '`!remove` takes no value'
      report({ code: 'COG1010', path, message, span: tagged })
      return bad
    }

    const anchor = node.anchor
    if (anchor !== undefined) anchors.set(anchor, { size: 0 })
    const before = seen + expanded
    const converted = isMap(node)
      ? convertMap(node, path, span)
      : isSeq(node)
        ? {
            is: 'list' as const,
            span,
            items: node.items.map((item, index) => convert(item as ParsedNode, [...path, index], span)),
          }
        : convertScalar(node, path, span)
    if (anchor !== undefined) anchors.set(anchor, { node: converted, size: seen + expanded - before + 1 })
    return converted
  }

  const follow = (name: string, path: Path, span: Span): Node => {
    const target = anchors.get(name)
    if (target?.node !== undefined && expanded <= maxExpansion) {
      expanded += target.size
      if (expanded <= maxExpansion) return target.node
      report({
        code: 'COG1012',
        path,
        message: `aliases expand the file by more than ${maxExpansion} values`,
        span,
      })
    } else if (target === undefined)
      report({ code: 'COG1011', path, message: `there is no anchor \`&${name}\` before \`*${name}\``, span })
    else if (target.node === undefined)
      report({ code: 'COG1012', path, message: `the alias \`*${name}\` stands inside its own anchor`, span })
    return { is: 'bad', span }
  }

  const convertMap = (node: ParsedNode & { items: unknown[] }, path: Path, span: Span): Node => {
    const entries = new Map<string, Entry>()
    for (const pair of node.items as { key: ParsedNode; value: ParsedNode | null }[]) {
      const [start, end] = pair.key.range
      const key = { start, end }
      const name = readKey(pair.key, path, key)
      if (name === undefined) continue
      const value = convert(pair.value, [...path, name], key)
      const first = entries.get(name)
      if (first === undefined) entries.set(name, { key, value })
      else
        report({
          code: 'COG1014',
          path: [...path, name],
          message: `\`${name}\` stands twice in one map`,
          hint: 'keep one of the two',
          span: key,
        })
    }
    return { is: 'map', span, entries }
  }

  const readKey = (key: ParsedNode, path: Path, span: Span): string | undefined => {
    if (!isScalar(key)) {
      report({ code: 'COG1015', path, message: 'a key must be text', span })
      return undefined
    }
    if (key.value === '<<' && key.type === 'PLAIN') {
      report({
        code: 'COG1013',
        path,
        message: 'merge keys `<<` are not read',
        hint: 'repeat the settings, or use an alias for a whole value',
        span,
      })
      return undefined
    }
    if (key.tag !== undefined && key.tag !== `${ownTag}str`) {
      report({ code: 'COG1010', path, message: `the tag \`${key.tag}\` means nothing here`, span })
      return undefined
    }
    if (typeof key.value !== 'string') {
      const source = key.source ?? String(key.value)
      report({
        code: 'COG1015',
        path,
        message: `the key \`${source}\` is not text`,
        hint: source === '' ? undefined : `quote it: "${source}"`,
        span,
      })
      return source === '' ? undefined : source
    }
    refuseHidden(key.value, path, span)
    if (protoKeys.has(key.value) || termKeys.has(key.value)) {
      report({ code: 'COG1016', path, message: `the key \`${key.value}\` is reserved`, span })
      return undefined
    }
    return key.value
  }

  const convertScalar = (node: ParsedNode, path: Path, span: Span): Node => {
    const { value, source } = node as unknown as { value: unknown; source?: string }
    if (typeof value === 'number' && !Number.isFinite(value)) {
      report({
        code: 'COG1017',
        path,
        message: `${source} is not a number that can be used`,
        hint: `if it is text, quote it: "${source}"`,
        span,
      })
      return { is: 'bad', span }
    }
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      report({
        code: 'COG1017',
        path,
        message: `${source} is too large a number to be kept exactly`,
        hint: `if it is text, quote it: "${source}"`,
        span,
      })
      return { is: 'bad', span }
    }
    if (typeof value === 'string') {
      if (refuseHidden(value, path, span)) return { is: 'bad', span }
      return { is: 'scalar', span, value }
    }
    if (typeof value === 'number')
      return { is: 'scalar', span, value: value + 0, source: source ?? String(value) }
    if (typeof value === 'boolean') return { is: 'scalar', span, value, source: source ?? String(value) }
    return { is: 'scalar', span, value: null, source: source ?? '' }
  }

  /** Hidden characters that escapes make (those in the text itself are reported already). */
  const refuseHidden = (value: string, path: Path, span: Span): boolean => {
    const [first] = hiddenIn(value)
    if (first === undefined) return false
    if (!raw.some(({ start }) => start >= span.start && start < span.end))
      report({
        code: 'COG1004',
        path,
        message: `the value holds the hidden character ${first.name}`,
        hint: 'remove it',
        span,
      })
    return true
  }

  return convert(contents, [], { start: 0, end: 0 })
}
