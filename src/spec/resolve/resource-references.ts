// `${userPools.customers.id}`: the resource and the attribute that a reference names.

import type { Path, Term } from '../../model.ts'
import type { Kind } from '../../table/kind.ts'
import { blockOf, isFacet } from '../../table/registry.ts'
import { choices, didYouMean, withArticle } from '../check/suggest.ts'
import type { Block, Outline } from '../read/outline.ts'
import { refTo } from '../read/terms.ts'
import type { Report, Span } from '../yaml/tree.ts'

/** Where a reference stands. */
export type At = { path: Path; span: Span }

/** A reference to part of an attribute, to be checked when the target's values are known. */
export interface Use {
  target: Block
  attribute: string
  rest: string
  finding: { path: Path; span: Span | undefined; reference: string }
}

/** The term of a reference below some blocks; `undefined` when there is nothing to refer to. */
export const resolveResource = (
  name: string,
  blocks: Map<string, Block>,
  rest: readonly string[],
  reference: string,
  at: At,
  uses: Use[],
  report: Report,
): Term | undefined => {
  const fail = (code: string, message: string, hint?: string) => {
    report({ code, ...at, message, hint })
    return undefined
  }
  const [key = '', ...inside] = rest
  const block = blocks.get(key)
  if (block === undefined)
    return fail(
      'COG1203',
      key === ''
        ? `\`\${${reference}}\` must name one of \`${name}\``
        : `there is no \`${key}\` under \`${name}\``,
      didYouMean(key, blocks.keys()),
    )
  const [next, ...further] = inside
  const deeper = next === undefined ? undefined : block.children.get(next)
  const path = inside.join('.')
  const attribute = attributeIn(block.kind, path)
  if (deeper !== undefined && next !== undefined && (attribute === undefined || deeper.has(further[0] ?? '')))
    return resolveResource(next, deeper, further, reference, at, uses, report)
  const all = Object.keys(block.kind.attributes)
  if (path === '')
    return fail(
      'COG1204',
      `\`\${${reference}}\` must end in an attribute of the ${block.kind.title}: ${choices(all)}`,
    )
  if (attribute === undefined) {
    const facet = block.facets.find(facet => facet.key === next)
    const inFacet = facet === undefined ? undefined : attributeIn(facet.kind, further.join('.'))
    if (facet !== undefined && inFacet !== undefined) return refTo(facet.address, further.join('.'))
    return fail(
      'COG1204',
      `${withArticle(block.kind.title)} has no attribute \`${path}\`, only ${choices(all)}`,
      didYouMean(path, all),
    )
  }
  const how = block.kind.attributes[attribute.name]
  if (attribute.rest !== '' || (how !== undefined && 'child' in how))
    uses.push({
      target: block,
      attribute: attribute.name,
      rest: attribute.rest,
      finding: { ...at, reference },
    })
  return refTo(block.address, path)
}

/** The longest attribute that a path begins with, and what follows it. */
const attributeIn = (kind: Kind, path: string): { name: string; rest: string } | undefined => {
  const name = Object.keys(kind.attributes)
    .filter(
      name => path === name || (path.startsWith(`${name}.`) && 'value' in (kind.attributes[name] ?? {})),
    )
    .sort((one, other) => other.length - one.length)[0]
  return name === undefined ? undefined : { name, rest: path.slice(name.length + 1) }
}

/** The collections of the root resource that a block belongs to. */
export const localBlocks = (block: Block | undefined, outline: Outline): Map<string, Map<string, Block>> => {
  const found = new Map<string, Map<string, Block>>()
  if (block === undefined) return found
  for (const child of outline.registry.children.get(block.root.kind.name) ?? []) {
    const name = blockOf(child)
    if (name !== undefined && !isFacet(child)) found.set(name, block.root.children.get(name) ?? new Map())
  }
  return found
}
