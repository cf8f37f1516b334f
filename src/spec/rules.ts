// The kinds' own rules, run on what the file says.
import type { Context, Kind, Values, Where } from '../kinds/kind.ts'
import type { Address, Desired, Path } from '../model.ts'
import type { Head } from './head.ts'
import type { Block, Outline } from './outline.ts'
import { blockOf, isFacet } from './registry.ts'
import type { Use } from './resource-references.ts'
import { didYouMean } from './suggest.ts'
import { isObject } from './terms.ts'
import type { Report } from './tree.ts'

/** What is known of a resource's settings: stated, else AWS's default where silence means it. */
export const valuesOf = (block: Block, spec: Desired['spec'], head: Head): Values => {
  const values: Values = {}
  for (const field of block.kind.fields) {
    if (block.existing || block.broken.has(field.path)) continue
    const stated = spec[field.path]
    const unset = field.unset === 'keep' ? undefined : field.unset
    const silent = head.unspecified === 'keep' || (field.since ?? 1) > head.version ? undefined : unset
    values[field.path] =
      stated === undefined
        ? silent
        : stated === null
          ? field.unset === 'keep'
            ? field.default
            : unset
          : stated
  }
  return values
}

export interface Known {
  outline: Outline
  desired: readonly Desired[]
  head: Head
  where: Where
}

type ValuesOf = (block: Block) => Values

const remember = ({ outline, desired, head }: Known): ValuesOf => {
  const specs = new Map(outline.all.map((block, index) => [block, desired[index]?.spec ?? {}]))
  const known = new Map<Block, Values>()
  return block => {
    const values = known.get(block) ?? valuesOf(block, specs.get(block) ?? {}, head)
    known.set(block, values)
    return values
  }
}

/** What AWS would refuse, and references to parts that are not there. */
export const checkRules = (known: Known, uses: readonly Use[], report: Report): void => {
  const values = remember(known)
  for (const use of uses) checkUse(use, values, known.where, report)
  const siblings = makeSiblings(known.outline, values)
  const pinned = new Set(known.outline.all.filter((_block, index) => known.desired[index]?.id !== undefined))
  for (const block of known.outline.all) {
    if (block.existing || block.kind.check === undefined) continue
    const context = contextOf(block, values, siblings, known)
    const found = block.kind.check(values(block), context)
    for (const { code, field, message, hint, severity } of found)
      report({ code, message, hint, ...(severity !== undefined && { severity }), ...pathOf(field, block) })
    if (known.head.unspecified === 'keep' || pinned.has(block)) continue
    const already = new Set(found.map(({ code, field }) => `${code} ${field}`))
    for (const { code, field, message, hint } of block.kind.check(asNew(block, values(block)), context))
      if (!already.has(`${code} ${field}`))
        report({
          code,
          severity: 'warning',
          message: `${message} (unless AWS already has it)`,
          hint,
          ...pathOf(field, block),
        })
  }
  for (const block of known.outline.all) refuseHalves(block, report)
  refuseTwins(known.outline, values, pinned, report)
}

type Siblings = ReturnType<typeof makeSiblings>

const contextOf = (block: Block, values: ValuesOf, siblings: Siblings, known: Known): Context => ({
  ...known.where,
  key: block.key,
  address: block.address,
  creating: false,
  ...(block.parent !== undefined && { parent: values(block.parent) }),
  siblings: kind => siblings.of(block, kind),
  peers: kind => siblings.peers(block, kind),
  complete: block.parent === undefined || !block.parent.existing,
})

/** What is to be where the file says nothing of a resource, nor that it is others' concern. */
export const withAssumed = (known: Known): Desired[] => {
  const values = remember(known)
  const siblings = makeSiblings(known.outline, values)
  return known.desired.map((desired, index) => {
    const block = known.outline.all[index]
    const silent = Object.keys(desired.spec).length === 0 && desired.ignore === undefined
    const spec =
      block === undefined || !silent || block.existing || block.broken.size > 0
        ? undefined
        : block.kind.assumed?.(contextOf(block, values, siblings, known))
    return spec === undefined ? desired : { ...desired, spec: spec as Desired['spec'], assumed: true }
  })
}

/** The same settings on a resource that does not exist yet: nothing is kept, silence is AWS's default. */
const asNew = (block: Block, values: Values): Values =>
  Object.fromEntries(
    block.kind.fields.map(({ path, unset, default: fallback }) => [
      path,
      values[path] ?? (block.broken.has(path) ? undefined : unset === 'keep' ? (fallback ?? null) : unset),
    ]),
  )

/** Groups of which a part is stated. */
const refuseHalves = (block: Block, report: Report): void => {
  for (const group of block.kind.together ?? []) {
    const around = (group[0] ?? '').split('.').slice(0, -1).join('.')
    const isStated = [...block.stated.keys()].some(path => path.startsWith(`${around}.`))
    const missing = group.filter(path => !block.stated.has(path))
    if (!isStated || missing.length === 0) continue
    report({
      code: 'COG1119',
      message: `${around} is stated without ${missing.map(path => path.slice(around.length + 1)).join(', ')}`,
      hint: "state it: AWS's default for it is another one once the rest is stated",
      ...pathOf(missing[0] as string, block),
    })
  }
}

