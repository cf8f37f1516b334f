// The kinds' own rules, run on what the file says.

import type { Desired, Path } from '../../model.ts'
import type { Values, Where } from '../../table/kind.ts'
import type { Block, Outline } from '../read/outline.ts'
import { isObject } from '../read/terms.ts'
import type { Use } from '../resolve/resource-references.ts'
import type { Report } from '../yaml/tree.ts'
import { contextOf, type Seen, type ValuesOf } from './context.ts'
import { didYouMean } from './suggest.ts'

/** What AWS would refuse, and references to parts that are not there. */
export const checkRules = (known: Seen, uses: readonly Use[], report: Report): void => {
  const { values } = known
  for (const use of uses) checkUse(use, values, known.where, report)
  const pinned = new Set(known.outline.all.filter((_block, index) => known.desired[index]?.id !== undefined))
  for (const block of known.outline.all) {
    if (block.existing || block.kind.check === undefined) continue
    const context = contextOf(block, known)
    const found = block.kind.check(values(block), context)
    for (const { code, field, message, hint, severity } of found)
      report({ code, message, hint, ...(severity !== undefined && { severity }), ...pathOf(field, block) })
    if (known.head.unspecified === 'keep' || pinned.has(block)) continue
    for (const { code, field, message, hint } of block.kind.check(asNew(block, values(block)), context))
      if (!found.some(one => one.code === code && one.field === field))
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

/** What is to be where the file says nothing of a resource, nor that it is others' concern. */
export const withAssumed = (known: Seen): Desired[] =>
  known.desired.map((desired, index) => {
    const block = known.outline.all[index]
    const silent = Object.keys(desired.spec).length === 0 && desired.ignore === undefined
    const spec =
      block === undefined || !silent || block.existing || block.broken.size > 0
        ? undefined
        : block.kind.assumed?.(contextOf(block, known))
    return spec === undefined ? desired : { ...desired, spec: spec as Desired['spec'], assumed: true }
  })

/** The same settings on a resource that does not exist yet: nothing is kept, silence is AWS's default. */
const asNew = (block: Block, values: Values): Values => {
  const all: Values = {}
  for (const { path, unset, default: fallback } of block.kind.fields)
    all[path] =
      values[path] ?? (block.broken.has(path) ? undefined : unset === 'keep' ? (fallback ?? null) : unset)
  return all
}

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