/** The resources beside one, each list made once. */
const makeSiblings = (outline: Outline, values: ValuesOf) => {
  const beside = new Map<Block | undefined, Map<string, { key: string; values: Values }[]>>()
  const under = new Map<Block, Map<string, { address: Address; values: Values }[]>>()
  const remembered = <Place, Item>(
    known: Map<Place, Map<string, Item[]>>,
    place: Place,
    kind: string,
    list: () => Item[],
  ): Item[] => {
    const lists = known.get(place) ?? new Map<string, Item[]>()
    known.set(place, lists)
    const found = lists.get(kind) ?? list()
    lists.set(kind, found)
    return found
  }
  const blocksUnder = (parent: Block | undefined, kind: Kind): Block[] =>
    isFacet(kind)
      ? (parent?.facets.filter(facet => facet.kind === kind) ?? [])
      : [
          ...((parent === undefined ? outline.roots : parent.children).get(blockOf(kind) ?? '')?.values() ??
            []),
        ]
  return {
    /** those of a kind under the same parent, or at the root */
    of: (block: Block, kindName: string) => {
      const kind = outline.registry.byName.get(kindName)
      if (kind === undefined) return []
      const parent =
        kind.parent === undefined ? undefined : kind.parent === block.kind.name ? block : block.parent
      if (parent?.kind.name !== kind.parent) return []
      return remembered(beside, parent, kindName, () =>
        blocksUnder(parent, kind).map(one => ({ key: one.key, values: values(one) })),
      )
    },
    /** those of a kind under the same root that are the file's own */
    peers: (block: Block, kindName: string) =>
      remembered(under, block.root, kindName, () =>
        outline.all
          .filter(one => one.kind.name === kindName && one.root === block.root && !one.existing)
          .filter(one => one.kind.onDemand !== true || one.stated.size > 0)
          .map(one => ({ address: one.address, values: values(one) })),
      ),
  }
}

/** A field's place in the file, or that of the nearest thing around it. */
const pathOf = (field: string, block: Block): { path: Path; onKey?: boolean } => {
  const parts = field.split('.')
  for (let length = parts.length; length > 0; length--) {
    const stated = block.stated.get(parts.slice(0, length).join('.'))
    if (stated === undefined) continue
    const rest = parts.slice(length)
    const whole = rest.join('.')
    return {
      path:
        stated.node.is === 'map' && stated.node.entries.has(whole)
          ? [...stated.path, whole]
          : [...stated.path, ...rest],
    }
  }
  for (let length = parts.length - 1; length > 0; length--) {
    const group = `${parts.slice(0, length).join('.')}.`
    const near = [...block.stated.values()].find(({ field }) => field.path.startsWith(group))
    if (near !== undefined)
      return {
        path: near.path.slice(0, near.path.length - (near.field.path.split('.').length - length)),
        onKey: true,
      }
  }
  return { path: block.path, onKey: true }
}

/** `scopes.read`: the server must have that scope. */
const checkUse = (
  { target, attribute, rest, finding }: Use,
  values: ValuesOf,
  where: Where,
  report: Report,
): void => {
  const how = target.kind.attributes[attribute]
  if (how !== undefined && 'child' in how) {
    const { block, keys } = how.child
    const children = target.children.get(block)
    if (keys.some(key => children?.has(key))) return
    report({
      code: 'COG1204',
      path: finding.path,
      span: finding.span,
      message: `\`\${${finding.reference}}\`: the ${target.kind.title} \`${target.key}\` has no \`${block}\` in this file`,
      hint: `state its \`${block}\`, or write the value out`,
    })
    return
  }
  if (how === undefined || !('value' in how) || target.existing || target.broken.size > 0) return
  const all = values(target)
  const self = () => ''
  const [value, whole] = [how.value(all, rest, where, self), how.value(all, '', where, self)]
  if (value !== undefined && whole === undefined) return
  const candidates = isObject(all[attribute]) ? Object.keys(all[attribute]) : []
  report({
    code: 'COG1204',
    path: finding.path,
    span: finding.span,
    message: `\`\${${finding.reference}}\`: the ${target.kind.title} \`${target.key}\` has no \`${attribute}.${rest}\``,
    hint: didYouMean(rest, candidates),
  })
}

/** Two resources that AWS, or cogsync, could not tell apart. */
const refuseTwins = (
  outline: Outline,
  values: ValuesOf,
  pinned: ReadonlySet<Block>,
  report: Report,
): void => {
  const seen = new Map<string, Block>()
  for (const block of outline.all) {
    const { kind } = block
    const byName =
      kind.nameField !== undefined && (kind.match ?? 'name') === 'name' && kind.tags === undefined
        ? [kind.nameField]
        : []
    const fields = kind.natural === undefined ? byName : Object.values(kind.natural)
    const names = fields.map(field => values(block)[field])
    if (block.existing || fields.length === 0 || names.some(name => name === undefined || name === null))
      continue
    // a name by which nothing is found here is one that AWS gives only once, under whichever parent
    const around = kind.match === 'key' ? undefined : block.parent
    const id = JSON.stringify([kind.name, around?.address, names])
    const first = seen.get(id)
    if (first === undefined) seen.set(id, block)
    // ids tell twins apart, where a name is not the id itself
    else if (kind.natural !== undefined || !pinned.has(block) || !pinned.has(first))
      report({
        code: 'COG1216',
        ...pathOf(fields[0] ?? '', block),
        message: `${twinsOf(block, first)} have the same ${fields.join(' and ')}: nothing could tell them apart`,
      })
  }
}

const twinsOf = (...blocks: Block[]): string => {
  const [parent] = blocks.map(block => block.parent)
  const together = blocks.every(block => block.parent === parent)
  return blocks.map(block => `\`${together ? block.key : block.address}\``).join(' and ')
}
